#include "designer/canvas/sceneplaces.h"

#include <algorithm>
#include <cmath>

namespace automation {

namespace {

QPointF towards(const QPointF &from, const QPointF &to, qreal distance)
{
    const QPointF way = to - from;
    const qreal length = std::hypot(way.x(), way.y());
    return length > 0 ? from + way * std::min(1.0, distance / length) : from;
}

} // namespace

int outcomeIndex(const GraphScene &scene, int node, const QString &outcomeKey)
{
    if (node < 0)
        return -1;
    const QList<OutcomeCell> &cells = scene.nodes().at(node).card.outcomes;
    for (qsizetype i = 0; i < cells.size(); ++i) {
        if (cells.at(i).key == outcomeKey)
            return int(i);
    }
    return -1;
}

int edgeOfOutcome(const GraphScene &scene, const QString &fromKey, const QString &outcomeKey)
{
    const int node = scene.indexOfKey(fromKey);
    const int outcome = outcomeIndex(scene, node, outcomeKey);
    return outcome < 0 ? -1 : scene.edgeOf(node, outcome);
}

QPointF startGrip(const SceneEdge &edge)
{
    constexpr qreal OffPort = CardMetrics::PortRadius + 6;
    return edge.points.size() < 2 ? QPointF() : towards(edge.points.at(0), edge.points.at(1), OffPort);
}

QPointF endGrip(const SceneEdge &edge)
{
    constexpr qreal OffArrow = 6;
    const qsizetype count = edge.points.size();
    return count < 2 ? QPointF() : towards(edge.points.at(count - 1), edge.points.at(count - 2), OffArrow);
}

} // namespace automation
