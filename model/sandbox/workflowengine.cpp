#include "model/sandbox/workflowengine.h"

#include <QDateTime>
#include <QLoggingCategory>

using namespace Qt::StringLiterals;

namespace automation {

namespace {

Q_LOGGING_CATEGORY(engineLog, "automation.sandbox.engine", QtWarningMsg)

constexpr int sliceMilliseconds = 20;
constexpr qint64 longestTimer = qint64(60) * 60 * 1000;
const QString virtualNow = u"virtualNow"_s;

// The digits of a phone number; empty when the text holds anything else.
QString phoneDigits(const QString &text)
{
    QString digits;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        if (c >= QLatin1Char('0') && c <= QLatin1Char('9'))
            digits += c;
        else if (c != QLatin1Char(' ') && c != QLatin1Char('-') && !(c == QLatin1Char('+') && digits.isEmpty()))
            return {};
    }
    return digits;
}

QString commandWord(WorkflowEngine::Command command)
{
    switch (command) {
    case WorkflowEngine::Command::Suspend:
        return u"suspend"_s;
    case WorkflowEngine::Command::Resume:
        return u"resume"_s;
    case WorkflowEngine::Command::Terminate:
        return u"terminate"_s;
    }
    return {};
}

} // namespace

bool isSameSender(const QString &a, const QString &b)
{
    const QString digits = phoneDigits(a);
    return a == b ? !a.isEmpty() : !digits.isEmpty() && digits == phoneDigits(b);
}

WorkflowEngine::WorkflowEngine(SandboxStore &store, Clock &clock, Randomness &randomness,
    ExpressionEvaluator &evaluator, HttpCaller &caller, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_clock(clock)
    , m_randomness(randomness)
    , m_caller(caller)
    , m_runner(clock, randomness, evaluator, [this](const QString &instanceId) {
        const Result<QString> call = m_store.lastCall(instanceId);
        return call ? *call : QString();
    })
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        wakeDue();
        whenQuiet();
    });
}

WorkflowEngine::~WorkflowEngine()
{
    for (const auto &[id, instance] : m_instances) {
        if (instance->call != 0)
            m_caller.cancel(instance->call);
    }
}

Result<void> WorkflowEngine::restore()
{
    if (m_clock.isVirtual()) {
        const auto stored = m_store.number(virtualNow);
        if (!stored)
            return stored.error();
        if (*stored)
            m_clock.moveTo(**stored);
    }
    auto found = m_store.activeInstances();
    if (!found)
        return found.error();
    for (Instance &row : *found) {
        auto instance = std::make_unique<Instance>(std::move(row));
        const auto definition = m_store.definition(instance->definitionId, instance->version);
        if (!definition)
            return definition.error();
        if (!*definition) {
            m_runner.terminate(*instance);
            store(*instance, {});
            continue;
        }
        instance->steps = stepTable(**definition);
        for (size_t i = 0; i < instance->pointers.size(); ++i) {
            const ExecutionPointer &pointer = instance->pointers[i];
            if (!pointer.isOpen())
                continue;
            instance->open.append(static_cast<int>(i));
            if (pointer.container >= 0 && static_cast<size_t>(pointer.container) < i)
                ++instance->pointers[static_cast<size_t>(pointer.container)].openChildren;
        }
        adopt(std::move(instance));
    }
    whenQuiet();
    return {};
}

std::shared_ptr<const StepTable> WorkflowEngine::stepTable(const StoredDefinition &definition)
{
    std::shared_ptr<const StepTable> &table = m_tables[{definition.id, definition.version}];
    if (!table)
        table = std::make_shared<const StepTable>(definition.body["definition"_L1]["steps"_L1]);
    return table;
}

void WorkflowEngine::adopt(std::unique_ptr<Instance> instance)
{
    Instance &reference = *instance;
    m_instances[reference.id] = std::move(instance);
    updateDue(reference);
    if (reference.status == InstanceStatus::Runnable)
        enqueue(reference);
}

Result<QString> WorkflowEngine::start(const StoredDefinition &definition, const JsonValue &data)
{
    auto instance = std::make_unique<Instance>();
    instance->id = m_randomness.objectId();
    instance->definitionId = definition.id;
    instance->version = definition.version;
    instance->data = data;
    instance->startedAt = m_clock.now();
    instance->steps = stepTable(definition);
    if (instance->steps->steps().isEmpty())
        return Error {ErrorCode::InvalidArgument, u"At least one step is required."_s};
    RunEffects effects;
    m_runner.begin(*instance, effects);

    const QDate date = QDateTime::fromMSecsSinceEpoch(instance->startedAt, Qt::UTC).date();
    const Result<void> stored = m_store.write([&]() -> Result<void> {
        if (Result<void> counted = m_store.countStart(date.year(), date.month()); !counted)
            return counted;
        return m_store.addInstance(*instance);
    });
    if (!stored)
        return stored.error();
    const QString id = instance->id;
    adopt(std::move(instance));
    emit changed();
    return id;
}

void WorkflowEngine::enqueue(Instance &instance)
{
    if (!instance.queued) {
        instance.queued = true;
        m_ready.enqueue(instance.id);
    }
    scheduleSlice();
}

void WorkflowEngine::scheduleSlice()
{
    if (m_sliceQueued)
        return;
    m_sliceQueued = true;
    QMetaObject::invokeMethod(this, &WorkflowEngine::runSlice, Qt::QueuedConnection);
}

void WorkflowEngine::runSlice()
{
    m_sliceQueued = false;
    const QDeadlineTimer deadline(sliceMilliseconds);
    while (!m_ready.isEmpty() && !deadline.hasExpired()) {
        const auto found = m_instances.find(m_ready.dequeue());
        if (found == m_instances.end())
            continue;
        Instance &instance = *found->second;
        instance.queued = false;
        if (instance.status != InstanceStatus::Runnable || instance.call != 0)
            continue;
        RunEffects effects;
        const InstanceRunner::State state = m_runner.run(instance, deadline, effects);
        settle(instance, effects, state);
    }
    if (!m_ready.isEmpty())
        scheduleSlice();
    whenQuiet();
}

void WorkflowEngine::settle(Instance &instance, const RunEffects &effects, InstanceRunner::State state)
{
    store(instance, effects);
    if (!instance.isActive()) {
        forgetDue(instance);
        m_instances.erase(instance.id);
    } else {
        updateDue(instance);
        if (state == InstanceRunner::State::Calling && effects.call)
            makeCall(instance, *effects.call);
        else if (state == InstanceRunner::State::More)
            enqueue(instance);
    }
    emit changed();
}

void WorkflowEngine::store(Instance &instance, const RunEffects &effects)
{
    const Result<void> stored = m_store.write([&]() -> Result<void> {
        for (SentMessage message : effects.messages) {
            if (Result<void> added = m_store.addMessage(message); !added)
                return added;
        }
        for (const InstanceError &error : effects.errors) {
            if (Result<void> added = m_store.addError(error); !added)
                return added;
        }
        return m_store.saveInstance(instance);
    });
    // The instance goes on in memory: a full disk must not stop a rehearsal.
    if (!stored)
        qCWarning(engineLog).noquote() << stored.error().message;
}

void WorkflowEngine::makeCall(Instance &instance, const HttpCall &call)
{
    ++m_calls;
    const QString id = instance.id;
    instance.call = m_caller.call(call, [this, id](const Result<HttpCallAnswer> &result) {
        --m_calls;
        if (const auto found = m_instances.find(id); found != m_instances.end()) {
            Instance &answered = *found->second;
            RunEffects effects;
            m_runner.answer(answered, result, effects);
            settle(answered, effects,
                answered.status == InstanceStatus::Runnable ? InstanceRunner::State::More
                                                            : InstanceRunner::State::Idle);
        }
        whenQuiet();
    });
}

void WorkflowEngine::dropCall(Instance &instance)
{
    if (instance.call == 0)
        return;
    m_caller.cancel(instance.call);
    instance.call = 0;
    instance.callPointer = -1;
    --m_calls;
}

Result<void> WorkflowEngine::command(const Instance &stored, Command command)
{
    const auto found = m_instances.find(stored.id);
    const InstanceStatus status = found == m_instances.end() ? stored.status : found->second->status;
    const bool allowed = found != m_instances.end()
        && (command == Command::Terminate || (command == Command::Suspend && status == InstanceStatus::Runnable)
            || (command == Command::Resume && status == InstanceStatus::Suspended));
    if (!allowed)
        return Error {
            ErrorCode::Refused, u"Cannot %1 a workflow in status %2"_s.arg(commandWord(command), statusText(status))};

    Instance &instance = *found->second;
    switch (command) {
    case Command::Suspend:
        // A step that is under way ends first; its successors do not start.
        instance.status = InstanceStatus::Suspended;
        instance.pass.clear();
        instance.passPosition = 0;
        break;
    case Command::Resume:
        instance.status = InstanceStatus::Runnable;
        enqueue(instance);
        break;
    case Command::Terminate:
        dropCall(instance);
        m_runner.terminate(instance);
        break;
    }
    settle(instance, {}, InstanceRunner::State::Idle);
    scheduleSlice();
    return {};
}

QList<WorkflowEngine::Delivery> WorkflowEngine::deliver(const InboundEvent &event)
{
    QList<Delivery> deliveries;
    for (const auto &[id, owned] : m_instances) {
        Instance &instance = *owned;
        bool taken = false;
        bool onlyByDigits = false;
        for (const int index : std::as_const(instance.open)) {
            ExecutionPointer &pointer = instance.pointers.at(static_cast<size_t>(index));
            // A wait whose time is over is no longer waiting, even if a suspension kept it from going on.
            if (!pointer.isWaiting() || pointer.eventName != event.name || pointer.due <= m_clock.now())
                continue;
            bool matches = event.keys.contains(pointer.eventKey);
            for (qsizetype i = 0; !matches && event.name != "dtmf"_L1 && i < event.keys.size(); ++i) {
                matches = isSameSender(event.keys.at(i), pointer.eventKey);
                onlyByDigits = onlyByDigits || matches;
            }
            if (!matches)
                continue;
            pointer.eventArrived = true;
            pointer.eventData = event.data;
            pointer.dirty = true;
            taken = true;
        }
        if (!taken)
            continue;
        deliveries.append({instance.id, instance.definitionId, onlyByDigits});
        store(instance, {});
        updateDue(instance);
        if (instance.status == InstanceStatus::Runnable)
            enqueue(instance);
    }
    if (!deliveries.isEmpty())
        emit changed();
    return deliveries;
}

Result<void> WorkflowEngine::removeDefinition(const QString &id, int version)
{
    for (auto entry = m_instances.begin(); entry != m_instances.end();) {
        Instance &instance = *entry->second;
        if (instance.definitionId != id || (version != 0 && instance.version != version)) {
            ++entry;
            continue;
        }
        dropCall(instance);
        m_runner.terminate(instance);
        store(instance, {});
        forgetDue(instance);
        entry = m_instances.erase(entry);
    }
    m_tables.removeIf(
        [&](const auto &table) { return table.key().first == id && (version == 0 || table.key().second == version); });
    const Result<void> removed = m_store.removeDefinition(id, version);
    emit changed();
    scheduleSlice();
    return removed;
}

void WorkflowEngine::updateDue(Instance &instance)
{
    forgetDue(instance);
    if (instance.status != InstanceStatus::Runnable)
        return;
    const qint64 due = InstanceRunner::nextDue(instance);
    if (due < 0)
        return;
    instance.queuedDue = due;
    m_due.insert({due, instance.sequence, instance.id});
}

void WorkflowEngine::forgetDue(Instance &instance)
{
    if (instance.queuedDue >= 0)
        m_due.erase({instance.queuedDue, instance.sequence, instance.id});
    instance.queuedDue = -1;
}

void WorkflowEngine::wakeDue()
{
    const qint64 now = m_clock.now();
    while (!m_due.empty() && std::get<0>(*m_due.begin()) <= now) {
        const auto found = m_instances.find(std::get<2>(*m_due.begin()));
        if (found == m_instances.end()) {
            m_due.erase(m_due.begin());
            continue;
        }
        forgetDue(*found->second);
        enqueue(*found->second);
    }
}

void WorkflowEngine::advance(qint64 by, std::function<void()> done)
{
    if (!m_clock.isVirtual()) {
        done();
        return;
    }
    const qint64 from = m_advances.isEmpty() ? m_clock.now() : m_advances.last().target;
    m_advances.enqueue({from + by, std::move(done)});
    whenQuiet();
}

void WorkflowEngine::whenQuiet()
{
    if (!m_clock.isVirtual()) {
        if (m_due.empty()) {
            m_timer.stop();
            return;
        }
        m_timer.start(static_cast<int>(qBound(qint64(0), std::get<0>(*m_due.begin()) - m_clock.now(), longestTimer)));
        return;
    }
    // done() may ask for the next advance.
    if (m_quietRunning)
        return;
    m_quietRunning = true;
    while (m_ready.isEmpty() && m_calls == 0 && !m_advances.isEmpty()) {
        const qint64 target = m_advances.head().target;
        const bool stopsBefore = !m_due.empty() && std::get<0>(*m_due.begin()) <= target;
        m_clock.moveTo(stopsBefore ? std::get<0>(*m_due.begin()) : target);
        if (const Result<void> kept = m_store.setNumber(virtualNow, m_clock.now()); !kept)
            qCWarning(engineLog).noquote() << kept.error().message;
        if (stopsBefore) {
            wakeDue();
        } else {
            const Advance reached = m_advances.dequeue();
            emit changed();
            reached.done();
        }
    }
    m_quietRunning = false;
}

} // namespace automation
