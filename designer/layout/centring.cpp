#include "designer/layout/centring.h"

#include "designer/layout/placement.h"
#include <algorithm>
#include <cmath>
#include <limits>

namespace automation {

namespace {

constexpr int rounds = 3;
constexpr double passWeight = 0.4; // of a long edge beside a card's weight of 1
constexpr double smallJog = 10; // lines that are off by less become straight where there is room

size_t at(int index)
{
    return static_cast<size_t>(index);
}

class Centring
{
public:
    Centring(LayeredGraph &graph, double nodeGap)
        : m_graph(graph)
        , m_nodeGap(nodeGap)
    {
    }

    void centre()
    {
        findColumns(true);
        for (auto ranks = m_graph.ranks.rbegin(); ranks != m_graph.ranks.rend(); ++ranks) {
            for (int n : *ranks) {
                if (m_above[at(n)] < 0)
                    move(n, wishOf(n));
            }
        }
    }

    void straighten()
    {
        findColumns(false);
        for (const std::vector<int> &rank : m_graph.ranks) {
            for (int n : rank) {
                if (m_above[at(n)] >= 0)
                    continue;
                for (const int *i = m_graph.above.begin(n); i != m_graph.above.end(n); ++i) {
                    const double jog = node(m_graph.segments[at(*i)].upper).x - node(n).x;
                    if (jog == 0 || std::abs(jog) > smallJog)
                        continue;
                    const Room room = roomOf(n);
                    if (jog < 0 ? -jog <= room.left : jog <= room.right)
                        move(n, jog);
                    break;
                }
            }
        }
    }

    void pullLoops()
    {
        findColumns(false);
        for (const LayeredLoop &loop : m_graph.loops) {
            if (loop.side == 0)
                continue;
            for (int n = loop.first;; n = m_graph.segments[at(*m_graph.below.begin(n))].lower) {
                if (m_above[at(n)] < 0) {
                    const Room room = roomOf(n);
                    const double distance = loop.side < 0 ? room.right : -room.left;
                    if (std::isfinite(distance))
                        move(n, distance);
                }
                if (n == loop.last || m_graph.below.size(n) == 0)
                    break;
            }
        }
    }

private:
    struct Room
    {
        double left = std::numeric_limits<double>::infinity();
        double right = std::numeric_limits<double>::infinity();
    };

    LayeredNode &node(int index) { return m_graph.nodes[at(index)]; }

    // A column: nodes straight below each other. A single one ends where ways part or meet.
    void findColumns(bool single)
    {
        m_above.assign(m_graph.nodes.size(), -1);
        m_below.assign(m_graph.nodes.size(), -1);
        for (const LayeredSegment &s : m_graph.segments) {
            if (single && (m_graph.below.size(s.upper) > 1 || m_graph.above.size(s.lower) > 1))
                continue;
            if (node(s.upper).x == node(s.lower).x && m_below[at(s.upper)] < 0 && m_above[at(s.lower)] < 0) {
                m_below[at(s.upper)] = s.lower;
                m_above[at(s.lower)] = s.upper;
            }
        }
    }

    // How far the column would go: the mean of what its ends want.
    double wishOf(int top)
    {
        double sum = 0;
        double weights = 0;
        for (int n = top; n >= 0; n = m_below[at(n)]) {
            for (bool upper : {true, false}) {
                const Adjacency &neighbours = upper ? m_graph.above : m_graph.below;
                if (neighbours.size(n) < 2)
                    continue;
                sum += middleOf(neighbours, n, upper) - node(n).x;
                weights += 1;
            }
        }
        return weights > 0 ? sum / weights : 0;
    }

    // Between the middle two neighbours, nearer to cards than to long edges; on the middle one of an odd number.
    double middleOf(const Adjacency &neighbours, int n, bool upper)
    {
        const int count = neighbours.size(n);
        double places = 0;
        double weights = 0;
        for (int i : {(count - 1) / 2, count / 2}) {
            const LayeredSegment &s = m_graph.segments[at(neighbours.begin(n)[i])];
            const LayeredNode &other = node(upper ? s.upper : s.lower);
            const double weight = other.isPass() ? passWeight : 1;
            places += weight * other.x;
            weights += weight;
        }
        return places / weights;
    }

    Room roomOf(int top)
    {
        Room room;
        for (int n = top; n >= 0; n = m_below[at(n)]) {
            const std::vector<int> &rank = m_graph.ranks[at(node(n).rank)];
            const size_t position = at(node(n).position);
            if (position > 0) {
                const int left = rank[position - 1];
                room.left = std::min(room.left, node(n).x - node(left).x - separation(node(left), node(n), m_nodeGap));
            }
            if (position + 1 < rank.size()) {
                const int right = rank[position + 1];
                room.right
                    = std::min(room.right, node(right).x - node(n).x - separation(node(n), node(right), m_nodeGap));
            }
        }
        return {std::max(0.0, room.left), std::max(0.0, room.right)};
    }

    void move(int top, double distance)
    {
        distance = std::round(distance);
        if (distance == 0)
            return;
        const Room room = roomOf(top);
        distance = std::clamp(distance, -std::floor(room.left), std::floor(room.right));
        for (int n = top; n >= 0; n = m_below[at(n)])
            node(n).x += distance;
    }

    LayeredGraph &m_graph;
    const double m_nodeGap;
    std::vector<int> m_above; // in the column, or -1
    std::vector<int> m_below;
};

} // namespace

void centreColumns(LayeredGraph &graph, double nodeGap, const std::stop_token &stop)
{
    Centring centring(graph, nodeGap);
    for (int i = 0; i < rounds && !stop.stop_requested(); ++i)
        centring.centre();
    centring.straighten();
    if (!graph.loops.empty())
        centring.pullLoops();
}

void pullLoopsIn(LayeredGraph &graph, double nodeGap)
{
    if (!graph.loops.empty())
        Centring(graph, nodeGap).pullLoops();
}

} // namespace automation
