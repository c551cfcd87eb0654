#include "../benchmarks/definitiongenerator.h"
#include "designer/drawing/graphpainter.h"
#include "drawingfixture.h"

#include <QImage>

using namespace automation;
using namespace Qt::StringLiterals;

namespace {

// The scene round a point, painted at a scale.
QImage painted(
    GraphPainter &painter, const QPointF &centre, const QSize &size, qreal scale, const SceneState &state = {})
{
    QImage image(size, QImage::Format_RGB32);
    image.fill(Qt::magenta); // what the painter leaves out shows
    QPainter p(&image);
    p.translate(size.width() / 2.0, size.height() / 2.0);
    p.scale(scale, scale);
    p.translate(-centre);
    const QSizeF area = QSizeF(size) / scale;
    painter.paint(p, QRectF(centre - QPointF(area.width(), area.height()) / 2, area), state, {});
    return image;
}

int pixelsOf(const QImage &image, const QColor &colour)
{
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            count += image.pixelColor(x, y).rgb() == colour.rgb();
    }
    return count;
}

// Two lines that cross with nothing else near.
struct Crossing
{
    explicit Crossing(const GraphScene &scene)
    {
        for (int i = 0; i < scene.edges().size() && level < 0; ++i) {
            for (const QPointF &hop : scene.edges().at(i).hops) {
                const QRectF round(hop - QPointF(40, 40), QSizeF(80, 80));
                QList<int> others = scene.edgesIn(round);
                others.removeAll(i);
                if (others.size() != 1 || !scene.nodesIn(round).isEmpty())
                    continue;
                const QList<QPointF> &points = scene.edges().at(others.first()).points;
                for (qsizetype p = 1; p < points.size() && level < 0; ++p) {
                    const QRectF run = QRectF(points.at(p - 1), points.at(p)).normalized();
                    if (run.left() == hop.x() && run.top() < round.top() && run.bottom() > round.bottom()) {
                        level = i;
                        down = others.first();
                        place = hop;
                    }
                }
            }
        }
    }

    int level = -1; // edges
    int down = -1;
    QPointF place;
};

} // namespace

class TestGraphPainter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void paintsOnlyWhatIsExposed()
    {
        const auto drawing = DrawingFixture::chain(1000);
        GraphPainter painter;
        painter.setScene(drawing.scene);
        painted(painter, drawing.scene->nodes().at(500).box.center(), {400, 300}, 1);
        QVERIFY(painter.counts().cards >= 1);
        QVERIFY2(painter.counts().cards <= 20, qPrintable(QString::number(painter.counts().cards)));
        QVERIFY(painter.counts().edges <= 20);
        painted(painter, drawing.scene->bounds().center(), {200, 200}, 0.001);
        QCOMPARE(painter.counts().cards, 1001);
    }

    // Where there is nothing yet, the drawing shows how to begin; else "+" comes with the pointer or the selection.
    void anEmptyWorkflowShowsHowToBegin()
    {
        const auto accents = [](const DrawingFixture &drawing, const SceneState &state) {
            GraphPainter painter;
            painter.setScene(drawing.scene);
            const QPointF add = drawing.scene->openAddPosition(int(drawing.scene->nodes().size()) - 1, 0);
            return pixelsOf(painted(painter, add, {16, 16}, 1, state), painter.theme().accent);
        };
        SceneState readOnly;
        readOnly.showsAddButtons = false;
        QVERIFY(accents(DrawingFixture::chain(0), {}) > 0);
        QCOMPARE(accents(DrawingFixture::chain(0), readOnly), 0);
        QCOMPARE(accents(DrawingFixture::chain(1), {}), 0);
    }

    // While cards are dragged, arcs are where their lines cross others now.
    void hopsFollowDisplacedLines()
    {
        const DrawingFixture drawing(DefinitionGenerator(11).text(600));
        const GraphScene &scene = *drawing.scene;
        const Crossing crossing(scene);
        QVERIFY(crossing.level >= 0);
        GraphPainter painter;
        painter.setScene(drawing.scene);
        const auto at = [&](const QPointF &place, const SceneState &state = {}) {
            return painted(painter, place, {60, 60}, 1, state);
        };
        // Whether a line goes over the place in an arc: what lies beside its top.
        const auto hasArc = [&](const QPointF &place, const SceneState &state) {
            const QImage image = at(place, state);
            const QRgb canvas = painter.theme().canvas.rgb();
            return image.pixel(30 + 3, 30 - 5) != canvas && image.pixel(30 - 4, 30 - 5) != canvas;
        };
        const auto ends = [&](int edge, const QPointF &offset) {
            SceneState state;
            state.offsets = {{scene.edges().at(edge).from, offset}, {scene.edges().at(edge).to, offset}};
            return state;
        };
        QVERIFY(hasArc(crossing.place, {}));
        QVERIFY(at(crossing.place) == at(crossing.place, ends(crossing.level, {})));
        QVERIFY(at(crossing.place) == at(crossing.place, ends(crossing.down, {})));
        QVERIFY(hasArc(crossing.place + QPointF(0, 9), ends(crossing.level, {0, 9})));
        QVERIFY(hasArc(crossing.place + QPointF(11, 0), ends(crossing.down, {11, 0})));
        QVERIFY(!hasArc(crossing.place, ends(crossing.down, {9000, 0})));
    }

    void partsPaintedApartLookLikeTheWhole()
    {
        const auto drawing = DrawingFixture::fromFile(u"booking.json"_s);
        GraphPainter painter;
        painter.setScene(drawing.scene);
        const QRectF area = drawing.scene->bounds().toAlignedRect();
        QImage whole(area.size().toSize(), QImage::Format_RGB32);
        QImage parts(whole.size(), QImage::Format_RGB32);
        {
            QPainter p(&whole);
            p.translate(-area.topLeft());
            painter.paint(p, area, {}, {true, false});
        }
        {
            QPainter p(&parts);
            for (int y = 0; y < parts.height(); y += 97) {
                for (int x = 0; x < parts.width(); x += 131) {
                    const QRect part(x, y, 131, 97);
                    p.save();
                    p.setClipRect(part);
                    p.translate(-area.topLeft());
                    painter.paint(p, QRectF(part).translated(area.topLeft()), {}, {true, false});
                    p.restore();
                }
            }
        }
        int different = 0;
        for (int y = 0; y < whole.height(); ++y) {
            for (int x = 0; x < whole.width(); ++x) {
                const QRgb a = whole.pixel(x, y);
                const QRgb b = parts.pixel(x, y);
                different += std::abs(qRed(a) - qRed(b)) > 24 || std::abs(qBlue(a) - qBlue(b)) > 24;
            }
        }
        QCOMPARE(different, 0);
    }

    void coversTheExposedAreaInBothThemes()
    {
        const auto drawing = DrawingFixture::fromFile(u"booking.json"_s);
        for (const Theme &theme : {Theme::light(), Theme::dark()}) {
            for (qreal scale : {0.1, 0.34, 0.36, 1.0, 2.0}) {
                GraphPainter painter;
                painter.setTheme(theme);
                painter.setScene(drawing.scene);
                const QImage image = painted(painter, drawing.scene->bounds().center(), {300, 300}, scale);
                QCOMPARE(pixelsOf(image, Qt::magenta), 0);
                QCOMPARE(image.pixelColor(0, 0), theme.canvas);
            }
        }
    }

    void selectionShowsInTheAccent()
    {
        const auto drawing = DrawingFixture::fromFile(u"booking.json"_s);
        GraphPainter painter;
        painter.setScene(drawing.scene);
        const int ask = drawing.scene->indexOfKey(u"ask"_s);
        const QPointF centre = drawing.scene->nodes().at(ask).box.center();
        const Theme theme = Theme::light();
        const int before = pixelsOf(painted(painter, centre, {260, 100}, 1), theme.accent);
        SceneState state;
        state.selectedNodes.insert(ask);
        const int after = pixelsOf(painted(painter, centre, {260, 100}, 1, state), theme.accent);
        QVERIFY2(after > before + 800, qPrintable(u"%1, %2"_s.arg(before).arg(after))); // two pixels all round
    }

    void problemsAndRunsShowAsBadges()
    {
        const auto drawing = DrawingFixture::fromFile(u"booking.json"_s);
        GraphPainter painter;
        painter.setScene(drawing.scene);
        const int confirm = drawing.scene->indexOfKey(u"confirm"_s);
        const QRectF box = drawing.scene->nodes().at(confirm).box;
        const Theme theme = Theme::light();
        SceneState state;
        state.problems.insert(confirm, {2, 1});
        const QImage problems = painted(painter, box.topRight(), {80, 40}, 1, state);
        QVERIFY(pixelsOf(problems, theme.error) > 100);
        QVERIFY(pixelsOf(problems, theme.warning) > 100);

        RunOverlay run;
        run.nodes.insert(u"confirm"_s, {NodeRun::State::Failed, 1, {}});
        run.nodes.insert(u"choose"_s, {NodeRun::State::Done, 3, {}});
        run.taken.insert({u"choose"_s, u"confirm"_s});
        state.setRun(*drawing.scene, run);
        QCOMPARE(state.takenEdges.size(), 1);
        QCOMPARE(state.failedEdges, state.takenEdges);
        const QImage failed = painted(painter, box.topRight() - QPointF(40, 0), {120, 60}, 1, state);
        QVERIFY(pixelsOf(failed, theme.error) > 100);
        QCOMPARE(pixelsOf(failed, theme.warning), 0);
        const QPointF choose = drawing.node(u"choose"_s).box.topRight();
        QVERIFY(pixelsOf(painted(painter, choose - QPointF(40, 0), {120, 60}, 1, state), theme.ok) > 100);
    }

    void linesAreCrispAtEveryScreenScale()
    {
        // A vertical line is whole pixels of one colour: no half-covered column beside it.
        const auto drawing = DrawingFixture::chain(2);
        GraphPainter painter;
        painter.setScene(drawing.scene);
        const QList<QPointF> points = drawing.scene->edges().at(1).points;
        const QPointF middle = (points.first() + points.last()) / 2 - QPointF(0, 4);
        for (qreal scale : {1.0, 1.25, 1.5, 2.0, 3.0}) {
            const QImage image = painted(painter, middle, {40, 10}, scale);
            QSet<QRgb> colours;
            for (int x = 0; x < image.width(); ++x)
                colours.insert(image.pixel(x, 5));
            QCOMPARE(colours.size(), 2);
        }
    }

    void textsStayInTheirCard()
    {
        const auto drawing = DrawingFixture::fromFile(u"odd.json"_s);
        for (const SceneNode &node : drawing.scene->nodes()) {
            const CardText text(node.card);
            for (const TextRun &run : text.runs()) {
                QVERIFY(run.baseline.x() >= 0);
                QVERIFY2(run.baseline.x() + run.width <= node.card.size.width(), qPrintable(run.text));
                QVERIFY(run.pill.right() <= node.card.size.width());
            }
        }
        const SceneNode &longName = drawing.scene->nodes().at(1);
        QVERIFY(CardText(longName.card).runs().first().text.endsWith(u'…'));
    }

    void wireLeavesDownwardsAndArrivesDownwards()
    {
        for (const QPointF &to : {QPointF(100, 200), QPointF(-100, -50), QPointF(0, 300)}) {
            const QList<QPointF> points = GraphPainter::wirePoints({0, 0}, to, false);
            QCOMPARE(points.first(), QPointF(0, 0));
            QCOMPARE(points.last(), to);
            for (qsizetype i = 1; i < points.size(); ++i) {
                const QPointF run = points.at(i) - points.at(i - 1);
                QVERIFY(qFuzzyIsNull(run.x()) || qFuzzyIsNull(run.y()));
            }
            QVERIFY(points.at(1).y() > 0);
            QVERIFY(points.at(points.size() - 2).y() < to.y());
            QList<QPointF> sideways = GraphPainter::wirePoints({0, 0}, to.transposed(), true);
            for (QPointF &point : sideways)
                point = point.transposed();
            QCOMPARE(sideways, points);
        }
    }
};

QTEST_MAIN(TestGraphPainter)
#include "tst_graphpainter.moc"
