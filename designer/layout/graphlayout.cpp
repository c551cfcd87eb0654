#include "designer/layout/graphlayout.h"

#include "designer/layout/layoutbefore.h"
#include "designer/layout/nesting.h"
#include "designer/layout/pinning.h"
#include <algorithm>
#include <cmath>
#include <tuple>
#include <vector>

namespace automation {

namespace {

constexpr qreal farthestPlace = 1e7; // cards fixed farther out are laid out as usual
constexpr int deepestNesting = 60; // containers deeper than this are drawn beside their parent, not inside
constexpr qreal largestLength = 100000;
constexpr double enoughKept = 0.95; // of the cards, for the drawing that minds none before
constexpr double mostWidth = 2; // of a drawing edited many times, in widths of one made from the graph alone
constexpr double leastKept = 0.92; // for the one that minds its distances, not its order

size_t at(qsizetype index)
{
    return static_cast<size_t>(index);
}

qreal saneLength(qreal length, qreal fallback)
{
    return std::isfinite(length) ? std::clamp<qreal>(length, 0, largestLength) : fallback;
}

bool saneCoordinate(qreal coordinate)
{
    return std::abs(coordinate) <= farthestPlace; // false for what is no number
}

QSizeF transposedIf(bool leftToRight, QSizeF size)
{
    return leftToRight ? size.transposed() : size;
}
QPointF transposed(QPointF point)
{
    return {point.y(), point.x()};
}
QRectF transposed(const QRectF &rect)
{
    return {rect.y(), rect.x(), rect.height(), rect.width()};
}

void transpose(LayoutRoute &route)
{
    for (QPointF &point : route.points)
        point = transposed(point);
    if (route.isJump()) {
        route.sourcePill = transposed(route.sourcePill);
        route.targetPill = transposed(route.targetPill);
    }
}

// A copy of the graph in which every index is in range, no container contains itself and every length is finite.
class CleanGraph
{
public:
    CleanGraph(const LayoutGraph &graph, bool leftToRight)
    {
        m_graph.nodes.reserve(graph.nodes.size());
        for (LayoutNode node : graph.nodes) {
            node.size = transposedIf(leftToRight, node.size);
            node.size = {saneLength(node.size.width(), 0), saneLength(node.size.height(), 0)};
            node.pillWidth = saneLength(node.pillWidth, LayoutNode().pillWidth);
            const double width = node.size.width();
            const auto isOnCard = [width](qreal port) { return port >= 0 && port <= width; };
            if (!std::all_of(node.ports.cbegin(), node.ports.cend(), isOnCard)) {
                for (qreal &port : node.ports)
                    port = std::isfinite(port) ? std::clamp<qreal>(port, 0, width) : width / 2;
            }
            if (node.parent < 0 || node.parent >= graph.nodes.size())
                node.parent = -1;
            if (node.fixed && (!saneCoordinate(node.fixed->x()) || !saneCoordinate(node.fixed->y())))
                node.fixed.reset();
            if (node.fixed && leftToRight)
                node.fixed = transposed(*node.fixed);
            m_hasFixed |= node.fixed.has_value();
            m_graph.nodes.append(std::move(node));
        }
        cleanParents();
        cleanEdges(graph);
    }

    const LayoutGraph &graph() const { return m_graph; }
    const std::vector<int> &depths() const { return m_depths; }
    bool hasFixed() const { return m_hasFixed; }
    // The drawing before, numbered as this graph.
    LayoutBefore known(const LayoutBefore &before, bool leftToRight) const
    {
        LayoutBefore result;
        result.nodes.resize(m_graph.nodes.size());
        for (qsizetype i = 0; i < std::min(m_graph.nodes.size(), before.nodes.size()); ++i) {
            const std::optional<QRectF> &node = before.nodes[i];
            if (node && saneCoordinate(node->center().x()) && saneCoordinate(node->center().y()))
                result.nodes[i] = node;
        }
        result.routes.resize(m_graph.edges.size());
        for (qsizetype i = 0; i < std::min(qsizetype(m_indexOf.size()), before.routes.size()); ++i) {
            if (m_indexOf[at(i)] >= 0)
                result.routes[m_indexOf[at(i)]] = before.routes[i];
        }
        return leftToRight ? transposed(result) : result;
    }
    // Of every edge there was at first; empty for those not drawn.
    QList<LayoutRoute> allRoutes(const QList<LayoutRoute> &routes) const
    {
        if (routes.size() == static_cast<qsizetype>(m_indexOf.size()))
            return routes; // each is drawn
        QList<LayoutRoute> result;
        result.reserve(static_cast<qsizetype>(m_indexOf.size()));
        for (int index : m_indexOf)
            result.append(index < 0 ? LayoutRoute() : routes[index]);
        return result;
    }

private:
    void cleanParents()
    {
        const qsizetype count = m_graph.nodes.size();
        m_depths.assign(at(count), -1);
        std::vector<int> way;
        std::vector<char> onWay(at(count), 0);
        for (int i = 0; i < count; ++i) {
            way.clear();
            int node = i;
            while (node >= 0 && m_depths[at(node)] < 0 && !onWay[at(node)]) {
                onWay[at(node)] = 1;
                way.push_back(node);
                node = m_graph.nodes[node].parent;
            }
            if (node >= 0 && m_depths[at(node)] < 0)
                m_graph.nodes[way.back()].parent = -1; // contains itself
            for (auto n = way.rbegin(); n != way.rend(); ++n) {
                int &parent = m_graph.nodes[*n].parent;
                if (parent >= 0 && m_depths[at(parent)] >= deepestNesting)
                    parent = m_graph.nodes[parent].parent;
                m_depths[at(*n)] = parent < 0 ? 0 : m_depths[at(parent)] + 1;
                onWay[at(*n)] = 0;
            }
        }
    }

    // Edges that say the same share one line.
    void cleanEdges(const LayoutGraph &graph)
    {
        std::vector<std::tuple<int, int, int, int>> sorted; // from, port, to, index
        const qsizetype count = m_graph.nodes.size();
        sorted.reserve(at(graph.edges.size()));
        m_graph.edges.reserve(graph.edges.size());
        m_indexOf.assign(at(graph.edges.size()), -1);
        for (int i = 0; i < graph.edges.size(); ++i) {
            const LayoutEdge &edge = graph.edges[i];
            if (edge.from >= 0 && edge.from < count && edge.to >= 0 && edge.to < count)
                sorted.emplace_back(edge.from, edge.port, edge.to, i);
        }
        if (!std::is_sorted(sorted.begin(), sorted.end()))
            std::sort(sorted.begin(), sorted.end());
        std::vector<int> first(at(graph.edges.size()), -1);
        for (size_t i = 0; i < sorted.size(); ++i) {
            const auto &[from, port, to, index] = sorted[i];
            const bool isSame = i > 0
                && std::tie(from, port, to)
                    == std::tie(std::get<0>(sorted[i - 1]), std::get<1>(sorted[i - 1]), std::get<2>(sorted[i - 1]));
            first[at(index)] = isSame ? first[at(std::get<3>(sorted[i - 1]))] : index;
        }
        for (int i = 0; i < graph.edges.size(); ++i) {
            if (first[at(i)] == i) {
                m_indexOf[at(i)] = static_cast<int>(m_graph.edges.size());
                m_graph.edges.append(graph.edges[i]);
            } else if (first[at(i)] >= 0) {
                m_indexOf[at(i)] = m_indexOf[at(first[at(i)])];
            }
        }
    }

    LayoutGraph m_graph;
    std::vector<int> m_depths;
    bool m_hasFixed = false;
    std::vector<int> m_indexOf;
};

} // namespace

LayoutResult layoutGraph(
    const LayoutGraph &graph, const LayoutOptions &options, std::stop_token stop, const LayoutBefore *before)
{
    LayoutResult result;
    if (graph.nodes.isEmpty() || stop.stop_requested())
        return result;
    const bool leftToRight = options.direction == LayoutOptions::Direction::LeftToRight;
    const LayoutOptions fallback;
    LayoutOptions sane = options;
    sane.nodeGap = saneLength(options.nodeGap, fallback.nodeGap);
    sane.rankGap = saneLength(options.rankGap, fallback.rankGap);
    sane.framePadding = saneLength(options.framePadding, fallback.framePadding);
    sane.pillHeight = saneLength(options.pillHeight, fallback.pillHeight);
    sane.countPillWidth = saneLength(options.countPillWidth, fallback.countPillWidth);

    const CleanGraph clean(graph, leftToRight);
    auto nesting = std::make_unique<Nesting>(clean.graph(), clean.depths(), sane);
    if (!nesting->run(stop))
        return result;
    result = nesting->result();
    if (before) {
        const LayoutBefore known = clean.known(*before, leftToRight);
        double share = shareKept(clean.graph(), known, result);
        const LayoutResult fresh = share < enoughKept ? result : LayoutResult();
        const double limit = mostWidth * fresh.bounds.width();
        const bool isTooWide = widthOf(known) > limit; // by earlier edits: then it is made anew
        struct Attempt
        {
            Keeping keeping;
            bool goesBack; // bit by bit to the fresh drawing
        };
        for (const auto &[keeping, goesBack] : {Attempt {Keeping::Distances, true}, {Keeping::Distances, false},
                 {Keeping::Order, false}, {Keeping::Rows, false}}) {
            if (share >= (goesBack ? enoughKept : leastKept) && (goesBack || result.bounds.width() <= limit))
                break;
            auto other = std::make_unique<Nesting>(
                clean.graph(), clean.depths(), sane, &known, goesBack ? &fresh : nullptr, keeping);
            if (!other->run(stop))
                return {};
            const LayoutResult drawing = other->result();
            const double kept = shareKept(clean.graph(), known, drawing);
            const bool isBetter
                = kept > share || (!goesBack && kept >= leastKept && drawing.bounds.width() < result.bounds.width());
            if (isBetter && (!isTooWide || drawing.bounds.width() <= limit)) {
                share = kept;
                result = drawing;
                nesting = std::move(other);
            }
        }
    }

    // The trigger stays where it is while the rest grows.
    const QPointF origin(result.nodes.first().center().x(), result.nodes.first().top());
    for (QRectF &node : result.nodes)
        node.translate(-origin);
    for (QRectF &frame : result.frames) {
        if (!frame.isNull())
            frame.translate(-origin);
    }
    for (LayoutRoute &route : result.routes) {
        for (QPointF &point : route.points)
            point -= origin;
        if (route.isJump()) {
            route.sourcePill.translate(-origin);
            route.targetPill.translate(-origin);
        }
    }
    result.bounds.translate(-origin);

    if (clean.hasFixed()) {
        result.freeNodes = result.nodes;
        result.freeRoutes = clean.allRoutes(result.routes);
        applyFixedPlaces(result, clean.graph(), clean.depths(), sane, nesting->jumps(), stop);
        if (stop.stop_requested())
            return {};
    }

    result.routes = clean.allRoutes(result.routes);
    if (leftToRight) {
        for (QList<QRectF> *rects : {&result.nodes, &result.frames, &result.freeNodes}) {
            for (QRectF &rect : *rects)
                rect = transposed(rect);
        }
        for (QList<LayoutRoute> *routes : {&result.routes, &result.freeRoutes}) {
            for (LayoutRoute &route : *routes)
                transpose(route);
        }
        result.bounds = transposed(result.bounds);
    }
    return result;
}

} // namespace automation
