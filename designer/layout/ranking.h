#pragma once

#include "designer/layout/layeredgraph.h"
#include <stop_token>

namespace automation {

// Finds the edges that loop back (depth first in outcome order, from the root first) and gives every item of a
// connected graph its rank: below all its predecessors, as high as that allows, except where standing lower shortens
// more edges than it lengthens. Items the root does not reach stand just above what they lead to. root may be -1.
Ranking rankItems(int itemCount, const std::vector<FlowEdge> &edges, int root);

} // namespace automation
