#include "designer/layout/reinsertion.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <limits>

namespace automation {

namespace {

constexpr int crossingCost = 64; // beside 1 for each place the edge moves sideways
constexpr int mostSlots = 32;
constexpr int reach = (mostSlots - 1) / 2; // places to each side of the old one that are tried
constexpr float tooMuch = 1 << 18; // so that numbers stay exact

// Costs are whole numbers, but compared as float: every processor can take the smaller of several at once. In their
// lowest digits they name a slot, so that the smallest number tells it.
constexpr float digits = mostSlots;

size_t at(int index)
{
    return static_cast<size_t>(index);
}

class Reinsertion
{
public:
    Reinsertion(LayeredGraph &graph, long work, const std::stop_token &stop)
        : m_graph(graph)
        , m_work(work)
        , m_stop(stop)
        , m_inChain(graph.nodes.size(), 0)
    {
    }

    long run()
    {
        size_t nextLoop = 0;
        for (const LayeredPath &path : m_graph.paths) {
            if (path.count < 3 || m_stop.stop_requested())
                continue;
            const LayeredLoop *loop = path.isBack ? &m_graph.loops[nextLoop++] : nullptr;
            const int *nodes = m_graph.pathNodes.data() + path.first;
            m_chain.assign(nodes, nodes + path.count);
            if (loop) {
                // Its passes go upwards, here all go down.
                std::reverse(m_chain.begin(), m_chain.end());
            }
            reinsert(loop);
        }
        return m_work;
    }

private:
    struct Line
    {
        double key; // of the upper end: position and share
        int upper; // position
        int slot; // the first one right of its lower end
    };

    // The places in a rank that are tried: before the nodes first to last there, and behind the last.
    struct Slots
    {
        int first = 0;
        int count = 1;
    };

    const LayeredNode &node(int index) const { return m_graph.nodes[at(index)]; }
    std::vector<int> &rankOf(int n) { return m_graph.ranks[at(node(n).rank)]; }

    void reinsert(const LayeredLoop *loop)
    {
        const size_t last = m_chain.size() - 1;
        m_slots.assign(m_chain.size(), {});
        long needed = 0;
        for (size_t k = 1; k < last; ++k) {
            const int place = node(m_chain[k]).position;
            const int first = std::max(0, place - reach);
            const int end = std::min(static_cast<int>(rankOf(m_chain[k]).size()) - 1, place + reach);
            m_slots[k] = {first, end - first + 1};
            needed += 100 + 4 * static_cast<long>(rankOf(m_chain[k]).size());
        }
        if (needed > m_work)
            return;
        m_work -= needed;
        for (size_t k = 1; k < last; ++k)
            take(m_chain[k]);
        m_cost.fill(0);
        m_ways.resize(m_chain.size());
        if (loop)
            startAbove(loop->target, m_slots[1]);
        else
            step(1);
        for (size_t k = 2; k < last; ++k)
            step(k);
        int slot = 0;
        if (loop)
            slot = endBelow(*loop, m_slots[last - 1]);
        else
            step(last);
        // Back along the way to the start.
        for (size_t k = last; k > 1; --k) {
            if (!loop || k < last)
                slot = m_ways[k][at(slot)];
            put(m_chain[k - 1], m_slots[k - 1].first + slot);
        }
        for (int n : m_chain)
            m_inChain[at(n)] = 0;
    }

    // A loop turns above its target, across the lines that come down between the target and the slot.
    void startAbove(int target, Slots slots)
    {
        const int place = node(target).position;
        startCounting(slots);
        for (int n : rankOf(target)) {
            for (const int *i = m_graph.above.begin(n); i != m_graph.above.end(n); ++i) {
                if (!m_inChain[at(m_graph.segments[at(*i)].upper)])
                    countBetween(node(n).position, place);
            }
        }
        for (int j = 0; j < slots.count; ++j)
            m_cost[at(j)] = costOfTurn(slots.first + j - place, m_crossings[at(j)]);
    }

    // And below its source. Returns the best slot.
    int endBelow(const LayeredLoop &loop, Slots slots)
    {
        const int place = node(loop.source).position;
        startCounting(slots);
        for (int n : rankOf(loop.source)) {
            for (const int *i = m_graph.below.begin(n); i != m_graph.below.end(n); ++i) {
                const LayeredSegment &s = m_graph.segments[at(*i)];
                if (m_inChain[at(s.lower)])
                    continue;
                if (n != loop.source)
                    countBetween(node(n).position, place);
                else if (s.upperShare > loop.share)
                    addFrom(place + 1, 1);
                else if (s.upperShare < loop.share)
                    addUpTo(place, 1);
            }
        }
        int best = 0;
        for (int j = 0; j < slots.count; ++j) {
            m_cost[at(j)] += costOfTurn(slots.first + j - place, m_crossings[at(j)]);
            if (m_cost[at(j)] < m_cost[at(best)])
                best = j;
        }
        return best;
    }

    // To or from a slot so many places right of the card.
    static float costOfTurn(int places, int crossings)
    {
        return static_cast<float>(crossingCost * crossings + std::abs(2 * places - 1));
    }

    // For slots on the other side of a line from the card.
    void countBetween(int line, int card)
    {
        if (line > card)
            addFrom(line + 1, 1);
        else if (line < card)
            addUpTo(line, 1);
    }

    void take(int n)
    {
        m_inChain[at(n)] = 1;
        std::vector<int> &rank = rankOf(n);
        rank.erase(rank.begin() + node(n).position);
        number(rank, node(n).position);
    }

    void put(int n, int slot)
    {
        std::vector<int> &rank = rankOf(n);
        rank.insert(rank.begin() + slot, n);
        number(rank, slot);
    }

    void number(const std::vector<int> &rank, int from)
    {
        for (int i = from; i < static_cast<int>(rank.size()); ++i)
            m_graph.nodes[at(rank[at(i)])].position = i;
    }

    void step(size_t k)
    {
        // Constants, so that the loops over the slots become vector instructions.
        if (m_slots[k].count <= mostSlots / 4)
            stepTo<mostSlots / 4>(k);
        else if (m_slots[k].count <= mostSlots / 2)
            stepTo<mostSlots / 2>(k);
        else
            stepTo<mostSlots>(k);
    }

    // From all slots of one node of the chain down to all slots of the next, of which there are up to so many. The ends
    // have one slot, their own place.
    template <int slotCount> void stepTo(size_t k)
    {
        const int upper = m_chain[k - 1];
        const int lower = m_chain[k];
        const bool upperIsEnd = !m_inChain[at(upper)];
        const bool lowerIsEnd = !m_inChain[at(lower)];
        const Slots from = m_slots[k - 1];
        const Slots to = m_slots[k];
        collectLines(upper, upperIsEnd ? Slots {node(upper).position, 1} : from,
            lowerIsEnd ? Slots {node(lower).position, 1} : to, lowerIsEnd);
        const double upperKey = upperIsEnd ? keyOfEnd(upper, lower) : 0;
        const int upperPlace = upperIsEnd ? node(upper).position : 0;
        const int lowerPlace = lowerIsEnd ? node(lower).position : 0;

        // How many lines from the left of the upper slot lead to the right of each lower one, or the other way round.
        // At first all lines are right of it.
        std::array<float, slotCount + 1> crossings {};
        for (const Line &line : m_lines)
            crossings[at(line.slot)] += digits * crossingCost;
        for (int slot = 1; slot < slotCount; ++slot)
            crossings[at(slot)] += crossings[at(slot - 1)];
        const auto addBehind = [&crossings](const Line &line, float value) {
            for (int slot = 0; slot < slotCount; ++slot)
                crossings[at(slot)] += slot >= line.slot ? value : 0;
        };
        // By the distance of the slots: from the last upper one to the first lower one, and so on.
        std::array<float, mostSlots + slotCount> sideways;
        const int farthest = upperPlace + from.first - lowerPlace - to.first + from.count - 1;
        for (int distance = 0; distance < from.count + slotCount; ++distance)
            sideways[at(distance)] = static_cast<float>(mostSlots * std::abs(farthest - distance));
        std::array<float, slotCount> next;
        next.fill(std::numeric_limits<float>::max());
        size_t passed = 0;
        for (int i = 0; i < from.count; ++i) {
            const auto isLeft
                = [&](const Line &line) { return upperIsEnd ? line.key < upperKey : line.upper < from.first + i; };
            for (; passed < m_lines.size() && isLeft(m_lines[passed]); ++passed)
                addBehind(m_lines[passed], -2 * digits * crossingCost); // and 1 to all
            const auto all = static_cast<float>(passed);
            // Lines from the same port run with us.
            for (; upperIsEnd && passed < m_lines.size() && m_lines[passed].key == upperKey; ++passed)
                addBehind(m_lines[passed], -digits * crossingCost);
            const float base = digits * (m_cost[at(i)] + crossingCost * all) + static_cast<float>(i);
            const float *const way = sideways.data() + from.count - 1 - i;
            for (int slot = 0; slot < slotCount; ++slot) {
                const float cost = base + crossings[at(slot)] + way[slot];
                next[at(slot)] = cost < next[at(slot)] ? cost : next[at(slot)];
            }
        }
        float smallest = tooMuch;
        for (int j = 0; j < to.count; ++j) {
            const float cost = std::floor(next[at(j)] / digits);
            // Costs of thousands of crossings have no room for the lowest digits: then any slot that is there will do.
            m_ways[k][at(j)] = std::min(static_cast<int>(next[at(j)] - digits * cost), from.count - 1);
            m_cost[at(j)] = cost;
            smallest = std::min(smallest, cost);
        }
        for (int j = 0; j < to.count; ++j)
            m_cost[at(j)] = std::min(m_cost[at(j)] - smallest, tooMuch);
    }

    double keyOfEnd(int end, int neighbour) const
    {
        for (const int *i = m_graph.below.begin(end); i != m_graph.below.end(end); ++i) {
            if (m_graph.segments[at(*i)].lower == neighbour)
                return node(end).position + m_graph.segments[at(*i)].upperShare;
        }
        return node(end).position;
    }

    // The lines of the gap below a node's rank that may cross the chain, by their upper ends.
    void collectLines(int upper, Slots from, Slots to, bool lowerIsEnd)
    {
        m_lines.clear();
        for (int n : rankOf(upper)) {
            if (m_inChain[at(n)])
                continue;
            const size_t first = m_lines.size();
            for (const int *i = m_graph.below.begin(n); i != m_graph.below.end(n); ++i) {
                const LayeredSegment &s = m_graph.segments[at(*i)];
                const int lower = node(s.lower).position;
                // Far lines on one side cross none of the ways.
                const bool isLeft = node(n).position < from.first && lower < to.first;
                const bool isRight = node(n).position >= from.first + from.count && lower >= to.first + to.count;
                if (m_inChain[at(s.lower)] || isLeft || isRight)
                    continue;
                if (!lowerIsEnd)
                    m_lines.push_back({node(n).position + s.upperShare, node(n).position,
                        std::clamp(lower + 1 - to.first, 0, to.count)});
                else if (lower != to.first) // else they meet
                    m_lines.push_back({node(n).position + s.upperShare, node(n).position, lower < to.first ? 0 : 1});
            }
            if (m_lines.size() - first > 1)
                std::sort(m_lines.begin() + static_cast<long>(first), m_lines.end(),
                    [](const Line &a, const Line &b) { return a.key < b.key; });
        }
    }

    void startCounting(Slots slots)
    {
        m_crossings.fill(0);
        m_firstSlot = slots.first;
    }

    void addFrom(int slot, int value)
    {
        for (int j = 0; j < mostSlots; ++j)
            m_crossings[at(j)] += m_firstSlot + j >= slot ? value : 0;
    }

    void addUpTo(int slot, int value)
    {
        for (int j = 0; j < mostSlots; ++j)
            m_crossings[at(j)] += m_firstSlot + j <= slot ? value : 0;
    }

    LayeredGraph &m_graph;
    long m_work;
    const std::stop_token &m_stop;
    std::vector<char> m_inChain;
    std::vector<int> m_chain;
    std::vector<Line> m_lines;
    std::vector<Slots> m_slots; // as the chain; the ends have one, themselves
    std::array<int, mostSlots> m_crossings {}; // as the slots being counted
    int m_firstSlot = 0;
    std::array<float, mostSlots> m_cost {};
    std::vector<std::array<int, mostSlots>> m_ways; // of each node of the chain, by slot: the slot before
};

} // namespace

long reinsertPasses(LayeredGraph &graph, long work, const std::stop_token &stop)
{
    return Reinsertion(graph, work, stop).run();
}

} // namespace automation
