#include "model/json/jsonpatch.h"
#include "model/json/jsonreader.h"
#include "model/json/jsonwriter.h"

#include <QtTest>
#include <sys/resource.h>

using namespace automation;

namespace {

constexpr qint64 mostMilliseconds = 5000;
#ifdef __SANITIZE_ADDRESS__
constexpr qint64 mostKilobytes = 2 * 1024 * 1024; // with what the sanitizer keeps besides
#else
constexpr qint64 mostKilobytes = 1024 * 1024;
#endif

// Of the processor, so that a busy machine proves nothing wrong.
qint64 usedMilliseconds()
{
    rusage usage {};
    getrusage(RUSAGE_SELF, &usage);
    return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000
        + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1000;
}

qint64 peakKilobytes()
{
    rusage usage {};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

// Read, saved unchanged and written anew, nothing is lost.
void keepsEverything(const QByteArray &text)
{
    const Result<JsonValue> read = readJson(text);
    QVERIFY2(read.isOk(), read.isOk() ? "" : qPrintable(read.error().message));
    const Result<JsonValue> other = readJson(writeJson(*read));
    QVERIFY(other.isOk());
    QVERIFY(*other == *read);
    QVERIFY(patchJson(text, *read, *other) == text);
}

QByteArray utf32(const QString &text, bool bigEndian)
{
    QByteArray bytes;
    for (const char32_t c : text.toUcs4()) {
        for (int i = 0; i < 4; ++i)
            bytes += static_cast<char>(c >> 8 * (bigEndian ? 3 - i : i));
    }
    return bytes;
}

QByteArray utf16(const QString &text, bool bigEndian)
{
    QByteArray bytes;
    for (const QChar c : text) {
        bytes += static_cast<char>(bigEndian ? c.row() : c.cell());
        bytes += static_cast<char>(bigEndian ? c.cell() : c.row());
    }
    return bytes;
}

} // namespace

// What no well-meaning program writes: each is loaded as it is or refused with a place and words, in less than five
// seconds and one gigabyte.
class TestHostileJson : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_start = usedMilliseconds(); }
    void cleanup();
    void deepNesting_data();
    void deepNesting();
    void deepestTreeCanBeUsed();
    void longText_data();
    void longText();
    void otherEncodings_data();
    void otherEncodings();
    void badBytes_data();
    void badBytes();
    void halvesOfSurrogatePairs();
    void strangeNumbers_data();
    void strangeNumbers();
    void equalKeys();
    void differentKeys();
    void emptyArrays();
    void tooManyValues_data();
    void tooManyValues();
    void helpfulWords_data();
    void helpfulWords();
    void bytesThatVanish();

private:
    qint64 m_start = 0;
};

void TestHostileJson::cleanup()
{
    const qint64 used = usedMilliseconds() - m_start;
    QVERIFY2(used < mostMilliseconds, QByteArray::number(used).constData());
    QVERIFY2(peakKilobytes() < mostKilobytes, QByteArray::number(peakKilobytes()).constData());
}

void TestHostileJson::deepNesting_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const int depth : {513, 10000, 10'000'000}) {
        QTest::addRow("%d arrays", depth) << QByteArray(depth, '[') + QByteArray(depth, ']');
        QTest::addRow("%d arrays, cut off", depth) << QByteArray(depth, '[');
    }
    QTest::newRow("objects") << QByteArray("{\"a\":").repeated(10000) + '1' + QByteArray(10000, '}');
    QTest::newRow("both") << QByteArray("[{\"a\":").repeated(5000) + '1' + QByteArray("}]").repeated(5000);
}

void TestHostileJson::deepNesting()
{
    QFETCH(QByteArray, text);
    const Result<JsonValue> read = readJson(text);
    QVERIFY(!read.isOk());
    QCOMPARE(read.error().code, ErrorCode::Limit);
    QVERIFY(read.error().message.contains(u"512 levels of nesting"_qs));
    QCOMPARE(read.error().line, 1);
    QVERIFY(read.error().column > 512);
}

void TestHostileJson::deepestTreeCanBeUsed()
{
    const QByteArray text
        = QByteArray("[ {\"id\": \"x\", \"a\" :").repeated(256) + "1" + QByteArray("}\n]").repeated(256);
    keepsEverything(text);
    const JsonValue original = *readJson(text);
    JsonValue edited = original;
    JsonValue *place = &edited;
    while (!place->isEmpty())
        place = place->mutableAt(place->size() - 1);
    *place = 2;
    const QByteArray patched = patchJson(text, original, edited);
    QCOMPARE(patched, QByteArray(text).replace(":1}", ":2}"));
    QVERIFY(*readJson(patched) == edited);
    QVERIFY(edited != original);
}

void TestHostileJson::longText_data()
{
    QTest::addColumn<QByteArray>("piece");
    QTest::newRow("plain") << QByteArray("abcdefgh");
    QTest::newRow("two bytes a letter") << QByteArray("éèüö");
    QTest::newRow("escapes") << QByteArray("\\n\\u00e9");
}

void TestHostileJson::longText()
{
    QFETCH(QByteArray, piece);
    const qsizetype size = 100 * 1000 * 1000;
    const QByteArray text = "{\"text\": \"" + piece.repeated(size / piece.size()) + "\"}";
    const Result<JsonValue> read = readJson(text);
    QVERIFY(read.isOk());
    QCOMPARE(read->at(0).span().end, text.size() - 1);
    const qsizetype letters = piece.contains('\\') ? 2 : QString::fromUtf8(piece).size();
    QCOMPARE(read->at(0).toStringView().size(), size / piece.size() * letters);
    JsonValue edited = *read;
    edited.insertMember(1, u"more"_qs, true);
    const QByteArray patched = patchJson(text, *read, edited);
    QVERIFY(patched == text.chopped(1) + ", \"more\": true}");

    const Result<JsonValue> cut = readJson(text.chopped(2));
    QVERIFY(!cut.isOk());
    QVERIFY(cut.error().message.contains(u"the quotation mark of line 1, column 10 is not closed"_qs));
}

void TestHostileJson::otherEncodings_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("encoding");
    for (const QString &json : {u"{\"ключ\": \"значение\"}"_qs, u"{\r\n}"_qs, u"[]"_qs, u"1"_qs}) {
        for (const bool mark : {true, false}) {
            const QString text = (mark ? u"\uFEFF"_qs : QString()) + json;
            const auto row = [&](const char *encoding, const QByteArray &bytes) {
                QTest::addRow("%s %s %s", encoding, mark ? "with mark" : "without mark", qPrintable(json))
                    << bytes << QString::fromLatin1(encoding);
            };
            row("UTF-16LE", utf16(text, false));
            row("UTF-16BE", utf16(text, true));
            row("UTF-32LE", utf32(text, false));
            row("UTF-32BE", utf32(text, true));
        }
    }
}

void TestHostileJson::otherEncodings()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, encoding);
    const Result<JsonValue> read = readJson(text);
    QVERIFY(!read.isOk());
    QCOMPARE(read.error().code, ErrorCode::NotJson);
    QVERIFY2(read.error().message.contains(encoding + u';'), qPrintable(read.error().message));
}

void TestHostileJson::badBytes_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("column");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *name, const QByteArray &text, int column, const char *words) {
        QTest::newRow(name) << text << column << QString::fromUtf8(words);
    };
    const auto nul = [](const char *text) { return QByteArray(text).replace('~', '\0'); };
    row("NUL in a text", nul("[\"a~b\"]"), 4, "NUL");
    row("NUL in a key", nul("{\"~\": 1}"), 3, "NUL");
    row("NUL between", nul("[1, ~2]"), 5, "NUL");
    row("NUL at the end", nul("[1]~"), 4, "NUL");
    row("NUL after the final newline", nul("[1] ~"), 5, "NUL");
    row("NUL after a backslash", nul("[\"\\~\"]"), 3, "escape");
    row("NUL in a number", nul("[1~2]"), 3, "NUL");
    row("NUL in a word", nul("[tr~e]"), 2, "value");
    row("lone continuation byte", "[\"\x80\"]", 3, "UTF-8");
    row("byte that never occurs", "[\"\xFF\"]", 3, "UTF-8");
    row("cut in the middle of a letter", "[\"é\xC3", 5, "not closed");
    row("letter cut by the closing quote", "[\"\xE2\x82\"]", 3, "UTF-8");
    row("overlong slash", "[\"\xE0\x80\xAF\"]", 3, "UTF-8");
    row("overlong NUL", "[\"\xC0\x80\"]", 3, "UTF-8");
    row("beyond Unicode", "[\"\xF4\x90\x80\x80\"]", 3, "UTF-8");
    row("five bytes", "[\"\xF8\x88\x80\x80\x80\"]", 3, "UTF-8");
    row("surrogate as bytes", "[\"\xED\xA0\x80\"]", 3, "UTF-8");
    row("pair of surrogates as bytes", "[\"\xED\xA0\xBD\xED\xB8\x80\"]", 3, "UTF-8");
    row("in a key", "{\"\xC3\": 1}", 3, "UTF-8");
    row("outside of a text", "[1, \xC3\xA9]", 5, "value is expected");
    row("Latin-1", "[\"caf\xE9\"]", 6, "UTF-8");
    row("second byte order mark", "\xEF\xBB\xBF\xEF\xBB\xBF[]", 1, "value is expected");
    row("delete character outside", "[\x7F]", 2, "value is expected");
    row("no-break space", "[\xC2\xA0]", 2, "value is expected");
}

void TestHostileJson::badBytes()
{
    QFETCH(QByteArray, text);
    QFETCH(int, column);
    QFETCH(QString, words);
    const Result<JsonValue> read = readJson(text);
    QVERIFY(!read.isOk());
    QCOMPARE(read.error().code, ErrorCode::NotJson);
    QVERIFY2(read.error().message.contains(words), qPrintable(read.error().message));
    QCOMPARE(std::pair(read.error().line, read.error().column), std::pair(1, column));
}

void TestHostileJson::halvesOfSurrogatePairs()
{
    const QByteArray text = R"({"\ud83d":"\ude00","\ude00\ud83d":["\ud83dA","\ud83d\ud83d\ude00"]})";
    const Result<JsonValue> read = readJson(text);
    QVERIFY(read.isOk());
    QCOMPARE(read->keyAt(0), QString(QChar(0xD83D)));
    QCOMPARE(read->at(0).toString(), QString(QChar(0xDE00)));
    QCOMPARE(read->at(1).at(1).toString(), QChar(0xD83D) + u"😀"_qs);
    keepsEverything(text);
    // Not as a question mark, not joined to something else.
    QCOMPARE(writeJson(*read, JsonStyle::compact()), QByteArray(text).replace("\\ud83d\\ud83d\\ude00", "\\ud83d😀"));
}

void TestHostileJson::strangeNumbers_data()
{
    QTest::addColumn<QByteArray>("lexeme");
    for (const char *lexeme : {"-0", "-0.0", "1e999999", "-1e999999", "1E-999999", "0e0", "1e+0000000000000000000001"})
        QTest::newRow(lexeme) << QByteArray(lexeme);
    QTest::newRow("400 digits") << QByteArray("123456789").repeated(45).first(400);
    QTest::newRow("400 digits after the point") << "0." + QByteArray(400, '3');
    QTest::newRow("exponent of 400 digits") << "1e" + QByteArray(400, '9');
    QTest::newRow("ten million digits") << QByteArray(10'000'000, '7');
}

void TestHostileJson::strangeNumbers()
{
    QFETCH(QByteArray, lexeme);
    const QByteArray text = "{\"n\": " + lexeme + ", \"m\": 1}";
    Result<JsonValue> read = readJson(text);
    QVERIFY(read.isOk());
    QVERIFY(read->at(0).numberLexeme() == lexeme);
    read->at(0).toDouble();
    read->at(0).toInteger();
    keepsEverything(text);
    read->set(u"m"_qs, 2);
    QVERIFY(*patchJson(text, *read) == text.chopped(2) + "2}");
}

void TestHostileJson::equalKeys()
{
    const int count = 100'000;
    QByteArray text = "{";
    for (int i = 0; i < count; ++i)
        text += (i > 0 ? ",\n\"key\": " : "\n\"key\": ") + QByteArray::number(i);
    text += "\n}\n";
    keepsEverything(text);
    const JsonValue original = *readJson(text);
    QCOMPARE(original.size(), count);
    QCOMPARE(original.value(u"key").toInteger(), count - 1);
    JsonValue edited = original;
    edited.removeAt(count / 2);
    const QByteArray patched = patchJson(text, original, edited);
    QVERIFY(patched == QByteArray(text).replace("\"key\": 50000,\n", ""));
    edited.remove(u"key");
    QVERIFY(*readJson(patchJson(text, original, edited)) == edited);
}

void TestHostileJson::differentKeys()
{
    const int count = 100'000;
    QByteArray text = "{";
    for (int i = 0; i < count; ++i)
        text += (i > 0 ? ", \"k\\u00e9" : "\"k\\u00e9") + QByteArray::number(i % 7) + "long tail"
            + QByteArray::number(i) + "and the same end\": {}";
    text += '}';
    keepsEverything(text);
    JsonValue read = *readJson(text);
    QCOMPARE(read.size(), count);
    QCOMPARE(read.indexOf(u"ké2long tail2and the same end"), 2);
    // Turned round, nothing is in its place any more.
    JsonValue turned = JsonValue::object();
    for (qsizetype i = read.size() - 1; i >= 0; --i)
        turned.insertMember(turned.size(), read.keyAt(i), read.at(i));
    QVERIFY(*readJson(patchJson(text, read, turned)) == turned);
}

void TestHostileJson::emptyArrays()
{
    const qsizetype count = 1'000'000;
    const QByteArray text = "[" + QByteArray("[],").repeated(count - 1) + "[]]";
    keepsEverything(text);
    JsonValue read = *readJson(text);
    QCOMPARE(read.size(), count);
    read.removeAt(count / 2);
    read.append(1);
    QVERIFY(*patchJson(text, read) == "[" + QByteArray("[],").repeated(count - 1) + "1]");
}

void TestHostileJson::tooManyValues_data()
{
    QTest::addColumn<QByteArray>("element");
    QTest::newRow("numbers") << QByteArray("0,");
    QTest::newRow("lists") << QByteArray("[0,0],");
    QTest::newRow("objects") << QByteArray("{\"\":0},");
}

void TestHostileJson::tooManyValues()
{
    QFETCH(QByteArray, element);
    const Result<JsonValue> read = readJson('[' + element.repeated(5'000'000) + "0]");
    QVERIFY(!read.isOk());
    QCOMPARE(read.error().code, ErrorCode::Limit);
    QVERIFY(read.error().message.contains(u"more than 5000000 values"_qs));

    JsonLimits few;
    few.values = 3;
    QVERIFY(readJson("[[1],2]", few).isOk());
    QVERIFY(!readJson("[[1],2,3]", few).isOk());
    QVERIFY(!readJson("{\"a\":[1,2],\"b\":3}", few).isOk());
}

void TestHostileJson::helpfulWords_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("words");
    const auto row = [](const QByteArray &text, const char *words) {
        QTest::newRow(text.constData()) << text << QString::fromUtf8(words);
    };
    row("# note\n{}", "comments are not allowed in JSON; remove this one");
    row("{} // note", "comments are not allowed");
    row("{\"a\": 1, // note\n}", "comments are not allowed");
    row("{\"a\" /* why */: 1}", "comments are not allowed");
    row("[True]", "small letters");
    row("[None]", "written as null");
    row("[undefined]", "written as null");
    row("['a']", "straight double quotes");
    row("[“a”]", "straight double quotes");
    row("{“a”: 1}", "member name in double quotes");
    row("{a: 1}", "member name in double quotes");
    row("{,}", "member name in double quotes");
    row("[,1]", "before the comma");
    row("{\"a\": }", "a value is expected here");
    row("[007]", "must not begin with a zero");
    row("[0x1F]", "must not begin with a zero");
    row("[-]", "after the minus sign");
    row("[.5]", "value is expected");
    row("{\"a\": \"b\n\"}", "closing quotation mark missing");
    row("{\n \"a\": [1, {\"b\": 2}\n", "bracket of line 2, column 7 is not closed");
    row("{\n \"a\": [1]", "brace of line 1, column 1 is not closed");
    row("[\"a", "quotation mark of line 1, column 2 is not closed");
    row("[\"a\\", "quotation mark of line 1, column 2 is not closed");
    row("{\"a\" = 1}", "colon");
}

void TestHostileJson::helpfulWords()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, words);
    const Result<JsonValue> read = readJson(text);
    QVERIFY(!read.isOk());
    QVERIFY2(read.error().message.contains(words), qPrintable(read.error().message));
    QVERIFY(read.error().line >= 1 && read.error().column >= 1);
}

// A tree outlives bytes that were only lent to the reader, and parts of it outlive the tree.
void TestHostileJson::bytesThatVanish()
{
    JsonValue part;
    {
        char bytes[] = R"({"key": ["plain", "\u0041", 12.50]} behind)";
        Result<JsonValue> read = readJson(QByteArray::fromRawData(bytes, sizeof(bytes) - 8));
        QVERIFY(read.isOk());
        std::fill(std::begin(bytes), std::end(bytes), 'x');
        QCOMPARE(writeJson(*read, JsonStyle::compact()), QByteArray(R"({"key":["plain","A",12.50]})"));
        part = read->at(0);
    }
    QCOMPARE(writeJson(part, JsonStyle::compact()), QByteArray(R"(["plain","A",12.50])"));
    part.append(part.at(0));
    part = part.at(3);
    QCOMPARE(part.toString(), u"plain"_qs);
}

QTEST_GUILESS_MAIN(TestHostileJson)
#include "tst_hostilejson.moc"
