#pragma once

#include "designer/layout/layeredgraph.h"
#include <stop_token>

namespace automation {

// Moves whole straight columns sideways, as far as their neighbours leave room, so that a card with several targets
// stands in the middle above them and a card with several sources in the middle below; then draws loops close to the
// cards they run beside. Keeps whole pixels, order and distances.
void centreColumns(LayeredGraph &graph, double nodeGap, const std::stop_token &stop);

// Only the last of it: loops that run outside of what they go round stand as near to it as there is room.
void pullLoopsIn(LayeredGraph &graph, double nodeGap);

} // namespace automation
