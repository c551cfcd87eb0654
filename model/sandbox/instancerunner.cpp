#include "model/sandbox/instancerunner.h"

#include "model/sandbox/stepmessages.h"
#include "model/sandbox/timetext.h"

#include <QDateTime>

using namespace Qt::StringLiterals;

namespace automation {

namespace {

constexpr qint64 defaultTimeout = qint64(24) * 60 * 60 * 1000;

QString faultText(const Error &error)
{
    return u"Failed to evaluate the expression. Error: %1"_s.arg(error.message);
}

QString textOf(const JsonValue &value)
{
    return value.isNumber() ? QString::fromLatin1(value.numberLexeme()) : value.toString();
}

// Roughly the characters a value holds; enough to keep a runaway script from filling memory and disk.
qint64 textSize(const JsonValue &value)
{
    if (value.isString())
        return value.toString().size() + 2;
    qint64 size = 4;
    for (qsizetype i = 0; i < value.size(); ++i)
        size += textSize(value.at(i)) + (value.isObject() ? value.keyAt(i).size() + 4 : 1);
    return size;
}

} // namespace

InstanceRunner::InstanceRunner(Clock &clock, Randomness &randomness, ExpressionEvaluator &evaluator,
    std::function<QString(const QString &)> lastCall)
    : m_clock(clock)
    , m_randomness(randomness)
    , m_evaluator(evaluator)
    , m_lastCall(std::move(lastCall))
{
}

EvaluationScope InstanceRunner::scope(const Instance &instance, const JsonValue &step) const
{
    return {instance.data, step, QDateTime::fromMSecsSinceEpoch(m_clock.now(), Qt::UTC)};
}

void InstanceRunner::begin(Instance &instance, RunEffects &effects)
{
    addPointer(instance, 0, -1, effects);
}

bool InstanceRunner::canRun(const Instance &, const ExecutionPointer &pointer) const
{
    // A jumping clock stands exactly on due times, so due means "not after now".
    const bool isDue = pointer.due >= 0 && pointer.due <= m_clock.now();
    if (pointer.isWaiting())
        return isDue;
    if (pointer.childrenStarted)
        return pointer.openChildren == 0;
    return pointer.eventArrived || pointer.due < 0 || isDue;
}

InstanceRunner::State InstanceRunner::run(Instance &instance, const QDeadlineTimer &deadline, RunEffects &effects)
{
    while (instance.status == InstanceStatus::Runnable) {
        if (instance.passPosition >= instance.pass.size()) {
            instance.pass.clear();
            instance.passPosition = 0;
            for (const int index : std::as_const(instance.open)) {
                if (canRun(instance, instance.pointers.at(static_cast<size_t>(index))))
                    instance.pass.append(index);
            }
            if (instance.pass.isEmpty()) {
                if (instance.open.isEmpty()) {
                    instance.status = InstanceStatus::Complete;
                    instance.completedAt = m_clock.now();
                }
                return State::Idle;
            }
        }
        const int index = instance.pass.at(instance.passPosition++);
        if (runPointer(instance, index, effects) == State::Calling)
            return State::Calling;
        if (deadline.hasExpired())
            return State::More;
    }
    return State::Idle;
}

InstanceRunner::State InstanceRunner::runPointer(Instance &instance, int index, RunEffects &effects)
{
    ExecutionPointer &pointer = instance.pointers.at(static_cast<size_t>(index));
    if (pointer.step < 0 || pointer.step >= instance.steps->steps().size()) {
        fail(instance, index, u"Cannot find step id %1"_s.arg(pointer.stepId), effects);
        return State::Idle;
    }
    const StepTable::Step &step = instance.steps->steps().at(pointer.step);
    pointer.dirty = true;
    pointer.status = PointerStatus::Running;
    if (pointer.startedAt < 0)
        pointer.startedAt = m_clock.now();

    // What a step does when it comes back to its pointer.
    if (step.kind == StepKind::If) {
        runIf(instance, index, effects);
        return State::Idle;
    }
    if (!pointer.eventName.isEmpty()) {
        finishWaitForEvent(instance, index, effects);
        return State::Idle;
    }
    if (step.kind == StepKind::Wait && pointer.due >= 0) {
        finish(instance, index, JsonValue::object(), effects);
        return State::Idle;
    }

    const Result<JsonValue> inputs = m_evaluator.evaluate(step.json["inputs"_L1], scope(instance, JsonValue()));
    if (!inputs) {
        fail(instance, index, faultText(inputs.error()), effects);
        return State::Idle;
    }
    if (textSize(*inputs) > maximumDataSize) {
        fail(instance, index, u"The inputs of the step are larger than 4 MiB."_s, effects);
        return State::Idle;
    }
    switch (step.kind) {
    case StepKind::Sms:
    case StepKind::ChatAppsMessage:
    case StepKind::VoiceMessage:
    case StepKind::SendToConverse: {
        Result<StepMessage> sent = sendMessage(step.kind, *inputs, m_clock.now(), m_randomness);
        if (!sent) {
            fail(instance, index, sent.error().message, effects);
            break;
        }
        sent->message.workflowId = instance.id;
        sent->message.definitionId = instance.definitionId;
        sent->message.version = instance.version;
        sent->message.step = step.id;
        effects.messages.append(sent->message);
        finish(instance, index, sent->offered, effects);
        break;
    }
    case StepKind::HttpRequest: {
        Result<HttpCall> call = httpCall(*inputs);
        if (!call) {
            fail(instance, index, call.error().message, effects);
            break;
        }
        effects.call = std::move(*call);
        instance.callPointer = index;
        return State::Calling;
    }
    case StepKind::Branch:
        finish(instance, index, JsonValue::object(), effects);
        break;
    case StepKind::Wait:
        runWait(instance, index, *inputs, effects);
        break;
    case StepKind::WaitForReply:
    case StepKind::WaitForDtmf:
        runWaitForEvent(instance, index, *inputs, effects);
        break;
    case StepKind::If:
    case StepKind::Unknown:
        fail(instance, index, u"Unknown step type '%1'."_s.arg(step.json["stepType"_L1].toString()), effects);
        break;
    }
    return State::Idle;
}

void InstanceRunner::runIf(Instance &instance, int index, RunEffects &effects)
{
    ExecutionPointer &pointer = instance.pointers.at(static_cast<size_t>(index));
    if (pointer.childrenStarted) {
        finish(instance, index, JsonValue::object(), effects);
        return;
    }
    const StepTable::Step &step = instance.steps->steps().at(pointer.step);
    const JsonValue &condition = step.json["inputs"_L1]["condition"_L1];
    const Result<bool> isTrue = condition.isBool()
        ? Result<bool>(condition.toBool())
        : m_evaluator.evaluateCondition(condition.toString(), scope(instance, JsonValue()));
    if (!isTrue) {
        fail(instance, index, faultText(isTrue.error()), effects);
        return;
    }
    if (!*isTrue) {
        finish(instance, index, JsonValue::object(), effects);
        return;
    }
    pointer.childrenStarted = true;
    for (const int child : step.children)
        addPointer(instance, child, index, effects); // moves the pointers: no reference is used after this
}

void InstanceRunner::runWait(Instance &instance, int index, const JsonValue &inputs, RunEffects &effects)
{
    const QString text = textOf(inputs["duration"_L1]);
    const std::optional<qint64> duration = readDuration(text);
    if (!duration) {
        fail(instance, index, u"duration '%1' is not a duration; write d.HH:mm:ss."_s.arg(text), effects);
        return;
    }
    ExecutionPointer &pointer = instance.pointers.at(static_cast<size_t>(index));
    pointer.due = m_clock.now() + *duration;
    pointer.status = PointerStatus::Sleeping;
}

void InstanceRunner::runWaitForEvent(Instance &instance, int index, const JsonValue &inputs, RunEffects &effects)
{
    ExecutionPointer &pointer = instance.pointers.at(static_cast<size_t>(index));
    const bool isReply = instance.steps->steps().at(pointer.step).kind == StepKind::WaitForReply;

    qint64 timeout = defaultTimeout;
    if (const JsonValue &given = inputs["timeout"_L1]; !given.isNull()) {
        const std::optional<qint64> read = readDuration(textOf(given));
        if (!read) {
            fail(instance, index, u"timeout '%1' is not a duration; write d.HH:mm:ss."_s.arg(textOf(given)), effects);
            return;
        }
        timeout = *read;
    }
    QString name = u"dtmf"_s;
    QString key;
    if (isReply) {
        name = textOf(inputs["channel"_L1]).trimmed().toLower();
        key = textOf(inputs["from"_L1]).trimmed();
        if (name.isEmpty() || name == "dtmf"_L1 || key.isEmpty()) {
            fail(instance, index,
                u"WaitForReply needs a channel and a sender; '%1' is empty or unknown."_s.arg(
                    key.isEmpty() ? "from"_L1 : "channel"_L1),
                effects);
            return;
        }
    } else {
        key = textOf(inputs["dtmfRequestId"_L1]);
        if (key.isEmpty())
            key = textOf(inputs["correlationId"_L1]);
        for (qsizetype i = effects.messages.size() - 1; key.isEmpty() && i >= 0; --i) {
            const SentMessage &message = effects.messages.at(i);
            if (message.kind == "voice"_L1) {
                key = textOf(message.inputs["clientRequestId"_L1]);
                key = key.isEmpty() ? message.messageId : key;
            }
        }
        if (key.isEmpty())
            key = m_lastCall(instance.id);
        if (key.isEmpty()) {
            fail(instance, index, u"WaitForDTMF needs a dtmfRequestId: no call was made before."_s, effects);
            return;
        }
    }
    pointer.eventName = name;
    pointer.eventKey = key;
    pointer.due = m_clock.now() + timeout;
    pointer.status = PointerStatus::WaitingForEvent;
}

void InstanceRunner::finishWaitForEvent(Instance &instance, int index, RunEffects &effects)
{
    const ExecutionPointer &pointer = instance.pointers.at(static_cast<size_t>(index));
    const QString name = pointer.eventName == "dtmf"_L1 ? u"dtmfData"_s : u"reply"_s;
    const bool timedOut = !pointer.eventArrived;
    const JsonValue offered = JsonValue::object({{name, timedOut ? JsonValue() : pointer.eventData}});
    finish(instance, index, offered, effects, timedOut);
}

void InstanceRunner::answer(Instance &instance, const Result<HttpCallAnswer> &result, RunEffects &effects)
{
    const int index = instance.callPointer;
    instance.call = 0;
    instance.callPointer = -1;
    if (!instance.isActive() || index < 0)
        return;
    if (!result) {
        fail(instance, index, result.error().message, effects);
        return;
    }
    finish(instance, index,
        JsonValue::object({{u"responseCode"_s, JsonValue(result->code)}, {u"reasonPhrase"_s, result->reason},
            {u"responseBody"_s, result->body}}),
        effects);
}

Result<void> InstanceRunner::writeOutputs(
    Instance &instance, const JsonValue &outputs, const JsonValue &offered, bool cancelled)
{
    for (qsizetype i = 0; i < outputs.size(); ++i) {
        Result<JsonValue> value = m_evaluator.evaluate(outputs.at(i), scope(instance, offered));
        if (!value) {
            // After a timeout the outputs still read step.reply.payload and the like: those become null.
            if (!cancelled || value.error().code != ErrorCode::Expression)
                return value.error();
            value = JsonValue();
        }
        instance.data.set(outputs.keyAt(i), std::move(*value));
    }
    return {};
}

Result<QList<QString>> InstanceRunner::chooseSuccessors(
    const Instance &instance, const JsonValue &step, const JsonValue &offered)
{
    QList<QString> chosen;
    if (const QString next = step["nextStepId"_L1].toString(); !next.isEmpty())
        chosen.append(next);
    const JsonValue &select = step["selectNextStep"_L1];
    QList<QString> defaults;
    bool anyTrue = false;
    for (qsizetype i = 0; i < select.size(); ++i) {
        const QString &target = select.keyAt(i);
        if (select.at(i).isNull()) {
            defaults.append(target);
            continue;
        }
        const Result<bool> isTrue = m_evaluator.evaluateCondition(select.at(i).toString(), scope(instance, offered));
        if (!isTrue)
            return isTrue.error();
        if (*isTrue) {
            anyTrue = true;
            chosen.append(target);
        }
    }
    if (!anyTrue)
        chosen += defaults;
    return chosen;
}

void InstanceRunner::finish(
    Instance &instance, int index, const JsonValue &offered, RunEffects &effects, bool cancelled)
{
    const auto position = static_cast<size_t>(index);
    const JsonValue step = instance.steps->steps().at(instance.pointers.at(position).step).json;

    const JsonValue &outputs = step["outputs"_L1];
    if (const Result<void> written = writeOutputs(instance, outputs, offered, cancelled); !written) {
        fail(instance, index, faultText(written.error()), effects);
        return;
    }
    if (!outputs.isEmpty() && textSize(instance.data) > maximumDataSize) {
        fail(instance, index, u"The data of the workflow grew beyond 4 MiB."_s, effects);
        return;
    }
    const Result<QList<QString>> successors = chooseSuccessors(instance, step, offered);
    if (!successors) {
        fail(instance, index, faultText(successors.error()), effects);
        return;
    }

    ExecutionPointer &pointer = instance.pointers.at(position);
    pointer.status = cancelled ? PointerStatus::Cancelled : PointerStatus::Complete;
    pointer.endedAt = m_clock.now();
    pointer.dirty = true;
    pointer.eventData = JsonValue();
    instance.open.removeOne(index);
    const int container = pointer.container;
    for (const QString &id : *successors) {
        if (!instance.isActive())
            return;
        const int target = instance.steps->indexOf(id);
        if (target < 0) {
            effects.errors.append(
                {instance.id, step["id"_L1].toString(), u"Cannot find step id %1"_s.arg(id), m_clock.now()});
            terminate(instance);
            return;
        }
        addPointer(instance, target, container, effects);
    }
    if (container >= 0)
        --instance.pointers.at(static_cast<size_t>(container)).openChildren;
}

void InstanceRunner::addPointer(Instance &instance, int step, int container, RunEffects &effects)
{
    const QString stepId = instance.steps->steps().at(step).id;
    if (instance.pointers.size() >= static_cast<size_t>(maximumStepRuns)) {
        effects.errors.append({instance.id, stepId,
            u"The workflow ran %1 steps without an end and was stopped."_s.arg(maximumStepRuns), m_clock.now()});
        terminate(instance);
        return;
    }
    ExecutionPointer pointer;
    pointer.id = m_randomness.uuid();
    pointer.step = step;
    pointer.stepId = stepId;
    pointer.container = container;
    instance.open.append(static_cast<int>(instance.pointers.size()));
    instance.pointers.push_back(std::move(pointer));
    if (container >= 0)
        ++instance.pointers.at(static_cast<size_t>(container)).openChildren;
}

void InstanceRunner::fail(Instance &instance, int index, const QString &message, RunEffects &effects)
{
    ExecutionPointer &pointer = instance.pointers.at(static_cast<size_t>(index));
    pointer.status = PointerStatus::Failed;
    pointer.dirty = true;
    instance.open.removeOne(index);
    effects.errors.append({instance.id, pointer.stepId, message, m_clock.now()});
    terminate(instance);
}

void InstanceRunner::terminate(Instance &instance)
{
    instance.status = InstanceStatus::Terminated;
    instance.completedAt = m_clock.now();
    instance.pass.clear();
    instance.passPosition = 0;
}

qint64 InstanceRunner::nextDue(const Instance &instance)
{
    qint64 next = -1;
    for (const int index : instance.open) {
        const ExecutionPointer &pointer = instance.pointers.at(static_cast<size_t>(index));
        if (pointer.due >= 0 && !pointer.eventArrived && (next < 0 || pointer.due < next))
            next = pointer.due;
    }
    return next;
}

} // namespace automation
