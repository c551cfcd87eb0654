#include "designer/layout/layoutbefore.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace automation {

namespace {

constexpr qreal tolerance = 1; // pixels

QRectF transposed(const QRectF &rect)
{
    return {rect.y(), rect.x(), rect.height(), rect.width()};
}

} // namespace

LayoutBefore transposed(const LayoutBefore &before)
{
    LayoutBefore result = before;
    for (std::optional<QRectF> &node : result.nodes) {
        if (node)
            node = transposed(*node);
    }
    for (LayoutRoute &route : result.routes) {
        for (QPointF &point : route.points)
            point = point.transposed();
    }
    return result;
}

qreal widthOf(const LayoutBefore &before)
{
    qreal left = 0; // the trigger is there
    qreal right = 0;
    const auto reach = [&](qreal from, qreal to) {
        left = std::min(left, from);
        right = std::max(right, to);
    };
    for (const std::optional<QRectF> &node : before.nodes) {
        if (node)
            reach(node->left(), node->right());
    }
    for (const LayoutRoute &route : before.routes) {
        for (const QPointF &point : route.points)
            reach(point.x(), point.x());
    }
    return right - left;
}

double shareKept(const LayoutGraph &graph, const LayoutBefore &before, const LayoutResult &result)
{
    std::vector<char> moved(static_cast<size_t>(graph.nodes.size()), 0);
    for (qsizetype i = 0; i < graph.edges.size(); ++i) {
        const LayoutEdge &edge = graph.edges[i];
        const auto from = before.nodes.value(edge.from);
        const auto to = before.nodes.value(edge.to);
        if (!from || !to || before.routes.value(i).points.isEmpty() || result.routes[i].isJump())
            continue;
        const qreal was = to->center().x() - from->center().x();
        const qreal is = result.nodes[edge.to].center().x() - result.nodes[edge.from].center().x();
        if (std::abs(was - is) > tolerance)
            moved[static_cast<size_t>(edge.from)] = moved[static_cast<size_t>(edge.to)] = 1;
    }
    int known = 0;
    int kept = 0;
    for (qsizetype i = 0; i < graph.nodes.size(); ++i) {
        if (!before.nodes.value(i))
            continue;
        ++known;
        kept += !moved[static_cast<size_t>(i)];
    }
    constexpr int few = 5;
    return known - kept > few ? double(kept) / known : 1;
}

} // namespace automation
