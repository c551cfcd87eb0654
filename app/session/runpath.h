#pragma once

#include "designer/drawing/runoverlay.h"
#include "model/api/apivalues.h"
#include "model/definition/definitiongraph.h"

namespace automation {

// The marks of one instance on the drawing of a definition: each step's latest execution from the log, the failed
// step from the errors, and the connections it took. The log does not say which connection led to a step; it is the
// one from the latest execution before it that is connected to it. Pure function.
RunOverlay runOverlay(
    const DefinitionGraph &graph, const WorkflowInstance &instance, const QList<WorkflowError> &errors);

} // namespace automation
