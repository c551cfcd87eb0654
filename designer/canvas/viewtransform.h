#pragma once

#include <QPointF>
#include <QRectF>

namespace automation {

// Where scene coordinates are in a view: view = scene * zoom + offset. Logical pixels. Value type.
struct ViewTransform
{
    qreal zoom = 1;
    QPointF offset;

    QPointF toView(const QPointF &scene) const { return scene * zoom + offset; }
    QPointF toScene(const QPointF &view) const { return (view - offset) / zoom; }
    QRectF toView(const QRectF &scene) const { return {toView(scene.topLeft()), scene.size() * zoom}; }
    QRectF toScene(const QRectF &view) const { return {toScene(view.topLeft()), view.size() / zoom}; }
};

} // namespace automation
