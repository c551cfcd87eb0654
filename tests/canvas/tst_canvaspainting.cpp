#include "../benchmarks/definitiongenerator.h"
#include "canvasfixture.h"
#include "designer/canvas/canvaspictures.h"

#include <QScreen>
#include <QTemporaryDir>

using namespace automation;
using namespace Qt::StringLiterals;

namespace {

// What is painted in a view, counted and not timed.
class PaintRecord : public QObject
{
public:
    explicit PaintRecord(GraphView &view)
        : m_view(view)
    {
        view.viewport()->installEventFilter(this);
    }

    // Everything that is to be painted is painted; then counting begins anew.
    void start()
    {
        settle();
        m_region = QRegion();
        m_cards = 0;
        m_edges = 0;
        m_events = 0;
    }
    void settle()
    {
        for (int i = 0; i < 5; ++i)
            QCoreApplication::processEvents();
        take();
    }

    const QRegion &region() const { return m_region; }
    int cards() const { return m_cards; } // of all frames
    int edges() const { return m_edges; }
    int events() const { return m_events; }
    // The share of the view that was painted, of a frame.
    double share() const
    {
        qint64 pixels = 0;
        for (const QRect &rect : m_region)
            pixels += qint64(rect.width()) * rect.height();
        return double(pixels) / (double(m_view.viewport()->width()) * m_view.viewport()->height());
    }
    // Cards whose middle was painted.
    QStringList paintedCards() const
    {
        QStringList keys;
        for (const SceneNode &node : m_view.scene()->nodes()) {
            if (m_region.contains(m_view.transform().toView(node.box.center()).toPoint()))
                keys.append(node.key);
        }
        return keys;
    }

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::Paint) {
            take(); // the counts of the frame before
            m_region += static_cast<QPaintEvent *>(event)->region();
            ++m_events;
            m_isPending = true;
        }
        return QObject::eventFilter(watched, event);
    }

private:
    void take()
    {
        if (!std::exchange(m_isPending, false))
            return;
        m_cards += m_view.painter().counts().cards;
        m_edges += m_view.painter().counts().edges;
    }

    GraphView &m_view;
    QRegion m_region;
    int m_cards = 0;
    int m_edges = 0;
    int m_events = 0;
    bool m_isPending = false;
};

QString differenceOf(const QImage &a, const QImage &b)
{
    if (a.size() != b.size())
        return u"sizes differ"_s;
    QRect place;
    int count = 0;
    for (int y = 0; y < a.height(); ++y) {
        for (int x = 0; x < a.width(); ++x) {
            const QRgb p = a.pixel(x, y);
            const QRgb q = b.pixel(x, y);
            if (std::abs(qRed(p) - qRed(q)) + std::abs(qGreen(p) - qGreen(q)) + std::abs(qBlue(p) - qBlue(q)) > 24) {
                place |= QRect(x, y, 1, 1);
                ++count;
            }
        }
    }
    return count == 0 ? QString()
                      : u"%1 pixels differ in %2, %3, %4 × %5"_s.arg(count)
                            .arg(place.x())
                            .arg(place.y())
                            .arg(place.width())
                            .arg(place.height());
}

} // namespace

// How much a gesture repaints.
class TestCanvasPainting : public QObject
{
    Q_OBJECT

private:
    // Ten thousand steps, one of the middle in the middle.
    std::unique_ptr<CanvasFixture> large()
    {
        auto canvas = std::make_unique<CanvasFixture>(DefinitionGenerator(7).text(10000));
        if (!QTest::qWaitFor([&] { return !canvas->view.isLayoutPending(); }, 60000))
            return nullptr;
        canvas->view.zoomActual();
        m_middle = u"step_5000"_s;
        canvas->view.centerOn(canvas->card(m_middle).box.center());
        return canvas;
    }

    QString m_middle;

private Q_SLOTS:
    void draggingOneStepRepaintsOnlyWhatItTouches()
    {
        const auto canvas = large();
        QVERIFY(canvas);
        QVERIFY(canvas->view.scene()->nodes().size() > 9000);
        PaintRecord record(canvas->view);
        const QPoint start = canvas->onCard(m_middle);
        canvas->press(start);
        canvas->moveTo(start + QPoint(40, 0));
        record.start();
        constexpr int Moves = 10;
        for (int i = 1; i <= Moves; ++i) {
            canvas->moveTo(start + QPoint(40 + 2 * i, 0));
            record.settle();
        }
        QCOMPARE(record.events(), Moves);
        QVERIFY2(record.cards() <= 5 * Moves, qPrintable(QString::number(record.cards())));
        QVERIFY2(record.edges() <= 8 * Moves, qPrintable(QString::number(record.edges())));
        QVERIFY2(record.share() < 0.25, qPrintable(QString::number(record.share())));
        canvas->key(Qt::Key_Escape);
        canvas->release(start);
        QVERIFY(canvas->isUntouched());
    }

    // What was just opened is shown before anybody looks for its problems; those come by themselves.
    void aLargeFileIsShownBeforeItIsChecked()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"large.json"_s);
        QByteArray text = DefinitionGenerator(3).text(2000);
        text.replace("\"WaitForReply\"", "\"WaitForRain\"");
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
        file.close();
        const std::unique_ptr<WorkflowDocument> document = WorkflowDocument::openUnchecked(path).value();
        GraphView view;
        view.resize(800, 600);
        view.setDocument(document.get());
        view.show();
        QSignalSpy scenes(&view, &GraphView::sceneChanged);
        QVERIFY(scenes.wait());
        QVERIFY(!document->isChecked());
        PaintRecord record(view);
        QTRY_VERIFY(record.events() > 0);
        QTRY_VERIFY(document->isChecked());
        QVERIFY(!document->problems().isEmpty());
        QTRY_VERIFY(!view.state().problems.isEmpty());
    }

    void hoverRepaintsOnlyTheCardAndItsWay()
    {
        const auto canvas = large();
        QVERIFY(canvas);
        canvas->hover(canvas->emptyPlace());
        PaintRecord record(canvas->view);
        record.start();
        canvas->hover(canvas->onCard(m_middle));
        record.settle();
        QCOMPARE(record.events(), 1);
        QCOMPARE(record.paintedCards(), QStringList {m_middle});
        QVERIFY2(record.share() < 0.3, qPrintable(QString::number(record.share())));
        // Along the card nothing changes.
        record.start();
        canvas->hover(canvas->onCard(m_middle) + QPoint(3, 0));
        record.settle();
        QCOMPARE(record.events(), 0);
    }

    void selectingOneRepaintsOnlyIt()
    {
        const auto canvas = large();
        QVERIFY(canvas);
        canvas->hover(canvas->onCard(m_middle)); // its way is lit already
        PaintRecord record(canvas->view);
        record.start();
        canvas->view.setSelection({m_middle});
        record.settle();
        QCOMPARE(record.events(), 1);
        QCOMPARE(record.paintedCards(), QStringList {m_middle});
        QVERIFY2(record.share() < 0.06, qPrintable(QString::number(record.share())));
        QVERIFY2(record.cards() <= 3, qPrintable(QString::number(record.cards())));
    }

    void panningRepaintsOnlyWhatComesIntoView()
    {
        const auto canvas = large();
        QVERIFY(canvas);
        PaintRecord record(canvas->view);
        for (const QPointF &way : {QPointF(0, 30), QPointF(0, -30), QPointF(25, 0), QPointF(-14, 9)}) {
            record.start();
            canvas->view.scrollBy(way);
            record.settle();
            QCOMPARE(record.events(), 1);
            QVERIFY2(record.share() < 0.12, qPrintable(QString::number(record.share()))); // with the minimap's place
        }
        record.start();
        canvas->view.setZoom(0.9, {400, 400});
        record.settle();
        QCOMPARE(record.share(), 1.0);
    }

    void aJumpFarAwayRepaintsAll()
    {
        const auto canvas = large();
        QVERIFY(canvas);
        PaintRecord record(canvas->view);
        record.start();
        canvas->view.scrollBy({0, -5000});
        record.settle();
        QCOMPARE(record.share(), 1.0);
    }

    // What is on the screen after partial paints is what one whole paint gives.
    void partsAddUpToTheWhole()
    {
        CanvasFixture canvas(u"booking.json"_s);
        canvas.view.zoomActual();
        PaintRecord record(canvas.view);
        const auto compare = [&] {
            record.settle();
            const QImage shown = canvas.view.screen()->grabWindow(canvas.view.winId()).toImage();
            return differenceOf(shown, canvas.view.grab().toImage());
        };
        QCOMPARE(compare(), QString());
        for (const QPointF &way : {QPointF(0, -40), QPointF(33, 12), QPointF(-70, 5), QPointF(1, -1)}) {
            canvas.view.scrollBy(way);
            canvas.view.scrollBy(way); // twice before a paint
            QCOMPARE(compare(), QString());
        }
        canvas.view.setMinimapVisible(false);
        canvas.view.scrollBy({-20, 44});
        QCOMPARE(compare(), QString());
        for (const SceneNode &node : canvas.view.scene()->nodes()) {
            canvas.hover(canvas.at(node.box.topLeft() + QPointF(120, 12)));
            QCOMPARE(compare(), QString());
            canvas.view.setSelection({node.key});
            QCOMPARE(compare(), QString());
        }
        canvas.view.setSelection({});
        const QPoint start = canvas.onCard(u"choose"_s);
        canvas.press(start);
        for (int i = 1; i < 8; ++i) {
            canvas.moveTo(start + QPoint(17 * i, 9 * i));
            QCOMPARE(compare(), QString());
        }
        canvas.key(Qt::Key_Escape);
        QCOMPARE(compare(), QString());
        canvas.release(start);
        for (int i = 0; i < canvas.view.scene()->edges().size(); ++i) {
            const SceneEdge &edge = canvas.view.scene()->edges().at(i);
            const SceneNode &from = canvas.view.scene()->nodes().at(edge.from);
            canvas.view.selectConnection(from.key, from.card.outcomes.at(edge.outcome).key);
            QCOMPARE(compare(), QString());
        }
    }

    void aPictureLooksLikeTheScreen()
    {
        CanvasFixture canvas(u"booking.json"_s);
        canvas.view.zoomActual();
        canvas.view.setMinimapVisible(false);
        canvas.hover(canvas.emptyPlace());
        QTemporaryDir folder;
        const QString path = folder.filePath(u"drawing.png"_s);
        for (const Theme &theme : {Theme::light(), Theme::dark()}) {
            canvas.view.setTheme(theme);
            QVERIFY(CanvasPictures::write(canvas.view, path)({}));
            const QImage picture(path);
            const QRectF area = PictureExport::partFor(canvas.view.scene(), canvas.view.state(), {}).area;
            const QPoint corner = canvas.at(area.topLeft());
            const QImage screen = canvas.view.grab().toImage();
            int compared = 0;
            int different = 0;
            for (int y = 0; y < screen.height(); ++y) {
                for (int x = 0; x < screen.width(); ++x) {
                    const QPoint there = QPoint(x, y) - corner;
                    // The dots of the canvas are no part of a picture.
                    if (!picture.rect().contains(there) || screen.pixel(x, y) == theme.dots.rgb())
                        continue;
                    ++compared;
                    different += screen.pixel(x, y) != picture.pixel(there);
                }
            }
            QVERIFY(compared > 200'000);
            QVERIFY2(different < compared / 2000, qPrintable(u"%1 of %2"_s.arg(different).arg(compared)));
        }
    }

    void theWholeOfAHugeDrawingFits()
    {
        const auto canvas = large();
        QVERIFY(canvas);
        canvas->view.zoomToFit();
        const QRectF shown = canvas->view.transform().toView(canvas->view.scene()->bounds());
        QVERIFY(QRectF(canvas->view.viewport()->rect()).contains(shown));
        QCOMPARE(canvas->view.zoomPercent(), 0); // under one, which the status bar says
        PaintRecord record(canvas->view);
        record.start();
        canvas->view.viewport()->update();
        record.settle();
        QCOMPARE(record.cards(), int(canvas->view.scene()->nodes().size()));
        // Cards are specks, but they are there.
        const QImage image = canvas->view.grab().toImage();
        int specks = 0;
        for (int y = int(shown.top()); y < int(shown.bottom()); ++y) {
            for (int x = int(shown.left()); x <= int(shown.right()); ++x)
                specks += image.pixelColor(x, y).hsvSaturation() > 100;
        }
        QVERIFY2(specks > shown.height() / 2, qPrintable(QString::number(specks)));
    }
};

QTEST_MAIN(TestCanvasPainting)
#include "tst_canvaspainting.moc"
