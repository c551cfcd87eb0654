#include "designer/canvas/floworder.h"

#include <algorithm>
#include <vector>

namespace automation {

namespace {

// What comes behind each node, nearest first, and what it is nested in.
struct Flow
{
    explicit Flow(qsizetype count)
        : behind(size_t(count))
        , parent(size_t(count), -1)
    {
    }

    void nest(int child, int container)
    {
        parent[size_t(child)] = container;
        if (container >= 0)
            behind[size_t(container)].push_back(child);
    }

    std::vector<std::vector<int>> behind;
    std::vector<int> parent;
};

// Depth first, the last way first, each node written down when all behind it is: read backwards, everything stands
// before what comes behind it, and the first way before the others.
class Reader
{
public:
    explicit Reader(const Flow &flow)
        : m_flow(flow)
        , m_seen(flow.behind.size())
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
            open.push_back({node, m_flow.behind[size_t(node)].size()});
        };
        enter(root);
        while (!open.empty()) {
            Visit &visit = open.back();
            if (visit.left == 0) {
                finished.append(visit.node);
                open.pop_back();
                continue;
            }
            const int next = m_flow.behind[size_t(visit.node)][--visit.left];
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
    const int count = int(flow.behind.size());
    Reader reader(flow);
    if (count == 0)
        return {};
    reader.order.reserve(count);
    reader.readFrom(0);
    std::vector<bool> isLedTo(flow.behind.size());
    for (const std::vector<int> &behind : flow.behind) {
        for (int node : behind)
            isLedTo[size_t(node)] = true;
    }
    // Of what the trigger does not reach, beginnings before rings without one.
    for (const bool beginning : {true, false}) {
        for (int node = 0; node < count; ++node) {
            if (flow.parent[size_t(node)] < 0 && !(beginning && isLedTo[size_t(node)]))
                reader.readFrom(node);
        }
    }
    return reader.order;
}

} // namespace

QList<int> flowOrder(const DefinitionGraph &graph)
{
    const QList<GraphNode> &nodes = graph.nodes();
    Flow flow(nodes.size());
    for (int i = 0; i < nodes.size(); ++i)
        flow.nest(i, nodes.at(i).parent);
    for (const Connection &connection : graph.connections()) {
        if (nodes.at(connection.from).outcomes.at(connection.outcome).kind != Outcome::Kind::Child)
            flow.behind[size_t(connection.from)].push_back(connection.to);
    }
    return read(flow);
}

QList<int> flowOrder(const GraphScene &scene)
{
    const QList<SceneNode> &nodes = scene.nodes();
    Flow flow(nodes.size());
    for (int i = 0; i < nodes.size(); ++i)
        flow.nest(i, nodes.at(i).parent);
    for (const SceneEdge &edge : scene.edges()) {
        if (nodes.at(edge.from).card.outcomes.at(edge.outcome).kind != Outcome::Kind::Child)
            flow.behind[size_t(edge.from)].push_back(edge.to);
    }
    return read(flow);
}

} // namespace automation
