#pragma once

#include "designer/layout/layeredgraph.h"

namespace automation {

// A drawing after an edit in which all cards keep their rows, and with them their neighbours to the sides: what is new
// gets a row of its own between theirs. Costs the height of that row everywhere, so it is for edits that would tear too
// much apart otherwise.

// Gives the items the ranks they had and the edges their directions there. Leaves the ranking alone where new items
// would have to stand above what leads to them.
void keepRows(Ranking &ranking, const std::vector<FlowItem> &items, const std::vector<FlowEdge> &edges);

// Leads new long edges through the free places of the rows (LayeredNode::before), so that no card has to move for them.
// Before anything is ordered; every node has a place already.
void findFreePlaces(LayeredGraph &graph, double nodeGap);

} // namespace automation
