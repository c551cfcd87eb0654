#pragma once

#include "model/definition/definitiongraph.h"
#include "model/validation/problem.h"

namespace automation {

// All problems of a definition, errors first, then in file order. Pure function, any thread.
QList<Problem> validate(const WorkflowDefinition &definition, const DefinitionGraph &graph, const StepCatalog &catalog);

} // namespace automation
