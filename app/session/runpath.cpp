#include "app/session/runpath.h"

#include <QCoreApplication>

namespace automation {

namespace {

struct Translated
{
    Q_DECLARE_TR_FUNCTIONS(RunPath)
};

NodeRun::State stateOf(const StepLog &log, bool instanceEnded)
{
    switch (log.status) {
    case StepLog::Status::Complete:
        return NodeRun::State::Done;
    case StepLog::Status::Failed:
        return NodeRun::State::Failed;
    case StepLog::Status::Cancelled:
        return NodeRun::State::Cancelled;
    case StepLog::Status::Sleeping:
    case StepLog::Status::WaitingForEvent:
        // A terminated instance keeps what its other paths were doing; nothing is waiting any more.
        return instanceEnded ? NodeRun::State::Cancelled : NodeRun::State::Waiting;
    case StepLog::Status::Running:
    case StepLog::Status::Pending:
    case StepLog::Status::Unknown:
        return instanceEnded ? NodeRun::State::Cancelled : NodeRun::State::Running;
    }
    return NodeRun::State::Running;
}

QString badgeOf(NodeRun::State state, const StepLog &log)
{
    switch (state) {
    case NodeRun::State::Done:
        return Translated::tr("done");
    case NodeRun::State::Failed:
        return Translated::tr("failed");
    case NodeRun::State::Waiting:
        return log.status == StepLog::Status::Sleeping ? Translated::tr("sleeping") : Translated::tr("waiting");
    case NodeRun::State::Cancelled:
        return log.status == StepLog::Status::Cancelled ? Translated::tr("timed out") : Translated::tr("stopped");
    case NodeRun::State::Running:
        return Translated::tr("running");
    case NodeRun::State::NotReached:
        break;
    }
    return {};
}

} // namespace

RunOverlay runOverlay(
    const DefinitionGraph &graph, const WorkflowInstance &instance, const QList<WorkflowError> &errors)
{
    RunOverlay overlay;
    const QString triggerKey = DefinitionGraph::triggerKey();
    overlay.nodes.insert(triggerKey, {NodeRun::State::Done, 1, Translated::tr("started")});

    QSet<QPair<int, int>> connected;
    for (const Connection &connection : graph.connections())
        connected.insert({connection.from, connection.to});

    QList<int> executed; // node of each log entry so far, -1 = no longer in the drawing
    for (const StepLog &log : instance.logs) {
        const int node = graph.indexOfId(log.stepName);
        if (node >= 0) {
            const GraphNode &step = graph.nodes().at(node);
            NodeRun &run = overlay.nodes[step.key];
            run.state = stateOf(log, instance.isFinished());
            run.badge = badgeOf(run.state, log);
            ++run.count;
            int from = -1;
            for (auto it = executed.rbegin(); it != executed.rend() && from < 0; ++it) {
                if (*it >= 0 && connected.contains({*it, node}))
                    from = *it;
            }
            if (from >= 0)
                overlay.taken.insert({graph.nodes().at(from).key, step.key});
            else if (connected.contains({0, node}))
                overlay.taken.insert({triggerKey, step.key});
        }
        executed.append(node);
    }
    for (const WorkflowError &error : errors) {
        const int node = error.instanceId == instance.id ? graph.indexOfId(error.step) : -1;
        if (node < 0)
            continue;
        NodeRun &run = overlay.nodes[graph.nodes().at(node).key];
        run.state = NodeRun::State::Failed;
        run.badge = Translated::tr("failed");
        run.count = qMax(1, run.count);
    }
    return overlay;
}

} // namespace automation
