#include "designer/drawing/edgepainter.h"

#include "designer/drawing/cardcontent.h"

#include <QVarLengthArray>

namespace automation {

namespace {

constexpr qreal ArrowLength = 8;
constexpr qreal ArrowHalfWidth = 4.8;

qreal length(const QPointF &a, const QPointF &b)
{
    return std::abs(a.x() - b.x()) + std::abs(a.y() - b.y()); // orthogonal
}

QPointF towards(const QPointF &from, const QPointF &to, qreal distance)
{
    const qreal whole = length(from, to);
    return whole <= 0 ? from : from + (to - from) * (distance / whole);
}

qreal cornerRadius(const QPointF &before, const QPointF &corner, const QPointF &after)
{
    return std::min({CardMetrics::EdgeRadius, length(before, corner) / 2, length(corner, after) / 2});
}

// Points without repetitions and without points in the middle of a straight run.
QVarLengthArray<QPointF, 12> corners(const QList<QPointF> &points)
{
    QVarLengthArray<QPointF, 12> result;
    for (const QPointF &point : points) {
        if (!result.isEmpty() && length(result.last(), point) < 0.01)
            continue;
        if (result.size() >= 2) {
            const QPointF a = result[result.size() - 2];
            const QPointF b = result.last();
            const bool vertical = qFuzzyIsNull(a.x() - b.x()) && qFuzzyIsNull(b.x() - point.x());
            const bool horizontal = qFuzzyIsNull(a.y() - b.y()) && qFuzzyIsNull(b.y() - point.y());
            if (vertical || horizontal) {
                result.last() = point;
                continue;
            }
        }
        result.append(point);
    }
    return result;
}

void addCorner(QPainterPath &path, const QPointF &before, const QPointF &corner, const QPointF &after, qreal radius)
{
    // A cubic that is as good as the quarter of a circle.
    constexpr qreal Kappa = 0.5523;
    const QPointF start = towards(corner, before, radius);
    const QPointF end = towards(corner, after, radius);
    path.cubicTo(start + (corner - start) * Kappa, end + (corner - end) * Kappa, end);
}

// Over another line: half a circle above the level one.
void addHop(QPainterPath &path, const QPointF &hop, bool toTheRight)
{
    constexpr qreal Radius = CardMetrics::HopRadius;
    path.lineTo(hop.x() + (toTheRight ? -Radius : Radius), hop.y());
    path.arcTo(QRectF(hop.x() - Radius, hop.y() - Radius, 2 * Radius, 2 * Radius), toTheRight ? 180 : 0,
        toTheRight ? -180 : 180);
}

bool isOn(const QPointF &hop, const QPointF &a, const QPointF &b)
{
    constexpr qreal SameLine = 0.01;
    return std::abs(a.y() - b.y()) < SameLine && std::abs(hop.y() - a.y()) < SameLine
        && hop.x() > std::min(a.x(), b.x()) && hop.x() < std::max(a.x(), b.x());
}

void addRun(QPainterPath &path, const QPointF &a, const QPointF &b, const QList<QPointF> &hops)
{
    const bool toTheRight = a.x() < b.x();
    const qsizetype count = hops.size();
    for (qsizetype i = 0; i < count; ++i) {
        const QPointF &hop = hops.at(toTheRight ? i : count - 1 - i);
        if (isOn(hop, a, b))
            addHop(path, hop, toTheRight);
    }
    path.lineTo(b);
}

} // namespace

QPainterPath EdgePainter::roundedPath(const QList<QPointF> &points, const QList<QPointF> &hops)
{
    QPainterPath path;
    const auto line = corners(points);
    if (line.size() < 2)
        return path;
    path.moveTo(line.first());
    for (qsizetype i = 1; i + 1 < line.size(); ++i) {
        const qreal radius = cornerRadius(line[i - 1], line[i], line[i + 1]);
        addRun(path, path.currentPosition(), towards(line[i], line[i - 1], radius), hops);
        addCorner(path, line[i - 1], line[i], line[i + 1], radius);
    }
    addRun(path, path.currentPosition(), line.last(), hops);
    return path;
}

void EdgePainter::draw(
    const QList<QPointF> &points, const Style &style, const QRectF &exposed, const QList<QPointF> &hops)
{
    auto line = corners(points);
    if (line.size() < 2)
        return;
    const QPointF tip = line.last();
    const QPointF before = line[line.size() - 2];
    if (style.hasArrow)
        line.last() = towards(tip, before, std::min(ArrowLength - 1, length(tip, before)));

    if (m_grid.isVector()) {
        m_painter.setBrush(Qt::NoBrush);
        m_painter.setPen(QPen(style.colour, style.width, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin));
        m_painter.drawPath(roundedPath(QList<QPointF>(line.begin(), line.end()), hops));
        if (style.hasArrow)
            drawArrow(tip, before, style);
        return;
    }

    const qreal width = m_grid.width(style.width);
    const qreal half = width / 2;
    QVarLengthArray<qreal, 12> rows; // as they were asked for, to find the hops
    for (const QPointF &point : line)
        rows.append(point.y());
    for (QPointF &point : line)
        point = m_grid.centre(point, style.width);
    const QRectF near = exposed.adjusted(-10, -10, 10, 10);
    for (qsizetype i = 1; i < line.size(); ++i) {
        QPointF a = line[i - 1];
        QPointF b = line[i];
        // Half a pixel into the corners, whose first pixel may be half covered.
        const qreal overlap = 0.5 / m_grid.scale();
        QPointF turn = b;
        if (i >= 2)
            a = towards(a, b, cornerRadius(line[i - 2], line[i - 1], line[i]) - overlap);
        if (i + 1 < line.size()) {
            const qreal radius = cornerRadius(line[i - 1], line[i], line[i + 1]);
            turn = towards(b, line[i - 1], radius);
            b = towards(b, line[i - 1], radius - overlap);
        }
        QRectF run(QPointF(std::min(a.x(), b.x()), std::min(a.y(), b.y())),
            QPointF(std::max(a.x(), b.x()), std::max(a.y(), b.y())));
        if (run.width() < run.height())
            run.adjust(-half, 0, half, 0);
        else
            run.adjust(0, -half, 0, half);
        const bool isLevel = run.width() >= run.height();
        run = run.intersected(near);
        if (!run.isEmpty()) {
            QList<QPointF> over;
            for (const QPointF &hop : hops) {
                if (isLevel && std::abs(hop.y() - rows[i]) < 0.01 && hop.x() > run.left() - CardMetrics::HopRadius
                    && hop.x() < run.right() + CardMetrics::HopRadius)
                    over.append(QPointF(m_grid.centre(hop, style.width).x(), line[i].y()));
            }
            drawRun(run, style, width, over);
        }
        if (i + 1 < line.size() && near.contains(line[i])) {
            QPainterPath path(turn);
            addCorner(path, line[i - 1], line[i], line[i + 1], cornerRadius(line[i - 1], line[i], line[i + 1]));
            m_painter.strokePath(path, QPen(style.colour, width, Qt::SolidLine, Qt::FlatCap));
        }
    }
    if (style.hasArrow && near.contains(tip)) {
        // On the line as it was drawn, not as it was asked for.
        QPointF drawnTip = tip;
        if (std::abs(tip.x() - before.x()) < std::abs(tip.y() - before.y()))
            drawnTip.setX(line.last().x());
        else
            drawnTip.setY(line.last().y());
        drawArrow(drawnTip, line[line.size() - 2], style);
    }
}

// The pieces between the hops, and the hops.
void EdgePainter::drawRun(const QRectF &run, const Style &style, qreal width, const QList<QPointF> &hops)
{
    const qreal overlap = 0.5 / m_grid.scale(); // as at corners
    qreal left = run.left();
    for (const QPointF &hop : hops) {
        const qreal end = hop.x() - CardMetrics::HopRadius;
        if (end > left)
            m_painter.fillRect(QRectF(left, run.top(), end + overlap - left, run.height()), style.colour);
        QPainterPath path(QPointF(end, hop.y()));
        addHop(path, hop, true);
        m_painter.strokePath(path, QPen(style.colour, width, Qt::SolidLine, Qt::FlatCap));
        left = hop.x() + CardMetrics::HopRadius - overlap;
    }
    if (left < run.right())
        m_painter.fillRect(QRectF(left, run.top(), run.right() - left, run.height()), style.colour);
}

void EdgePainter::drawArrow(const QPointF &tip, const QPointF &from, const Style &style)
{
    const QPointF direction = length(tip, from) > 0 ? (tip - from) / length(tip, from) : QPointF(0, 1);
    const QPointF across(-direction.y(), direction.x());
    const qreal grow = std::max(1.0, style.width / 2.2);
    const QPointF base = tip - direction * ArrowLength * grow;
    const QPointF triangle[] {tip, base + across * ArrowHalfWidth * grow, base - across * ArrowHalfWidth * grow};
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(style.colour);
    m_painter.drawPolygon(triangle, 3);
}

void EdgePainter::drawDashedFrame(const QRectF &frame, qreal radius, const QColor &colour, const QRectF &exposed)
{
    const qreal width = m_grid.width(1);
    const qreal dash = 4 * width;
    const qreal step = 7 * width;
    const QRectF box = m_grid.fill(frame);
    const QRectF near = exposed.adjusted(-radius, -radius, radius, radius);
    const qreal round = std::min({radius, box.width() / 2, box.height() / 2});
    QList<QRectF> dashes;
    // Dashes stand at the same places of the frame whatever part of it is exposed.
    const auto first
        = [&](qreal start, qreal from) { return start + std::max(0.0, std::floor((from - start) / step)) * step; };
    for (const qreal y : {box.top(), box.bottom() - width}) {
        if (y < near.top() || y > near.bottom())
            continue;
        const qreal start = box.left() + round;
        const qreal end = std::min(box.right() - round, near.right());
        for (qreal x = first(start, near.left()); x < end; x += step)
            dashes.append(QRectF(x, y, std::min(dash, box.right() - round - x), width));
    }
    for (const qreal x : {box.left(), box.right() - width}) {
        if (x < near.left() || x > near.right())
            continue;
        const qreal start = box.top() + round;
        const qreal end = std::min(box.bottom() - round, near.bottom());
        for (qreal y = first(start, near.top()); y < end; y += step)
            dashes.append(QRectF(x, y, width, std::min(dash, box.bottom() - round - y)));
    }
    for (const QRectF &piece : dashes)
        m_painter.fillRect(m_grid.fill(piece), colour);
    const qreal half = width / 2;
    const QRectF line = box.adjusted(half, half, -half, -half);
    const qreal size = 2 * (round - half);
    const std::pair<QPointF, int> arcs[] {{line.topLeft(), 90}, {{line.right() - size, line.top()}, 0},
        {{line.left(), line.bottom() - size}, 180}, {{line.right() - size, line.bottom() - size}, 270}};
    m_painter.setBrush(Qt::NoBrush);
    for (const auto &[corner, angle] : arcs) {
        const QRectF circle(corner, QSizeF(size, size));
        if (!circle.intersects(near) || size <= 0)
            continue;
        QPainterPath path;
        path.arcMoveTo(circle, angle);
        path.arcTo(circle, angle, 90);
        m_painter.strokePath(path, QPen(colour, width, Qt::SolidLine, Qt::FlatCap));
    }
}

void EdgePainter::drawDashed(const QList<QPointF> &points, const Style &style)
{
    QPen pen(style.colour, style.width, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin);
    pen.setDashPattern({3, 2.2});
    m_painter.setPen(pen);
    m_painter.setBrush(Qt::NoBrush);
    m_painter.drawPath(roundedPath(points));
}

} // namespace automation
