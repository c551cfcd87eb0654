#pragma once

#include "model/definition/definitiongraph.h"

namespace automation {

// The ways out of a step, from its own JSON: children (those into its "do") first, then nextStepId, then the entries of
// selectNextStep, then what stands open. type may be nullptr. Pure functions, any thread.
QList<Outcome> outcomesOf(const StepView &step, const StepType *type, const QList<Outcome> &children);
Outcome nextOutcome(const QString &target);
Outcome childOutcome(const QString &firstStep, int sequence);

} // namespace automation
