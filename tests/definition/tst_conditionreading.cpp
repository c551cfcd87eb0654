#include "model/definition/conditionreading.h"
#include "model/definition/conditiontests.h"

#include <QtTest>

using namespace automation;

class TestConditionReading : public QObject
{
    Q_OBJECT

private slots:
    void reads_data();
    void reads();
    void nullTests_data();
    void nullTests();
    void presence_data();
    void presence();
    void overlaps_data();
    void overlaps();
    void manyTestsAreQuick();
};

void TestConditionReading::reads_data()
{
    QTest::addColumn<QString>("expression");
    QTest::addColumn<QString>("label");
    QTest::addColumn<QString>("subject");
    const auto row = [](const char *expression, const char *label, const char *subject) {
        QTest::newRow(expression) << QString::fromUtf8(expression) << QString::fromUtf8(label)
                                  << QString::fromUtf8(subject);
    };
    row("{{stringContains(data.text, 'Confirm', true)}}", "'Confirm'", "data.text");
    row("{{ !stringContains( data.text , \"No\" ) }}", "not 'No'", "data.text");
    row("{{stringContains(data['a, b'], 'x')}}", "'x'", "data['a, b']");
    row("{{data.answer == 'yes'}}", "'yes'", "data.answer");
    row("{{'yes' === data.answer}}", "'yes'", "data.answer");
    row("{{data.answer != 'yes'}}", "not 'yes'", "data.answer");
    row("{{step.responseCode == 200}}", "200", "step.responseCode");
    row("{{(data.ok == true)}}", "true", "data.ok");
    row("{{isCountryCode(data.payload.source, 'SG')}}", "SG", "data.payload.source");
    row("{{isDayOfWeek(data.payload.timestamp, 'Monday')}}", "Monday", "data.payload.timestamp");
    row("{{isTimeOfDayBetween(data.t, '09:00:00', '18:00:00', 'UTC')}}", "between 09:00 and 18:00", "data.t");
    row("{{!IsTimeOfDayBetween(data.t, '09:00:30', '18:00:00', 'UTC')}}", "not between 09:00:30 and 18:00", "data.t");
    row("{{data.a > 5}}", "data.a > 5", "");
    row("{{data.a == 'x' && data.b == 'y'}}", "data.a == 'x' && data.b == 'y'", "");
    row("{{isCountryCode(data.a, 'SG') && data.b}}", "isCountryCode(data.a, 'SG') && data.b", "");
    row("{{stringContains(data.text, data.word)}}", "stringContains(data.text, data.word)", "");
    row("{{!data.a == 'x'}}", "!data.a == 'x'", "");
    row("{{}}", "no condition", "");
    row("", "no condition", "");
    row("{{stringContains(data.text, 'open}}", "stringContains(data.text, 'open", "");
    row("{{((((}}", "((((", "");
    row("{{a}} and {{b}}", "{{a}} and {{b}}", "");
    row("{{'\\", "{{'\\", "");
}

void TestConditionReading::reads()
{
    QFETCH(QString, expression);
    QFETCH(QString, label);
    QFETCH(QString, subject);
    const ConditionReading reading = readCondition(expression);
    QCOMPARE(reading.label, label);
    QCOMPARE(reading.subject, subject);
}

void TestConditionReading::nullTests_data()
{
    QTest::addColumn<QString>("expression");
    QTest::addColumn<QString>("subject");
    QTest::addColumn<bool>("wantsValue");
    QTest::newRow("not null") << u"{{ step.reply!=null }}"_qs << u"step.reply"_qs << true;
    QTest::newRow("strictly null") << u"{{step.reply === null}}"_qs << u"step.reply"_qs << false;
    QTest::newRow("null first") << u"{{null != data.x}}"_qs << u"data.x"_qs << true;
    QTest::newRow("undefined") << u"{{data.x == undefined}}"_qs << u"data.x"_qs << false;
    QTest::newRow("truth") << u"{{step.reply}}"_qs << u"step.reply"_qs << true;
    QTest::newRow("negated truth") << u"{{!step.reply}}"_qs << u"step.reply"_qs << false;
    QTest::newRow("something else") << u"{{step.reply.text == 'x'}}"_qs << QString() << false;
    QTest::newRow("a sum") << u"{{data.a + 1}}"_qs << QString() << false;
}

void TestConditionReading::nullTests()
{
    QFETCH(QString, expression);
    QFETCH(QString, subject);
    QFETCH(bool, wantsValue);
    const NullTest test = readNullTest(expression);
    QCOMPARE(test.subject, subject);
    if (!subject.isEmpty())
        QCOMPARE(test.wantsValue, wantsValue);
}

void TestConditionReading::presence_data()
{
    QTest::addColumn<QString>("whenTrue");
    QTest::addColumn<QString>("whenFalse");
    const auto row = [](const char *expression, const char *whenTrue, const char *whenFalse) {
        QTest::newRow(expression) << QString::fromUtf8(whenTrue) << QString::fromUtf8(whenFalse);
    };
    row("{{data.a}}", "a", "");
    row("{{!data.a}}", "", "a");
    row("!!data.a.b", "a", "");
    row("data.a != null", "a", "");
    row("undefined === data['a']", "", "a");
    row("!(data.a == null)", "a", "");
    row("typeof data.a !== 'undefined'", "a", "");
    row("data.a == 'x'", "a", "");
    row("data.a != 'x'", "", "");
    row("data.a == data.b", "", "");
    row("data.a > 3", "a", "");
    row("!(data.a > 3)", "", "");
    row("stringContains(data.a, 'x')", "a", "");
    row("data.a && data.b == 1 && f(data.c)", "a b", "");
    row("!data.a || data.b == null || f()", "", "a b");
    row("data.a && data.b || data.c", "", "");
    row("data.a ? true : data.b", "", "");
    row("step.reply != null", "", "");
    row("", "", "");
}

void TestConditionReading::presence()
{
    QFETCH(QString, whenTrue);
    QFETCH(QString, whenFalse);
    const PresenceTests tests = readPresence(QString::fromUtf8(QTest::currentDataTag()));
    QCOMPARE(tests.whenTrue.join(u' '), whenTrue);
    QCOMPARE(tests.whenFalse.join(u' '), whenFalse);
}

void TestConditionReading::overlaps_data()
{
    QTest::addColumn<QString>("first");
    QTest::addColumn<QString>("second");
    QTest::addColumn<bool>("isBoth");
    const auto row = [](const char *first, const char *second, bool isBoth) {
        QTest::addRow("%s | %s", first, second) << QString::fromUtf8(first) << QString::fromUtf8(second) << isBoth;
    };
    row("a == 1", "a == 1 && b == 2", true);
    row("a == 1 && b == 3", "a == 1 && b == 2", false);
    row("a == 1 || b == 3", "b == 3 || c == 2", true);
    row("a == 1", "b == 2", false); // nothing in common: said of no one
    row("a > 1 && a < 5", "a > 4 && a < 9", true);
    row("a > 1 && a < 5", "a >= 5 && a < 9", false);
    row("(a == 1 || a == 2)", "(a == 2)", true);
    row("(a == 1) && (b == 2)", "a == 1", true);
    // What is not read makes its list say nothing, never the others.
    row("a == 1 && other(b)", "a == 1", false);
    row("a == 1 || other(b)", "a == 1", true);
    row("a == 1 && !other(b)", "a == 1", false);
    row("a == 1 && !stringContains(b, 'x')", "a == 1", true);
    // What is denied on the one side.
    row("stringContains(a, 'xy')", "!stringContains(a, 'x')", false);
    row("stringContains(a, 'x')", "!stringContains(a, 'xy')", true);
    row("a == 'xy'", "!a.includes('x')", false);
    row("a == null", "a != null", false);
    row("a == null", "a != 'x'", true);
    row("a == 'x'", "a != null", true);
    row("a > 5", "a != 3", true);
    row("a == 3", "a != 3", false);
    row("isCountryCode(a, 'SG')", "!isCountryCode(a, 'sg')", false);
    row("isCountryCode(a, 'SG')", "!isCountryCode(a, 'MY')", true);
    row("isCountryCode(a, 'SG')", "!a.startsWith('+65')", false); // cannot be told
    row("a != null && b == 1", "a != null && b == 2", false);
    row("a != null && b == 1", "a != null && c == 2", false); // what they share does not tell them apart
    row("a === 1", "a === '1'", false);
    row("a == 1", "a == '1'", true);
    // The same written in other ways.
    row("a.b.includes('1')", "a?.b.indexOf(\"10\") >= 0", true);
    row("a['b'].trim().toLowerCase() == 'yes'", "a.b == 'YES'", true);
    row("a.b == 'yes'", "a.b == 'YES'", false);
    row("a.startsWith('ab')", "a.startsWith('a')", true);
    row("a.startsWith('ab')", "a.startsWith('b')", false);
    row("a.indexOf('x') < 0", "a.includes('x')", false);
    row("a == `x${b}`", "a == `x${b}c`", false); // no fixed text
    row("a == 1 && (b == 1 || b == 2)", "a == 1", true);
    row("a == 1 && (b == 1 || b == 2)", "b == 2 && (a == 1 || other(c))", true);
    row("a == 1 && (b == 1 || b == 2)", "b == 3 && (a == 1 || a == 2)", false);
    // Signs inside of texts and brackets split nothing; what binds less than || is not split.
    row("a == 'x || y'", "a == 'y'", false);
    row("a == 'x && y' || a == 'z'", "a == 'x && y'", true);
    row("a == 1 || b == 2 ? false : true", "a == 1", false);
    row("a == 1 ?? b", "a == 1", false);
    row("data?.a == 1 || b == 2", "data?.a == 1", true);
    row("a == 1 ||", "a == 1", true);
    row("&&", "||", false);
    row("isTimeOfDayBetween(t, '09:00:00', '12:00:00', 'UTC')", "isTimeOfDayBetween(t,'12:00:00','13:00:00','utc')",
        true);
    row("isTimeOfDayBetween(t, '09:00:00', '12:00:00', 'UTC')", "isTimeOfDayBetween(t,'12:00:00','13:00:00','X')",
        false);
    row("isTimeOfDayBetween(t, '22:00:00', '02:00:00', 'UTC')", "isTimeOfDayBetween(t,'23:00:00','03:00:00','UTC')",
        true);
    row("isTimeOfDayBetween(t, '22:00:00', '02:00:00', 'UTC')", "isTimeOfDayBetween(t,'02:00:01','21:59:59','UTC')",
        false);
    row("isTimeOfDayBetween(t, '9', '12:00:00', 'UTC')", "isTimeOfDayBetween(t,'09:00:00','12:00:00','UTC')", false);
    row("isTimeOfDayBetween(t, '09:00:00', '12:00:00')", "isTimeOfDayBetween(t,'09:00:00','12:00:00')", false);
}

void TestConditionReading::overlaps()
{
    QFETCH(QString, first);
    QFETCH(QString, second);
    QFETCH(bool, isBoth);
    const ConditionTests a = readTests(u"{{%1}}"_qs.arg(first));
    const ConditionTests b = readTests(second);
    QCOMPARE(bool(findOverlap(a, b)), isBoth);
    QCOMPARE(bool(findOverlap(b, a)), isBoth);
}

// Lists beyond the limit are left out, so that comparing stays cheap.
void TestConditionReading::manyTestsAreQuick()
{
    QStringList alternatives;
    for (int i = 0; i < 5000; ++i)
        alternatives += u"data.a == %1"_qs.arg(i);
    QVERIFY(readTests(alternatives.join(u" || ")).size() <= 16);
    QVERIFY(readTests(alternatives.join(u" && ")).isEmpty());
}

QTEST_GUILESS_MAIN(TestConditionReading)
#include "tst_conditionreading.moc"
