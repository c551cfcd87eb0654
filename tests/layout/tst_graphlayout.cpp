#include "designer/layout/graphlayout.h"

#include "tests/layout/layoutchecks.h"
#include "tests/layout/workflowgenerator.h"
#include <cmath>
#include <limits>
#include <QTest>
#include <stop_token>

using namespace automation;

namespace {

using Edges = QList<LayoutEdge>;

LayoutGraph makeGraph(const QList<int> &outcomes, const Edges &edges)
{
    LayoutGraph graph;
    for (int count : outcomes)
        graph.nodes.append(WorkflowGenerator::card(count));
    graph.edges = edges;
    return graph;
}

qreal middle(const LayoutResult &layout, int node)
{
    return layout.nodes[node].center().x();
}

bool same(const LayoutResult &a, const LayoutResult &b)
{
    if (a.nodes != b.nodes || a.frames != b.frames || a.bounds != b.bounds || a.routes.size() != b.routes.size())
        return false;
    for (qsizetype i = 0; i < a.routes.size(); ++i) {
        if (a.routes[i].points != b.routes[i].points || a.routes[i].isBack != b.routes[i].isBack)
            return false;
    }
    return true;
}

} // namespace

class TestGraphLayout : public QObject
{
    Q_OBJECT

private slots:
    void emptyGraphGivesNothing();
    void chainIsAStraightColumn();
    void twoWaySplitIsSymmetric();
    void middleOfThreeTargetsStandsBelowItsParent();
    void parentStandsInTheMiddleOfUnequalSubtrees();
    void joinStandsInTheMiddleOfItsArms();
    void outcomesKeepTheirOrderWhateverTheEdgesWant();
    void loopRunsBesideTheCards();
    void selfLoopRunsRoundItsCard();
    void farConnectionsBecomeJumps();
    void everyStepKeepsALineIn();
    void jumpsToOneTargetShareItsPill();
    void narrowPortsKeepTheirLines();
    void crowdedPillsStandInTwoRows();
    void jumpsMoveNoCard();
    void pillsLeftToRightLieBesideTheirCards();
    void columnsWaitingForEachOtherDoNotShareLines();
    void unreachableStepStandsToTheRight();
    void frameStandsBelowItsCardRoundTheChildren();
    void sequencesStandSideBySide();
    void edgeAfterAContainerRunsBesideItsFrame();
    void linesJoinBeforeAContainerAsBeforeAnyCard();
    void leftToRightIsTheSamePictureTurned();
    void sameEdgesShareOneRoute();
    void wrongIndicesAreIgnored();
    void containersInsideThemselvesAreOpened();
    void wideBranchKeepsItsOrder();
    void longChainIsNoProblem();
    void everyStepToOneEndIsNoProblem();
    void deepNestingIsNoProblem();
    void manyLooseStepsStandInRows();
    void stopGivesAnEmptyResult();
    void generatedWorkflowsKeepAllPromises_data();
    void generatedWorkflowsKeepAllPromises();
    void layoutIsDeterministic();
};

#define VERIFY_SOUND(graph, layout) QCOMPARE(findFault(graph, layout), QString())

void TestGraphLayout::emptyGraphGivesNothing()
{
    const LayoutResult layout = layoutGraph({});
    QVERIFY(layout.nodes.isEmpty());
    QVERIFY(layout.bounds.isNull());
}

void TestGraphLayout::chainIsAStraightColumn()
{
    LayoutGraph graph = WorkflowGenerator::chain(30);
    graph.nodes[7].size = QSizeF(320, 150);
    graph.nodes[7].ports = {160};
    const LayoutResult layout = layoutGraph(graph);
    VERIFY_SOUND(graph, layout);
    for (int i = 1; i < 30; ++i) {
        QCOMPARE(middle(layout, i), middle(layout, 0));
        QCOMPARE(layout.nodes[i].top() - layout.nodes[i - 1].bottom(), LayoutOptions().rankGap);
        QCOMPARE(layout.routes[i - 1].points.size(), 2);
    }
    QCOMPARE(QPointF(middle(layout, 0), layout.nodes[0].top()), QPointF(0, 0));
}

void TestGraphLayout::twoWaySplitIsSymmetric()
{
    const LayoutGraph graph = makeGraph({1, 2, 1, 1}, {{0, 0, 1}, {1, 0, 2}, {1, 1, 3}});
    const LayoutResult layout = layoutGraph(graph);
    VERIFY_SOUND(graph, layout);
    QCOMPARE(middle(layout, 1), middle(layout, 0));
    QCOMPARE(middle(layout, 2) + middle(layout, 3), 2 * middle(layout, 1));
    QCOMPARE(layout.nodes[3].left() - layout.nodes[2].right(), LayoutOptions().nodeGap);
    QCOMPARE(layout.nodes[2].top(), layout.nodes[3].top());
    QCOMPARE(layout.routes[1].points[1].y(), layout.routes[2].points[1].y()); // one lane does for both
}

void TestGraphLayout::middleOfThreeTargetsStandsBelowItsParent()
{
    const LayoutGraph graph = makeGraph({1, 3, 1, 1, 1}, {{0, 0, 1}, {1, 0, 2}, {1, 1, 3}, {1, 2, 4}});
    const LayoutResult layout = layoutGraph(graph);
    VERIFY_SOUND(graph, layout);
    QCOMPARE(middle(layout, 3), middle(layout, 1));
    QVERIFY(middle(layout, 2) < middle(layout, 3));
    QVERIFY(middle(layout, 3) < middle(layout, 4));
}

void TestGraphLayout::parentStandsInTheMiddleOfUnequalSubtrees()
{
    const LayoutGraph graph
        = makeGraph({1, 2, 3, 1, 1, 1, 1}, {{0, 0, 1}, {1, 0, 2}, {1, 1, 3}, {2, 0, 4}, {2, 1, 5}, {2, 2, 6}});
    const LayoutResult layout = layoutGraph(graph);
    VERIFY_SOUND(graph, layout);
    QCOMPARE(middle(layout, 0), middle(layout, 1));
    QVERIFY(std::abs(middle(layout, 2) + middle(layout, 3) - 2 * middle(layout, 1)) <= 2);
    QCOMPARE(middle(layout, 5), middle(layout, 2));
    QCOMPARE(middle(layout, 4) + middle(layout, 6), 2 * middle(layout, 2));
}

void TestGraphLayout::joinStandsInTheMiddleOfItsArms()
{
    const LayoutGraph graph = makeGraph({2, 1, 1, 1}, {{0, 0, 1}, {0, 1, 2}, {1, 0, 3}, {2, 0, 3}});
    const LayoutResult layout = layoutGraph(graph);
    VERIFY_SOUND(graph, layout);
    QCOMPARE(middle(layout, 3), middle(layout, 0));
    QVERIFY(layout.nodes[3].top() > layout.nodes[1].bottom());
}

void TestGraphLayout::outcomesKeepTheirOrderWhateverTheEdgesWant()
{
    // Arms that cross further down would have fewer crossings the other way round.
    const LayoutGraph graph = makeGraph({2, 2, 2, 1, 1, 1, 1},
        {{0, 0, 1}, {0, 1, 2}, {1, 0, 5}, {1, 1, 6}, {2, 0, 3}, {2, 1, 4}, {3, 0, 5}, {4, 0, 6}});
    const LayoutResult layout = layoutGraph(graph);
    VERIFY_SOUND(graph, layout);
    QVERIFY(middle(layout, 1) < middle(layout, 2));
    QVERIFY(middle(layout, 3) < middle(layout, 4));
    QVERIFY(middle(layout, 5) < middle(layout, 6));
}

void TestGraphLayout::loopRunsBesideTheCards()
{
    const LayoutGraph graph = makeGraph({1, 1, 1, 2, 1}, {{0, 0, 1}, {1, 0, 2}, {2, 0, 3}, {3, 0, 4}, {3, 1, 1}});
    const LayoutResult layout = layoutGraph(graph);
    VERIFY_SOUND(graph, layout);
    QVERIFY(layout.routes[4].isBack);
    QVERIFY(!layout.routes[3].isBack);
    for (int i = 1; i < 5; ++i)
        QCOMPARE(middle(layout, i), middle(layout, 0));
    QVERIFY(layout.bounds.right() > layout.nodes[1].right());
    QVERIFY(layout.bounds.right() < layout.nodes[1].right() + 60);
}

void TestGraphLayout::selfLoopRunsRoundItsCard()
{
    const LayoutGraph graph = makeGraph({1, 1}, {{0, 0, 1}, {1, 0, 1}});
    const LayoutResult layout = layoutGraph(graph);
    VERIFY_SOUND(graph, layout);
    QVERIFY(layout.routes[1].isBack);
    QCOMPARE(layout.routes[1].points.size(), 6);
}

// A chain of so many cards with two outcomes each, and connections from second outcomes.
LayoutGraph chainWith(int count, const Edges &more)
{
    LayoutGraph graph = WorkflowGenerator::chain(count);
    for (LayoutNode &node : graph.nodes)
        node.ports = {58, 174};
    graph.edges += more;
    std::stable_sort(graph.edges.begin(), graph.edges.end(),
        [](auto &a, auto &b) { return std::pair(a.from, a.port) < std::pair(b.from, b.port); });
    return graph;
}

const LayoutRoute &routeFrom(const LayoutGraph &graph, const LayoutResult &layout, int from)
{
    for (qsizetype i = 0; i < graph.edges.size(); ++i) {
        if (graph.edges[i].from == from && graph.edges[i].port == 1)
            return layout.routes[i];
    }
    return layout.routes.first();
}

void TestGraphLayout::farConnectionsBecomeJumps()
{
    const LayoutOptions options;
    for (bool forward : {true, false}) {
        const int longest = forward ? options.longestLine : options.longestLoop;
        for (int levels : {longest, longest + 1}) {
            const int from = forward ? 2 : 2 + levels;
            const LayoutGraph graph = chainWith(20, {{from, 1, forward ? 2 + levels : 2}});
            const LayoutResult layout = layoutGraph(graph);
            VERIFY_SOUND(graph, layout);
            const LayoutRoute &route = routeFrom(graph, layout, from);
            QCOMPARE(route.isJump(), levels > longest);
            QCOMPARE(route.isBack, !forward);
            if (!route.isJump())
                continue;
            QCOMPARE(route.sourcePill.center().x(), layout.nodes[from].left() + 174);
            QVERIFY(route.sourcePill.top() > layout.nodes[from].bottom());
            QVERIFY(route.targetPill.bottom() < layout.nodes[forward ? 2 + levels : 2].top());
        }
    }
}

void TestGraphLayout::everyStepKeepsALineIn()
{
    // The only way to the last card leads far ahead from the first.
    LayoutGraph graph = chainWith(20, {{1, 1, 20}, {18, 1, 20}});
    graph.nodes.append(WorkflowGenerator::card(1));
    LayoutResult layout = layoutGraph(graph);
    VERIFY_SOUND(graph, layout);
    QVERIFY(routeFrom(graph, layout, 1).isJump());
    QVERIFY(!routeFrom(graph, layout, 18).isJump());
    graph.edges.removeIf([](const LayoutEdge &edge) { return edge.from == 18 && edge.port == 1; });
    layout = layoutGraph(graph);
    VERIFY_SOUND(graph, layout);
    QVERIFY(!routeFrom(graph, layout, 1).isJump());
}

void TestGraphLayout::jumpsToOneTargetShareItsPill()
{
    const LayoutGraph graph = chainWith(30, {{12, 1, 2}, {20, 1, 2}, {25, 1, 2}});
    const LayoutResult layout = layoutGraph(graph);
    VERIFY_SOUND(graph, layout);
    for (int from : {12, 20, 25})
        QCOMPARE(routeFrom(graph, layout, from).targetPill, routeFrom(graph, layout, 12).targetPill);
    QCOMPARE(routeFrom(graph, layout, 12).targetPill.width(), LayoutOptions().countPillWidth);
}

void TestGraphLayout::narrowPortsKeepTheirLines()
{
    LayoutGraph graph = chainWith(20, {{12, 1, 2}});
    graph.nodes[12].ports = {100, 112};
    const LayoutResult layout = layoutGraph(graph);
    VERIFY_SOUND(graph, layout);
    QVERIFY(!routeFrom(graph, layout, 12).isJump());
}

void TestGraphLayout::crowdedPillsStandInTwoRows()
{
    LayoutGraph graph = chainWith(20, {{12, 1, 2}, {12, 2, 3}, {12, 3, 4}});
    graph.nodes[12].ports = {29, 87, 145, 203};
    const LayoutResult layout = layoutGraph(graph);
    VERIFY_SOUND(graph, layout);
    QList<QRectF> pills;
    for (qsizetype i = 0; i < graph.edges.size(); ++i) {
        if (graph.edges[i].from == 12 && layout.routes[i].isJump())
            pills.append(layout.routes[i].sourcePill);
    }
    QCOMPARE(pills.size(), 3);
    QCOMPARE(pills[0].width(), graph.nodes[2].pillWidth);
    QCOMPARE(pills[2].top(), pills[0].top());
    QVERIFY(pills[1].top() > pills[0].bottom());
    QVERIFY(pills[1].width() > 90);
    QVERIFY(pills[1].bottom() < layout.nodes[13].top());
}

void TestGraphLayout::jumpsMoveNoCard()
{
    const LayoutGraph graph = chainWith(30, {{2, 1, 20}, {25, 1, 4}, {28, 1, 12}});
    const LayoutResult layout = layoutGraph(graph);
    VERIFY_SOUND(graph, layout);
    for (int i = 1; i < 30; ++i) {
        QCOMPARE(middle(layout, i), middle(layout, 0)); // one column still
        QVERIFY(layout.nodes[i].top() - layout.nodes[i - 1].bottom() < 2.5 * LayoutOptions().rankGap);
    }
}

void TestGraphLayout::pillsLeftToRightLieBesideTheirCards()
{
    LayoutGraph graph = chainWith(20, {{12, 1, 2}});
    for (LayoutNode &node : graph.nodes)
        node.ports = {26, 52};
    LayoutOptions options;
    options.direction = LayoutOptions::Direction::LeftToRight;
    const LayoutResult layout = layoutGraph(graph, options);
    const LayoutRoute &route = routeFrom(graph, layout, 12);
    QVERIFY(route.isJump());
    QCOMPARE(route.sourcePill.size(), QSizeF(graph.nodes[2].pillWidth, options.pillHeight));
    QCOMPARE(route.sourcePill.center().y(), layout.nodes[12].top() + 52);
    QVERIFY(route.sourcePill.left() > layout.nodes[12].right());
    QVERIFY(route.sourcePill.right() < layout.nodes[13].left());
    QCOMPARE(route.targetPill.size(), QSizeF(graph.nodes[12].pillWidth, options.pillHeight));
    QVERIFY(route.targetPill.right() < layout.nodes[2].left());
    QVERIFY(route.targetPill.left() > layout.nodes[1].right());
    QVERIFY(layout.bounds.contains(route.sourcePill));
}

void TestGraphLayout::columnsWaitingForEachOtherDoNotShareLines()
{
    // 1 stands above 4 and 2 above 3, each leads to the other column.
    LayoutGraph graph = makeGraph({2, 2, 2, 1, 1}, {{0, 0, 1}, {0, 1, 2}, {1, 0, 3}, {1, 1, 4}, {2, 0, 3}, {2, 1, 4}});
    for (int i : {1, 2})
        graph.nodes[i].ports = {116, 116};
    const LayoutResult layout = layoutGraph(graph);
    QCOMPARE(findOverlap(graph, layout), QString());
    QCOMPARE(findRouteFault(graph, layout), QString());
    QCOMPARE(findRouteThroughCard(graph, layout), QString());
    graph = makeGraph({2, 1, 1, 1, 1}, {{0, 0, 1}, {0, 1, 2}, {0, 0, 3}, {0, 1, 4}, {1, 0, 4}, {2, 0, 3}});
    VERIFY_SOUND(graph, layoutGraph(graph));
}

void TestGraphLayout::unreachableStepStandsToTheRight()
{
    const LayoutGraph graph = makeGraph({1, 1, 1, 1}, {{0, 0, 1}, {2, 0, 3}});
    const LayoutResult layout = layoutGraph(graph);
    VERIFY_SOUND(graph, layout);
    QVERIFY(layout.nodes[2].left() > layout.nodes[1].right());
    QCOMPARE(layout.nodes[2].top(), layout.nodes[0].top());
}

void TestGraphLayout::frameStandsBelowItsCardRoundTheChildren()
{
    LayoutGraph graph = makeGraph({1, 2, 1, 1, 1}, {{0, 0, 1}, {1, 0, 2}, {2, 0, 3}, {1, 1, 4}});
    for (int child : {2, 3}) {
        graph.nodes[child].parent = 1;
        graph.nodes[child].sequence = 0;
    }
    const LayoutResult layout = layoutGraph(graph);
    VERIFY_SOUND(graph, layout);
    const qreal padding = LayoutOptions().framePadding;
    QCOMPARE(layout.frames[1].left(), layout.nodes[2].left() - padding);
    QCOMPARE(layout.frames[1].bottom(), layout.nodes[3].bottom() + padding);
    QVERIFY(layout.frames[0].isNull());
    QCOMPARE(middle(layout, 2), middle(layout, 1));
    QCOMPARE(middle(layout, 4), middle(layout, 1));
    QVERIFY(layout.nodes[4].top() > layout.frames[1].bottom());
}

void TestGraphLayout::sequencesStandSideBySide()
{
    LayoutGraph graph = makeGraph({1, 1, 1, 1, 1, 1}, {{0, 0, 1}, {2, 0, 3}, {4, 0, 5}});
    for (int child = 2; child < 6; ++child) {
        graph.nodes[child].parent = 1;
        graph.nodes[child].sequence = child < 4 ? 1 : 0;
    }
    const LayoutResult layout = layoutGraph(graph);
    VERIFY_SOUND(graph, layout);
    QVERIFY(layout.nodes[4].right() < layout.nodes[2].left());
    QCOMPARE(layout.nodes[4].top(), layout.nodes[2].top());
    QCOMPARE(middle(layout, 1), layout.frames[1].center().x());
}

void TestGraphLayout::edgeAfterAContainerRunsBesideItsFrame()
{
    LayoutGraph graph = makeGraph({1, 1, 1, 1, 1}, {{0, 0, 1}, {1, 0, 4}, {2, 0, 3}, {3, 0, 4}, {0, 0, 3}, {4, 0, 2}});
    for (int child : {2, 3})
        graph.nodes[child].parent = 1;
    const LayoutResult layout = layoutGraph(graph);
    VERIFY_SOUND(graph, layout);
    QVERIFY(layout.routes[5].isBack);
    const QRectF frame = layout.frames[1];
    for (qsizetype p = 1; p < layout.routes[1].points.size(); ++p) {
        const QRectF line = QRectF(layout.routes[1].points[p - 1], layout.routes[1].points[p]).normalized();
        QVERIFY(!frame.intersects(line.adjusted(-1, -1, 1, 1)));
    }
}

void TestGraphLayout::linesJoinBeforeAContainerAsBeforeAnyCard()
{
    LayoutGraph graph
        = makeGraph({3, 1, 1, 1, 1, 1}, {{0, 0, 1}, {0, 1, 2}, {0, 2, 4}, {1, 0, 4}, {2, 0, 3}, {3, 0, 4}, {4, 0, 5}});
    const LayoutResult plain = layoutGraph(graph);
    graph.nodes[5].parent = 4;
    const LayoutResult layout = layoutGraph(graph);
    VERIFY_SOUND(graph, layout);
    for (int i = 0; i < 6; ++i)
        QCOMPARE(layout.routes[i].points, plain.routes[i].points);
}

void TestGraphLayout::leftToRightIsTheSamePictureTurned()
{
    LayoutGraph graph = makeGraph({1, 2, 1, 1}, {{0, 0, 1}, {1, 0, 2}, {1, 1, 3}});
    LayoutGraph turned = graph;
    for (LayoutNode &node : turned.nodes)
        node.size.transpose();
    LayoutOptions options;
    options.direction = LayoutOptions::Direction::LeftToRight;
    const LayoutResult down = layoutGraph(graph);
    const LayoutResult right = layoutGraph(turned, options);
    for (int i = 0; i < 4; ++i) {
        QCOMPARE(right.nodes[i].topLeft(), down.nodes[i].topLeft().transposed());
        QCOMPARE(right.nodes[i].size(), turned.nodes[i].size);
    }
    QCOMPARE(right.routes[2].points.last(), down.routes[2].points.last().transposed());
}

void TestGraphLayout::sameEdgesShareOneRoute()
{
    const LayoutGraph graph = makeGraph({1, 1}, {{0, 0, 1}, {0, 0, 1}, {0, 0, 1}});
    const LayoutResult layout = layoutGraph(graph);
    VERIFY_SOUND(graph, layout);
    QCOMPARE(layout.routes[2].points, layout.routes[0].points);
    QCOMPARE(layout.routes[2].points.size(), 2);
}

void TestGraphLayout::wrongIndicesAreIgnored()
{
    LayoutGraph graph = makeGraph({1, 1, 1}, {{0, 0, 1}, {-1, 0, 1}, {0, 0, 99}, {1, 7, 2}, {1, -3, 2}, {7, 7, -7}});
    graph.nodes[1].parent = 55;
    graph.nodes[2].sequence = -9;
    graph.nodes[0].ports = {std::nan("")};
    graph.nodes[1].size = QSizeF(-5, std::numeric_limits<qreal>::infinity());
    LayoutOptions options;
    options.nodeGap = -1;
    options.rankGap = std::nan("");
    const LayoutResult layout = layoutGraph(graph, options);
    QCOMPARE(layout.routes.size(), 6);
    for (int i : {0, 3, 4})
        QVERIFY(layout.routes[i].points.size() >= 2);
    for (int i : {1, 2, 5})
        QVERIFY(layout.routes[i].points.isEmpty());
    for (const QRectF &node : layout.nodes)
        QVERIFY(std::isfinite(node.x()) && std::isfinite(node.y()));
}

void TestGraphLayout::containersInsideThemselvesAreOpened()
{
    LayoutGraph graph = makeGraph({1, 1, 1, 1, 1}, {{0, 0, 1}, {1, 0, 2}, {2, 0, 3}, {3, 0, 4}});
    graph.nodes[1].parent = 3;
    graph.nodes[2].parent = 1;
    graph.nodes[3].parent = 2;
    graph.nodes[4].parent = 4;
    const LayoutResult layout = layoutGraph(graph);
    QCOMPARE(layout.nodes.size(), 5);
    QCOMPARE(findOverlap(graph, layout), QString());
    QCOMPARE(findRouteFault(graph, layout), QString());
    QCOMPARE(findRouteThroughCard(graph, layout), QString());
}

void TestGraphLayout::wideBranchKeepsItsOrder()
{
    LayoutGraph graph = makeGraph({500}, {});
    for (int i = 0; i < 500; ++i) {
        graph.nodes.append(WorkflowGenerator::card(1));
        graph.edges.append({0, i, i + 1});
    }
    graph.nodes.append(WorkflowGenerator::card(1));
    for (int i = 0; i < 500; ++i)
        graph.edges.append({i + 1, 0, 501});
    VERIFY_SOUND(graph, layoutGraph(graph));
    // The same from a card of usual width, whose outcomes stand half a pixel apart.
    graph.nodes[0].size = QSizeF(232, 100);
    for (int i = 0; i < 500; ++i)
        graph.nodes[0].ports[i] = 232.0 * (2 * i + 1) / 1000;
    VERIFY_SOUND(graph, layoutGraph(graph));
}

void TestGraphLayout::longChainIsNoProblem()
{
    const LayoutGraph graph = WorkflowGenerator::chain(10000);
    const LayoutResult layout = layoutGraph(graph);
    VERIFY_SOUND(graph, layout);
    QCOMPARE(layout.bounds.width(), 232);
}

void TestGraphLayout::everyStepToOneEndIsNoProblem()
{
    LayoutGraph graph = WorkflowGenerator::chain(4000);
    for (int i = 0; i < 3998; ++i) {
        graph.nodes[i].ports = {58, 174};
        graph.edges.append({i, 1, i % 2 ? 3999 : 1});
    }
    std::stable_sort(graph.edges.begin(), graph.edges.end(), [](auto &a, auto &b) { return a.from < b.from; });
    const LayoutResult layout = layoutGraph(graph);
    QCOMPARE(findOverlap(graph, layout), QString());
    QCOMPARE(findRouteFault(graph, layout), QString());
    QCOMPARE(findRouteThroughCard(graph, layout), QString());
}

void TestGraphLayout::deepNestingIsNoProblem()
{
    LayoutGraph graph = WorkflowGenerator::chain(1000);
    for (int i = 1; i < 1000; ++i)
        graph.nodes[i].parent = i - 1;
    graph.edges.append({999, 0, 0});
    const LayoutResult layout = layoutGraph(graph);
    QCOMPARE(findOverlap(graph, layout), QString());
    QCOMPARE(findRouteFault(graph, layout), QString());
    QCOMPARE(findRouteThroughCard(graph, layout), QString());
}

void TestGraphLayout::manyLooseStepsStandInRows()
{
    LayoutGraph graph;
    for (int i = 0; i < 400; ++i)
        graph.nodes.append(WorkflowGenerator::card(1));
    const LayoutResult layout = layoutGraph(graph);
    VERIFY_SOUND(graph, layout);
    QVERIFY(layout.bounds.width() < 3 * layout.bounds.height());
    QVERIFY(layout.bounds.height() < 3 * layout.bounds.width());
}

void TestGraphLayout::stopGivesAnEmptyResult()
{
    std::stop_source source;
    source.request_stop();
    QVERIFY(layoutGraph(WorkflowGenerator::chain(5), {}, source.get_token()).nodes.isEmpty());
}

void TestGraphLayout::generatedWorkflowsKeepAllPromises_data()
{
    QTest::addColumn<int>("steps");
    QTest::addColumn<int>("jumps");
    QTest::addColumn<int>("containers");
    QTest::addColumn<int>("seeds");
    QTest::newRow("small") << 8 << 0 << 10 << 200;
    QTest::newRow("usual") << 30 << 0 << 0 << 100;
    QTest::newRow("with containers") << 60 << 0 << 12 << 100;
    QTest::newRow("with jumps") << 40 << 15 << 0 << 100;
    QTest::newRow("with jumps and containers") << 60 << 15 << 15 << 100;
    QTest::newRow("tangled") << 25 << 150 << 10 << 60;
    QTest::newRow("large") << 1000 << 2 << 3 << 4;
}

void TestGraphLayout::generatedWorkflowsKeepAllPromises()
{
    QFETCH(int, steps);
    QFETCH(int, jumps);
    QFETCH(int, containers);
    QFETCH(int, seeds);
    WorkflowGenerator::Shape shape;
    shape.steps = steps;
    shape.jumpPercent = jumps;
    shape.containerPercent = containers;
    for (int seed = 1; seed <= seeds; ++seed) {
        const LayoutGraph graph = WorkflowGenerator(static_cast<quint32>(seed)).make(shape);
        const QString fault = findFault(graph, layoutGraph(graph));
        QVERIFY2(fault.isEmpty(), qPrintable(QStringLiteral("seed %1: %2").arg(seed).arg(fault)));
    }
}

void TestGraphLayout::layoutIsDeterministic()
{
    WorkflowGenerator::Shape shape;
    shape.steps = 200;
    shape.jumpPercent = 10;
    const LayoutGraph graph = WorkflowGenerator(3).make(shape);
    QVERIFY(same(layoutGraph(graph), layoutGraph(graph)));
}

QTEST_GUILESS_MAIN(TestGraphLayout)
#include "tst_graphlayout.moc"
