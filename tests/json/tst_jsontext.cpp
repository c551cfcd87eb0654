#include "model/json/jsonreader.h"
#include "model/json/jsontextview.h"

#include <QRandomGenerator>
#include <QSet>
#include <QTest>
#include <QThreadPool>

using namespace automation;

class TestJsonText : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void viewOfATextThatWasRead_data();
    void viewOfATextThatWasRead();
    void viewOfNoText();
    void viewAgreesWithTheText();
    void keysBeyondThoseInCommon();
    void keysInSeveralThreads();
    void doubleKeys_data();
    void doubleKeys();
    void doubleKeysAgreeWithASet();
    void doubleKeysInsideAreNeverMissed();
    void knowsHowManyValuesThereMayBe();
};

namespace {

void compareWithText(const JsonValue &value)
{
    const QString text = value.toString();
    const JsonTextView view(value);
    QCOMPARE(view.size(), text.size());
    QCOMPARE(view.isEmpty(), text.isEmpty());
    for (qsizetype i = 0; i < text.size(); ++i)
        QCOMPARE(QChar(view[i]), text[i]);
    for (const char c : {'{', 'a', ' ', '\n', '\x7f'}) {
        QCOMPARE(view.contains(c), text.contains(QLatin1Char(c)));
        for (qsizetype from = 0; from <= text.size() + 1; ++from)
            QCOMPARE(view.indexOf(c, from), from > text.size() ? -1 : text.indexOf(QLatin1Char(c), from));
    }
    for (const QLatin1StringView start : {QLatin1StringView(""), QLatin1StringView("data."), QLatin1StringView("{{")})
        QCOMPARE(view.startsWith(start), text.startsWith(start));
    QCOMPARE(view.hasBraces(), text.contains(QStringLiteral("{{")));
    QCOMPARE(view.isBlank(), text.trimmed().isEmpty());
    const QStringList words {text, text.toUpper(), text.trimmed(), text.chopped(qMin<qsizetype>(1, text.size())),
        text + u' ', QStringLiteral("a"), QStringLiteral("DATA."), QString(QChar(0xc9)), QString()};
    for (const QString &word : words) {
        QCOMPARE(view.is(word), text == word);
        QCOMPARE(view.isWord(word), text.trimmed().compare(word, Qt::CaseInsensitive) == 0);
    }
}

} // namespace

void TestJsonText::viewOfATextThatWasRead_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("plain") << QByteArray("\"data.payload {{x}} a\"");
    QTest::newRow("empty") << QByteArray("\"\"");
    QTest::newRow("blank") << QByteArray("\" \\t\\n \"");
    QTest::newRow("wide blank") << QByteArray("\"\\u00a0\\u2003\"");
    QTest::newRow("escapes") << QByteArray("\"a\\\"{\\u007b\\n\"");
    QTest::newRow("not ASCII") << QByteArray("\"{{ \xc3\xa9 }} \xf0\x9f\x98\x80\"");
    QTest::newRow("brace at the end") << QByteArray("\"{a{\"");
    QTest::newRow("NUL") << QByteArray("\"\\u0000{{\"");
}

void TestJsonText::viewOfATextThatWasRead()
{
    QFETCH(QByteArray, json);
    const Result<JsonValue> value = readJson(json);
    QVERIFY(value);
    compareWithText(*value);
    compareWithText(JsonValue(value->toString())); // the same, made by hand
}

void TestJsonText::viewOfNoText()
{
    for (const JsonValue &value : {JsonValue(), JsonValue(true), JsonValue(12), JsonValue::array({JsonValue(1)}),
             JsonValue::object({{QStringLiteral("{{"), JsonValue(1)}})}) {
        const JsonTextView view(value);
        QVERIFY(view.isEmpty());
        QVERIFY(view.isBlank());
        QVERIFY(!view.hasBraces());
        QCOMPARE(view.indexOf('{'), -1);
    }
}

void TestJsonText::viewAgreesWithTheText()
{
    const quint32 seed = QRandomGenerator::global()->generate();
    qInfo("seed %u", seed);
    QRandomGenerator random(seed);
    const QStringList pieces {QStringLiteral("{"), QStringLiteral("{{"), QStringLiteral("}"), QStringLiteral("data."),
        QStringLiteral("a"), QStringLiteral(" "), QStringLiteral("\n"), QStringLiteral("\""), QStringLiteral("\\"),
        QString(QChar(0xe9)), QString(QChar(0x2003)), QString(QChar(0x7f))};
    for (int i = 0; i < 2000; ++i) {
        QString text;
        for (int k = random.bounded(8); k > 0; --k)
            text += pieces.at(random.bounded(pieces.size()));
        compareWithText(JsonValue(text));
    }
}

// There is room for about a thousand common keys and none for long ones; the rest belong to what was read.
void TestJsonText::keysBeyondThoseInCommon()
{
    for (int round = 0; round < 2; ++round) {
        for (int file = 0; file < 40; ++file) {
            QByteArray json = "{";
            QStringList keys;
            for (int i = 0; i < 100; ++i) {
                keys += QStringLiteral("key%1_%2").arg(file).arg(i).leftJustified(i % 50, u'x');
                json += (i ? ",\"" : "\"") + keys.last().toUtf8() + "\":" + QByteArray::number(i);
            }
            json += '}';
            QString kept;
            {
                const JsonValue value = readJson(json).value();
                QCOMPARE(value.size(), keys.size());
                for (int i = 0; i < keys.size(); ++i) {
                    QCOMPARE(value.keyAt(i), keys.at(i));
                    QCOMPARE(value.value(keys.at(i)).toInteger(), i);
                }
                kept = value.keyAt(99);
            }
            QCOMPARE(kept, keys.at(99)); // outlives what it was read from
        }
    }
}

void TestJsonText::keysInSeveralThreads()
{
    QByteArray json = "{";
    QStringList keys;
    for (int i = 0; i < 300; ++i) {
        keys += QStringLiteral("thread key %1").arg(i).leftJustified(i % 45, u'y');
        json += (i ? ",\"" : "\"") + keys.last().toUtf8() + "\":" + QByteArray::number(i);
    }
    json += '}';
    for (int round = 0; round < 20; ++round) {
        const JsonValue value = readJson(json).value();
        QAtomicInt wrong = 0;
        QThreadPool pool;
        for (int thread = 0; thread < 4; ++thread) {
            pool.start([&keys, &wrong, copy = value] {
                for (int i = 0; i < keys.size(); ++i) {
                    if (copy.keyAt(i) != keys.at(i))
                        wrong.ref();
                }
            });
        }
        pool.waitForDone();
        QCOMPARE(wrong.loadRelaxed(), 0);
    }
}

void TestJsonText::doubleKeys_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<bool>("expected");
    QTest::newRow("none") << QByteArray(R"({"a":1,"b":2,"aa":3,"bb":4})") << false;
    QTest::newRow("one") << QByteArray(R"({"a":1,"b":2,"a":3})") << true;
    QTest::newRow("written with an escape") << QByteArray(R"({"a":1,"\u0061":2})") << true;
    QTest::newRow("escapes that differ") << QByteArray(R"({"\u0061":1,"\u0062":2})") << false;
    QTest::newRow("empty keys") << QByteArray(R"({"":1,"":2})") << true;
    QTest::newRow("inside only") << QByteArray(R"({"a":{"b":1,"b":2}})") << false;
    QTest::newRow("one member") << QByteArray(R"({"a":1})") << false;
    QTest::newRow("no object") << QByteArray(R"(["a","a"])") << false;
    QTest::newRow("nothing") << QByteArray("{}") << false;
    QTest::newRow("at the very end") << QByteArray(R"({"a7":0,"a21":0,"a7":0})") << true;
    QTest::newRow("at the very end, short") << QByteArray(R"({"a":0,"b":0,"a":0})") << true;
}

void TestJsonText::doubleKeys()
{
    QFETCH(QByteArray, json);
    QFETCH(bool, expected);
    const JsonValue value = readJson(json).value();
    QCOMPARE(value.hasDoubleKeys(), expected);
    QVERIFY(value.mayHaveDoubleKeysInside() || !expected);
    if (!value.isObject())
        return;
    JsonValue own = value; // the same, made by hand
    own.insertMember(0, QStringLiteral("another"), JsonValue());
    QCOMPARE(own.hasDoubleKeys(), expected);
}

void TestJsonText::doubleKeysAgreeWithASet()
{
    const quint32 seed = QRandomGenerator::global()->generate();
    qInfo("seed %u", seed);
    QRandomGenerator random(seed);
    for (int i = 0; i < 2000; ++i) {
        QByteArray json = "{";
        QSet<int> keys;
        const int count = random.bounded(80);
        for (int k = 0; k < count; ++k) {
            const int key = random.bounded(3000);
            keys += key;
            json += (k ? ",\"" : "\"") + QByteArray::number(key) + "\":0";
        }
        json += '}';
        const JsonValue value = readJson(json).value();
        QVERIFY2(value.hasDoubleKeys() == (keys.size() < count), json);
    }
}

// At any depth, however often the reader forgets a key, and in values that were changed since.
void TestJsonText::doubleKeysInsideAreNeverMissed()
{
    const quint32 seed = QRandomGenerator::global()->generate();
    qInfo("seed %u", seed);
    QRandomGenerator random(seed);
    int withDoubles = 0;
    int certain = 0;
    for (int i = 0; i < 3000; ++i) {
        bool isDouble = false;
        const int variety = 30 + random.bounded(3000);
        const auto object = [&](int depth, const auto &self) -> QByteArray {
            QSet<int> keys;
            QByteArray json = "{";
            const int count = random.bounded(9);
            for (int k = 0; k < count; ++k) {
                const int key = random.bounded(variety);
                isDouble = isDouble || keys.contains(key);
                keys += key;
                const QByteArray name
                    = random.bounded(20) == 0 ? "\\u0061" + QByteArray::number(key) : "a" + QByteArray::number(key);
                json += (k ? ",\"" : "\"") + name + "\":";
                json += depth < 3 && random.bounded(3) == 0 ? "[" + self(depth + 1, self) + "]" : QByteArray("0");
            }
            return json + '}';
        };
        const QByteArray json = object(0, object);
        JsonValue value = readJson(json).value();
        QVERIFY2(value.mayHaveDoubleKeysInside() || !isDouble, json);
        withDoubles += isDouble;
        certain += !value.mayHaveDoubleKeysInside();
        if (!isDouble && !json.contains("\\u")) // few members, written plainly: nothing is left open
            QVERIFY2(!value.mayHaveDoubleKeysInside(), json);
        value.append(JsonValue());
        QVERIFY(value.mayHaveDoubleKeysInside()); // changed: not known any more
    }
    QVERIFY2(withDoubles > 100 && certain > 100, qPrintable(QStringLiteral("%1 %2").arg(withDoubles).arg(certain)));
}

// What is read is never said to be smaller than it is, and a change takes that knowledge away.
void TestJsonText::knowsHowManyValuesThereMayBe()
{
    for (const qsizetype count : {1, 2, 100}) {
        const QByteArray shortest = '[' + QByteArray("1,").repeated(count).chopped(1) + ']';
        JsonValue value = readJson(shortest).value();
        QVERIFY(value.mayHoldMoreThan(count - 1));
        QVERIFY(!value.mayHoldMoreThan(count));
        value.removeAt(0);
        QVERIFY(value.mayHoldMoreThan(count));
    }
    const JsonValue nested = readJson("[[1,[2,{\"\":3}]],[]]").value();
    QVERIFY(nested.mayHoldMoreThan(6));
    QVERIFY(nested.at(0).mayHoldMoreThan(4));
    QVERIFY(!readJson("7").value().mayHoldMoreThan(0));
    QVERIFY(JsonValue::array({JsonValue(1)}).mayHoldMoreThan(100));
}

QTEST_APPLESS_MAIN(TestJsonText)
#include "tst_jsontext.moc"
