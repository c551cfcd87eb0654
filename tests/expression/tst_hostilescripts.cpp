#include "model/expression/processevaluator.h"

#include <cerrno>
#include <csignal>
#include <QElapsedTimer>
#include <QtTest>

using namespace automation;
using namespace Qt::Literals::StringLiterals;

// Scripts that want too much, and a helper that goes away: the caller always gets an answer and stays well.
class TestHostileScripts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void endless_data();
    void endless();
    void wantsTooMuch_data();
    void wantsTooMuch();
    void noWayOut_data();
    void noWayOut();
    void textsCannotBreakOut_data();
    void textsCannotBreakOut();
    void killedHelperIsReplaced();
    void helperEndsWithItsOwner();
    void environmentIsNotHandedOn();

private:
    bool stillWorks() { return m_evaluator.evaluate(u"{{1 + 1}}"_s, m_scope).isOk(); }

    ProcessEvaluator m_evaluator {{QStringLiteral(PROGRAM_DIR "/automation-evaluator")}};
    EvaluationScope m_scope {JsonValue::object(), {}, {}};
};

void TestHostileScripts::initTestCase()
{
    const auto ready = m_evaluator.prepare();
    QVERIFY2(ready, ready ? "" : qPrintable(ready.error().message));
}

void TestHostileScripts::endless_data()
{
    QTest::addColumn<QString>("script");
    QTest::newRow("loop") << u"(() => { while (true) {} })()"_s;
    QTest::newRow("generator of work") << u"[0].forEach(() => { for (;;) ; })"_s;
    QTest::newRow("catches everything") << u"(() => { for (;;) try { while (true) {} } catch { } })()"_s;
    QTest::newRow("in toJSON") << u"({ toJSON() { for (;;) ; } })"_s;
    QTest::newRow("in a text conversion") << u"'' + { toString() { for (;;) ; } }"_s;
    QTest::newRow("native regular expression") << u"/^(a+)+$/.test('a'.repeat(60) + 'b')"_s;
    QTest::newRow("native sort") << u"Array.from({ length: 2 ** 24 }, Math.random).sort().length"_s;
    QTest::newRow("afterwards") << u"Promise.resolve().then(() => { for (;;) ; }) && 1"_s;
}

void TestHostileScripts::endless()
{
    QFETCH(QString, script);
    QElapsedTimer timer;
    timer.start();
    const auto result = m_evaluator.evaluate(QString(u"{{ "_s + script + u" }}"_s), m_scope);
    QVERIFY(!result);
    QVERIFY2(result.error().code == ErrorCode::Timeout || result.error().code == ErrorCode::Limit,
        qPrintable(result.error().message));
    // Generous, for machines that do other things too: what matters is that it ends by itself.
    QVERIFY2(timer.elapsed() < 15'000, qPrintable(QString::number(timer.elapsed())));
    qInfo("ended after %lld ms: %s", timer.elapsed(), qPrintable(result.error().message));
    QVERIFY(stillWorks());
}

void TestHostileScripts::wantsTooMuch_data()
{
    QTest::addColumn<QString>("script");
    QTest::newRow("text") << u"'x'.repeat(2 ** 30)"_s;
    QTest::newRow("two-byte text") << u"'\x0142'.repeat(2 ** 29).toUpperCase()"_s;
    QTest::newRow("in a text") << u"'x'.repeat(2 ** 28) }}{{ 1"_s;
    QTest::newRow("list") << u"Array.from({ length: 2 ** 27 }, () => ({}))"_s;
    QTest::newRow("bytes") << u"Reflect.construct(Uint8Array, [2 ** 31]).fill(1).length"_s;
    QTest::newRow("recursion") << u"(f => f(f))(f => f(f))"_s;
    QTest::newRow("deep result") << u"Array.from({ length: 100000 }).reduce(a => [a], 1)"_s;
    QTest::newRow("deep enough to read") << u"Array.from({ length: 2000 }).reduce(a => [a], 1)"_s;
    QTest::newRow("deep JSON") << u"JSON.parse('['.repeat(1e6))"_s;
    QTest::newRow("circle") << u"[[]].map((a, i, all) => (a.push(all), a))"_s;
}

void TestHostileScripts::wantsTooMuch()
{
    QFETCH(QString, script);
    const auto result = m_evaluator.evaluate(QString(u"{{ "_s + script + u" }}"_s), m_scope);
    QVERIFY(!result);
    QVERIFY(!result.error().message.isEmpty());
    qInfo("%s", qPrintable(result.error().message));
    QVERIFY(stillWorks());
}

void TestHostileScripts::noWayOut_data()
{
    QTest::addColumn<QString>("script");
    for (const char *script : {"eval", "Function", "(() => 1).constructor", "[].constructor.constructor",
             "(async () => 1).constructor", "isDayOfWeek.constructor", "SharedArrayBuffer", "Atomics", "WebAssembly",
             "console", "setTimeout", "require", "process", "fetch", "print", "load", "readFile", "$vm"})
        QTest::newRow(script) << QString::fromLatin1(script);
}

void TestHostileScripts::noWayOut()
{
    QFETCH(QString, script);
    const auto result = m_evaluator.evaluate(QString(u"{{typeof ("_s + script + u")}}"_s), m_scope);
    QVERIFY(result);
    QCOMPARE(result->toString(), u"undefined"_s);
}

void TestHostileScripts::textsCannotBreakOut_data()
{
    QTest::addColumn<QString>("script");
    for (const char *script : {"1); (2", "1], [2", "1\n); (2", "a) => (1", "1 /*", "`", "'", "...[1]", "1,", ",1",
             "1; 2", "return 1", "} {", "1) + [1](", "/* */", "//", "<!-- x", "if (1) 2", "throw 1", "1 \n--> 2"})
        QTest::newRow(script) << QString::fromLatin1(script);
}

void TestHostileScripts::textsCannotBreakOut()
{
    QFETCH(QString, script);
    const auto result = m_evaluator.evaluate(QString(u"{{"_s + script + u"}}"_s), m_scope);
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::Expression);
}

void TestHostileScripts::killedHelperIsReplaced()
{
    QVERIFY(stillWorks());
    const qint64 before = m_evaluator.helperProcessId();
    QVERIFY(before > 0);
    QCOMPARE(::kill(static_cast<pid_t>(before), SIGKILL), 0);
    QVERIFY(stillWorks());
    QVERIFY(m_evaluator.helperProcessId() > 0);
    QCOMPARE_NE(m_evaluator.helperProcessId(), before);
}

void TestHostileScripts::helperEndsWithItsOwner()
{
    qint64 helper = -1;
    {
        ProcessEvaluator evaluator({QStringLiteral(PROGRAM_DIR "/automation-evaluator")});
        QVERIFY(evaluator.prepare());
        helper = evaluator.helperProcessId();
        QCOMPARE(::kill(static_cast<pid_t>(helper), 0), 0);
    }
    QCOMPARE(::kill(static_cast<pid_t>(helper), 0), -1);
    QCOMPARE(errno, ESRCH);

    // Without its owner's help: the end of its input is enough.
    QProcess program;
    program.start(QStringLiteral(PROGRAM_DIR "/automation-evaluator"), QStringList());
    QVERIFY(program.waitForReadyRead());
    program.closeWriteChannel();
    QVERIFY(program.waitForFinished());
    QCOMPARE(program.exitCode(), 0);
}

void TestHostileScripts::environmentIsNotHandedOn()
{
    qputenv("AUTOMATION_API_KEY", "secret");
    ProcessEvaluator evaluator({QStringLiteral(PROGRAM_DIR "/automation-evaluator")});
    QVERIFY(evaluator.prepare());
    QFile file(u"/proc/%1/environ"_s.arg(evaluator.helperProcessId()));
    if (file.open(QIODevice::ReadOnly))
        QVERIFY(!file.readAll().contains("secret"));
    qunsetenv("AUTOMATION_API_KEY");
}

QTEST_GUILESS_MAIN(TestHostileScripts)
#include "tst_hostilescripts.moc"
