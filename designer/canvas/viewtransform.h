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

    // Shows a part of the scene whole and in the middle of an area of the view, at a zoom between two bounds.
    static ViewTransform fitting(const QRectF &scene, const QRectF &area, qreal least, qreal most);
    // Moved so that some of the drawing stays in view, and onto whole device pixels, so that texts look the same
    // wherever they are scrolled to.
    ViewTransform keptInView(const QRectF &drawing, const QRectF &view, qreal devicePixelRatio) const;
    // How far the view must move (in its pixels) for a part of the scene to lie in an area of it.
    QPointF moveInto(const QRectF &area, const QRectF &scene) const;
};

// The next rounder zoom up or down, within the bounds.
qreal nextZoom(qreal zoom, bool in, qreal least, qreal most);

} // namespace automation
