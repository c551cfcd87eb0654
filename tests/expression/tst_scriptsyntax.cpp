#include "model/expression/scriptsyntax.h"

#include "model/expression/plainscript.h"
#include "model/expression/scriptcheck.h"
#include "tests/tools/caserunner.h"

#include <ctime>
#include <JavaScriptCore/JavaScript.h>
#include <QThread>
#include <QtTest>

using namespace automation;
using namespace Qt::Literals::StringLiterals;

class TestScriptSyntax : public QObject
{
    Q_OBJECT

private slots:
    void readsExpressions_data();
    void readsExpressions();
    void namesTheFirstSignThatDoesNotFit_data();
    void namesTheFirstSignThatDoesNotFit();
    void deepNestingIsNoDanger_data();
    void deepNestingIsNoDanger();
    void plainScriptsArePlain_data();
    void plainScriptsArePlain();
    void plainMeansReadable();
    void anyTextGetsAnAnswer();
    void worksInThreads();
    void speed();
};

namespace {

// The engine itself, asked directly.
bool isReadable(QStringView script)
{
    static const JSGlobalContextRef context = JSGlobalContextCreate(nullptr);
    for (const auto &[open, close] : {std::pair(u'(', u"\n)"_s), std::pair(u'[', u"\n]"_s)}) {
        const QString text = QChar(open) + script.toString() + close;
        JSStringRef source
            = JSStringCreateWithCharacters(reinterpret_cast<const JSChar *>(text.utf16()), size_t(text.size()));
        const bool isFine = JSCheckScriptSyntax(context, source, nullptr, 1, nullptr);
        JSStringRelease(source);
        if (!isFine)
            return false;
    }
    return true;
}

} // namespace

void TestScriptSyntax::readsExpressions_data()
{
    QTest::addColumn<QString>("script");
    for (const char *script : {"data.a", " data.payload['x y'][0] ", "a ? b : c", "!isDayOfWeek(data.t, 'Monday')",
             "data.list.map(x => x * 2).join(', ')", "({a: 1, ...data}).a", "`a ${data.b} c`", "/a[/]b/.test(data.x)",
             "data?.a ?? 'none'", "data.a // why", "1, 2", "typeof data.x == 'string'", "data.a\n  .b",
             "x => { return 1 }", "'}}'", "data.größe", "\"\\u0041\"", "010", "2 ** 3", "a?.5:1"})
        QTest::newRow(script) << QString::fromUtf8(script);
}

void TestScriptSyntax::readsExpressions()
{
    QFETCH(QString, script);
    const auto found = checkScriptSyntax(script);
    QVERIFY2(!found, found ? qPrintable(found->message) : "");
    QVERIFY(isReadable(script));
}

void TestScriptSyntax::namesTheFirstSignThatDoesNotFit_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<int>("offset");
    QTest::addColumn<int>("length");
    QTest::addColumn<QString>("word");
    const auto row = [](const char *script, int offset, int length, const char *word) {
        QTest::newRow(script) << QString::fromUtf8(script) << offset << length << QString::fromUtf8(word);
    };
    row("data..a", 5, 1, "“.”");
    row("data.a == = 1", 10, 1, "“=”");
    row("data.a data.b", 7, 4, "“data”");
    row("f(1, ", 4, 0, "too early");
    row("data.a == ", 9, 0, "too early");
    row("data.a.)", 7, 1, "“)”");
    row("a)", 1, 1, "“)”");
    row("(a]", 2, 1, "“]”");
    row("'abc", 0, 4, "never closed");
    row("data.a; data.b", 6, 1, "“;”");
    row("a ?? b || c", 7, 2, "“||”");
    row("data.x @ 2", 7, 1, "“@”");
    row("a\n  + * b", 6, 1, "“*”");
    row("{{ data.a }}", 1, 1, "“{”");
    row("if (data.a) 1", 0, 2, "“if”");
    row("1); f(); (2", 1, 1, "“)”");
    row("data.a == “x”", 10, 1, "““”");
    row("return data.a", 0, 6, "“return”");
    row("data.a b c d e f g h i j k l m n", 7, 1, "“b”");
}

void TestScriptSyntax::namesTheFirstSignThatDoesNotFit()
{
    QFETCH(QString, script);
    QFETCH(int, offset);
    QFETCH(int, length);
    QFETCH(QString, word);
    const auto found = checkScriptSyntax(script);
    QVERIFY(found.has_value());
    QCOMPARE(found->kind, ScriptProblem::Kind::Syntax);
    QVERIFY2(found->message.contains(word), qPrintable(found->message));
    QCOMPARE(int(found->offset), offset);
    QCOMPARE(int(found->length), length);
    QVERIFY(!isReadable(script));
}

void TestScriptSyntax::deepNestingIsNoDanger_data()
{
    QTest::addColumn<QString>("script");
    for (const char *piece : {"(", "[", "{", "!", "`${", "a=>", "({a:", "[{a:", "async(", "f(", "a?", "-", "(a,", "/",
             "'", "a[", "new ", "${", "\\"})
        QTest::newRow(piece) << QString::fromUtf8(piece).repeated(1000).left(1000);
    QTest::newRow("closed") << u"("_s.repeated(499) + u"1"_s + u")"_s.repeated(499);
    QTest::newRow("NUL") << QString(1000, QChar(0));
    QTest::newRow("half pairs") << QString(1000, QChar(0xd800));
}

void TestScriptSyntax::deepNestingIsNoDanger()
{
    QFETCH(QString, script);
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(!checkScriptSyntax(script).has_value(), isReadable(script));
    QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
}

void TestScriptSyntax::plainScriptsArePlain_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<bool>("isPlain");
    const auto row
        = [](const char *script, bool isPlain) { QTest::newRow(script) << QString::fromUtf8(script) << isPlain; };
    row("data.payload.source", true);
    row(" step.reply != null ", true);
    row("stringContains(data.payload.content.text, 'Register', true)", true);
    row("!isTimeOfDayBetween(data.payload.timestamp, '09:00:00', '18:00:00', 'Singapore Standard Time')", true);
    row("data.a >= 400 && data.a < 500 || !data.b", true);
    row("'umid: ' + data.payload.umid", true);
    row("data['a b'][0].x.trim().length > -1", true);
    row("data.a ? data.b : 'none'", true);
    row("uuid()", true);
    row("data?.a?.b", true);
    row("data.class", true); // a member may be called anything
    row("", false);
    row("class", false);
    row("data.a = 1", false);
    row("data.a => 1", false);
    row("a--b", false);
    row("a <!-- b", false);
    row("a ?? b", false);
    row("010", false);
    row("1a", false);
    row("'a", false);
    row("'\\x'", false);
    row("f(1,)", false);
    row("a b", false);
    row("a // b", false);
}

void TestScriptSyntax::plainScriptsArePlain()
{
    QFETCH(QString, script);
    QFETCH(bool, isPlain);
    QCOMPARE(isPlainExpression(script), isPlain);
}

// Scripts from pieces that look right, so that many are plain: those must be fine for the engine and for our own check.
void TestScriptSyntax::plainMeansReadable()
{
    static const QStringList pieces {u"data"_s, u".a"_s, u".if"_s, u"['x']"_s, u"[0]"_s, u"f("_s, u")"_s, u"("_s,
        u","_s, u" "_s, u"'t'"_s, u"\"q\""_s, u"1"_s, u"1.5"_s, u"0"_s, u"07"_s, u"+"_s, u"-"_s, u"*"_s, u"/"_s, u"%"_s,
        u"<"_s, u">"_s, u"<="_s, u"=="_s, u"!="_s, u"==="_s, u"&&"_s, u"||"_s, u"!"_s, u"?"_s, u":"_s, u"?."_s, u"?."_s,
        u"=>"_s, u"="_s, u"in"_s, u"new"_s, u"true"_s, u"null"_s, u"this"_s, u"\n"_s, u"\\"_s, u"'"_s, u"'\\n'"_s,
        u"x"_s, u"step"_s, u"let"_s, u"of"_s, u"async"_s, u"."_s, u"5"_s, u"$"_s, u"_"_s, u"é"_s, u"]"_s, u"["_s,
        u"{"_s, u"}"_s, u"`"_s, u"&"_s, u"--"_s, u"//"_s, u"/*"_s, u"yield"_s, u"eval"_s};
    static const QStringList operands {u"data.a"_s, u"data['b'].c"_s, u"f(data.a, 'x')"_s, u"12"_s, u"'t'"_s, u"(a)"_s,
        u"!data.x"_s, u"-1"_s, u"step.reply"_s, u"null"_s, u"a?.b"_s, u"uuid()"_s, u"x.trim()"_s};
    static const QStringList signs {u"=="_s, u" != "_s, u"&&"_s, u" || "_s, u" + "_s, u"-"_s, u"*"_s, u" / "_s, u"<"_s,
        u">"_s, u" >= "_s, u"?"_s, u":"_s, u" ? a : "_s, u","_s, u"<!"_s, u"--"_s, u"%"_s};
    qint64 plain = 0;
    const QString failure
        = runCases("plain scripts are read by the engine", 20000, [&](Random &random) -> std::optional<QString> {
              QString script;
              for (int i = random.between(1, 7); i > 0; --i) {
                  if (random.chance(25))
                      script += random.oneOf(pieces);
                  else
                      script += random.oneOf(operands) + (i > 1 ? random.oneOf(signs) : QString());
              }
              if (!isPlainExpression(script))
                  return std::nullopt;
              ++plain;
              if (!isReadable(script))
                  return u"the engine cannot read: "_s + script;
              if (const auto refused = checkScript(script))
                  return u"refused: %1: %2"_s.arg(script, refused->message);
              return std::nullopt;
          });
    QVERIFY2(failure.isEmpty(), qPrintable(failure));
    if (caseCount(20000) >= 20000)
        QVERIFY2(plain > 2000, qPrintable(QString::number(plain)));
}

// Random text: the answer is that of the engine, and the place lies within the script.
void TestScriptSyntax::anyTextGetsAnAnswer()
{
    static const QStringList pieces {u"data.a"_s, u"("_s, u")"_s, u"["_s, u"]"_s, u"{"_s, u"}"_s, u"'"_s, u"\""_s,
        u"`"_s, u"${"_s, u"/"_s, u"\\"_s, u"\n"_s, u"=>"_s, u","_s, u";"_s, u":"_s, u"?"_s, u"."_s, u"..."_s, u"="_s,
        u"1"_s, u"n"_s, u" "_s, u"async"_s, u"function"_s, u"#"_s, u"@"_s, u"\u2028"_s, u"é"_s, u"😀"_s, u"//"_s,
        u"/*"_s, u"*/"_s, u"<!--"_s, u"-->"_s, u"if"_s, u"let"_s, u"x"_s};
    const QString failure
        = runCases("syntax as the engine has it", 5000, [&](Random &random) -> std::optional<QString> {
              QString script;
              for (int i = random.between(1, 9); i > 0; --i)
                  script += random.oneOf(pieces);
              const auto found = checkScriptSyntax(script);
              if (found.has_value() == isReadable(script))
                  return u"disagrees with the engine: "_s + script;
              if (found && (found->offset < 0 || found->length < 0 || found->offset + found->length > script.size()))
                  return u"place outside of: "_s + script;
              return std::nullopt;
          });
    QVERIFY2(failure.isEmpty(), qPrintable(failure));
}

void TestScriptSyntax::worksInThreads()
{
    std::vector<std::unique_ptr<QThread>> threads;
    QAtomicInt wrong;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back(QThread::create([&wrong] {
            for (int k = 0; k < 200; ++k) {
                if (checkScriptSyntax(u"data.a ?? 'x'") || !checkScriptSyntax(u"data.a ?? )"))
                    wrong.ref();
            }
        }));
        threads.back()->start();
    }
    for (const auto &thread : threads)
        QVERIFY(thread->wait(30000));
    QCOMPARE(wrong.loadRelaxed(), 0);
}

void TestScriptSyntax::speed()
{
    const auto microseconds = [](int rounds, auto &&run) {
        const std::clock_t start = std::clock();
        for (int i = 0; i < rounds; ++i)
            run();
        return 1e6 * double(std::clock() - start) / CLOCKS_PER_SEC / rounds;
    };
    const QString plain = u"!isTimeOfDayBetween(data.payload.timestamp, '09:00:00', '18:00:00', 'UTC')"_s;
    const QString other = u"data.payload.content?.text ?? `nothing ${data.x}`"_s;
    const QString broken = u"isTimeOfDayBetween(data.payload.timestamp, '09:00:00' '18:00:00', 'UTC')"_s;
    qInfo("plain %.2f us, by the engine %.2f us, broken %.2f us",
        microseconds(20000, [&] { (void)checkScriptSyntax(plain); }),
        microseconds(2000, [&] { (void)checkScriptSyntax(other); }),
        microseconds(500, [&] { (void)checkScriptSyntax(broken); }));
}

QTEST_GUILESS_MAIN(TestScriptSyntax)
#include "tst_scriptsyntax.moc"
