#pragma once

#include "designer/layout/graphlayout.h"
#include "tests/layout/crossings.h"
#include <optional>
#include <QString>

namespace automation {

// What Graphviz “dot” makes of a graph: only a yardstick for crossings, nothing of the program needs it.
struct DotDrawing
{
    QList<QPointF> centres; // as LayoutGraph::nodes
    QList<DrawnLine> lines; // its curves as short straight pieces, in dot's order
};

// Where the program is; empty when it is not installed.
QString findDot();

// Lets dot draw the same cards with the same distances. Each card is a record whose lower fields are the outcomes, left
// to right in their order, and every edge runs from the field of its outcome to the middle of the target's top, as in
// our drawing. Containers become clusters round their children. Nothing when dot fails or needs longer than the limit.
std::optional<DotDrawing> drawWithDot(const LayoutGraph &graph, const LayoutOptions &options, int milliseconds);

} // namespace automation
