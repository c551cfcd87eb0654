#include "designer/layout/edgerouting.h"

#include <algorithm>
#include <map>
#include <queue>

namespace automation {

namespace {

constexpr double outerMargin = 28; // between the cards and the first outer lane
constexpr double outerPitch = 12;
constexpr double lanePitch = 12;
constexpr int roomyLanes = 12; // more lanes than this stand closer

size_t at(int index)
{
    return static_cast<size_t>(index);
}

} // namespace

EdgeRouting::EdgeRouting(
    const LayeredGraph &graph, const std::vector<FlowEdge> &edges, const Ranking &ranking, const FlowSpacing &spacing)
    : m_graph(graph)
    , m_edges(edges)
    , m_ranking(ranking)
    , m_spacing(spacing)
    , m_outerX(edges.size(), 0)
    , m_gaps(graph.ranks.size() + 1)
    , m_rankTops(graph.ranks.size(), 0)
{
}

double EdgeRouting::startOf(const FlowEdge &edge) const
{
    return m_graph.nodes[at(edge.from)].x + edge.fromX;
}

double EdgeRouting::endOf(const FlowEdge &edge) const
{
    return m_graph.nodes[at(edge.to)].x + edge.toX;
}

double EdgeRouting::placeOuterLanes(double width)
{
    struct Lane
    {
        int first;
        int last;
        std::vector<size_t> edges;
    };
    std::map<std::pair<int, bool>, Lane> lanes; // by target and direction
    for (size_t i = 0; i < m_edges.size(); ++i) {
        if (m_graph.paths[i].count > 0)
            continue;
        const FlowEdge &edge = m_edges[i];
        const int from = edge.from < 0 ? 0 : rankOf(edge.from) + 1;
        const int to = edge.to < 0 ? static_cast<int>(m_graph.ranks.size()) : rankOf(edge.to);
        // Edges from the border stay apart: they come in one by one.
        const std::pair<int, bool> key {edge.from < 0 ? -2 - static_cast<int>(i) : edge.target, m_ranking.isBack[i]};
        Lane &lane = lanes.try_emplace(key, Lane {std::min(from, to), std::max(from, to), {}}).first->second;
        lane.first = std::min({lane.first, from, to});
        lane.last = std::max({lane.last, from, to});
        lane.edges.push_back(i);
    }
    if (lanes.empty())
        return width;
    std::vector<const Lane *> byStart;
    for (const auto &entry : lanes)
        byStart.push_back(&entry.second);
    std::stable_sort(byStart.begin(), byStart.end(), [](auto a, auto b) { return a->first < b->first; });
    using Busy = std::pair<int, int>; // last gap, column
    std::priority_queue<Busy, std::vector<Busy>, std::greater<>> columns;
    int count = 0;
    for (const Lane *lane : byStart) {
        int column = count;
        if (!columns.empty() && columns.top().first < lane->first) {
            column = columns.top().second;
            columns.pop();
        } else {
            ++count;
        }
        columns.emplace(lane->last, column);
        for (size_t i : lane->edges)
            m_outerX[i] = width + outerMargin + column * outerPitch;
    }
    return width + outerMargin + (count - 1) * outerPitch;
}

void EdgeRouting::collectRuns()
{
    m_firstRun.reserve(m_edges.size() + 1);
    m_runs.reserve(m_graph.pathNodes.size() + m_edges.size());
    for (size_t i = 0; i < m_edges.size(); ++i) {
        m_firstRun.push_back(m_runs.size());
        const FlowEdge &edge = m_edges[i];
        const LayeredPath &path = m_graph.paths[i];
        if (edge.hidden)
            continue;
        if (path.count == 0) {
            collectOuterRuns(i);
            continue;
        }
        for (int n = 0; n + 1 < path.count; ++n) {
            const int a = m_graph.pathNodes[at(path.first + n)];
            const int b = m_graph.pathNodes[at(path.first + n + 1)];
            const bool isFirst = n == 0;
            const bool isLast = n + 2 == path.count;
            EdgeRun run;
            run.run.start = isFirst && edge.from >= 0 ? startOf(edge) : m_graph.nodes[at(a)].x;
            run.run.end = isLast && edge.to >= 0 ? endOf(edge) : m_graph.nodes[at(b)].x;
            run.gap = rankOf(b);
            if (path.isBack) {
                // Down below the source, up through the ranks, down again into the target.
                run.gap = isFirst ? rankOf(a) + 1 : isLast ? rankOf(b) : rankOf(a);
                run.run.startsAtTop = isFirst;
                run.run.endsAtTop = !isLast;
            }
            m_runs.push_back(run);
        }
    }
    m_firstRun.push_back(m_runs.size());
}

void EdgeRouting::collectOuterRuns(size_t index)
{
    const FlowEdge &edge = m_edges[index];
    const bool isBack = m_ranking.isBack[index];
    const double x = m_outerX[index];
    if (edge.from >= 0) {
        EdgeRun run {rankOf(edge.from) + 1, {}};
        run.run.start = startOf(edge);
        run.run.end = x;
        run.run.endsAtTop = isBack;
        m_runs.push_back(run);
    }
    if (edge.to >= 0) {
        EdgeRun run {rankOf(edge.to), {}};
        run.run.start = x;
        run.run.end = endOf(edge);
        run.run.startsAtTop = !isBack;
        m_runs.push_back(run);
    }
}

void EdgeRouting::placeLanes(const std::stop_token &stop)
{
    collectRuns();
    Adjacency gaps;
    gaps.build(
        static_cast<int>(m_gaps.size()), static_cast<int>(m_runs.size()), [this](int i) { return m_runs[at(i)].gap; });
    LaneAssignment assignment;
    std::vector<LaneRun *> runs;
    for (int gap = 0; gap < static_cast<int>(m_gaps.size()) && !stop.stop_requested(); ++gap) {
        runs.clear();
        bool straight = true;
        for (const int *i = gaps.begin(gap); i != gaps.end(gap); ++i) {
            runs.push_back(&m_runs[at(*i)].run);
            straight = straight && runs.back()->isStraight();
        }
        if (!straight)
            m_gaps[at(gap)].lanes = assignment.run(runs);
    }
    placeRanks();
}

void EdgeRouting::placeRanks()
{
    double y = 0;
    const int rankCount = static_cast<int>(m_graph.ranks.size());
    for (int rank = 0; rank <= rankCount; ++rank) {
        Gap &gap = m_gaps[at(rank)];
        const int firstRank = m_graph.hasTopBorder ? 1 : 0;
        const int lastRank = rankCount - (m_graph.hasBottomBorder ? 2 : 1);
        const double smallest = rank > firstRank && rank <= lastRank ? m_spacing.rankGap : 0;
        gap.top = y;
        gap.pitch = gap.lanes <= roomyLanes ? lanePitch : std::max(4.0, lanePitch * roomyLanes / gap.lanes);
        const double laneHeight = std::max(0, gap.lanes - 1) * gap.pitch;
        gap.height = gap.lanes == 0 ? smallest : std::max(smallest, laneHeight + 2 * m_spacing.laneMargin);
        gap.firstLane = y + (gap.height - laneHeight) / 2;
        y += gap.height;
        if (rank == rankCount)
            break;
        double head = 0;
        double tallest = 0;
        for (int n : m_graph.ranks[at(rank)]) {
            head = std::max(head, m_graph.nodes[at(n)].head);
            tallest = std::max(tallest, m_graph.nodes[at(n)].height);
        }
        m_rankTops[at(rank)] = y + head;
        y += head + tallest;
    }
    m_height = y;
}

double EdgeRouting::laneY(const EdgeRun &run, int lane) const
{
    const Gap &gap = m_gaps[at(run.gap)];
    return gap.firstLane + lane * gap.pitch;
}

std::vector<std::vector<LayoutPoint>> EdgeRouting::routes() const
{
    std::vector<std::vector<LayoutPoint>> routes(m_edges.size());
    for (size_t i = 0; i < m_edges.size(); ++i) {
        const FlowEdge &edge = m_edges[i];
        const size_t first = m_firstRun[i];
        const size_t last = m_firstRun[i + 1];
        if (first == last)
            continue;
        std::vector<LayoutPoint> &points = routes[i];
        points.reserve(2 * (last - first) + 2);
        double top = 0;
        if (edge.from >= 0) {
            const LayeredNode &source = m_graph.nodes[at(edge.from)];
            top = m_rankTops[at(source.rank)] + source.height;
        }
        points.push_back({m_runs[first].run.start, top});
        for (size_t r = first; r < last; ++r) {
            const EdgeRun &run = m_runs[r];
            if (run.run.isStraight())
                continue;
            const double y = laneY(run, run.run.lane);
            points.push_back({run.run.start, y});
            if (run.run.isSplit) {
                points.push_back({run.run.middle, y});
                points.push_back({run.run.middle, laneY(run, run.run.secondLane)});
            }
            points.push_back({run.run.end, points.back().y});
        }
        const double bottom = edge.to >= 0 ? m_rankTops[at(rankOf(edge.to))] : m_height;
        points.push_back({m_runs[last - 1].run.end, bottom});
    }
    return routes;
}

} // namespace automation
