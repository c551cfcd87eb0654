#include "model/definition/conditionreading.h"

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

QTEST_GUILESS_MAIN(TestConditionReading)
#include "tst_conditionreading.moc"
