#include "tests/layout/workflowgenerator.h"

#include <algorithm>

namespace automation {

WorkflowGenerator::WorkflowGenerator(quint32 seed)
    : m_random(seed)
{
}

LayoutNode WorkflowGenerator::card(int outcomes)
{
    LayoutNode node;
    node.size = QSizeF(232, outcomes > 1 ? 106 : 78);
    if (outcomes > 3)
        node.size.setWidth(76 * outcomes);
    for (int i = 0; i < outcomes; ++i)
        node.ports.append(node.size.width() * (2 * i + 1) / (2 * outcomes));
    return node;
}

LayoutGraph WorkflowGenerator::chain(int nodes)
{
    LayoutGraph graph;
    for (int i = 0; i < nodes; ++i) {
        graph.nodes.append(card(1));
        if (i > 0)
            graph.edges.append({i - 1, 0, i});
    }
    return graph;
}

LayoutGraph WorkflowGenerator::make(const Shape &shape)
{
    m_shape = shape;
    m_graph = {};
    const int trigger = addNode(1, -1, -1);
    addSequence({{trigger, 0}}, shape.steps, -1, -1, 0);
    addOutcomes(m_shape.loopPercent, 12);
    addOutcomes(m_shape.farJumpPercent, 0);
    addJumps();
    std::stable_sort(m_graph.edges.begin(), m_graph.edges.end(),
        [](const LayoutEdge &a, const LayoutEdge &b) { return std::pair(a.from, a.port) < std::pair(b.from, b.port); });
    return m_graph;
}

bool WorkflowGenerator::chance(int percent)
{
    return m_random.bounded(100) < percent;
}

int WorkflowGenerator::addNode(int outcomes, int container, int sequence)
{
    LayoutNode node = card(outcomes);
    node.size.rheight() += m_random.bounded(3) * 12;
    node.parent = container;
    node.sequence = sequence;
    m_graph.nodes.append(node);
    return static_cast<int>(m_graph.nodes.size()) - 1;
}

void WorkflowGenerator::connect(const QList<Exit> &exits, int to)
{
    for (const Exit &exit : exits)
        m_graph.edges.append({exit.node, exit.port, to});
}

QList<WorkflowGenerator::Exit> WorkflowGenerator::addSequence(
    QList<Exit> entries, int steps, int container, int sequence, int depth)
{
    while (steps > 0) {
        if (depth < 6 && steps > 3 && chance(m_shape.branchPercent)) {
            const int inside = 3 + m_random.bounded(std::min(steps, 60));
            entries = addBranch(entries, inside, container, sequence, depth);
            steps -= inside;
        } else if (depth < 3 && steps > 3 && chance(m_shape.containerPercent)) {
            const int inside = 2 + m_random.bounded(std::min(steps, 12));
            entries = addContainer(entries, inside, container, sequence, depth);
            steps -= inside;
        } else {
            const int node = addNode(1, container, sequence);
            connect(entries, node);
            entries = {{node, 0}};
            --steps;
        }
        if (entries.isEmpty())
            break;
    }
    return entries;
}

QList<WorkflowGenerator::Exit> WorkflowGenerator::addBranch(
    const QList<Exit> &entries, int steps, int container, int sequence, int depth)
{
    const int arms = 2 + m_random.bounded(m_shape.mostArms - 1);
    const int node = addNode(arms, container, sequence);
    connect(entries, node);
    QList<Exit> exits;
    for (int arm = 0; arm < arms; ++arm) {
        const int inside = m_random.bounded(1 + 2 * steps / arms);
        const QList<Exit> ends = addSequence({{node, arm}}, inside, container, sequence, depth + 1);
        if (!chance(m_shape.deadEndPercent) || (arm + 1 == arms && exits.isEmpty()))
            exits += ends;
    }
    return exits;
}

QList<WorkflowGenerator::Exit> WorkflowGenerator::addContainer(
    const QList<Exit> &entries, int steps, int container, int sequence, int depth)
{
    const int sequences = 1 + m_random.bounded(3);
    const int node = addNode(sequences + 1, container, sequence);
    connect(entries, node);
    for (int i = 0; i < sequences; ++i)
        addSequence({{node, i}}, 1 + steps / sequences, node, i, depth + 1);
    return {{node, sequences}};
}

// One more way on for some steps: back to one at most reach steps before it, or, without a reach, to any.
void WorkflowGenerator::addOutcomes(int percent, int reach)
{
    const int count = static_cast<int>(m_graph.nodes.size());
    for (int i = 1; i < count; ++i) {
        if (!chance(percent))
            continue;
        const int target = reach > 0 ? std::max(1, i - m_random.bounded(reach)) : 1 + m_random.bounded(count - 1);
        LayoutNode &node = m_graph.nodes[i];
        if (m_graph.nodes[target].parent != node.parent)
            continue;
        const int port = static_cast<int>(node.ports.size());
        const LayoutNode wider = card(port + 1);
        node.size.setWidth(wider.size.width());
        node.ports = wider.ports;
        m_graph.edges.append({i, port, target});
    }
}

void WorkflowGenerator::addJumps()
{
    const int count = static_cast<int>(m_graph.nodes.size());
    for (int i = 0; i < count * m_shape.jumpPercent / 100; ++i) {
        const int from = m_random.bounded(count);
        const int ports = static_cast<int>(std::max<qsizetype>(1, m_graph.nodes[from].ports.size()));
        m_graph.edges.append({from, m_random.bounded(ports), m_random.bounded(count)});
    }
}

} // namespace automation
