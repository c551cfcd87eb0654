#include "tests/layout/layoutedits.h"

#include "tests/layout/workflowgenerator.h"
#include <algorithm>
#include <map>
#include <tuple>
#include <vector>

namespace automation {

namespace {

constexpr qreal tolerance = 1; // pixels

using EdgeKey = std::tuple<int, int, int>;

EdgeKey keyOf(const LayoutEdge &edge)
{
    return {edge.from, edge.port, edge.to};
}

std::map<EdgeKey, qsizetype> edgesByKey(const LayoutGraph &graph)
{
    std::map<EdgeKey, qsizetype> result;
    for (qsizetype i = 0; i < graph.edges.size(); ++i)
        result.emplace(keyOf(graph.edges[i]), i);
    return result;
}

int addCardLike(LayoutGraph &graph, int node)
{
    LayoutNode card = WorkflowGenerator::card(1);
    card.parent = graph.nodes[node].parent;
    card.sequence = graph.nodes[node].sequence;
    graph.nodes.append(card);
    return static_cast<int>(graph.nodes.size()) - 1;
}

void insertEdge(LayoutGraph &graph, const LayoutEdge &edge)
{
    const auto place = std::find_if(graph.edges.begin(), graph.edges.end(),
        [&edge](const LayoutEdge &e) { return std::pair(e.from, e.port) > std::pair(edge.from, edge.port); });
    graph.edges.insert(place, edge);
}

QRectF turned(const QRectF &rect)
{
    return rect.isNull() ? QRectF() : QRectF(rect.y(), rect.x(), rect.height(), rect.width());
}

} // namespace

LayoutGraph withStepOn(const LayoutGraph &graph, qsizetype edge)
{
    LayoutGraph changed = graph;
    const int added = addCardLike(changed, graph.edges[edge].to);
    changed.edges.append({added, 0, graph.edges[edge].to});
    changed.edges[edge].to = added;
    return changed;
}

LayoutGraph withOutcome(const LayoutGraph &graph, int node)
{
    LayoutGraph changed = graph;
    const int port = static_cast<int>(graph.nodes[node].ports.size());
    const LayoutNode wider = WorkflowGenerator::card(port + 1);
    changed.nodes[node].ports = wider.ports;
    changed.nodes[node].size.setWidth(wider.size.width());
    return withStepAfter(changed, node, port);
}

LayoutGraph withStepAfter(const LayoutGraph &graph, int node, int port)
{
    LayoutGraph changed = graph;
    const int added = addCardLike(changed, node);
    insertEdge(changed, {node, port, added});
    return changed;
}

LayoutGraph withoutStep(const LayoutGraph &graph, int node)
{
    LayoutGraph changed = graph;
    int target = -1;
    for (const LayoutEdge &edge : graph.edges) {
        if (edge.from == node && edge.to != node)
            target = edge.to;
    }
    changed.edges.removeIf(
        [=](const LayoutEdge &edge) { return edge.from == node || (edge.to == node && target < 0); });
    for (LayoutEdge &edge : changed.edges) {
        if (edge.to == node)
            edge.to = target;
    }
    return changed;
}

int openPort(const LayoutGraph &graph, int node)
{
    std::vector<char> isUsed(static_cast<size_t>(graph.nodes[node].ports.size()), 0);
    for (const LayoutEdge &edge : graph.edges) {
        if (edge.from == node && edge.port >= 0 && edge.port < graph.nodes[node].ports.size())
            isUsed[static_cast<size_t>(edge.port)] = 1;
    }
    const auto open = std::find(isUsed.begin(), isUsed.end(), 0);
    return open == isUsed.end() ? -1 : static_cast<int>(open - isUsed.begin());
}

LayoutBefore asBefore(const LayoutGraph &graph, const LayoutResult &drawing, const LayoutGraph &changed)
{
    const std::map<EdgeKey, qsizetype> known = edgesByKey(graph);
    const QList<QRectF> &nodes = drawing.freeNodes.isEmpty() ? drawing.nodes : drawing.freeNodes;
    const QList<LayoutRoute> &routes = drawing.freeNodes.isEmpty() ? drawing.routes : drawing.freeRoutes;
    LayoutBefore before;
    for (qsizetype i = 0; i < changed.nodes.size(); ++i)
        before.nodes.append(i < graph.nodes.size() ? std::optional(nodes[i]) : std::nullopt);
    for (const LayoutEdge &edge : changed.edges) {
        const auto same = known.find(keyOf(edge));
        before.routes.append(same == known.end() ? LayoutRoute() : routes[same->second]);
    }
    return before;
}

double keptShare(const LayoutGraph &graph, const LayoutResult &before, const LayoutGraph &changed,
    const LayoutResult &after, const QSet<int> &touched)
{
    const std::map<EdgeKey, qsizetype> known = edgesByKey(graph);
    std::vector<char> kept(static_cast<size_t>(graph.nodes.size()), 1);
    for (qsizetype i = 0; i < changed.edges.size(); ++i) {
        const LayoutEdge &edge = changed.edges[i];
        if (!known.contains(keyOf(edge)) || touched.contains(edge.from) || touched.contains(edge.to)
            || after.routes[i].isJump())
            continue;
        const qreal was = before.nodes[edge.to].center().x() - before.nodes[edge.from].center().x();
        const qreal is = after.nodes[edge.to].center().x() - after.nodes[edge.from].center().x();
        if (std::abs(was - is) > tolerance) {
            kept[static_cast<size_t>(edge.from)] = 0;
            kept[static_cast<size_t>(edge.to)] = 0;
        }
    }
    int count = 0;
    int all = 0;
    for (int i = 0; i < graph.nodes.size(); ++i) {
        if (touched.contains(i))
            continue;
        ++all;
        count += kept[static_cast<size_t>(i)];
    }
    return all > 0 ? double(count) / all : 1;
}

LayoutGraph turned(const LayoutGraph &graph)
{
    LayoutGraph result = graph;
    for (LayoutNode &node : result.nodes) {
        node.size.transpose();
        if (node.fixed)
            node.fixed = node.fixed->transposed();
    }
    return result;
}

LayoutResult turned(const LayoutResult &layout)
{
    LayoutResult result = layout;
    for (QRectF &node : result.nodes)
        node = turned(node);
    for (QRectF &frame : result.frames)
        frame = turned(frame);
    for (LayoutRoute &route : result.routes) {
        for (QPointF &point : route.points)
            point = point.transposed();
        route.sourcePill = turned(route.sourcePill);
        route.targetPill = turned(route.targetPill);
    }
    result.bounds = turned(result.bounds);
    return result;
}

} // namespace automation
