// What GraphView highlights and repaints.

#include "designer/canvas/graphview.h"

namespace automation {

void GraphView::changeState(const std::function<void(SceneState &)> &change)
{
    change(m_state);
    viewport()->update();
}

void GraphView::repaintNode(int node)
{
    if (node < 0 || node >= m_scene->nodes().size())
        return;
    // With its badges, ports and the "+" beyond it.
    QRectF place = m_scene->nodes().at(node).box.adjusted(-14, -14, 14, 14);
    place |= place.translated(m_scene->nodes().at(node).card.way(CardMetrics::OpenStub));
    viewport()->update(m_transform.toView(place).toAlignedRect());
}

// Nodes of one set and not of the other.
void GraphView::repaintChanged(const QSet<int> &before, const QSet<int> &now)
{
    constexpr qsizetype few = 40; // beyond that one full frame is cheaper
    QList<int> changed;
    const auto collect = [&changed](const QSet<int> &nodes, const QSet<int> &others) {
        for (auto node = nodes.cbegin(); node != nodes.cend() && changed.size() <= few; ++node) {
            if (!others.contains(*node))
                changed.append(*node);
        }
    };
    collect(before, now);
    collect(now, before);
    if (changed.size() > few) {
        viewport()->update();
        return;
    }
    for (int node : std::as_const(changed))
        repaintNode(node);
}

// What a connection covers in the view, with arrow heads, pens and pills: a rectangle a run, because all round it would
// be most of the screen. points: where its line runs.
QRegion GraphView::regionOf(int edge, const QList<QPointF> &points) const
{
    constexpr qreal Room = 12;
    const SceneEdge &line = m_scene->edges().at(edge);
    QRegion region;
    const QRectF shown = m_transform.toScene(QRectF(viewport()->rect()));
    const auto add = [&](const QRectF &part) {
        const QRectF place = part.adjusted(-Room, -Room, Room, Room);
        if (place.intersects(shown))
            region += m_transform.toView(place.intersected(shown)).toAlignedRect();
    };
    for (qsizetype i = 1; i < points.size(); ++i) {
        if (line.isDrawn(i))
            add(QRectF(points.at(i - 1), points.at(i)).normalized());
    }
    if (line.isJump() && points.size() == line.points.size()) {
        add(line.sourcePill.translated(points.first() - line.points.first()));
        add(line.targetPill.translated(points.last() - line.points.last()));
        add(QRectF(line.addButton, QSizeF()));
    }
    return region;
}

void GraphView::repaintEdge(int edge)
{
    if (edge < 0 || edge >= m_scene->edges().size())
        return;
    viewport()->update(regionOf(edge, m_scene->edges().at(edge).points));
}

void GraphView::setHover(const SceneHit &hit)
{
    if (hit == m_state.hover)
        return;
    const SceneHit before = std::exchange(m_state.hover, hit);
    for (int node : {before.node, hit.node})
        repaintNode(node);
    for (int edge : {before.edge, hit.edge})
        repaintEdge(edge);
    if (before.node != hit.node)
        updateLitEdges();
    updateCursor();
}

void GraphView::updateLitEdges()
{
    QBitArray lit;
    if (!m_state.showsRun) {
        int node = m_state.hover.node;
        if (node < 0 && m_state.selectedNodes.size() == 1)
            node = *m_state.selectedNodes.cbegin();
        if (node >= 0)
            lit = m_scene->pathEdges(node);
    }
    const QBitArray changed = std::exchange(m_state.litEdges, lit) ^ lit;
    if (changed.count(true) == 0)
        return;
    QRegion region;
    for (int edge : m_scene->edgesIn(m_transform.toScene(QRectF(viewport()->rect())))) {
        if (edge < changed.size() && changed.testBit(edge))
            region += regionOf(edge, m_scene->edges().at(edge).points);
    }
    viewport()->update(region);
}

// What the displaced cards and their lines cover, in the view. Null when that is so much that all is repainted.
QRegion GraphView::displacedRegion() const
{
    constexpr qreal Room = 18;
    QRegion region;
    for (auto offset = m_state.offsets.cbegin(); offset != m_state.offsets.cend(); ++offset) {
        if (offset.key() >= m_scene->nodes().size())
            continue;
        const SceneNode &node = m_scene->nodes().at(offset.key());
        QRectF place = (node.box | node.frame).translated(offset.value()).adjusted(-Room, -Room, Room, Room);
        place |= place.translated(node.card.way(CardMetrics::OpenStub));
        region += m_transform.toView(place).toAlignedRect();
        for (const std::span<const int> edges : {m_scene->edgesFrom(offset.key()), m_scene->edgesTo(offset.key())}) {
            for (int edge : edges) {
                region += regionOf(edge, m_painter.displacedPoints(m_scene->edges().at(edge), m_state));
            }
        }
    }
    return region;
}

void GraphView::displace(const QSet<int> &nodes, const QPointF &offset)
{
    QHash<int, QPointF> offsets;
    for (int node : nodes)
        offsets.insert(node, offset);
    displace(offsets);
}

void GraphView::displace(const QHash<int, QPointF> &offsets)
{
    constexpr qsizetype Few = 40; // beyond that one full frame is cheaper
    if (offsets.size() > Few || m_state.offsets.size() > Few) {
        m_state.offsets = offsets;
        viewport()->update();
        return;
    }
    // Cards that are displaced for the first time leave a hole where they were.
    for (auto offset = offsets.cbegin(); offset != offsets.cend(); ++offset) {
        if (!m_state.offsets.contains(offset.key()))
            m_state.offsets.insert(offset.key(), {});
    }
    QRegion region = displacedRegion();
    QHash<int, QPointF> next = offsets;
    for (auto offset = m_state.offsets.cbegin(); offset != m_state.offsets.cend(); ++offset) {
        if (!next.contains(offset.key()))
            next.insert(offset.key(), {});
    }
    m_state.offsets = next;
    region += displacedRegion();
    m_state.offsets = offsets;
    viewport()->update(region);
}

void GraphView::repaintGuides(const QList<QLineF> &guides)
{
    for (const QList<QLineF> &lines : {std::exchange(m_guides, guides), guides}) {
        for (const QLineF &line : lines) {
            const QRectF place = QRectF(line.p1(), line.p2()).normalized();
            viewport()->update(m_transform.toView(place).adjusted(-2, -2, 2, 2).toAlignedRect());
        }
    }
}

} // namespace automation
