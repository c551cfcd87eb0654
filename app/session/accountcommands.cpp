// The commands of AccountSession: each is one coroutine in the connection's scope, answered by a signal.

#include "app/session/accountsession.h"

#include "app/session/accountwatch_p.h"

namespace automation {

namespace {

Error cancelled()
{
    return Error {ErrorCode::Cancelled, {}};
}

} // namespace

std::stop_token AccountSession::commandToken() const
{
    return m_connectionScope->token();
}

bool AccountSession::canSend(const QString &what)
{
    if (m_client)
        return true;
    QMetaObject::invokeMethod(
        this, [this, what] { emit requestFailed(what, tr("No account is connected.")); }, Qt::QueuedConnection);
    return false;
}

bool AccountSession::canRehearse(const QString &what)
{
    if (!canSend(what))
        return false;
    if (m_sandboxClient)
        return true;
    QMetaObject::invokeMethod(
        this, [this, what] { emit requestFailed(what, tr("Only a local sandbox can do this.")); },
        Qt::QueuedConnection);
    return false;
}

void AccountSession::run(Command task, const QString &what)
{
    m_connectionScope->start(std::move(task), [this, what](const Result<void> &result) {
        if (result || result.error().code == ErrorCode::Cancelled)
            return;
        // A copy: a slot may end the connection this result belongs to.
        const Error error = result.error();
        // The next look at the lists decides whether the connection is lost.
        if (error.code == ErrorCode::Unreachable)
            soon();
        emit requestFailed(what, error.message);
    });
}

void AccountSession::takeDefinition(const DefinitionInfo &info)
{
    for (DefinitionInfo &known : m_definitions) {
        if (known.id == info.id) {
            known = info;
            return;
        }
    }
    m_definitions.prepend(info);
}

void AccountSession::publish(const WorkflowDefinition &definition, const QString &knownId, PublishStatus status)
{
    const QString what = tr("Publishing “%1”").arg(definition.name());
    if (canSend(what))
        run(runPublish(definition, knownId, status, commandToken()), what);
}

AccountSession::Command AccountSession::runPublish(
    WorkflowDefinition definition, QString knownId, PublishStatus status, std::stop_token stop)
{
    if (status == PublishStatus::Keep) {
        QString word = QStringLiteral("disabled");
        if (!knownId.isEmpty()) {
            QCoro::Task<Result<QList<DefinitionInfo>>> asking = m_client->definitionVersions(knownId, stop);
            Result<QList<DefinitionInfo>> versions = co_await asking;
            if (stop.stop_requested())
                co_return cancelled();
            if (!versions)
                co_return versions.error();
            const auto latest = std::max_element(versions->cbegin(), versions->cend(),
                [](const DefinitionInfo &a, const DefinitionInfo &b) { return a.version < b.version; });
            if (latest->isEnabled())
                word = QStringLiteral("enabled");
        }
        JsonValue root = definition.root();
        root.set(QStringLiteral("status"), word);
        Result<WorkflowDefinition> changed = WorkflowDefinition::fromJson(std::move(root));
        if (!changed)
            co_return changed.error();
        definition = *changed;
    }
    QCoro::Task<Result<DefinitionInfo>> sending = knownId.isEmpty()
        ? m_client->createDefinition(definition, stop)
        : m_client->updateDefinition(knownId, definition, stop);
    Result<DefinitionInfo> stored = co_await sending;
    if (stop.stop_requested())
        co_return cancelled();
    if (!stored)
        co_return stored.error();
    takeDefinition(*stored);
    soon();
    emit definitionsChanged();
    if (stop.stop_requested())
        co_return cancelled();
    emit published(*stored, knownId.isEmpty());
    co_return Result<void>();
}

void AccountSession::setDefinitionEnabled(const QString &definitionId, bool enabled)
{
    const QString what = (enabled ? tr("Enabling %1") : tr("Disabling %1")).arg(titleOf(definitionId));
    if (canSend(what))
        run(runSetEnabled(definitionId, enabled, commandToken()), what);
}

AccountSession::Command AccountSession::runSetEnabled(QString definitionId, bool enabled, std::stop_token stop)
{
    QCoro::Task<Result<DefinitionInfo>> sending = m_client->setEnabled(definitionId, enabled, stop);
    Result<DefinitionInfo> stored = co_await sending;
    if (stop.stop_requested())
        co_return cancelled();
    if (!stored)
        co_return stored.error();
    takeDefinition(*stored);
    soon();
    emit definitionsChanged();
    if (stop.stop_requested())
        co_return cancelled();
    emit definitionEnabledChanged(*stored);
    co_return Result<void>();
}

void AccountSession::deleteDefinition(const QString &definitionId, int version)
{
    const QString what = tr("Deleting %1").arg(titleOf(definitionId));
    if (canSend(what))
        run(runDelete(definitionId, version, commandToken()), what);
}

AccountSession::Command AccountSession::runDelete(QString definitionId, int version, std::stop_token stop)
{
    QCoro::Task<Result<void>> sending = m_client->deleteDefinition(definitionId, version, stop);
    Result<void> result = co_await sending;
    if (stop.stop_requested())
        co_return cancelled();
    if (!result)
        co_return result;
    soon();
    emit definitionDeleted(definitionId, version);
    co_return result;
}

void AccountSession::fetchVersions(const QString &definitionId)
{
    const QString what = tr("Reading the versions of %1").arg(titleOf(definitionId));
    if (canSend(what))
        run(runFetchVersions(definitionId, commandToken()), what);
}

AccountSession::Command AccountSession::runFetchVersions(QString definitionId, std::stop_token stop)
{
    QCoro::Task<Result<QList<DefinitionInfo>>> asking = m_client->definitionVersions(definitionId, stop);
    Result<QList<DefinitionInfo>> versions = co_await asking;
    if (stop.stop_requested())
        co_return cancelled();
    if (!versions)
        co_return versions.error();
    emit versionsFetched(definitionId, *versions);
    co_return Result<void>();
}

void AccountSession::startInstance(const QString &definitionId, const JsonValue &payload, int version)
{
    const QString what = tr("Starting %1").arg(titleOf(definitionId));
    if (canSend(what))
        run(runStart(definitionId, payload, version, commandToken()), what);
}

AccountSession::Command AccountSession::runStart(
    QString definitionId, JsonValue payload, int version, std::stop_token stop)
{
    QCoro::Task<Result<QString>> sending = m_client->startInstance(definitionId, payload, version, stop);
    Result<QString> instanceId = co_await sending;
    if (stop.stop_requested())
        co_return cancelled();
    if (!instanceId)
        co_return instanceId.error();
    soon();
    emit instanceStarted(definitionId, *instanceId);
    co_return Result<void>();
}

void AccountSession::setInstanceState(
    const QString &definitionId, const QStringList &instanceIds, InstanceAction action)
{
    const QString what = tr("Changing instances of %1").arg(titleOf(definitionId));
    if (canSend(what))
        run(runSetState(definitionId, instanceIds, action, commandToken()), what);
}

AccountSession::Command AccountSession::runSetState(
    QString definitionId, QStringList instanceIds, InstanceAction action, std::stop_token stop)
{
    for (const QString &instanceId : std::as_const(instanceIds)) {
        QCoro::Task<Result<void>> sending = m_client->setInstanceState(definitionId, instanceId, action, stop);
        Result<void> result = co_await sending;
        if (stop.stop_requested())
            co_return cancelled();
        if (result) {
            soon();
            emit instanceStateSet(instanceId, action);
        } else {
            // Told for each, so that one refusal does not hide what became of the others.
            const QString what = (action == InstanceAction::Suspend ? tr("Suspending instance %1")
                    : action == InstanceAction::Resume              ? tr("Resuming instance %1")
                                                                    : tr("Terminating instance %1"))
                                     .arg(instanceId);
            emit requestFailed(what, result.error().message);
        }
        if (stop.stop_requested())
            co_return cancelled();
    }
    co_return Result<void>();
}

void AccountSession::raiseHttpTrigger(const JsonValue &payload, const QString &subAccountId)
{
    const QString what = tr("Raising the HTTP trigger");
    if (canSend(what))
        run(runHttpTrigger(payload, subAccountId, commandToken()), what);
}

AccountSession::Command AccountSession::runHttpTrigger(JsonValue payload, QString subAccountId, std::stop_token stop)
{
    QCoro::Task<Result<void>> sending = m_client->raiseHttpTrigger(payload, subAccountId, stop);
    Result<void> result = co_await sending;
    if (stop.stop_requested())
        co_return cancelled();
    if (!result)
        co_return result;
    soon();
    emit httpTriggerRaised();
    co_return result;
}

void AccountSession::sendInbound(const InboundMessage &message)
{
    const QString what = tr("Sending a message from %1").arg(message.from);
    if (canRehearse(what))
        run(runInbound(message, commandToken()), what);
}

AccountSession::Command AccountSession::runInbound(InboundMessage message, std::stop_token stop)
{
    QCoro::Task<Result<JsonValue>> sending = m_sandboxClient->sendInbound(message, stop);
    Result<JsonValue> result = co_await sending;
    if (stop.stop_requested())
        co_return cancelled();
    if (!result)
        co_return result.error();
    soon();
    emit inboundSent();
    co_return Result<void>();
}

void AccountSession::sendDtmf(const QString &requestId, const QString &digits)
{
    const QString what = tr("Typing digits in a call");
    if (canRehearse(what))
        run(runDtmf(requestId, digits, commandToken()), what);
}

AccountSession::Command AccountSession::runDtmf(QString requestId, QString digits, std::stop_token stop)
{
    QCoro::Task<Result<JsonValue>> sending = m_sandboxClient->sendDtmf(requestId, digits, stop);
    Result<JsonValue> result = co_await sending;
    if (stop.stop_requested())
        co_return cancelled();
    if (!result)
        co_return result.error();
    soon();
    emit dtmfSent();
    co_return Result<void>();
}

void AccountSession::fetchOutbox()
{
    const QString what = tr("Reading the messages sent");
    if (canRehearse(what))
        run(runOutbox(commandToken()), what);
}

AccountSession::Command AccountSession::runOutbox(std::stop_token stop)
{
    QCoro::Task<Result<QList<OutboxMessage>>> asking = m_sandboxClient->outbox(stop);
    Result<QList<OutboxMessage>> messages = co_await asking;
    if (stop.stop_requested())
        co_return cancelled();
    if (!messages)
        co_return messages.error();
    emit outboxFetched(*messages);
    co_return Result<void>();
}

void AccountSession::advanceClock(qint64 milliseconds)
{
    const QString what = tr("Letting time pass");
    if (canRehearse(what))
        run(runAdvanceClock(milliseconds, commandToken()), what);
}

AccountSession::Command AccountSession::runAdvanceClock(qint64 milliseconds, std::stop_token stop)
{
    QCoro::Task<Result<void>> sending = m_sandboxClient->advanceClock(std::chrono::milliseconds(milliseconds), stop);
    Result<void> result = co_await sending;
    if (stop.stop_requested())
        co_return cancelled();
    if (!result)
        co_return result;
    soon();
    emit clockAdvanced();
    co_return result;
}

} // namespace automation
