#pragma once

#include "designer/layout/layeredgraph.h"
#include <stop_token>

namespace automation {

// Takes the passes of every long edge (and loop) out of the ranks, one edge after the other, and puts them back where
// the edge crosses the fewest others, by the shortest way through the ranks; everything else keeps its order, so the
// number of crossings never grows. Needs and leaves current positions. Work is about the steps of the innermost loop;
// edges that would need more than is left stay where they are. Returns the work left.
long reinsertPasses(LayeredGraph &graph, long work, const std::stop_token &stop);

} // namespace automation
