#pragma once

#include "model/expression/evaluator.h"
#include "model/sandbox/clock.h"
#include "model/sandbox/httpcaller.h"
#include "model/sandbox/instance.h"
#include "model/sandbox/randomness.h"

#include <functional>
#include <optional>
#include <QDeadlineTimer>

namespace automation {

// What running an instance brings about outside it; the caller stores these together with the instance.
struct RunEffects
{
    QList<SentMessage> messages;
    QList<InstanceError> errors;
    std::optional<HttpCall> call; // to be made; the answer goes to InstanceRunner::answer()
};

// The rules by which one instance runs (engine semantics §2 to §6): passes over its pointers in order of creation,
// successors in the next pass, conditions after outputs, one shared data object. Changes the instance it is given and
// nothing else; neither stores nor schedules. Blocks as long as the scripts of the steps take. Engine's thread.
class InstanceRunner
{
public:
    // lastCall answers with the id of the last voice call an instance made, empty when there is none.
    InstanceRunner(Clock &clock, Randomness &randomness, ExpressionEvaluator &evaluator,
        std::function<QString(const QString &instanceId)> lastCall);

    static constexpr int maximumStepRuns = 10'000;
    static constexpr qint64 maximumDataSize = qint64(4) * 1024 * 1024; // characters of text in data or inputs

    // The pointer for the first step.
    void begin(Instance &instance, RunEffects &effects);

    enum class State {
        Idle, // nothing to do before the next due time or event, or the instance has ended
        More, // the deadline passed
        Calling // effects.call is to be made
    };
    State run(Instance &instance, const QDeadlineTimer &deadline, RunEffects &effects);

    // Ends the step that made a call.
    void answer(Instance &instance, const Result<HttpCallAnswer> &result, RunEffects &effects);

    // When something becomes due without an event; -1 = never.
    static qint64 nextDue(const Instance &instance);

    // Ends the instance where it stands; its pointers stay as they are.
    void terminate(Instance &instance);

private:
    bool canRun(const Instance &instance, const ExecutionPointer &pointer) const;
    State runPointer(Instance &instance, int index, RunEffects &effects);
    void runIf(Instance &instance, int index, RunEffects &effects);
    void runWait(Instance &instance, int index, const JsonValue &inputs, RunEffects &effects);
    void runWaitForEvent(Instance &instance, int index, const JsonValue &inputs, RunEffects &effects);
    void finishWaitForEvent(Instance &instance, int index, RunEffects &effects);
    // Outputs, then conditions, then the pointer ends and its successors are made.
    void finish(Instance &instance, int index, const JsonValue &offered, RunEffects &effects, bool cancelled = false);
    Result<void> writeOutputs(Instance &instance, const JsonValue &outputs, const JsonValue &offered, bool cancelled);
    Result<QList<QString>> chooseSuccessors(const Instance &instance, const JsonValue &step, const JsonValue &offered);
    void addPointer(Instance &instance, int step, int container, RunEffects &effects);
    void fail(Instance &instance, int index, const QString &message, RunEffects &effects);
    EvaluationScope scope(const Instance &instance, const JsonValue &step) const;

    Clock &m_clock;
    Randomness &m_randomness;
    ExpressionEvaluator &m_evaluator;
    std::function<QString(const QString &)> m_lastCall;
};

} // namespace automation
