// A small edit moves little: what keeps its place when a step is inserted, appended, deleted or gets another outcome,
// in a drawing made from the graph alone and in one made from the drawing before.

#include "designer/layout/graphlayout.h"

#include "tests/layout/crossings.h"
#include "tests/layout/layoutchecks.h"
#include "tests/layout/layoutedits.h"
#include "tests/layout/workflowgenerator.h"
#include "tests/tools/caserunner.h"
#include <limits>
#include <QRandomGenerator>
#include <QTest>

using namespace automation;
using namespace Qt::Literals::StringLiterals;

namespace {

WorkflowGenerator::Shape shapeOf(int kind)
{
    WorkflowGenerator::Shape shape;
    shape.steps = 200;
    shape.mostArms = 5;
    shape.loopPercent = kind == 0 ? 0 : 4;
    shape.containerPercent = kind == 2 ? 6 : 0;
    shape.farJumpPercent = kind == 3 ? 2 : 0;
    if (kind == 4) {
        shape.loopPercent = 8;
        shape.containerPercent = 8;
        shape.farJumpPercent = 3;
        shape.jumpPercent = 3;
    }
    return shape;
}

QList<DrawnLine> linesOf(const LayoutGraph &graph, const LayoutResult &layout)
{
    QList<DrawnLine> lines;
    for (qsizetype i = 0; i < graph.edges.size(); ++i) {
        if (!layout.routes[i].isJump())
            lines.append({graph.edges[i].from, graph.edges[i].to, layout.routes[i].points});
    }
    return lines;
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
    void eachInsertionKeepsNineTenths_data();
    void eachInsertionKeepsNineTenths();
    void insertionsOneAfterTheOther_data() { eachInsertionKeepsNineTenths_data(); }
    void insertionsOneAfterTheOther();
    void aSmallDrawingMakesRoomInTheRow();
    void rowsStayWhereMostWouldMove();
    void insertionsBesideFixedCards();
    void leftToRightKeepsAsMuch();
    void nothingKnownIsAFreshDrawing();
    void wildPlacesBeforeDoNoHarm();
};

void TestLayoutStability::editLeavesTheOthersInPlace_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<double>("share"); // of the cases in which nine tenths stay in place
    QTest::newRow("branches") << 0 << 0.98;
    QTest::newRow("loops") << 1 << 0.97;
    QTest::newRow("containers") << 2 << 0.98;
    QTest::newRow("far jumps") << 3 << 0.93;
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
            const LayoutGraph longer = withStepOn(graph, edge);
            inserted.add(keptShare(graph, before, longer, layoutGraph(longer), {from, to}));
            if (edge % 7 != seed % 7)
                continue;
            const LayoutGraph wider = withOutcome(graph, from);
            added.add(keptShare(graph, before, wider, layoutGraph(wider), {from}));
            if (graph.nodes[to].ports.size() == 1) {
                const LayoutGraph changed = withoutStep(graph, to);
                removed.add(keptShare(changed, before, changed, layoutGraph(changed), {from, to}));
            }
        }
    }
    inserted.print("a step inserted");
    added.print("an outcome with a step added");
    removed.print("a step removed");
    QVERIFY2(inserted.mean() >= 0.96, qPrintable(QString::number(inserted.mean())));
    QVERIFY2(inserted.goodShare() >= share, qPrintable(QString::number(inserted.goodShare())));
    QVERIFY2(inserted.worst() >= 0.75, qPrintable(QString::number(inserted.worst())));
    QVERIFY2(removed.mean() >= 0.9, qPrintable(QString::number(removed.mean())));
    QVERIFY2(added.mean() >= 0.9, qPrintable(QString::number(added.mean())));
}

void TestLayoutStability::eachInsertionKeepsNineTenths_data()
{
    QTest::addColumn<int>("kind");
    QTest::newRow("branches") << 0;
    QTest::newRow("loops") << 1;
    QTest::newRow("containers") << 2;
    QTest::newRow("far jumps") << 3;
    QTest::newRow("all of it") << 4;
}

// On every edge of every drawing, none left out.
void TestLayoutStability::eachInsertionKeepsNineTenths()
{
    QFETCH(int, kind);
    Tally tally;
    long crossings = 0;
    long freshCrossings = 0;
    const auto graphs = caseCount(3);
    for (quint32 seed = 1; seed <= graphs; ++seed) {
        const LayoutGraph graph = WorkflowGenerator(seed).make(shapeOf(kind));
        const LayoutResult drawing = layoutGraph(graph);
        for (qsizetype edge = 0; edge < graph.edges.size(); ++edge) {
            const LayoutGraph changed = withStepOn(graph, edge);
            const LayoutBefore before = asBefore(graph, drawing, changed);
            const LayoutResult after = layoutGraph(changed, {}, {}, &before);
            const QString place = u"seed %1, edge %2: "_s.arg(seed).arg(edge);
            const QString fault = findFault(changed, after);
            QVERIFY2(fault.isEmpty(), qPrintable(place + fault));
            const double share
                = keptShare(graph, drawing, changed, after, {graph.edges[edge].from, graph.edges[edge].to});
            // Of few steps, one that moves is more than a tenth.
            if (graph.nodes.size() >= 150)
                QVERIFY2(share >= 0.9, qPrintable(place + QString::number(share)));
            tally.add(share);
            if (edge % 20 == 0) {
                crossings += countCrossings(linesOf(changed, after));
                freshCrossings += countCrossings(linesOf(changed, layoutGraph(changed)));
            }
        }
    }
    tally.print("a step inserted into a drawing");
    QVERIFY2(crossings <= freshCrossings + freshCrossings / 20 + 2,
        qPrintable(u"%1 crossings, fresh drawings have %2"_s.arg(crossings).arg(freshCrossings)));
}

// A drawing that was edited many times is still a good one.
void TestLayoutStability::insertionsOneAfterTheOther()
{
    QFETCH(int, kind);
    for (quint32 seed = 1; seed <= caseCount(2); ++seed) {
        QRandomGenerator random(seed);
        LayoutGraph graph = WorkflowGenerator(seed).make(shapeOf(kind));
        LayoutResult drawing = layoutGraph(graph);
        Tally tally;
        for (int i = 0; i < 60; ++i) {
            const auto edge = random.bounded(int(graph.edges.size()));
            const LayoutGraph changed = withStepOn(graph, edge);
            const LayoutBefore before = asBefore(graph, drawing, changed);
            const LayoutResult after = layoutGraph(changed, {}, {}, &before);
            const QString place = u"seed %1, insertion %2: "_s.arg(seed).arg(i);
            const QString fault = findFault(changed, after);
            QVERIFY2(fault.isEmpty(), qPrintable(place + fault));
            const double share
                = keptShare(graph, drawing, changed, after, {graph.edges[edge].from, graph.edges[edge].to});
            tally.add(share);
            graph = changed;
            drawing = after;
        }
        const LayoutResult fresh = layoutGraph(graph);
        const auto crossings = countCrossings(linesOf(graph, drawing));
        const auto freshCrossings = countCrossings(linesOf(graph, fresh));
        qInfo("%d crossings (fresh %d), %.0f wide (fresh %.0f)", int(crossings), int(freshCrossings),
            drawing.bounds.width(), fresh.bounds.width());
        tally.print("sixty insertions");
        // Now and then a drawing that became too wide is made anew.
        QVERIFY2(tally.goodShare() >= 0.9, qPrintable(QString::number(tally.goodShare())));
        QVERIFY(drawing.bounds.width() <= 3 * fresh.bounds.width());
        QVERIFY(crossings <= 2 * freshCrossings + 10);
    }
}

// A third arm between two of a branch stands beside them, not in a row of its own.
void TestLayoutStability::aSmallDrawingMakesRoomInTheRow()
{
    const LayoutNode card {{232, 78}, -1, -1, {116}, {}, 96};
    const LayoutNode twoArms {{232, 82}, -1, -1, {58, 174}, {}, 96};
    const LayoutNode threeArms {{232, 82}, -1, -1, {38, 116, 194}, {}, 96};
    const LayoutGraph graph {{card, twoArms, card, card}, {{0, 0, 1}, {1, 0, 2}, {1, 1, 3}}};
    const LayoutGraph changed {{card, threeArms, card, card, card}, {{0, 0, 1}, {1, 0, 2}, {1, 1, 4}, {1, 2, 3}}};
    const LayoutResult drawing = layoutGraph(graph);
    LayoutBefore before;
    for (const QRectF &node : drawing.nodes)
        before.nodes.append(node);
    before.nodes.append(std::nullopt);
    before.routes = {drawing.routes.at(0), drawing.routes.at(1), LayoutRoute(), drawing.routes.at(2)};
    const LayoutResult after = layoutGraph(changed, {}, {}, &before);
    QCOMPARE(after.nodes.at(2).top(), after.nodes.at(4).top());
    QCOMPARE(after.nodes.at(3).top(), after.nodes.at(4).top());
    QVERIFY(after.nodes.at(2).right() < after.nodes.at(4).left());
    QVERIFY(after.nodes.at(4).right() < after.nodes.at(3).left());
}

// An insertion that tore more than a tenth apart before rows were kept.
void TestLayoutStability::rowsStayWhereMostWouldMove()
{
    const LayoutGraph graph = WorkflowGenerator(16).make(shapeOf(4));
    const LayoutResult drawing = layoutGraph(graph);
    const int edge = 363;
    const LayoutGraph changed = withStepOn(graph, edge);
    const LayoutBefore before = asBefore(graph, drawing, changed);
    const LayoutResult after = layoutGraph(changed, {}, {}, &before);
    QCOMPARE(findFault(changed, after), QString());
    const double share = keptShare(graph, drawing, changed, after, {graph.edges[edge].from, graph.edges[edge].to});
    QVERIFY2(share >= 0.9, qPrintable(QString::number(share)));
}

// What someone put elsewhere keeps its place among the others for the day it is given back.
void TestLayoutStability::insertionsBesideFixedCards()
{
    LayoutGraph graph = WorkflowGenerator(2).make(shapeOf(1));
    const LayoutResult plain = layoutGraph(graph);
    for (int i = 5; i < graph.nodes.size(); i += 3)
        graph.nodes[i].fixed = plain.nodes[i].topLeft() + QPointF(30, 10);
    const LayoutResult drawing = layoutGraph(graph);
    for (qsizetype edge = 0; edge < graph.edges.size(); edge += 7) {
        const LayoutGraph changed = withStepOn(graph, edge);
        const LayoutBefore before = asBefore(graph, drawing, changed);
        LayoutResult after = layoutGraph(changed, {}, {}, &before);
        after.nodes = after.freeNodes;
        after.routes = after.freeRoutes;
        const double share = keptShare(graph, plain, changed, after, {graph.edges[edge].from, graph.edges[edge].to});
        QVERIFY2(share >= 0.9, qPrintable(u"edge %1: %2"_s.arg(edge).arg(share)));
    }
}

void TestLayoutStability::leftToRightKeepsAsMuch()
{
    LayoutOptions options;
    options.direction = LayoutOptions::Direction::LeftToRight;
    const LayoutGraph graph = WorkflowGenerator(2).make(shapeOf(1));
    const LayoutResult drawing = layoutGraph(graph, options);
    for (qsizetype edge = 0; edge < graph.edges.size(); edge += 3) {
        const LayoutGraph changed = withStepOn(graph, edge);
        const LayoutBefore before = asBefore(graph, drawing, changed);
        const LayoutResult after = layoutGraph(changed, options, {}, &before);
        const double share
            = keptShare(graph, turned(drawing), changed, turned(after), {graph.edges[edge].from, graph.edges[edge].to});
        QVERIFY2(share >= 0.9, qPrintable(u"edge %1: %2"_s.arg(edge).arg(share)));
    }
}

void TestLayoutStability::nothingKnownIsAFreshDrawing()
{
    const LayoutGraph graph = WorkflowGenerator(1).make(shapeOf(4));
    const LayoutBefore nothing;
    QCOMPARE(layoutGraph(graph, {}, {}, &nothing).nodes, layoutGraph(graph).nodes);
    const LayoutResult drawing = layoutGraph(graph);
    const LayoutBefore same = asBefore(graph, drawing, graph);
    QCOMPARE(layoutGraph(graph, {}, {}, &same).nodes, drawing.nodes);
}

// Places that no layout gives: all in one spot, far away, no numbers, more or fewer than there are cards.
void TestLayoutStability::wildPlacesBeforeDoNoHarm()
{
    QRandomGenerator random(7);
    const LayoutGraph graph = WorkflowGenerator(3).make(shapeOf(4));
    const LayoutResult drawing = layoutGraph(graph);
    const double wild[] = {
        0, -1e300, 1e9, 5e6, -5e6, std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()};
    for (int i = 0; i < 60; ++i) {
        LayoutBefore before = asBefore(graph, drawing, graph);
        for (std::optional<QRectF> &node : before.nodes) {
            if (random.bounded(3) == 0)
                node->moveLeft(wild[random.bounded(7)]);
            else if (random.bounded(3) == 0)
                node->moveLeft(random.bounded(4000) - 2000);
            else if (random.bounded(10) == 0)
                node.reset();
        }
        for (LayoutRoute &route : before.routes) {
            for (QPointF &point : route.points)
                point.setX(random.bounded(4) ? point.x() : wild[random.bounded(7)]);
        }
        before.nodes.resize(random.bounded(2) ? before.nodes.size() : before.nodes.size() / 2);
        before.routes.resize(random.bounded(2) ? before.routes.size() : 2 * before.routes.size());
        const LayoutResult after = layoutGraph(graph, {}, {}, &before);
        const QString fault = findFault(graph, after);
        QVERIFY2(fault.isEmpty(), qPrintable(fault));
    }
}

QTEST_GUILESS_MAIN(TestLayoutStability)
#include "tst_layoutstability.moc"
