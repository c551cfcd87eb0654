// The drawing as assistive technology sees it, the reading order, and the keys that go through it. What it is told
// while it listens is a matter of tests/end_to_end/tst_screenreader.cpp.

#include "designer/accessibility/accessiblecanvas.h"
#include "designer/canvas/floworder.h"
#include "designer/canvas/outcomeconnector.h"
#include "tests/canvas/canvasfixture.h"

#include <QAccessible>
#include <QListView>

using namespace automation;
using namespace Qt::StringLiterals;

namespace {

// Steps in a chain.
QByteArray chain(int length)
{
    QByteArray steps;
    for (int i = 1; i <= length; ++i) {
        steps += R"({"id":"s)" + QByteArray::number(i) + R"(","stepType":"SMS","inputs":{})";
        steps += i < length ? R"(,"nextStepId":"s)" + QByteArray::number(i + 1) + "\"}," : QByteArray("}");
    }
    return R"({"trigger":"inbound_sms","definition":{"steps":[)" + steps + "]}}";
}

// A container with two steps in it, a loop back, a step nothing leads to.
const QByteArray nested = R"({"trigger":"inbound_sms","definition":{"steps":[
    {"id":"alone","stepType":"SMS","inputs":{}},
    {"id":"tail","stepType":"SMS","inputs":{},"nextStepId":"loop"},
    {"id":"loop","stepType":"While","inputs":{},"nextStepId":"tail","do":[[
        {"id":"in1","stepType":"SMS","inputs":{},"nextStepId":"in2"},{"id":"in2","stepType":"SMS","inputs":{}}]]}]}})";

QStringList idsInOrder(const CanvasFixture &canvas)
{
    QStringList ids;
    for (int node : flowOrder(canvas.document->graph()))
        ids.append(canvas.document->graph().nodes().at(node).id);
    return ids;
}

} // namespace

class TestAccessibility : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWaysOutInTheirOrderAndWhereTheyMeetAfterThem()
    {
        CanvasFixture canvas(u"booking.json"_s);
        QCOMPARE(idsInOrder(canvas),
            (QStringList {{}, u"ask"_s, u"await_answer"_s, u"choose"_s, u"confirm"_s, u"offer_link"_s, u"farewell"_s}));
        // Both ways of the choice lead to the farewell: it is read after them.
        QVERIFY(canvas.view.editor().connectTo(u"confirm"_s, u"next"_s, u"farewell"_s));
        QVERIFY(canvas.view.editor().connectTo(u"offer_link"_s, u"next"_s, u"farewell"_s));
        QCOMPARE(idsInOrder(canvas).last(), u"farewell"_s);
        QCOMPARE(flowOrder(*canvas.view.scene()), flowOrder(canvas.document->graph()));
    }

    void readsEachStepOnceWhateverTheWiring()
    {
        CanvasFixture canvas(nested);
        const QStringList ids = idsInOrder(canvas);
        QCOMPARE(ids.size(), 6);
        QCOMPARE(QSet<QString>(ids.begin(), ids.end()).size(), 6);
        QCOMPARE(ids.indexOf(u"in1"_s), ids.indexOf(u"loop"_s) + 1);
        QCOMPARE(ids.indexOf(u"in2"_s), ids.indexOf(u"loop"_s) + 2);
        QCOMPARE(flowOrder(*canvas.view.scene()), flowOrder(canvas.document->graph()));
    }

    void isAListOfStepsWithTheirWaysOut()
    {
        CanvasFixture canvas(u"booking.json"_s);
        QAccessibleInterface *list = QAccessible::queryAccessibleInterface(&canvas.view);
        QVERIFY(list);
        QCOMPARE(list->role(), QAccessible::List);
        QCOMPARE(list->text(QAccessible::Name), u"Workflow drawing"_s);
        QVERIFY(list->childCount() >= 7);
        for (int i = 0; i < list->childCount(); ++i) {
            QAccessibleInterface *child = list->child(i);
            QVERIFY(child);
            QCOMPARE(list->child(i), child); // the same object each time
            QCOMPARE(child->parent(), list);
            QCOMPARE(list->indexOfChild(child), i);
        }
        QAccessibleInterface *wait = list->child(2);
        QVERIFY(wait->text(QAccessible::Name).startsWith(u"await_answer, "_s));
        QCOMPARE(wait->childCount(), 2);
        QCOMPARE(wait->child(0)->text(QAccessible::Name), u"Replied, leads to choose"_s);
        QCOMPARE(wait->indexOfChild(wait->child(1)), 1);
        QAccessibleInterface *line = wait->child(0)->child(0);
        QCOMPARE(line->text(QAccessible::Name), u"From await_answer, Replied, to choose"_s);
        QCOMPARE(line->parent(), wait->child(0));
        // The last in the middle of nowhere: open.
        QVERIFY(list->child(6)->child(0)->text(QAccessible::Name).endsWith(u", open"_s));
        QCOMPARE(list->child(6)->child(0)->childCount(), 0);
        // Under the pointer.
        const QPoint onCard = canvas.view.viewport()->mapToGlobal(canvas.onCard(u"await_answer"_s));
        QCOMPARE(list->childAt(onCard.x(), onCard.y()), wait);
        const QPoint onCell = canvas.view.viewport()->mapToGlobal(canvas.cell(u"await_answer"_s, 1));
        QCOMPARE(wait->childAt(onCell.x(), onCell.y()), wait->child(1));
        QVERIFY(wait->rect().contains(onCard));
    }

    void tellsProblemsAndStates()
    {
        CanvasFixture canvas(nested);
        QAccessibleInterface *list = QAccessible::queryAccessibleInterface(&canvas.view);
        QAccessibleInterface *inner = nullptr;
        for (int i = 0; i < list->childCount() && !inner; ++i) {
            if (list->child(i)->text(QAccessible::Name).startsWith(u"in1, "_s))
                inner = list->child(i);
        }
        QVERIFY(inner);
        const QString description = inner->text(QAccessible::Description);
        QVERIFY2(description.startsWith(u"Inside loop"_s), qPrintable(description));
        QVERIFY2(description.contains(u"Error: "_s), qPrintable(description)); // inputs are missing
        QVERIFY(!inner->state().selected);
        canvas.view.setSelection({u"in1"_s});
        QVERIFY(inner->state().selected);
        QVERIFY(inner->state().focused);
        QCOMPARE(list->focusChild(), inner);
        canvas.view.scrollBy({4000, 0});
        QVERIFY(!inner->state().invisible);
    }

    void goesThroughEverythingWithTheKeys()
    {
        CanvasFixture canvas(u"booking.json"_s);
        QStringList places;
        for (int i = 0; i < 8; ++i) {
            canvas.key(Qt::Key_N);
            places.append(canvas.view.selection());
        }
        // The last stays.
        QCOMPARE(places,
            (QStringList {DefinitionGraph::triggerKey(), u"ask"_s, u"await_answer"_s, u"choose"_s, u"confirm"_s,
                u"offer_link"_s, u"farewell"_s, u"farewell"_s}));
        canvas.view.setSelection({u"await_answer"_s});
        canvas.key(Qt::Key_O);
        QCOMPARE(*canvas.view.selectedConnection(), std::pair(u"await_answer"_s, u"when:choose"_s));
        canvas.key(Qt::Key_O);
        canvas.key(Qt::Key_O);
        QCOMPARE(canvas.view.selection(), QStringList {u"await_answer"_s}); // round
        canvas.key(Qt::Key_O, Qt::ShiftModifier);
        QCOMPARE(canvas.view.currentOutcome()->second, u"when:farewell"_s);
        canvas.key(Qt::Key_N, Qt::ShiftModifier);
        QCOMPARE(canvas.view.selection(), QStringList {u"ask"_s});
        QVERIFY(canvas.isUntouched());
    }

    void followsEdits()
    {
        CanvasFixture canvas(u"booking.json"_s);
        QAccessibleInterface *list = QAccessible::queryAccessibleInterface(&canvas.view);
        const auto steps = [&] {
            int count = 0;
            for (int i = 0; i < list->childCount(); ++i)
                count += list->child(i)->role() == QAccessible::ListItem;
            return count;
        };
        QAccessibleInterface *ask = list->child(1);
        const QAccessible::Id gone = QAccessible::uniqueId(list->child(2)->child(0)->child(0));
        const QAccessible::Id stays = QAccessible::uniqueId(ask);
        QVERIFY(canvas.view.editor().remove({u"await_answer"_s}, false));
        QCOMPARE(steps(), 6);
        QVERIFY(!QAccessible::accessibleInterface(gone));
        QCOMPARE(QAccessible::accessibleInterface(stays), ask);
        QCOMPARE(ask->childCount(), 1);
        QVERIFY(ask->child(0)->text(QAccessible::Name).endsWith(u", open"_s));
        canvas.document->undoStack()->undo();
        QCOMPARE(steps(), 7);
        QVERIFY(ask->child(0)->text(QAccessible::Name).endsWith(u", leads to await_answer"_s));
        QVERIFY(canvas.view.editor().connectTo(u"ask"_s, u"next"_s, u"farewell"_s));
        QCOMPARE(ask->child(0)->child(0)->text(QAccessible::Name), u"From ask to farewell"_s);
        canvas.view.setDocument(nullptr);
        QVERIFY(!QAccessible::accessibleInterface(stays));
        QCOMPARE(steps(), 0);
    }

    void readsNotesBehindTheSteps()
    {
        CanvasFixture canvas(u"booking.json"_s);
        QAccessibleInterface *list = QAccessible::queryAccessibleInterface(&canvas.view);
        const int steps = int(canvas.view.scene()->nodes().size());
        const int children = list->childCount();
        const QRectF place(canvas.view.scene()->bounds().topRight() + QPointF(40, 0), QSizeF(200, 90));
        DrawingLayout drawing = canvas.document->drawing();
        drawing.notes.append({u"n1"_s, place, u"Ask the bistro\ntwice <b>"_s, {}});
        drawing.notes.append({u"n2"_s, place.translated(0, 120), QString(300, u'x'), {}});
        QVERIFY(canvas.view.editor().arrange(drawing, u"notes"_s));
        QCOMPARE(list->childCount(), children + 2);
        QAccessibleInterface *note = list->child(steps);
        QCOMPARE(note->role(), QAccessible::Note);
        QCOMPARE(note->text(QAccessible::Name), u"Note: Ask the bistro twice <b>"_s);
        QCOMPARE(note->text(QAccessible::Value), u"Ask the bistro\ntwice <b>"_s);
        QCOMPARE(note->parent(), list);
        QCOMPARE(list->indexOfChild(note), steps);
        QVERIFY(list->child(steps + 1)->text(QAccessible::Name).size() < 120);
        canvas.view.centerOn(place.center());
        const QPoint middle = canvas.view.viewport()->mapToGlobal(canvas.at(place.center()));
        QVERIFY(note->rect().contains(middle));
        QCOMPARE(list->childAt(middle.x(), middle.y()), note);

        // With the keys: behind the last step.
        canvas.view.setSelection({u"farewell"_s});
        canvas.key(Qt::Key_N);
        QVERIFY(note->state().selected && note->state().focused);
        QCOMPARE(list->focusChild(), note);
        canvas.key(Qt::Key_N);
        QVERIFY(!note->state().selected);
        QVERIFY(list->child(steps + 1)->state().focused);
        canvas.key(Qt::Key_N); // the last stays
        QVERIFY(list->child(steps + 1)->state().focused);
        canvas.key(Qt::Key_N, Qt::ShiftModifier);
        QVERIFY(note->state().focused);
        canvas.key(Qt::Key_N, Qt::ShiftModifier);
        QCOMPARE(canvas.view.selection(), QStringList {u"farewell"_s});

        // By an action, from far away.
        canvas.view.scrollBy({5000, 5000});
        QVERIFY(note->state().offscreen);
        note->actionInterface()->doAction(QAccessibleActionInterface::setFocusAction());
        QVERIFY(note->state().focused && !note->state().offscreen);
        const QAccessible::Id id = QAccessible::uniqueId(note);
        canvas.key(Qt::Key_Delete);
        QCOMPARE(list->child(steps)->text(QAccessible::Name).left(9), u"Note: xxx"_s);
        QVERIFY(!QAccessible::accessibleInterface(id));
        canvas.document->undoStack()->undo();
        QCOMPARE(list->child(steps)->text(QAccessible::Name), u"Note: Ask the bistro twice <b>"_s);
    }

    void makesNothingWhileNobodyListens()
    {
        QVERIFY(!QAccessible::isActive());
        CanvasFixture canvas(chain(2000));
        QTRY_VERIFY(!canvas.view.isLayoutPending());
        auto *list = dynamic_cast<AccessibleCanvas *>(QAccessible::queryAccessibleInterface(&canvas.view));
        QVERIFY(list);
        canvas.view.selectAll();
        canvas.view.setSelection({u"s1000"_s});
        QVERIFY(canvas.view.editor().remove({u"s1000"_s}, true));
        QTRY_VERIFY(!canvas.view.isLayoutPending());
        QCoreApplication::processEvents();
        QCOMPARE(list->madeItems(), 0);
        // Asked for, it is made: only that.
        QVERIFY(list->child(1500)->text(QAccessible::Name).startsWith(u"s1501, "_s)); // the 1000th is gone
        QCOMPARE(list->madeItems(), 1);
    }

    void connectsWithTheKeys()
    {
        CanvasFixture canvas(u"booking.json"_s);
        canvas.view.setSelection({u"choose"_s});
        canvas.key(Qt::Key_L, Qt::ControlModifier);
        QuickAdd *panel = canvas.view.connector().panel();
        QVERIFY(panel->isOpen());
        // It has several ways out, so first which.
        auto *rows = panel->findChild<QListView *>();
        QCOMPARE(rows->model()->rowCount(), 4); // two, otherwise, and a new condition
        QVERIFY(rows->model()->index(0, 0).data(Qt::AccessibleTextRole).toString().contains(u"confirm"_s));
        auto *field = panel->findChild<QLineEdit *>();
        QTest::keyClick(field, Qt::Key_Down);
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY(panel->isOpen());
        QTest::keyClicks(field, u"fare"_s);
        QCOMPARE(rows->model()->rowCount(), 1);
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY(!panel->isOpen());
        QVERIFY(canvas.view.hasFocus());
        QCOMPARE(canvas.target(u"choose"_s, 1), u"farewell"_s);
        QCOMPARE(*canvas.view.currentOutcome(), std::pair(u"choose"_s, u"when:farewell"_s));
        QVERIFY(canvas.oneUndoRestores());
    }

    void givesUpWithoutATrace()
    {
        CanvasFixture canvas(u"booking.json"_s);
        QuickAdd *panel = canvas.view.connector().panel();
        for (const bool second : {false, true}) {
            canvas.view.setSelection({u"choose"_s});
            canvas.key(Qt::Key_L, Qt::ControlModifier);
            auto *field = panel->findChild<QLineEdit *>();
            if (second)
                QTest::keyClick(field, Qt::Key_Return);
            QVERIFY(panel->isOpen());
            QTest::keyClick(field, Qt::Key_Escape);
            QVERIFY(!panel->isOpen());
            QVERIFY(canvas.view.hasFocus());
            QCOMPARE(canvas.view.selection(), QStringList {u"choose"_s});
            QVERIFY(canvas.isUntouched());
        }
        canvas.view.setReadOnly(true);
        canvas.key(Qt::Key_L, Qt::ControlModifier);
        QVERIFY(!panel->isOpen());
    }

    void offersOnlyWhatFits()
    {
        CanvasFixture canvas(nested);
        QuickAdd *panel = canvas.view.connector().panel();
        const auto offered = [&] {
            QStringList labels;
            const auto *rows = panel->findChild<QListView *>();
            for (int row = 0; row < rows->model()->rowCount(); ++row)
                labels.append(rows->model()->index(row, 0).data().toString());
            labels.sort();
            panel->cancel();
            return labels;
        };
        canvas.view.setCurrentOutcome(DefinitionGraph::triggerKey(), u"next"_s);
        canvas.key(Qt::Key_L, Qt::ControlModifier);
        QCOMPARE(offered(), (QStringList {u"loop"_s, u"tail"_s})); // not where it leads, nothing inside
        canvas.view.setCurrentOutcome(u"loop"_s, u"do:0"_s);
        canvas.key(Qt::Key_L, Qt::ControlModifier);
        QCOMPARE(offered(), QStringList {u"in2"_s});
        QVERIFY(canvas.isUntouched());
    }

    void disconnectsWithTheKeys()
    {
        CanvasFixture canvas(u"booking.json"_s);
        canvas.view.setSelection({u"ask"_s});
        canvas.key(Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(canvas.target(u"ask"_s), QString());
        // The keys are on the way out that is open now; Delete says so instead of taking the step away.
        QCOMPARE(*canvas.view.currentOutcome(), std::pair(u"ask"_s, u"next"_s));
        canvas.key(Qt::Key_Delete);
        QCOMPARE(canvas.messages.size(), 1);
        QVERIFY(canvas.node(u"ask"_s) >= 0);
        canvas.key(Qt::Key_Tab);
        QVERIFY(canvas.quickAdd()->isOpen());
        QTest::keyClicks(canvas.search(), u"connect farewell"_s);
        QTest::keyClick(canvas.search(), Qt::Key_Return);
        QCOMPARE(canvas.target(u"ask"_s), u"farewell"_s);
    }

    void showsARingWhereTheKeysAre()
    {
        CanvasFixture canvas(u"booking.json"_s);
        const auto picture = [&] { return canvas.view.viewport()->grab().toImage(); };
        canvas.click(canvas.onCard(u"ask"_s));
        const QImage clicked = picture();
        canvas.key(Qt::Key_N);
        canvas.key(Qt::Key_N, Qt::ShiftModifier);
        const QImage walked = picture();
        QCOMPARE(canvas.view.selection(), QStringList {u"ask"_s});
        const QRect card = canvas.view.transform().toView(canvas.card(u"ask"_s).box).toAlignedRect();
        const QPoint onRing(card.left() - 5, card.center().y());
        const QColor text = Theme::light().text;
        QCOMPARE(walked.pixelColor(onRing), text);
        QVERIFY(clicked.pixelColor(onRing) != text); // selected with the mouse: no ring
        canvas.view.clearFocus();
        QVERIFY(picture().pixelColor(onRing) != text);
    }
};

QTEST_MAIN(TestAccessibility)
#include "tst_accessibility.moc"
