// Clipboard, rename, type, search, places and the ends of wires.

#include "canvasfixture.h"

#include "designer/canvas/canvassearch.h"
#include "designer/canvas/inplaceeditor.h"
#include "designer/canvas/placehistory.h"
#include "designer/canvas/sceneplaces.h"
#include "designer/canvas/searchbar.h"
#include "model/json/jsonreader.h"

#include <QLabel>
#include <QMenu>

using namespace automation;
using namespace Qt::StringLiterals;

class TestCanvasEditing : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QApplication::clipboard()->clear(); }

    void copyIsJsonThatEditorsUnderstand()
    {
        CanvasFixture canvas(u"booking.json"_s);
        canvas.click(canvas.onCard(u"ask"_s));
        canvas.key(Qt::Key_C, Qt::ControlModifier);
        const Result<JsonValue> step = readJson(QApplication::clipboard()->text().toUtf8());
        QVERIFY(step);
        QCOMPARE(step->value(u"id").toString(), u"ask"_s);
        QVERIFY(canvas.isUntouched());
    }

    void pasteInAnotherDocumentGoesBehindTheSelection()
    {
        CanvasFixture from(u"booking.json"_s);
        from.click(from.onCard(u"farewell"_s));
        from.key(Qt::Key_C, Qt::ControlModifier);
        CanvasFixture to(u"booking.json"_s);
        to.click(to.onCard(u"ask"_s));
        to.key(Qt::Key_V, Qt::ControlModifier);
        const QString pasted = to.target(u"ask"_s);
        QVERIFY(pasted.startsWith(u"farewell") && pasted != u"farewell");
        QCOMPARE(to.target(pasted), u"await_answer"_s);
        QCOMPARE(to.view.selection(), QStringList {pasted});
        QVERIFY(to.oneUndoRestores());
    }

    void pasteBehindAnOpenEndAppends()
    {
        CanvasFixture canvas(u"booking.json"_s);
        canvas.click(canvas.onCard(u"ask"_s));
        canvas.key(Qt::Key_C, Qt::ControlModifier);
        canvas.click(canvas.onCard(u"confirm"_s));
        canvas.key(Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(canvas.target(u"confirm"_s), u"ask_2"_s);
        QVERIFY(canvas.oneUndoRestores());
    }

    void pasteGoesWhereThePointerIs()
    {
        CanvasFixture canvas(u"booking.json"_s);
        canvas.view.setSelection({u"confirm"_s});
        canvas.key(Qt::Key_C, Qt::ControlModifier);
        canvas.view.setSelection({});
        canvas.hover(canvas.at(canvas.edge(u"ask"_s).addButton));
        canvas.key(Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(canvas.target(u"ask"_s), u"confirm_2"_s);
        QCOMPARE(canvas.target(u"confirm_2"_s), u"await_answer"_s);
        QVERIFY(canvas.oneUndoRestores());
    }

    void pasteWithThePointerElsewhereConnectsNothing()
    {
        CanvasFixture canvas(u"booking.json"_s);
        canvas.view.setSelection({u"confirm"_s});
        canvas.key(Qt::Key_C, Qt::ControlModifier);
        canvas.view.setSelection({});
        const qsizetype connections = canvas.document->graph().connections().size();
        canvas.hover(canvas.emptyPlace());
        QCursor::setPos(canvas.view.mapToGlobal(QPoint(-60, -60)));
        canvas.key(Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(canvas.document->graph().connections().size(), connections);
        QCOMPARE(canvas.view.selection(), QStringList {u"confirm_2"_s});
        // It can be seen.
        const QRect shown = canvas.view.viewport()->rect();
        QTRY_VERIFY(shown.contains(canvas.centre(u"confirm_2"_s)));
        QVERIFY(canvas.oneUndoRestores());
    }

    void pasteStandsAtThePointer_data()
    {
        QTest::addColumn<bool>("byMenu");
        QTest::newRow("keys") << false;
        QTest::newRow("context menu") << true;
    }
    // Also while a step is selected: who copies has one.
    void pasteStandsAtThePointer()
    {
        QFETCH(bool, byMenu);
        CanvasFixture canvas(u"booking.json"_s);
        canvas.click(canvas.onCard(u"confirm"_s));
        canvas.key(Qt::Key_C, Qt::ControlModifier);
        const QPoint place(70, canvas.view.viewport()->height() - 70);
        const QPointF point = canvas.view.transform().toScene(QPointF(place));
        const qsizetype connections = canvas.document->graph().connections().size();
        const QRectF other = canvas.card(u"ask"_s).box;
        if (byMenu) {
            canvas.hover({900, 20});
            QContextMenuEvent menu(QContextMenuEvent::Mouse, place, canvas.view.viewport()->mapToGlobal(place));
            QApplication::sendEvent(canvas.view.viewport(), &menu);
            canvas.actions.action(CanvasActions::Id::Paste)->trigger();
        } else {
            canvas.hover(place);
            canvas.key(Qt::Key_V, Qt::ControlModifier);
        }
        QCOMPARE(canvas.view.selection(), QStringList {u"confirm_2"_s});
        const QPointF away = canvas.card(u"confirm_2"_s).box.center() - point;
        QVERIFY2(away.manhattanLength() < 2, qPrintable(QStringLiteral("%1 %2").arg(away.x()).arg(away.y())));
        QCOMPARE(canvas.card(u"ask"_s).box, other);
        QCOMPARE(canvas.document->graph().connections().size(), connections);
        QVERIFY(canvas.oneUndoRestores());
        QVERIFY(canvas.document->drawing().isDefault());
        canvas.document->undoStack()->redo();
        QVERIFY((canvas.card(u"confirm_2"_s).box.center() - point).manhattanLength() < 2);
    }

    void pasteOfSeveralKeepsThemTogether()
    {
        CanvasFixture canvas(u"booking.json"_s);
        canvas.view.setSelection({u"ask"_s, u"await_answer"_s});
        canvas.key(Qt::Key_C, Qt::ControlModifier);
        const QPointF apart = canvas.card(u"await_answer"_s).box.topLeft() - canvas.card(u"ask"_s).box.topLeft();
        const QPoint place(70, canvas.view.viewport()->height() - 70);
        const QPointF point = canvas.view.transform().toScene(QPointF(place));
        canvas.hover(place);
        canvas.key(Qt::Key_V, Qt::ControlModifier);
        const QRectF first = canvas.card(u"ask_2"_s).box;
        const QRectF second = canvas.card(u"await_answer_2"_s).box;
        QCOMPARE(canvas.target(u"ask_2"_s), u"await_answer_2"_s);
        QVERIFY((second.topLeft() - first.topLeft() - apart).manhattanLength() < 2);
        const QPointF away = (first | second).center() - point;
        QVERIFY2(away.manhattanLength() < 2, qPrintable(QStringLiteral("%1 %2").arg(away.x()).arg(away.y())));
        QVERIFY(canvas.oneUndoRestores());
    }

    void pasteByKeyboardGoesBehindTheSelection()
    {
        CanvasFixture canvas(u"booking.json"_s);
        canvas.hover(canvas.emptyPlace()); // the pointer lies about
        canvas.view.setSelection({u"ask"_s});
        canvas.key(Qt::Key_Down);
        canvas.key(Qt::Key_Up);
        QCOMPARE(canvas.view.selection(), QStringList {u"ask"_s});
        canvas.key(Qt::Key_C, Qt::ControlModifier);
        canvas.key(Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(canvas.target(u"ask"_s), u"ask_2"_s);
        QVERIFY(canvas.document->drawing().isDefault());
        QVERIFY(canvas.oneUndoRestores());
    }

    void pasteOfSeveralSelectsThem()
    {
        CanvasFixture canvas(u"booking.json"_s);
        canvas.view.setSelection({u"confirm"_s, u"offer_link"_s});
        canvas.key(Qt::Key_C, Qt::ControlModifier);
        canvas.view.setSelection({});
        canvas.key(Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(canvas.view.selection(), (QStringList {u"confirm_2"_s, u"offer_link_2"_s}));
        QVERIFY(canvas.oneUndoRestores());
    }

    void cutTakesAwayAndPasteBringsBack()
    {
        CanvasFixture canvas(u"booking.json"_s);
        canvas.click(canvas.onCard(u"farewell"_s));
        canvas.key(Qt::Key_X, Qt::ControlModifier);
        QCOMPARE(canvas.node(u"farewell"_s), -1);
        canvas.click(canvas.onCard(u"confirm"_s));
        canvas.key(Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(canvas.target(u"confirm"_s), u"farewell"_s); // its name is free again
    }

    void textThatHoldsNoStepsIsRefused()
    {
        CanvasFixture canvas(u"booking.json"_s);
        QApplication::clipboard()->setText(u"Dear customer, …"_s);
        canvas.key(Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(canvas.messages.size(), 1);
        QVERIFY2(canvas.messages.first().contains(u"paste"), qPrintable(canvas.messages.first()));
        QApplication::clipboard()->clear();
        canvas.key(Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(canvas.messages.size(), 2);
        QVERIFY(canvas.isUntouched());
    }

    void theTriggerIsNotCopied()
    {
        CanvasFixture canvas(u"booking.json"_s);
        canvas.view.setSelection({DefinitionGraph::triggerKey()});
        QVERIFY(!canvas.view.clipboard().copy());
        QCOMPARE(canvas.messages.size(), 1);
        QVERIFY(!canvas.actions.action(CanvasActions::Id::Copy)->isEnabled());
    }

    void duplicate()
    {
        CanvasFixture canvas(u"booking.json"_s);
        canvas.click(canvas.onCard(u"ask"_s));
        canvas.key(Qt::Key_D, Qt::ControlModifier);
        QCOMPARE(canvas.target(u"ask_2"_s), u"await_answer"_s);
        QCOMPARE(canvas.view.selection(), QStringList {u"ask_2"_s});
        QVERIFY(canvas.oneUndoRestores());
    }

    void renameOnTheCard()
    {
        CanvasFixture canvas(u"booking.json"_s);
        canvas.click(canvas.onCard(u"await_answer"_s));
        canvas.key(Qt::Key_F2);
        auto *field = canvas.view.findChild<InPlaceEditor *>();
        QVERIFY(field->isVisible() && field->hasFocus());
        QCOMPARE(field->selectedText(), u"await_answer"_s);
        QVERIFY(QRect(canvas.at(canvas.card(u"await_answer"_s).box.topLeft()), QSize(300, 80))
                    .contains(field->geometry().center()));
        QTest::keyClicks(field, u"wait_for_it"_s);
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY(!field->isVisible());
        QVERIFY(canvas.view.hasFocus());
        QCOMPARE(canvas.target(u"ask"_s), u"wait_for_it"_s);
        QCOMPARE(canvas.view.selection(), QStringList {u"wait_for_it"_s});
        QVERIFY(canvas.oneUndoRestores());
    }

    void renameToATakenNameStaysOpen()
    {
        CanvasFixture canvas(u"booking.json"_s);
        canvas.click(canvas.onCard(u"ask"_s));
        canvas.key(Qt::Key_F2);
        auto *field = canvas.view.findChild<InPlaceEditor *>();
        field->setText(u"confirm"_s);
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY(field->isVisible());
        QCOMPARE(canvas.messages.size(), 1);
        QTest::keyClick(field, Qt::Key_Escape);
        QVERIFY(!field->isVisible());
        QVERIFY(canvas.isUntouched());
    }

    void changeTypeKeepsTheWiring()
    {
        CanvasFixture canvas(u"booking.json"_s);
        canvas.click(canvas.onCard(u"ask"_s));
        QMenu menu;
        canvas.actions.fillContextMenu(&menu);
        QMenu *types = canvas.actions.typeMenu();
        QVERIFY(menu.actions().contains(types->menuAction()));
        Q_EMIT types->aboutToShow();
        QAction *sms = nullptr;
        for (QAction *action : types->actions()) {
            if (action->text() == u"SMS")
                sms = action;
        }
        QVERIFY(sms);
        sms->trigger();
        QCOMPARE(canvas.step(u"ask"_s).typeName, u"SMS"_s);
        QCOMPARE(canvas.target(u"ask"_s), u"await_answer"_s);
        QVERIFY(canvas.oneUndoRestores());
    }

    void searchFindsIdsTextsAndExpressions()
    {
        CanvasFixture canvas(u"booking.json"_s);
        canvas.view.zoomActual();
        canvas.key(Qt::Key_F, Qt::ControlModifier);
        auto *bar = canvas.view.findChild<SearchBar *>();
        QVERIFY(bar->isVisible());
        auto *field = bar->findChild<QLineEdit *>();
        auto *count = bar->findChild<QLabel *>(u"canvasSearchCount"_s);
        QVERIFY(field->hasFocus());
        QTest::keyClicks(field, u"STRINGCONTAINS"_s); // an expression
        QCOMPARE(canvas.view.finder().found(), QStringList {u"choose"_s});
        field->setText(u"table"_s); // texts, a URL
        QCOMPARE(canvas.view.finder().found().size(), 4);
        QVERIFY(count->text().contains(u'4'));
        QVERIFY(canvas.view.state().isSearching);
        QVERIFY(canvas.view.state().found.contains(canvas.node(u"confirm"_s)));
        QVERIFY(!canvas.view.state().found.contains(canvas.node(u"choose"_s)));
        field->setText(u"offer_link"_s); // an id, and not what leads there
        QCOMPARE(canvas.view.finder().found(), QStringList {u"offer_link"_s});
        field->setText(u"table"_s);
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(canvas.view.selection(), QStringList {canvas.view.finder().found().at(0)});
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(canvas.view.selection(), QStringList {canvas.view.finder().found().at(1)});
        QTest::keyClick(field, Qt::Key_Return, Qt::ShiftModifier);
        QTest::keyClick(field, Qt::Key_Return, Qt::ShiftModifier); // round to the last
        QCOMPARE(canvas.view.selection(), QStringList {canvas.view.finder().found().last()});
        field->setText(u"nothing like this"_s);
        QVERIFY(canvas.view.state().isSearching && canvas.view.state().found.isEmpty());
        QTest::keyClick(field, Qt::Key_Escape);
        QVERIFY(!bar->isVisible() && canvas.view.hasFocus());
        QVERIFY(!canvas.view.state().isSearching);
        QVERIFY(canvas.isUntouched());
    }

    void searchFollowsEdits()
    {
        CanvasFixture canvas(u"booking.json"_s);
        canvas.view.finder().open();
        canvas.view.findChild<SearchBar *>()->findChild<QLineEdit *>()->setText(u"confirm"_s);
        QVERIFY(canvas.view.finder().found().contains(u"confirm"_s));
        canvas.view.editor().rename(u"confirm"_s, u"agree"_s);
        QVERIFY(canvas.view.finder().found().contains(u"agree"_s)); // its URL
        canvas.view.editor().remove({u"agree"_s}, false);
        QVERIFY(canvas.view.finder().found().isEmpty());
    }

    void backAndForwardThroughPlaces()
    {
        CanvasFixture canvas(u"booking.json"_s);
        canvas.click(canvas.onCard(u"ask"_s));
        const QPointF before = canvas.view.transform().offset;
        canvas.click(canvas.onCard(u"choose"_s));
        canvas.view.zoomActual();
        canvas.click(canvas.onCard(u"choose"_s));
        canvas.view.revealStep(u"confirm"_s);
        QAction *back = canvas.actions.action(CanvasActions::Id::Back);
        QAction *forward = canvas.actions.action(CanvasActions::Id::Forward);
        QVERIFY(back->isEnabled() && !forward->isEnabled());
        canvas.key(Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(canvas.view.selection(), QStringList {u"choose"_s});
        canvas.key(Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(canvas.view.selection(), QStringList {u"ask"_s});
        QVERIFY((canvas.view.transform().offset - before).manhattanLength() < 2);
        QVERIFY(!back->isEnabled() && forward->isEnabled());
        canvas.key(Qt::Key_Right, Qt::AltModifier);
        canvas.key(Qt::Key_Right, Qt::AltModifier);
        QCOMPARE(canvas.view.selection(), QStringList {u"confirm"_s});
        // A place that is gone is passed over.
        canvas.view.editor().remove({u"choose"_s}, false); // shows what is left there, a place of its own
        for (int i = 0; i < 3 && canvas.view.selection() != QStringList {u"ask"_s}; ++i) {
            canvas.key(Qt::Key_Left, Qt::AltModifier);
            QVERIFY(!canvas.view.selection().isEmpty());
        }
        QCOMPARE(canvas.view.selection(), QStringList {u"ask"_s});
    }

    void zoomKeys()
    {
        CanvasFixture canvas(u"booking.json"_s);
        canvas.key(Qt::Key_0, Qt::ControlModifier);
        QCOMPARE(canvas.view.zoomPercent(), 100);
        canvas.view.setSelection({u"confirm"_s, u"offer_link"_s});
        canvas.key(Qt::Key_2, Qt::ControlModifier);
        const QRectF both = canvas.view.transform().toView(canvas.card(u"confirm"_s).box)
            | canvas.view.transform().toView(canvas.card(u"offer_link"_s).box);
        QVERIFY(QRectF(canvas.view.viewport()->rect()).contains(both));
        QVERIFY((both.center() - QRectF(canvas.view.viewport()->rect()).center()).manhattanLength() < 60);
        canvas.key(Qt::Key_1, Qt::ControlModifier);
        QVERIFY(QRectF(canvas.view.viewport()->rect())
                    .contains(canvas.view.transform().toView(canvas.view.scene()->bounds())));
    }

    void middleDragAndSpaceDragPan()
    {
        CanvasFixture canvas(u"booking.json"_s);
        const QPointF before = canvas.view.transform().offset;
        const QPoint from = canvas.centre(u"ask"_s);
        QTest::mousePress(canvas.view.viewport(), Qt::MiddleButton, {}, from);
        canvas.moveTo(from + QPoint(30, 20), Qt::MiddleButton);
        QTest::mouseRelease(canvas.view.viewport(), Qt::MiddleButton, {}, from + QPoint(30, 20));
        QCOMPARE(canvas.view.transform().offset, before + QPointF(30, 20));
        QTest::keyPress(&canvas.view, Qt::Key_Space);
        canvas.drag(from, from - QPoint(30, 20));
        QTest::keyRelease(&canvas.view, Qt::Key_Space);
        QCOMPARE(canvas.view.transform().offset, before);
        QVERIFY(canvas.view.selection().isEmpty());
        QVERIFY(canvas.isUntouched());
    }

    void shiftArrowsExtend()
    {
        CanvasFixture canvas(u"booking.json"_s);
        canvas.click(canvas.onCard(u"ask"_s));
        canvas.key(Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(canvas.view.selection(), (QStringList {u"ask"_s, u"await_answer"_s}));
        canvas.key(Qt::Key_Down);
        QCOMPARE(canvas.view.selection().size(), 1);
    }

    void startOfAWireIsLedElsewhere()
    {
        CanvasFixture canvas(u"booking.json"_s);
        canvas.view.selectConnection(u"ask"_s, u"next"_s);
        const QPoint grip = canvas.at(startGrip(canvas.edge(u"ask"_s)));
        canvas.press(grip);
        canvas.moveTo(canvas.onCard(u"farewell"_s) - QPoint(0, 30));
        canvas.moveTo(canvas.onCard(u"farewell"_s));
        QVERIFY(canvas.view.hasInteraction());
        QCOMPARE(canvas.view.state().targetOutcomeNode, canvas.node(u"farewell"_s));
        canvas.release(canvas.onCard(u"farewell"_s));
        QVERIFY(canvas.target(u"ask"_s).isEmpty());
        QCOMPARE(canvas.target(u"farewell"_s), u"await_answer"_s);
        QCOMPARE(canvas.view.state().targetOutcomeNode, -1);
        QVERIFY(canvas.oneUndoRestores());
    }

    void startOfAWireCancelled()
    {
        CanvasFixture canvas(u"booking.json"_s);
        canvas.view.selectConnection(u"ask"_s, u"next"_s);
        canvas.press(canvas.at(startGrip(canvas.edge(u"ask"_s))));
        canvas.moveTo(canvas.onCard(u"farewell"_s));
        canvas.key(Qt::Key_Escape);
        QVERIFY(!canvas.view.hasInteraction());
        QCOMPARE(canvas.view.state().hiddenEdge, -1);
        canvas.release(canvas.onCard(u"farewell"_s));
        QVERIFY(canvas.isUntouched());
        QVERIFY(!canvas.quickAdd()->isOpen());
    }

    void escapeOnAPlusIsNoClick()
    {
        CanvasFixture canvas(u"booking.json"_s);
        canvas.press(canvas.openAdd(u"confirm"_s));
        canvas.key(Qt::Key_Escape);
        canvas.release(canvas.openAdd(u"confirm"_s));
        QVERIFY(!canvas.quickAdd()->isOpen());
    }

    void draggingPastTheEdgeScrolls()
    {
        CanvasFixture canvas(u"booking.json"_s);
        canvas.view.setZoom(2, {});
        canvas.view.revealStep(u"ask"_s);
        const qreal before = canvas.view.transform().offset.y();
        canvas.press(canvas.at(canvas.view.scene()->portPosition(canvas.node(u"ask"_s), 0)));
        canvas.moveTo({500, canvas.view.viewport()->height() + 40});
        QTRY_VERIFY(canvas.view.transform().offset.y() < before - 100);
        canvas.key(Qt::Key_Escape);
        const qreal stopped = canvas.view.transform().offset.y();
        QTest::qWait(60);
        QCOMPARE(canvas.view.transform().offset.y(), stopped);
        QVERIFY(canvas.isUntouched());
    }

    void aReleaseThatWentElsewhereEndsTheGesture()
    {
        CanvasFixture canvas(u"booking.json"_s);
        canvas.press(canvas.at(canvas.view.scene()->portPosition(canvas.node(u"ask"_s), 0)));
        canvas.moveTo(canvas.onCard(u"confirm"_s));
        QVERIFY(canvas.view.hasInteraction());
        canvas.moveTo(canvas.emptyPlace(), Qt::NoButton);
        QVERIFY(!canvas.view.hasInteraction());
        QVERIFY(canvas.isUntouched());
    }

    void contextMenusOfferWhatFits()
    {
        CanvasFixture canvas(u"booking.json"_s);
        const auto offers = [&](CanvasActions::Id id) {
            QMenu menu;
            canvas.actions.fillContextMenu(&menu);
            return menu.actions().contains(canvas.actions.action(id));
        };
        using Id = CanvasActions::Id;
        canvas.view.setSelection({});
        QVERIFY(offers(Id::Paste) && offers(Id::SelectAll) && !offers(Id::Rename) && !offers(Id::Delete));
        canvas.view.setSelection({u"ask"_s});
        QVERIFY(offers(Id::Rename) && offers(Id::Cut) && offers(Id::DeleteAndReconnect));
        canvas.view.selectConnection(u"ask"_s, u"next"_s);
        QVERIFY(offers(Id::Delete) && !offers(Id::Rename) && offers(Id::Paste));
        for (int id = int(Id::Cut); id <= int(Id::Step); ++id) {
            const QAction *action = canvas.actions.action(Id(id));
            QVERIFY2(action && !action->icon().isNull() && !action->toolTip().isEmpty() && !action->text().isEmpty(),
                qPrintable(QString::number(id)));
        }
    }

    void placesAreKeptWithinBounds()
    {
        PlaceHistory history;
        for (int i = 0; i < 300; ++i)
            history.leave({{QString::number(i)}, {}, 1});
        int count = 0;
        while (history.back({{u"now"_s}, {}, 1}))
            ++count;
        QCOMPARE(count, int(PlaceHistory::Most));
    }

    void searchOfStrangeContent()
    {
        CanvasFixture canvas(u"odd.json"_s);
        QVERIFY(stepsWith({}, canvas.document->definition(), canvas.document->graph()).isEmpty());
        QVERIFY(stepsWith(u"  "_s, canvas.document->definition(), canvas.document->graph()).isEmpty());
        stepsWith(u"e"_s, canvas.document->definition(), canvas.document->graph());
        QByteArray deep
            = R"({"name":"x","trigger":"inbound_sms","definition":{"steps":[{"id":"a","stepType":"SMS","inputs":)";
        deep += QByteArray(400, '[') + "\"needle\"" + QByteArray(400, ']') + "}]}}";
        if (Result<std::unique_ptr<WorkflowDocument>> document = WorkflowDocument::fromText(deep, u"x"_s))
            QVERIFY(stepsWith(u"needle"_s, (*document)->definition(), (*document)->graph()).isEmpty());
    }
};

QTEST_MAIN(TestCanvasEditing)
#include "tst_canvasediting.moc"
