#pragma once

#include "model/definition/definitiongraph.h"
#include "model/json/prefetch.h"

namespace automation {

// The ways out of a step, from its own JSON: children (those into its "do") first, then nextStepId, then the entries of
// selectNextStep, then what stands open. type may be nullptr. Pure functions, any thread.
QList<Outcome> outcomesOf(const StepView &step, const StepType *type, const QList<Outcome> &children);
Outcome nextOutcome(const QString &target);
Outcome childOutcome(const QString &firstStep, int sequence);

// A hint for the processor: the outcomes of a node, if there is one of that index, will be looked at soon.
inline void prefetchOutcomes(const QList<GraphNode> &nodes, qsizetype node)
{
    if (node >= nodes.size())
        return;
    constexpr quintptr ofOne = 128;
    prefetch(nodes.at(node).outcomes.constData(), ofOne);
}
// The same of the ids a step has and leads to; its outcomes should have come before.
inline void prefetchIds(const QList<GraphNode> &nodes, qsizetype node)
{
    if (node >= nodes.size())
        return;
    prefetch(nodes.at(node).id.constData(), 1);
    for (const Outcome &outcome : nodes.at(node).outcomes)
        prefetch(outcome.target.constData(), 1);
}

} // namespace automation
