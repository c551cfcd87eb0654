// Connections drawn as jumps: their pills are handles of the connection at both ends.

#include "canvasfixture.h"

using namespace automation;
using namespace Qt::StringLiterals;

namespace {

// From the choice at the end of the tour back to the menu, and to the second part.
constexpr int ToMenu = 0;
constexpr int ToPart = 1;

QPoint source(const CanvasFixture &canvas, const QString &key, int outcome)
{
    return canvas.at(canvas.edge(key, outcome).sourcePill.center());
}

QPoint target(const CanvasFixture &canvas, const QString &key, int outcome)
{
    return canvas.at(canvas.edge(key, outcome).targetPill.center());
}

QString selectedSource(const CanvasFixture &canvas)
{
    return canvas.view.selectedConnection() ? canvas.view.selectedConnection()->first : QString();
}

bool isSame(const QImage &a, const QImage &b, const QRectF &part)
{
    return a.copy(part.toAlignedRect()) == b.copy(part.toAlignedRect());
}

} // namespace

class TestJumpPills : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void farConnectionsAreJumpsAndNearOnesLines()
    {
        CanvasFixture canvas(u"jumps.json"_s);
        QVERIFY(canvas.edge(u"decide"_s, ToMenu).isJump());
        QVERIFY(canvas.edge(u"decide"_s, ToPart).isJump());
        QVERIFY(canvas.edge(u"menu"_s, 1).isJump()); // far ahead
        QVERIFY(canvas.edge(u"ask_again"_s, 0).isJump());
        QVERIFY(!canvas.edge(u"ask_again"_s, 1).isJump()); // what a step needs to be led to stays a line
        QVERIFY(!canvas.edge(u"part_1"_s).isJump());
        QCOMPARE(canvas.edge(u"decide"_s, ToMenu).targetPill, canvas.edge(u"ask_again"_s, 0).targetPill);
        QCOMPARE(canvas.view.scene()->jumpsTo(canvas.node(u"menu"_s)).size(), 2);
    }

    void pillsArePaintedAndNothingBetween()
    {
        CanvasFixture canvas(u"jumps.json"_s);
        const Theme &theme = canvas.view.theme();
        const QImage shown = canvas.view.viewport()->grab().toImage();
        const SceneEdge &jump = canvas.edge(u"decide"_s, ToPart);
        for (const QRectF &pill : {jump.sourcePill, jump.targetPill}) {
            // Beside its words.
            const QPoint place = canvas.at({pill.left() + 5, pill.center().y()});
            QCOMPARE(shown.pixelColor(place), theme.pillBack);
        }
    }

    void hoverLightsBothEnds()
    {
        CanvasFixture canvas(u"jumps.json"_s);
        const SceneEdge jump = canvas.edge(u"decide"_s, ToPart);
        const QRectF from = canvas.view.transform().toView(jump.sourcePill.adjusted(1, 1, -1, -1));
        const QRectF to = canvas.view.transform().toView(jump.targetPill.adjusted(1, 1, -1, -1));
        const QImage before = canvas.view.viewport()->grab().toImage();
        for (const QRectF &pill : {from, to}) {
            canvas.hover(pill.center().toPoint());
            QCOMPARE(canvas.view.state().hover.edge, canvas.view.scene()->edgeOf(canvas.node(u"decide"_s), ToPart));
            const QImage after = canvas.view.viewport()->grab().toImage();
            QVERIFY(!isSame(before, after, from));
            QVERIFY(!isSame(before, after, to));
            canvas.hover(canvas.emptyPlace());
            QCOMPARE(canvas.view.state().hover.edge, -1);
            QVERIFY(isSame(before, canvas.view.viewport()->grab().toImage(), from | to));
        }
    }

    void stepLightsTheJumpsOnItsWay()
    {
        CanvasFixture canvas(u"jumps.json"_s);
        canvas.hover(canvas.onCard(u"part_4"_s));
        QVERIFY(canvas.view.state().isLit(canvas.view.scene()->edgeOf(canvas.node(u"decide"_s), ToMenu)));
        QVERIFY(canvas.view.state().isLit(canvas.view.scene()->edgeOf(canvas.node(u"menu"_s), 1)));
    }

    void clickSelectsAndEnterGoesThereAndBackReturns()
    {
        CanvasFixture canvas(u"jumps.json"_s);
        canvas.view.setZoom(1, {500, 400});
        canvas.view.showStep(u"decide"_s);
        canvas.click(source(canvas, u"decide"_s, ToPart));
        QCOMPARE(selectedSource(canvas), u"decide"_s);
        const QPointF place = canvas.view.transform().toScene(QPointF(0, 0));
        canvas.key(Qt::Key_Return);
        QCOMPARE(canvas.view.selection(), QStringList {u"part_2"_s});
        QVERIFY(canvas.view.viewport()->rect().contains(canvas.centre(u"part_2"_s)));
        canvas.key(Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(canvas.view.selection(), QStringList {u"decide"_s});
        QVERIFY((canvas.view.transform().toScene(QPointF(0, 0)) - place).manhattanLength() < 1);
        canvas.key(Qt::Key_Right, Qt::AltModifier);
        QCOMPARE(canvas.view.selection(), QStringList {u"part_2"_s});
        QVERIFY(canvas.isUntouched());
    }

    void doubleClickGoesToTheOtherEnd()
    {
        CanvasFixture canvas(u"jumps.json"_s);
        canvas.view.setReadOnly(true); // also while watching
        for (const bool forward : {true, false}) {
            const QPoint place = forward ? source(canvas, u"decide"_s, ToPart) : target(canvas, u"decide"_s, ToPart);
            canvas.click(place);
            QTest::mouseDClick(canvas.view.viewport(), Qt::LeftButton, {}, place);
            QCOMPARE(canvas.view.selection(), QStringList {forward ? u"part_2"_s : u"decide"_s});
            canvas.view.goBack();
            QCOMPARE(canvas.view.selection(), QStringList {forward ? u"decide"_s : u"part_2"_s});
        }
        QVERIFY(canvas.isUntouched());
    }

    void clicksOnASharedPillChooseItsJumpsInTurn()
    {
        CanvasFixture canvas(u"jumps.json"_s);
        const QPoint place = target(canvas, u"decide"_s, ToMenu);
        QStringList chosen;
        for (int i = 0; i < 3; ++i) {
            canvas.click(place);
            chosen.append(selectedSource(canvas));
        }
        QCOMPARE(QSet<QString>(chosen.begin(), chosen.end()), (QSet<QString> {u"decide"_s, u"ask_again"_s}));
        QCOMPARE(chosen.at(2), chosen.at(0));
        QVERIFY(canvas.isUntouched());
    }

    void eitherPillLeadsTheJumpElsewhere()
    {
        for (const bool fromTarget : {true, false}) {
            CanvasFixture canvas(u"jumps.json"_s);
            canvas.drag(fromTarget ? target(canvas, u"decide"_s, ToPart) : source(canvas, u"decide"_s, ToPart),
                canvas.onCard(u"part_5"_s));
            QCOMPARE(canvas.target(u"decide"_s, ToPart), u"part_5"_s);
            QVERIFY(canvas.oneUndoRestores());
        }
    }

    void selectedJumpOfASharedPillIsTheOneThatIsLed()
    {
        CanvasFixture canvas(u"jumps.json"_s);
        canvas.click(source(canvas, u"ask_again"_s, 0));
        QCOMPARE(selectedSource(canvas), u"ask_again"_s);
        canvas.drag(target(canvas, u"ask_again"_s, 0), canvas.onCard(u"part_5"_s));
        QCOMPARE(canvas.target(u"ask_again"_s, 0), u"part_5"_s);
        QCOMPARE(canvas.target(u"decide"_s, ToMenu), u"menu"_s);
        QVERIFY(canvas.oneUndoRestores());
    }

    void pillPutBackOnItselfChangesNothing()
    {
        CanvasFixture canvas(u"jumps.json"_s);
        const QPoint place = source(canvas, u"decide"_s, ToPart);
        canvas.press(place);
        canvas.moveTo(place + QPoint(60, 30));
        canvas.moveTo(place);
        canvas.release(place);
        QVERIFY(canvas.isUntouched());
    }

    void pillDroppedOnNothingAndDeleteDisconnect()
    {
        CanvasFixture canvas(u"jumps.json"_s);
        canvas.drag(target(canvas, u"decide"_s, ToPart), canvas.emptyPlace());
        QVERIFY(canvas.target(u"decide"_s, ToPart) != u"part_2"_s); // the condition went
        QVERIFY(canvas.oneUndoRestores());
        canvas.click(target(canvas, u"decide"_s, ToPart));
        canvas.key(Qt::Key_Delete);
        QVERIFY(canvas.target(u"decide"_s, ToPart) != u"part_2"_s); // the condition went
        QVERIFY(canvas.oneUndoRestores());
    }

    void startOfAJumpIsLedToAnotherOutcome()
    {
        CanvasFixture canvas(u"jumps.json"_s);
        canvas.click(source(canvas, u"decide"_s, ToPart));
        canvas.drag(canvas.at(canvas.edge(u"decide"_s, ToPart).points.at(1)), canvas.cell(u"leave"_s, 0));
        QCOMPARE(canvas.target(u"leave"_s), u"part_2"_s);
        QVERIFY(canvas.oneUndoRestores());
    }

    void plusAndDroppedStepInsert()
    {
        {
            CanvasFixture canvas(u"jumps.json"_s);
            canvas.hover(source(canvas, u"decide"_s, ToPart));
            const QPoint plus = canvas.at(canvas.edge(u"decide"_s, ToPart).addButton);
            canvas.hover(plus);
            QCOMPARE(canvas.view.state().hover.part, SceneHit::Part::EdgeAdd);
            canvas.click(plus);
            QVERIFY(canvas.quickAdd()->isOpen());
        }
        for (const bool atTarget : {true, false}) {
            CanvasFixture canvas(u"jumps.json"_s);
            const QPoint place = atTarget ? target(canvas, u"decide"_s, ToPart) : source(canvas, u"decide"_s, ToPart);
            QVERIFY(canvas.dragIn(u"SMS"_s, place));
            QVERIFY(canvas.view.state().targetEdge >= 0);
            QVERIFY(canvas.drop(place));
            const QString added = canvas.target(u"decide"_s, ToPart);
            QCOMPARE(canvas.step(added).typeName, u"SMS"_s);
            QCOMPARE(canvas.target(added), u"part_2"_s);
            QVERIFY(canvas.oneUndoRestores());
        }
    }

    void movedCardTakesItsPillAlong()
    {
        CanvasFixture canvas(u"jumps.json"_s);
        const QPointF distance
            = canvas.edge(u"decide"_s, ToPart).targetPill.center() - canvas.card(u"part_2"_s).box.center();
        const QPoint start = canvas.onCard(u"part_2"_s);
        canvas.drag(start, start + QPoint(170, 20));
        QCOMPARE(canvas.document->undoStack()->count(), 1);
        QVERIFY(canvas.edge(u"decide"_s, ToPart).isJump());
        QCOMPARE(
            canvas.edge(u"decide"_s, ToPart).targetPill.center() - canvas.card(u"part_2"_s).box.center(), distance);
    }

    void downGoesAlongLinesBeforeJumps()
    {
        CanvasFixture canvas(u"jumps.json"_s);
        canvas.view.setSelection({u"menu"_s});
        canvas.key(Qt::Key_Down);
        QCOMPARE(canvas.view.selection(), QStringList {u"part_1"_s});
    }
};

QTEST_MAIN(TestJumpPills)
#include "tst_jumppills.moc"
