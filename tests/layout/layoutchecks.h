#pragma once

#include "designer/layout/graphlayout.h"
#include <QString>

namespace automation {

// What every layout must fulfil, whatever the graph (top to bottom). Each returns an empty text or what is wrong.
QString findOverlap(const LayoutGraph &graph, const LayoutResult &layout); // of cards and frames
QString findFrameFault(const LayoutGraph &graph, const LayoutResult &layout); // children inside, nobody else
QString findRouteFault(const LayoutGraph &graph, const LayoutResult &layout); // orthogonal, from port to target
QString findRouteThroughCard(const LayoutGraph &graph, const LayoutResult &layout);
QString findSharedLine(const LayoutGraph &graph, const LayoutResult &layout); // of edges with nothing in common
QString findOutOfOrder(const LayoutGraph &graph, const LayoutResult &layout); // targets only one step leads to
QString findPillFault(const LayoutGraph &graph, const LayoutResult &layout); // on cards, lines or other pills
QString findFault(const LayoutGraph &graph, const LayoutResult &layout); // the first of all these

using LayoutCheck = QString (*)(const LayoutGraph &graph, const LayoutResult &layout);

} // namespace automation
