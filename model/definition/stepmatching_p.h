#pragma once

#include "model/definition/definitiongraph.h"

namespace automation {

// Which step of one definition is which of another. Node indices; the triggers belong together.
struct StepMatching
{
    QList<int> toAfter; // node of the first graph -> node of the second one, -1 = removed
    QList<int> toBefore;
};

StepMatching matchSteps(const WorkflowDefinition &before, const DefinitionGraph &graphBefore,
    const WorkflowDefinition &after, const DefinitionGraph &graphAfter);

} // namespace automation
