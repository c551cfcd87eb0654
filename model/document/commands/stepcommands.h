#pragma once

#include "model/document/definitionedit.h"
#include "model/validation/problem.h"

#include <optional>

namespace automation {

// Edits of steps and connections. All are pure: they look at a definition and its graph and say what would have to
// change; WorkflowDocument::push() does it. Node keys as in GraphNode::key, outcome keys as in Outcome::key().
// InvalidArgument, with a sentence for the person, when the request makes no sense.

// A fresh step of a catalogue type, with an id that is not taken, written in the style of the steps around it (all
// seven fields as the builder's exports do, or only the needed ones). Not part of the definition yet.
JsonValue newStep(const WorkflowDefinition &definition, const DefinitionGraph &graph, const StepType &type);

// Puts a step between the two ends of a connection. On the trigger's connection it becomes the first step.
Result<DefinitionEdit> insertStepOnConnection(const WorkflowDefinition &definition, const DefinitionGraph &graph,
    const StepType &type, const QString &fromKey, const QString &outcomeKey);
// Puts a step behind an open outcome. On the trigger of an empty workflow it becomes the first step. On a container's
// "do:N" with N = number of sequences it starts a new sequence.
Result<DefinitionEdit> appendStep(const WorkflowDefinition &definition, const DefinitionGraph &graph,
    const StepType &type, const QString &fromKey, const QString &outcomeKey);
// Adds a step that nothing leads to yet, at the end of the steps.
Result<DefinitionEdit> addStep(
    const WorkflowDefinition &definition, const DefinitionGraph &graph, const StepType &type);

// Leads an outcome to a step; an outcome that led elsewhere is led here instead, its condition kept. Connecting the
// trigger makes the target the first step. On a Branch, outcomeKey "new" adds a condition.
Result<DefinitionEdit> connectOutcome(const WorkflowDefinition &definition, const DefinitionGraph &graph,
    const QString &fromKey, const QString &outcomeKey, const QString &toKey);
Result<DefinitionEdit> disconnectOutcome(const WorkflowDefinition &definition, const DefinitionGraph &graph,
    const QString &fromKey, const QString &outcomeKey);

// Removes steps with what is nested in them; outcomes that led to them become open, or with heal lead on to the
// removed step's successor where it has exactly one.
Result<DefinitionEdit> deleteSteps(
    const WorkflowDefinition &definition, const DefinitionGraph &graph, const QStringList &keys, bool heal);

// Sets one value below a step ("inputs/text", any pointer relative to the step); missing objects on the way are made,
// a null pointer value removes the member. mergeKey: see DefinitionEdit.
Result<DefinitionEdit> setStepValue(const WorkflowDefinition &definition, const DefinitionGraph &graph,
    const QString &key, const JsonPointer &place, const std::optional<JsonValue> &value, const QString &mergeKey = {});
// Replaces the whole step (JSON tab). The id may change; references are not followed.
Result<DefinitionEdit> replaceStep(
    const WorkflowDefinition &definition, const DefinitionGraph &graph, const QString &key, const JsonValue &step);
// A new id, and every nextStepId and selectNextStep key that named the old one.
Result<DefinitionEdit> renameStep(
    const WorkflowDefinition &definition, const DefinitionGraph &graph, const QString &key, const QString &newId);
// New ids for several steps at once, by their keys; references follow. Ids may change places.
Result<DefinitionEdit> renameSteps(
    const WorkflowDefinition &definition, const DefinitionGraph &graph, const QHash<QString, QString> &newIds);
// Sets a value of the root: "/definition/name", "/trigger", "/subAccountId", "/status".
Result<DefinitionEdit> setRootValue(const WorkflowDefinition &definition, const JsonPointer &place,
    const JsonValue &value, const QString &text, const QString &mergeKey = {});
// What the link of a problem does.
DefinitionEdit fixEdit(const Problem &problem);

} // namespace automation
