#include "designer/drawing/manualplacement.h"

#include <algorithm>

namespace automation {

QList<QPointF> freeRoute(
    const QPointF &from, const QRectF &fromCard, const QPointF &to, const QRectF &toCard, bool isSideways)
{
    if (isSideways) {
        const auto turned = [](const QRectF &rect) { return QRectF(rect.y(), rect.x(), rect.height(), rect.width()); };
        QList<QPointF> points = freeRoute(from.transposed(), turned(fromCard), to.transposed(), turned(toCard));
        for (QPointF &point : points)
            point = point.transposed();
        return points;
    }
    constexpr qreal Stub = 18; // out of a card before the first corner
    constexpr qreal Beside = 24; // off the side of a card
    if (to.y() - from.y() >= 2 * Stub) {
        if (std::abs(to.x() - from.x()) < 1)
            return {from, {from.x(), to.y()}};
        const qreal middle = (from.y() + to.y()) / 2;
        return {from, {from.x(), middle}, {to.x(), middle}, to};
    }
    // Upwards: between the cards where there is room, else round the outside of both.
    const bool leftOf = fromCard.right() + 2 * Stub <= toCard.left();
    const bool rightOf = toCard.right() + 2 * Stub <= fromCard.left();
    qreal side = std::max(fromCard.right(), toCard.right()) + Beside;
    if (leftOf)
        side = (fromCard.right() + toCard.left()) / 2;
    else if (rightOf)
        side = (toCard.right() + fromCard.left()) / 2;
    const qreal below = std::max(from.y(), fromCard.bottom()) + Stub;
    const qreal above = std::min(to.y(), toCard.top()) - Stub;
    return {from, {from.x(), below}, {side, below}, {side, above}, {to.x(), above}, to};
}

} // namespace automation
