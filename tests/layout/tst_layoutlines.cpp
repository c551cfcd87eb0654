// What follows each other stands on one line, however often the way parts in between, and drawings lean to neither
// side.

#include "designer/layout/graphlayout.h"

#include "tests/layout/layoutchecks.h"
#include "tests/layout/layoutedits.h"
#include "tests/layout/workflowgenerator.h"
#include <algorithm>
#include <QTest>
#include <utility>

using namespace automation;

namespace {

constexpr int branches = 50;
constexpr qreal tolerance = 2; // pixels

int addCard(LayoutGraph &graph, int outcomes)
{
    graph.nodes.append(WorkflowGenerator::card(outcomes));
    return static_cast<int>(graph.nodes.size()) - 1;
}

// A branch below a step, its targets, and the step where they meet again.
struct Diamond
{
    int branch = 0;
    QList<int> targets;
    int join = 0;
};

Diamond addDiamond(LayoutGraph &graph, int from, int port, int targets)
{
    Diamond diamond;
    diamond.branch = addCard(graph, targets);
    graph.edges.append({from, port, diamond.branch});
    for (int i = 0; i < targets; ++i) {
        diamond.targets.append(addCard(graph, 1));
        graph.edges.append({diamond.branch, i, diamond.targets.last()});
    }
    diamond.join = addCard(graph, 1);
    for (int target : std::as_const(diamond.targets))
        graph.edges.append({target, 0, diamond.join});
    return diamond;
}

LayoutGraph mirrored(LayoutGraph graph)
{
    for (LayoutEdge &edge : graph.edges)
        edge.port = static_cast<int>(graph.nodes[edge.from].ports.size()) - 1 - edge.port;
    std::stable_sort(graph.edges.begin(), graph.edges.end(),
        [](const LayoutEdge &a, const LayoutEdge &b) { return std::pair(a.from, a.port) < std::pair(b.from, b.port); });
    return graph;
}

qreal middle(const LayoutResult &layout, int node)
{
    return layout.nodes[node].center().x();
}

qreal middle(const LayoutResult &layout, const QList<int> &nodes)
{
    const auto count = nodes.size();
    return (middle(layout, nodes[(count - 1) / 2]) + middle(layout, nodes[count / 2])) / 2;
}

} // namespace

class TestLayoutLines : public QObject
{
    Q_OBJECT

private slots:
    void branchesThatMeetAgainStandOnOneLine_data();
    void branchesThatMeetAgainStandOnOneLine();
    void branchesOfAllSizesStandOnOneLine();
    void branchesInsideBranchesLeaveTheLine();
    void stepsThatCanBeLeftOutLeaveTheLine();
    void armsThatEndLeaveTheRestOnOneLine_data();
    void armsThatEndLeaveTheRestOnOneLine();
    void drawingsLeanToNeitherSide_data();
    void drawingsLeanToNeitherSide();
    void longLineLeavesItsPortStraight();
    void linesFromBothSidesShareALane();
};

#define VERIFY_SOUND(graph, layout) QCOMPARE(findFault(graph, layout), QString())
#define VERIFY_NEAR(a, b)                                                                                              \
    QVERIFY2(std::abs((a) - (b)) <= tolerance, qPrintable(QString::number(a) + u' ' + QString::number(b)))

void TestLayoutLines::branchesThatMeetAgainStandOnOneLine_data()
{
    QTest::addColumn<int>("targets");
    QTest::addColumn<bool>("leftToRight");
    for (int targets : {2, 3, 4, 5}) {
        QTest::addRow("%d targets", targets) << targets << false;
        QTest::addRow("%d targets, left to right", targets) << targets << true;
    }
}

void TestLayoutLines::branchesThatMeetAgainStandOnOneLine()
{
    QFETCH(int, targets);
    QFETCH(bool, leftToRight);
    LayoutGraph graph;
    int last = addCard(graph, 1);
    QList<Diamond> diamonds;
    for (int i = 0; i < branches; ++i) {
        diamonds.append(addDiamond(graph, last, 0, targets));
        last = diamonds.last().join;
    }
    LayoutOptions options;
    if (leftToRight) {
        graph = turned(graph);
        options.direction = LayoutOptions::Direction::LeftToRight;
    }
    LayoutResult layout = layoutGraph(graph, options);
    if (leftToRight) {
        graph = turned(graph);
        layout = turned(layout);
    }
    VERIFY_SOUND(graph, layout);
    for (const Diamond &diamond : std::as_const(diamonds)) {
        VERIFY_NEAR(middle(layout, diamond.branch), middle(layout, 0));
        VERIFY_NEAR(middle(layout, diamond.targets), middle(layout, 0));
        VERIFY_NEAR(middle(layout, diamond.join), middle(layout, 0));
    }
}

void TestLayoutLines::branchesOfAllSizesStandOnOneLine()
{
    LayoutGraph graph;
    int last = addCard(graph, 1);
    QList<Diamond> diamonds;
    for (int i = 0; i < branches; ++i) {
        diamonds.append(addDiamond(graph, last, 0, 2 + i * 7 % 5));
        last = addCard(graph, 1);
        graph.edges.append({diamonds.last().join, 0, last});
    }
    const LayoutResult layout = layoutGraph(graph);
    VERIFY_SOUND(graph, layout);
    for (const Diamond &diamond : std::as_const(diamonds)) {
        VERIFY_NEAR(middle(layout, diamond.branch), middle(layout, 0));
        VERIFY_NEAR(middle(layout, diamond.targets), middle(layout, 0));
        VERIFY_NEAR(middle(layout, diamond.join), middle(layout, 0));
    }
}

void TestLayoutLines::branchesInsideBranchesLeaveTheLine()
{
    for (int wide : {0, 1}) { // of the two targets, the one with a branch below it
        LayoutGraph graph;
        int last = addCard(graph, 1);
        QList<int> line {last};
        for (int i = 0; i < branches; ++i) {
            const int branch = addCard(graph, 2);
            graph.edges.append({last, 0, branch});
            const int join = addCard(graph, 1);
            for (int arm : {0, 1}) {
                const int first = addCard(graph, 1);
                graph.edges.append({branch, arm, first});
                const int end = arm == wide ? addDiamond(graph, first, 0, 2 + i % 3).join : first;
                graph.edges.append({end, 0, join});
            }
            line << branch << join;
            last = join;
        }
        const LayoutResult layout = layoutGraph(graph);
        VERIFY_SOUND(graph, layout);
        for (int node : std::as_const(line))
            VERIFY_NEAR(middle(layout, node), middle(layout, 0));
    }
}

// One way over a step, the other past it.
void TestLayoutLines::stepsThatCanBeLeftOutLeaveTheLine()
{
    for (int side : {0, 1}) {
        LayoutGraph graph;
        int last = addCard(graph, 1);
        QList<int> line {last};
        for (int i = 0; i < branches; ++i) {
            const int branch = addCard(graph, 2);
            const int step = addCard(graph, 1);
            const int join = addCard(graph, 1);
            graph.edges.append({last, 0, branch});
            for (int port : {0, 1})
                graph.edges.append({branch, port, port == side ? step : join});
            graph.edges.append({step, 0, join});
            line << branch << join;
            last = join;
        }
        const LayoutResult layout = layoutGraph(graph);
        VERIFY_SOUND(graph, layout);
        for (int node : std::as_const(line))
            VERIFY_NEAR(middle(layout, node), middle(layout, 0));
        for (qsizetype i = 0; i < graph.edges.size(); ++i) {
            // Straight down out of its port, then once to the side.
            if (graph.edges[i].to == graph.edges[i].from + 2)
                QCOMPARE(layout.routes[i].points.size(), 4);
        }
    }
}

void TestLayoutLines::armsThatEndLeaveTheRestOnOneLine_data()
{
    QTest::addColumn<int>("targets");
    QTest::addColumn<int>("trunk"); // the target below which it goes on
    for (auto [targets, trunk] : {std::pair(2, 0), {2, 1}, {3, 1}, {4, 1}, {4, 2}})
        QTest::addRow("%d of %d", trunk, targets) << targets << trunk;
}

void TestLayoutLines::armsThatEndLeaveTheRestOnOneLine()
{
    QFETCH(int, targets);
    QFETCH(int, trunk);
    LayoutGraph graph;
    QList<int> line {addCard(graph, targets)};
    for (int i = 0; i < branches; ++i) {
        const int branch = line.last();
        for (int port = 0; port < targets; ++port) {
            const int target = addCard(graph, port == trunk ? targets : 1);
            graph.edges.append({branch, port, target});
            if (port == trunk)
                line << target;
        }
    }
    const LayoutResult layout = layoutGraph(graph);
    VERIFY_SOUND(graph, layout);
    line.remove(branches - 5, 6); // near the end no arm is much longer than the others
    for (int node : std::as_const(line))
        VERIFY_NEAR(middle(layout, node), middle(layout, 0));
}

void TestLayoutLines::drawingsLeanToNeitherSide_data()
{
    QTest::addColumn<int>("deadEndPercent");
    QTest::newRow("branches") << 15;
    QTest::newRow("branches that end") << 80;
}

// The mirror image of a workflow is about as wide as the workflow.
void TestLayoutLines::drawingsLeanToNeitherSide()
{
    QFETCH(int, deadEndPercent);
    WorkflowGenerator::Shape shape;
    shape.steps = 1000;
    shape.branchPercent = 40;
    shape.loopPercent = 0;
    shape.containerPercent = 0;
    shape.deadEndPercent = deadEndPercent;
    qreal width = 0;
    qreal mirroredWidth = 0;
    for (quint32 seed = 1; seed <= 6; ++seed) {
        const LayoutGraph graph = WorkflowGenerator(seed).make(shape);
        width += layoutGraph(graph).bounds.width();
        mirroredWidth += layoutGraph(mirrored(graph)).bounds.width();
    }
    QVERIFY2(std::max(width, mirroredWidth) <= 1.1 * std::min(width, mirroredWidth),
        qPrintable(QString::number(width) + u' ' + QString::number(mirroredWidth)));
}

void TestLayoutLines::longLineLeavesItsPortStraight()
{
    LayoutGraph graph;
    for (int outcomes : {2, 1, 1})
        addCard(graph, outcomes);
    graph.nodes[1].size.setWidth(160);
    graph.nodes[1].ports = {80};
    graph.edges = {{0, 0, 1}, {0, 1, 2}, {1, 0, 2}};
    const LayoutResult layout = layoutGraph(graph);
    VERIFY_SOUND(graph, layout);
    const QList<QPointF> &line = layout.routes[1].points;
    QCOMPARE(line.size(), 4); // straight down, then once to the side
}

void TestLayoutLines::linesFromBothSidesShareALane()
{
    for (int targets : {2, 3, 4}) {
        LayoutGraph graph;
        addCard(graph, 1);
        const Diamond diamond = addDiamond(graph, 0, 0, targets);
        const LayoutResult layout = layoutGraph(graph);
        VERIFY_SOUND(graph, layout);
        QCOMPARE(graph.edges[targets + 1].to, diamond.join);
        QCOMPARE(layout.routes[targets + 1].points[1].y(), layout.routes[2 * targets].points[1].y());
    }
}

QTEST_GUILESS_MAIN(TestLayoutLines)
#include "tst_layoutlines.moc"
