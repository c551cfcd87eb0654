#pragma once

#include "designer/layout/layeredgraph.h"
#include <stop_token>

namespace automation {

// Orders every rank from left to right with few crossings, keeping the graph's constraints (those that contradict each
// other are dropped), and sorts the lists of neighbours the same way. root may be -1. The order found by depth-first
// search has no crossing in a graph of nested branches, so most workflows need no sweep.
void orderRanks(LayeredGraph &graph, int root, const std::stop_token &stop);

} // namespace automation
