#pragma once

#include <vector>

namespace automation {

// The run of one edge through the space between two ranks: down (or up) from its start, sideways in a lane, on to its
// end. Ends hang from the rank above (top) or stand on the rank below.
struct LaneRun
{
    double start = 0; // x
    double end = 0;
    bool startsAtTop = true;
    bool endsAtTop = false;
    // Found by assignLanes:
    int lane = -1; // counted from the top; -1: straight through
    bool isSplit = false; // goes sideways twice: to middle in lane, then to end in secondLane
    double middle = 0;
    int secondLane = -1;

    bool isStraight() const { return startsAtTop != endsAtTop && start == end; }
};

// Gives every run that goes sideways a lane so that no two lie on top of each other, neither in the lanes nor in the
// short verticals, with as few crossings as the ends allow. Returns the number of lanes. O(n log n).
int assignLanes(std::vector<LaneRun *> &runs);

} // namespace automation
