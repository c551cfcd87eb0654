// Cards moved by hand, notes, what is repainted meanwhile.

#include "canvasfixture.h"

#include "designer/canvas/arrangement.h"
#include "designer/canvas/canvasarranger.h"
#include "designer/canvas/canvasnotes.h"
#include "designer/canvas/noteeditor.h"
#include "designer/style/applicationstyle.h"
#include "tests/benchmarks/definitiongenerator.h"

using namespace automation;
using namespace Qt::StringLiterals;

namespace {

// A chain of steps, so that each card has few lines.
QByteArray chain(int steps)
{
    QByteArray text = "{'name':'chain','trigger':'inbound_sms','definition':{'steps':[";
    for (int i = 0; i < steps; ++i) {
        const QByteArray next = i + 1 < steps ? ",'nextStepId':'s" + QByteArray::number(i + 1) + '\'' : QByteArray();
        text += (i > 0 ? ",\n" : "") + ("{'id':'s" + QByteArray::number(i))
            + "','stepType':'SMS','inputs':{'text':'Hello'}" + next + '}';
    }
    text += "]}}";
    return text.replace('\'', '"');
}

QList<QRectF> boxesOf(const GraphScene &scene)
{
    QList<QRectF> boxes;
    for (const SceneNode &node : scene.nodes())
        boxes.append(node.box);
    return boxes;
}

} // namespace

class TestCanvasArranging : public QObject
{
    Q_OBJECT

private:
    static bool drawingIsDefault(const CanvasFixture &canvas) { return canvas.document->drawing().isDefault(); }
    // One command on the stack that changes no byte of the definition; undone, the drawing is the layout's again.
    static bool oneUndoOfTheDrawing(CanvasFixture &canvas)
    {
        if (canvas.document->undoStack()->index() != 1 || canvas.document->text() != canvas.original)
            return false;
        canvas.document->undoStack()->undo();
        return drawingIsDefault(canvas) && canvas.document->text() == canvas.original;
    }

private Q_SLOTS:
    void draggingACardMovesIt()
    {
        CanvasFixture canvas(u"booking.json"_s);
        canvas.view.zoomActual();
        const QPointF before = canvas.card(u"farewell"_s).box.topLeft();
        const QPointF still = canvas.card(u"choose"_s).box.topLeft();
        const QPoint from = canvas.onCard(u"farewell"_s);
        canvas.press(from);
        canvas.moveTo(from + QPoint(30, 10));
        canvas.moveTo(from + QPoint(101, 57), Qt::LeftButton, Qt::AltModifier);
        QCOMPARE(canvas.view.state().offsets.value(canvas.node(u"farewell"_s)), QPointF(101, 57));
        QVERIFY(canvas.isUntouched() && drawingIsDefault(canvas)); // a preview
        QTest::mouseRelease(canvas.view.viewport(), Qt::LeftButton, Qt::AltModifier, from + QPoint(101, 57));
        QCOMPARE(canvas.card(u"farewell"_s).box.topLeft(), before + QPointF(101, 57));
        QCOMPARE(canvas.card(u"choose"_s).box.topLeft(), still);
        QVERIFY(!canvas.view.hasInteraction());
        // The line leads to where the card is now.
        const SceneEdge &line = canvas.edge(u"await_answer"_s, 1);
        QCOMPARE(line.points.last(), QPointF(canvas.card(u"farewell"_s).box.center().x(), before.y() + 57));
        QVERIFY(oneUndoOfTheDrawing(canvas));
        QCOMPARE(canvas.card(u"farewell"_s).box.topLeft(), before);
    }

    void severalAtOnceAndOneUndo()
    {
        CanvasFixture canvas(u"booking.json"_s);
        canvas.view.zoomActual();
        canvas.view.setSelection({u"confirm"_s, u"offer_link"_s});
        const QPointF first = canvas.card(u"confirm"_s).box.topLeft();
        const QPointF second = canvas.card(u"offer_link"_s).box.topLeft();
        const QPoint from = canvas.onCard(u"confirm"_s);
        canvas.press(from);
        QCOMPARE(canvas.view.selection().size(), 2); // still both
        canvas.moveTo(from + QPoint(0, 20));
        canvas.moveTo(from + QPoint(0, 67), Qt::LeftButton, Qt::AltModifier);
        QTest::mouseRelease(canvas.view.viewport(), Qt::LeftButton, Qt::AltModifier, from + QPoint(0, 67));
        QCOMPARE(canvas.card(u"confirm"_s).box.topLeft(), first + QPointF(0, 67));
        QCOMPARE(canvas.card(u"offer_link"_s).box.topLeft(), second + QPointF(0, 67));
        QCOMPARE(canvas.view.selection().size(), 2);
        QVERIFY(oneUndoOfTheDrawing(canvas));
    }

    void aClickOnOneOfSeveralSelectsIt()
    {
        CanvasFixture canvas(u"booking.json"_s);
        canvas.view.setSelection({u"confirm"_s, u"offer_link"_s});
        canvas.click(canvas.onCard(u"confirm"_s));
        QCOMPARE(canvas.view.selection(), QStringList {u"confirm"_s});
    }

    void escapePutsThemBack()
    {
        CanvasFixture canvas(u"booking.json"_s);
        const QPoint from = canvas.onCard(u"ask"_s);
        canvas.press(from);
        canvas.moveTo(from + QPoint(80, 80));
        canvas.key(Qt::Key_Escape);
        QVERIFY(canvas.view.state().offsets.isEmpty());
        canvas.release(from + QPoint(80, 80));
        QVERIFY(canvas.isUntouched() && drawingIsDefault(canvas));
    }

    void theViewStaysWhereItIs()
    {
        CanvasFixture canvas(u"booking.json"_s);
        canvas.view.zoomActual();
        const QPointF offset = canvas.view.transform().offset;
        const QPoint from = canvas.onCard(u"ask"_s);
        canvas.drag(from, from + QPoint(60, 60));
        QCOMPARE(canvas.view.transform().offset, offset);
        canvas.document->undoStack()->undo();
        QCOMPARE(canvas.view.transform().offset, offset);
    }

    void readOnlyCardsStay()
    {
        CanvasFixture canvas(u"booking.json"_s);
        canvas.view.setReadOnly(true);
        const QPoint from = canvas.onCard(u"ask"_s);
        canvas.drag(from, from + QPoint(60, 60));
        canvas.key(Qt::Key_Right, Qt::ControlModifier);
        QVERIFY(canvas.isUntouched() && drawingIsDefault(canvas));
    }

    void movedCardsSnapToOthers()
    {
        const QList<QRectF> others {{0, 0, 100, 50}, {400, 300, 200, 80}};
        const Snap snap = snapTo({3, 100, 100, 50}, others, 6);
        QCOMPARE(snap.correction, QPointF(-3, 0));
        QVERIFY(!snap.guides.isEmpty());
        QCOMPARE(snap.guides.first().x1(), snap.guides.first().x2());
        QVERIFY(snapTo({30, 100, 90, 50}, others, 6).correction.isNull());
        const Snap both = snapTo({398, 301, 200, 80}, others, 6);
        QCOMPARE(both.correction, QPointF(2, -1));
        QVERIFY(snapTo({}, {}, 6).guides.isEmpty());
    }

    void arrowsWithControlNudgeByTheGrid()
    {
        CanvasFixture canvas(u"booking.json"_s);
        canvas.click(canvas.onCard(u"farewell"_s));
        const QPointF before = canvas.card(u"farewell"_s).box.topLeft();
        canvas.key(Qt::Key_Right, Qt::ControlModifier);
        const QPointF after = canvas.card(u"farewell"_s).box.topLeft();
        QVERIFY(after.x() > before.x() && after.x() <= before.x() + 20);
        QCOMPARE(std::fmod(after.x(), 20), 0.0);
        QCOMPARE(after.y(), before.y());
        canvas.key(Qt::Key_Right, Qt::ControlModifier);
        QCOMPARE(canvas.card(u"farewell"_s).box.left(), after.x() + 20);
        canvas.document->undoStack()->undo();
        QVERIFY(oneUndoOfTheDrawing(canvas));
    }

    void alignAndDistribute()
    {
        CanvasFixture canvas(u"booking.json"_s);
        canvas.view.setSelection({u"confirm"_s, u"farewell"_s});
        canvas.actions.action(CanvasActions::Id::AlignLeft)->trigger();
        QCOMPARE(canvas.card(u"confirm"_s).box.left(), canvas.card(u"farewell"_s).box.left());
        QVERIFY(oneUndoOfTheDrawing(canvas));
        const QList<QPointF> moves
            = distributedMoves({{0, 0, 10, 10}, {15, 0, 10, 10}, {90, 0, 10, 10}}, Qt::Horizontal);
        QCOMPARE(moves, (QList<QPointF> {{0, 0}, {30, 0}, {0, 0}}));
        QCOMPARE(distributedMoves({{0, 0, 1, 1}, {5, 5, 1, 1}}, Qt::Vertical), QList<QPointF>(2));
        QCOMPARE(
            alignedMoves({{0, 0, 10, 10}, {20, 30, 20, 10}}, Alignment::Bottom), (QList<QPointF> {{0, 30}, {0, 0}}));
        QCOMPARE(
            alignedMoves({{0, 0, 10, 10}, {20, 30, 20, 10}}, Alignment::Centre), (QList<QPointF> {{15, 0}, {-10, 0}}));
    }

    void tidyGivesCardsBackToTheLayout()
    {
        CanvasFixture canvas(u"booking.json"_s);
        canvas.view.arranger().tidy();
        QCOMPARE(canvas.messages.size(), 1); // nothing was moved
        canvas.view.arranger().move({{u"ask"_s, {100, 0}}, {u"confirm"_s, {0, 50}}}, u"Move"_s);
        canvas.view.setSelection({u"ask"_s});
        canvas.view.arranger().tidy();
        QVERIFY(!canvas.document->drawing().positions.contains(u"ask"_s));
        QVERIFY(canvas.document->drawing().positions.contains(u"confirm"_s));
        canvas.view.setSelection({});
        canvas.view.arranger().tidy();
        QVERIFY(drawingIsDefault(canvas));
        QCOMPARE(canvas.document->text(), canvas.original);
    }

    // Of a drawing of 200 steps nine tenths stand to their neighbours as before, wherever one step is inserted, and
    // undo brings back the very picture.
    void insertedStepLeavesTheOthersWhereTheyWere()
    {
        CanvasFixture canvas(DefinitionGenerator(3).text(200));
        const auto before = canvas.view.scene();
        const auto count = canvas.document->graph().connections().size();
        QVERIFY(count > 200);
        for (qsizetype i = 0; i < count; i += 9) {
            const Connection connection = canvas.document->graph().connections().at(i);
            const GraphNode &from = canvas.document->graph().nodes().at(connection.from);
            const QString outcome = from.outcomes.at(connection.outcome).key();
            QVERIFY(canvas.view.editor().insertOnConnection(u"SMS"_s, from.key, outcome));
            const auto after = canvas.view.scene();
            QCOMPARE(after->nodes().size(), before->nodes().size() + 1);
            QSet<int> moved;
            for (const SceneEdge &edge : before->edges()) {
                if (edge.isJump())
                    continue;
                const auto places = [&](int node) {
                    return std::pair(before->nodes().at(node).box.center(),
                        after->nodes().at(after->indexOfKey(before->keyOf(node))).box.center());
                };
                const auto [fromWas, fromIs] = places(edge.from);
                const auto [toWas, toIs] = places(edge.to);
                if (std::abs((toWas - fromWas).x() - (toIs - fromIs).x()) > 1)
                    moved += {edge.from, edge.to};
            }
            moved -= {connection.from, connection.to};
            QVERIFY2(moved.size() * 10 <= before->nodes().size(), qPrintable(u"%1: %2"_s.arg(i).arg(moved.size())));
            canvas.document->undoStack()->undo();
            QVERIFY(boxesOf(*canvas.view.scene()) == boxesOf(*before));
        }
    }

    void directionIsSwitched()
    {
        CanvasFixture canvas(u"booking.json"_s);
        QAction *action = canvas.actions.action(CanvasActions::Id::LeftToRight);
        action->trigger();
        QVERIFY(action->isChecked());
        QVERIFY(canvas.card(u"ask"_s).box.left() >= canvas.card(DefinitionGraph::triggerKey()).box.right());
        QVERIFY(oneUndoOfTheDrawing(canvas));
        QVERIFY(canvas.card(u"ask"_s).box.top() >= canvas.card(DefinitionGraph::triggerKey()).box.bottom());
        QVERIFY(!action->isChecked());
    }

    // Wherever a card is put clear of the others, no line runs through any card.
    void linesGoRoundMovedCards()
    {
        CanvasFixture canvas(u"booking.json"_s);
        const QRectF ask = canvas.card(u"ask"_s).box;
        const QRectF farewell = canvas.card(u"farewell"_s).box;
        for (const QPointF &place : {QPointF(600, 0), QPointF(-500, 900), QPointF(0, -300)}) {
            canvas.view.arranger().move({{u"confirm"_s, place - canvas.card(u"confirm"_s).box.topLeft()}}, u"Move"_s);
            QCOMPARE(canvas.card(u"confirm"_s).box.topLeft(), place);
            QCOMPARE(canvas.card(u"ask"_s).box, ask);
            QCOMPARE(canvas.card(u"farewell"_s).box, farewell);
            for (const SceneEdge &edge : canvas.view.scene()->edges()) {
                for (qsizetype i = 1; i < edge.points.size(); ++i) {
                    const QRectF run
                        = QRectF(edge.points.at(i - 1), edge.points.at(i)).normalized().adjusted(-1, -1, 1, 1);
                    for (const SceneNode &node : canvas.view.scene()->nodes())
                        QVERIFY2(!run.intersects(node.box.adjusted(2, 2, -2, -2)), qPrintable(node.key));
                }
            }
        }
    }

    void leftToRightANewStepIsAddedAtTheRight()
    {
        CanvasFixture canvas(u"booking.json"_s);
        canvas.actions.action(CanvasActions::Id::LeftToRight)->trigger();
        const int node = canvas.node(u"farewell"_s);
        const QPointF add = canvas.view.scene()->openAddPosition(node, 0);
        QVERIFY(add.x() > canvas.card(u"farewell"_s).box.right());
        canvas.click(canvas.at(add));
        QVERIFY(canvas.quickAdd()->isVisible());
    }

    void aContainerTakesItsStepsAlong()
    {
        const QByteArray text
            = "{'name':'x','trigger':'inbound_sms','definition':{'steps':[{'id':'hours','stepType':'If',"
              "'inputs':{'condition':'{{true}}'},'do':[[{'id':'inner','stepType':'SMS','inputs':{},'nextStepId':"
              "'second'},{'id':'second','stepType':'SMS','inputs':{}}]]}]}}";
        CanvasFixture canvas(QByteArray(text).replace('\'', '"'));
        QVERIFY(!canvas.card(u"hours"_s).frame.isNull());
        const QRectF frame = canvas.card(u"hours"_s).frame;
        const QPointF inner = canvas.card(u"inner"_s).box.topLeft();
        canvas.view.arranger().move({{u"hours"_s, {100, 40}}}, u"Move"_s);
        QCOMPARE(canvas.card(u"inner"_s).box.topLeft(), inner + QPointF(100, 40));
        QCOMPARE(canvas.card(u"hours"_s).frame, frame.translated(100, 40));
        QCOMPARE(canvas.document->drawing().positions.size(), 1);
        // One of them alone: the frame still holds it.
        canvas.view.arranger().move({{u"second"_s, {300, 0}}}, u"Move"_s);
        QVERIFY(canvas.card(u"hours"_s).frame.contains(canvas.card(u"second"_s).box));
        QVERIFY(canvas.card(u"hours"_s).frame.contains(canvas.card(u"inner"_s).box));
    }

    void draggingOneOfManyRepaintsLittle()
    {
        CanvasFixture canvas(chain(10'000));
        QTRY_VERIFY_WITH_TIMEOUT(!canvas.view.isLayoutPending(), 20'000);
        canvas.view.setMinimapVisible(false);
        canvas.view.revealStep(u"s5000"_s);
        canvas.view.zoomActual();
        canvas.view.revealStep(u"s5000"_s);
        canvas.view.setSelection({});
        for (const qreal zoom : {1.0, 0.4}) {
            canvas.view.setZoom(zoom, canvas.centre(u"s5000"_s));
            const QPoint from = canvas.onCard(u"s5000"_s);
            canvas.press(from);
            canvas.moveTo(from + QPoint(12, 6));
            QApplication::processEvents(); // the press lights the way through all steps
            canvas.moveTo(from + QPoint(17, 9), Qt::LeftButton, Qt::AltModifier);
            QApplication::processEvents();
            const GraphPainter::Counts counts = canvas.view.painter().counts();
            QVERIFY2(counts.cards >= 1 && counts.cards <= 12 && counts.edges <= 6,
                qPrintable(u"%1 cards, %2 edges"_s.arg(counts.cards).arg(counts.edges)));
            canvas.key(Qt::Key_Escape);
            canvas.release(from);
        }
        QVERIFY(canvas.isUntouched());
    }

    void aLetGoCardOfALargeDrawingStaysUntilTheNewSceneIsThere()
    {
        CanvasFixture canvas(chain(1'000));
        QTRY_VERIFY_WITH_TIMEOUT(!canvas.view.isLayoutPending(), 20'000);
        canvas.view.zoomActual();
        canvas.view.revealStep(u"s500"_s);
        const QPoint from = canvas.onCard(u"s500"_s);
        const QPointF before = canvas.card(u"s500"_s).box.topLeft();
        canvas.press(from);
        canvas.moveTo(from + QPoint(150, 10), Qt::LeftButton, Qt::AltModifier);
        QTest::mouseRelease(canvas.view.viewport(), Qt::LeftButton, Qt::AltModifier, from + QPoint(150, 10));
        QVERIFY(canvas.view.isLayoutPending());
        QCOMPARE(canvas.view.state().offsets.value(canvas.node(u"s500"_s)), QPointF(150, 10));
        QTRY_COMPARE_WITH_TIMEOUT(canvas.card(u"s500"_s).box.topLeft(), before + QPointF(150, 10), 20'000);
        QTRY_VERIFY(canvas.view.state().offsets.isEmpty());
    }

    void notesAreWrittenMovedResizedDeleted()
    {
        CanvasFixture canvas(u"booking.json"_s);
        canvas.view.zoomActual();
        auto *editor = canvas.view.findChild<NoteEditor *>();
        canvas.view.notes().add(QPointF(300, 40));
        QVERIFY(editor->isVisible() && editor->hasFocus());
        QTest::keyClicks(editor, u"Ask the bistro <b>"_s);
        QTest::keyClick(editor, Qt::Key_Return);
        QTest::keyClicks(editor, u"twice"_s);
        QVERIFY(canvas.isUntouched());
        QTest::keyClick(editor, Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(!editor->isVisible() && canvas.view.hasFocus());
        const auto note = [&] { return canvas.document->drawing().notes.value(0); };
        QCOMPARE(note().text, u"Ask the bistro <b>\ntwice"_s);
        QCOMPARE(canvas.view.notes().selected(), note().id);
        QCOMPARE(canvas.document->text(), canvas.original);

        const QPoint body = canvas.at(note().rect.center());
        canvas.drag(body, body + QPoint(40, 30));
        QCOMPARE(note().rect.topLeft(), QPointF(340, 70));
        const QSizeF size = note().rect.size();
        const QPoint corner = canvas.at(note().rect.bottomRight() - QPointF(4, 4));
        canvas.drag(corner, corner + QPoint(50, 20));
        QCOMPARE(note().rect.size(), size + QSizeF(50, 20));
        canvas.press(canvas.at(note().rect.center()));
        canvas.moveTo(canvas.at(note().rect.center()) + QPoint(90, 0));
        canvas.key(Qt::Key_Escape);
        canvas.release(canvas.at(note().rect.center()));
        QCOMPARE(note().rect.topLeft(), QPointF(340, 70));
        QCOMPARE(canvas.view.state().notes.first().rect, note().rect);

        QTest::mouseDClick(canvas.view.viewport(), Qt::LeftButton, {}, canvas.at(note().rect.center()));
        QVERIFY(editor->isVisible());
        editor->setPlainText(u"other"_s);
        QTest::keyClick(editor, Qt::Key_Escape);
        QVERIFY(note().text.startsWith(u"Ask"));
        canvas.click(canvas.at(note().rect.center()));
        canvas.key(Qt::Key_Delete);
        QVERIFY(canvas.document->drawing().notes.isEmpty());
        QCOMPARE(canvas.document->undoStack()->count(), 4);
        while (canvas.document->undoStack()->canUndo())
            canvas.document->undoStack()->undo();
        QVERIFY(drawingIsDefault(canvas));
    }

    void escapeEndsWhatIsDoneToANote_data()
    {
        QTest::addColumn<bool>("resizes");
        QTest::newRow("moved") << false;
        QTest::newRow("resized") << true;
    }
    void escapeEndsWhatIsDoneToANote()
    {
        QFETCH(bool, resizes);
        CanvasFixture canvas(u"booking.json"_s);
        DrawingLayout drawing = canvas.document->drawing();
        const QRectF rect(canvas.view.scene()->bounds().topLeft(), QSizeF(120, 60));
        drawing.notes.append({u"n"_s, rect, u"A note"_s, {}});
        QVERIFY(canvas.view.editor().arrange(drawing, u"note"_s));
        const int commands = canvas.document->undoStack()->count();
        const QPoint from = canvas.at(resizes ? rect.bottomRight() - QPointF(3, 3) : rect.center());
        canvas.press(from);
        canvas.moveTo(from + QPoint(70, 50));
        QVERIFY(canvas.view.state().notes.first().rect != rect);
        QCOMPARE(canvas.view.state().notes.first().rect.size() != rect.size(), resizes);
        canvas.key(Qt::Key_Escape);
        QCOMPARE(canvas.view.state().notes.first().rect, rect);
        canvas.moveTo(from + QPoint(90, 80));
        canvas.release(from + QPoint(90, 80));
        QCOMPARE(canvas.view.state().notes.first().rect, rect);
        QCOMPARE(canvas.document->drawing().notes.first().rect, rect);
        QCOMPARE(canvas.document->undoStack()->count(), commands);
    }

    // When the layout changes, cards glide from where they were; never for long, and they end in their places.
    void cardsGlideToTheirNewPlaces()
    {
        CanvasFixture canvas(u"booking.json"_s);
        canvas.view.zoomActual();
        QHash<QString, QPoint> before;
        for (const SceneNode &card : canvas.view.scene()->nodes())
            before.insert(card.key, canvas.at(card.box.topLeft()));
        QList<qreal> ways; // how far all cards together are from their places
        QElapsedTimer time;
        const auto look = [&] {
            qreal way = 0;
            for (const QPointF &offset : canvas.view.state().offsets)
                way += offset.manhattanLength();
            ways += way;
        };
        bool startsWhereItWas = true;
        QObject::connect(&canvas.view, &GraphView::sceneChanged, &canvas.view, [&] {
            time.start();
            look();
            for (auto offset = canvas.view.state().offsets.cbegin(); offset != canvas.view.state().offsets.cend();
                 ++offset) {
                const SceneNode &card = canvas.view.scene()->nodes().at(offset.key());
                const QPoint shown = canvas.at(card.box.topLeft() + *offset);
                startsWhereItWas = startsWhereItWas && (shown - before.value(card.key)).manhattanLength() <= 4;
            }
        });
        canvas.view.setSelection({u"choose"_s});
        canvas.key(Qt::Key_Delete, Qt::ControlModifier);
        QTRY_VERIFY(!ways.isEmpty());
        QVERIFY2(ways.first() > 50, qPrintable(QString::number(ways.first())));
        QVERIFY(startsWhereItWas);
        while (!canvas.view.state().offsets.isEmpty() && time.elapsed() < 5000) {
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 20);
            look();
        }
        QVERIFY(canvas.view.state().offsets.isEmpty());
        QVERIFY2(time.elapsed() < 1000, qPrintable(QString::number(time.elapsed()))); // 200 and a slow machine
        QVERIFY(ways.size() > 2);
        for (qsizetype i = 1; i < ways.size(); ++i)
            QVERIFY(ways.at(i) <= ways.at(i - 1));
    }

    void withLessMotionCardsAreThereAtOnce()
    {
        applyTheme(*qApp, Theme::light()); // the program's own style, which knows
        CanvasFixture canvas(u"booking.json"_s);
        canvas.view.zoomActual();
        bool isChanged = false;
        QObject::connect(&canvas.view, &GraphView::sceneChanged, &canvas.view, [&] { isChanged = true; });
        canvas.view.setSelection({u"choose"_s});
        setMotion(false);
        canvas.key(Qt::Key_Delete, Qt::ControlModifier);
        QTRY_VERIFY(isChanged);
        const bool isThere = canvas.view.state().offsets.isEmpty();
        setMotion(true);
        QVERIFY(isThere);
    }

    void anEmptyNoteIsNone()
    {
        CanvasFixture canvas(u"booking.json"_s);
        canvas.view.addNote();
        QTest::keyClick(canvas.view.findChild<NoteEditor *>(), Qt::Key_Return, Qt::ControlModifier);
        canvas.view.addNote();
        QTest::keyClicks(canvas.view.findChild<NoteEditor *>(), u"x"_s);
        QTest::keyClick(canvas.view.findChild<NoteEditor *>(), Qt::Key_Escape);
        QVERIFY(canvas.isUntouched() && drawingIsDefault(canvas));
    }
};

QTEST_MAIN(TestCanvasArranging)
#include "tst_canvasarranging.moc"
