// The session and the client against the real automation-sandbox, as the window uses them.

#include "app/session/accountsession.h"
#include "app/session/sandboxprocess.h"
#include "model/api/blocking.h"
#include "model/json/jsonreader.h"

#include <csignal>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

using namespace automation;
using namespace std::chrono_literals;

namespace {

constexpr int patience = 20'000; // milliseconds; sanitizers are slow

JsonValue chatPayload()
{
    return *readJson(R"({"namespace":"ChatApps","eventType":"inbound_message_received","description":"d",
        "payload":{"umid":"u1","subAccountId":"shop","timestamp":"2024-01-01T10:00:00Z",
        "user":{"msisdn":"+6591234567","channelUserId":"6591234567"},"recipient":{"channel":"whatsapp","channelId":"c"},
        "type":"text","content":{"text":"hello"}}})");
}

// Asks, waits for the answer, and calls a server on "1".
WorkflowDefinition askAndCall(quint16 port)
{
    const QByteArray url = "http://127.0.0.1:" + QByteArray::number(port) + "/x";
    QByteArray text = R"({"definition":{"name":"Ask and call","steps":[
        {"id":"ask","stepType":"ChatAppsMessage","inputs":{"subAccountId":"shop","user":{"msisdn":"{{data.payload.user.msisdn}}"},
         "type":"text","content":{"text":"1 or 2?"}},"nextStepId":"wait"},
        {"id":"wait","stepType":"WaitForReply","inputs":{"from":"{{data.payload.user.msisdn}}","channel":"whatsapp",
         "timeout":"0.01:00:00"},"outputs":{"answer":"{{step.reply.payload.content.text}}"},
         "selectNextStep":{"call":"{{step.reply.payload.content.text == '1'}}","bye":null}},
        {"id":"call","stepType":"HttpRequest","inputs":{"url":"URL","method":"GET","timeoutSeconds":2}},
        {"id":"bye","stepType":"ChatAppsMessage","inputs":{"subAccountId":"shop","user":{"msisdn":"{{data.payload.user.msisdn}}"},
         "type":"text","content":{"text":"Bye"}}}]},
        "subAccountId":"shop","trigger":"inbound_chat_apps","status":"disabled"})";
    text.replace("\"URL\"", '"' + url + '"');
    return *WorkflowDefinition::fromJson(*readJson(text));
}

// A loopback port nobody listens at.
quint16 closedPort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

InboundMessage answer(const char *text)
{
    InboundMessage message;
    message.kind = InboundMessage::Kind::Chat;
    message.from = QStringLiteral("+6591234567");
    message.channel = QStringLiteral("whatsapp");
    message.subAccountId = QStringLiteral("shop");
    message.text = QLatin1StringView(text);
    return message;
}

} // namespace

class TestRealSandbox : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void answersEveryEndpoint();
    void refusesAWrongKey();
    void followsAnInstanceToItsFault();
    void tellsWhatIsRefused();
    void survivesTheDeathOfTheSandbox();
    void saysWhyItCannotStart();

private:
    QString publishAndWatch();
    QString start(const QString &definitionId);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<SandboxProcess> m_process;
    std::unique_ptr<AccountSession> m_session;
};

void TestRealSandbox::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_process = std::make_unique<SandboxProcess>(
        m_folder->filePath(QStringLiteral("data")), nullptr, QStringLiteral(PROGRAM_DIR "/automation-sandbox"));
    m_session = std::make_unique<AccountSession>();
    connect(m_process.get(), &SandboxProcess::ready, m_session.get(),
        [this](const ApiAccount &account, const QString &key) { m_session->connectTo(account, key, true); });
    QSignalSpy failed(m_process.get(), &SandboxProcess::failed);
    m_process->start();
    QTRY_VERIFY_WITH_TIMEOUT(m_process->state() != SandboxProcess::State::Starting, patience);
    QVERIFY2(failed.isEmpty(), failed.isEmpty() ? "" : qPrintable(failed.first().first().toString()));
    QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), AccountSession::State::Connected, patience);
}

void TestRealSandbox::cleanup()
{
    m_session.reset();
    m_process.reset();
    QVERIFY(TaskScope::drainAll());
    m_folder.reset();
}

QString TestRealSandbox::publishAndWatch()
{
    QSignalSpy published(m_session.get(), &AccountSession::published);
    QSignalSpy failed(m_session.get(), &AccountSession::requestFailed);
    m_session->publish(askAndCall(closedPort()), {});
    if (!QTest::qWaitFor([&] { return !published.isEmpty() || !failed.isEmpty(); }, patience) || !failed.isEmpty()) {
        qWarning() << (failed.isEmpty() ? QVariantList() : failed.first());
        return {};
    }
    const QString id = published.first().first().value<DefinitionInfo>().id;
    m_session->watchDefinition(id);
    return id;
}

QString TestRealSandbox::start(const QString &definitionId)
{
    QSignalSpy started(m_session.get(), &AccountSession::instanceStarted);
    m_session->startInstance(definitionId, chatPayload());
    return QTest::qWaitFor([&] { return !started.isEmpty(); }, patience) ? started.first().at(1).toString() : QString();
}

void TestRealSandbox::answersEveryEndpoint()
{
    AutomationClient client(m_process->account(), m_process->key());
    const auto created = blockingResult(client.createDefinition(askAndCall(9)));
    QVERIFY2(created, created ? "" : qPrintable(created.error().message));
    QCOMPARE(created->version, 1);
    const QString id = created->id;
    const auto updated = blockingResult(client.updateDefinition(id, askAndCall(9)));
    QVERIFY(updated);
    QCOMPARE(updated->version, 2);
    const auto enabled = blockingResult(client.setEnabled(id, true));
    QVERIFY(enabled);
    QVERIFY(enabled->isEnabled());
    const auto versions = blockingResult(client.definitionVersions(id));
    QVERIFY(versions);
    QCOMPARE(versions->size(), 3);
    QCOMPARE(versions->first().version, 3);
    const auto listed = blockingResult(client.listDefinitions());
    QVERIFY(listed);
    QCOMPARE(listed->size(), 1);
    const auto started = blockingResult(client.startInstance(id, chatPayload()));
    QVERIFY(started);
    QVERIFY(!started->isEmpty());
    const auto instance = blockingResult(client.instance(id, *started, true));
    QVERIFY(instance);
    QVERIFY(instance->hasLogs);
    QCOMPARE(instance->version, 3);
    const auto instances = blockingResult(client.listInstances(id));
    QVERIFY(instances);
    QCOMPARE(instances->size(), 1);
    const auto errors = blockingResult(client.instanceErrors(id, *started));
    QVERIFY(errors);
    QVERIFY(errors->isEmpty());
    QVERIFY(blockingResult(client.setInstanceState(id, *started, InstanceAction::Terminate)));
    QVERIFY(blockingResult(client.raiseHttpTrigger(JsonValue::object())));
    QVERIFY(blockingResult(client.deleteDefinition(id)));
    const auto gone = blockingResult(client.definitionVersions(id));
    QVERIFY(!gone);
    QCOMPARE(gone.error().code, ErrorCode::NotFound);
}

void TestRealSandbox::refusesAWrongKey()
{
    AutomationClient client(m_process->account(), QStringLiteral("another-key"));
    const auto result = blockingResult(client.listDefinitions());
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::Unauthorized);
    QVERIFY(result.error().message.contains(m_process->account().hostName()));
    QVERIFY(!result.error().message.contains(QLatin1StringView("another-key")));
}

void TestRealSandbox::followsAnInstanceToItsFault()
{
    const QString definitionId = publishAndWatch();
    QVERIFY(!definitionId.isEmpty());
    const QString id = start(definitionId);
    QVERIFY(!id.isEmpty());
    m_session->selectInstance(id);
    QTRY_COMPARE_WITH_TIMEOUT(m_session->currentStep(id), QStringLiteral("wait"), patience);
    QSignalSpy outbox(m_session.get(), &AccountSession::outboxFetched);
    m_session->fetchOutbox();
    QTRY_COMPARE_WITH_TIMEOUT(outbox.size(), 1, patience);
    const auto messages = outbox.first().first().value<QList<OutboxMessage>>();
    QCOMPARE(messages.size(), 1);
    QCOMPARE(messages.first().instanceId, id);
    QCOMPARE(messages.first().stepName, QStringLiteral("ask"));
    QVERIFY(messages.first().time.isValid());

    m_session->sendInbound(answer("1"));
    QTRY_VERIFY_WITH_TIMEOUT(m_session->instance(id)->isFinished(), patience);
    QCOMPARE(m_session->instance(id)->status, WorkflowInstance::Status::Terminated);
    QTRY_COMPARE_WITH_TIMEOUT(m_session->errors().size(), 1, patience);
    QCOMPARE(m_session->errors().first().step, QStringLiteral("call"));
    QVERIFY(!m_session->errors().first().message.isEmpty());
    QTRY_VERIFY_WITH_TIMEOUT(m_session->selectedInstance() && m_session->selectedInstance()->isFinished(), patience);
    QCOMPARE(m_session->selectedInstance()->data.value(u"answer").toString(), QStringLiteral("1"));
}

void TestRealSandbox::tellsWhatIsRefused()
{
    const QString definitionId = publishAndWatch();
    QVERIFY(!definitionId.isEmpty());
    const QString id = start(definitionId);
    QTRY_COMPARE_WITH_TIMEOUT(m_session->currentStep(id), QStringLiteral("wait"), patience);
    using Status = WorkflowInstance::Status;
    m_session->setInstanceState(definitionId, {id}, InstanceAction::Suspend);
    QTRY_COMPARE_WITH_TIMEOUT(m_session->instance(id)->status, Status::Suspended, patience);
    m_session->setInstanceState(definitionId, {id}, InstanceAction::Resume);
    QTRY_COMPARE_WITH_TIMEOUT(m_session->instance(id)->status, Status::Runnable, patience);
    m_session->setInstanceState(definitionId, {id}, InstanceAction::Terminate);
    QTRY_COMPARE_WITH_TIMEOUT(m_session->instance(id)->status, Status::Terminated, patience);
    QSignalSpy failed(m_session.get(), &AccountSession::requestFailed);
    m_session->setInstanceState(definitionId, {id}, InstanceAction::Resume);
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, patience);
    const QString words = failed.first().at(1).toString();
    QVERIFY2(words.contains(QLatin1StringView("Cannot resume a workflow in status Terminated")), qPrintable(words));
}

void TestRealSandbox::survivesTheDeathOfTheSandbox()
{
    const QString definitionId = publishAndWatch();
    QVERIFY(!definitionId.isEmpty());
    const QString id = start(definitionId);
    QTRY_COMPARE_WITH_TIMEOUT(m_session->currentStep(id), QStringLiteral("wait"), patience);
    QSignalSpy died(m_process.get(), &SandboxProcess::died);
    QCOMPARE(::kill(pid_t(m_process->processId()), SIGKILL), 0);
    QTRY_COMPARE_WITH_TIMEOUT(died.size(), 1, patience);
    QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), AccountSession::State::Lost, patience);
    QCOMPARE(m_session->definitions().size(), 1);
    QVERIFY(m_session->instance(id));

    QSignalSpy ready(m_process.get(), &SandboxProcess::ready);
    m_process->restart();
    QTRY_COMPARE_WITH_TIMEOUT(ready.size(), 1, patience);
    QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), AccountSession::State::Connected, patience);
    QCOMPARE(m_session->definitions().size(), 1);
    QCOMPARE(m_session->definitions().first().id, definitionId);
    // It goes on where it stood: the other answer ends it well.
    QTRY_COMPARE_WITH_TIMEOUT(m_session->currentStep(id), QStringLiteral("wait"), patience);
    m_session->sendInbound(answer("2"));
    QTRY_COMPARE_WITH_TIMEOUT(m_session->instance(id)->status, WorkflowInstance::Status::Complete, patience);
}

void TestRealSandbox::saysWhyItCannotStart()
{
    SandboxProcess missing(m_folder->path(), nullptr, m_folder->filePath(QStringLiteral("no-such-program")));
    QSignalSpy failed(&missing, &SandboxProcess::failed);
    missing.start();
    QCOMPARE(failed.size(), 0);
    QTRY_COMPARE(failed.size(), 1);
    QVERIFY(failed.first().first().toString().contains(QLatin1StringView("no-such-program")));
    // The folder of the data is a file.
    QFile file(m_folder->filePath(QStringLiteral("file")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    SandboxProcess blocked(file.fileName(), nullptr, QStringLiteral(PROGRAM_DIR "/automation-sandbox"));
    QSignalSpy blockedFailed(&blocked, &SandboxProcess::failed);
    blocked.start();
    QTRY_COMPARE(blockedFailed.size(), 1);
    QVERIFY(blockedFailed.first().first().toString().contains(file.fileName()));
}

QTEST_GUILESS_MAIN(TestRealSandbox)
#include "tst_realsandbox.moc"
