#pragma once

#include "designer/layout/componentlayout.h"
#include "designer/layout/lanes.h"
#include <stop_token>

namespace automation {

// Draws the edges of a placed graph as orthogonal lines: in the gaps between ranks they turn in lanes of their own, in
// the rows of the ranks they pass straight between the cards. Gaps grow with their lanes, which gives the y of every
// rank. Borrows all it is given.
class EdgeRouting
{
public:
    EdgeRouting(const LayeredGraph &graph, const std::vector<FlowEdge> &edges, const Ranking &ranking,
        const FlowSpacing &spacing);

    // Lanes right of everything for edges without places in the ranks. Takes the width so far, returns the new one.
    double placeOuterLanes(double width);
    void placeLanes(const std::stop_token &stop);
    const std::vector<double> &rankTops() const { return m_rankTops; }
    double height() const { return m_height; }
    std::vector<std::vector<LayoutPoint>> routes() const;

private:
    struct Gap
    {
        int lanes = 0;
        double top = 0;
        double firstLane = 0; // y
        double pitch = 0;
        double height = 0;
    };
    struct EdgeRun
    {
        int gap = 0;
        LaneRun run;
    };

    int rankOf(int item) const { return m_graph.nodes[static_cast<size_t>(item)].rank; }
    double startOf(const FlowEdge &edge) const;
    double endOf(const FlowEdge &edge) const;
    void collectRuns();
    void collectOuterRuns(size_t edge);
    void placeRanks();
    double laneY(const EdgeRun &run, int lane) const;

    const LayeredGraph &m_graph;
    const std::vector<FlowEdge> &m_edges;
    const Ranking &m_ranking;
    const FlowSpacing &m_spacing;
    std::vector<double> m_outerX; // as the edges
    std::vector<EdgeRun> m_runs; // of each edge in its direction
    std::vector<size_t> m_firstRun; // as the edges, and one more
    std::vector<Gap> m_gaps; // gap i lies above rank i
    std::vector<double> m_rankTops;
    double m_height = 0;
};

} // namespace automation
