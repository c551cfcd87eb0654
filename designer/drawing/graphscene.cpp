#include "designer/drawing/graphscene.h"

#include "designer/drawing/linehops.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <QSet>
#include <QVarLengthArray>
#include <vector>

namespace automation {

namespace {

bool sameInput(const LayoutGraph &a, const LayoutGraph &b)
{
    return std::equal(a.nodes.begin(), a.nodes.end(), b.nodes.begin(), b.nodes.end(),
               [](const LayoutNode &x, const LayoutNode &y) {
                   return x.size == y.size && x.parent == y.parent && x.sequence == y.sequence && x.ports == y.ports
                       && x.fixed == y.fixed && x.pillWidth == y.pillWidth;
               })
        && std::equal(a.edges.begin(), a.edges.end(), b.edges.begin(), b.edges.end(),
            [](const LayoutEdge &x, const LayoutEdge &y) {
                return x.from == y.from && x.port == y.port && x.to == y.to;
            });
}

QRectF segmentRect(const QPointF &a, const QPointF &b)
{
    return QRectF(QPointF(std::min(a.x(), b.x()), std::min(a.y(), b.y())),
        QPointF(std::max(a.x(), b.x()), std::max(a.y(), b.y())));
}

qreal distanceToSegment(const QPointF &p, const QPointF &a, const QPointF &b)
{
    const QRectF rect = segmentRect(a, b); // orthogonal, so the rectangle is the segment
    const qreal dx = std::max({rect.left() - p.x(), 0.0, p.x() - rect.right()});
    const qreal dy = std::max({rect.top() - p.y(), 0.0, p.y() - rect.bottom()});
    return std::hypot(dx, dy);
}

bool near(const QPointF &a, const QPointF &b, qreal distance)
{
    return std::hypot(a.x() - b.x(), a.y() - b.y()) <= distance;
}

// The "+" sits on the first run if that is long enough (it belongs to this outcome alone), else on the
// longest run.
QPointF addButtonPlace(const SceneEdge &edge)
{
    const QList<QPointF> &points = edge.points;
    if (edge.isJump()) {
        // Beyond the pill, where it covers neither its words nor its neighbours.
        constexpr qreal Beyond = CardMetrics::AddButtonRadius + 2;
        return points.at(0).x() == points.at(1).x() ? QPointF(points.at(1).x(), edge.sourcePill.bottom() + Beyond)
                                                    : QPointF(edge.sourcePill.right() + Beyond, points.at(1).y());
    }
    constexpr qreal Enough = 2 * CardMetrics::AddButtonRadius + 4;
    qreal longest = -1;
    QPointF place = points.value(0);
    for (qsizetype i = 1; i < points.size(); ++i) {
        const QPointF a = points.at(i - 1);
        const QPointF b = points.at(i);
        const qreal length = std::abs(a.x() - b.x()) + std::abs(a.y() - b.y());
        if (i == 1 && length >= Enough)
            return (a + b) / 2;
        if (length > longest) {
            longest = length;
            place = (a + b) / 2;
        }
    }
    return place;
}

// The first one counts as it is.
void include(QRectF &all, const QRectF &part)
{
    if (all.isNull()) {
        all = part;
        return;
    }
    all.setCoords(std::min(all.left(), part.left()), std::min(all.top(), part.top()),
        std::max(all.right(), part.right()), std::max(all.bottom(), part.bottom()));
}

} // namespace

bool SceneEdge::isTargetEnd(const QPointF &point) const
{
    constexpr qreal Arrow = 14;
    return targetPill.contains(point) || near(point, points.value(points.size() - 1), Arrow);
}

LayoutOptions GraphScene::defaultOptions()
{
    LayoutOptions options;
    options.nodeGap = 48;
    options.rankGap = 36;
    return options;
}

std::shared_ptr<const GraphScene> GraphScene::build(const WorkflowDefinition &definition, const DefinitionGraph &graph,
    const LayoutOptions &options, std::stop_token stop, const GraphScene *previous,
    const QHash<QString, QPointF> &fixed)
{
    QList<SceneNode> nodes;
    nodes.reserve(graph.nodes().size());
    for (const GraphNode &node : graph.nodes()) {
        if (stop.stop_requested())
            return nullptr;
        nodes.append(
            {node.key, {}, {}, CardContent::of(node, definition, options.direction), node.parent, node.isTrigger});
    }
    for (const auto &[node, outcome] : graph.danglingOutcomes()) {
        if (node >= 0 && node < nodes.size() && outcome >= 0 && outcome < nodes.at(node).card.outcomes.size())
            nodes[node].card.outcomes[outcome].isDangling = true;
    }
    LayoutGraph input;
    input.nodes.reserve(nodes.size());
    for (qsizetype i = 0; i < nodes.size(); ++i) {
        LayoutNode node = layoutNode(graph.nodes().at(i), nodes.at(i).card);
        if (const auto place = fixed.constFind(nodes.at(i).key); place != fixed.constEnd())
            node.fixed = *place;
        input.nodes.append(std::move(node));
    }
    input.edges = layoutEdges(graph);
    LaidOutPointer laidOut = previous ? previous->laidOut(input) : nullptr;
    if (!laidOut) {
        // Where cards were placed by hand just now, or given back to the layout, the others go where they belong.
        const LayoutBefore before = previous && previous->m_laidOut && previous->standsAsPlaced(graph, input)
            ? previous->placesFor(graph, input)
            : LayoutBefore();
        LayoutResult layout = layoutGraph(input, options, stop, before.nodes.isEmpty() ? nullptr : &before);
        laidOut = std::make_shared<LaidOut>(LaidOut {std::move(input), std::move(layout)});
    }
    if (stop.stop_requested())
        return nullptr;
    const auto scene = make(graph, std::move(nodes), laidOut);
    if (previous)
        scene->remember(*previous);
    return scene;
}

std::shared_ptr<const GraphScene> GraphScene::fromLayout(
    const DefinitionGraph &graph, const QList<CardContent> &cards, const LayoutResult &layout)
{
    QList<SceneNode> nodes;
    for (qsizetype i = 0; i < std::min(cards.size(), graph.nodes().size()); ++i) {
        const GraphNode &node = graph.nodes().at(i);
        nodes.append({node.key, {}, {}, cards.at(i), node.parent, node.isTrigger});
    }
    return make(graph, std::move(nodes), std::make_shared<LaidOut>(LaidOut {layoutInput(graph, cards), layout}));
}

GraphScene::LaidOutPointer GraphScene::laidOut(const LayoutGraph &input) const
{
    for (const LaidOutPointer &candidate : QList<LaidOutPointer>({m_laidOut}) + m_earlier) {
        if (candidate && sameInput(candidate->input, input))
            return candidate;
    }
    return nullptr;
}

// Whether the cards of both stand where the same hand put them.
bool GraphScene::standsAsPlaced(const DefinitionGraph &graph, const LayoutGraph &input) const
{
    for (qsizetype i = 0; i < input.nodes.size(); ++i) {
        const int node = indexOfKey(graph.nodes().at(i).key);
        if (node >= 0 && m_laidOut->input.nodes.at(node).fixed != input.nodes.at(i).fixed)
            return false;
    }
    return true;
}

LayoutBefore GraphScene::placesFor(const DefinitionGraph &graph, const LayoutGraph &input) const
{
    const LayoutResult &result = m_laidOut->result;
    const bool hasFixed = !result.freeNodes.isEmpty();
    LayoutBefore before;
    QList<int> numbers; // here
    for (const GraphNode &node : graph.nodes()) {
        const int number = indexOfKey(node.key);
        numbers.append(number);
        if (number < 0)
            before.nodes.append(std::nullopt);
        else
            before.nodes.append(hasFixed ? result.freeNodes.at(number) : m_nodes.at(number).box);
    }
    for (const LayoutEdge &edge : input.edges) {
        const int number = edgeOf(numbers.value(edge.from, -1), edge.port);
        const bool isKnown = number >= 0 && m_edges.at(number).to == numbers.value(edge.to, -1);
        before.routes.append(isKnown ? (hasFixed ? result.freeRoutes : result.routes).value(number) : LayoutRoute());
    }
    return before;
}

void GraphScene::remember(const GraphScene &previous)
{
    constexpr qsizetype Most = 20;
    constexpr qsizetype MostCards = 20000; // of all of them, for the memory
    qsizetype cards = 0;
    for (const LaidOutPointer &earlier : QList<LaidOutPointer>({previous.m_laidOut}) + previous.m_earlier) {
        if (!earlier || earlier == m_laidOut)
            continue;
        cards += earlier->input.nodes.size();
        if (cards > MostCards || m_earlier.size() == Most)
            return;
        m_earlier.append(earlier);
    }
}

std::shared_ptr<GraphScene> GraphScene::make(
    const DefinitionGraph &graph, QList<SceneNode> nodes, const LaidOutPointer &laidOut)
{
    const LayoutResult &layout = laidOut->result;
    auto scene = std::make_shared<GraphScene>();
    const qsizetype count = graph.nodes().size();
    if (layout.nodes.size() != count || nodes.size() != count || layout.routes.size() != graph.connections().size())
        return scene;
    scene->m_laidOut = laidOut;
    scene->m_nodes = std::move(nodes);
    for (qsizetype i = 0; i < count; ++i) {
        SceneNode &node = scene->m_nodes[i];
        node.box = layout.nodes.at(i);
        node.frame = layout.frames.value(i);
    }
    scene->m_edges.reserve(layout.routes.size());
    for (qsizetype i = 0; i < layout.routes.size(); ++i) {
        const Connection &connection = graph.connections().at(i);
        SceneEdge &edge = scene->m_edges.emplaceBack();
        edge.from = connection.from;
        edge.outcome = connection.outcome;
        edge.to = connection.to;
        edge.points = layout.routes.at(i).points;
        edge.isBack = layout.routes.at(i).isBack;
        edge.sourcePill = layout.routes.at(i).sourcePill;
        edge.targetPill = layout.routes.at(i).targetPill;
    }
    scene->finish();
    return scene;
}

// All that is drawn of a card, with its badges, its shadow, the "+" beyond it and its frame.
QRectF GraphScene::placeOf(int number) const
{
    constexpr qreal BadgeRoom = 14;
    const SceneNode &node = m_nodes.at(number);
    QRectF place = node.box.adjusted(-BadgeRoom, -BadgeRoom, BadgeRoom, BadgeRoom);
    if (hasOpenStub(number))
        place |= node.box.translated(node.card.way(CardMetrics::OpenStub + CardMetrics::AddButtonRadius + 2));
    return place | node.frame;
}

template <typename KeyOf> void GraphScene::Lists::build(qsizetype keys, const QList<SceneEdge> &edges, KeyOf keyOf)
{
    m_starts.assign(size_t(keys) + 1, 0);
    for (const SceneEdge &edge : edges)
        ++m_starts[size_t(keyOf(edge)) + 1];
    std::partial_sum(m_starts.begin(), m_starts.end(), m_starts.begin());
    m_numbers.resize(size_t(edges.size()));
    std::vector<int> next = m_starts;
    for (qsizetype i = 0; i < edges.size(); ++i)
        m_numbers[size_t(next[size_t(keyOf(edges.at(i)))]++)] = int(i);
}

void GraphScene::finish()
{
    constexpr qreal PenRoom = 8; // half an arrow head, the thickest pen, rounding to pixels
    findHops(m_edges);
    m_from.build(m_nodes.size(), m_edges, [](const SceneEdge &edge) { return edge.from; });
    m_to.build(m_nodes.size(), m_edges, [](const SceneEdge &edge) { return edge.to; });
    m_byKey.reserve(m_nodes.size());
    m_nodeIndex.reserve(m_nodes.size());
    const auto keyOf = [this](int node) { return QStringView(m_nodes.at(node).key); };
    for (qsizetype i = 0; i < m_nodes.size(); ++i) {
        m_byKey.findOrAdd(keyOf(int(i)), int(i), keyOf);
        const QRectF place = placeOf(int(i));
        m_nodeIndex.insert(int(i), place);
        include(m_bounds, place);
    }
    m_edgeIndex.reserve(2 * m_edges.size());
    int number = 0;
    QVarLengthArray<QRectF, 32> parts;
    for (SceneEdge &edge : m_edges) {
        parts.clear();
        const auto add = [&](const QRectF &part) {
            parts.append(part.adjusted(-PenRoom, -PenRoom, PenRoom, PenRoom));
            include(edge.bounds, parts.last());
        };
        for (qsizetype p = 1; p < edge.points.size(); ++p) {
            if (edge.isDrawn(p))
                add(segmentRect(edge.points.at(p - 1), edge.points.at(p)));
        }
        edge.addButton = addButtonPlace(edge);
        if (edge.isJump()) {
            add(edge.sourcePill);
            add(edge.targetPill);
            add(QRectF(edge.addButton, QSizeF()).adjusted(-8, -8, 8, 8));
        }
        // A line within one row or column of the index touches all of its cells there.
        if (parts.size() > 1 && !edge.isJump() && GridIndex::isInOneRow(edge.bounds))
            parts = {edge.bounds};
        for (const QRectF &part : parts)
            m_edgeIndex.insert(number, part);
        include(m_bounds, edge.bounds);
        ++number;
    }
    m_nodeIndex.finish();
    m_edgeIndex.finish();
}

int GraphScene::edgeOf(int node, int outcome) const
{
    if (node < 0 || node >= m_nodes.size())
        return -1;
    for (int edge : m_from.at(node)) {
        if (m_edges.at(edge).outcome == outcome)
            return edge;
    }
    return -1;
}

QList<int> GraphScene::jumpsTo(int node) const
{
    QList<int> jumps;
    for (int edge : m_to.at(node)) {
        if (m_edges.at(edge).isJump())
            jumps.append(edge);
    }
    return jumps;
}

QList<int> GraphScene::nodesIn(const QRectF &rect) const
{
    QList<int> found;
    if (rect.contains(m_bounds)) {
        found.resize(m_nodes.size());
        std::iota(found.begin(), found.end(), 0);
        return found;
    }
    found = m_nodeIndex.query(rect);
    found.removeIf([&](int node) { return !placeOf(node).intersects(rect); });
    return found;
}

QList<int> GraphScene::edgesIn(const QRectF &rect) const
{
    QList<int> found;
    if (rect.contains(m_bounds)) {
        found.resize(m_edges.size());
        std::iota(found.begin(), found.end(), 0);
        return found;
    }
    found = m_edgeIndex.query(rect);
    found.removeIf([&](int edge) { return !m_edges.at(edge).bounds.intersects(rect); });
    return found;
}

QPointF GraphScene::portPosition(int node, int outcome) const
{
    const SceneNode &n = m_nodes.at(node);
    const bool isOne = outcome >= 0 && outcome < n.card.outcomes.size();
    return n.box.topLeft() + (isOne ? n.card.outcomes.at(outcome).port : n.card.middleOfExit());
}

QPointF GraphScene::openAddPosition(int node, int outcome) const
{
    return portPosition(node, outcome) + m_nodes.at(node).card.way(CardMetrics::OpenStub);
}

bool GraphScene::hasOpenStub(int node) const
{
    const CardContent &card = m_nodes.at(node).card;
    return !card.hasRow && card.outcomes.size() == 1 && card.outcomes.first().isOpen;
}

SceneHit GraphScene::hit(const QPointF &point, qreal slack) const
{
    SceneHit result;
    const qreal reach = std::max(slack, CardMetrics::AddButtonRadius + 3);
    const QRectF around(point - QPointF(reach, reach), QSizeF(2 * reach, 2 * reach));
    const QList<int> nodes = nodesIn(around);
    const QList<int> edges = edgesIn(around);

    // Last painted is on top, so look from the end.
    for (auto i = nodes.crbegin(); i != nodes.crend(); ++i) {
        const SceneNode &node = m_nodes.at(*i);
        // A port sticks out of its card a little.
        if (!node.card.hasRow && !node.card.outcomes.isEmpty()
            && near(point, portPosition(*i, 0), CardMetrics::PortRadius + slack / 2))
            return {SceneHit::Part::Outcome, *i, 0, -1};
        if (node.box.contains(point)) {
            for (qsizetype c = 0; node.card.hasRow && c < node.card.outcomes.size(); ++c) {
                if (node.card.outcomes.at(c).rect.contains(point - node.box.topLeft()))
                    return {SceneHit::Part::Outcome, *i, int(c), -1};
            }
            return {SceneHit::Part::Card, *i, -1, -1};
        }
        if (hasOpenStub(*i) && near(point, openAddPosition(*i, 0), CardMetrics::AddButtonRadius + 3))
            return {SceneHit::Part::OpenAdd, *i, 0, -1};
    }

    qreal best = slack;
    for (int number : edges) {
        const SceneEdge &edge = m_edges.at(number);
        if (near(point, edge.addButton, CardMetrics::AddButtonRadius + 2))
            return {SceneHit::Part::EdgeAdd, -1, -1, number};
        if (edge.sourcePill.contains(point) || edge.targetPill.contains(point))
            return {SceneHit::Part::EdgeEnd, -1, -1, number};
        for (qsizetype p = 1; p < edge.points.size(); ++p) {
            if (!edge.isDrawn(p))
                continue;
            const qreal distance = distanceToSegment(point, edge.points.at(p - 1), edge.points.at(p));
            if (distance > best)
                continue;
            best = distance;
            result.part = near(point, edge.points.last(), 14) ? SceneHit::Part::EdgeEnd : SceneHit::Part::Edge;
            result.edge = number;
        }
    }
    return result;
}

std::shared_ptr<const GraphScene> GraphScene::part(const QSet<int> &wanted, QList<int> *nodes, QList<int> *edges) const
{
    auto scene = std::make_shared<GraphScene>();
    std::vector<int> numbers(size_t(m_nodes.size()), -1); // in the part
    for (int i = 0; i < m_nodes.size(); ++i) {
        SceneNode node = m_nodes.at(i);
        const int parent = node.parent >= 0 && node.parent < i ? numbers[size_t(node.parent)] : -1;
        if (parent < 0 && !wanted.contains(i))
            continue;
        node.parent = parent;
        numbers[size_t(i)] = int(scene->m_nodes.size());
        scene->m_nodes.append(node);
        nodes->append(i);
    }
    for (int i = 0; i < m_edges.size(); ++i) {
        SceneEdge edge = m_edges.at(i);
        edge.from = numbers[size_t(edge.from)];
        edge.to = numbers[size_t(edge.to)];
        if (edge.from < 0 || edge.to < 0)
            continue;
        scene->m_edges.append(edge);
        edges->append(i);
    }
    scene->finish();
    return scene;
}

QBitArray GraphScene::pathEdges(int node) const
{
    QBitArray path(m_edges.size());
    if (node < 0 || node >= m_nodes.size())
        return path;
    for (const bool forward : {true, false}) {
        std::vector<bool> seen(size_t(m_nodes.size()));
        std::vector<int> open {node};
        seen[size_t(node)] = true;
        while (!open.empty()) {
            const int current = open.back();
            open.pop_back();
            for (int edge : forward ? m_from.at(current) : m_to.at(current)) {
                path.setBit(edge);
                const int next = forward ? m_edges.at(edge).to : m_edges.at(edge).from;
                if (!seen[size_t(next)]) {
                    seen[size_t(next)] = true;
                    open.push_back(next);
                }
            }
        }
    }
    return path;
}

} // namespace automation
