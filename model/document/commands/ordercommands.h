#pragma once

#include "model/document/commands/stepplace.h"

namespace automation {

// Edits of the order and the ends of things: steps among steps, outcomes among outcomes, connections among their ends.
// All are pure, see stepcommands.h.

// Moves steps with what is nested in them, in file order. Connections are by id and stay. When the step that a list is
// entered at moves away, the step it leads to takes the front, as when it is deleted. A sequence left empty goes.
// InvalidArgument when steps would move into themselves; on a connection (StepPlace::Kind::Connection) the moved steps
// only stand behind its start, nothing is led to them.
Result<DefinitionEdit> moveSteps(const WorkflowDefinition &definition, const DefinitionGraph &graph,
    const QStringList &keys, const StepPlace &place);

// Gives an entry of selectNextStep another position among the entries, which decides the order of the branches. The
// default stays where it is put.
Result<DefinitionEdit> moveOutcome(const WorkflowDefinition &definition, const DefinitionGraph &graph,
    const QString &key, const QString &outcomeKey, qsizetype position);

// Replaces the condition of an outcome that leads somewhere; no condition makes it the default. A script without braces
// gets them. InvalidArgument when there is a default already.
Result<DefinitionEdit> setCondition(const WorkflowDefinition &definition, const DefinitionGraph &graph,
    const QString &key, const QString &outcomeKey, const std::optional<QString> &condition,
    const QString &mergeKey = {});

// Lets a connection begin at another outcome; its target stays. A condition goes with it when the new start is a new
// condition of a Branch (outcome key "new"). What the new start led to before is no longer led to.
Result<DefinitionEdit> reconnectSource(const WorkflowDefinition &definition, const DefinitionGraph &graph,
    const QString &fromKey, const QString &outcomeKey, const QString &newFromKey, const QString &newOutcomeKey);

} // namespace automation
