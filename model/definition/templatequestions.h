#pragma once

#include "model/definition/definitiongraph.h"
#include "model/definition/templatecatalog.h"

namespace automation {

// What to ask for when a definition is used as a template and nothing beside it says so: its subaccounts, the senders
// and texts of its messages and the URLs it calls. Fields that hold the same get one question; what is an expression is
// not asked for. At most a few dozen. Pure function, any thread.
QList<TemplateQuestion> questionsOf(const WorkflowDefinition &definition, const DefinitionGraph &graph);

} // namespace automation
