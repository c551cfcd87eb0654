// Crossings of our drawings held against those of Graphviz “dot” for the same graphs, and the promises of the layout
// for every one of them.

#include "designer/layout/graphlayout.h"

#include "tests/layout/dotyardstick.h"
#include "tests/layout/layoutchecks.h"
#include "tests/layout/workflowgenerator.h"
#include <QTest>

using namespace automation;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int dotLimit = 3000; // milliseconds

struct Kind
{
    const char *name;
    WorkflowGenerator::Shape shape;
};

QList<Kind> kinds()
{
    WorkflowGenerator::Shape plain;
    plain.mostArms = 8;
    plain.loopPercent = 0;
    plain.containerPercent = 0;
    QList<Kind> result;
    result.append({"branches", plain});
    result.append({"tree", plain});
    result.last().shape.deadEndPercent = 90;
    result.last().shape.branchPercent = 40;
    result.append({"loops", plain});
    result.last().shape.loopPercent = 10;
    result.append({"far jumps", plain});
    result.last().shape.farJumpPercent = 3;
    result.append({"containers", plain});
    result.last().shape.containerPercent = 12;
    result.append({"mixed", plain});
    result.last().shape.loopPercent = 5;
    result.last().shape.farJumpPercent = 1;
    result.last().shape.containerPercent = 4;
    return result;
}

// Jumps have no line. Nor does dot get one for them.
QList<DrawnLine> linesOf(const LayoutGraph &graph, const LayoutResult &layout)
{
    QList<DrawnLine> lines;
    for (qsizetype i = 0; i < graph.edges.size(); ++i)
        if (!layout.routes[i].isJump())
            lines.append({graph.edges[i].from, graph.edges[i].to, layout.routes[i].points});
    return lines;
}

LayoutGraph withoutJumps(const LayoutGraph &graph, const LayoutResult &layout)
{
    LayoutGraph rest = graph;
    rest.edges.clear();
    for (qsizetype i = 0; i < graph.edges.size(); ++i) {
        if (!layout.routes[i].isJump())
            rest.edges.append(graph.edges[i]);
    }
    return rest;
}

QList<DrawnLine> straightLines(const LayoutGraph &graph, const QList<QPointF> &centres)
{
    QList<DrawnLine> lines;
    for (const LayoutEdge &edge : graph.edges)
        lines.append({edge.from, edge.to, {centres[edge.from], centres[edge.to]}});
    return lines;
}

QList<QPointF> centresOf(const LayoutResult &layout)
{
    QList<QPointF> centres;
    for (const QRectF &node : layout.nodes)
        centres.append(node.center());
    return centres;
}

} // namespace

class TestLayoutQuality : public QObject
{
    Q_OBJECT

private slots:
    void crossingsAreNoMoreThanDots_data();
    void crossingsAreNoMoreThanDots();
};

void TestLayoutQuality::crossingsAreNoMoreThanDots_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("steps");
    QTest::addColumn<int>("seeds");
    const QList<Kind> all = kinds();
    for (int kind = 0; kind < all.size(); ++kind) {
        for (auto [steps, seeds] : {std::pair(10, 20), {50, 10}, {200, 10}, {1000, 1}, {2000, 1}})
            QTest::addRow("%s, %d steps", all[kind].name, steps) << kind << steps << seeds;
    }
}

void TestLayoutQuality::crossingsAreNoMoreThanDots()
{
    QFETCH(int, kind);
    QFETCH(int, steps);
    QFETCH(int, seeds);
    const bool hasDot = !findDot().isEmpty();
    long ours = 0;
    long theirs = 0;
    long oursStraight = 0;
    long theirsStraight = 0;
    double worst = 0;
    int compared = 0;
    for (int seed = 1; seed <= seeds; ++seed) {
        WorkflowGenerator::Shape shape = kinds().at(kind).shape;
        shape.steps = steps;
        const LayoutGraph graph = WorkflowGenerator(static_cast<quint32>(seed)).make(shape);
        const LayoutResult layout = layoutGraph(graph);
        const QString fault = findFault(graph, layout);
        QVERIFY2(fault.isEmpty(), qPrintable(u"seed %1: %2"_s.arg(seed).arg(fault)));
        if (!hasDot)
            continue;
        const LayoutGraph lines = withoutJumps(graph, layout);
        const auto dot = drawWithDot(lines, {}, dotLimit);
        if (!dot)
            continue; // not done in time, or one of the graphs it fails at
        ++compared;
        const long mine = countCrossings(linesOf(graph, layout));
        const long dots = countCrossings(dot->lines);
        worst = std::max(worst, double(mine + 1) / double(dots + 1));
        ours += mine;
        theirs += dots;
        oursStraight += countCrossings(straightLines(lines, centresOf(layout)));
        theirsStraight += countCrossings(straightLines(lines, dot->centres));
    }
    if (!hasDot)
        QSKIP("Graphviz is not installed: the promises hold, the crossings are not compared.");
    qInfo("%s, %d steps: %d of %d compared, crossings %ld (dot %ld, worst ratio %.2f), straight from card to card %ld "
          "(dot %ld)",
        kinds().at(kind).name, steps, compared, seeds, ours, theirs, worst, oursStraight, theirsStraight);
    QVERIFY2(ours <= theirs, qPrintable(u"%1 crossings, dot has %2"_s.arg(ours).arg(theirs)));
}

QTEST_GUILESS_MAIN(TestLayoutQuality)
#include "tst_layoutquality.moc"
