// Cards the person put somewhere: they stand there, the rest keeps its place, lines go round.

#include "designer/layout/graphlayout.h"

#include "tests/layout/layoutchecks.h"
#include "tests/layout/workflowgenerator.h"
#include <limits>
#include <QTest>

using namespace automation;
using namespace Qt::Literals::StringLiterals;

class TestFixedPlaces : public QObject
{
    Q_OBJECT

private slots:
    void fixedCardStandsWhereItWasPutAndTheRestStays();
    void cardInTheWayGoesAside();
    void childrenGoWithTheirContainerAndFramesGrow();
    void cardsLeaveWhatAFixedContainerHolds();
    void cardBetweenTheChildrenOfAContainerGoesPastThemAll();
    void placesWithoutTheHandAreKnown();
    void fixedCardsOnTopOfEachOtherStay();
    void lineGoesRoundACardPutBetween();
    void lineTurnsBesideThePillOfAnother();
    void wrongPlacesAreIgnored();
    void leftToRightUsesTheSamePlaces();
    void generatedWorkflowsStaySound();
};

void TestFixedPlaces::fixedCardStandsWhereItWasPutAndTheRestStays()
{
    LayoutGraph graph = WorkflowGenerator::chain(10);
    const LayoutResult before = layoutGraph(graph);
    graph.nodes[4].fixed = QPointF(500, 123);
    const LayoutResult layout = layoutGraph(graph);
    QCOMPARE(layout.nodes[4].topLeft(), QPointF(500, 123));
    for (int i = 0; i < 10; ++i) {
        if (i != 4)
            QCOMPARE(layout.nodes[i], before.nodes[i]);
    }
    QCOMPARE(findOverlap(graph, layout), QString());
    QCOMPARE(findRouteFault(graph, layout), QString());
    QCOMPARE(findRouteThroughCard(graph, layout), QString());
    QVERIFY(layout.bounds.contains(layout.nodes[4]));
    graph.nodes[4].fixed.reset(); // tidied up
    QCOMPARE(layoutGraph(graph).nodes, before.nodes);
}

void TestFixedPlaces::cardInTheWayGoesAside()
{
    LayoutGraph graph = WorkflowGenerator::chain(10);
    const LayoutResult before = layoutGraph(graph);
    graph.nodes[2].fixed = before.nodes[7].topLeft() + QPointF(-30, 10);
    const LayoutResult layout = layoutGraph(graph);
    QCOMPARE(layout.nodes[2].topLeft(), *graph.nodes[2].fixed);
    QVERIFY(layout.nodes[7].left() > layout.nodes[2].right());
    QCOMPARE(layout.nodes[7].top(), before.nodes[7].top());
    QCOMPARE(layout.nodes[6], before.nodes[6]);
    QCOMPARE(findOverlap(graph, layout), QString());
    QCOMPARE(findRouteFault(graph, layout), QString());
    QCOMPARE(findRouteThroughCard(graph, layout), QString());
}

void TestFixedPlaces::childrenGoWithTheirContainerAndFramesGrow()
{
    LayoutGraph graph = WorkflowGenerator::chain(5);
    for (int child : {2, 3})
        graph.nodes[child].parent = 1;
    const LayoutResult before = layoutGraph(graph);
    graph.nodes[1].fixed = before.nodes[1].topLeft() + QPointF(700, 50);
    LayoutResult layout = layoutGraph(graph);
    QCOMPARE(layout.nodes[2], before.nodes[2].translated(700, 50));
    QCOMPARE(layout.frames[1], before.frames[1].translated(700, 50));
    QCOMPARE(layout.nodes[4], before.nodes[4]);
    graph.nodes[3].fixed = before.nodes[3].topLeft() + QPointF(1200, 50);
    layout = layoutGraph(graph);
    const qreal padding = LayoutOptions().framePadding;
    QCOMPARE(layout.frames[1].right(), layout.nodes[3].right() + padding);
    QVERIFY(layout.frames[1].contains(layout.nodes[2]));
    QVERIFY(layout.bounds.contains(layout.frames[1]));
}

void TestFixedPlaces::cardsLeaveWhatAFixedContainerHolds()
{
    LayoutGraph graph = WorkflowGenerator::chain(8);
    for (int child : {2, 3})
        graph.nodes[child].parent = 1;
    const LayoutResult before = layoutGraph(graph);
    graph.nodes[1].fixed = before.nodes[1].topLeft() + (before.nodes[6].topLeft() - before.nodes[3].topLeft());
    const LayoutResult layout = layoutGraph(graph);
    QCOMPARE(layout.nodes[3].topLeft(), before.nodes[6].topLeft());
    QCOMPARE(findOverlap(graph, layout), QString());
    QCOMPARE(findFrameFault(graph, layout), QString());
}

void TestFixedPlaces::cardBetweenTheChildrenOfAContainerGoesPastThemAll()
{
    // Pushed aside by each other, none of them would ever stand clear.
    LayoutGraph graph;
    for (int outcomes : {1, 4, 3, 2, 4, 1, 1, 1, 1})
        graph.nodes.append(WorkflowGenerator::card(outcomes));
    const QList<qreal> heights {90, 130, 118, 130, 130, 78, 90, 78, 78};
    const QList<int> parents {-1, -1, -1, 2, -1, 4, 4, -1, -1};
    const QList<int> sequences {-1, 0, 1, 0, 0, 0, 1, 1, 1};
    for (int i = 0; i < graph.nodes.size(); ++i) {
        graph.nodes[i].size.setHeight(heights[i]);
        graph.nodes[i].parent = parents[i];
        graph.nodes[i].sequence = sequences[i];
    }
    graph.edges.append({7, 0, 8});
    LayoutOptions options;
    options.nodeGap = 48;
    options.rankGap = 36;
    const LayoutResult before = layoutGraph(graph, options);
    graph.nodes[3].fixed = QPointF(3, 1093);
    const LayoutResult layout = layoutGraph(graph, options);
    QCOMPARE(findOverlap(graph, layout), QString());
    QVERIFY2(layout.bounds.width() < 5 * before.bounds.width(), QByteArray::number(layout.bounds.width()));
}

void TestFixedPlaces::placesWithoutTheHandAreKnown()
{
    LayoutGraph graph = WorkflowGenerator::chain(4);
    const LayoutResult before = layoutGraph(graph);
    QVERIFY(before.freeNodes.isEmpty());
    graph.nodes[2].fixed = QPointF(700, 300);
    const LayoutResult layout = layoutGraph(graph);
    QCOMPARE(layout.freeNodes, before.nodes);
    for (qsizetype i = 0; i < graph.edges.size(); ++i)
        QCOMPARE(layout.freeRoutes[i].points, before.routes[i].points);
}

void TestFixedPlaces::fixedCardsOnTopOfEachOtherStay()
{
    LayoutGraph graph = WorkflowGenerator::chain(4);
    for (LayoutNode &node : graph.nodes)
        node.fixed = QPointF(10, 20);
    const LayoutResult layout = layoutGraph(graph);
    for (const QRectF &node : layout.nodes)
        QCOMPARE(node.topLeft(), QPointF(10, 20));
    for (const LayoutRoute &route : layout.routes)
        QVERIFY(route.points.size() >= 2);
}

void TestFixedPlaces::lineGoesRoundACardPutBetween()
{
    // Across the narrow space between two cards that stand aside of each other.
    LayoutGraph graph = WorkflowGenerator::chain(4);
    graph.nodes[1].fixed = QPointF(-600, 400);
    graph.nodes[2].fixed = QPointF(100, 530);
    graph.nodes[3].fixed = QPointF(-330, 425);
    graph.nodes[3].size = QSizeF(300, 102);
    const LayoutResult layout = layoutGraph(graph);
    QCOMPARE(findRouteFault(graph, layout), QString());
    QCOMPARE(findRouteThroughCard(graph, layout), QString());
}

void TestFixedPlaces::lineTurnsBesideThePillOfAnother()
{
    // A jump from the first card to the last, and one put so close that its line has to turn beside a pill of the jump.
    LayoutGraph graph = WorkflowGenerator::chain(12);
    graph.nodes[0] = WorkflowGenerator::card(2);
    graph.edges.append({0, 1, 11});
    const LayoutResult before = layoutGraph(graph);
    QVERIFY(before.routes[11].isJump());
    const QRectF &above = before.routes[11].targetPill;
    const QRectF &below = before.routes[11].sourcePill;
    const qreal half = graph.nodes[5].size.width() / 2;
    for (qreal distance : {0.0, 1.0, 2.0, 3.0, 5.0}) {
        for (const QPointF &place : {QPointF(above.right() + distance - half, above.top() - 96),
                 QPointF(below.left() - distance - half, below.bottom() + 14),
                 QPointF(below.right() + distance - half, below.bottom() + 14)}) {
            graph.nodes[5].fixed = place;
            const LayoutResult layout = layoutGraph(graph);
            QVERIFY(layout.routes[11].isJump());
            QCOMPARE(findPillFault(graph, layout), QString());
            QCOMPARE(findRouteFault(graph, layout), QString());
            QCOMPARE(findRouteThroughCard(graph, layout), QString());
        }
    }
}

void TestFixedPlaces::wrongPlacesAreIgnored()
{
    LayoutGraph graph = WorkflowGenerator::chain(4);
    const LayoutResult before = layoutGraph(graph);
    graph.nodes[1].fixed = QPointF(std::numeric_limits<qreal>::quiet_NaN(), 0);
    graph.nodes[2].fixed = QPointF(0, std::numeric_limits<qreal>::infinity());
    graph.nodes[3].fixed = QPointF(1e300, -1e300);
    QCOMPARE(layoutGraph(graph).nodes, before.nodes);
}

void TestFixedPlaces::leftToRightUsesTheSamePlaces()
{
    LayoutGraph graph = WorkflowGenerator::chain(4);
    for (LayoutNode &node : graph.nodes)
        node.ports = {39};
    graph.nodes[2].fixed = QPointF(700, 300);
    LayoutOptions options;
    options.direction = LayoutOptions::Direction::LeftToRight;
    const LayoutResult layout = layoutGraph(graph, options);
    QCOMPARE(layout.nodes[2].topLeft(), QPointF(700, 300));
    QCOMPARE(layout.routes[2].points.first(), QPointF(layout.nodes[2].right(), 339));
    QCOMPARE(layout.routes[1].points.last(), QPointF(700, layout.nodes[2].center().y()));
}

void TestFixedPlaces::generatedWorkflowsStaySound()
{
    WorkflowGenerator::Shape shape;
    shape.containerPercent = 0;
    shape.steps = 120;
    int drawings = 0;
    for (quint32 seed = 1; seed <= 120; ++seed) {
        LayoutGraph graph = WorkflowGenerator(seed).make(shape);
        const LayoutResult before = layoutGraph(graph);
        QRandomGenerator random(seed);
        for (int i = 0; i < 8; ++i) {
            const int node = random.bounded(int(graph.nodes.size()));
            graph.nodes[node].fixed
                = before.nodes[node].topLeft() + QPointF(random.bounded(-400, 400), random.bounded(-200, 200));
        }
        // Fixed cards may stand on each other, then nothing else can be asked for.
        bool apart = true;
        for (int a = 0; a < graph.nodes.size(); ++a) {
            for (int b = 0; b < a; ++b) {
                if (graph.nodes[a].fixed && graph.nodes[b].fixed
                    && QRectF(*graph.nodes[a].fixed, graph.nodes[a].size)
                           .adjusted(-40, -40, 40, 40)
                           .intersects(QRectF(*graph.nodes[b].fixed, graph.nodes[b].size)))
                    apart = false;
            }
        }
        if (!apart)
            continue;
        const LayoutResult layout = layoutGraph(graph);
        const QByteArray name = "seed " + QByteArray::number(seed) + ": ";
        QVERIFY2(findOverlap(graph, layout).isEmpty(), name + qPrintable(findOverlap(graph, layout)));
        QVERIFY2(findRouteFault(graph, layout).isEmpty(), name + qPrintable(findRouteFault(graph, layout)));
        QVERIFY2(findPillFault(graph, layout).isEmpty(), name + qPrintable(findPillFault(graph, layout)));
        int kept = 0;
        for (int i = 0; i < graph.nodes.size(); ++i)
            kept += layout.nodes[i] == before.nodes[i];
        QVERIFY2(kept >= graph.nodes.size() - 40, name + QByteArray::number(kept));
        QVERIFY2(findRouteThroughCard(graph, layout).isEmpty(), name + qPrintable(findRouteThroughCard(graph, layout)));
        ++drawings;
    }
    QVERIFY(drawings > 80);
}

QTEST_GUILESS_MAIN(TestFixedPlaces)
#include "tst_fixedplaces.moc"
