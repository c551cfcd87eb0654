#pragma once

#include "model/document/commands/editrecorder.h"
#include "model/document/commands/stepstyle.h"

namespace automation {

// One way out of a step, found by the keys a person's gesture names. Valid as long as the graph.
struct OutcomePlace
{
    const GraphNode *node = nullptr;
    Outcome outcome;
    bool hasEntry = false; // stands in selectNextStep already
};

// The key with which a Branch is asked for one more condition.
QString newConditionKey();

Error invalidRequest(const QString &message);
// InvalidArgument when there is no such node.
Result<const GraphNode *> findNode(const DefinitionGraph &graph, const QString &key);
Result<OutcomePlace> findOutcome(const WorkflowDefinition &definition, const DefinitionGraph &graph,
    const QString &fromKey, const QString &outcomeKey);

// Leads an outcome, not a Child, to a step id: the entry keeps its place and condition.
Result<void> leadOutcome(
    EditRecorder &recorder, const StepStyle &style, const OutcomePlace &place, const QString &target);
// Makes an outcome, not a Child, open.
void openOutcome(EditRecorder &recorder, const StepStyle &style, const OutcomePlace &place);

} // namespace automation
