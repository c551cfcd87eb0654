#include "designer/layout/nesting.h"

#include "designer/layout/levellayout.h"
#include "designer/layout/ranking.h"
#include <algorithm>
#include <cmath>
#include <numeric>

namespace automation {

namespace {

constexpr double cardToFrame = 18; // from a container's card to its frame
constexpr double frameLaneMargin = 12;
constexpr std::pair<int, int> nothing {-1, -1};

size_t at(int index)
{
    return static_cast<size_t>(index);
}

// Where its longest run down stood.
double longestRun(const QList<QPointF> &points)
{
    double longest = -1;
    double place = noPlace;
    for (qsizetype i = 1; i < points.size(); ++i) {
        const QPointF &a = points[i - 1];
        const QPointF &b = points[i];
        if (a.x() == b.x() && std::abs(b.y() - a.y()) > longest) {
            longest = std::abs(b.y() - a.y());
            place = a.x();
        }
    }
    return place;
}

} // namespace

Nesting::Nesting(const LayoutGraph &graph, const std::vector<int> &depths, const LayoutOptions &options,
    const LayoutBefore *before, const LayoutResult *fresh, Keeping keeping)
    : m_graph(graph)
    , m_options(options)
    , m_before(before)
    , m_fresh(fresh)
    , m_keeping(keeping)
    , m_levelOf(at(static_cast<int>(graph.nodes.size())), 0)
    , m_itemOf(m_levelOf.size(), -1)
    , m_frameOf(m_levelOf.size(), -1)
{
    buildLevels(depths);
    findEnteredAtCard();
    buildEdges();
    const std::vector<LineLength> lengths = measureLines();
    m_isBack.reserve(lengths.size());
    for (const LineLength &length : lengths)
        m_isBack.push_back(length.isBack);
    m_jumps = std::make_unique<Jumps>(graph, options, lengths);
    if (!m_jumps->isEmpty())
        takeJumpsOut();
}

// In levels of the drawing with all connections.
std::vector<LineLength> Nesting::measureLines() const
{
    std::vector<Ranking> rankings;
    for (const Level &level : m_levels)
        rankings.push_back(rankItems(static_cast<int>(level.items.size()), level.edges, level.rootItem));
    std::vector<LineLength> lengths(m_firstPiece.size() - 1);
    for (size_t i = 0; i < lengths.size(); ++i) {
        for (const auto &[level, index] : piecesOf(static_cast<int>(i))) {
            const FlowEdge &edge = m_levels[at(level)].edges[at(index)];
            const Ranking &ranking = rankings[at(level)];
            const int first = edge.from < 0 ? -1 : ranking.rank[at(edge.from)];
            const int last = edge.to < 0 ? ranking.rankCount : ranking.rank[at(edge.to)];
            lengths[i].levels += std::abs(last - first);
            lengths[i].isBack |= static_cast<bool>(ranking.isBack[at(index)]);
        }
    }
    return lengths;
}

// Lays out the rest without them, with room for their pills.
void Nesting::takeJumpsOut()
{
    for (Level &level : m_levels) {
        const auto last = std::find_if(level.edges.begin(), level.edges.end(), [](auto &edge) { return !edge.hidden; });
        level.edges.erase(last, level.edges.end());
        level.entry = nothing;
        level.sources.resize(level.edges.size());
        level.targets.resize(level.edges.size());
    }
    buildEdges();
    for (int i = 0; i < static_cast<int>(m_levelOf.size()); ++i) {
        FlowItem &item = m_levels[at(m_levelOf[at(i)])].items[at(m_itemOf[at(i)])];
        item.left = m_jumps->left(i);
        item.right = m_jumps->right(i);
        item.height += m_jumps->foot(i);
        item.head = m_jumps->head(i);
    }
}

FlowItem Nesting::itemOf(int node) const
{
    const LayoutNode &n = m_graph.nodes[node];
    FlowItem item {n.size.width() / 2, n.size.width() / 2, n.size.height(), n.sequence};
    if (m_before && m_before->nodes.value(node)) {
        item.before = m_before->nodes[node]->center().x();
        item.rowBefore = m_before->nodes[node]->top();
    }
    if (m_fresh)
        item.fresh = m_fresh->nodes[node].center().x();
    return item;
}

int Nesting::addLevel(Kind kind, int parent, int container)
{
    Level level;
    level.kind = kind;
    level.parent = parent;
    level.container = container;
    level.depth = parent < 0 ? 0 : m_levels[at(parent)].depth + 1;
    level.padding = kind == Kind::Frame ? m_options.framePadding : 0;
    m_levels.push_back(std::move(level));
    return static_cast<int>(m_levels.size()) - 1;
}

int Nesting::addItem(int level, const FlowItem &item)
{
    std::vector<FlowItem> &items = m_levels[at(level)].items;
    items.push_back(item);
    return static_cast<int>(items.size()) - 1;
}

void Nesting::buildLevels(const std::vector<int> &depths)
{
    const int count = static_cast<int>(m_graph.nodes.size());
    std::vector<char> isContainer(at(count), 0);
    for (const LayoutNode &node : m_graph.nodes) {
        if (node.parent >= 0)
            isContainer[at(node.parent)] = 1;
    }
    // Outer nodes first, else in their order, so that a parent's levels stand before its children need them.
    std::vector<int> order(at(count));
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&depths](int a, int b) { return depths[at(a)] < depths[at(b)]; });
    const int top = addLevel(Kind::Top, -1, -1);
    Level &all = m_levels.front();
    all.items.reserve(at(count));
    all.edges.reserve(at(static_cast<int>(m_graph.edges.size())));
    all.sources.reserve(all.edges.capacity());
    all.targets.reserve(all.edges.capacity());
    for (int i : order) {
        const LayoutNode &node = m_graph.nodes[i];
        int level = node.parent < 0 ? top : m_frameOf[at(node.parent)];
        if (isContainer[at(i)]) {
            const int box = addLevel(Kind::Container, level, i);
            const int boxItem = addItem(level, itemOf(i));
            m_levels[at(box)].itemInParent = boxItem;
            if (i == 0 && level == top)
                m_levels[at(top)].rootItem = boxItem;
            FlowItem cardItem = itemOf(i);
            cardItem.before = cardItem.rowBefore = noPlace; // alone with its frame
            const int card = addItem(box, cardItem);
            m_levels[at(box)].rootItem = card;
            const int frame = addLevel(Kind::Frame, box, i);
            m_levels[at(frame)].itemInParent = addItem(box, {});
            m_frameOf[at(i)] = frame;
            addEdge(box, {card, m_levels[at(frame)].itemInParent, 0, 0, i, -1, true}, nothing, nothing);
            m_levelOf[at(i)] = box;
            m_itemOf[at(i)] = card;
            continue;
        }
        m_levelOf[at(i)] = level;
        m_itemOf[at(i)] = addItem(level, itemOf(i));
        if (i == 0 && level == top)
            m_levels[at(top)].rootItem = m_itemOf[at(i)];
    }
}

// Where no line leads past a container's card to its children, nor from them back to it, the lines to the card join
// before it as before any other.
void Nesting::findEnteredAtCard()
{
    m_isEnteredAtCard.assign(m_levelOf.size(), 1);
    const auto isInside = [this](int node, int container) {
        while (node >= 0 && node != container)
            node = m_graph.nodes[node].parent;
        return node >= 0;
    };
    for (const LayoutEdge &edge : m_graph.edges) {
        if (m_graph.nodes[edge.from].parent >= 0 && edge.from != edge.to && isInside(edge.from, edge.to))
            m_isEnteredAtCard[at(edge.to)] = 0;
        for (int c = m_graph.nodes[edge.to].parent; c >= 0 && !isInside(edge.from, c); c = m_graph.nodes[c].parent)
            m_isEnteredAtCard[at(c)] = 0;
    }
}

std::pair<int, int> Nesting::addEdge(
    int level, const FlowEdge &edge, std::pair<int, int> source, std::pair<int, int> target)
{
    Level &l = m_levels[at(level)];
    l.edges.push_back(edge);
    l.sources.push_back(source);
    l.targets.push_back(target);
    return {level, static_cast<int>(l.edges.size()) - 1};
}

// Of all that are no jumps.
void Nesting::buildEdges()
{
    const int count = static_cast<int>(m_graph.edges.size());
    m_pieces.clear();
    m_pieces.reserve(at(count));
    m_firstPiece.clear();
    m_firstPiece.reserve(at(count) + 1);
    for (int i = 0; i < count; ++i) {
        m_firstPiece.push_back(m_pieces.size());
        if (!m_jumps || !m_jumps->isJump(i))
            buildEdge(i);
    }
    m_firstPiece.push_back(m_pieces.size());
}

std::span<const std::pair<int, int>> Nesting::piecesOf(int edge) const
{
    const size_t first = m_firstPiece[at(edge)];
    return {m_pieces.data() + first, m_firstPiece[at(edge) + 1] - first};
}

// One piece in every level the edge leaves, one in the level both ends have in common, one in every level it enters.
void Nesting::buildEdge(int index)
{
    const LayoutEdge &edge = m_graph.edges[index];
    const LayoutNode &node = m_graph.nodes[edge.from];
    const double port = edge.port >= 0 && edge.port < node.ports.size() ? node.ports[edge.port] : node.size.width() / 2;
    double fromX = port - node.size.width() / 2;
    double before = noPlace;
    const QList<QPointF> *lineBefore = nullptr;
    if (m_before && index < m_before->routes.size() && !m_before->routes[index].isJump()) {
        lineBefore = &m_before->routes[index].points;
        before = longestRun(*lineBefore);
    }
    int from = m_levelOf[at(edge.from)];
    int to = m_levelOf[at(edge.to)];
    int fromItem = m_itemOf[at(edge.from)];
    int toItem = m_itemOf[at(edge.to)];
    std::pair<int, int> source = nothing;
    std::pair<int, int> target = nothing;
    std::vector<std::pair<int, int>> entering;
    while (from != to) {
        if (m_levels[at(from)].depth >= m_levels[at(to)].depth) {
            source = addEdge(
                from, {fromItem, -1, fromX, 0, edge.from, edge.to, false, before, lineBefore}, source, nothing);
            m_pieces.push_back(source);
            fromItem = m_levels[at(from)].itemInParent;
            from = m_levels[at(from)].parent;
            fromX = 0;
        } else {
            Level &entered = m_levels[at(to)];
            const bool joins = edge.to == entered.container && m_isEnteredAtCard[at(edge.to)];
            if (joins && entered.entry != nothing)
                target = entered.entry;
            else
                target
                    = addEdge(to, {-1, toItem, 0, 0, edge.from, edge.to, false, before, lineBefore}, nothing, target);
            if (joins)
                entered.entry = target;
            entering.push_back(target);
            toItem = m_levels[at(to)].itemInParent;
            to = m_levels[at(to)].parent;
        }
    }
    m_pieces.push_back(
        addEdge(from, {fromItem, toItem, fromX, 0, edge.from, edge.to, false, before, lineBefore}, source, target));
    m_pieces.insert(m_pieces.end(), entering.rbegin(), entering.rend());
}

bool Nesting::run(const std::stop_token &stop)
{
    std::vector<int> order(m_levels.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(
        order.begin(), order.end(), [this](int a, int b) { return m_levels[at(a)].depth > m_levels[at(b)].depth; });
    for (int i : order) {
        Level &level = m_levels[at(i)];
        // Where the inner pieces of the edges reach the borders of the items is known by now.
        for (size_t e = 0; e < level.edges.size(); ++e) {
            if (level.sources[e] != nothing) {
                const Level &inner = m_levels[at(level.sources[e].first)];
                level.edges[e].fromX = inner.drawing.routes[at(level.sources[e].second)].back().x - inner.anchor;
            }
            if (level.targets[e] != nothing) {
                const Level &inner = m_levels[at(level.targets[e].first)];
                level.edges[e].toX = inner.drawing.routes[at(level.targets[e].second)].front().x - inner.anchor;
            }
        }
        FlowSpacing spacing {m_options.nodeGap, m_options.rankGap, m_options.rankGap / 2, m_keeping};
        if (level.kind == Kind::Container) {
            spacing.rankGap = std::min(cardToFrame, m_options.rankGap);
            spacing.laneMargin = std::min(frameLaneMargin, m_options.rankGap / 2);
        }
        level.drawing = layoutLevel(level.items, level.edges, level.rootItem, spacing, stop);
        if (stop.stop_requested())
            return false;
        finish(level);
        passToParent(level);
    }
    return true;
}

// Adds the padding and finds the anchor.
void Nesting::finish(Level &level)
{
    FlowDrawing &drawing = level.drawing;
    const double padding = level.padding;
    drawing.width += 2 * padding;
    drawing.height += 2 * padding;
    for (LayoutPoint &anchor : drawing.anchors)
        anchor = {anchor.x + padding, anchor.y + padding};
    double entries = 0;
    int entryCount = 0;
    for (size_t i = 0; i < drawing.routes.size(); ++i) {
        std::vector<LayoutPoint> &route = drawing.routes[i];
        if (route.empty())
            continue;
        for (LayoutPoint &point : route)
            point = {point.x + padding, point.y + padding};
        if (level.edges[i].from < 0) {
            route.front().y = 0;
            entries += route.front().x;
            ++entryCount;
        }
        if (level.edges[i].to < 0)
            route.back().y = drawing.height;
    }
    if (level.kind == Kind::Container) {
        const LayoutPoint &card = drawing.anchors[at(level.rootItem)];
        level.anchor = card.x;
        // Cards of a rank stand level, whatever pills are above them.
        level.lift = card.y == level.items[at(level.rootItem)].head ? card.y : 0;
    } else if (const double before = anchorBefore(level); std::isfinite(before)) {
        level.anchor = before;
    } else if (entryCount == 1) {
        level.anchor = entries;
    } else {
        level.anchor = level.items.size() == 1 ? drawing.anchors[0].x : drawing.width / 2;
    }
}

// Where the container's card stood above most of its children; not a number where there was no drawing before.
double Nesting::anchorBefore(const Level &level) const
{
    if (level.kind != Kind::Frame || !m_before || !m_before->nodes.value(level.container))
        return noPlace;
    std::vector<double> moves;
    for (size_t i = 0; i < level.items.size(); ++i) {
        if (std::isfinite(level.items[i].before))
            moves.push_back(std::round(level.drawing.anchors[i].x - level.items[i].before));
    }
    std::sort(moves.begin(), moves.end());
    double best = noPlace;
    long most = 0;
    for (auto first = moves.begin(); first != moves.end();) {
        const auto last = std::upper_bound(first, moves.end(), *first);
        if (last - first > most) {
            most = last - first;
            best = *first;
        }
        first = last;
    }
    return std::clamp(m_before->nodes[level.container]->center().x() + best, 0.0, level.drawing.width);
}

void Nesting::passToParent(const Level &level)
{
    if (level.parent < 0)
        return;
    FlowItem &item = m_levels[at(level.parent)].items[at(level.itemInParent)];
    item.left = level.anchor;
    item.right = level.drawing.width - level.anchor;
    item.head = level.lift;
    item.height = level.drawing.height - level.lift;
}

LayoutResult Nesting::result() const
{
    // Parents stand before their inner levels.
    std::vector<LayoutPoint> origins(m_levels.size());
    const Level &top = m_levels.front();
    LayoutResult result;
    for (size_t i = 1; i < m_levels.size(); ++i) {
        const Level &level = m_levels[i];
        const LayoutPoint anchor = m_levels[at(level.parent)].drawing.anchors[at(level.itemInParent)];
        const LayoutPoint origin = origins[at(level.parent)];
        origins[i] = {origin.x + anchor.x - level.anchor, origin.y + anchor.y - level.lift};
    }
    result.nodes.reserve(m_graph.nodes.size());
    result.frames.resize(m_graph.nodes.size());
    for (int i = 0; i < static_cast<int>(m_graph.nodes.size()); ++i) {
        const int level = m_levelOf[at(i)];
        const LayoutPoint anchor = m_levels[at(level)].drawing.anchors[at(m_itemOf[at(i)])];
        const QSizeF size = m_graph.nodes[i].size;
        result.nodes.append(
            QRectF(QPointF(origins[at(level)].x + anchor.x - size.width() / 2, origins[at(level)].y + anchor.y), size));
        if (m_frameOf[at(i)] >= 0) {
            const FlowDrawing &frame = m_levels[at(m_frameOf[at(i)])].drawing;
            const LayoutPoint origin = origins[at(m_frameOf[at(i)])];
            result.frames[i] = QRectF(origin.x, origin.y, frame.width, frame.height);
        }
    }
    result.routes.resize(m_graph.edges.size());
    std::vector<QPointF> points;
    for (int i = 0; i < static_cast<int>(m_graph.edges.size()); ++i) {
        LayoutRoute &route = result.routes[i];
        const QRectF &from = result.nodes[m_graph.edges[i].from];
        const QRectF &to = result.nodes[m_graph.edges[i].to];
        if (m_jumps->isJump(i)) {
            route = m_jumps->route(i, from, to);
            route.isBack = m_isBack[at(i)];
            continue;
        }
        points.clear();
        for (const auto &[level, edge] : piecesOf(i)) {
            const FlowDrawing &drawing = m_levels[at(level)].drawing;
            route.isBack |= static_cast<bool>(drawing.isBack[at(edge)]);
            for (const LayoutPoint &point : drawing.routes[at(edge)]) {
                const QPointF next(origins[at(level)].x + point.x, origins[at(level)].y + point.y);
                const size_t count = points.size();
                if (count > 0 && points.back() == next)
                    continue;
                // A point on the way of a straight line is none.
                if (count > 1
                    && ((points[count - 2].x() == next.x() && points[count - 1].x() == next.x())
                        || (points[count - 2].y() == next.y() && points[count - 1].y() == next.y())))
                    points.pop_back();
                points.push_back(next);
            }
        }
        // Past the pills beside.
        points.front().setY(from.bottom());
        points.back().setY(to.top());
        route.points = QList<QPointF>(points.begin(), points.end());
    }
    result.bounds = QRectF(0, 0, top.drawing.width, top.drawing.height);
    return result;
}

} // namespace automation
