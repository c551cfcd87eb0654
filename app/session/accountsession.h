#pragma once

#include "app/session/requestlog.h"
#include "model/api/automationclient.h"
#include "model/api/sandboxclient.h"
#include "model/api/taskscope.h"

#include <memory>
#include <optional>
#include <QHash>
#include <QObject>
#include <QSet>
#include <QTimer>

namespace automation {

// The connection to one account and what is known of it, kept fresh by polling: the list of definitions, the
// instances of the watched definition, why failed ones failed, and the selected instance with its logs.
//
// Lists are kept when the connection is lost and replaced when it is back. Everything runs on the GUI thread through
// the event loop; only connectionChanged() may come from within a slot called here. Commands answer with a signal of
// their own, or with requestFailed() in words that can be shown as they are (plain text).
class AccountSession : public QObject
{
    Q_OBJECT
public:
    enum class State {
        Disconnected,
        Connecting, // first answer outstanding
        Connected,
        Lost, // was connected or connecting; tries again by itself
        Refused // the key or account was not accepted; connect again to retry
    };
    Q_ENUM(State)

    // Which status a published definition gets. Enabling is a separate act, so Keep is the normal choice.
    enum class PublishStatus { Keep, FromDefinition };

    explicit AccountSession(QObject *parent = nullptr, ClientOptions options = {});
    ~AccountSession() override;

    State state() const { return m_state; }
    QString stateMessage() const { return m_stateMessage; } // translated; why Lost or Refused
    const ApiAccount &account() const { return m_account; }
    bool isSandbox() const { return m_isSandbox; }
    RequestLog *requestLog() { return &m_requestLog; }
    // For calls this class has no command for; nullptr while Disconnected. Use a TaskScope of your own.
    AutomationClient *client() { return m_client.get(); }
    SandboxClient *sandboxClient() { return m_sandboxClient.get(); } // nullptr unless isSandbox()

    const QList<DefinitionInfo> &definitions() const { return m_definitions; } // latest versions
    const DefinitionInfo *definition(const QString &definitionId) const; // until definitionsChanged()

    QString watchedDefinition() const { return m_watched; }
    // Newest first, all versions; currentStep() of unfinished ones is known as far as logs() are.
    const QList<WorkflowInstance> &instances() const { return m_instances; }
    const WorkflowInstance *instance(const QString &instanceId) const; // until instancesChanged()
    // Step an unfinished (or failed) instance stands at; empty when unknown.
    QString currentStep(const QString &instanceId) const;
    // Of all failed instances of the watched definition, newest first.
    const QList<WorkflowError> &errors() const { return m_errors; }
    QString selectedInstanceId() const { return m_selectedId; }
    const std::optional<WorkflowInstance> &selectedInstance() const { return m_selected; } // with logs

    // How long until the next look at the watched instances; for tests.
    std::chrono::milliseconds pollInterval() const;

public slots:
    // Leaves the account connected before. Definitions and instances of the same account are kept until new arrive.
    void connectTo(const automation::ApiAccount &account, const QString &key, bool isSandbox = false);
    void disconnectFromService(); // forgets the lists
    void refresh(); // now, all lists; also tries again when Lost

    void watchDefinition(const QString &definitionId); // empty = none
    void selectInstance(const QString &instanceId); // empty = none
    void setActive(bool active); // false = window hidden or runs not shown: polls rarely

    // Creates when knownId is empty, else makes a new version of it. Keep: a new version keeps the stored status, a
    // new definition is disabled.
    void publish(const automation::WorkflowDefinition &definition, const QString &knownId,
        automation::AccountSession::PublishStatus status = PublishStatus::Keep);
    void setDefinitionEnabled(const QString &definitionId, bool enabled);
    void deleteDefinition(const QString &definitionId, int version = 0);
    void fetchVersions(const QString &definitionId);
    void startInstance(const QString &definitionId, const automation::JsonValue &payload, int version = 0);
    void setInstanceState(
        const QString &definitionId, const QStringList &instanceIds, automation::InstanceAction action);
    void raiseHttpTrigger(const automation::JsonValue &payload, const QString &subAccountId = {});
    // Sandbox only; refused in words elsewhere.
    void sendInbound(const automation::InboundMessage &message);
    void sendDtmf(const QString &requestId, const QString &digits);
    void fetchOutbox();
    void advanceClock(qint64 milliseconds);

signals:
    void connectionChanged();
    void definitionsChanged();
    void instancesChanged(); // also when a currentStep() changed
    void errorsChanged();
    void instanceDetailsChanged(); // selectedInstance()

    void published(const automation::DefinitionInfo &definition, bool created);
    void definitionEnabledChanged(const automation::DefinitionInfo &definition);
    void definitionDeleted(const QString &definitionId, int version);
    void versionsFetched(const QString &definitionId, const QList<automation::DefinitionInfo> &versions);
    void instanceStarted(const QString &definitionId, const QString &instanceId); // id may be empty
    void instanceStateSet(const QString &instanceId, automation::InstanceAction action);
    void httpTriggerRaised();
    void inboundSent();
    void dtmfSent();
    void clockAdvanced();
    void outboxFetched(const QList<automation::OutboxMessage> &messages);
    // what: translated, "Publishing “Menu”"; message: translated, the cause.
    void requestFailed(const QString &what, const QString &message);

private:
    struct Watch;
    using Command = QCoro::Task<Result<void>>;

    Command pollDefinitions(std::stop_token stop);
    Command pollWatched(std::stop_token stop);
    Command pollInstances(QString definitionId, std::stop_token stop);
    Command pollDetails(QString definitionId, std::stop_token stop);
    Command pollErrors(QString definitionId, std::stop_token stop);
    Command runPublish(WorkflowDefinition definition, QString knownId, PublishStatus status, std::stop_token stop);
    Command runSetEnabled(QString definitionId, bool enabled, std::stop_token stop);
    Command runDelete(QString definitionId, int version, std::stop_token stop);
    Command runFetchVersions(QString definitionId, std::stop_token stop);
    Command runStart(QString definitionId, JsonValue payload, int version, std::stop_token stop);
    Command runSetState(QString definitionId, QStringList instanceIds, InstanceAction action, std::stop_token stop);
    Command runHttpTrigger(JsonValue payload, QString subAccountId, std::stop_token stop);
    Command runInbound(InboundMessage message, std::stop_token stop);
    Command runDtmf(QString requestId, QString digits, std::stop_token stop);
    Command runOutbox(std::stop_token stop);
    Command runAdvanceClock(qint64 milliseconds, std::stop_token stop);

    void setState(State state, const QString &message = {});
    void close(); // stops what runs, keeps the lists
    void noteSuccess();
    void noteFailure(const Error &error);
    void startDefinitionsPoll();
    void startWatchedPoll();
    void soon(); // look again at once: something was just changed
    std::chrono::milliseconds retryPause();
    std::stop_token commandToken() const; // only while there is a client
    void takeDefinition(const DefinitionInfo &info);
    bool canSend(const QString &what);
    bool canRehearse(const QString &what);
    void run(Command task, const QString &what);
    bool takeInstances(); // true when instances() changed
    void forgetWatch();
    QString titleOf(const QString &definitionId) const;

    ClientOptions m_options;
    State m_state = State::Disconnected;
    QString m_stateMessage;
    ApiAccount m_account;
    bool m_isSandbox = false;
    bool m_active = true;
    bool m_definitionsBusy = false;
    bool m_definitionsAgain = false; // asked for while busy
    int m_failures = 0; // in a row, since the last answer
    RequestLog m_requestLog;
    QTimer m_definitionsTimer;
    QTimer m_watchTimer;
    QList<DefinitionInfo> m_definitions;
    QString m_watched;
    QList<WorkflowInstance> m_instances;
    QList<WorkflowError> m_errors;
    QString m_selectedId;
    std::optional<WorkflowInstance> m_selected;
    std::unique_ptr<Watch> m_watch;
    std::unique_ptr<AutomationClient> m_client;
    std::unique_ptr<SandboxClient> m_sandboxClient;
    // Last, so that what runs is stopped before anything it touches goes.
    std::unique_ptr<TaskScope> m_connectionScope;
    std::unique_ptr<TaskScope> m_watchScope;
};

} // namespace automation
