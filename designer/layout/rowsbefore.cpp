#include "designer/layout/rowsbefore.h"

#include "designer/layout/placement.h"
#include <algorithm>
#include <cmath>
#include <limits>

namespace automation {

namespace {

constexpr double sameRow = 0.5; // pixels

size_t at(int index)
{
    return static_cast<size_t>(index);
}

class Rows
{
public:
    Rows(Ranking &ranking, const std::vector<FlowItem> &items, const std::vector<FlowEdge> &edges)
        : m_ranking(ranking)
        , m_items(items)
        , m_edges(edges)
        , m_rowOf(items.size(), -1)
        , m_isBack(ranking.isBack)
    {
    }

    void run()
    {
        collectRows();
        if (m_rows.empty())
            return;
        turnEdges();
        if (!addNewRows() || !isSound())
            return;
        m_ranking.isBack = m_isBack;
        m_ranking.rankCount = static_cast<int>(m_order.size());
        for (size_t i = 0; i < m_items.size(); ++i)
            m_ranking.rank[i] = m_place[at(m_rowOf[i])];
        double y = m_rows.back();
        m_ranking.rows.resize(m_order.size());
        for (size_t i = m_order.size(); i-- > 0;) {
            if (m_order[i] < static_cast<int>(m_rows.size()))
                y = m_rows[at(m_order[i])];
            m_ranking.rows[i] = y;
        }
    }

private:
    bool isNew(int item) const { return !std::isfinite(m_items[at(item)].rowBefore); }
    bool isInner(const FlowEdge &edge) const { return edge.from >= 0 && edge.to >= 0 && edge.from != edge.to; }

    void collectRows()
    {
        for (const FlowItem &item : m_items) {
            if (std::isfinite(item.rowBefore))
                m_rows.push_back(item.rowBefore);
        }
        std::sort(m_rows.begin(), m_rows.end());
        m_rows.erase(std::unique(m_rows.begin(), m_rows.end(), [](double a, double b) { return b - a < sameRow; }),
            m_rows.end());
        for (size_t i = 0; i < m_items.size(); ++i) {
            if (!isNew(static_cast<int>(i)))
                m_rowOf[i] = static_cast<int>(
                                 std::upper_bound(m_rows.begin(), m_rows.end(), m_items[i].rowBefore + sameRow / 2)
                                 - m_rows.begin())
                    - 1;
        }
        m_order.resize(m_rows.size());
        for (size_t i = 0; i < m_order.size(); ++i)
            m_order[i] = static_cast<int>(i);
    }

    void turnEdges()
    {
        for (size_t i = 0; i < m_edges.size(); ++i) {
            const FlowEdge &edge = m_edges[i];
            if (isInner(edge) && !isNew(edge.from) && !isNew(edge.to))
                m_isBack[i] = m_rowOf[at(edge.from)] >= m_rowOf[at(edge.to)];
        }
    }

    int placeOf(int row) const
    {
        return static_cast<int>(std::find(m_order.begin(), m_order.end(), row) - m_order.begin());
    }

    // Sources first, as the ranks without a drawing before have it.
    bool addNewRows()
    {
        std::vector<int> added;
        for (int i = 0; i < static_cast<int>(m_items.size()); ++i) {
            if (isNew(i))
                added.push_back(i);
        }
        std::stable_sort(
            added.begin(), added.end(), [this](int a, int b) { return m_ranking.rank[at(a)] < m_ranking.rank[at(b)]; });
        std::vector<std::pair<int, int>> pairs;
        for (size_t i = 0; i < m_edges.size(); ++i) {
            if (isInner(m_edges[i]) && !m_isBack[i])
                pairs.emplace_back(m_edges[i].to, m_edges[i].from);
        }
        Adjacency sources;
        sources.build(static_cast<int>(m_items.size()), pairs);
        int next = static_cast<int>(m_rows.size());
        for (int item : added) {
            int place = 0;
            for (const int *i = sources.begin(item); i != sources.end(item); ++i) {
                if (m_rowOf[at(*i)] < 0)
                    return false;
                place = std::max(place, placeOf(m_rowOf[at(*i)]) + 1);
            }
            const bool isShared = at(place) < m_order.size() && m_order[at(place)] >= static_cast<int>(m_rows.size());
            if (!isShared)
                m_order.insert(m_order.begin() + place, next++);
            m_rowOf[at(item)] = m_order[at(place)];
        }
        return true;
    }

    bool isSound()
    {
        m_place.resize(m_order.size());
        for (size_t i = 0; i < m_order.size(); ++i)
            m_place[at(m_order[i])] = static_cast<int>(i);
        for (size_t i = 0; i < m_edges.size(); ++i) {
            if (!isInner(m_edges[i]))
                continue;
            const int from = m_place[at(m_rowOf[at(m_edges[i].from)])];
            const int to = m_place[at(m_rowOf[at(m_edges[i].to)])];
            if (m_isBack[i] ? to > from : to <= from)
                return false;
        }
        return true;
    }

    Ranking &m_ranking;
    const std::vector<FlowItem> &m_items;
    const std::vector<FlowEdge> &m_edges;
    std::vector<double> m_rows; // y before
    std::vector<int> m_rowOf; // of each item; numbers from m_rows.size() on are new rows
    std::vector<int> m_order; // rows from the top
    std::vector<int> m_place; // of each row in it
    std::vector<char> m_isBack;
};

} // namespace

void keepRows(Ranking &ranking, const std::vector<FlowItem> &items, const std::vector<FlowEdge> &edges)
{
    Rows(ranking, items, edges).run();
}

void findFreePlaces(LayeredGraph &graph, double nodeGap)
{
    std::vector<std::vector<int>> known(graph.ranks.size());
    for (int n = 0; n < static_cast<int>(graph.nodes.size()); ++n) {
        const LayeredNode &node = graph.nodes[at(n)];
        if (!node.isPass() || !node.isNew)
            known[at(node.rank)].push_back(n);
    }
    const auto place = [&graph, nodeGap](const std::vector<int> &others, LayeredNode &pass) {
        std::vector<std::pair<double, double>> taken; // around the others
        for (int other : others) {
            const LayeredNode &o = graph.nodes[at(other)];
            taken.emplace_back(o.before - separation(pass, o, nodeGap), o.before + separation(o, pass, nodeGap));
        }
        std::sort(taken.begin(), taken.end());
        const double wish = pass.before;
        double best = noPlace;
        const auto offer = [&](double low, double high) {
            const double x = std::clamp(wish, low, high);
            if (low <= high && !(std::abs(best - wish) <= std::abs(x - wish)))
                best = x;
        };
        double free = std::numeric_limits<double>::lowest();
        for (const auto &[low, high] : taken) {
            offer(free, low);
            free = std::max(free, high);
        }
        offer(free, std::numeric_limits<double>::max());
        pass.before = best;
    };
    for (const LayeredPath &path : graph.paths) {
        const int *nodes = graph.pathNodes.data() + path.first;
        for (int i = 0; i < path.count; ++i) {
            LayeredNode &node = graph.nodes[at(nodes[i])];
            if (!node.isPass() || !node.isNew)
                continue;
            if (i > 0 && graph.nodes[at(nodes[i - 1])].isPass())
                node.before = graph.nodes[at(nodes[i - 1])].before; // straight on
            place(known[at(node.rank)], node);
            known[at(node.rank)].push_back(nodes[i]);
        }
    }
}

} // namespace automation
