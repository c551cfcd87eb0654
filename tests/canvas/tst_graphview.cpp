#include "canvasfixture.h"

#include "designer/canvas/canvasarranger.h"
#include "model/document/commands/stepcommands.h"

#include <QWheelEvent>

using namespace automation;
using namespace Qt::StringLiterals;

namespace {

void wheel(GraphView &view, const QPoint &place, int delta, Qt::KeyboardModifiers modifiers)
{
    QWheelEvent event(place, view.viewport()->mapToGlobal(QPointF(place)), {}, {0, delta}, Qt::NoButton, modifiers,
        Qt::NoScrollPhase, false);
    QApplication::sendEvent(view.viewport(), &event);
}

QByteArray longChain(int steps)
{
    QByteArray text = "{\"trigger\":\"inbound_sms\",\"definition\":{\"steps\":[";
    for (int i = 0; i < steps; ++i) {
        text += i ? "," : "";
        text += "{\"id\":\"step_" + QByteArray::number(i)
            + "\",\"stepType\":\"SMS\",\"inputs\":{\"destination\":\"{{data.n}}\"}";
        if (i + 1 < steps)
            text += ",\"nextStepId\":\"step_" + QByteArray::number(i + 1) + "\"";
        text += "}";
    }
    return text + "]}}";
}

// Its left side is wider than its right one.
QByteArray lopsided()
{
    QByteArray text = "{\"trigger\":\"inbound_sms\",\"definition\":{\"steps\":["
                      "{\"id\":\"a\",\"stepType\":\"Branch\",\"selectNextStep\":{\"b\":\"{{1}}\",\"z\":\"default\"}},"
                      "{\"id\":\"z\",\"stepType\":\"SMS\"}";
    QByteArray ways;
    for (char id = 'c'; id <= 'g'; ++id) {
        text += QByteArray(",{\"id\":\"") + id + "\",\"stepType\":\"SMS\"}";
        ways += QByteArray(id > 'c' ? "," : "") + '"' + id + "\":\"{{1}}\"";
    }
    return text + ",{\"id\":\"b\",\"stepType\":\"Branch\",\"selectNextStep\":{" + ways + "}}]}}";
}

} // namespace

class TestGraphView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void clickSelects()
    {
        CanvasFixture canvas(u"booking.json"_s);
        QSignalSpy changed(&canvas.view, &GraphView::selectionChanged);
        canvas.click(canvas.onCard(u"ask"_s));
        QCOMPARE(canvas.view.selection(), QStringList {u"ask"_s});
        QCOMPARE(changed.count(), 1);
        canvas.click(canvas.onCard(u"choose"_s), Qt::ControlModifier);
        QCOMPARE(canvas.view.selection(), (QStringList {u"ask"_s, u"choose"_s}));
        canvas.click(canvas.onCard(u"ask"_s), Qt::ControlModifier);
        QCOMPARE(canvas.view.selection(), QStringList {u"choose"_s});
        canvas.click(canvas.onCard(u"farewell"_s), Qt::ShiftModifier);
        QCOMPARE(canvas.view.selection().size(), 2);
        canvas.click(canvas.emptyPlace());
        QVERIFY(canvas.view.selection().isEmpty());
        QVERIFY(canvas.isUntouched());
    }

    void rubberBandSelectsWhatItTouches()
    {
        CanvasFixture canvas(u"booking.json"_s);
        const QRectF cards = canvas.card(u"confirm"_s).box | canvas.card(u"offer_link"_s).box;
        canvas.drag(canvas.at(cards.bottomRight() + QPointF(20, 45)), canvas.at(cards.topLeft() + QPointF(10, 60)));
        QStringList keys = canvas.view.selection();
        keys.sort();
        QCOMPARE(keys, (QStringList {u"confirm"_s, u"offer_link"_s}));
    }

    void escapeTakesTheRubberBandBack()
    {
        CanvasFixture canvas(u"booking.json"_s);
        const QPoint start = canvas.emptyPlace();
        canvas.press(start);
        canvas.moveTo(canvas.view.viewport()->rect().topRight() - QPoint(2, -2));
        QVERIFY(!canvas.view.selection().isEmpty());
        canvas.key(Qt::Key_Escape);
        QVERIFY(canvas.view.selection().isEmpty());
        canvas.release(start);
        QVERIFY(canvas.isUntouched());
    }

    void escapeGivesBackWhatWasSelected()
    {
        CanvasFixture canvas(u"booking.json"_s);
        canvas.click(canvas.onCard(u"confirm"_s));
        canvas.press(canvas.emptyPlace());
        canvas.moveTo(canvas.view.viewport()->rect().topRight() - QPoint(2, -2));
        QVERIFY(canvas.view.selection().size() > 1);
        canvas.key(Qt::Key_Escape);
        QCOMPARE(canvas.view.selection(), QStringList {u"confirm"_s});
        canvas.release(canvas.emptyPlace());
        QCOMPARE(canvas.view.selection(), QStringList {u"confirm"_s});
    }

    void zoomKeepsThePointUnderThePointer()
    {
        CanvasFixture canvas(u"booking.json"_s);
        QSignalSpy changed(&canvas.view, &GraphView::zoomChanged);
        const QPoint pointer = canvas.centre(u"await_answer"_s);
        const QPointF before = canvas.view.transform().toScene(QPointF(pointer));
        const qreal zoomBefore = canvas.view.zoom();
        wheel(canvas.view, pointer, 120, Qt::ControlModifier);
        QVERIFY(canvas.view.zoom() > zoomBefore);
        const QPointF after = canvas.view.transform().toScene(QPointF(pointer));
        QVERIFY((after - before).manhattanLength() < 2);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(changed.first().first().toInt(), canvas.view.zoomPercent());
        for (int i = 0; i < 40; ++i)
            wheel(canvas.view, pointer, 120, Qt::ControlModifier);
        QCOMPARE(canvas.view.zoom(), GraphView::MaximumZoom);
        for (int i = 0; i < 80; ++i)
            wheel(canvas.view, pointer, -120, Qt::ControlModifier);
        QCOMPARE(canvas.view.zoom(), GraphView::MinimumZoom);
    }

    void zoomKeys()
    {
        CanvasFixture canvas(u"booking.json"_s);
        canvas.key(Qt::Key_0, Qt::ControlModifier);
        QCOMPARE(canvas.view.zoomPercent(), 100);
        canvas.key(Qt::Key_Plus, Qt::ControlModifier);
        QCOMPARE(canvas.view.zoomPercent(), 110);
        canvas.key(Qt::Key_Minus, Qt::ControlModifier);
        QCOMPARE(canvas.view.zoomPercent(), 100);
        canvas.view.resize(400, 300);
        canvas.key(Qt::Key_1, Qt::ControlModifier);
        const QRectF shown = canvas.view.transform().toView(canvas.view.scene()->bounds());
        QVERIFY(QRectF(canvas.view.viewport()->rect()).contains(shown));
    }

    void firstLookWastesNoRoom()
    {
        const auto document = WorkflowDocument::fromText(lopsided(), u"test"_s);
        QVERIFY(document);
        for (const auto direction : {DrawingLayout::Direction::TopToBottom, DrawingLayout::Direction::LeftToRight}) {
            GraphView view;
            view.setDocument(document.value().get());
            view.arranger().setDirection(direction);
            view.show();
            QTRY_VERIFY(!view.isLayoutPending() && view.scene()->nodes().size() == 9);
            int whole = 0;
            for (int size = 300; size < 1500; size += 3) {
                view.resize(direction == DrawingLayout::Direction::TopToBottom ? QSize(size, 900) : QSize(900, size));
                QCoreApplication::processEvents();
                const QRectF shown = view.transform().toView(view.scene()->bounds());
                const QRectF room = QRectF(view.viewport()->rect());
                const QRectF trigger = view.transform().toView(view.scene()->nodes().first().box);
                QVERIFY2(room.contains(trigger), qPrintable(QString::number(size)));
                const bool isAcross = direction == DrawingLayout::Direction::TopToBottom;
                const qreal cutBefore = isAcross ? -shown.left() : -shown.top();
                const qreal cutBehind = isAcross ? shown.right() - room.right() : shown.bottom() - room.bottom();
                whole += cutBefore <= 0 && cutBehind <= 0;
                // Where one side is cut off, the other does not stand away from its edge by more than the margins.
                QVERIFY2(cutBefore <= 0 || cutBehind >= -60, qPrintable(QString::number(size)));
                QVERIFY2(cutBehind <= 0 || cutBefore >= -60, qPrintable(QString::number(size)));
                QVERIFY2(view.zoom() <= 0.6 || (cutBefore <= 0 && cutBehind <= 0), qPrintable(QString::number(size)));
            }
            QVERIFY(whole > 50 && whole < 400);
        }
    }

    void wheelMiddleAndSpacePan()
    {
        CanvasFixture canvas(u"booking.json"_s);
        const QPointF start = canvas.view.transform().offset;
        wheel(canvas.view, {100, 100}, -120, {});
        QVERIFY(canvas.view.transform().offset.y() < start.y());
        const QPointF scrolled = canvas.view.transform().offset;
        QTest::mousePress(canvas.view.viewport(), Qt::MiddleButton, {}, {100, 100});
        canvas.moveTo({130, 140}, Qt::MiddleButton);
        QTest::mouseRelease(canvas.view.viewport(), Qt::MiddleButton, {}, {130, 140});
        QCOMPARE(canvas.view.transform().offset - scrolled, QPointF(30, 40));
        QTest::keyPress(&canvas.view, Qt::Key_Space);
        canvas.drag(canvas.onCard(u"ask"_s), canvas.onCard(u"ask"_s) + QPoint(-20, 10));
        QTest::keyRelease(&canvas.view, Qt::Key_Space);
        QCOMPARE(canvas.view.transform().offset - scrolled, QPointF(10, 50));
        QVERIFY(canvas.view.selection().isEmpty());
    }

    void theDrawingCannotBeLost()
    {
        CanvasFixture canvas(u"booking.json"_s);
        for (const QPointF &far : {QPointF(1e6, 0), QPointF(-1e6, 1e6), QPointF(0, -1e7)}) {
            canvas.view.scrollBy(far);
            const QRectF shown = canvas.view.transform().toView(canvas.view.scene()->bounds());
            QVERIFY(shown.intersects(QRectF(canvas.view.viewport()->rect())));
        }
    }

    void arrowsWalkTheGraph()
    {
        CanvasFixture canvas(u"booking.json"_s);
        canvas.key(Qt::Key_Down);
        QCOMPARE(canvas.view.selection(), QStringList {DefinitionGraph::triggerKey()});
        canvas.key(Qt::Key_Down);
        QCOMPARE(canvas.view.selection(), QStringList {u"ask"_s});
        canvas.key(Qt::Key_Down);
        QCOMPARE(canvas.view.selection(), QStringList {u"await_answer"_s});
        canvas.view.setSelection({u"confirm"_s});
        canvas.key(Qt::Key_Right);
        QCOMPARE(canvas.view.selection(), QStringList {u"offer_link"_s});
        canvas.key(Qt::Key_Up);
        QCOMPARE(canvas.view.selection(), QStringList {u"choose"_s});
        canvas.key(Qt::Key_Up, Qt::ShiftModifier);
        QCOMPARE(canvas.view.selection(), (QStringList {u"choose"_s, u"await_answer"_s}));
    }

    void enterAndDoubleClickEdit()
    {
        CanvasFixture canvas(u"booking.json"_s);
        QSignalSpy edit(&canvas.view, &GraphView::editRequested);
        canvas.view.setSelection({u"ask"_s});
        canvas.key(Qt::Key_Return);
        QCOMPARE(edit.takeFirst().first().toString(), u"ask"_s);
        QTest::mouseDClick(canvas.view.viewport(), Qt::LeftButton, {}, canvas.onCard(u"confirm"_s));
        QCOMPARE(edit.takeFirst().first().toString(), u"confirm"_s);
    }

    void revealShowsAndSelects()
    {
        CanvasFixture canvas(longChain(60));
        canvas.view.zoomActual();
        canvas.view.revealStep(u"step_55"_s);
        QCOMPARE(canvas.view.selection(), QStringList {u"step_55"_s});
        const QRectF box = canvas.view.transform().toView(canvas.card(u"step_55"_s).box);
        QVERIFY(QRectF(canvas.view.viewport()->rect()).contains(box));
    }

    void goingToAStepComesNearWhereCardsAreSpecks()
    {
        CanvasFixture canvas(longChain(300));
        canvas.view.zoomToFit();
        const qreal far = canvas.view.zoom();
        QVERIFY(far < 0.1);
        canvas.view.revealStep(u"step_10"_s); // as after an edit: the person stays where they look from
        QCOMPARE(canvas.view.zoom(), far);
        QSignalSpy zoomed(&canvas.view, &GraphView::zoomChanged);
        canvas.view.goToStep(u"step_250"_s);
        QCOMPARE(canvas.view.selection(), QStringList {u"step_250"_s});
        QCOMPARE(canvas.view.zoomPercent(), 100);
        QCOMPARE(zoomed.size(), 1);
        const QRectF box = canvas.view.transform().toView(canvas.card(u"step_250"_s).box);
        QVERIFY(QRectF(canvas.view.viewport()->rect()).contains(box));
        canvas.view.goBack();
        QCOMPARE(canvas.view.zoom(), far);
        QCOMPARE(canvas.view.selection(), QStringList {u"step_10"_s});
        canvas.view.setSelection({}); // nobody selected anything in an overview
        canvas.view.goToStep(u"step_100"_s);
        QCOMPARE(canvas.view.zoomPercent(), 100);
        canvas.view.goBack();
        QCOMPARE(canvas.view.zoom(), far);
        QVERIFY(canvas.view.selection().isEmpty());
        // Where cards can be read, it only scrolls.
        canvas.view.setZoom(0.5, {100, 100});
        canvas.view.goToStep(u"step_40"_s);
        QCOMPARE(canvas.view.zoomPercent(), 50);
    }

    void goingToAStepComesNearOnceThereIsADrawing()
    {
        CanvasFixture canvas(longChain(1200));
        canvas.view.goToStep(u"step_1100"_s); // at the empty view's zoom until then
        QVERIFY(canvas.view.isLayoutPending());
        canvas.view.setZoom(GraphView::MinimumZoom, {});
        QTRY_VERIFY_WITH_TIMEOUT(!canvas.view.isLayoutPending(), 20000);
        QCOMPARE(canvas.view.selection(), QStringList {u"step_1100"_s});
        QCOMPARE(canvas.view.zoomPercent(), 100);
    }

    void keysZoomRoundWhatIsSelected()
    {
        CanvasFixture canvas(longChain(300));
        canvas.view.zoomToFit();
        canvas.view.setSelection({u"step_290"_s});
        const auto place = [&] { return canvas.view.transform().toView(canvas.card(u"step_290"_s).box.center()); };
        const QPointF before = place();
        canvas.view.zoomIn();
        QVERIFY((place() - before).manhattanLength() <= 2);
        canvas.view.zoomActual();
        const QRectF box = canvas.view.transform().toView(canvas.card(u"step_290"_s).box);
        QVERIFY(QRectF(canvas.view.viewport()->rect()).contains(box));
        // What is out of view is nothing to zoom round.
        canvas.view.centerOn(canvas.card(u"step_20"_s).box.center());
        const QPointF middle = canvas.view.transform().toView(canvas.card(u"step_20"_s).box.center());
        canvas.view.zoomIn();
        QVERIFY(
            (canvas.view.transform().toView(canvas.card(u"step_20"_s).box.center()) - middle).manhattanLength() <= 2);
    }

    void anEditElsewhereMovesNothingOnTheScreen()
    {
        CanvasFixture canvas(u"booking.json"_s);
        canvas.view.zoomActual();
        canvas.view.setSelection({u"choose"_s});
        canvas.view.centerOn(canvas.card(u"choose"_s).box.center());
        const QPointF before = canvas.view.transform().toView(canvas.card(u"choose"_s).box.topLeft());
        const StepType *sms = canvas.document->catalog().step(u"SMS");
        Result<DefinitionEdit> edit = insertStepOnConnection(
            canvas.document->definition(), canvas.document->graph(), *sms, DefinitionGraph::triggerKey(), u"next"_s);
        QVERIFY(edit);
        edit->reveal.clear();
        QVERIFY(canvas.document->push(*edit));
        QCOMPARE(canvas.view.scene()->nodes().size(), 8);
        const QPointF after = canvas.view.transform().toView(canvas.card(u"choose"_s).box.topLeft());
        QVERIFY((after - before).manhattanLength() <= 1.5);
        canvas.document->undoStack()->undo();
        QCOMPARE(canvas.view.scene()->nodes().size(), 7);
        QCOMPARE(canvas.document->text(), canvas.original);
    }

    void largeDefinitionsAreLaidOutBesides()
    {
        CanvasFixture canvas(longChain(1200));
        QVERIFY(canvas.view.isLayoutPending());
        canvas.view.revealStep(u"step_1100"_s); // waits for the layout
        QTRY_VERIFY_WITH_TIMEOUT(!canvas.view.isLayoutPending(), 20000);
        QCOMPARE(canvas.view.scene()->nodes().size(), 1201);
        QCOMPARE(canvas.view.selection(), QStringList {u"step_1100"_s});
    }

    void aViewMayGoWhileALayoutIsUnderWay()
    {
        for (int i = 0; i < 3; ++i) {
            CanvasFixture canvas(longChain(1500));
            QVERIFY(canvas.view.isLayoutPending());
        }
    }

    void theDocumentMayGoFirst()
    {
        CanvasFixture canvas(u"booking.json"_s);
        canvas.view.setSelection({u"ask"_s});
        canvas.document.reset();
        QVERIFY(canvas.view.scene()->nodes().isEmpty());
        QVERIFY(canvas.view.selection().isEmpty());
        canvas.key(Qt::Key_Delete);
        canvas.view.quickAdd();
        canvas.view.grab();
        QVERIFY(!canvas.view.document());
    }

    void problemsAreCounted()
    {
        CanvasFixture canvas(u"odd.json"_s);
        QVERIFY(!canvas.document->problems().isEmpty());
        QVERIFY(!canvas.view.state().problems.isEmpty());
    }

    void runOverlayStaysOverEdits()
    {
        CanvasFixture canvas(u"booking.json"_s);
        RunOverlay run;
        run.nodes.insert(u"ask"_s, {NodeRun::State::Done, 1, {}});
        run.nodes.insert(u"await_answer"_s, {NodeRun::State::Waiting, 1, {}});
        run.taken.insert({u"ask"_s, u"await_answer"_s});
        canvas.view.setReadOnly(true);
        canvas.view.setRunOverlay(run);
        QVERIFY(canvas.view.state().showsRun);
        QCOMPARE(canvas.view.state().takenEdges.size(), 1);
        canvas.view.setSelection({u"ask"_s});
        canvas.key(Qt::Key_Delete);
        QVERIFY(canvas.isUntouched());
        canvas.view.setRunOverlay({});
        QVERIFY(!canvas.view.state().showsRun);
    }

    void minimapShowsAllColours()
    {
        QByteArray text = longChain(2000);
        for (int i = 0; i < 2000; i += 2)
            text.replace("step_" + QByteArray::number(i) + "\",\"stepType\":\"SMS", //
                "step_" + QByteArray::number(i) + "\",\"stepType\":\"HttpRequest");
        CanvasFixture canvas(text);
        QTRY_VERIFY(!canvas.view.isLayoutPending() && canvas.view.scene()->nodes().size() == 2001);
        const QImage picture = canvas.view.findChild<QWidget *>(u"minimap"_s)->grab().toImage();
        int blue = 0;
        int green = 0;
        for (int y = 0; y < picture.height(); ++y) {
            for (int x = 0; x < picture.width(); ++x) {
                const QColor pixel = picture.pixelColor(x, y);
                blue += pixel.blue() > pixel.green() + 60;
                green += pixel.green() > pixel.blue() + 5;
            }
        }
        QVERIFY2(blue > 20 && green > 20, qPrintable(u"%1 and %2"_s.arg(blue).arg(green)));
    }

    void minimapGoesThere()
    {
        CanvasFixture canvas(longChain(80));
        canvas.view.zoomActual();
        QWidget *minimap = canvas.view.findChild<QWidget *>(u"minimap"_s);
        QVERIFY(minimap && minimap->isVisible());
        QTest::mouseClick(minimap, Qt::LeftButton, {}, {minimap->width() / 2, minimap->height() - 12});
        const QRectF shown = canvas.view.transform().toScene(QRectF(canvas.view.viewport()->rect()));
        QVERIFY(shown.intersects(canvas.card(u"step_79"_s).box.adjusted(0, -400, 0, 0)));
        canvas.view.setMinimapVisible(false);
        QVERIFY(!canvas.view.isMinimapVisible());
    }

    void hasANameForScreenReaders()
    {
        CanvasFixture canvas(u"booking.json"_s);
        QVERIFY(!canvas.view.accessibleName().isEmpty());
        QVERIFY(!canvas.quickAdd()->accessibleName().isEmpty());
    }
};

QTEST_MAIN(TestGraphView)
#include "tst_graphview.moc"
