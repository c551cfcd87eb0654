#pragma once

#include "designer/layout/layeredgraph.h"
#include <tuple>
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
    // Found by LaneAssignment:
    int lane = -1; // counted from the top; -1: straight through
    bool isSplit = false; // goes sideways twice: to middle in lane, then to end in secondLane
    double middle = 0;
    int secondLane = -1;

    bool isStraight() const { return startsAtTop != endsAtTop && start == end; }
};

// Gives the runs of a gap that go sideways lanes so that no two lie on top of each other, neither in the lanes nor in
// the short verticals, with as few crossings as the ends allow; where few run, those that come from both sides into one
// target share a lane. One for all gaps: it keeps its memory.
class LaneAssignment
{
public:
    // Returns the number of lanes. O(n log n).
    int run(const std::vector<LaneRun *> &runs);

private:
    struct End
    {
        double x;
        bool top;
        int run;
    };
    // Runs in the order in which they take their lanes from the top. With this order two runs cross only where their
    // ends force it: turns below a source first (short before long), then runs to the left from the left and runs to
    // the right from the right, at last turns above a target.
    using Key = std::tuple<int, double, int>;
    class Skyline;

    Key keyOf(int index) const;
    void collectEnds();
    void sortEnds();
    void collectOrder();
    void collectKeys();
    void takeFewLanes();
    void takeLanes(Skyline &skyline);
    void take(int &lane, int value);
    void split(LaneRun &run, Skyline &skyline);
    void finish(LaneRun &run, Skyline &skyline);
    double freeLine(double a, double b);

    std::vector<LaneRun *> m_runs;
    std::vector<End> m_ends;
    std::vector<double> m_lines; // sorted
    std::vector<std::pair<int, int>> m_order; // runs and hubs: the first before the second
    Adjacency m_after; // the same
    int m_hubs = 0;
    std::vector<int> m_waiting;
    std::vector<int> m_open;
    std::vector<Key> m_keys; // sorted, of the runs that go sideways
    int m_lanes = 0;
};

} // namespace automation
