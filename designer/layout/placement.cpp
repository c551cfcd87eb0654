#include "designer/layout/placement.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace automation {

namespace {

constexpr double passGap = 14; // between long edges side by side
constexpr double passMargin = 22; // between a long edge and a card

} // namespace

double separation(const LayeredNode &left, const LayeredNode &right, double nodeGap)
{
    double gap = nodeGap;
    if (left.isPass() && right.isPass())
        gap = passGap;
    else if (left.isPass() || right.isPass())
        gap = std::min(passMargin, nodeGap);
    const double distance = left.right + gap + right.left;
    const double whole = static_cast<double>(static_cast<long>(distance)); // faster than std::ceil
    return whole < distance ? whole + 1 : whole;
}

namespace {

size_t at(int index)
{
    return static_cast<size_t>(index);
}

constexpr double unlimited = std::numeric_limits<double>::max();
constexpr int muchFarther = 3; // ranks

class Placement
{
public:
    Placement(LayeredGraph &graph, double nodeGap, const std::stop_token &stop)
        : m_graph(graph)
        , m_stop(stop)
        , m_root(graph.nodes.size())
        , m_x(graph.nodes.size())
    {
        m_pairs.reserve(graph.nodes.size());
        for (const std::vector<int> &nodes : graph.ranks) {
            for (size_t p = 0; p + 1 < nodes.size(); ++p)
                m_pairs.push_back({nodes[p], nodes[p + 1], separation(node(nodes[p]), node(nodes[p + 1]), nodeGap)});
        }
        copySmall();
    }

    void run()
    {
        markConflicts();
        findTrunks();
        for (LayeredNode &node : m_graph.nodes)
            node.x = 0;
        for (const Side side : {Side::Left, Side::Right}) {
            align(side);
            if (m_stop.stop_requested())
                return;
            compact();
            for (size_t n = 0; n < m_root.size(); ++n)
                m_graph.nodes[n].x -= m_x[at(m_root[n])];
        }
        for (LayeredNode &node : m_graph.nodes)
            node.x = std::floor(node.x / 2); // distances that were whole stay wide enough
    }

private:
    // Of two neighbours in the middle, the one to stand in line with.
    enum class Side { Left, Right };

    // Side by side in a rank.
    struct Pair
    {
        int left;
        int right;
        double distance; // at least
    };

    struct Neighbour
    {
        int block;
        double distance;
    };

    const LayeredNode &node(int index) const { return m_graph.nodes[at(index)]; }

    // What is looked at again and again, without what lies beside it in the graph.
    void copySmall()
    {
        std::vector<char> isPass;
        isPass.reserve(m_graph.nodes.size());
        m_position.reserve(m_graph.nodes.size());
        for (const LayeredNode &node : m_graph.nodes) {
            isPass.push_back(node.isPass());
            m_position.push_back(node.position);
        }
        m_upper.reserve(m_graph.segments.size());
        m_lower.reserve(m_graph.segments.size());
        m_isInner.reserve(m_graph.segments.size());
        for (const LayeredSegment &segment : m_graph.segments) {
            m_upper.push_back(segment.upper);
            m_lower.push_back(segment.lower);
            m_isInner.push_back(isPass[at(segment.upper)] && isPass[at(segment.lower)]);
        }
    }

    // Where all ways but one soon end, that one goes straight down: a long row of such choices does not lean over.
    void findTrunks()
    {
        m_trunk.assign(m_graph.nodes.size(), -1);
        std::vector<int> reach(m_graph.nodes.size(), 0); // ranks down to the end of the longest way
        for (auto rank = m_graph.ranks.rbegin(); rank != m_graph.ranks.rend(); ++rank) {
            for (int n : *rank) {
                int longest = -1;
                int second = -1;
                for (const int *s = m_graph.below.begin(n); s != m_graph.below.end(n); ++s) {
                    const int below = reach[at(m_lower[at(*s)])];
                    if (below > longest)
                        m_trunk[at(n)] = *s;
                    second = std::max(second, std::min(below, longest));
                    longest = std::max(longest, below);
                }
                reach[at(n)] = longest + 1;
                if (longest <= second + muchFarther)
                    m_trunk[at(n)] = -1;
            }
        }
    }

    // Segments that cross the straight part of a long edge are not kept straight.
    void markConflicts()
    {
        m_conflict.assign(m_graph.segments.size(), 0);
        for (size_t r = 0; r + 1 < m_graph.ranks.size(); ++r) {
            const std::vector<int> &lower = m_graph.ranks[r + 1];
            const int upperCount = static_cast<int>(m_graph.ranks[r].size());
            int left = -1;
            size_t scanned = 0;
            for (size_t p = 0; p < lower.size(); ++p) {
                int right = upperCount;
                bool inner = false;
                for (const int *i = m_graph.above.begin(lower[p]); i != m_graph.above.end(lower[p]); ++i) {
                    if (m_isInner[at(*i)]) {
                        right = m_position[at(m_upper[at(*i)])];
                        inner = true;
                    }
                }
                if (!inner && p + 1 < lower.size())
                    continue;
                for (; scanned <= p; ++scanned) {
                    const int n = lower[scanned];
                    for (const int *i = m_graph.above.begin(n); i != m_graph.above.end(n); ++i) {
                        const int position = m_position[at(m_upper[at(*i)])];
                        if ((position < left || position > right) && !m_isInner[at(*i)])
                            m_conflict[at(*i)] = 1;
                    }
                }
                left = right;
            }
        }
    }

    // Joins nodes to vertical blocks: first along the segments that are the middle ones at both ends, so that the step
    // after a join stands in the column of the step before the branches, then along the middle ones of the upper nodes.
    void align(Side side)
    {
        std::iota(m_root.begin(), m_root.end(), 0);
        m_below.assign(m_root.size(), -1);
        for (size_t rank = 0; rank + 1 < m_graph.ranks.size(); ++rank) {
            if (!alignRank(m_graph.ranks[rank], side, true))
                alignRank(m_graph.ranks[rank], side, false);
        }
    }

    // From the given side on, so that a join, too, takes the middle source at that side. False when a node with targets
    // got none.
    bool alignRank(const std::vector<int> &nodes, Side side, bool bothEnds)
    {
        const bool fromRight = side == Side::Right;
        const size_t count = nodes.size();
        const auto nodeAt = [&](size_t i) { return nodes[fromRight ? count - 1 - i : i]; };
        const auto placeOf = [&](int n) { return fromRight ? -m_position[at(n)] : m_position[at(n)]; };
        // The aligned neighbours beyond each node: none may be crossed.
        std::vector<int> &bounds = m_bounds;
        bounds.assign(count + 1, std::numeric_limits<int>::max());
        for (size_t i = count; i-- > 0 && !bothEnds;) {
            const int below = m_below[at(nodeAt(i))];
            bounds[i] = below >= 0 ? placeOf(below) : bounds[i + 1];
        }
        bool isComplete = true;
        int last = std::numeric_limits<int>::min();
        for (size_t i = 0; i < count; ++i) {
            const int v = nodeAt(i);
            if (m_below[at(v)] >= 0) {
                last = placeOf(m_below[at(v)]);
                continue;
            }
            const int degree = m_graph.below.size(v);
            if (degree == 0)
                continue;
            const int *below = m_graph.below.begin(v);
            int choices[2] = {below[degree / 2], below[(degree - 1) / 2]};
            if (choices[1] == m_trunk[at(v)] || (!fromRight && choices[0] != m_trunk[at(v)]))
                std::swap(choices[0], choices[1]);
            for (int segment : choices) {
                const int u = m_lower[at(segment)];
                if (m_conflict[at(segment)] || m_root[at(u)] != u || placeOf(u) <= last || placeOf(u) >= bounds[i]
                    || (bothEnds && !isMiddleSource(u, segment)))
                    continue;
                m_below[at(v)] = u;
                m_root[at(u)] = m_root[at(v)];
                last = placeOf(u);
                break;
            }
            isComplete &= m_below[at(v)] >= 0;
        }
        return isComplete;
    }

    bool isMiddleSource(int n, int segment) const
    {
        const int count = m_graph.above.size(n);
        const int *above = m_graph.above.begin(n);
        return segment == above[count / 2] || segment == above[(count - 1) / 2];
    }

    // Packs the blocks to the right side, then pulls them back to their neighbours. x counts from the right here.
    void compact()
    {
        const size_t count = m_root.size();
        collectNeighbours();
        m_group.resize(count);
        std::iota(m_group.begin(), m_group.end(), 0);
        std::fill(m_x.begin(), m_x.end(), 0);
        for (size_t i = 0; i < m_order.size(); ++i) {
            const int block = m_order[i];
            for (int n = m_first[at(block)]; n < m_first[at(block) + 1]; ++n) {
                const auto [next, distance] = m_neighbours[at(n)];
                const double x = m_x[at(block)] + distance;
                if (x > m_x[at(next)]) {
                    m_x[at(next)] = x;
                    m_group[at(next)] = m_group[at(block)];
                }
                if (--m_waiting[at(next)] == 0)
                    m_order.push_back(next);
            }
        }
        pullGroups();
        for (auto block = m_order.rbegin(); block != m_order.rend(); ++block) {
            double x = unlimited;
            for (int n = m_first[at(*block)]; n < m_first[at(*block) + 1]; ++n)
                x = std::min(x, m_x[at(m_neighbours[at(n)].block)] - m_neighbours[at(n)].distance);
            if (x < unlimited)
                m_x[at(*block)] = x;
        }
    }

    // The blocks left of each, and those that have none right of them.
    void collectNeighbours()
    {
        const size_t count = m_root.size();
        m_first.assign(count + 1, 0);
        m_waiting.assign(count, 0);
        for (const Pair &pair : m_pairs) {
            ++m_first[at(m_root[at(pair.right)]) + 1];
            ++m_waiting[at(m_root[at(pair.left)])];
        }
        std::partial_sum(m_first.begin(), m_first.end(), m_first.begin());
        m_neighbours.resize(m_pairs.size());
        m_next.assign(m_first.begin(), m_first.end() - 1);
        for (const Pair &pair : m_pairs)
            m_neighbours[at(m_next[at(m_root[at(pair.right)])]++)] = {m_root[at(pair.left)], pair.distance};
        m_order.clear();
        for (size_t n = 0; n < count; ++n) {
            if (m_root[n] == static_cast<int>(n) && m_waiting[n] == 0)
                m_order.push_back(static_cast<int>(n));
        }
    }

    // Blocks that were packed against the same one at the right side go left together, until they touch those of
    // another group or stand at the left side.
    void pullGroups()
    {
        constexpr int rounds = 4;
        struct Border
        {
            int left; // blocks
            int right;
            double distance;
        };
        std::vector<Border> borders; // between groups
        std::vector<double> edges(m_x.size(), 0); // of each group, on the left
        double side = 0;
        for (int block : m_order) {
            const int group = m_group[at(block)];
            edges[at(group)] = std::max(edges[at(group)], m_x[at(block)]);
            side = std::max(side, m_x[at(block)]);
            for (int n = m_first[at(block)]; n < m_first[at(block) + 1]; ++n) {
                if (m_group[at(m_neighbours[at(n)].block)] != group)
                    borders.push_back({m_neighbours[at(n)].block, block, m_neighbours[at(n)].distance});
            }
        }
        std::vector<double> way(m_x.size(), 0); // of each group
        std::vector<double> room(m_x.size(), unlimited);
        for (int round = 0; round < rounds; ++round) {
            for (const Border &border : borders)
                room[at(m_group[at(border.right)])] = unlimited;
            for (const Border &border : borders) {
                const int group = m_group[at(border.right)];
                const double between = m_x[at(border.left)] + way[at(m_group[at(border.left)])] - m_x[at(border.right)]
                    - way[at(group)] - border.distance;
                room[at(group)] = std::min({room[at(group)], between, side - edges[at(group)] - way[at(group)]});
            }
            bool isMoved = false;
            for (const Border &border : borders) {
                double &r = room[at(m_group[at(border.right)])];
                isMoved |= r > 0;
                way[at(m_group[at(border.right)])] += r;
                r = 0;
            }
            if (!isMoved)
                break;
        }
        for (int block : m_order)
            m_x[at(block)] += way[at(m_group[at(block)])];
    }

    LayeredGraph &m_graph;
    const std::stop_token &m_stop;
    std::vector<Pair> m_pairs;
    std::vector<int> m_position; // of each node in its rank
    std::vector<int> m_upper; // node of each segment
    std::vector<int> m_lower;
    std::vector<char> m_isInner; // of each segment: between two passes
    std::vector<int> m_trunk; // the segment down which a node's longest way goes, or -1
    std::vector<char> m_conflict;
    // Of the side in turn. A block is known by its uppermost node.
    std::vector<int> m_root; // the block of each node
    std::vector<int> m_below; // in the block, or -1
    std::vector<int> m_bounds;
    std::vector<Neighbour> m_neighbours; // left of each block
    std::vector<int> m_first; // of them, for each block
    std::vector<int> m_next;
    std::vector<int> m_waiting; // for so many blocks right of it
    std::vector<int> m_order; // blocks, each after those right of it
    std::vector<int> m_group; // of each block
    std::vector<double> m_x; // of each block
};

} // namespace

void placeNodes(LayeredGraph &graph, double nodeGap, const std::stop_token &stop)
{
    Placement(graph, nodeGap, stop).run();
}

} // namespace automation
