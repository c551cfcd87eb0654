#pragma once

#include "designer/layout/layeredgraph.h"
#include <stop_token>

namespace automation {

// Smallest distance of the anchors of two nodes side by side, in whole pixels.
double separation(const LayeredNode &left, const LayeredNode &right, double nodeGap);

// Sets the x of every node: whole pixels, the order of each rank kept, cards at least nodeGap apart, long edges
// straight. After Brandes and Köpf, the mean of two layouts: in one a node stands in line with the left one of its two
// middle neighbours, in the other with the right one. So it comes to stand between them, and where ways part and meet
// again the rest is in line with what was before. Both are packed to the same side, as packing to either side would
// change distances everywhere when the drawing grows somewhere.
void placeNodes(LayeredGraph &graph, double nodeGap, const std::stop_token &stop);

} // namespace automation
