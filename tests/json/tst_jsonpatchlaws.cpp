#include "randomjson.h"

#include "model/json/jsonpatch.h"
#include "model/json/jsonreader.h"
#include "model/json/jsonwriter.h"

#include <QtTest>

using namespace automation;

namespace {

// Random, yet repeatable: set AUTOMATION_TEST_SEED to the number a failure printed.
quint32 seedOfRun()
{
    bool ok = false;
    const uint seed = qEnvironmentVariable("AUTOMATION_TEST_SEED").toUInt(&ok);
    return ok ? seed : 20260723;
}

// Lines of text that are not in other, counting repetitions.
QList<QByteArray> linesOnlyIn(const QByteArray &text, const QByteArray &other)
{
    QHash<QByteArray, int> counts;
    for (const QByteArray &line : other.split('\n'))
        ++counts[line];
    QList<QByteArray> result;
    for (const QByteArray &line : text.split('\n')) {
        if (--counts[line] < 0)
            result += line;
    }
    return result;
}

JsonValue step(const QString &id, int inputs)
{
    JsonValue values = JsonValue::object();
    for (int i = 0; i < inputs; ++i)
        values.set(u"input%1"_qs.arg(i), u"value of %1"_qs.arg(id));
    return JsonValue::object({{u"id"_qs, id}, {u"stepType"_qs, u"SMS"_qs}, {u"inputs"_qs, values}});
}

} // namespace

class TestJsonPatchLaws : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anyTextAndAnyEdit_data();
    void anyTextAndAnyEdit();
    void oneInsertedStepTouchesOnlyItsLines();
    void equalTreeGivesEqualBytesWithoutSharing();
};

void TestJsonPatchLaws::anyTextAndAnyEdit_data()
{
    QTest::addColumn<quint32>("seed");
    for (quint32 block = 0; block < 20; ++block)
        QTest::addRow("from %u", seedOfRun() + block * 1000) << seedOfRun() + block * 1000;
}

void TestJsonPatchLaws::anyTextAndAnyEdit()
{
    QFETCH(quint32, seed);
    for (quint32 round = 0; round < 1000; ++round) {
        RandomJson random(seed + round);
        const JsonValue value = random.value(4);
        const QByteArray text = random.text(value);
        const auto where
            = [&] { return "AUTOMATION_TEST_SEED=" + QByteArray::number(seed + round) + ", text " + text; };
        const Result<JsonValue> read = readJson(text);
        if (!read.isOk() || *read != value)
            QFAIL(where().constData());
        const Result<QByteArray> same = patchJson(text, value);
        if (!same.isOk() || *same != text)
            QFAIL(where().constData());

        JsonValue changed = *read;
        for (int edits = 1 + random.below(4); edits > 0; --edits)
            random.mutate(changed);
        const QByteArray patched = patchJson(text, *read, changed);
        const Result<JsonValue> again = readJson(patched);
        if (!again.isOk() || *again != changed)
            QFAIL(where().constData());
        const auto hasMark = [](const QByteArray &bytes) { return bytes.startsWith("\xEF\xBB\xBF"); };
        const auto hasLines = [](const QByteArray &bytes) { return bytes.contains('\n') || bytes.contains('\r'); };
        if (hasMark(text) != hasMark(patched) || (hasLines(patched) && !hasLines(text)))
            QFAIL(where().constData());
    }
}

void TestJsonPatchLaws::oneInsertedStepTouchesOnlyItsLines()
{
    const quint32 seed = seedOfRun();
    static const JsonStyle styles[] = {JsonStyle(), {"\t", "\n", ": ", ", ", {}}, {"    ", "\r\n", " : ", ", ", {}}};
    for (quint32 round = 0; round < 500; ++round) {
        RandomJson random(seed + round);
        const JsonStyle &style = styles[random.below(3)];
        JsonValue steps = JsonValue::array();
        const int count = 1 + random.below(6);
        for (int i = 0; i < count; ++i)
            steps.append(step(u"step_%1"_qs.arg(i), random.below(4)));
        const QByteArray text = writeJson(JsonValue::object({{u"name"_qs, u"x"_qs}, {u"steps"_qs, steps}}), style);

        Result<JsonValue> root = readJson(text);
        QVERIFY(root.isOk());
        const int at = random.below(count + 1);
        root->mutableAt(1)->insert(at, step(u"fresh"_qs, 2));
        const QByteArray patched = *patchJson(text, *root);
        // Written wholly in this style it could not look otherwise.
        QCOMPARE(patched, writeJson(*root, style));
        // At the end, the step before gets a comma: one line goes, the same with a comma comes.
        QVERIFY(linesOnlyIn(text, patched).size() <= (at == count ? 1 : 0));

        root->mutableAt(1)->removeAt(at);
        QCOMPARE(*patchJson(text, *root), text);
        QCOMPARE(*patchJson(patched, *root), text);
    }
}

void TestJsonPatchLaws::equalTreeGivesEqualBytesWithoutSharing()
{
    const QByteArray text = "{ \"a\" : [ 1 ,2 , { } ],\r\n\"b\":\t\"\\u0041\" }\r\n";
    const Result<JsonValue> other = readJson("{\"a\":[1,2,{}],\"b\":\"A\"}");
    QVERIFY(other.isOk());
    QCOMPARE(*patchJson(text, *other), text);
}

QTEST_GUILESS_MAIN(TestJsonPatchLaws)
#include "tst_jsonpatchlaws.moc"
