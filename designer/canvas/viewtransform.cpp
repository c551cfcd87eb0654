#include "designer/canvas/viewtransform.h"

#include <algorithm>
#include <cmath>

namespace automation {

ViewTransform ViewTransform::fitting(const QRectF &scene, const QRectF &area, qreal least, qreal most)
{
    ViewTransform result;
    if (scene.isEmpty())
        return result;
    result.zoom = std::clamp(std::min(area.width() / scene.width(), area.height() / scene.height()), least, most);
    result.offset = area.center() - scene.center() * result.zoom;
    return result;
}

ViewTransform ViewTransform::keptInView(const QRectF &drawing, const QRectF &view, qreal devicePixelRatio) const
{
    constexpr qreal Least = 60;
    ViewTransform next = *this;
    const QRectF bounds = toView(drawing);
    if (!bounds.isEmpty()) {
        if (bounds.right() < view.left() + Least)
            next.offset.rx() += view.left() + Least - bounds.right();
        if (bounds.left() > view.right() - Least)
            next.offset.rx() -= bounds.left() - (view.right() - Least);
        if (bounds.bottom() < view.top() + Least)
            next.offset.ry() += view.top() + Least - bounds.bottom();
        if (bounds.top() > view.bottom() - Least)
            next.offset.ry() -= bounds.top() - (view.bottom() - Least);
    }
    next.offset = {std::round(next.offset.x() * devicePixelRatio) / devicePixelRatio,
        std::round(next.offset.y() * devicePixelRatio) / devicePixelRatio};
    return next;
}

QPointF ViewTransform::moveInto(const QRectF &area, const QRectF &scene) const
{
    const QRectF rect = toView(scene);
    QPointF move;
    if (rect.width() > area.width() || rect.left() < area.left())
        move.setX(area.left() - rect.left());
    else if (rect.right() > area.right())
        move.setX(area.right() - rect.right());
    if (rect.height() > area.height() || rect.top() < area.top())
        move.setY(area.top() - rect.top());
    else if (rect.bottom() > area.bottom())
        move.setY(area.bottom() - rect.bottom());
    return move;
}

qreal nextZoom(qreal zoom, bool in, qreal least, qreal most)
{
    static constexpr qreal Steps[] {
        0.05, 0.1, 0.15, 0.25, 0.33, 0.5, 0.67, 0.75, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4};
    qreal next = in ? most : least;
    for (qreal step : Steps) {
        if (in && step > zoom * 1.01)
            return step;
        if (!in && step < zoom * 0.99)
            next = step;
    }
    return next;
}

} // namespace automation
