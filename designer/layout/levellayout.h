#pragma once

#include "designer/layout/componentlayout.h"
#include <stop_token>

namespace automation {

// Lays out a whole level: every connected part by itself, the root's first, the others to its right by sequence and
// index; many loose parts in rows. Edges from and to the border reach it straight. Empty when stopped.
FlowDrawing layoutLevel(const std::vector<FlowItem> &items, const std::vector<FlowEdge> &edges, int root,
    const FlowSpacing &spacing, const std::stop_token &stop);

} // namespace automation
