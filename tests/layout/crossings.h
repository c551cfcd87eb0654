#pragma once

#include <QList>
#include <QPointF>

namespace automation {

// The drawn line of one edge.
struct DrawnLine
{
    int from = 0;
    int to = 0;
    QList<QPointF> points;
};

// How often lines cross. Edges with the same source or the same target meet there anyway and count as none, nor do
// lines that touch, end on each other or run together. O(n log n) for lines that are short.
long countCrossings(const QList<DrawnLine> &lines);

} // namespace automation
