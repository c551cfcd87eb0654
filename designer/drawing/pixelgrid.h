#pragma once

#include <algorithm>
#include <cmath>
#include <QPainter>

namespace automation {

// Places lines and boxes on whole device pixels, so that they are crisp at every zoom and screen scale. Made for one
// painter and its current transform (scaling and moving only); for vector output it changes nothing.
class PixelGrid
{
public:
    PixelGrid(const QPainter &painter, bool isVector)
        : m_transform(painter.deviceTransform())
        , m_isActive(
              !isVector && m_transform.type() <= QTransform::TxScale && m_transform.m11() > 0 && m_transform.m22() > 0)
    {
    }

    bool isVector() const { return !m_isActive; }
    // From scene units to pixels of the device.
    const QTransform &transform() const { return m_transform; }
    // Device pixels per scene unit.
    qreal scale() const { return m_isActive ? m_transform.m11() : 1; }
    // A pen of about this width as whole device pixels, at least one; in scene units.
    qreal width(qreal wanted) const { return m_isActive ? deviceWidth(wanted) / m_transform.m11() : wanted; }
    // The middle of a line of that width.
    QPointF centre(const QPointF &point, qreal wantedWidth) const
    {
        if (!m_isActive)
            return point;
        const qreal half = (qRound(deviceWidth(wantedWidth)) % 2) ? 0.5 : 0;
        return {(std::floor(point.x() * m_transform.m11() + m_transform.dx() + 0.5 - half) + half - m_transform.dx())
                / m_transform.m11(),
            (std::floor(point.y() * m_transform.m22() + m_transform.dy() + 0.5 - half) + half - m_transform.dy())
                / m_transform.m22()};
    }
    // Edges on pixel borders.
    QRectF fill(const QRectF &rect) const
    {
        return m_isActive ? QRectF(centreOf(rect.topLeft()), centreOf(rect.bottomRight())) : rect;
    }
    // The same in pixels of the device.
    QRect pixels(const QRectF &rect) const
    {
        const auto pixel = [](qreal position) { return int(std::floor(std::clamp(position, -1e9, 1e9) + 0.5)); };
        const int left = pixel(rect.left() * m_transform.m11() + m_transform.dx());
        const int top = pixel(rect.top() * m_transform.m22() + m_transform.dy());
        return {left, top, pixel(rect.right() * m_transform.m11() + m_transform.dx()) - left,
            pixel(rect.bottom() * m_transform.m22() + m_transform.dy()) - top};
    }
    // The path of an outline of that width that stays inside fill(rect).
    QRectF outline(const QRectF &rect, qreal wantedWidth) const
    {
        const qreal half = width(wantedWidth) / 2;
        return fill(rect).adjusted(half, half, -half, -half);
    }

private:
    qreal deviceWidth(qreal wanted) const { return std::max(1.0, std::floor(wanted * m_transform.m11() + 0.5)); }
    QPointF centreOf(const QPointF &point) const
    {
        return {
            (std::floor(point.x() * m_transform.m11() + m_transform.dx() + 0.5) - m_transform.dx()) / m_transform.m11(),
            (std::floor(point.y() * m_transform.m22() + m_transform.dy() + 0.5) - m_transform.dy())
                / m_transform.m22()};
    }

    QTransform m_transform;
    bool m_isActive;
};

} // namespace automation
