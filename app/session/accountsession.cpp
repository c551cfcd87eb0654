#include "app/session/accountsession.h"

#include "app/session/accountwatch_p.h"

namespace automation {

using namespace std::chrono_literals;

namespace {

constexpr int newestInstances = 200; // of a version
constexpr int olderVersions = 10; // looked at besides the latest
constexpr int ticksBetweenOlder = 20;
constexpr int errorsPerLook = 20;

bool concernsConnection(ErrorCode code)
{
    return code == ErrorCode::Unreachable || code == ErrorCode::Timeout || code == ErrorCode::Unauthorized;
}

} // namespace

AccountSession::AccountSession(QObject *parent, ClientOptions options)
    : QObject(parent)
    , m_options(options)
{
    m_definitionsTimer.setSingleShot(true);
    m_watchTimer.setSingleShot(true);
    connect(&m_definitionsTimer, &QTimer::timeout, this, &AccountSession::startDefinitionsPoll);
    connect(&m_watchTimer, &QTimer::timeout, this, &AccountSession::startWatchedPoll);
}

AccountSession::~AccountSession()
{
    close();
}

const DefinitionInfo *AccountSession::definition(const QString &definitionId) const
{
    for (const DefinitionInfo &info : m_definitions) {
        if (info.id == definitionId)
            return &info;
    }
    return nullptr;
}

const WorkflowInstance *AccountSession::instance(const QString &instanceId) const
{
    for (const WorkflowInstance &instance : m_instances) {
        if (instance.id == instanceId)
            return &instance;
    }
    return nullptr;
}

QString AccountSession::currentStep(const QString &instanceId) const
{
    for (const WorkflowError &error : m_errors) {
        if (error.instanceId == instanceId)
            return error.step;
    }
    return m_watch ? m_watch->currentSteps.value(instanceId) : QString();
}

void AccountSession::connectTo(const ApiAccount &account, const QString &key, bool isSandbox)
{
    close();
    // A sandbox that was started again has another port, and the same definitions.
    const bool sameAccount = m_account.accountId == account.accountId && m_isSandbox == isSandbox
        && (isSandbox || m_account.baseUrl == account.baseUrl);
    if (!sameAccount) {
        m_watched.clear();
        forgetWatch();
        if (!m_definitions.isEmpty()) {
            m_definitions.clear();
            emit definitionsChanged();
        }
    } else if (!m_watched.isEmpty()) {
        m_watch = std::make_unique<Watch>();
    }
    m_account = account;
    m_isSandbox = isSandbox;
    m_failures = 0;
    m_client = std::make_unique<AutomationClient>(account, key, m_options);
    const RequestObserver observer = [this](const RequestRecord &record) { m_requestLog.add(record); };
    m_client->setObserver(observer);
    if (isSandbox) {
        m_sandboxClient = std::make_unique<SandboxClient>(account, key, m_options);
        m_sandboxClient->setObserver(observer);
    }
    m_connectionScope = std::make_unique<TaskScope>();
    if (m_watch)
        m_watchScope = std::make_unique<TaskScope>();
    setState(State::Connecting);
    m_definitionsTimer.start(0);
}

void AccountSession::disconnectFromService()
{
    close();
    m_watched.clear();
    forgetWatch();
    if (!m_definitions.isEmpty()) {
        m_definitions.clear();
        emit definitionsChanged();
    }
    m_account = {};
    m_isSandbox = false;
    setState(State::Disconnected);
}

void AccountSession::close()
{
    // The scopes first: after this nothing that runs touches the session.
    m_watchScope.reset();
    m_connectionScope.reset();
    m_client.reset();
    m_sandboxClient.reset();
    m_definitionsTimer.stop();
    m_watchTimer.stop();
    m_definitionsBusy = false;
    m_definitionsAgain = false;
}

void AccountSession::forgetWatch()
{
    m_watchScope.reset();
    m_watch.reset();
    m_watchTimer.stop();
    const bool hadInstances = !m_instances.isEmpty();
    const bool hadErrors = !m_errors.isEmpty();
    const bool hadDetails = m_selected.has_value();
    m_instances.clear();
    m_errors.clear();
    m_selected.reset();
    m_selectedId.clear();
    if (hadInstances)
        emit instancesChanged();
    if (hadErrors)
        emit errorsChanged();
    if (hadDetails)
        emit instanceDetailsChanged();
}

void AccountSession::refresh()
{
    if (!m_client)
        return;
    m_failures = 0;
    soon();
}

void AccountSession::soon()
{
    if (m_definitionsBusy)
        m_definitionsAgain = true;
    else
        m_definitionsTimer.start(0);
    if (!m_watch)
        return;
    if (m_watch->busy)
        m_watch->again = true;
    else
        m_watchTimer.start(0);
}

void AccountSession::watchDefinition(const QString &definitionId)
{
    if (m_watched == definitionId)
        return;
    m_watched = definitionId;
    forgetWatch();
    if (definitionId.isEmpty())
        return;
    m_watch = std::make_unique<Watch>();
    if (m_client) {
        m_watchScope = std::make_unique<TaskScope>();
        m_watchTimer.start(0);
    }
}

void AccountSession::selectInstance(const QString &instanceId)
{
    if (m_selectedId == instanceId)
        return;
    m_selectedId = instanceId;
    const bool hadDetails = m_selected.has_value();
    m_selected.reset();
    if (hadDetails)
        QMetaObject::invokeMethod(this, &AccountSession::instanceDetailsChanged, Qt::QueuedConnection);
    if (m_watch && m_client && !instanceId.isEmpty()) {
        if (m_watch->busy)
            m_watch->again = true;
        else
            m_watchTimer.start(0);
    }
}

void AccountSession::setActive(bool active)
{
    if (m_active == active)
        return;
    m_active = active;
    if (active && m_client)
        soon();
}

std::chrono::milliseconds AccountSession::pollInterval() const
{
    if (!m_active)
        return 10s;
    const bool moving = std::any_of(m_instances.cbegin(), m_instances.cend(),
        [](const WorkflowInstance &instance) { return instance.status == WorkflowInstance::Status::Runnable; });
    if (m_isSandbox || moving)
        return 400ms;
    // Nothing runs: look less and less often, so that a quiet account costs little.
    const qint64 quiet = m_watch && m_watch->sinceChange.isValid() ? m_watch->sinceChange.elapsed() : 0;
    return quiet < 30'000 ? 500ms : quiet < 300'000 ? 1500ms : 5000ms;
}

std::chrono::milliseconds AccountSession::retryPause()
{
    return std::min<std::chrono::milliseconds>(500ms * (1 << std::min(m_failures, 5)), 10s);
}

void AccountSession::setState(State state, const QString &message)
{
    if (m_state == state && m_stateMessage == message)
        return;
    m_state = state;
    m_stateMessage = message;
    emit connectionChanged();
}

void AccountSession::noteSuccess()
{
    m_failures = 0;
    setState(State::Connected);
}

void AccountSession::noteFailure(const Error &error)
{
    if (error.code == ErrorCode::Unauthorized) {
        m_definitionsTimer.stop();
        m_watchTimer.stop();
        setState(State::Refused, error.message);
        return;
    }
    m_failures = std::min(m_failures + 1, 30);
    setState(State::Lost, error.message);
}

void AccountSession::startDefinitionsPoll()
{
    if (!m_client || m_definitionsBusy || m_state == State::Refused)
        return;
    m_definitionsBusy = true;
    m_definitionsAgain = false;
    const std::stop_token stop = commandToken();
    m_connectionScope->start(pollDefinitions(stop), [this, stop](const Result<void> &result) {
        m_definitionsBusy = false;
        if (!result) {
            noteFailure(result.error());
            if (!stop.stop_requested() && m_state != State::Refused)
                m_definitionsTimer.start(retryPause());
            return;
        }
        const bool wasConnected = m_state == State::Connected;
        noteSuccess();
        if (stop.stop_requested())
            return;
        const std::chrono::milliseconds pause = !m_active ? 60s : m_isSandbox ? 2s : 15s;
        m_definitionsTimer.start(m_definitionsAgain ? 0ms : pause);
        if (!wasConnected && m_watch && !m_watch->busy)
            m_watchTimer.start(0);
    });
}

void AccountSession::startWatchedPoll()
{
    // While the connection is lost only the definitions are asked for, so that one request finds out.
    if (!m_client || !m_watch || !m_watchScope || m_watch->busy || m_state == State::Refused || m_state == State::Lost)
        return;
    m_watch->busy = true;
    m_watch->again = false;
    const std::stop_token stop = m_watchScope->token();
    m_watchScope->start(pollWatched(stop), [this, stop](const Result<void> &result) {
        m_watch->busy = false;
        const bool again = std::exchange(m_watch->again, false);
        if (result) {
            m_watch->lastProblem.clear();
        } else if (concernsConnection(result.error().code)) {
            noteFailure(result.error());
            if (!stop.stop_requested() && m_state == State::Lost && !m_definitionsBusy)
                m_definitionsTimer.start(retryPause());
            return;
        } else if (m_watch->lastProblem != result.error().message) {
            m_watch->lastProblem = result.error().message;
            emit requestFailed(tr("Watching the instances of %1").arg(titleOf(m_watched)), result.error().message);
        }
        if (!stop.stop_requested())
            m_watchTimer.start(again ? 0ms : pollInterval());
    });
}

AccountSession::Command AccountSession::pollDefinitions(std::stop_token stop)
{
    QCoro::Task<Result<QList<DefinitionInfo>>> asking = m_client->listDefinitions(stop);
    Result<QList<DefinitionInfo>> fresh = co_await asking;
    if (stop.stop_requested())
        co_return Error {ErrorCode::Cancelled, {}};
    if (!fresh)
        co_return fresh.error();
    if (*fresh != m_definitions) {
        m_definitions = std::move(*fresh);
        emit definitionsChanged();
    }
    co_return Result<void>();
}

AccountSession::Command AccountSession::pollWatched(std::stop_token stop)
{
    const QString definitionId = m_watched;
    QCoro::Task<Result<void>> listing = pollInstances(definitionId, stop);
    Result<void> result = co_await listing;
    if (stop.stop_requested() || !result)
        co_return result;
    QCoro::Task<Result<void>> failing = pollErrors(definitionId, stop);
    result = co_await failing;
    if (stop.stop_requested() || !result)
        co_return result;
    QCoro::Task<Result<void>> detailing = pollDetails(definitionId, stop);
    result = co_await detailing;
    co_return result;
}

AccountSession::Command AccountSession::pollInstances(QString definitionId, std::stop_token stop)
{
    InstanceFilter filter;
    filter.maximum = newestInstances;
    QCoro::Task<Result<QList<WorkflowInstance>>> asking = m_client->listInstances(definitionId, filter, stop);
    Result<QList<WorkflowInstance>> fresh = co_await asking;
    if (stop.stop_requested())
        co_return Error {ErrorCode::Cancelled, {}};
    if (!fresh)
        co_return fresh.error();
    const DefinitionInfo *info = definition(definitionId);
    int latest = info ? info->version : 0;
    if (!fresh->isEmpty())
        latest = fresh->first().version;
    m_watch->byVersion[latest] = std::move(*fresh);

    // The service lists one version at a time. Instances of older ones run on, so those are looked at as well: all of
    // them now and then, the ones with something unfinished each time.
    const bool all = m_watch->tick++ % ticksBetweenOlder == 0;
    for (int version = latest - 1; version >= std::max(1, latest - olderVersions); --version) {
        const QList<WorkflowInstance> known = m_watch->byVersion.value(version);
        const bool unfinished = std::any_of(
            known.cbegin(), known.cend(), [](const WorkflowInstance &instance) { return !instance.isFinished(); });
        if (!all && !unfinished)
            continue;
        filter.version = version;
        QCoro::Task<Result<QList<WorkflowInstance>>> askingOlder = m_client->listInstances(definitionId, filter, stop);
        Result<QList<WorkflowInstance>> older = co_await askingOlder;
        if (stop.stop_requested())
            co_return Error {ErrorCode::Cancelled, {}};
        if (!older)
            co_return older.error();
        m_watch->byVersion[version] = std::move(*older);
    }
    if (takeInstances())
        emit instancesChanged();
    co_return Result<void>();
}

bool AccountSession::takeInstances()
{
    QList<WorkflowInstance> merged;
    for (const QList<WorkflowInstance> &list : std::as_const(m_watch->byVersion))
        merged += list;
    std::stable_sort(merged.begin(), merged.end(),
        [](const WorkflowInstance &a, const WorkflowInstance &b) { return a.startedAt > b.startedAt; });
    for (const WorkflowInstance &instance : std::as_const(merged)) {
        if (instance.isFinished())
            m_watch->currentSteps.remove(instance.id);
    }
    if (merged == m_instances)
        return false;
    m_instances = std::move(merged);
    m_watch->sinceChange.start();
    return true;
}

AccountSession::Command AccountSession::pollErrors(QString definitionId, std::stop_token stop)
{
    QStringList open;
    for (const WorkflowInstance &instance : std::as_const(m_instances)) {
        if (instance.status == WorkflowInstance::Status::Terminated && !m_watch->errorsKnown.contains(instance.id)
            && open.size() < errorsPerLook)
            open.append(instance.id);
    }
    // Errors of an earlier connection are replaced, not doubled.
    for (const QString &instanceId : std::as_const(open)) {
        QCoro::Task<Result<QList<WorkflowError>>> asking = m_client->instanceErrors(definitionId, instanceId, stop);
        Result<QList<WorkflowError>> errors = co_await asking;
        if (stop.stop_requested())
            co_return Error {ErrorCode::Cancelled, {}};
        if (!errors && errors.error().code != ErrorCode::NotFound)
            co_return errors.error();
        m_watch->errorsKnown.insert(instanceId);
        if (!errors || errors->isEmpty())
            continue;
        QList<WorkflowError> merged;
        for (const WorkflowError &error : std::as_const(m_errors)) {
            if (error.instanceId != instanceId)
                merged.append(error);
        }
        for (WorkflowError error : std::as_const(*errors)) {
            if (error.instanceId.isEmpty())
                error.instanceId = instanceId;
            merged.append(error);
        }
        std::stable_sort(merged.begin(), merged.end(),
            [](const WorkflowError &a, const WorkflowError &b) { return a.time > b.time; });
        if (merged == m_errors)
            continue;
        m_errors = std::move(merged);
        emit errorsChanged();
        if (stop.stop_requested())
            co_return Error {ErrorCode::Cancelled, {}};
    }
    co_return Result<void>();
}

AccountSession::Command AccountSession::pollDetails(QString definitionId, std::stop_token stop)
{
    // The selected one first, then some of the unfinished ones in turn, for the step they stand at.
    const qsizetype others = m_isSandbox ? 10 : 3;
    QStringList unfinished;
    for (const WorkflowInstance &instance : std::as_const(m_instances)) {
        if (!instance.isFinished() && instance.id != m_selectedId)
            unfinished.append(instance.id);
    }
    QStringList wanted;
    const WorkflowInstance *listed = instance(m_selectedId);
    const bool settled = m_selected && m_selected->id == m_selectedId && m_selected->isFinished()
        && (!listed || listed->statusWord == m_selected->statusWord);
    if (!m_selectedId.isEmpty() && !settled)
        wanted.append(m_selectedId);
    for (qsizetype i = 0; i < std::min(others, unfinished.size()); ++i)
        wanted.append(unfinished.at((m_watch->nextDetails + i) % unfinished.size()));
    m_watch->nextDetails = unfinished.isEmpty() ? 0 : (m_watch->nextDetails + others) % unfinished.size();

    bool stepsChanged = false;
    for (const QString &instanceId : std::as_const(wanted)) {
        QCoro::Task<Result<WorkflowInstance>> asking = m_client->instance(definitionId, instanceId, true, stop);
        Result<WorkflowInstance> fresh = co_await asking;
        if (stop.stop_requested())
            co_return Error {ErrorCode::Cancelled, {}};
        if (!fresh && fresh.error().code == ErrorCode::NotFound)
            continue; // deleted meanwhile: the next list says so
        if (!fresh)
            co_return fresh.error();
        if (!fresh->isFinished() && m_watch->currentSteps.value(instanceId) != fresh->currentStep()) {
            m_watch->currentSteps.insert(instanceId, fresh->currentStep());
            stepsChanged = true;
        }
        if (instanceId == m_selectedId && m_selected != *fresh) {
            m_selected = std::move(*fresh);
            emit instanceDetailsChanged();
            if (stop.stop_requested())
                co_return Error {ErrorCode::Cancelled, {}};
        }
    }
    if (stepsChanged)
        emit instancesChanged();
    co_return Result<void>();
}

QString AccountSession::titleOf(const QString &definitionId) const
{
    const DefinitionInfo *info = definition(definitionId);
    return tr("“%1”").arg(info && !info->name.isEmpty() ? info->name : definitionId);
}

} // namespace automation
