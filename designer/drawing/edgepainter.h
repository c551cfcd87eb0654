#pragma once

#include "designer/drawing/pixelgrid.h"

#include <QPainterPath>

namespace automation {

// Draws orthogonal lines with rounded corners and arrow heads. On pixel devices the straight runs are filled
// rectangles and only the corners are stroked: stroking a whole antialiased path wider than a pixel costs its whole
// length in every frame, also what is off the screen.
class EdgePainter
{
public:
    EdgePainter(QPainter &painter, const PixelGrid &grid)
        : m_painter(painter)
        , m_grid(grid)
    {
    }

    struct Style
    {
        QColor colour;
        qreal width = 1.8;
        bool hasArrow = true;
    };
    // Runs outside of exposed are skipped. hops: points on its level runs where it goes over another line in an arc.
    void draw(const QList<QPointF> &points, const Style &style, const QRectF &exposed, const QList<QPointF> &hops = {});
    void drawDashed(const QList<QPointF> &points, const Style &style);
    // The outline of a rounded box, dashed along its sides, one pixel wide or more; for pixel devices. A frame may be
    // much larger than the screen, so only what is exposed is drawn.
    void drawDashedFrame(const QRectF &frame, qreal radius, const QColor &colour, const QRectF &exposed);

    // The line as one path with rounded corners.
    static QPainterPath roundedPath(const QList<QPointF> &points, const QList<QPointF> &hops = {});

private:
    void drawRun(const QRectF &run, const Style &style, qreal width, const QList<QPointF> &hops);
    void drawArrow(const QPointF &tip, const QPointF &from, const Style &style);

    QPainter &m_painter;
    const PixelGrid &m_grid;
};

} // namespace automation
