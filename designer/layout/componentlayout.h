#pragma once

#include "designer/layout/layeredgraph.h"
#include <stop_token>

namespace automation {

struct LayoutPoint
{
    double x = 0;
    double y = 0;
};

struct FlowSpacing
{
    double nodeGap = 40;
    double rankGap = 44; // smallest distance of two ranks
    double laneMargin = 22; // above the first and below the last lane of a gap
    Keeping keeping = Keeping::Distances;
};

// A finished drawing of items and edges, its top left corner at 0, 0.
struct FlowDrawing
{
    std::vector<LayoutPoint> anchors; // as the items: x of the anchor, y of the top border
    std::vector<std::vector<LayoutPoint>> routes; // as the edges; empty for hidden ones
    std::vector<char> isBack; // as the edges
    double width = 0;
    double height = 0;
};

// Lays out one connected part. root is the item to start from, or -1. Empty when stopped.
FlowDrawing layoutComponent(const std::vector<FlowItem> &items, const std::vector<FlowEdge> &edges, int root,
    const FlowSpacing &spacing, const std::stop_token &stop);

} // namespace automation
