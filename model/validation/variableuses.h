#pragma once

#include "model/definition/definitiongraph.h"

namespace automation {

// A place in a definition that reads from data.
struct VariableUse
{
    QStringList names; // of the path behind data: payload, user, msisdn
    int node = 0; // in the graph
    JsonPointer place; // of the text, in the root
};

// All reads of data in the expressions of inputs, outputs and conditions, in file order. Accesses with a computed name
// are not told (data[x]). Pure function, any thread; O(length of the definition).
QList<VariableUse> variableUses(const WorkflowDefinition &definition, const DefinitionGraph &graph);

} // namespace automation
