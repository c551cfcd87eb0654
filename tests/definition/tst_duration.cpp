#include "model/definition/duration.h"

#include "model/definition/definitiongraph.h"

#include <QtTest>

using namespace automation;

class TestDuration : public QObject
{
    Q_OBJECT

private slots:
    void reads_data();
    void reads();
    void writes();
};

void TestDuration::reads_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("seconds"); // -1 = none
    QTest::addColumn<QString>("words");
    QTest::newRow("builder's form") << u"0.00:05:00"_qs << 300 << u"5 minutes"_qs;
    QTest::newRow("days") << u"1.6:30:15"_qs << 109815 << u"1 day 6 hours 30 minutes 15 seconds"_qs;
    QTest::newRow("without days") << u"00:30:00"_qs << 1800 << u"30 minutes"_qs;
    QTest::newRow("without seconds") << u"1:30"_qs << 5400 << u"1 hour 30 minutes"_qs;
    QTest::newRow("lone number") << u"5"_qs << 432000 << u"5 days"_qs;
    QTest::newRow("blanks around") << u" 0.00:00:01 "_qs << 1 << u"1 second"_qs;
    QTest::newRow("zero") << u"0.00:00:00"_qs << 0 << u"0 seconds"_qs;
    QTest::newRow("25 hours") << u"25:00:00"_qs << -1 << QString();
    QTest::newRow("60 minutes") << u"00:60"_qs << -1 << QString();
    QTest::newRow("fraction") << u"00:00:00.5"_qs << -1 << QString();
    QTest::newRow("negative") << u"-1:00"_qs << -1 << QString();
    QTest::newRow("sign") << u"+5"_qs << -1 << QString();
    QTest::newRow("words") << u"five minutes"_qs << -1 << QString();
    QTest::newRow("empty") << QString() << -1 << QString();
    QTest::newRow("too many parts") << u"1:2:3:4"_qs << -1 << QString();
    QTest::newRow("only a dot") << u".00:01"_qs << -1 << QString();
    QTest::newRow("too many days") << u"99999999"_qs << -1 << QString();
    QTest::newRow("other digits") << u"٥"_qs << -1 << QString();
}

void TestDuration::reads()
{
    QFETCH(QString, text);
    QFETCH(int, seconds);
    QFETCH(QString, words);
    const auto read = durationSeconds(text);
    QCOMPARE(read ? int(*read) : -1, seconds);
    QCOMPARE(durationInWords(text), words);
}

void TestDuration::writes()
{
    QCOMPARE(durationText(300), u"0.00:05:00"_qs);
    QCOMPARE(durationText(109815), u"1.06:30:15"_qs);
    QCOMPARE(durationText(-4), u"0.00:00:00"_qs);
    for (const qint64 seconds : {0, 59, 86400, 90061, 432000})
        QCOMPARE(durationSeconds(durationText(seconds)), seconds);
    QVERIFY(isDayCount(u"5"));
    QVERIFY(!isDayCount(u"5.00:00:00"));
}

QTEST_GUILESS_MAIN(TestDuration)
#include "tst_duration.moc"
