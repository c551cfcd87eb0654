#pragma once

#include "designer/drawing/graphscene.h"

namespace automation {

// The card the arrow keys lead to from a card: down and up follow the lines, then the eye; left and right go by the
// eye alone. From -1 the first card. -1 when there is none in that direction.
int neighbourOf(const GraphScene &scene, int from, Qt::Key direction);

} // namespace automation
