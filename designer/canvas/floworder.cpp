#include "designer/canvas/floworder.h"

#include <algorithm>
#include <numeric>
#include <span>
#include <vector>

namespace automation {

namespace {

// What comes behind each node, nearest first, and what it is nested in. Edges are given twice: to be counted, then to
// be put down, so that all of them stand in one piece.
class Flow
{
public:
    explicit Flow(qsizetype count)
        : parent(size_t(count), -1)
        , m_starts(size_t(count) + 1)
    {
    }

    template <typename ForEachEdge> void take(const ForEachEdge &forEachEdge)
    {
        forEachEdge([this](int from, int) { ++m_starts[size_t(from) + 1]; });
        std::partial_sum(m_starts.begin(), m_starts.end(), m_starts.begin());
        m_behind.resize(size_t(m_starts.back()));
        std::vector<int> next(m_starts.begin(), m_starts.end() - 1);
        forEachEdge([&](int from, int to) { m_behind[size_t(next[size_t(from)]++)] = to; });
    }

    qsizetype count() const { return qsizetype(parent.size()); }
    std::span<const int> behind(int node) const
    {
        const auto first = size_t(m_starts[size_t(node)]);
        return std::span(m_behind).subspan(first, size_t(m_starts[size_t(node) + 1]) - first);
    }
    const std::vector<int> &allBehind() const { return m_behind; }

    std::vector<int> parent;

private:
    std::vector<int> m_starts; // of each node in m_behind, and where that ends
    std::vector<int> m_behind;
};

// Depth first, the last way first, each node written down when all behind it is: read backwards, everything stands
// before what comes behind it, and the first way before the others.
class Reader
{
public:
    explicit Reader(const Flow &flow)
        : m_flow(flow)
        , m_seen(size_t(flow.count()))
    {
    }

    void readFrom(int root)
    {
        if (m_seen[size_t(root)])
            return;
        struct Visit
        {
            int node;
            size_t left; // of what is behind it
        };
        std::vector<Visit> open;
        QList<int> finished;
        const auto enter = [&](int node) {
            m_seen[size_t(node)] = true;
            open.push_back({node, m_flow.behind(node).size()});
        };
        enter(root);
        while (!open.empty()) {
            Visit &visit = open.back();
            if (visit.left == 0) {
                finished.append(visit.node);
                open.pop_back();
                continue;
            }
            const int next = m_flow.behind(visit.node)[--visit.left];
            if (!m_seen[size_t(next)])
                enter(next);
        }
        std::reverse(finished.begin(), finished.end());
        order += finished;
    }

    QList<int> order;

private:
    const Flow &m_flow;
    std::vector<bool> m_seen;
};

QList<int> read(const Flow &flow)
{
    const int count = int(flow.count());
    Reader reader(flow);
    if (count == 0)
        return {};
    reader.order.reserve(count);
    reader.readFrom(0);
    std::vector<bool> isLedTo(flow.parent.size());
    for (int node : flow.allBehind())
        isLedTo[size_t(node)] = true;
    // Of what the trigger does not reach, beginnings before rings without one.
    for (const bool beginning : {true, false}) {
        for (int node = 0; node < count; ++node) {
            if (flow.parent[size_t(node)] < 0 && !(beginning && isLedTo[size_t(node)]))
                reader.readFrom(node);
        }
    }
    return reader.order;
}

// isWayIn: whether a line from a container to a step inside it only leads into the sequence, in which that is nested
// anyway.
template <typename Nodes, typename Lines, typename IsWayIn>
FlowOrder orderOf(const Nodes &nodes, const Lines &lines, const IsWayIn &isWayIn)
{
    const int count = int(nodes.size());
    Flow flow(count);
    for (int i = 0; i < count; ++i)
        flow.parent[size_t(i)] = nodes.at(i).parent;
    flow.take([&](const auto &edge) {
        for (int i = 0; i < count; ++i) {
            if (flow.parent[size_t(i)] >= 0)
                edge(flow.parent[size_t(i)], i);
        }
        for (const auto &line : lines) {
            if (flow.parent[size_t(line.to)] != line.from || !isWayIn(line))
                edge(line.from, line.to);
        }
    });
    QList<int> order = read(flow);
    return {std::move(order), std::move(flow.parent)};
}

} // namespace

FlowOrder nestedFlowOrder(const DefinitionGraph &graph)
{
    const QList<GraphNode> &nodes = graph.nodes();
    return orderOf(nodes, graph.connections(), [&nodes](const Connection &line) {
        return nodes.at(line.from).outcomes.at(line.outcome).kind == Outcome::Kind::Child;
    });
}

QList<int> flowOrder(const DefinitionGraph &graph)
{
    return nestedFlowOrder(graph).nodes;
}

QList<int> flowOrder(const GraphScene &scene)
{
    const QList<SceneNode> &nodes = scene.nodes();
    return orderOf(nodes, scene.edges(), [&nodes](const SceneEdge &line) {
        return nodes.at(line.from).card.outcomes.at(line.outcome).kind == Outcome::Kind::Child;
    }).nodes;
}

} // namespace automation
