#pragma once

#include "model/document/definitionedit.h"

#include <optional>

namespace automation {

// Edits of the workflow itself. Each finds the place the file uses (API reference §9, §10: the subaccount has two
// spellings) and makes the member when it is missing; everything else stays. Pure, see stepcommands.h. mergeKey: see
// DefinitionEdit.

// Another trigger; steps and subaccount stay. InvalidArgument when the name is empty.
Result<DefinitionEdit> setTrigger(
    const WorkflowDefinition &definition, const QString &trigger, const StepCatalog &catalog = StepCatalog::builtIn());
Result<DefinitionEdit> setName(const WorkflowDefinition &definition, const QString &name, const QString &mergeKey = {});
// InvalidArgument for anything but "enabled" and "disabled".
Result<DefinitionEdit> setStatus(const WorkflowDefinition &definition, const QString &status);
// No subaccount = any; the member stays, with null.
Result<DefinitionEdit> setSubAccount(
    const WorkflowDefinition &definition, const std::optional<QString> &subAccount, const QString &mergeKey = {});

} // namespace automation
