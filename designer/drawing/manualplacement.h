#pragma once

#include <QList>
#include <QRectF>

namespace automation {

// An orthogonal way from a port to the top (sideways: the left edge) of a card that keeps off both cards, but not off
// others: for lines of cards on their way. Where they are let go, the layout leads the lines round every card.
QList<QPointF> freeRoute(
    const QPointF &from, const QRectF &fromCard, const QPointF &to, const QRectF &toCard, bool isSideways = false);

} // namespace automation
