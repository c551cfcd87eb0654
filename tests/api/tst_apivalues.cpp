#include "model/api/apiaccount.h"
#include "model/api/apivalues.h"
#include "model/json/jsonreader.h"

#include <QTest>

using namespace automation;

class TestApiValues : public QObject
{
    Q_OBJECT
private slots:
    void readsTimes_data();
    void readsTimes();
    void readsDefinitionIdsInEitherPlace();
    void namesWhatADefinitionLacks();
    void readsAnInstanceWithLogs();
    void namesWhatAnInstanceLacks();
    void knowsWhereAnInstanceStands();
    void keepsUnknownStatusWords();
    void readsUsageInBothShapes();
    void checksAddresses_data();
    void checksAddresses();

private:
    static JsonValue json(const char *text) { return *readJson(text); }
};

void TestApiValues::readsTimes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("milliseconds"); // since the epoch, -1 = invalid
    QTest::newRow("whole seconds") << QStringLiteral("1970-01-01T00:00:05Z") << qint64(5000);
    QTest::newRow("two digits") << QStringLiteral("1970-01-01T00:00:05.27Z") << qint64(5270);
    QTest::newRow("seven digits") << QStringLiteral("1970-01-01T00:00:05.3857479Z") << qint64(5386);
    QTest::newRow("offset") << QStringLiteral("1970-01-01T01:00:05+01:00") << qint64(5000);
    QTest::newRow("no offset is UTC") << QStringLiteral("1970-01-01T00:00:05") << qint64(5000);
    QTest::newRow("empty") << QString() << qint64(-1);
    QTest::newRow("words") << QStringLiteral("yesterday") << qint64(-1);
}

void TestApiValues::readsTimes()
{
    QFETCH(QString, text);
    QFETCH(qint64, milliseconds);
    const QDateTime time = parseServiceTime(text);
    QCOMPARE(time.isValid(), milliseconds >= 0);
    if (milliseconds >= 0)
        QVERIFY2(qAbs(time.toMSecsSinceEpoch() - milliseconds) <= 1, qPrintable(time.toString(Qt::ISODateWithMs)));
}

void TestApiValues::readsDefinitionIdsInEitherPlace()
{
    for (const char *text : {R"({"id":"d1","version":3,"definition":{"name":"Menu","steps":[]},"status":"enabled"})",
             R"({"definition":{"id":"d1","version":3,"name":"Menu","steps":[]},"status":"enabled"})"}) {
        const Result<DefinitionInfo> info = DefinitionInfo::fromJson(json(text));
        QVERIFY(info);
        QCOMPARE(info->id, QStringLiteral("d1"));
        QCOMPARE(info->version, 3);
        QCOMPARE(info->name, QStringLiteral("Menu"));
        QVERIFY(info->isEnabled());
    }
    QCOMPARE(
        DefinitionInfo::fromJson(json(R"({"id":"d","version":1,"subaccountId":"s","definition":{}})"))->subAccountId,
        QStringLiteral("s"));
}

void TestApiValues::namesWhatADefinitionLacks()
{
    const Result<DefinitionInfo> info = DefinitionInfo::fromJson(json(R"({"version":1,"definition":{}})"));
    QVERIFY(!info);
    QCOMPARE(info.error().code, ErrorCode::BadAnswer);
    QVERIFY(info.error().message.contains(QStringLiteral("“id”")));
    QVERIFY(!DefinitionInfo::fromJson(json(R"({"id":"a","version":0,"definition":{}})")));
    QVERIFY(!DefinitionInfo::fromJson(json(R"({"id":"a","version":1})")));
    QVERIFY(!DefinitionInfo::fromJson(json("7")));
}

void TestApiValues::readsAnInstanceWithLogs()
{
    const Result<WorkflowInstance> instance = WorkflowInstance::fromJson(json(
        R"({"workflowId":"w","definitionId":"d","version":2,"status":"Runnable","data":{"a":1},"completedAt":null,
            "startedAt":"2024-01-01T10:00:00Z","logs":[{"id":"l","stepName":"ask","startedAt":"2024-01-01T10:00:01Z",
            "completedAt":null,"status":"WaitingForEvent"}]})"));
    QVERIFY(instance);
    QCOMPARE(instance->status, WorkflowInstance::Status::Runnable);
    QVERIFY(!instance->isFinished());
    QVERIFY(!instance->completedAt.isValid());
    QVERIFY(instance->hasLogs);
    QCOMPARE(instance->logs.size(), 1);
    QCOMPARE(instance->logs.first().status, StepLog::Status::WaitingForEvent);
    QVERIFY(instance->logs.first().isOpen());
    QCOMPARE(instance->data.value(u"a").toInteger(), 1);
}

void TestApiValues::namesWhatAnInstanceLacks()
{
    const Result<WorkflowInstance> noStatus
        = WorkflowInstance::fromJson(json(R"({"workflowId":"w","startedAt":"2024-01-01T10:00:00Z"})"));
    QVERIFY(!noStatus && noStatus.error().message.contains(QLatin1StringView("status")));
    const Result<WorkflowInstance> badLog = WorkflowInstance::fromJson(json(
        R"({"workflowId":"w","startedAt":"2024-01-01T10:00:00Z","status":"Complete","logs":[{"status":"Failed"}]})"));
    QVERIFY(!badLog);
    QVERIFY(badLog.error().message.contains(QLatin1StringView("stepName")));
}

void TestApiValues::knowsWhereAnInstanceStands()
{
    const auto log = [](const char *step, int second, StepLog::Status status) {
        StepLog entry;
        entry.stepName = QLatin1StringView(step);
        entry.startedAt = QDateTime::fromSecsSinceEpoch(second, Qt::UTC);
        entry.status = status;
        return entry;
    };
    WorkflowInstance instance;
    QCOMPARE(instance.currentStep(), QString());
    instance.logs = {log("first", 1, StepLog::Status::Complete), log("second", 2, StepLog::Status::Complete)};
    QCOMPARE(instance.currentStep(), QStringLiteral("second"));
    instance.logs.prepend(log("waiting", 0, StepLog::Status::Sleeping));
    QCOMPARE(instance.currentStep(), QStringLiteral("waiting"));
}

void TestApiValues::keepsUnknownStatusWords()
{
    const Result<WorkflowInstance> instance = WorkflowInstance::fromJson(
        json(R"({"workflowId":"w","startedAt":"2024-01-01T10:00:00Z","status":"Dreaming"})"));
    QVERIFY(instance);
    QCOMPARE(instance->status, WorkflowInstance::Status::Unknown);
    QCOMPARE(instance->statusWord, QStringLiteral("Dreaming"));
}

void TestApiValues::readsUsageInBothShapes()
{
    QCOMPARE(
        Usage::fromJson(json(R"({"allowedWorkflowCount":100,"executedWorkflowCount":7})"))->executedWorkflowCount, 7);
    QCOMPARE(Usage::fromJson(json(R"([{"accountId":"a"}])"))->executedWorkflowCount, -1);
    QVERIFY(!Usage::fromJson(json("[]")));
}

void TestApiValues::checksAddresses_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<bool>("accepted");
    QTest::newRow("https") << QStringLiteral("https://automation.8x8.com") << true;
    QTest::newRow("https with path") << QStringLiteral("https://example.com/gateway") << true;
    QTest::newRow("loopback") << QStringLiteral("http://127.0.0.1:8080") << true;
    QTest::newRow("other loopback") << QStringLiteral("http://127.3.2.1") << true;
    QTest::newRow("loopback v6") << QStringLiteral("http://[::1]:9") << true;
    QTest::newRow("localhost") << QStringLiteral("http://localhost") << true;
    QTest::newRow("plain http") << QStringLiteral("http://automation.8x8.com") << false;
    QTest::newRow("looks like loopback") << QStringLiteral("http://127.0.0.1.example.com") << false;
    QTest::newRow("looks like localhost") << QStringLiteral("http://localhost.example.com") << false;
    QTest::newRow("user info") << QStringLiteral("https://a:b@example.com") << false;
    QTest::newRow("query") << QStringLiteral("https://example.com/?a=b") << false;
    QTest::newRow("file") << QStringLiteral("file:///etc/passwd") << false;
    QTest::newRow("no scheme") << QStringLiteral("example.com") << false;
    QTest::newRow("empty") << QString() << false;
}

void TestApiValues::checksAddresses()
{
    QFETCH(QString, url);
    QFETCH(bool, accepted);
    const ApiAccount account {QStringLiteral("n"), QUrl(url), QStringLiteral("acme")};
    const Result<void> result = account.check();
    QCOMPARE(result.isOk(), accepted);
    if (!accepted)
        QVERIFY(!result.error().message.isEmpty());
    QVERIFY(!ApiAccount({QStringLiteral("n"), QUrl(url), QString()}).check());
}

QTEST_GUILESS_MAIN(TestApiValues)
#include "tst_apivalues.moc"
