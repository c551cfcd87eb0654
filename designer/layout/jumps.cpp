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
constexpr double stubGap = 12; // between a pill and the port of one in the other row, with its "+"
constexpr double rowGap = 6; // between the two rows
constexpr double leastWidth = 40; // pills with less room say nothing
constexpr double samePort = 0.5;

} // namespace

Jumps::Jumps(const LayoutGraph &graph, const LayoutOptions &options, const std::vector<LineLength> &lengths)
    : m_graph(graph)
    , m_options(options)
    , m_isJump(lengths.size(), 0)
    , m_sourcePills(lengths.size())
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

void Jumps::placeSourcePills()
{
    Adjacency leaving;
    leaving.build(static_cast<int>(m_nodes.size()), static_cast<int>(m_isJump.size()),
        [this](int i) { return m_graph.edges[i].from; });
    std::vector<Port> ports;
    m_isEmpty = true;
    for (int node = 0; node < static_cast<int>(m_nodes.size()); ++node) {
        const int *first = leaving.begin(node);
        const int *last = leaving.end(node);
        if (std::none_of(first, last, [this](int edge) { return m_isJump[at(edge)]; }))
            continue;
        ports.clear();
        for (const int *edge = first; edge != last; ++edge)
            ports.push_back({portOf(m_graph.edges[*edge]), *edge});
        std::sort(ports.begin(), ports.end(),
            [](const Port &a, const Port &b) { return std::pair(a.x, a.edge) < std::pair(b.x, b.edge); });
        placePills(ports, needTwoRows(ports));
    }
}

// Where names would be cut short beside each other, their pills stand by turns in two rows.
bool Jumps::needTwoRows(const std::vector<Port> &ports) const
{
    if (m_options.direction == LayoutOptions::Direction::LeftToRight)
        return false; // they lie one above the other anyway
    for (size_t i = 0; i < ports.size(); ++i) {
        const bool hasNeighbour = (i > 0 && isPillBeside(ports, i, i - 1)) || isPillBeside(ports, i, i + 1);
        if (!m_isJump[at(ports[i].edge)] || !hasNeighbour)
            continue;
        const SidesOfPill room = roomBeside(ports, i, false);
        if (room.left + room.right < pillFor(m_graph.nodes[m_graph.edges[ports[i].edge].to].pillWidth).width())
            return true;
    }
    return false;
}

bool Jumps::isPillBeside(const std::vector<Port> &ports, size_t port, size_t other) const
{
    return other < ports.size() && m_isJump[at(ports[other].edge)]
        && std::abs(ports[other].x - ports[port].x) > samePort;
}

Jumps::SidesOfPill Jumps::roomBeside(const std::vector<Port> &ports, size_t port, bool twoRows) const
{
    // Not beyond the card's sides: a jump has no say in where cards stand.
    const double half = m_graph.nodes[m_graph.edges[ports[port].edge].from].size.width() / 2;
    SidesOfPill room {half + ports[port].x, half - ports[port].x};
    for (const size_t other : {port - 1, port + 1}) {
        if (other >= ports.size())
            continue;
        const double distance = std::abs(ports[other].x - ports[port].x);
        double &side = other > port ? room.right : room.left;
        if (!isPillBeside(ports, port, other))
            side = std::min(side, distance - lineGap);
        else
            side = std::min(side, twoRows ? distance - stubGap : distance / 2 - pillGap);
    }
    return {std::floor(room.left), std::floor(room.right)};
}

// Takes back the jumps whose pill would lie on what leaves the ports beside it.
void Jumps::placePills(const std::vector<Port> &ports, bool twoRows)
{
    bool isLower = false; // the pill before
    for (size_t i = 0; i < ports.size(); ++i) {
        const int edge = ports[i].edge;
        if (!m_isJump[at(edge)])
            continue;
        const QSizeF wanted = pillFor(m_graph.nodes[m_graph.edges[edge].to].pillWidth);
        const SidesOfPill room = roomBeside(ports, i, twoRows);
        const double width = std::min(wanted.width(), room.left + room.right);
        const double least = m_options.direction == LayoutOptions::Direction::LeftToRight
            ? wanted.width() - 1
            : std::min(leastWidth, wanted.width() - 1);
        const double round = m_options.pillHeight / 2 - 1; // the stub meets the pill beside its round end
        if (std::min(room.left, room.right) < round || width < least) {
            m_isJump[at(edge)] = 0;
            continue;
        }
        isLower = twoRows && i > 0 && isPillBeside(ports, i, i - 1) && !isLower;
        const double left = std::clamp(std::floor(width / 2), width - room.right, room.left);
        SourcePill &pill = m_sourcePills[at(edge)];
        pill = {-left, width - left, sourceStub + (isLower ? wanted.height() + rowGap : 0)};
        m_isEmpty = false;
        Room &node = m_nodes[at(m_graph.edges[edge].from)];
        node.foot = std::max(node.foot, pill.top + wanted.height());
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
    const SourcePill &source = m_sourcePills[at(edge)];
    const QPointF port(from.center().x() + portOf(e), from.bottom());
    route.sourcePill = QRectF(port.x() + source.left, port.y() + source.top, source.right - source.left, pill.height());
    const Room &room = m_nodes[at(e.to)];
    route.targetPill = QRectF(to.center().x() + room.targetLeft, to.top() - targetStub - room.targetLength,
        room.targetRight - room.targetLeft, room.targetLength);
    const double x = route.targetPill.center().x();
    route.points = {port, {port.x(), route.sourcePill.top()}, {x, route.targetPill.bottom()}, {x, to.top()}};
    return route;
}

} // namespace automation
