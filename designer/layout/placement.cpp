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

class Placement
{
public:
    Placement(LayeredGraph &graph, double nodeGap, const std::stop_token &stop)
        : m_graph(graph)
        , m_nodeGap(nodeGap)
        , m_stop(stop)
        , m_root(graph.nodes.size())
    {
    }

    void run()
    {
        markConflicts();
        align();
        if (!m_stop.stop_requested())
            compact();
    }

private:
    const LayeredNode &node(int index) const { return m_graph.nodes[at(index)]; }
    bool isInner(int segment) const
    {
        const LayeredSegment &s = m_graph.segments[at(segment)];
        return node(s.upper).isPass() && node(s.lower).isPass();
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
                    if (isInner(*i)) {
                        right = node(m_graph.segments[at(*i)].upper).position;
                        inner = true;
                    }
                }
                if (!inner && p + 1 < lower.size())
                    continue;
                for (; scanned <= p; ++scanned) {
                    const int n = lower[scanned];
                    for (const int *i = m_graph.above.begin(n); i != m_graph.above.end(n); ++i) {
                        const int position = node(m_graph.segments[at(*i)].upper).position;
                        if ((position < left || position > right) && !isInner(*i))
                            m_conflict[at(*i)] = 1;
                    }
                }
                left = right;
            }
        }
    }

    // Joins nodes to vertical blocks: first along the segments that are the middle ones at both ends, so that the step
    // after a join stands in the column of the step before the branches, then along the middle ones of the upper nodes.
    void align()
    {
        std::iota(m_root.begin(), m_root.end(), 0);
        m_above.assign(m_root.size(), -1);
        m_below.assign(m_root.size(), -1);
        for (bool bothEnds : {true, false}) {
            for (size_t rank = 0; rank + 1 < m_graph.ranks.size(); ++rank)
                alignRank(m_graph.ranks[rank], bothEnds);
        }
        for (const std::vector<int> &rank : m_graph.ranks) {
            for (int n : rank) {
                if (m_above[at(n)] >= 0)
                    m_root[at(n)] = m_root[at(m_above[at(n)])];
            }
        }
    }

    void alignRank(const std::vector<int> &nodes, bool bothEnds)
    {
        // The aligned neighbours right of each node, by position: none may be crossed.
        std::vector<int> &bounds = m_bounds;
        bounds.assign(nodes.size() + 1, std::numeric_limits<int>::max());
        for (size_t p = nodes.size(); p-- > 0;) {
            const int below = m_below[at(nodes[p])];
            bounds[p] = below >= 0 ? node(below).position : bounds[p + 1];
        }
        int left = -1;
        for (size_t p = 0; p < nodes.size(); ++p) {
            const int v = nodes[p];
            if (m_below[at(v)] >= 0) {
                left = node(m_below[at(v)]).position;
                continue;
            }
            const int degree = m_graph.below.size(v);
            for (int m : {degree / 2, (degree - 1) / 2}) {
                if (degree == 0)
                    break;
                const int segment = m_graph.below.begin(v)[m];
                const int u = m_graph.segments[at(segment)].lower;
                const int sources = m_graph.above.size(u);
                const int middle = m_graph.above.begin(u)[sources / 2];
                const int otherMiddle = m_graph.above.begin(u)[(sources - 1) / 2];
                if (m_conflict[at(segment)] || m_above[at(u)] >= 0 || node(u).position <= left
                    || node(u).position >= bounds[p] || (bothEnds && segment != middle && segment != otherMiddle))
                    continue;
                m_below[at(v)] = u;
                m_above[at(u)] = v;
                left = node(u).position;
                break;
            }
        }
    }

    // Packs the blocks to the right side, then pulls each back to its neighbour. x counts from the right here.
    void compact()
    {
        const int count = static_cast<int>(m_graph.nodes.size());
        std::vector<std::pair<int, int>> follows; // block, index of the pair
        std::vector<std::pair<int, double>> pairs; // following block, separation
        follows.reserve(at(count));
        pairs.reserve(at(count));
        std::vector<int> waiting(at(count), 0);
        for (const std::vector<int> &nodes : m_graph.ranks) {
            for (size_t p = 0; p + 1 < nodes.size(); ++p) {
                const double distance = separation(node(nodes[p]), node(nodes[p + 1]), m_nodeGap);
                const int a = m_root[at(nodes[p + 1])];
                const int b = m_root[at(nodes[p])];
                follows.emplace_back(a, static_cast<int>(pairs.size()));
                pairs.emplace_back(b, distance);
                ++waiting[at(b)];
            }
        }
        Adjacency after;
        after.build(count, follows);
        std::vector<int> order;
        order.reserve(at(count));
        for (int n = 0; n < count; ++n) {
            if (m_root[at(n)] == n && waiting[at(n)] == 0)
                order.push_back(n);
        }
        std::vector<double> x(at(count), 0);
        for (size_t i = 0; i < order.size(); ++i) {
            for (const int *p = after.begin(order[i]); p != after.end(order[i]); ++p) {
                const auto &[next, distance] = pairs[at(*p)];
                x[at(next)] = std::max(x[at(next)], x[at(order[i])] + distance);
                if (--waiting[at(next)] == 0)
                    order.push_back(next);
            }
        }
        for (auto block = order.rbegin(); block != order.rend(); ++block) {
            double limit = std::numeric_limits<double>::max();
            for (const int *p = after.begin(*block); p != after.end(*block); ++p)
                limit = std::min(limit, x[at(pairs[at(*p)].first)] - pairs[at(*p)].second);
            if (after.size(*block) > 0)
                x[at(*block)] = std::max(x[at(*block)], limit);
        }
        for (int n = 0; n < count; ++n)
            m_graph.nodes[at(n)].x = -x[at(m_root[at(n)])];
    }

    LayeredGraph &m_graph;
    const double m_nodeGap;
    const std::stop_token &m_stop;
    std::vector<int> m_root;
    std::vector<int> m_above; // in the block, or -1
    std::vector<int> m_below;
    std::vector<int> m_bounds;
    std::vector<char> m_conflict;
};

} // namespace

void placeNodes(LayeredGraph &graph, double nodeGap, const std::stop_token &stop)
{
    Placement(graph, nodeGap, stop).run();
}

} // namespace automation
