#pragma once

#include <QList>
#include <QPointF>
#include <QRectF>

namespace automation {

// The shortest orthogonal way with the fewest turns from one point to another past obstacles, for lines that find no
// simple one. Tries lines beside the obstacles only; work grows with the cube of their number, so give it those nearby.
// Empty when there is none.
QList<QPointF> findDetour(const QPointF &start, const QPointF &end, const QList<QRectF> &obstacles);

} // namespace automation
