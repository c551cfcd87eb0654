#pragma once

#include "designer/drawing/pixelgrid.h"

#include <QHash>
#include <QImage>

namespace automation {

// Draws rounded boxes. On pixel devices each look is drawn only once: a box is then the copies of its corners and a few
// filled rectangles, because rounded corners, lines and shadows of a box drawn as paths cost the time of all else in a
// frame together. Belongs to one thread.
class BoxPainter
{
public:
    struct Look
    {
        QColor fill;
        QColor line; // inside of the box's edge; invalid for none
        qreal lineWidth = 1;
        qreal radius = 0;
        QColor shadow; // below the box, falling a little; invalid for none, and none in PDF

        friend bool operator==(const Look &, const Look &) = default;
    };
    // box in scene units, put on whole pixels as grid.fill() does.
    void draw(QPainter &painter, const PixelGrid &grid, const QRectF &box, const Look &look);

private:
    struct Key
    {
        Look look;
        qreal scale = 1;
        friend bool operator==(const Key &, const Key &) = default;
        friend size_t qHash(const Key &key, size_t seed = 0)
        {
            return qHashMulti(seed, key.look.fill.rgba(), key.look.line.rgba(), key.look.shadow.rgba(),
                key.look.lineWidth, key.look.radius, key.scale);
        }
    };
    // One colour over some rows (columns) of a box's edge.
    struct Band
    {
        int from = 0;
        int size = 0;
        QColor colour;
    };
    // A box as small as its corners allow, and what its straight edges are made of.
    struct Pattern
    {
        QImage image;
        int margin = 0; // round the box, for the shadow
        int corner = 0; // pixels of a corner within the box
        QList<Band> top, bottom, left,
            right; // from the outer edge of the image; bottom and right from the corner's end
        QColor middle;
    };
    static void paintDirectly(QPainter &painter, const QRectF &box, const Look &look, qreal scale, qreal lineWidth);
    const Pattern &patternOf(const Look &look, qreal scale, qreal lineWidth);

    QHash<Key, Pattern> m_patterns;
};

} // namespace automation
