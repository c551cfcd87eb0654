#include "designer/drawing/boxpainter.h"

#include <QPaintEngine>

namespace automation {

namespace {

// Of the shadow, in scene units: how far it reaches beyond the box.
constexpr qreal ShadowSide = 1;
constexpr qreal ShadowFall = 3.5;

// The colours of a line of pixels from one corner of a box to the other, alike ones together.
template <typename Band, typename PixelAt> QList<Band> bandsOf(int from, int to, PixelAt pixelAt)
{
    QList<Band> bands;
    for (int i = from; i < to; ++i) {
        const QColor colour = QColor::fromRgba(qUnpremultiply(pixelAt(i)));
        if (!bands.isEmpty() && bands.last().colour == colour)
            ++bands.last().size;
        else
            bands.append({i - from, 1, colour});
    }
    bands.removeIf([](const Band &band) { return band.colour.alpha() == 0; });
    return bands;
}

} // namespace

// box is what grid.fill() gives, lineWidth what grid.width() gives.
void BoxPainter::paintDirectly(QPainter &painter, const QRectF &box, const Look &look, qreal scale, qreal lineWidth)
{
    const qreal radius = look.radius * scale;
    if (look.shadow.isValid()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(look.shadow);
        painter.drawRoundedRect(box.adjusted(0, scale, 0, 2 * scale), radius, radius);
        QColor faint = look.shadow;
        faint.setAlpha(faint.alpha() / 2);
        painter.setBrush(faint);
        painter.drawRoundedRect(box.adjusted(-ShadowSide * scale, 0, ShadowSide * scale, ShadowFall * scale),
            radius + scale, radius + scale);
    }
    painter.setBrush(look.fill);
    if (!look.line.isValid()) {
        painter.setPen(Qt::NoPen);
        painter.drawRoundedRect(box, radius, radius);
        return;
    }
    const qreal half = lineWidth / 2;
    painter.setPen(QPen(look.line, lineWidth));
    painter.drawRoundedRect(box.adjusted(half, half, -half, -half), radius - half, radius - half);
}

const BoxPainter::Pattern &BoxPainter::patternOf(const Look &look, qreal scale, qreal lineWidth)
{
    constexpr qsizetype Most = 200; // looks; zooming goes through many scales
    const Key key {look, scale};
    const auto found = m_patterns.constFind(key);
    if (found != m_patterns.cend())
        return *found;
    if (m_patterns.size() >= Most)
        m_patterns.clear();
    Pattern pattern;
    pattern.margin = look.shadow.isValid() ? int(std::ceil(ShadowFall * scale)) + 1 : 0;
    pattern.corner = int(std::ceil(std::max(look.radius * scale, lineWidth))) + 2;
    const int side = 2 * (pattern.margin + pattern.corner) + 1;
    const int end = side - pattern.margin - pattern.corner; // of the middle
    const int middle = end - 1;
    pattern.image = QImage(side, side, QImage::Format_ARGB32_Premultiplied);
    pattern.image.fill(Qt::transparent);
    {
        QPainter painter(&pattern.image);
        painter.setRenderHint(QPainter::Antialiasing);
        const int box = 2 * pattern.corner + 1;
        paintDirectly(painter, QRectF(pattern.margin, pattern.margin, box, box), look, scale, lineWidth);
    }
    const auto across = [&](int x) { return reinterpret_cast<const QRgb *>(pattern.image.constScanLine(middle))[x]; };
    const auto down = [&](int y) { return reinterpret_cast<const QRgb *>(pattern.image.constScanLine(y))[middle]; };
    pattern.top = bandsOf<Band>(0, middle, down);
    pattern.bottom = bandsOf<Band>(end, side, down);
    pattern.left = bandsOf<Band>(0, middle, across);
    pattern.right = bandsOf<Band>(end, side, across);
    pattern.middle = QColor::fromRgba(qUnpremultiply(across(middle)));
    return *m_patterns.insert(key, pattern);
}

void BoxPainter::draw(QPainter &painter, const PixelGrid &grid, const QRectF &box, const Look &look)
{
    if (grid.isVector()) {
        // On paper nothing lies above anything; and each shadow would be kept as a shape of its own.
        Look shown = look;
        if (painter.paintEngine() && painter.paintEngine()->type() == QPaintEngine::Pdf)
            shown.shadow = QColor();
        paintDirectly(painter, box, shown, 1, look.lineWidth);
        return;
    }
    constexpr qreal LargestCorner = 200; // pixels
    const qreal scale = grid.scale();
    const qreal lineWidth = grid.width(look.lineWidth) * scale;
    const QRect place = grid.pixels(box);
    // In pixels of the device.
    const QTransform before = painter.worldTransform();
    painter.setWorldTransform(grid.transform().inverted() * before);
    const qreal corner = std::ceil(std::max(look.radius * scale, lineWidth)) + 2;
    if (corner > LargestCorner || place.width() < 2 * corner + 1 || place.height() < 2 * corner + 1) {
        paintDirectly(painter, place, look, scale, lineWidth);
        painter.setWorldTransform(before);
        return;
    }
    const Pattern &pattern = patternOf(look, scale, lineWidth);
    const int cut = pattern.margin + pattern.corner; // size of a corner's picture
    const int far = pattern.image.width() - cut;
    const QRect whole = place.adjusted(-pattern.margin, -pattern.margin, pattern.margin, pattern.margin);
    const QRect inner = place.adjusted(pattern.corner, pattern.corner, -pattern.corner, -pattern.corner);
    const int right = inner.right() + 1;
    const int below = inner.bottom() + 1;
    painter.drawImage(whole.topLeft(), pattern.image, QRect(0, 0, cut, cut));
    painter.drawImage(QPoint(right, whole.top()), pattern.image, QRect(far, 0, cut, cut));
    painter.drawImage(QPoint(whole.left(), below), pattern.image, QRect(0, far, cut, cut));
    painter.drawImage(QPoint(right, below), pattern.image, QRect(far, far, cut, cut));
    for (const Band &band : pattern.top)
        painter.fillRect(QRect(inner.left(), whole.top() + band.from, inner.width(), band.size), band.colour);
    for (const Band &band : pattern.bottom)
        painter.fillRect(QRect(inner.left(), below + band.from, inner.width(), band.size), band.colour);
    for (const Band &band : pattern.left)
        painter.fillRect(QRect(whole.left() + band.from, inner.top(), band.size, inner.height()), band.colour);
    for (const Band &band : pattern.right)
        painter.fillRect(QRect(right + band.from, inner.top(), band.size, inner.height()), band.colour);
    painter.fillRect(inner, pattern.middle);
    painter.setWorldTransform(before);
}

} // namespace automation
