#pragma once

#include "designer/drawing/graphscene.h"

namespace automation {

// Where what gestures remember by key is in a scene. -1 when it is not there (any more).

// The number of an outcome of a card; node may be -1.
int outcomeIndex(const GraphScene &scene, int node, const QString &outcomeKey);
// The edge that leaves a step through an outcome.
int edgeOfOutcome(const GraphScene &scene, const QString &fromKey, const QString &outcomeKey);
// What the grips of a selected edge stand on: a little off its ends.
QPointF startGrip(const SceneEdge &edge);
QPointF endGrip(const SceneEdge &edge);

} // namespace automation
