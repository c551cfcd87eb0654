#include "model/json/jsonreader.h"
#include "model/json/jsonwriter.h"
#include "model/sandbox/definitioncheck.h"
#include "model/sandbox/timetext.h"

#include <QTest>

using namespace automation;
using namespace Qt::StringLiterals;

class DefinitionCheckTest : public QObject
{
    Q_OBJECT
private slots:
    void refuses_data();
    void refuses();
    void keepsOrderAndDropsUnknownFields();
    void readsTheOtherSpellingOfSubAccount();
    void readsDurations_data();
    void readsDurations();
    void writesTimes();
};

void DefinitionCheckTest::refuses_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("message");
    const auto add = [](const char *name, const QByteArray &steps, const QString &message) {
        QTest::newRow(name) << QByteArray(R"({"trigger":"http_request","definition":{"name":"N","steps":)" + steps
            + "}}") << message;
    };
    QTest::newRow("no object") << QByteArray("[]") << u"must be a JSON object"_s;
    QTest::newRow("no definition") << QByteArray(R"({"trigger":"http_request"})")
                                   << u"Workflow definition is required."_s;
    QTest::newRow("no name") << QByteArray(
        R"({"trigger":"http_request","definition":{"steps":[{"id":"a","stepType":"Branch"}]}})")
                             << u"Workflow name is required."_s;
    QTest::newRow("trigger") << QByteArray(
        R"({"trigger":"email","definition":{"name":"N","steps":[{"id":"a","stepType":"SMS"}]}})")
                             << u"Trigger"_s;
    QTest::newRow("status") << QByteArray(
        R"({"trigger":"http_request","status":"on","definition":{"name":"N","steps":[{"id":"a","stepType":"SMS"}]}})")
                            << u"Status"_s;
    add("no steps", "[]", u"At least one step is required."_s);
    add("no id", R"([{"stepType":"SMS"}])", u"needs an id"_s);
    add("step is text", R"(["sms"])", u"JSON object"_s);
    add("unknown type", R"([{"id":"a","stepType":"Fax"}])", u"unknown step type 'Fax'"_s);
    add("duplicate", R"([{"id":"a","stepType":"SMS"},{"id":"a","stepType":"SMS"}])", u"Duplicate step Id a"_s);
    add("duplicate inside do",
        R"([{"id":"a","stepType":"If","inputs":{"condition":"{{1}}"},"do":[[{"id":"a","stepType":"SMS"}]]}])",
        u"Duplicate step Id a"_s);
    add("dangling", R"([{"id":"a","stepType":"SMS","nextStepId":"gone"}])", u"Cannot find step id gone"_s);
    add("dangling branch", R"([{"id":"a","stepType":"Branch","selectNextStep":{"gone":null}}])",
        u"Cannot find step id gone"_s);
    add("both successors",
        R"([{"id":"a","stepType":"SMS","nextStepId":"b","selectNextStep":{"b":null}},{"id":"b","stepType":"SMS"}])",
        u"cannot be used together"_s);
    add("branch without conditions", R"([{"id":"a","stepType":"Branch"}])", u"selectNextStep"_s);
    add("if without condition", R"([{"id":"a","stepType":"If","do":[]}])", u"needs a condition"_s);
    add("condition without braces", R"([{"id":"a","stepType":"Branch","selectNextStep":{"a":"1 == 1"}}])",
        u"must stand between"_s);
    add("assignment", R"([{"id":"a","stepType":"SMS","inputs":{"text":"{{data.x = 1}}"}}])", u"Step a: inputs:"_s);
    add("script too long", R"([{"id":"a","stepType":"SMS","outputs":{"x":"{{)" + QByteArray(1001, '1') + R"(}}"}}])",
        u"Step a: outputs:"_s);
    add("duration", R"([{"id":"a","stepType":"Wait","inputs":{"duration":"5 minutes"}}])", u"not a duration"_s);
    add("no duration", R"([{"id":"a","stepType":"Wait"}])", u"needs a duration"_s);
    add("timeout", R"([{"id":"a","stepType":"WaitForReply","inputs":{"timeout":"24:00:00"}}])", u"not a duration"_s);
    add("do is no list of lists", R"([{"id":"a","stepType":"If","inputs":{"condition":"{{1}}"},"do":[{"id":"b"}]}])",
        u"list of lists"_s);
}

void DefinitionCheckTest::refuses()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, message);
    const Result<JsonValue> accepted = acceptDefinition(*readJson(body));
    QVERIFY(!accepted);
    QVERIFY2(accepted.error().message.contains(message), qPrintable(accepted.error().message));
}

void DefinitionCheckTest::keepsOrderAndDropsUnknownFields()
{
    const QByteArray body
        = R"({"definition":{"version":7,"steps":[{"stepType":"sms","saga":true,"inputs":{"z":1.50,"a":)"
          R"({"unknown":[]}},"id":"one","nextStepId":null}],"id":"x","name":"N"},"accountId":"A",)"
          R"("trigger":"inbound_sms"})";
    const Result<JsonValue> accepted = acceptDefinition(*readJson(body));
    QVERIFY(accepted);
    QCOMPARE(writeJson(*accepted, JsonStyle::compact()),
        QByteArray(R"({"definition":{"steps":[{"stepType":"sms","inputs":{"z":1.50,"a":{"unknown":[]}},"id":"one",)"
                   R"("nextStepId":null}],"name":"N"},"trigger":"inbound_sms","status":"disabled"})"));
}

void DefinitionCheckTest::readsTheOtherSpellingOfSubAccount()
{
    const QByteArray body = R"({"subaccountId":"s1","trigger":"inbound_sms","status":"enabled",)"
                            R"("definition":{"name":"N","steps":[{"id":"a","stepType":"SMS"}]}})";
    const Result<JsonValue> accepted = acceptDefinition(*readJson(body));
    QVERIFY(accepted);
    QCOMPARE((*accepted)["subAccountId"_L1].toString(), u"s1"_s);
}

void DefinitionCheckTest::readsDurations_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("milliseconds");
    const qint64 none = -1;
    QTest::newRow("minutes") << u"00:30:00"_s << qint64(30 * 60000);
    QTest::newRow("days and hours") << u"1.6:30:15"_s << qint64(((30LL * 60 + 30) * 60 + 15) * 1000);
    QTest::newRow("hours and minutes") << u"1:30"_s << qint64(90 * 60000);
    QTest::newRow("days only") << u"5"_s << qint64(5LL * 86400000);
    QTest::newRow("zero") << u"0.00:00:00"_s << qint64(0);
    QTest::newRow("most") << u"10675199"_s << qint64(10675199LL * 86400000);
    QTest::newRow("too much") << u"10675200"_s << none;
    QTest::newRow("hour 24") << u"24:00:00"_s << none;
    QTest::newRow("minute 60") << u"00:60"_s << none;
    QTest::newRow("fraction") << u"00:00:00.5"_s << none;
    QTest::newRow("negative") << u"-1"_s << none;
    QTest::newRow("empty") << QString() << none;
    QTest::newRow("other digits") << u"٥"_s << none;
}

void DefinitionCheckTest::readsDurations()
{
    QFETCH(QString, text);
    QFETCH(qint64, milliseconds);
    QCOMPARE(readDuration(text).value_or(-1), milliseconds);
}

void DefinitionCheckTest::writesTimes()
{
    const qint64 second = QDateTime(QDate(2021, 6, 30), QTime(3, 20, 39), Qt::UTC).toMSecsSinceEpoch();
    QCOMPARE(isoTime(second), u"2021-06-30T03:20:39Z"_s);
    QCOMPARE(isoTime(second + 490), u"2021-06-30T03:20:39.49Z"_s);
    QCOMPARE(isoTime(second + 7), u"2021-06-30T03:20:39.007Z"_s);
    QCOMPARE(readTime(u"2021-06-30T03:20:39.49Z"_s).value_or(0), second + 490);
    QCOMPARE(readTime(u"2021-06-30T11:20:39+08:00"_s).value_or(0), second);
    QCOMPARE(readTime(u"2021-06-30T03:20:39"_s).value_or(0), second);
    QVERIFY(!readTime(u"yesterday"_s));
}

QTEST_GUILESS_MAIN(DefinitionCheckTest)
#include "tst_definitioncheck.moc"
