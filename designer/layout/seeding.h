#pragma once

#include "designer/layout/layeredgraph.h"
#include <stop_token>

namespace automation {

// A drawing after an edit that keeps what stood before it. All three work on graphs whose nodes know where they were
// (LayeredNode::before); what is new gets a place between its neighbours.

// Gives every node without a place before one near its neighbours.
void fillPlacesBefore(LayeredGraph &graph);

// Sets the x of every node: as before, but for as much as cards must make room. Where two nodes are too close, the part
// that goes aside is the one that tears the fewest cards from those they are joined to (a smallest cut through lines,
// the order and smallest distances in the ranks kept). False when that would take too long or when stopped; places are
// unusable then.
bool placeAsBefore(LayeredGraph &graph, double nodeGap, const std::stop_token &stop);

} // namespace automation
