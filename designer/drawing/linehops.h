#pragma once

#include "designer/drawing/graphscene.h"

#include <span>

namespace automation {

// Sets SceneEdge::hops of all these lines, each where it runs sideways over another of them that goes down. Lines that
// only meet because they lead to one card or come out of one outcome do not cross. Any thread; O(n log n).
void findHops(std::span<SceneEdge> edges);

} // namespace automation
