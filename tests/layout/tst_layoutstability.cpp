// A small edit moves little: what keeps its place when a step is inserted, appended, deleted or gets another outcome.

#include "designer/layout/graphlayout.h"

#include "tests/layout/layoutchecks.h"
#include "tests/layout/workflowgenerator.h"
#include <QTest>

using namespace automation;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qreal tolerance = 1; // pixels

WorkflowGenerator::Shape shapeOf(int kind)
{
    WorkflowGenerator::Shape shape;
    shape.steps = 200;
    shape.mostArms = 5;
    shape.loopPercent = kind == 0 ? 0 : 4;
    shape.containerPercent = kind == 2 ? 6 : 0;
    shape.farJumpPercent = kind == 3 ? 2 : 0;
    return shape;
}

// The graph with a card more on one of its edges.
LayoutGraph withStepOn(const LayoutGraph &graph, qsizetype edge)
{
    LayoutGraph changed = graph;
    LayoutNode node = WorkflowGenerator::card(1);
    node.parent = graph.nodes[graph.edges[edge].to].parent;
    node.sequence = graph.nodes[graph.edges[edge].to].sequence;
    const int added = static_cast<int>(changed.nodes.size());
    changed.nodes.append(node);
    changed.edges.append({added, 0, graph.edges[edge].to});
    changed.edges[edge].to = added;
    return changed;
}

LayoutGraph withStepAfter(const LayoutGraph &graph, int before)
{
    LayoutGraph changed = graph;
    LayoutNode node = WorkflowGenerator::card(1);
    node.parent = graph.nodes[before].parent;
    node.sequence = graph.nodes[before].sequence;
    changed.nodes.append(node);
    const int port = static_cast<int>(graph.nodes[before].ports.size());
    const LayoutNode wider = WorkflowGenerator::card(port + 1);
    changed.nodes[before].ports = wider.ports;
    changed.nodes[before].size.setWidth(wider.size.width());
    auto place = std::find_if(
        changed.edges.begin(), changed.edges.end(), [before](const LayoutEdge &e) { return e.from > before; });
    changed.edges.insert(place, {before, port, static_cast<int>(graph.nodes.size())});
    return changed;
}

// Without a step that has one way on at most: what led to it leads to its target, if there is one. Its number stays, as
// a card alone.
LayoutGraph withoutStep(const LayoutGraph &graph, int node)
{
    LayoutGraph changed = graph;
    int target = -1;
    for (const LayoutEdge &edge : graph.edges) {
        if (edge.from == node && edge.to != node)
            target = edge.to;
    }
    changed.edges.removeIf(
        [=](const LayoutEdge &edge) { return edge.from == node || (edge.to == node && target < 0); });
    for (LayoutEdge &edge : changed.edges) {
        if (edge.to == node)
            edge.to = target;
    }
    return changed;
}

// The share of the steps (but the touched ones) that stand below or above all their neighbours as before: at the same
// distance to the side. Neighbours are joined by a line; jumps have none, wherever their ends stand. Down the flow they
// may have moved apart, by the room of the new step or its lines.
double keptShare(
    const LayoutGraph &graph, const LayoutResult &before, const LayoutResult &after, const QSet<int> &touched)
{
    std::vector<char> kept(static_cast<size_t>(graph.nodes.size()), 1);
    for (qsizetype i = 0; i < graph.edges.size(); ++i) {
        const LayoutEdge &edge = graph.edges[i];
        if (touched.contains(edge.from) || touched.contains(edge.to) || after.routes[i].isJump())
            continue;
        const qreal was = before.nodes[edge.to].center().x() - before.nodes[edge.from].center().x();
        const qreal is = after.nodes[edge.to].center().x() - after.nodes[edge.from].center().x();
        if (std::abs(was - is) > tolerance) {
            kept[static_cast<size_t>(edge.from)] = 0;
            kept[static_cast<size_t>(edge.to)] = 0;
        }
    }
    int count = 0;
    int all = 0;
    for (int i = 0; i < graph.nodes.size(); ++i) {
        if (touched.contains(i))
            continue;
        ++all;
        count += kept[static_cast<size_t>(i)];
    }
    return all > 0 ? double(count) / all : 1;
}

class Tally
{
public:
    void add(double share)
    {
        ++m_cases;
        m_sum += share;
        m_worst = std::min(m_worst, share);
        m_good += share >= 0.9;
    }
    double worst() const { return m_worst; }
    double mean() const { return m_sum / m_cases; }
    double goodShare() const { return double(m_good) / m_cases; }
    void print(const char *name) const
    {
        qInfo("%s: %d cases, in place on average %.3f, worst %.3f, at least 0.9 in %.3f of the cases", name, m_cases,
            mean(), m_worst, goodShare());
    }

private:
    int m_cases = 0;
    int m_good = 0;
    double m_sum = 0;
    double m_worst = 1;
};

} // namespace

class TestLayoutStability : public QObject
{
    Q_OBJECT

private slots:
    void editLeavesTheOthersInPlace_data();
    void editLeavesTheOthersInPlace();
};

void TestLayoutStability::editLeavesTheOthersInPlace_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<double>("share"); // of the cases in which nine tenths stay in place
    QTest::newRow("branches") << 0 << 0.95;
    QTest::newRow("loops") << 1 << 0.93;
    QTest::newRow("containers") << 2 << 0.95;
    QTest::newRow("far jumps") << 3 << 0.92;
}

void TestLayoutStability::editLeavesTheOthersInPlace()
{
    QFETCH(int, kind);
    QFETCH(double, share);
    Tally inserted;
    Tally added;
    Tally removed;
    for (quint32 seed = 1; seed <= 6; ++seed) {
        const LayoutGraph graph = WorkflowGenerator(seed).make(shapeOf(kind));
        if (graph.nodes.size() < 150)
            continue;
        const LayoutResult before = layoutGraph(graph);
        for (qsizetype edge = 0; edge < graph.edges.size(); ++edge) {
            const int from = graph.edges[edge].from;
            const int to = graph.edges[edge].to;
            inserted.add(keptShare(graph, before, layoutGraph(withStepOn(graph, edge)), {from, to}));
            if (edge % 7 != seed % 7)
                continue;
            added.add(keptShare(graph, before, layoutGraph(withStepAfter(graph, from)), {from}));
            if (graph.nodes[to].ports.size() == 1) {
                const LayoutGraph changed = withoutStep(graph, to);
                removed.add(keptShare(changed, before, layoutGraph(changed), {from, to}));
            }
        }
    }
    inserted.print("a step inserted");
    added.print("an outcome with a step added");
    removed.print("a step removed");
    QVERIFY2(inserted.mean() >= 0.96, qPrintable(QString::number(inserted.mean())));
    QVERIFY2(inserted.goodShare() >= share, qPrintable(QString::number(inserted.goodShare())));
    QVERIFY2(inserted.worst() >= 0.7, qPrintable(QString::number(inserted.worst())));
    QVERIFY2(removed.mean() >= 0.9, qPrintable(QString::number(removed.mean())));
    QVERIFY2(added.mean() >= 0.9, qPrintable(QString::number(added.mean())));
}

QTEST_GUILESS_MAIN(TestLayoutStability)
#include "tst_layoutstability.moc"
