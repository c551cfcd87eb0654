#pragma once

#include "designer/layout/layeredgraph.h"
#include <stop_token>

namespace automation {

// Smallest distance of the anchors of two nodes side by side, in whole pixels.
double separation(const LayeredNode &left, const LayeredNode &right, double nodeGap);

// Sets the x of every node: whole pixels, the order of each rank kept, cards at least nodeGap apart, long edges
// straight, parents in the middle of their children (Brandes and Köpf: four layouts that lean to each side, and of
// each x the mean of the middle two).
void placeNodes(LayeredGraph &graph, double nodeGap, const std::stop_token &stop);

} // namespace automation
