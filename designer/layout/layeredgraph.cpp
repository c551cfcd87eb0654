#include "designer/layout/layeredgraph.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <QList>
#include <QPointF>

namespace automation {

namespace {

size_t at(int index)
{
    return static_cast<size_t>(index);
}

double share(const FlowItem &item, double x)
{
    const double width = item.left + item.right + 1;
    return std::clamp((x + item.left) / width - 0.5, -0.49, 0.49);
}

// The first and last rank whose row an edge passes without being an item of it.
struct PassedRanks
{
    int first = 0;
    int last = -1;
    int count() const { return std::max(0, last - first + 1); }
};

PassedRanks passedRanks(const FlowEdge &edge, bool isBack, const Ranking &ranking, int lastItemRank)
{
    if (edge.from < 0 && edge.to < 0)
        return {0, lastItemRank};
    if (edge.from < 0)
        return {0, ranking.rank[at(edge.to)] - 1};
    if (edge.to < 0)
        return {ranking.rank[at(edge.from)] + 1, lastItemRank};
    if (isBack)
        return {ranking.rank[at(edge.to)], ranking.rank[at(edge.from)]};
    return {ranking.rank[at(edge.from)] + 1, ranking.rank[at(edge.to)] - 1};
}

// Which edges get no places, when the shortest take theirs first.
std::vector<char> longestBeyond(long budget, const std::vector<PassedRanks> &passed)
{
    std::vector<int> byLength(passed.size());
    std::iota(byLength.begin(), byLength.end(), 0);
    std::stable_sort(byLength.begin(), byLength.end(),
        [&passed](int a, int b) { return passed[at(a)].count() < passed[at(b)].count(); });
    std::vector<char> outer(passed.size(), 0);
    long used = 0;
    for (int i : byLength) {
        used += passed[at(i)].count();
        outer[at(i)] = used > budget && passed[at(i)].count() > 1;
    }
    return outer;
}

// Where a line runs down or up past a row; not a number where it does not.
double xOfLine(const QList<QPointF> &points, double y)
{
    for (qsizetype i = 1; i < points.size(); ++i) {
        const auto [top, bottom] = std::minmax({points[i - 1].y(), points[i].y()});
        if (top < y && y <= bottom)
            return points[i].x();
    }
    return noPlace;
}

// Targets of one node that share a rank stand in the order of its outcomes.
void addConstraints(LayeredGraph &graph, const std::vector<FlowEdge> &edges, const Ranking &ranking)
{
    struct Target
    {
        int source;
        int rank;
        int edge;
    };
    std::vector<Target> targets;
    for (size_t i = 0; i < edges.size(); ++i) {
        if (edges[i].to >= 0 && !edges[i].hidden && !ranking.isBack[i])
            targets.push_back({edges[i].source, ranking.rank[at(edges[i].to)], static_cast<int>(i)});
    }
    std::stable_sort(targets.begin(), targets.end(),
        [](const Target &a, const Target &b) { return std::pair(a.source, a.rank) < std::pair(b.source, b.rank); });
    std::vector<size_t> seenIn(ranking.rank.size(), targets.size());
    size_t first = 0;
    int previous = -1;
    for (size_t i = 0; i < targets.size(); ++i) {
        if (i > 0 && (targets[i].source != targets[i - 1].source || targets[i].rank != targets[i - 1].rank)) {
            first = i;
            previous = -1;
        }
        const int target = edges[at(targets[i].edge)].to;
        if (seenIn[at(target)] == first)
            continue;
        seenIn[at(target)] = first;
        if (previous >= 0)
            graph.constraints[at(graph.nodes[at(target)].rank)].emplace_back(previous, target);
        previous = target;
    }
}

} // namespace

void Adjacency::build(int keys, const std::vector<std::pair<int, int>> &pairs)
{
    m_start.assign(at(keys) + 1, 0);
    for (const auto &pair : pairs)
        ++m_start[at(pair.first) + 1];
    std::partial_sum(m_start.begin(), m_start.end(), m_start.begin());
    m_values.resize(pairs.size());
    std::vector<int> next(m_start.begin(), m_start.end() - 1);
    for (const auto &pair : pairs)
        m_values[at(next[at(pair.first)]++)] = pair.second;
}

LayeredGraph buildLayeredGraph(
    const std::vector<FlowItem> &items, const std::vector<FlowEdge> &edges, const Ranking &ranking)
{
    LayeredGraph graph;
    const int lastItemRank = ranking.rankCount - 1;
    std::vector<PassedRanks> passed(edges.size());
    long used = 0;
    for (size_t i = 0; i < edges.size(); ++i) {
        passed[i] = passedRanks(edges[i], ranking.isBack[i], ranking, lastItemRank);
        graph.hasTopBorder |= edges[i].from < 0;
        graph.hasBottomBorder |= edges[i].to < 0;
        used += passed[i].count();
    }
    const long budget = 1500 + static_cast<long>(items.size() + edges.size());
    const std::vector<char> outer = used > budget ? longestBeyond(budget, passed) : std::vector<char>(edges.size(), 0);

    const int offset = graph.hasTopBorder ? 1 : 0;
    const int rankCount = ranking.rankCount + offset + (graph.hasBottomBorder ? 1 : 0);
    graph.ranks.resize(at(rankCount));
    graph.constraints.resize(at(rankCount));
    const size_t mostPasses = at(static_cast<int>(std::min(used, budget))) + edges.size();
    graph.nodes.reserve(items.size() + mostPasses);
    graph.pathNodes.reserve(mostPasses + edges.size());
    graph.segments.reserve(mostPasses);
    for (size_t i = 0; i < items.size(); ++i)
        graph.nodes.push_back(
            {items[i].left, items[i].right, items[i].height, static_cast<int>(i), ranking.rank[i] + offset, 0, 0,
                items[i].head, items[i].before, items[i].fresh, !std::isfinite(items[i].before)});
    graph.isSeeded = std::any_of(items.begin(), items.end(), [](auto &item) { return std::isfinite(item.before); });
    graph.keepsRows = graph.isSeeded && !ranking.rows.empty();
    const auto addPass = [&](int rank, const FlowEdge &edge) {
        double before = edge.before;
        if (graph.keepsRows && edge.lineBefore)
            before = xOfLine(*edge.lineBefore, ranking.rows[at(std::clamp(rank - offset, 0, lastItemRank))]);
        graph.nodes.push_back({0, 0, 0, -1, rank, 0, 0, 0, before, noPlace, !std::isfinite(before)});
        return static_cast<int>(graph.nodes.size()) - 1;
    };

    // Where the outermost lines leave each item that go on downwards; none: the first is greater than the last.
    constexpr double far = std::numeric_limits<double>::max();
    std::vector<std::pair<double, double>> forward(items.size(), {far, -far});
    for (size_t i = 0; i < edges.size(); ++i) {
        if (edges[i].from < 0 || edges[i].hidden || ranking.isBack[i])
            continue;
        auto &[first, last] = forward[at(edges[i].from)];
        first = std::min(first, edges[i].fromX);
        last = std::max(last, edges[i].fromX);
    }

    graph.paths.resize(edges.size());
    for (size_t i = 0; i < edges.size(); ++i) {
        const FlowEdge &edge = edges[i];
        LayeredPath &path = graph.paths[i];
        path.isBack = ranking.isBack[i];
        path.first = static_cast<int>(graph.pathNodes.size());
        if (outer[i])
            continue;
        graph.pathNodes.push_back(edge.from >= 0 ? edge.from : addPass(0, edge));
        if (path.isBack) {
            for (int rank = passed[i].last; rank >= passed[i].first; --rank)
                graph.pathNodes.push_back(addPass(rank + offset, edge));
        } else {
            for (int rank = passed[i].first; rank <= passed[i].last; ++rank)
                graph.pathNodes.push_back(addPass(rank + offset, edge));
        }
        graph.pathNodes.push_back(edge.to >= 0 ? edge.to : addPass(rankCount - 1, edge));
        path.count = static_cast<int>(graph.pathNodes.size()) - path.first;

        const int *nodes = graph.pathNodes.data() + path.first;
        if (path.isBack) {
            for (int n = 1; n + 2 < path.count; ++n)
                graph.segments.push_back({nodes[n + 1], nodes[n], 0, 0});
            // The side the outcome points to, so that the loop does not run round its own source; not across the lines
            // of the other outcomes.
            const auto [first, last] = forward[at(edge.from)];
            const bool isLeft
                = first > last || (first < edge.fromX) == (edge.fromX < last) ? edge.fromX < -1 : edge.fromX < last;
            const int side = isLeft ? -1 : 1;
            graph.loops.push_back(
                {edge.from, edge.to, nodes[path.count - 2], nodes[1], share(items[at(edge.from)], edge.fromX), side});
            continue;
        }
        for (int n = 0; n + 1 < path.count; ++n) {
            LayeredSegment segment {nodes[n], nodes[n + 1], 0, 0};
            if (n == 0 && edge.from >= 0)
                segment.upperShare = share(items[at(edge.from)], edge.fromX);
            if (n + 2 == path.count && edge.to >= 0)
                segment.lowerShare = share(items[at(edge.to)], edge.toX);
            graph.segments.push_back(segment);
        }
    }

    const int nodeCount = static_cast<int>(graph.nodes.size());
    const int segmentCount = static_cast<int>(graph.segments.size());
    graph.below.build(nodeCount, segmentCount, [&graph](int i) { return graph.segments[at(i)].upper; });
    graph.above.build(nodeCount, segmentCount, [&graph](int i) { return graph.segments[at(i)].lower; });
    addConstraints(graph, edges, ranking);
    return graph;
}

} // namespace automation
