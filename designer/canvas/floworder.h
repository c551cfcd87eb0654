#pragma once

#include "designer/drawing/graphscene.h"

#include <vector>

namespace automation {

// The order in which a person reads a workflow, as node numbers, each once: the trigger, then what it leads to; the
// ways out of a step one after the other in their order, and a step where they meet only after all of them; what is
// inside a container right behind it; steps that nothing leads to last, as the file has them. Loops back are not
// followed. O(steps + connections).
QList<int> flowOrder(const DefinitionGraph &graph);
QList<int> flowOrder(const GraphScene &scene);

// The same with the container each node is directly in, by node number; -1 = none.
struct FlowOrder
{
    QList<int> nodes;
    std::vector<int> parents;
};
FlowOrder nestedFlowOrder(const DefinitionGraph &graph);

} // namespace automation
