#pragma once

#include "model/sandbox/instancerunner.h"
#include "model/sandbox/sandboxstore.h"

#include <map>
#include <memory>
#include <QHash>
#include <QObject>
#include <QQueue>
#include <QTimer>
#include <set>
#include <tuple>

namespace automation {

// Something that came in from outside and that waiting steps may take.
struct InboundEvent
{
    QString name; // a channel in lower case, or "dtmf"
    QStringList keys; // the sender's number and channel id, or the call's id
    JsonValue data; // the webhook envelope or the DTMF data
};

// Runs workflow instances: decides whose turn it is, keeps them stored, fires what is due, hands events to waiting
// steps, makes the HTTP calls of steps. Lives on one thread with an event loop; scripts block that thread up to their
// limit. Everything it was given must outlive it.
class WorkflowEngine : public QObject
{
    Q_OBJECT
public:
    WorkflowEngine(SandboxStore &store, Clock &clock, Randomness &randomness, ExpressionEvaluator &evaluator,
        HttpCaller &caller, QObject *parent = nullptr);
    ~WorkflowEngine() override;

    // Takes up every stored instance that has not ended: due timers fire, waits wait, a step that was cut short runs
    // again. Moves a virtual clock to where it was. Call once, before anything else.
    Result<void> restore();

    // A new instance; it runs when control returns to the event loop. The result is its id.
    Result<QString> start(const StoredDefinition &definition, const JsonValue &data);

    enum class Command { Suspend, Resume, Terminate };
    // Suspend from Runnable, resume from Suspended, terminate from both; otherwise ErrorCode::Refused with the
    // service's words.
    Result<void> command(const Instance &stored, Command command);

    struct Delivery
    {
        QString workflowId;
        QString definitionId;
        bool onlyByDigits = false; // the sender matched only without its plus sign, blanks and dashes
    };
    // Hands an event to every step that waits for it. They go on when control returns to the event loop.
    QList<Delivery> deliver(const InboundEvent &event);

    // version 0: all versions. Ends their active instances and removes what is stored of them.
    Result<void> removeDefinition(const QString &id, int version);

    // Moves a virtual clock on, stopping at every due time on the way until all that is due then has run. done is
    // called when the target is reached, from the event loop or at once. On a real clock done is called at once.
    void advance(qint64 by, std::function<void()> done);

    // Nothing runs and no call is under way; only time or an event brings more.
    bool isIdle() const { return m_ready.isEmpty() && m_calls == 0 && m_advances.isEmpty(); }

signals:
    // Something about an instance was stored.
    void changed();

private:
    struct Advance
    {
        qint64 target = 0;
        std::function<void()> done;
    };

    std::shared_ptr<const StepTable> stepTable(const StoredDefinition &definition);
    void adopt(std::unique_ptr<Instance> instance);
    void enqueue(Instance &instance);
    void scheduleSlice();
    void runSlice();
    void settle(Instance &instance, const RunEffects &effects, InstanceRunner::State state);
    void store(Instance &instance, const RunEffects &effects);
    void makeCall(Instance &instance, const HttpCall &call);
    void dropCall(Instance &instance);
    void updateDue(Instance &instance);
    void forgetDue(Instance &instance);
    void wakeDue();
    void whenQuiet();

    SandboxStore &m_store;
    Clock &m_clock;
    Randomness &m_randomness;
    HttpCaller &m_caller;
    InstanceRunner m_runner;

    std::map<QString, std::unique_ptr<Instance>> m_instances; // active ones
    QHash<std::pair<QString, int>, std::shared_ptr<const StepTable>> m_tables;
    QQueue<QString> m_ready;
    std::set<std::tuple<qint64, qint64, QString>> m_due; // time, order of creation, instance
    QQueue<Advance> m_advances;
    QTimer m_timer;
    int m_calls = 0;
    bool m_sliceQueued = false;
    bool m_quietRunning = false;
};

// True when two senders are the same text, or the same digits after dropping a leading plus, blanks and dashes.
bool isSameSender(const QString &a, const QString &b);

} // namespace automation
