#include "designer/layout/ordering.h"

#include "designer/layout/reinsertion.h"
#include <algorithm>
#include <numeric>
#include <queue>

namespace automation {

namespace {

constexpr double besideCard = 0.01; // of a place in a rank

size_t at(int index)
{
    return static_cast<size_t>(index);
}

class Ordering
{
public:
    Ordering(LayeredGraph &graph, int root, const std::stop_token &stop)
        : m_graph(graph)
        , m_root(root)
        , m_stop(stop)
        , m_key(graph.nodes.size(), 0)
    {
    }

    void run()
    {
        placeByDepthFirstSearch();
        if (m_graph.keepsOrder)
            placeAsBefore();
        makeConstraintsHold();
        sortNeighbours();
        collectTurns();
        long best = countCrossings();
        long work = 250000 + 40 * static_cast<long>(m_graph.nodes.size() + m_graph.segments.size());
        if (best > 0 && !m_graph.keepsRows) {
            work = reinsertPasses(m_graph, work, m_stop);
            best = countCrossings();
            if (best > 0 && !m_graph.keepsOrder)
                sweep(best, work);
        }
        sortNeighbours();
        findSidesOfLoops();
    }

private:
    std::vector<int> &rank(int index) { return m_graph.ranks[at(index)]; }
    LayeredNode &node(int index) { return m_graph.nodes[at(index)]; }
    int rankCount() const { return static_cast<int>(m_graph.ranks.size()); }

    void number(int index)
    {
        int position = 0;
        for (int n : rank(index))
            node(n).position = position++;
    }

    void placeByDepthFirstSearch()
    {
        const int count = static_cast<int>(m_graph.nodes.size());
        std::vector<std::pair<int, int>> left;
        std::vector<std::pair<int, int>> right;
        for (const LayeredLoop &loop : m_graph.loops)
            (loop.side < 0 ? left : right).emplace_back(loop.target, loop.first);
        m_leftLoops.build(count, left);
        m_rightLoops.build(count, right);
        if (!m_graph.loops.empty()) {
            m_loopFrom.assign(at(count), -1);
            m_loopUpTo.assign(at(count), -1);
            for (size_t i = 0; i < m_graph.loops.size(); ++i) {
                m_loopFrom[at(m_graph.loops[i].first)] = static_cast<int>(i);
                m_loopUpTo[at(m_graph.loops[i].last)] = static_cast<int>(i);
            }
        }
        m_seen.assign(at(count), 0);
        if (m_root >= 0)
            visit(m_root);
        for (int pass = 0; pass < 2; ++pass) {
            for (int n = 0; n < count; ++n) {
                // Passes of loops come with their targets; ends on the top border come first of all.
                const bool isStart = m_graph.above.size(n) == 0 && (!node(n).isPass() || node(n).rank == 0);
                if (isStart || pass == 1)
                    visit(n);
            }
        }
        for (int i = 0; i < rankCount(); ++i)
            number(i);
    }

    void placeAsBefore()
    {
        for (int i = 0; i < rankCount(); ++i) {
            std::stable_sort(
                rank(i).begin(), rank(i).end(), [this](int a, int b) { return node(a).before < node(b).before; });
            number(i);
        }
    }

    void placeChain(int n)
    {
        while (!m_seen[at(n)]) {
            m_seen[at(n)] = 1;
            rank(node(n).rank).push_back(n);
            if (m_graph.below.size(n) == 0)
                return;
            n = m_graph.segments[at(*m_graph.below.begin(n))].lower;
        }
    }

    void visit(int start)
    {
        if (m_seen[at(start)])
            return;
        std::vector<std::pair<int, int>> stack; // node, next segment
        const auto enter = [&](int n) {
            m_seen[at(n)] = 1;
            for (const int *loop = m_leftLoops.begin(n); loop != m_leftLoops.end(n); ++loop)
                placeChain(*loop);
            rank(node(n).rank).push_back(n);
            stack.emplace_back(n, 0);
        };
        enter(start);
        while (!stack.empty()) {
            const int n = stack.back().first;
            if (stack.back().second == m_graph.below.size(n)) {
                for (const int *loop = m_rightLoops.begin(n); loop != m_rightLoops.end(n); ++loop)
                    placeChain(*loop);
                stack.pop_back();
                continue;
            }
            const int next = m_graph.segments[at(m_graph.below.begin(n)[stack.back().second++])].lower;
            if (!m_seen[at(next)])
                enter(next);
        }
    }

    // The first order decides which constraints are kept; afterwards all of them agree with it, so they have no cycle.
    void makeConstraintsHold()
    {
        for (int i = 0; i < rankCount(); ++i) {
            if (violates(i))
                repair(i);
            auto &constraints = m_graph.constraints[at(i)];
            std::erase_if(
                constraints, [this](auto pair) { return node(pair.first).position > node(pair.second).position; });
        }
    }

    bool violates(int index)
    {
        return std::any_of(m_graph.constraints[at(index)].begin(), m_graph.constraints[at(index)].end(),
            [this](auto pair) { return node(pair.first).position > node(pair.second).position; });
    }

    // Takes the leftmost node that may come next; where constraints contradict each other, the leftmost left.
    void repair(int index)
    {
        const std::vector<int> order = rank(index);
        const auto &constraints = m_graph.constraints[at(index)];
        std::vector<std::pair<int, int>> after;
        std::vector<int> waiting(order.size(), 0);
        for (auto pair : constraints) {
            after.emplace_back(node(pair.first).position, node(pair.second).position);
            ++waiting[at(node(pair.second).position)];
        }
        Adjacency followers;
        followers.build(static_cast<int>(order.size()), after);
        std::priority_queue<int, std::vector<int>, std::greater<>> ready;
        for (size_t i = 0; i < order.size(); ++i) {
            if (waiting[i] == 0)
                ready.push(static_cast<int>(i));
        }
        std::vector<char> taken(order.size(), 0);
        std::vector<int> result;
        result.reserve(order.size());
        size_t leftmost = 0;
        while (result.size() < order.size()) {
            int next = 0;
            if (ready.empty()) {
                while (taken[leftmost])
                    ++leftmost;
                next = static_cast<int>(leftmost);
            } else {
                next = ready.top();
                ready.pop();
                if (taken[at(next)])
                    continue;
            }
            taken[at(next)] = 1;
            result.push_back(order[at(next)]);
            for (const int *i = followers.begin(next); i != followers.end(next); ++i) {
                if (--waiting[at(*i)] == 0)
                    ready.push(*i);
            }
        }
        rank(index) = std::move(result);
        number(index);
    }

    double upperKey(int segment) const
    {
        const LayeredSegment &s = m_graph.segments[at(segment)];
        return m_graph.nodes[at(s.upper)].position + s.upperShare;
    }

    double lowerKey(int segment) const
    {
        const LayeredSegment &s = m_graph.segments[at(segment)];
        return m_graph.nodes[at(s.lower)].position + s.lowerShare;
    }

    void sortNeighbours()
    {
        for (int n = 0; n < static_cast<int>(m_graph.nodes.size()); ++n) {
            if (m_graph.above.size(n) > 1)
                std::stable_sort(m_graph.above.begin(n), m_graph.above.end(n),
                    [this](int a, int b) { return upperKey(a) < upperKey(b); });
            if (m_graph.below.size(n) > 1)
                std::stable_sort(m_graph.below.begin(n), m_graph.below.end(n),
                    [this](int a, int b) { return lowerKey(a) < lowerKey(b); });
        }
    }

    void findSidesOfLoops()
    {
        for (LayeredLoop &loop : m_graph.loops) {
            const int atTarget = node(loop.first).position < node(loop.target).position ? -1 : 1;
            const int atSource = node(loop.last).position < node(loop.source).position ? -1 : 1;
            loop.side = atTarget == atSource ? atTarget : 0;
        }
    }

    // The lines a loop crosses where it turns to the pass beside its card; index is the card's rank.
    void collectTurns()
    {
        std::vector<std::pair<int, int>> below;
        std::vector<std::pair<int, int>> above;
        for (size_t i = 0; i < m_graph.loops.size(); ++i) {
            below.emplace_back(node(m_graph.loops[i].source).rank, static_cast<int>(i));
            above.emplace_back(node(m_graph.loops[i].target).rank, static_cast<int>(i));
        }
        m_turnsBelow.build(rankCount(), below);
        m_turnsAbove.build(rankCount(), above);
    }

    long countTurns(int index)
    {
        long crossings = 0;
        if (m_turnsBelow.size(index) > 0) {
            m_keys.clear();
            for (int n : rank(index)) {
                const size_t first = m_keys.size();
                for (const int *i = m_graph.below.begin(n); i != m_graph.below.end(n); ++i)
                    m_keys.push_back(upperKey(*i));
                std::sort(m_keys.begin() + static_cast<long>(first), m_keys.end());
            }
            for (const int *i = m_turnsBelow.begin(index); i != m_turnsBelow.end(index); ++i) {
                const LayeredLoop &loop = m_graph.loops[at(*i)];
                crossings += keysBetween(node(loop.source).position + loop.share, node(loop.last).position);
            }
        }
        if (m_turnsAbove.size(index) > 0) {
            m_keys.clear();
            for (int n : rank(index))
                m_keys.insert(m_keys.end(), at(m_graph.above.size(n)), node(n).position);
            for (const int *i = m_turnsAbove.begin(index); i != m_turnsAbove.end(index); ++i) {
                const LayeredLoop &loop = m_graph.loops[at(*i)];
                crossings += keysBetween(node(loop.target).position, node(loop.first).position);
            }
        }
        return crossings;
    }

    long keysBetween(double a, double b) const
    {
        const auto first = std::upper_bound(m_keys.begin(), m_keys.end(), std::min(a, b));
        const auto last = std::lower_bound(m_keys.begin(), m_keys.end(), std::max(a, b));
        return std::max<long>(0, last - first);
    }

    long countCrossings()
    {
        long crossings = 0;
        if (!m_graph.loops.empty()) {
            for (int i = 0; i < rankCount(); ++i)
                crossings += countTurns(i);
        }
        for (int i = 0; i + 1 < rankCount(); ++i)
            crossings += countCrossings(i);
        return crossings;
    }

    // Between the rank and the next: pairs of segments in opposite order, counted with a Fenwick tree.
    long countCrossings(int index)
    {
        m_gap.clear();
        for (int n : rank(index)) {
            const size_t first = m_gap.size();
            for (const int *i = m_graph.below.begin(n); i != m_graph.below.end(n); ++i) {
                const LayeredSegment &s = m_graph.segments[at(*i)];
                m_gap.push_back({s.upperShare, node(s.lower).position});
            }
            if (m_gap.size() - first > 1)
                std::sort(m_gap.begin() + static_cast<long>(first), m_gap.end());
        }
        const auto isBefore = [](const auto &a, const auto &b) { return a.second < b.second; };
        if (std::is_sorted(m_gap.begin(), m_gap.end(), isBefore))
            return 0;
        m_tree.assign(rank(index + 1).size() + 1, 0);
        long crossings = 0;
        long total = 0;
        for (const auto &[share, position] : m_gap) {
            long upTo = 0;
            for (size_t i = at(position) + 1; i > 0; i &= i - 1)
                upTo += m_tree[i];
            crossings += total - upTo;
            ++total;
            for (size_t i = at(position) + 1; i < m_tree.size(); i += i & (~i + 1))
                ++m_tree[i];
        }
        return crossings;
    }

    void sweep(long best, long work)
    {
        const size_t size = m_graph.nodes.size() + m_graph.segments.size();
        const bool isSmall = size < 2000;
        const int rounds = isSmall ? 24 : size < 20000 ? 4 : 2;
        const int patience = isSmall ? 8 : 3;
        std::vector<std::vector<int>> bestRanks = m_graph.ranks;
        int withoutGain = 0;
        for (int round = 0; round < rounds && best > 0 && withoutGain < patience && !m_stop.stop_requested(); ++round) {
            // Down and up by the mean; in small graphs then by the median, which gets out of where the mean is stuck.
            m_byMedian = isSmall && round % 4 >= 2;
            if (round % 2 == 0) {
                for (int i = 1; i < rankCount(); ++i)
                    sortByNeighbours(i, true);
            } else {
                for (int i = rankCount() - 2; i >= 0; --i)
                    sortByNeighbours(i, false);
            }
            if (size < 10000)
                exchangeNeighbours();
            work = reinsertPasses(m_graph, work, m_stop);
            const long crossings = countCrossings();
            ++withoutGain;
            if (crossings < best) {
                best = crossings;
                bestRanks = m_graph.ranks;
                withoutGain = 0;
            }
        }
        m_graph.ranks = std::move(bestRanks);
        for (int i = 0; i < rankCount(); ++i)
            number(i);
    }

    double meanOf(const Adjacency &neighbours, int n, bool upper) const
    {
        double sum = 0;
        for (const int *i = neighbours.begin(n); i != neighbours.end(n); ++i)
            sum += upper ? upperKey(*i) : lowerKey(*i);
        return sum / neighbours.size(n);
    }

    // The left one of an even number.
    double medianOf(const Adjacency &neighbours, int n, bool upper)
    {
        m_keys.clear();
        for (const int *i = neighbours.begin(n); i != neighbours.end(n); ++i)
            m_keys.push_back(upper ? upperKey(*i) : lowerKey(*i));
        const auto middle = m_keys.begin() + (neighbours.size(n) - 1) / 2;
        std::nth_element(m_keys.begin(), middle, m_keys.end());
        return *middle;
    }

    // Sorts the nodes with neighbours on that side by the middle of their places; a loop that begins or ends in this
    // rank goes with its card, everything else keeps its place.
    void sortByNeighbours(int index, bool upper)
    {
        std::vector<int> &nodes = rank(index);
        if (nodes.size() < 2)
            return;
        const Adjacency &neighbours = upper ? m_graph.above : m_graph.below;
        const std::vector<int> &loopOf = upper ? m_loopFrom : m_loopUpTo;
        m_movable.clear();
        m_isMovable.assign(nodes.size(), 0);
        for (size_t p = 0; p < nodes.size(); ++p) {
            const int n = nodes[p];
            const int count = neighbours.size(n);
            if (count > 0) {
                m_key[at(n)] = m_byMedian ? medianOf(neighbours, n, upper) : meanOf(neighbours, n, upper);
                m_movable.push_back(n);
                m_isMovable[p] = 1;
            }
        }
        for (size_t p = 0; p < nodes.size(); ++p) {
            const int n = nodes[p];
            if (neighbours.size(n) > 0 || loopOf.empty() || loopOf[at(n)] < 0)
                continue;
            const LayeredLoop &loop = m_graph.loops[at(loopOf[at(n)])];
            const int card = upper ? loop.target : loop.source;
            if (neighbours.size(card) == 0)
                continue;
            m_key[at(n)] = m_key[at(card)] + (loop.side < 0 ? -besideCard : besideCard);
            m_movable.push_back(n);
            m_isMovable[p] = 1;
        }
        std::stable_sort(m_movable.begin(), m_movable.end(), [this](int a, int b) {
            return m_key[at(a)] != m_key[at(b)] ? m_key[at(a)] < m_key[at(b)] : node(a).position < node(b).position;
        });
        size_t next = 0;
        for (size_t p = 0; p < nodes.size(); ++p) {
            if (m_isMovable[p])
                nodes[p] = m_movable[next++];
        }
        number(index);
        if (violates(index))
            repair(index);
    }

    // Swaps nodes that stand side by side where that lessens the crossings on both sides.
    void exchangeNeighbours()
    {
        for (int i = 0; i < rankCount(); ++i) {
            std::vector<int> &nodes = rank(i);
            if (nodes.size() < 2)
                continue;
            const auto &constraints = m_graph.constraints[at(i)];
            m_fixed.assign(constraints.begin(), constraints.end());
            std::sort(m_fixed.begin(), m_fixed.end());
            for (int round = 0; round < 3; ++round) {
                bool changed = false;
                for (size_t p = 0; p + 1 < nodes.size(); ++p) {
                    const int a = nodes[p];
                    const int b = nodes[p + 1];
                    const long gain = gainOfSwap(a, b);
                    if (gain <= 0 || std::binary_search(m_fixed.begin(), m_fixed.end(), std::pair(a, b)))
                        continue;
                    std::swap(nodes[p], nodes[p + 1]);
                    std::swap(node(a).position, node(b).position);
                    changed = true;
                }
                if (!changed)
                    break;
            }
        }
    }

    long gainOfSwap(int a, int b)
    {
        long gain = 0;
        for (bool upper : {true, false}) {
            const Adjacency &neighbours = upper ? m_graph.above : m_graph.below;
            if (neighbours.size(a) == 0 || neighbours.size(b) == 0)
                continue;
            if (neighbours.size(a) == 1 && neighbours.size(b) == 1) {
                const double keyOfA = upper ? upperKey(*neighbours.begin(a)) : lowerKey(*neighbours.begin(a));
                const double keyOfB = upper ? upperKey(*neighbours.begin(b)) : lowerKey(*neighbours.begin(b));
                gain += (keyOfA > keyOfB) - (keyOfB > keyOfA);
                continue;
            }
            const auto fill = [&](std::vector<double> &keys, int n) {
                keys.clear();
                for (const int *i = neighbours.begin(n); i != neighbours.end(n); ++i)
                    keys.push_back(upper ? upperKey(*i) : lowerKey(*i));
                std::sort(keys.begin(), keys.end());
            };
            fill(m_keysOfA, a);
            fill(m_keysOfB, b);
            gain += inversions(m_keysOfA, m_keysOfB) - inversions(m_keysOfB, m_keysOfA);
        }
        return gain;
    }

    // Pairs in which the left node's neighbour stands right of the right node's.
    static long inversions(const std::vector<double> &left, const std::vector<double> &right)
    {
        long result = 0;
        size_t below = 0;
        for (double key : left) {
            while (below < right.size() && right[below] < key)
                ++below;
            result += static_cast<long>(below);
        }
        return result;
    }

    LayeredGraph &m_graph;
    const int m_root;
    const std::stop_token &m_stop;
    Adjacency m_leftLoops;
    Adjacency m_rightLoops;
    std::vector<int> m_loopFrom; // of each pass: the loop whose first pass it is, or -1
    std::vector<int> m_loopUpTo;
    std::vector<char> m_seen;
    std::vector<char> m_isMovable;
    bool m_byMedian = false;
    std::vector<double> m_key;
    std::vector<int> m_movable;
    std::vector<std::pair<int, int>> m_fixed;
    std::vector<std::pair<double, int>> m_gap;
    std::vector<long> m_tree;
    Adjacency m_turnsBelow; // loops by the rank of their source
    Adjacency m_turnsAbove; // loops by the rank of their target
    std::vector<double> m_keys;
    std::vector<double> m_keysOfA;
    std::vector<double> m_keysOfB;
};

} // namespace

void orderRanks(LayeredGraph &graph, int root, const std::stop_token &stop)
{
    Ordering(graph, root, stop).run();
}

} // namespace automation
