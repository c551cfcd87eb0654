#pragma once

#include "designer/layout/graphlayout.h"
#include "designer/layout/jumps.h"
#include <stop_token>

namespace automation {

// Puts the cards with a fixed place there in a finished automatic drawing (top to bottom, final coordinates). Children
// go with their container, pills with their cards; cards in the way go aside, as little as needed; everything else
// stays. Lines that touch or cross a moved card find a new way round all cards, orthogonal, where there is one. depths:
// how deep each node is nested.
void applyFixedPlaces(LayoutResult &result, const LayoutGraph &graph, const std::vector<int> &depths,
    const LayoutOptions &options, const Jumps &jumps, const std::stop_token &stop);

} // namespace automation
