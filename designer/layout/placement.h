#pragma once

#include "designer/layout/layeredgraph.h"
#include <stop_token>

namespace automation {

// Smallest distance of the anchors of two nodes side by side, in whole pixels.
double separation(const LayeredNode &left, const LayeredNode &right, double nodeGap);

// Sets the x of every node: whole pixels, the order of each rank kept, cards at least nodeGap apart, long edges
// straight (Brandes and Köpf, but only one of their four layouts: the mean of all four would move cards everywhere when
// the drawing grows somewhere; centreColumns sets things in the middle by looking at their neighbours alone).
void placeNodes(LayeredGraph &graph, double nodeGap, const std::stop_token &stop);

} // namespace automation
