#pragma once

#include "designer/layout/layeredgraph.h"

namespace automation {

// Moves whole straight columns a little sideways, as far as their neighbours leave room, so that lines lose bends; then
// draws loops close to the cards they run beside. Keeps whole pixels, order and distances.
void straightenLines(LayeredGraph &graph, double nodeGap);

// Only the last of it: loops that run outside of what they go round stand as near to it as there is room.
void pullLoopsIn(LayeredGraph &graph, double nodeGap);

} // namespace automation
