#include "canvasfixture.h"

#include "model/document/commands/stepcommands.h"

using namespace automation;
using namespace Qt::StringLiterals;

class TestCanvasGestures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fieldsBeginWherePeopleBeginToRead()
    {
        CanvasFixture canvas(u"booking.json"_s);
        for (const QString &name : {u"canvasSearchField"_s, u"quickAddSearch"_s}) {
            const auto *field = canvas.view.findChild<QLineEdit *>(name);
            QVERIFY2(field, qPrintable(name));
            canvas.view.setLayoutDirection(Qt::RightToLeft);
            QVERIFY2(field->alignment() & Qt::AlignRight, qPrintable(name));
            canvas.view.setLayoutDirection(Qt::LeftToRight);
            QVERIFY2(field->alignment() & Qt::AlignLeft, qPrintable(name));
        }
    }

    void dropOnTheEdgeAfterTheTriggerInserts()
    {
        CanvasFixture canvas(u"booking.json"_s);
        const QPoint place = canvas.at(canvas.edge(DefinitionGraph::triggerKey()).addButton);
        QVERIFY(canvas.dragIn(u"SMS"_s, place));
        QVERIFY(canvas.view.state().targetEdge >= 0); // the edge is highlighted
        QVERIFY(canvas.isUntouched());
        QVERIFY(canvas.drop(place));
        QCOMPARE(canvas.document->undoStack()->count(), 1);
        const QString added = canvas.target(DefinitionGraph::triggerKey());
        QVERIFY(added != u"ask"_s);
        QCOMPARE(canvas.step(added).typeName, u"SMS"_s);
        QCOMPARE(canvas.target(added), u"ask"_s);
        QCOMPARE(canvas.view.selection(), QStringList {added}); // the person sees what came
        QCOMPARE(canvas.view.state().targetEdge, -1);
        canvas.document->undoStack()->undo();
        QCOMPARE(canvas.document->text(), canvas.original);
    }

    void dropOnAnOpenOutcomeAppends()
    {
        CanvasFixture canvas(u"booking.json"_s);
        const QPoint place = canvas.openAdd(u"farewell"_s);
        QVERIFY(canvas.dragIn(u"SMS"_s, place));
        QCOMPARE(canvas.view.state().targetOutcomeNode, canvas.node(u"farewell"_s));
        QVERIFY(canvas.drop(place));
        const QString added = canvas.target(u"farewell"_s);
        QVERIFY(!added.isEmpty());
        QCOMPARE(canvas.step(added).typeName, u"SMS"_s);
    }

    void dropOnAnOpenCellAppendsThere()
    {
        CanvasFixture canvas(u"booking.json"_s);
        int open = -1;
        const QList<Outcome> outcomes = canvas.step(u"choose"_s).outcomes;
        for (int i = 0; i < outcomes.size(); ++i) {
            if (outcomes.at(i).isOpen())
                open = i;
        }
        QVERIFY(open >= 0); // otherwise
        const QPoint place = canvas.cell(u"choose"_s, open);
        QVERIFY(canvas.dragIn(u"SendToConverse"_s, place));
        QCOMPARE(canvas.view.state().targetOutcome, open);
        QVERIFY(canvas.drop(place));
        QCOMPARE(canvas.document->graph().stepCount(), 7);
        const QList<int> out
            = canvas.document->graph().connectionsFrom(canvas.document->graph().indexOfKey(u"choose"_s));
        QCOMPARE(out.size(), 3);
    }

    void dropOnEmptyCanvasAdds()
    {
        CanvasFixture canvas(u"booking.json"_s);
        QVERIFY(canvas.dragIn(u"Wait"_s, canvas.emptyPlace()));
        QVERIFY(canvas.drop(canvas.emptyPlace()));
        QCOMPARE(canvas.document->graph().stepCount(), 7);
        QCOMPARE(canvas.document->graph().connections().size(), 6);
    }

    void aDragThatLeavesChangesNothing()
    {
        CanvasFixture canvas(u"booking.json"_s);
        const QPoint place = canvas.at(canvas.edge(u"ask"_s).addButton);
        QVERIFY(canvas.dragIn(u"SMS"_s, place));
        canvas.dragOut();
        QCOMPARE(canvas.view.state().targetEdge, -1);
        QVERIFY(canvas.isUntouched());
    }

    void strangeDropsAreRefused()
    {
        CanvasFixture canvas(u"booking.json"_s);
        QVERIFY(canvas.dragIn(u"No such type\n"_s + QString(1000, u'x'), canvas.emptyPlace()));
        canvas.drop(canvas.emptyPlace());
        QVERIFY(canvas.isUntouched());
        QCOMPARE(canvas.messages.size(), 1);
        QVERIFY(canvas.messages.first().size() < 200);

        QMimeData text;
        text.setText(u"SMS"_s);
        QDragEnterEvent enter({10, 10}, Qt::CopyAction, &text, Qt::LeftButton, {});
        QApplication::sendEvent(canvas.view.viewport(), &enter);
        QVERIFY(!enter.isAccepted());
    }

    void dragFromAnOutcomeConnects()
    {
        CanvasFixture canvas(u"booking.json"_s);
        canvas.press(canvas.at(canvas.view.scene()->portPosition(canvas.node(u"farewell"_s), 0)));
        canvas.moveTo(canvas.emptyPlace());
        QVERIFY(canvas.view.state().possibleTargets.contains(canvas.node(u"confirm"_s)));
        QVERIFY(!canvas.view.state().possibleTargets.contains(0)); // nothing leads to the trigger
        canvas.moveTo(canvas.onCard(u"confirm"_s));
        QCOMPARE(canvas.view.state().targetNode, canvas.node(u"confirm"_s));
        QVERIFY(canvas.isUntouched());
        canvas.release(canvas.onCard(u"confirm"_s));
        QCOMPARE(canvas.target(u"farewell"_s), u"confirm"_s);
        QCOMPARE(canvas.document->undoStack()->count(), 1);
        QVERIFY(canvas.view.state().possibleTargets.isEmpty());
    }

    void wireEndIsLedElsewhere()
    {
        CanvasFixture canvas(u"booking.json"_s);
        const QPoint end = canvas.at(canvas.edge(u"ask"_s).points.last() - QPointF(0, 5));
        canvas.drag(end, canvas.onCard(u"farewell"_s));
        QCOMPARE(canvas.target(u"ask"_s), u"farewell"_s);
        QCOMPARE(canvas.document->undoStack()->count(), 1);
    }

    void wireEndDroppedOnNothingDisconnects()
    {
        CanvasFixture canvas(u"booking.json"_s);
        const QPoint end = canvas.at(canvas.edge(u"ask"_s).points.last() - QPointF(0, 5));
        canvas.drag(end, canvas.emptyPlace());
        QVERIFY(canvas.target(u"ask"_s).isEmpty());
        canvas.document->undoStack()->undo();
        QCOMPARE(canvas.document->text(), canvas.original);
    }

    void escapeLeavesNoTrace()
    {
        CanvasFixture canvas(u"booking.json"_s);
        canvas.press(canvas.at(canvas.view.scene()->portPosition(canvas.node(u"farewell"_s), 0)));
        canvas.moveTo(canvas.onCard(u"confirm"_s));
        canvas.key(Qt::Key_Escape);
        QCOMPARE(canvas.view.state().targetNode, -1);
        canvas.release(canvas.onCard(u"confirm"_s));
        QVERIFY(canvas.isUntouched());
        QVERIFY(!canvas.quickAdd()->isOpen());
    }

    void wireDroppedOnEmptyCanvasAsksWhatToAdd()
    {
        CanvasFixture canvas(u"booking.json"_s);
        canvas.drag(canvas.at(canvas.view.scene()->portPosition(canvas.node(u"farewell"_s), 0)),
            canvas.emptyPlace() + QPoint(200, -40));
        QVERIFY(canvas.quickAdd()->isOpen());
        QVERIFY(canvas.isUntouched());
        QTest::keyClicks(canvas.search(), u"sms"_s);
        QTest::keyClick(canvas.search(), Qt::Key_Return);
        QVERIFY(!canvas.quickAdd()->isOpen());
        QCOMPARE(canvas.step(canvas.target(u"farewell"_s)).typeName, u"SMS"_s);
        QCOMPARE(canvas.document->undoStack()->count(), 1);
    }

    void quickAddConnectsToAnExistingStep()
    {
        CanvasFixture canvas(u"booking.json"_s);
        canvas.drag(canvas.at(canvas.view.scene()->portPosition(canvas.node(u"farewell"_s), 0)),
            canvas.emptyPlace() + QPoint(200, -40));
        QTest::keyClicks(canvas.search(), u"offer_li"_s);
        QTest::keyClick(canvas.search(), Qt::Key_Return);
        QCOMPARE(canvas.target(u"farewell"_s), u"offer_link"_s);
    }

    void clickOnThePlusOfAnEdgeInserts()
    {
        CanvasFixture canvas(u"booking.json"_s);
        const QPoint plus = canvas.at(canvas.edge(u"ask"_s).addButton);
        canvas.hover(plus);
        QCOMPARE(canvas.view.state().hover.part, SceneHit::Part::EdgeAdd);
        canvas.click(plus);
        QVERIFY(canvas.quickAdd()->isOpen());
        QTest::keyClicks(canvas.search(), u"wait"_s);
        QTest::keyClick(canvas.search(), Qt::Key_Return);
        const QString added = canvas.target(u"ask"_s);
        QCOMPARE(canvas.step(added).typeName, u"Wait"_s);
        QCOMPARE(canvas.target(added), u"await_answer"_s);
    }

    void clickOnThePlusOfAnOpenOutcomeAppends()
    {
        CanvasFixture canvas(u"booking.json"_s);
        canvas.click(canvas.openAdd(u"confirm"_s));
        QVERIFY(canvas.quickAdd()->isOpen());
        QTest::keyClick(canvas.search(), Qt::Key_Down);
        QTest::keyClick(canvas.search(), Qt::Key_Return);
        QVERIFY(!canvas.target(u"confirm"_s).isEmpty());
    }

    void tabAndDoubleClickOpenQuickAdd()
    {
        CanvasFixture canvas(u"booking.json"_s);
        canvas.key(Qt::Key_Tab);
        QVERIFY(canvas.quickAdd()->isOpen());
        QTest::keyClick(canvas.search(), Qt::Key_Escape);
        QVERIFY(!canvas.quickAdd()->isOpen());
        QTest::mouseDClick(canvas.view.viewport(), Qt::LeftButton, {}, canvas.emptyPlace());
        QVERIFY(canvas.quickAdd()->isOpen());
        canvas.click(canvas.emptyPlace()); // elsewhere: no answer
        QVERIFY(!canvas.quickAdd()->isOpen());
        QVERIFY(canvas.isUntouched());
    }

    // Of several ways on that are open, the first one; the next time, the second.
    void tabAppendsToTheFirstOpenOutcome()
    {
        CanvasFixture canvas(QByteArray(R"({"definition": {"steps": [{"id": "wait", "stepType": "WaitForReply",
            "inputs": {"from": "+6591234567", "channel": "whatsapp", "timeout": "0.00:05:00"}}]},
            "trigger": "inbound_sms"})"));
        QCOMPARE(canvas.step(u"wait"_s).outcomes.size(), 2);
        for (int outcome = 0; outcome < 2; ++outcome) {
            canvas.view.setSelection({u"wait"_s});
            canvas.key(Qt::Key_Tab);
            QVERIFY(canvas.quickAdd()->isOpen());
            QTest::keyClicks(canvas.search(), u"sms"_s);
            QTest::keyClick(canvas.search(), Qt::Key_Return);
            QCOMPARE(canvas.step(canvas.target(u"wait"_s, outcome)).typeName, u"SMS"_s);
        }
        canvas.document->undoStack()->undo();
        QVERIFY(canvas.oneUndoRestores());
    }

    // Where all ways lead somewhere a branch gets one more, to be filled in.
    void tabAddsAConditionToAFullBranch()
    {
        CanvasFixture canvas(QByteArray(R"({"definition": {"steps": [{"id": "sort", "stepType": "Branch", "inputs": {},
            "selectNextStep": {"yes": "{{data.payload.body == 'Y'}}", "bye": null}},
            {"id": "yes", "stepType": "SMS", "inputs": {}}, {"id": "bye", "stepType": "SMS", "inputs": {}}]},
            "trigger": "inbound_sms"})"));
        canvas.view.setSelection({u"sort"_s});
        canvas.key(Qt::Key_Tab);
        QVERIFY(canvas.quickAdd()->isOpen());
        QTest::keyClicks(canvas.search(), u"wait"_s);
        QTest::keyClick(canvas.search(), Qt::Key_Return);
        const QList<Outcome> &outcomes = canvas.step(u"sort"_s).outcomes;
        QCOMPARE(outcomes.size(), 3);
        QCOMPARE(outcomes.at(0).target, u"yes"_s);
        QCOMPARE(outcomes.at(1).kind, Outcome::Kind::Condition);
        QCOMPARE(canvas.step(outcomes.at(1).target).typeName, u"Wait"_s);
        QCOMPARE(outcomes.at(2).kind, Outcome::Kind::Default);
        QCOMPARE(outcomes.at(2).target, u"bye"_s);
        QVERIFY(canvas.oneUndoRestores());
    }

    void deleteRemovesAndHeals()
    {
        CanvasFixture canvas(u"booking.json"_s);
        canvas.click(canvas.onCard(u"ask"_s));
        canvas.key(Qt::Key_Delete, Qt::ControlModifier);
        QCOMPARE(canvas.document->graph().stepCount(), 5);
        QCOMPARE(canvas.target(DefinitionGraph::triggerKey()), u"await_answer"_s);
        canvas.document->undoStack()->undo();
        QCOMPARE(canvas.document->text(), canvas.original);
        canvas.click(canvas.onCard(u"choose"_s));
        canvas.key(Qt::Key_Delete);
        QCOMPARE(canvas.document->graph().stepCount(), 5);
        QVERIFY(!canvas.view.selection().contains(u"choose"_s));
    }

    void deleteOfASelectedConnectionDisconnects()
    {
        CanvasFixture canvas(u"booking.json"_s);
        const SceneEdge &edge = canvas.edge(u"await_answer"_s, 1);
        const QPointF run = edge.points.at(1) * 0.75 + edge.points.at(2) * 0.25; // beside its "+"
        canvas.click(canvas.at(run));
        QVERIFY(canvas.view.selectedConnection().has_value());
        canvas.key(Qt::Key_Delete);
        QCOMPARE(canvas.document->undoStack()->count(), 1);
        QCOMPARE(canvas.document->graph().connections().size(), 5);
        QCOMPARE(canvas.document->graph().stepCount(), 6);
    }

    void theTriggerStays()
    {
        CanvasFixture canvas(u"booking.json"_s);
        canvas.click(canvas.onCard(DefinitionGraph::triggerKey()));
        canvas.key(Qt::Key_Delete);
        QVERIFY(canvas.isUntouched());
        QCOMPARE(canvas.messages.size(), 1);
    }

    void changeDuringADragIsSafe()
    {
        CanvasFixture canvas(u"booking.json"_s);
        const auto remove = [&](const QString &key) {
            const Result<DefinitionEdit> edit
                = deleteSteps(canvas.document->definition(), canvas.document->graph(), {key}, false);
            return edit && canvas.document->push(*edit);
        };
        canvas.press(canvas.at(canvas.view.scene()->portPosition(canvas.node(u"farewell"_s), 0)));
        canvas.moveTo(canvas.onCard(u"confirm"_s));
        QVERIFY(remove(u"offer_link"_s)); // something else: the wire goes on
        QVERIFY(!canvas.view.state().possibleTargets.isEmpty());
        QVERIFY(remove(u"farewell"_s)); // where the wire starts: it ends
        QVERIFY(canvas.view.state().possibleTargets.isEmpty());
        const int commands = canvas.document->undoStack()->count();
        canvas.release(canvas.onCard(u"confirm"_s));
        QCOMPARE(canvas.document->undoStack()->count(), commands);

        QVERIFY(canvas.dragIn(u"SMS"_s, canvas.at(canvas.edge(u"ask"_s).addButton)));
        QVERIFY(remove(u"await_answer"_s));
        canvas.view.grab();
        canvas.drop(canvas.emptyPlace());
        QCOMPARE(canvas.document->undoStack()->count(), commands + 2);
        while (canvas.document->undoStack()->canUndo())
            canvas.document->undoStack()->undo();
        QCOMPARE(canvas.document->text(), canvas.original);
    }

    void readOnlyChangesNothing()
    {
        CanvasFixture canvas(u"booking.json"_s);
        canvas.view.setReadOnly(true);
        QVERIFY(!canvas.dragIn(u"SMS"_s, canvas.at(canvas.edge(u"ask"_s).addButton)));
        canvas.drag(
            canvas.at(canvas.view.scene()->portPosition(canvas.node(u"farewell"_s), 0)), canvas.onCard(u"confirm"_s));
        canvas.click(canvas.at(canvas.edge(u"ask"_s).addButton));
        canvas.key(Qt::Key_Tab);
        QTest::mouseDClick(canvas.view.viewport(), Qt::LeftButton, {}, canvas.emptyPlace());
        canvas.view.quickAdd();
        QVERIFY(!canvas.quickAdd()->isOpen());
        QVERIFY(canvas.isUntouched());
        canvas.click(canvas.onCard(u"ask"_s));
        QCOMPARE(canvas.view.selection(), QStringList {u"ask"_s});
    }

    void theFirstStepOfAnEmptyWorkflow()
    {
        CanvasFixture canvas(QByteArray(R"({"name":"x","trigger":"inbound_sms","definition":{"steps":[]}})"));
        canvas.view.addStepOfType(u"SMS"_s);
        QCOMPARE(canvas.document->graph().stepCount(), 1);
        QVERIFY(!canvas.target(DefinitionGraph::triggerKey()).isEmpty());
        canvas.view.addStepOfType(u"Wait"_s); // behind the one just added, which is selected
        QCOMPARE(canvas.document->graph().connections().size(), 2);
    }
};

QTEST_MAIN(TestCanvasGestures)
#include "tst_canvasgestures.moc"
