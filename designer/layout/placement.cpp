#include "designer/layout/placement.h"

#include <algorithm>
#include <array>
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
        , m_align(graph.nodes.size())
    {
    }

    void run()
    {
        markConflicts();
        std::array<std::vector<double>, 4> layouts;
        for (int i = 0; i < 4 && !m_stop.stop_requested(); ++i) {
            align(i < 2, i % 2 == 0);
            layouts[at(i)] = compact(i % 2 == 0);
        }
        if (m_stop.stop_requested())
            return;
        combine(layouts);
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

    // Joins nodes to vertical blocks along the middle segments, ranks downwards or upwards, from one side.
    void align(bool downwards, bool fromLeft)
    {
        std::iota(m_root.begin(), m_root.end(), 0);
        std::iota(m_align.begin(), m_align.end(), 0);
        const int count = static_cast<int>(m_graph.ranks.size());
        for (int step = 1; step < count; ++step) {
            const std::vector<int> &nodes = m_graph.ranks[at(downwards ? step : count - 1 - step)];
            int bound = fromLeft ? -1 : std::numeric_limits<int>::max();
            for (size_t p = 0; p < nodes.size(); ++p) {
                const int v = nodes[fromLeft ? p : nodes.size() - 1 - p];
                const Adjacency &neighbours = downwards ? m_graph.above : m_graph.below;
                const int degree = neighbours.size(v);
                if (degree == 0)
                    continue;
                const int low = (degree - 1) / 2;
                const int high = degree / 2;
                for (int m : {fromLeft ? low : high, fromLeft ? high : low}) {
                    if (m_align[at(v)] != v)
                        break;
                    const int segment = neighbours.begin(v)[m];
                    const LayeredSegment &s = m_graph.segments[at(segment)];
                    const int u = downwards ? s.upper : s.lower;
                    const int position = node(u).position;
                    if (m_conflict[at(segment)] || (fromLeft ? position <= bound : position >= bound))
                        continue;
                    m_align[at(u)] = v;
                    m_root[at(v)] = m_root[at(u)];
                    m_align[at(v)] = m_root[at(u)];
                    bound = position;
                }
            }
        }
    }

    // Packs the blocks to one side, then pulls each back to its neighbour. Mirrored for the right side.
    std::vector<double> compact(bool toLeft)
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
                const int a = m_root[at(toLeft ? nodes[p] : nodes[p + 1])];
                const int b = m_root[at(toLeft ? nodes[p + 1] : nodes[p])];
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
        std::vector<double> result(at(count));
        for (int n = 0; n < count; ++n)
            result[at(n)] = toLeft ? x[at(m_root[at(n)])] : -x[at(m_root[at(n)])];
        return result;
    }

    void combine(std::array<std::vector<double>, 4> &layouts)
    {
        const auto count = m_graph.nodes.size();
        std::array<double, 4> first {};
        std::array<double, 4> last {};
        int narrowest = 0;
        for (int i = 0; i < 4; ++i) {
            first[at(i)] = std::numeric_limits<double>::max();
            last[at(i)] = std::numeric_limits<double>::lowest();
            for (size_t n = 0; n < count; ++n) {
                const double x = layouts[at(i)][n];
                first[at(i)] = std::min(first[at(i)], x - m_graph.nodes[n].left);
                last[at(i)] = std::max(last[at(i)], x + m_graph.nodes[n].right);
            }
            if (last[at(i)] - first[at(i)] < last[at(narrowest)] - first[at(narrowest)])
                narrowest = i;
        }
        std::array<double, 4> shift {};
        for (int i = 0; i < 4; ++i)
            shift[at(i)] = i % 2 == 0 ? first[at(narrowest)] - first[at(i)] : last[at(narrowest)] - last[at(i)];
        for (size_t n = 0; n < count; ++n) {
            std::array<double, 4> x {};
            for (size_t i = 0; i < 4; ++i)
                x[i] = layouts[i][n] + shift[i];
            std::sort(x.begin(), x.end());
            m_graph.nodes[n].x = std::floor((x[1] + x[2]) / 2 + 0.5);
        }
    }

    LayeredGraph &m_graph;
    const double m_nodeGap;
    const std::stop_token &m_stop;
    std::vector<int> m_root;
    std::vector<int> m_align;
    std::vector<char> m_conflict;
};

} // namespace

void placeNodes(LayeredGraph &graph, double nodeGap, const std::stop_token &stop)
{
    Placement(graph, nodeGap, stop).run();
}

} // namespace automation
