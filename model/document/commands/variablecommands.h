#pragma once

#include "model/document/definitionedit.h"

namespace automation {

// Edits of context variables, the names that outputs write into data (API reference §7). Pure, see stepcommands.h.

// The names that outputs of any step write, each once, in file order.
QStringList writtenVariables(const WorkflowDefinition &definition, const DefinitionGraph &graph);

// Another name for a context variable: the keys of all outputs that write it, and data.NAME, data?.NAME and
// data['NAME'] in the expressions of all steps, found as tokens: never within texts, other roots or deeper members. The
// form of the access follows the name: data.total becomes data['grand total'] and back. What cannot be followed
// (data[computed]) is named in the notice. InvalidArgument when no step writes oldName, when it is data of the trigger
// as well, or when newName is empty, written already, data of the trigger, or read somewhere although nothing writes
// it.
Result<DefinitionEdit> renameVariable(
    const WorkflowDefinition &definition, const DefinitionGraph &graph, const QString &oldName, const QString &newName);

} // namespace automation
