#pragma once

#include <QList>
#include <QPointF>
#include <QRectF>

namespace automation {

// The shortest orthogonal way with the fewest turns from one point to another past obstacles, for lines that find no
// simple one. Tries lines beside the obstacles only; work grows with the cube of their number, so give it those nearby.
// all: what else stands in the way, the obstacles among it; then lines round all of it are tried as well. Null
// rectangles are none. Empty when there is no way.
QList<QPointF> findDetour(
    const QPointF &start, const QPointF &end, const QList<QRectF> &obstacles, const QList<QRectF> &all = {});

} // namespace automation
