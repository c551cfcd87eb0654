#include "model/json/jsonreader.h"
#include "model/json/jsonwriter.h"

#include <QtTest>

using namespace automation;

class TestJsonReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refuses_data();
    void refuses();
    void nulByteIsRefusedWhereverItStands();
    void deepNestingEndsWithLimit();
    void tooManyBytesEndWithLimit();
    void keepsNumbersAsWritten_data();
    void keepsNumbersAsWritten();
    void keepsOrderAndDuplicates();
    void decodesEscapes();
    void spansAreThoseOfTheText_data();
    void spansAreThoseOfTheText();
    void positionsCountCodePointsAndAnyLineEnd();
    void valuesOfOneTextCompareByContent();
    void wrongTypesGiveDefaults();
};

void TestJsonReader::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("line");
    QTest::addColumn<int>("column");
    QTest::addColumn<QString>("words"); // in the message

    const auto row = [](const char *name, const QByteArray &text, int line, int column, const char *words) {
        QTest::newRow(name) << text << line << column << QString::fromUtf8(words);
    };
    row("nothing", "", 1, 1, "empty");
    row("blanks only", " \n\t ", 1, 1, "empty");
    row("byte order mark only", "\xEF\xBB\xBF", 1, 1, "empty");
    row("cut off in an object", "{\n  \"a\": 1,\n", 3, 1, "ends too early");
    row("cut off in a text", "{\n  \"a\": \"x", 2, 10, "ends too early");
    row("cut off in a word", "[tru", 1, 5, "ends too early");
    row("line comment", "{\n  // note\n  \"a\": 1}", 2, 3, "comments are not allowed");
    row("block comment", "[1, /* two */ 3]", 1, 5, "comments are not allowed");
    row("trailing comma in an object", "{\"a\": 1,\n}", 2, 1, "comma before the closing brace");
    row("trailing comma in an array", "[1,\n2,]", 2, 3, "comma too many");
    row("single quotes", "{'a': 1}", 1, 2, "double quotes");
    row("no colon", "{\"a\" 1}", 1, 6, "colon");
    row("no comma", "{\"a\": 1\n\"b\": 2}", 2, 1, "comma or a closing brace");
    row("no comma in an array", "[1 2]", 1, 4, "comma or a closing bracket");
    row("wrong bracket", "[1}", 1, 3, "closing bracket");
    row("text behind the end", "{}\n\nx", 3, 1, "after the end");
    row("two values", "{} {}", 1, 4, "after the end");
    row("UTF-16 little endian", QByteArray("\xFF\xFE{\0}\0", 6), 1, 1, "UTF-16");
    row("UTF-16 big endian", QByteArray("\xFE\xFF\0{\0}", 6), 1, 1, "UTF-16");
    row("invalid UTF-8", "{\"a\": \"x\xC3(\"}", 1, 9, "UTF-8");
    row("overlong UTF-8", "[\"\xC0\xAF\"]", 1, 3, "UTF-8");
    row("UTF-8 surrogate", "[\"\xED\xA0\x80\"]", 1, 3, "UTF-8");
    row("bad escape", "[\"a\\x\"]", 1, 4, "escape");
    row("bad hexadecimal", "[\"\\u00g0\"]", 1, 3, "hexadecimal");
    row("line break in a text", "[\"a\nb\"]", 1, 4, "control character");
    row("leading zero", "[01]", 1, 3, "comma or a closing bracket");
    row("leading plus", "[+1]", 1, 2, "value is expected");
    row("no fraction", "[1.]", 1, 4, "decimal point");
    row("no exponent", "[1e]", 1, 4, "exponent");
    row("not a number", "[NaN]", 1, 2, "value is expected");
    row("HTML", "<html>", 1, 1, "value is expected");
}

void TestJsonReader::refuses()
{
    QFETCH(QByteArray, text);
    QFETCH(int, line);
    QFETCH(int, column);
    QFETCH(QString, words);
    const Result<JsonValue> read = readJson(text);
    QVERIFY(!read.isOk());
    const Error &error = read.error();
    QCOMPARE(error.code, ErrorCode::NotJson);
    QVERIFY2(error.message.contains(words), qPrintable(error.message));
    QCOMPARE(std::pair(error.line, error.column), std::pair(line, column));
}

void TestJsonReader::nulByteIsRefusedWhereverItStands()
{
    const QByteArray text = "{\"a\": [1, \"two\"], \"b\": true}";
    for (qsizetype i = 0; i <= text.size(); ++i) {
        const Result<JsonValue> read = readJson(QByteArray(text).insert(i, '\0'));
        QVERIFY2(!read.isOk(), QByteArray::number(i).constData());
        QCOMPARE(read.error().code, ErrorCode::NotJson);
        QCOMPARE(read.error().line, 1);
    }
}

void TestJsonReader::deepNestingEndsWithLimit()
{
    const Result<JsonValue> arrays = readJson(QByteArray(10000, '['));
    QVERIFY(!arrays.isOk());
    QCOMPARE(arrays.error().code, ErrorCode::Limit);
    QVERIFY(arrays.error().message.contains(u"512"_qs));
    QCOMPARE(arrays.error().line, 1);

    const Result<JsonValue> objects = readJson(QByteArray("{\"a\":").repeated(10000) + "1" + QByteArray(10000, '}'));
    QVERIFY(!objects.isOk());
    QCOMPARE(objects.error().code, ErrorCode::Limit);

    QVERIFY(readJson(QByteArray(512, '[') + QByteArray(512, ']')).isOk());
    QVERIFY(!readJson(QByteArray(513, '[') + QByteArray(513, ']')).isOk());
}

void TestJsonReader::tooManyBytesEndWithLimit()
{
    JsonLimits limits;
    limits.bytes = 10;
    QVERIFY(readJson("[12345678]", limits).isOk());
    const Result<JsonValue> read = readJson("[123456789]", limits);
    QVERIFY(!read.isOk());
    QCOMPARE(read.error().code, ErrorCode::Limit);
}

void TestJsonReader::keepsNumbersAsWritten_data()
{
    QTest::addColumn<QByteArray>("lexeme");
    for (const char *lexeme : {"0", "-0", "1.0", "1.50e1", "1E+5", "123456789012345678901234567890", "-0.1e-7",
             "0.1000000000000000055511151231257827", "9007199254740993"})
        QTest::newRow(lexeme) << QByteArray(lexeme);
    QTest::newRow("beyond a double") << QByteArray("-1e999999");
    QTest::newRow("a hundred thousand digits") << QByteArray(100000, '7');
}

void TestJsonReader::keepsNumbersAsWritten()
{
    QFETCH(QByteArray, lexeme);
    const Result<JsonValue> read = readJson(" [" + lexeme + " ]");
    QVERIFY2(read.isOk(), read.isOk() ? "" : qPrintable(read.error().message));
    QCOMPARE(read->at(0).numberLexeme(), lexeme);
    QCOMPARE(writeJson(*read, JsonStyle::compact()), "[" + lexeme + "]");
}

void TestJsonReader::keepsOrderAndDuplicates()
{
    const QByteArray text = R"({"z":1,"a":2,"z":3,"":4,"a":{"a":5,"a":6}})";
    const Result<JsonValue> read = readJson(text);
    QVERIFY(read.isOk());
    QCOMPARE(writeJson(*read, JsonStyle::compact()), text);
    QCOMPARE(read->value(u"z").toInteger(), 3); // the last one counts
    QCOMPARE(read->keyAt(3), QString());
}

void TestJsonReader::decodesEscapes()
{
    const Result<JsonValue> read = readJson(R"(["\u0000\u00e9\ud83d\ude00\/\b\f\n\r\t\"\\"])");
    QVERIFY(read.isOk());
    const QString expected = QString(QChar(0)) + u"é😀/\b\f\n\r\t\"\\"_qs;
    QCOMPARE(read->at(0).toString(), expected);
    const Result<JsonValue> again = readJson(writeJson(*read));
    QVERIFY(again.isOk());
    QCOMPARE(again->at(0).toString(), expected);
}

void TestJsonReader::spansAreThoseOfTheText_data()
{
    QTest::addColumn<QByteArray>("mark");
    QTest::newRow("plain") << QByteArray();
    QTest::newRow("byte order mark") << QByteArray("\xEF\xBB\xBF");
}

void TestJsonReader::spansAreThoseOfTheText()
{
    QFETCH(QByteArray, mark);
    const QByteArray text = mark + "\n{ \"k\\u0041\" :\t[ 1.5 ,true,null , \"a\\\"b\" , {} , [ ] ] , \"é\":-2}\n";
    const Result<JsonValue> read = readJson(text);
    QVERIFY(read.isOk());
    const auto source = [&text](JsonSpan span) { return text.mid(span.start, span.end - span.start); };
    QCOMPARE(source(read->span()), text.mid(mark.size()).trimmed());
    QCOMPARE(source(read->keySpanAt(0)), QByteArray("\"k\\u0041\""));
    QCOMPARE(source(read->keySpanAt(1)), QByteArray("\"é\""));
    QCOMPARE(source(read->at(1).span()), QByteArray("-2"));
    const JsonValue &array = read->at(0);
    QCOMPARE(source(array.span()), QByteArray("[ 1.5 ,true,null , \"a\\\"b\" , {} , [ ] ]"));
    const QByteArrayList elements {"1.5", "true", "null", "\"a\\\"b\"", "{}", "[ ]"};
    for (qsizetype i = 0; i < elements.size(); ++i)
        QCOMPARE(source(array.at(i).span()), elements[i]);
}

void TestJsonReader::positionsCountCodePointsAndAnyLineEnd()
{
    const auto position = [](const char *text, qsizetype offset) {
        const TextPosition found = textPositionAt(QByteArrayView(text), offset);
        return std::pair(found.line, found.column);
    };
    QCOMPARE(position("abc", 0), std::pair(1, 1));
    QCOMPARE(position("abc", 2), std::pair(1, 3));
    QCOMPARE(position("a\nb", 2), std::pair(2, 1));
    QCOMPARE(position("a\r\nb", 3), std::pair(2, 1));
    QCOMPARE(position("a\rb", 2), std::pair(2, 1));
    QCOMPARE(position("é😀x", 6), std::pair(1, 3));
    QCOMPARE(position("\xEF\xBB\xBFx", 3), std::pair(1, 1)); // the mark takes no column
    QCOMPARE(position("abc", 99), std::pair(1, 4));
    QCOMPARE(position("abc", -1), std::pair(1, 1));
}

void TestJsonReader::valuesOfOneTextCompareByContent()
{
    const JsonValue read
        = *readJson(R"([1, 2, 1, "a", "b", "a", "\u0061", true, false, null, [1], [1], [2], {}, {"k": 1}])");
    const auto equal = [&read](qsizetype i, qsizetype j) { return read.at(i) == read.at(j); };
    QVERIFY(equal(0, 2) && !equal(0, 1));
    QVERIFY(equal(3, 5) && equal(3, 6) && equal(6, 5) && !equal(3, 4) && !equal(4, 6));
    QVERIFY(!equal(7, 8) && !equal(8, 9) && equal(9, 9));
    QVERIFY(equal(10, 11) && !equal(10, 12) && !equal(13, 14));
    QVERIFY(!read.at(10).sharesDataWith(read.at(11)) && !read.at(0).sharesDataWith(read.at(1)));
    const JsonValue copy = read.at(10);
    QVERIFY(copy.sharesDataWith(read.at(10)));
    QVERIFY(JsonValue(u"a"_qs) == read.at(3) && JsonValue(1) == read.at(0));
}

void TestJsonReader::wrongTypesGiveDefaults()
{
    const JsonValue text(u"x"_qs);
    QCOMPARE(text.toInteger(7), 7);
    QCOMPARE(text.toBool(true), true);
    QCOMPARE(text.size(), 0);
    QVERIFY(text.at(0).isNull());
    QVERIFY(text.value(u"a").isNull());
    QCOMPARE(text.numberLexeme(), QByteArray());
    QCOMPARE(JsonValue::number("1e3").toInteger(), 1000);
    QCOMPARE(JsonValue::number("1.5").toInteger(-1), -1);
    QCOMPARE(JsonValue::number("123456789012345678901234567890").toInteger(-1), -1);
    QVERIFY(JsonValue(std::numeric_limits<double>::infinity()).isNull());
    QVERIFY(JsonValue::array().at(-1).isNull());
}

QTEST_GUILESS_MAIN(TestJsonReader)
#include "tst_jsonreader.moc"
