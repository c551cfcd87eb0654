#pragma once

#include "model/definition/definitiongraph.h"

namespace automation {

// Keys of the steps (and of the trigger) that hold a text: in their id, the words for their type, or any name or value
// of their JSON, what is nested in them excepted. Upper and lower case count the same; in drawing order. Empty for an
// empty text. Pure; O(size of the definition).
QStringList stepsWith(const QString &text, const WorkflowDefinition &definition, const DefinitionGraph &graph);

} // namespace automation
