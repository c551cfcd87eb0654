#include "designer/drawing/manualplacement.h"

#include <algorithm>

namespace automation {

QList<QPointF> freeRoute(const QPointF &from, const QRectF &fromCard, const QPointF &to, const QRectF &toCard)
{
    constexpr qreal Stub = 18; // out of a card before the first corner
    constexpr qreal Beside = 24; // off the side of a card
    if (to.y() - from.y() >= 2 * Stub) {
        if (std::abs(to.x() - from.x()) < 1)
            return {from, {from.x(), to.y()}};
        const qreal middle = (from.y() + to.y()) / 2;
        return {from, {from.x(), middle}, {to.x(), middle}, to};
    }
    // Upwards: between the cards where there is room, else round the outside of both.
    const bool leftOf = fromCard.right() + 2 * Stub <= toCard.left();
    const bool rightOf = toCard.right() + 2 * Stub <= fromCard.left();
    qreal side = std::max(fromCard.right(), toCard.right()) + Beside;
    if (leftOf)
        side = (fromCard.right() + toCard.left()) / 2;
    else if (rightOf)
        side = (toCard.right() + fromCard.left()) / 2;
    const qreal below = std::max(from.y(), fromCard.bottom()) + Stub;
    const qreal above = std::min(to.y(), toCard.top()) - Stub;
    return {from, {from.x(), below}, {side, below}, {side, above}, {to.x(), above}, to};
}

std::shared_ptr<const GraphScene> withPositions(std::shared_ptr<const GraphScene> scene, const DefinitionGraph &graph,
    const QHash<QString, QPointF> &positions, qreal framePadding)
{
    const qsizetype count = scene->nodes().size();
    if (positions.isEmpty() || count != graph.nodes().size() || scene->edges().size() != graph.connections().size())
        return scene;
    QList<QPointF> moves(count);
    bool any = false;
    for (qsizetype i = 0; i < count; ++i) {
        const SceneNode &node = scene->nodes().at(i);
        const auto position = positions.constFind(node.key);
        if (position != positions.cend())
            moves[i] = *position - node.box.topLeft();
        else if (node.parent >= 0 && node.parent < i)
            moves[i] = moves.at(node.parent);
        any = any || !moves.at(i).isNull();
    }
    if (!any)
        return scene;

    LayoutResult result;
    QList<CardContent> cards;
    QList<bool> isLoose(count); // something in its frame moved otherwise
    for (qsizetype i = 0; i < count; ++i) {
        const SceneNode &node = scene->nodes().at(i);
        cards.append(node.card);
        result.nodes.append(node.box.translated(moves.at(i)));
        result.frames.append(node.frame.isNull() ? QRectF() : node.frame.translated(moves.at(i)));
        for (int inner = int(i), outer = node.parent; outer >= 0 && outer < inner;
             inner = outer, outer = scene->nodes().at(outer).parent) {
            if (moves.at(i) != moves.at(outer))
                isLoose[outer] = true;
        }
    }
    // The innermost first, so that an outer frame holds the inner ones.
    QList<QRectF> contents(count);
    for (qsizetype i = count - 1; i >= 0; --i) {
        if (isLoose.at(i) && !contents.at(i).isNull())
            result.frames[i] = contents.at(i).adjusted(-framePadding, -framePadding, framePadding, framePadding);
        const int parent = scene->nodes().at(i).parent;
        if (parent >= 0 && parent < i)
            contents[parent] |= result.nodes.at(i) | result.frames.at(i);
    }
    for (const SceneEdge &edge : scene->edges()) {
        LayoutRoute route {edge.points, edge.isBack};
        const QPointF from = moves.at(edge.from);
        const QPointF to = moves.at(edge.to);
        if (from == to) {
            for (QPointF &point : route.points)
                point += from;
        } else if (!route.points.isEmpty()) {
            route.points = freeRoute(route.points.first() + from, result.nodes.at(edge.from), route.points.last() + to,
                result.nodes.at(edge.to));
        }
        result.routes.append(route);
    }
    return GraphScene::fromLayout(graph, cards, result);
}

} // namespace automation
