#include "designer/layout/jumps.h"

#include "designer/layout/layeredgraph.h"
#include <algorithm>
#include <cmath>

namespace automation {

namespace {

constexpr double sourceStub = 8; // from a port to its pill
constexpr double targetStub = 11; // from the pill to the card, with an arrow head
constexpr double besideLine = 10; // from the middle of a card, where lines enter, to the pill beside
constexpr double lineGap = 8; // between a pill and the line of a neighbouring port
constexpr double pillGap = 3; // half of it, between neighbouring pills
constexpr double leastWidth = 40; // pills with less room say nothing
constexpr double samePort = 0.5;

} // namespace

Jumps::Jumps(const LayoutGraph &graph, const LayoutOptions &options, const std::vector<LineLength> &lengths)
    : m_graph(graph)
    , m_options(options)
    , m_isJump(lengths.size(), 0)
    , m_halfPills(lengths.size(), 0)
    , m_nodes(static_cast<size_t>(graph.nodes.size()))
{
    for (int i = 0; i < static_cast<int>(m_nodes.size()); ++i)
        m_nodes[at(i)].left = m_nodes[at(i)].right = graph.nodes[i].size.width() / 2;
    choose(lengths);
    if (m_isEmpty)
        return;
    placeSourcePills();
    placeTargetPills();
}

double Jumps::portOf(const LayoutEdge &edge) const
{
    const LayoutNode &node = m_graph.nodes[edge.from];
    const bool hasPort = edge.port >= 0 && edge.port < node.ports.size();
    return hasPort ? node.ports[edge.port] - node.size.width() / 2 : 0;
}

QSizeF Jumps::pillFor(double width) const
{
    return m_options.direction == LayoutOptions::Direction::LeftToRight ? QSizeF(m_options.pillHeight, width)
                                                                        : QSizeF(width, m_options.pillHeight);
}

void Jumps::choose(const std::vector<LineLength> &lengths)
{
    const int count = static_cast<int>(m_isJump.size());
    std::vector<int> shortest(m_nodes.size(), -1); // the way forward into a card that stays a line
    for (int i = 0; i < count; ++i) {
        if (lengths[at(i)].isBack)
            continue;
        int &best = shortest[at(m_graph.edges[i].to)];
        if (best < 0 || lengths[at(i)].levels < lengths[at(best)].levels)
            best = i;
    }
    for (int i = 0; i < count; ++i) {
        const LineLength &length = lengths[at(i)];
        const int longest = length.isBack ? m_options.longestLoop : m_options.longestLine;
        m_isJump[at(i)] = length.levels > longest && shortest[at(m_graph.edges[i].to)] != i;
        m_isEmpty = m_isEmpty && !m_isJump[at(i)];
    }
}

// Takes back the jumps whose pill would lie on what leaves the ports beside it.
void Jumps::placeSourcePills()
{
    std::vector<std::pair<int, int>> pairs;
    for (int i = 0; i < static_cast<int>(m_isJump.size()); ++i)
        pairs.emplace_back(m_graph.edges[i].from, i);
    Adjacency leaving;
    leaving.build(static_cast<int>(m_nodes.size()), pairs);
    std::vector<std::pair<double, int>> ports;
    m_isEmpty = true;
    for (int node = 0; node < static_cast<int>(m_nodes.size()); ++node) {
        const int *first = leaving.begin(node);
        const int *last = leaving.end(node);
        if (std::none_of(first, last, [this](int edge) { return m_isJump[at(edge)]; }))
            continue;
        ports.clear();
        for (const int *edge = first; edge != last; ++edge)
            ports.emplace_back(portOf(m_graph.edges[*edge]), *edge);
        std::sort(ports.begin(), ports.end());
        for (size_t i = 0; i < ports.size(); ++i) {
            const auto [x, edge] = ports[i];
            if (!m_isJump[at(edge)])
                continue;
            const QSizeF pill = pillFor(m_graph.nodes[m_graph.edges[edge].to].pillWidth);
            double half = pill.width() / 2;
            for (const size_t other : {i - 1, i + 1}) {
                if (other >= ports.size())
                    continue;
                const double distance = std::abs(ports[other].first - x);
                const bool isPill = m_isJump[at(ports[other].second)] && distance > samePort;
                half = std::min(half, isPill ? distance / 2 - pillGap : distance - lineGap);
            }
            // Not beyond the card's sides: a jump has no say in where cards stand.
            half = std::floor(std::min(half, m_graph.nodes[node].size.width() / 2 - std::abs(x)));
            const double least = m_options.direction == LayoutOptions::Direction::LeftToRight
                ? pill.width() - 1
                : std::min(leastWidth, pill.width() - 1);
            if (2 * half < least) {
                m_isJump[at(edge)] = 0;
                continue;
            }
            m_isEmpty = false;
            m_halfPills[at(edge)] = half;
            Room &room = m_nodes[at(node)];
            room.foot = std::max(room.foot, sourceStub + pill.height());
        }
    }
}

// Beside the line that enters the card, or in the middle where there is none.
void Jumps::placeTargetPills()
{
    std::vector<int> jumps(m_nodes.size(), 0);
    std::vector<char> hasLine(m_nodes.size(), 0);
    std::vector<int> source(m_nodes.size(), -1);
    for (int i = 0; i < static_cast<int>(m_isJump.size()); ++i) {
        const LayoutEdge &edge = m_graph.edges[i];
        if (m_isJump[at(i)]) {
            ++jumps[at(edge.to)];
            source[at(edge.to)] = edge.from;
        } else {
            hasLine[at(edge.to)] = 1;
        }
    }
    for (int i = 0; i < static_cast<int>(m_nodes.size()); ++i) {
        if (jumps[at(i)] == 0)
            continue;
        Room &room = m_nodes[at(i)];
        const double width = jumps[at(i)] > 1 ? m_options.countPillWidth : m_graph.nodes[source[at(i)]].pillWidth;
        const QSizeF pill = pillFor(width);
        const double half = m_graph.nodes[i].size.width() / 2;
        const double across
            = std::min(pill.width(), std::max(leastWidth, hasLine[at(i)] ? half - besideLine : 2 * half));
        room.targetLeft = hasLine[at(i)] ? -besideLine - across : -across / 2;
        room.targetRight = room.targetLeft + across;
        room.targetLength = pill.height();
        room.head = targetStub + pill.height();
        room.left = std::max(room.left, -room.targetLeft);
        room.right = std::max(room.right, room.targetRight);
    }
}

LayoutRoute Jumps::route(int edge, const QRectF &from, const QRectF &to) const
{
    const LayoutEdge &e = m_graph.edges[edge];
    LayoutRoute route;
    const QSizeF pill = pillFor(m_graph.nodes[e.to].pillWidth);
    const double half = m_halfPills[at(edge)];
    const QPointF port(from.center().x() + portOf(e), from.bottom());
    route.sourcePill = QRectF(port.x() - half, port.y() + sourceStub, 2 * half, pill.height());
    const Room &room = m_nodes[at(e.to)];
    route.targetPill = QRectF(to.center().x() + room.targetLeft, to.top() - targetStub - room.targetLength,
        room.targetRight - room.targetLeft, room.targetLength);
    const double x = route.targetPill.center().x();
    route.points = {port, {port.x(), route.sourcePill.top()}, {x, route.targetPill.bottom()}, {x, to.top()}};
    return route;
}

} // namespace automation
