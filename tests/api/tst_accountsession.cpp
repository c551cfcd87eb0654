#include "app/session/accountsession.h"
#include "model/json/jsonreader.h"
#include "model/json/jsonwriter.h"
#include "scriptedserver.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace automation;
using namespace std::chrono_literals;

namespace {

// A service in memory: enough of endpoints 1 to 10 for a session.
class FakeService
{
public:
    FakeService()
        : server([this](const ScriptedRequest &request) { return answer(request); })
    {
    }

    ApiAccount account() const { return {QStringLiteral("test"), server.url(), QStringLiteral("acme")}; }
    int count(const char *method, const char *part) const
    {
        return int(std::count_if(server.requests().cbegin(), server.requests().cend(),
            [=](const ScriptedRequest &r) { return r.method == method && r.target.contains(part); }));
    }

    struct Instance
    {
        QByteArray id = {};
        int version = 1;
        QByteArray status = "Runnable";
        QByteArray step = "ask";
        QByteArray error = {};
        int second = 0;
    };
    int version = 1;
    QByteArray status = "disabled";
    QList<Instance> instances;
    QByteArray key = "right";
    QByteArray lastBody;
    ScriptedServer server;

private:
    static ScriptedReply reply(int code, const QByteArray &body = {})
    {
        ScriptedReply reply;
        reply.status = code;
        reply.body = body;
        return reply;
    }
    QByteArray definition() const
    {
        return R"({"id":"d1","version":)" + QByteArray::number(version) + R"(,"status":")" + status
            + R"(","trigger":"http_request","definition":{"name":"Menu","steps":[{"id":"ask","stepType":"Wait","inputs":{"duration":"5"}}]}})";
    }
    static QByteArray instanceJson(const Instance &instance, bool logs)
    {
        QByteArray json = R"({"workflowId":")" + instance.id + R"(","definitionId":"d1","version":)"
            + QByteArray::number(instance.version) + R"(,"status":")" + instance.status
            + R"(","data":{},"startedAt":"2024-01-01T10:00:)" + QByteArray::number(10 + instance.second)
            + R"(Z","completedAt":null)";
        if (logs) {
            json += R"(,"logs":[{"id":"l1","stepName":")" + instance.step
                + R"(","startedAt":"2024-01-01T10:00:00Z","completedAt":null,"status":"WaitingForEvent"}])";
        }
        return json + '}';
    }
    ScriptedReply answer(const ScriptedRequest &request)
    {
        if (request.headers.value("authorization") != "Bearer " + key)
            return reply(401, R"({"code":1401,"message":"Unknown key","errorId":"e","timestamp":"t"})");
        lastBody = request.body;
        const QString path = request.path().mid(QStringLiteral("/api/v1/accounts/acme").size());
        const QStringList parts = path.split(u'/', Qt::SkipEmptyParts);
        if (request.method == "PUT" || (request.method == "POST" && parts.size() == 1)) {
            status = readJson(request.body)->value(u"status").toString().toUtf8();
            ++version;
            return reply(200, definition());
        }
        if (parts.size() <= 2)
            return reply(200, '[' + definition() + ']');
        if (request.method == "POST") {
            instances.prepend({"w" + QByteArray::number(instances.size() + 1), version, "Runnable", "ask", {},
                int(instances.size())});
            ScriptedReply started = reply(201);
            started.headers.append({"Location", "/x/workflows/" + instances.first().id});
            return started;
        }
        if (parts.size() == 3) {
            const int wanted = request.query("version").isEmpty() ? version : request.query("version").toInt();
            QByteArrayList list;
            for (const Instance &instance : std::as_const(instances)) {
                if (instance.version == wanted)
                    list.append(instanceJson(instance, false));
            }
            return reply(200, '[' + list.join(',') + ']');
        }
        for (Instance &instance : instances) {
            if (QString::fromUtf8(instance.id) != parts.at(3))
                continue;
            if (parts.size() == 5) {
                return reply(200,
                    instance.error.isEmpty() ? QByteArray("[]")
                                             : R"([{"workflowId":")" + instance.id + R"(","step":")" + instance.step
                            + R"(","message":")" + instance.error + R"(","errorTime":"2024-01-01T10:00:30Z"}])");
            }
            if (request.method == "PATCH") {
                const QString word = readJson(request.body)->value(u"status").toString();
                if (instance.status == "Terminated")
                    return reply(400,
                        R"({"code":1400,"message":"Cannot )" + word.toUtf8()
                            + R"( a workflow in status Terminated","errorId":"e","timestamp":"t"})");
                instance.status = word == u"suspend" ? "Suspended" : word == u"resume" ? "Runnable" : "Terminated";
                return reply(200);
            }
            return reply(200, instanceJson(instance, request.query("includeLogs") == u"true"));
        }
        return reply(404, R"({"code":1301,"message":"Workflow not found.","errorId":"e","timestamp":"t"})");
    }
};

const QString rightKey = QStringLiteral("right");

WorkflowDefinition someDefinition(const char *status = "enabled")
{
    return *WorkflowDefinition::fromJson(
        *readJson(R"({"definition":{"name":"Menu","steps":[{"id":"ask","stepType":"Wait"}]},
        "trigger":"http_request","status":")"
            + QByteArray(status) + "\"}"));
}

} // namespace

class TestAccountSession : public QObject
{
    Q_OBJECT
private slots:
    void cleanup() { QVERIFY(TaskScope::drainAll()); }
    void connectsAndLists();
    void aWrongKeyIsRefused();
    void aRefusedConnectionIsLostAndComesBack();
    void keepsListsWhileLost();
    void watchesInstances();
    void watchesOlderVersions();
    void tellsWhyInstancesFailed();
    void followsTheSelectedInstance();
    void changesStatesAndTellsRefusals();
    void publishingKeepsTheStatus();
    void startsAndFindsTheInstance();
    void commandsWithoutAccountAreRefused();
    void sandboxCommandsNeedASandbox();
    void pollsRarelyWhenInactive();
    void logsRequests();
    void goesAtAnyMoment();
};

void TestAccountSession::connectsAndLists()
{
    FakeService service;
    AccountSession session;
    QSignalSpy listed(&session, &AccountSession::definitionsChanged);
    session.connectTo(service.account(), rightKey);
    QCOMPARE(session.state(), AccountSession::State::Connecting);
    QVERIFY(listed.wait());
    QTRY_COMPARE(session.state(), AccountSession::State::Connected);
    QCOMPARE(session.definitions().size(), 1);
    QCOMPARE(session.definition(QStringLiteral("d1"))->name, QStringLiteral("Menu"));
    QVERIFY(!session.definition(QStringLiteral("d2")));
    session.disconnectFromService();
    QCOMPARE(session.state(), AccountSession::State::Disconnected);
    QVERIFY(session.definitions().isEmpty());
}

void TestAccountSession::aWrongKeyIsRefused()
{
    FakeService service;
    AccountSession session;
    session.connectTo(service.account(), QStringLiteral("wrong-key"));
    QTRY_COMPARE(session.state(), AccountSession::State::Refused);
    QVERIFY(session.stateMessage().contains(service.account().hostName()));
    QVERIFY(session.stateMessage().contains(QLatin1StringView("Unknown key")));
    QVERIFY(!session.stateMessage().contains(QLatin1StringView("wrong-key")));
    session.connectTo(service.account(), rightKey);
    QTRY_COMPARE(session.state(), AccountSession::State::Connected);
}

void TestAccountSession::aRefusedConnectionIsLostAndComesBack()
{
    FakeService service;
    service.server.goAway();
    AccountSession session;
    session.connectTo(service.account(), rightKey);
    QTRY_COMPARE(session.state(), AccountSession::State::Lost);
    QVERIFY(session.stateMessage().contains(service.account().hostName()));
    service.server.comeBack();
    QTRY_COMPARE(session.state(), AccountSession::State::Connected);
}

void TestAccountSession::keepsListsWhileLost()
{
    FakeService service;
    service.instances = {{"w1"}};
    AccountSession session;
    session.connectTo(service.account(), rightKey, true);
    session.watchDefinition(QStringLiteral("d1"));
    QTRY_COMPARE(session.instances().size(), 1);
    service.server.goAway();
    QTRY_COMPARE(session.state(), AccountSession::State::Lost);
    QCOMPARE(session.definitions().size(), 1);
    QCOMPARE(session.instances().size(), 1);
    // Another process with the same data on another port.
    FakeService again;
    again.instances = {{"w1", 1, "Complete"}};
    session.connectTo(again.account(), rightKey, true);
    QCOMPARE(session.instances().size(), 1);
    QCOMPARE(session.watchedDefinition(), QStringLiteral("d1"));
    QTRY_COMPARE(session.instances().first().status, WorkflowInstance::Status::Complete);
    QCOMPARE(session.state(), AccountSession::State::Connected);
}

void TestAccountSession::watchesInstances()
{
    FakeService service;
    AccountSession session;
    QSignalSpy changed(&session, &AccountSession::instancesChanged);
    session.connectTo(service.account(), rightKey);
    session.watchDefinition(QStringLiteral("d1"));
    QTRY_VERIFY(service.count("GET", "/workflows?") >= 2);
    QCOMPARE(changed.size(), 0); // nothing changed, nothing said
    service.instances = {{"w2", 1, "Runnable", "reply", {}, 1}, {"w1"}};
    QTRY_COMPARE(session.instances().size(), 2);
    QCOMPARE(session.instances().first().id, QStringLiteral("w2"));
    QTRY_COMPARE(session.currentStep(QStringLiteral("w2")), QStringLiteral("reply"));
    service.instances[0].status = "Complete";
    QTRY_COMPARE(session.instance(QStringLiteral("w2"))->status, WorkflowInstance::Status::Complete);
    QCOMPARE(session.currentStep(QStringLiteral("w2")), QString());
    session.watchDefinition({});
    QVERIFY(session.instances().isEmpty());
}

void TestAccountSession::watchesOlderVersions()
{
    FakeService service;
    service.version = 3;
    service.instances = {{"w3", 3, "Runnable", "ask", {}, 2}, {"w1", 1}};
    AccountSession session;
    session.connectTo(service.account(), rightKey);
    session.watchDefinition(QStringLiteral("d1"));
    QTRY_COMPARE(session.instances().size(), 2);
    service.instances[1].status = "Complete";
    QTRY_COMPARE(session.instance(QStringLiteral("w1"))->status, WorkflowInstance::Status::Complete);
    // A new version does not hide what runs on the one before.
    service.version = 4;
    service.instances.prepend({"w4", 4, "Runnable", "ask", {}, 3});
    QTRY_COMPARE(session.instances().size(), 3);
}

void TestAccountSession::tellsWhyInstancesFailed()
{
    FakeService service;
    service.instances = {{"w2", 1, "Terminated", "call", "no route", 1}, {"w1", 1, "Terminated"}};
    AccountSession session;
    session.connectTo(service.account(), rightKey);
    session.watchDefinition(QStringLiteral("d1"));
    QTRY_COMPARE(session.errors().size(), 1);
    QCOMPARE(session.errors().first().step, QStringLiteral("call"));
    QCOMPARE(session.errors().first().message, QStringLiteral("no route"));
    QCOMPARE(session.currentStep(QStringLiteral("w2")), QStringLiteral("call"));
    // Each is asked once.
    QTRY_COMPARE(service.count("GET", "/errors"), 2);
    const int polls = service.count("GET", "/workflows?");
    QTRY_VERIFY(service.count("GET", "/workflows?") >= polls + 2);
    QCOMPARE(service.count("GET", "/errors"), 2);
}

void TestAccountSession::followsTheSelectedInstance()
{
    FakeService service;
    service.instances = {{"w1"}};
    AccountSession session;
    session.connectTo(service.account(), rightKey);
    session.watchDefinition(QStringLiteral("d1"));
    session.selectInstance(QStringLiteral("w1"));
    QTRY_VERIFY(session.selectedInstance().has_value());
    QVERIFY(session.selectedInstance()->hasLogs);
    QCOMPARE(session.selectedInstance()->logs.first().stepName, QStringLiteral("ask"));
    service.instances[0].step = "thanks";
    QTRY_COMPARE(session.selectedInstance()->logs.first().stepName, QStringLiteral("thanks"));
    service.instances[0].status = "Complete";
    QTRY_COMPARE(session.selectedInstance()->status, WorkflowInstance::Status::Complete);
    session.selectInstance({});
    QVERIFY(!session.selectedInstance());
}

void TestAccountSession::changesStatesAndTellsRefusals()
{
    FakeService service;
    service.instances = {{"w2", 1, "Terminated"}, {"w1"}};
    AccountSession session;
    QSignalSpy done(&session, &AccountSession::instanceStateSet);
    QSignalSpy failed(&session, &AccountSession::requestFailed);
    session.connectTo(service.account(), rightKey);
    session.setInstanceState(
        QStringLiteral("d1"), {QStringLiteral("w2"), QStringLiteral("w1")}, InstanceAction::Suspend);
    QTRY_COMPARE(done.size(), 1);
    QCOMPARE(done.first().first().toString(), QStringLiteral("w1"));
    QCOMPARE(failed.size(), 1);
    QVERIFY(failed.first().at(0).toString().contains(QLatin1StringView("w2")));
    QVERIFY(
        failed.first().at(1).toString().contains(QLatin1StringView("Cannot suspend a workflow in status Terminated")));
    QCOMPARE(service.instances.at(1).status, "Suspended");
}

void TestAccountSession::publishingKeepsTheStatus()
{
    FakeService service;
    AccountSession session;
    QSignalSpy published(&session, &AccountSession::published);
    session.connectTo(service.account(), rightKey);
    session.publish(someDefinition("enabled"), {});
    QTRY_COMPARE(published.size(), 1);
    QCOMPARE(published.last().at(1).toBool(), true);
    QCOMPARE(service.status, "disabled");
    QSignalSpy enabled(&session, &AccountSession::definitionEnabledChanged);
    session.setDefinitionEnabled(QStringLiteral("d1"), true);
    QTRY_COMPARE(enabled.size(), 1);
    QCOMPARE(service.status, "enabled");
    session.publish(someDefinition("disabled"), QStringLiteral("d1"));
    QTRY_COMPARE(published.size(), 2);
    QCOMPARE(service.status, "enabled");
    QCOMPARE(session.definition(QStringLiteral("d1"))->version, service.version);
    session.publish(someDefinition("disabled"), QStringLiteral("d1"), AccountSession::PublishStatus::FromDefinition);
    QTRY_COMPARE(published.size(), 3);
    QCOMPARE(service.status, "disabled");
}

void TestAccountSession::startsAndFindsTheInstance()
{
    FakeService service;
    AccountSession session;
    QSignalSpy started(&session, &AccountSession::instanceStarted);
    session.connectTo(service.account(), rightKey);
    session.watchDefinition(QStringLiteral("d1"));
    session.startInstance(QStringLiteral("d1"), JsonValue::object());
    QTRY_COMPARE(started.size(), 1);
    QCOMPARE(started.first().at(1).toString(), QStringLiteral("w1"));
    QTRY_VERIFY(session.instance(QStringLiteral("w1")));
}

void TestAccountSession::commandsWithoutAccountAreRefused()
{
    AccountSession session;
    QSignalSpy failed(&session, &AccountSession::requestFailed);
    session.publish(someDefinition(), {});
    session.startInstance(QStringLiteral("d1"), JsonValue::object());
    QCOMPARE(failed.size(), 0); // never from within the call
    QTRY_COMPARE(failed.size(), 2);
}

void TestAccountSession::sandboxCommandsNeedASandbox()
{
    FakeService service;
    AccountSession session;
    QSignalSpy failed(&session, &AccountSession::requestFailed);
    session.connectTo(service.account(), rightKey);
    session.sendInbound({});
    QTRY_COMPARE(failed.size(), 1);
    QVERIFY(failed.first().at(1).toString().contains(QLatin1StringView("sandbox")));
}

void TestAccountSession::pollsRarelyWhenInactive()
{
    AccountSession session;
    QVERIFY(session.pollInterval() <= 500ms);
    session.setActive(false);
    QVERIFY(session.pollInterval() >= 5000ms);
}

void TestAccountSession::logsRequests()
{
    FakeService service;
    AccountSession session;
    QAbstractItemModelTester tester(session.requestLog(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    session.connectTo(service.account(), rightKey);
    QTRY_VERIFY(session.requestLog()->rowCount() >= 1);
    const RequestRecord record = session.requestLog()->record(0);
    QCOMPARE(record.method, QStringLiteral("GET"));
    QCOMPARE(record.status, 200);
    RequestLog small(nullptr, 3);
    QAbstractItemModelTester smallTester(&small, QAbstractItemModelTester::FailureReportingMode::QtTest);
    for (int i = 0; i < 10; ++i) {
        RequestRecord entry;
        entry.status = i;
        small.add(entry);
    }
    QCOMPARE(small.rowCount(), 3);
    QCOMPARE(small.record(0).status, 9);
    small.clear();
    QCOMPARE(small.rowCount(), 0);
}

void TestAccountSession::goesAtAnyMoment()
{
    // Destroyed after each request it makes, with a command of each kind under way.
    for (int moment = 0; moment < 8; ++moment) {
        FakeService service;
        service.instances = {{"w1"}, {"w2", 1, "Terminated", "call", "no"}};
        auto session = std::make_unique<AccountSession>();
        session->connectTo(service.account(), rightKey, true);
        session->watchDefinition(QStringLiteral("d1"));
        session->selectInstance(QStringLiteral("w1"));
        session->publish(someDefinition(), QStringLiteral("d1"));
        session->setInstanceState(QStringLiteral("d1"), {QStringLiteral("w1")}, InstanceAction::Suspend);
        QTRY_VERIFY(service.server.requests().size() > moment);
        session.reset();
        QVERIFY(TaskScope::drainAll());
    }
}

QTEST_GUILESS_MAIN(TestAccountSession)
#include "tst_accountsession.moc"
