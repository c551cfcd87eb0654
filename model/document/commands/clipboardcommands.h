#pragma once

#include "model/document/commands/stepplace.h"

namespace automation {

// Steps as text on the clipboard, and copies of steps. The text is JSON that a text editor understands: one step is an
// object, several are an array; what is nested in a step goes with it. All functions are pure, see stepcommands.h.

// The text for the clipboard: the chosen steps in file order, without those nested in another chosen one.
Result<QByteArray> copySteps(
    const WorkflowDefinition &definition, const DefinitionGraph &graph, const QStringList &keys);

// The steps a text holds: one step, a list of steps, steps one after another with commas between them (as people cut
// them out of a file), or the steps of a whole definition. NotJson with line and column, else InvalidArgument, when the
// text is none of that.
Result<QList<JsonValue>> stepsFromText(const QByteArray &text);

// Puts the steps of a text at a place. Ids that are taken become fresh ones in the naming style of the definition,
// references among the pasted steps follow, references to others stay even when there is no such step (the checker
// reports them). On a connection, the first step comes behind its start and the last one leads to its end.
Result<DefinitionEdit> pasteSteps(const WorkflowDefinition &definition, const DefinitionGraph &graph,
    const QByteArray &text, const StepPlace &place, const StepCatalog &catalog = StepCatalog::builtIn());

// Copies of the chosen steps, each list's behind the last chosen step of that list. The copies lead to each other as
// the originals do, and to the same steps outside; nothing leads to them.
Result<DefinitionEdit> duplicateSteps(const WorkflowDefinition &definition, const DefinitionGraph &graph,
    const QStringList &keys, const StepCatalog &catalog = StepCatalog::builtIn());

} // namespace automation
