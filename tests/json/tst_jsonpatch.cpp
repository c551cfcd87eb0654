#include "model/json/jsonpatch.h"
#include "model/json/jsonpointer.h"
#include "model/json/jsonreader.h"
#include "model/json/jsonwriter.h"

#include <QtTest>

using namespace automation;

namespace {

QByteArray dataFile(const char *name)
{
    QFile file(QStringLiteral(TEST_DATA_DIR "/json/") + QLatin1StringView(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestJsonPatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void golden_data();
    void golden();
    void valueEditTouchesItsLineOnly_data();
    void valueEditTouchesItsLineOnly();
    void emptyOriginalIsWrittenFresh();
    void brokenOriginalIsAnError();
};

void TestJsonPatch::golden_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("wanted"); // the new value as compact JSON
    QTest::addColumn<QByteArray>("expected");

    const auto row = [](const char *name, const char *text, const char *wanted, const char *expected) {
        QTest::newRow(name) << QByteArray(text) << QByteArray(wanted) << QByteArray(expected);
    };
    row("value in a block", "{\n  \"a\": 1,\n  \"b\": 2\n}\n", R"({"a":1,"b":3})", "{\n  \"a\": 1,\n  \"b\": 3\n}\n");
    row("member at the end", "{\n  \"a\": 1\n}\n", R"({"a":1,"b":[{"c":2}]})",
        "{\n  \"a\": 1,\n  \"b\": [\n    {\n      \"c\": 2\n    }\n  ]\n}\n");
    row("member at the front", "{\n\t\"a\": 1\n}", R"({"b":0,"a":1})", "{\n\t\"b\": 0,\n\t\"a\": 1\n}");
    row("CRLF and tabs", "{\r\n\t\"a\": []\r\n}\r\n", R"({"a":[{"b":1}]})",
        "{\r\n\t\"a\": [\r\n\t\t{\r\n\t\t\t\"b\": 1\r\n\t\t}\r\n\t]\r\n}\r\n");
    row("CR alone", "{\r  \"a\": 1\r}\r", R"({"a":1,"b":2})", "{\r  \"a\": 1,\r  \"b\": 2\r}\r");
    row("compact stays compact", R"({"a":{"b":1},"c":[]})", R"({"a":{"b":1,"d":2},"c":[1,2]})",
        R"({"a":{"b":1,"d":2},"c":[1,2]})");
    row("one line with blanks", R"({"a": 1, "b": {}})", R"({"a": 1, "b": {"c": [1, 2]}})",
        R"({"a": 1, "b": {"c": [1, 2]}})");
    row("padded braces", "{\n  \"a\": { \"x\": 1, \"y\": 2 },\n  \"b\": { \"x\": 3 }\n}",
        R"({"a":{"x":1,"y":2},"b":{"x":3},"c":{"x":5}})",
        "{\n  \"a\": { \"x\": 1, \"y\": 2 },\n  \"b\": { \"x\": 3 },\n  \"c\": { \"x\": 5 }\n}");
    row("inline array in a block", "{\n  \"a\": [1, 2, 3]\n}", R"({"a":[0,1,2,3,4]})",
        "{\n  \"a\": [0, 1, 2, 3, 4]\n}");
    row("inline array loses its first", "{\n  \"a\": [1, 2, 3]\n}", R"({"a":[2,3]})", "{\n  \"a\": [2, 3]\n}");
    row("steps on one line each", "[\n  {\"id\": \"a\", \"x\": 1},\n  {\"id\": \"b\", \"x\": 2}\n]",
        R"([{"id":"a","x":1},{"id":"n","x":{"y":1}},{"id":"b","x":2}])",
        "[\n  {\"id\": \"a\", \"x\": 1},\n  {\"id\": \"n\", \"x\": {\"y\": 1}},\n  {\"id\": \"b\", \"x\": 2}\n]");
    row("hugging brackets", "{\n  \"s\": [{\n    \"id\": \"a\"\n  }, {\n    \"id\": \"b\"\n  }]\n}",
        R"({"s":[{"id":"a"},{"id":"b"},{"id":"c"}]})",
        "{\n  \"s\": [{\n    \"id\": \"a\"\n  }, {\n    \"id\": \"b\"\n  }, {\n    \"id\": \"c\"\n  }]\n}");
    row("comma first", "[ 1\n, 2\n, 3\n]", "[1,2,3,4]", "[ 1\n, 2\n, 3\n, 4\n]");
    row("blank line goes with its element", "[\n  1,\n\n  2,\n  3\n]", "[1,3]", "[\n  1,\n  3\n]");
    row("emptied", "{\n  \"a\": [\n    1\n  ]\n}", R"({"a":[]})", "{\n  \"a\": []\n}");
    row("empty with a line break", "{\n  \"a\": [\n  ]\n}", R"({"a":[1]})", "{\n  \"a\": [\n    1\n  ]\n}");
    row("key renamed in place", "{\"old\" :  {\"x\" : 1 }, \"z\" : 2}", R"({"new":{"x":1},"z":2})",
        "{\"new\" :  {\"x\" : 1 }, \"z\" : 2}");
    row("duplicate keys", "{\"a\": 1, \"a\": 2, \"a\": 3}", R"({"a":1,"a":5,"a":3})", "{\"a\": 1, \"a\": 5, \"a\": 3}");
    row("second duplicate removed", "{\"a\": 1, \"a\": 2}", R"({"a":1})", "{\"a\": 1}");
    row("escapes elsewhere stay", "{\"a\": \"\\u00e9\\/\", \"b\": 1.50}", R"({"a":"é/","b":2})",
        "{\"a\": \"\\u00e9\\/\", \"b\": 2}");
    row("moved step keeps its looks", "[\n  {\"id\":\"a\",   \"x\":1},\n  {\"id\":\"b\"}\n]",
        R"([{"id":"b"},{"id":"a","x":1}])", "[\n  {\"id\":\"b\"},\n  {\"id\":\"a\",   \"x\":1}\n]");
    row("changed id keeps its looks", "[\n  {\"id\":\"a\",   \"x\":1},\n  {\"id\":\"b\"}\n]",
        R"([{"id":"n","x":1},{"id":"b"}])", "[\n  {\"id\":\"n\",   \"x\":1},\n  {\"id\":\"b\"}\n]");
    row("byte order mark", "\xEF\xBB\xBF{\r\n  \"a\": 1\r\n}", R"({"a":1,"b":2})",
        "\xEF\xBB\xBF{\r\n  \"a\": 1,\r\n  \"b\": 2\r\n}");
    row("null becomes an object", "{\n  \"a\": null\n}\n", R"({"a":{"b":1}})", "{\n  \"a\": {\n    \"b\": 1\n  }\n}\n");
    row("object becomes a text", "{\n  \"a\": {\n    \"b\": 1\n  }\n}\n", R"({"a":"x"})", "{\n  \"a\": \"x\"\n}\n");
    row("root replaced", "\n [1] \n", R"("x")", "\n \"x\" \n");
}

void TestJsonPatch::golden()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, wanted);
    QFETCH(QByteArray, expected);
    const Result<JsonValue> value = readJson(wanted);
    QVERIFY(value.isOk());
    const Result<QByteArray> patched = patchJson(text, *value);
    QVERIFY(patched.isOk());
    QCOMPARE(*patched, expected);
}

void TestJsonPatch::valueEditTouchesItsLineOnly_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::newRow("exported by the builder") << QByteArray("exported.json");
    QTest::newRow("written by hand, CRLF") << QByteArray("by-hand-crlf.json");
}

void TestJsonPatch::valueEditTouchesItsLineOnly()
{
    QFETCH(QByteArray, file);
    const QByteArray text = dataFile(file.constData());
    Result<JsonValue> root = readJson(text);
    QVERIFY(root.isOk());
    QCOMPARE(*patchJson(text, *root), text);
    const Result<JsonPointer> place = JsonPointer::parse(u"/definition/steps/1/inputs/text");
    QVERIFY(place.isOk());
    JsonValue *value = place->resolve(*root);
    QVERIFY(value);
    QByteArray expected = text;
    expected.replace("Good night", "Sleep \\\"well\\\"");
    QVERIFY(expected != text);
    *value = JsonValue(u"Sleep \"well\""_qs);
    QCOMPARE(*patchJson(text, *root), expected);
}

void TestJsonPatch::emptyOriginalIsWrittenFresh()
{
    QCOMPARE(*patchJson({}, JsonValue::object({{u"a"_qs, 1}})), QByteArray("{\n  \"a\": 1\n}\n"));
}

void TestJsonPatch::brokenOriginalIsAnError()
{
    const Result<QByteArray> patched = patchJson("{\n  \"a\": }", JsonValue());
    QVERIFY(!patched.isOk());
    QCOMPARE(patched.error().code, ErrorCode::NotJson);
    QCOMPARE(patched.error().line, 2);
}

QTEST_GUILESS_MAIN(TestJsonPatch)
#include "tst_jsonpatch.moc"
