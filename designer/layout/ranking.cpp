#include "designer/layout/ranking.h"

#include <algorithm>
#include <limits>

namespace automation {

namespace {

size_t at(int index)
{
    return static_cast<size_t>(index);
}

// Depth-first search without recursion: marks the loops and gives the items in topological order of the rest.
class Search
{
public:
    Search(int itemCount, const std::vector<FlowEdge> &edges, std::vector<char> &isBack)
        : m_edges(edges)
        , m_isBack(isBack)
        , m_state(at(itemCount), Unseen)
        , m_next(at(itemCount), 0)
    {
        m_outgoing.build(itemCount, static_cast<int>(edges.size()),
            [&edges](int i) { return edges[at(i)].to < 0 ? -1 : edges[at(i)].from; });
        m_finished.reserve(at(itemCount));
    }

    void visit(int root)
    {
        if (m_state[at(root)] != Unseen)
            return;
        m_stack.push_back(root);
        m_state[at(root)] = Open;
        while (!m_stack.empty()) {
            const int item = m_stack.back();
            if (m_next[at(item)] == m_outgoing.size(item)) {
                m_state[at(item)] = Done;
                m_finished.push_back(item);
                m_stack.pop_back();
                continue;
            }
            const int edge = m_outgoing.begin(item)[m_next[at(item)]++];
            const int target = m_edges[at(edge)].to;
            if (m_state[at(target)] == Open) {
                m_isBack[at(edge)] = 1;
            } else if (m_state[at(target)] == Unseen) {
                m_state[at(target)] = Open;
                m_stack.push_back(target);
            }
        }
    }

    bool isSeen(int item) const { return m_state[at(item)] != Unseen; }
    const Adjacency &outgoing() const { return m_outgoing; }
    const std::vector<int> &finished() const { return m_finished; } // successors first

private:
    enum State : char { Unseen, Open, Done };
    const std::vector<FlowEdge> &m_edges;
    std::vector<char> &m_isBack;
    Adjacency m_outgoing;
    std::vector<State> m_state;
    std::vector<int> m_next;
    std::vector<int> m_stack;
    std::vector<int> m_finished;
};

} // namespace

Ranking rankItems(int itemCount, const std::vector<FlowEdge> &edges, int root)
{
    Ranking result;
    result.rank.assign(at(itemCount), 0);
    result.isBack.assign(edges.size(), 0);
    Search search(itemCount, edges, result.isBack);

    std::vector<char> isEntry(at(itemCount), 1);
    std::vector<char> fromOutside(at(itemCount), 0);
    for (const FlowEdge &edge : edges) {
        if (edge.to < 0)
            continue;
        if (edge.from < 0)
            fromOutside[at(edge.to)] = 1;
        else if (edge.from != edge.to)
            isEntry[at(edge.to)] = 0;
    }
    std::vector<char> isReached(at(itemCount), 0);
    const auto markReached = [&] {
        for (int i = 0; i < itemCount; ++i)
            isReached[at(i)] = search.isSeen(i);
    };
    if (root >= 0) {
        search.visit(root);
        markReached();
    }
    for (int i = 0; i < itemCount; ++i) {
        if (isEntry[at(i)])
            search.visit(i);
    }
    for (int i = 0; i < itemCount; ++i) {
        if (fromOutside[at(i)])
            search.visit(i);
    }
    for (int i = 0; i < itemCount; ++i)
        search.visit(i);
    if (root < 0)
        markReached();

    const std::vector<int> &finished = search.finished();
    std::vector<int> incoming(at(itemCount), 0);
    for (auto item = finished.rbegin(); item != finished.rend(); ++item) {
        for (const int *i = search.outgoing().begin(*item); i != search.outgoing().end(*item); ++i) {
            if (result.isBack[at(*i)])
                continue;
            const int target = edges[at(*i)].to;
            ++incoming[at(target)];
            result.rank[at(target)] = std::max(result.rank[at(target)], result.rank[at(*item)] + 1);
        }
    }
    for (int item : finished) {
        if (item == root)
            continue;
        int lowest = std::numeric_limits<int>::max();
        int outgoing = 0;
        for (const int *i = search.outgoing().begin(item); i != search.outgoing().end(item); ++i) {
            if (result.isBack[at(*i)])
                continue;
            ++outgoing;
            lowest = std::min(lowest, result.rank[at(edges[at(*i)].to)] - 1);
        }
        const bool comesFromOutside = fromOutside[at(item)];
        const bool lower = !isReached[at(item)] || (outgoing > incoming[at(item)] && incoming[at(item)] > 0);
        if (outgoing > 0 && lower && !comesFromOutside)
            result.rank[at(item)] = std::max(result.rank[at(item)], lowest);
    }
    int first = std::numeric_limits<int>::max();
    int last = 0;
    for (int rank : result.rank) {
        first = std::min(first, rank);
        last = std::max(last, rank);
    }
    for (int &rank : result.rank)
        rank -= first;
    result.rankCount = last - first + 1;
    return result;
}

} // namespace automation
