// The workflow as a tree: what it lists, how it follows the document, and how it edits.

#include "designer/canvas/floworder.h"
#include "designer/canvas/outcomeconnector.h"
#include "designer/outline/outlinemodel.h"
#include "designer/outline/outlinepanel.h"
#include "designer/outline/outlinetree.h"
#include "model/document/commands/stepcommands.h"
#include "tests/canvas/canvasfixture.h"

#include <QAbstractItemModelTester>

using namespace automation;
using namespace Qt::StringLiterals;

namespace {

// A drawing with its outline beside it.
struct Both
{
    template <typename Source>
    explicit Both(const Source &source)
        : canvas(source)
        , tester(panel.model(), QAbstractItemModelTester::FailureReportingMode::QtTest)
    {
        panel.setActions(&canvas.actions);
        panel.setView(&canvas.view);
        panel.resize(260, 700);
        panel.show();
        if (!QTest::qWaitForWindowExposed(&panel))
            qWarning("The outline was not shown.");
        canvas.view.setFocus();
    }
    void focusTree()
    {
        panel.activateWindow();
        if (!QTest::qWaitForWindowActive(&panel))
            qWarning("The outline is not active.");
        panel.tree()->setFocus();
    }
    // As a person reads it: two spaces a level.
    QStringList lines(const QModelIndex &parent = {}, int depth = 0) const
    {
        QStringList all;
        for (int row = 0; row < panel.model()->rowCount(parent); ++row) {
            const QModelIndex index = panel.model()->index(row, 0, parent);
            all.append(QString(depth * 2, u' ') + index.data().toString());
            all += lines(index, depth + 1);
        }
        return all;
    }
    QModelIndex row(const QString &key) const { return panel.model()->indexOfStep(key); }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(panel.tree(), key, modifiers); }

    CanvasFixture canvas;
    OutlinePanel panel;
    QAbstractItemModelTester tester;
};

const QByteArray nested = R"({"trigger":"inbound_sms","definition":{"steps":[
    {"id":"loop","stepType":"While","inputs":{},"nextStepId":"tail","do":[[
        {"id":"in1","stepType":"SMS","inputs":{},"nextStepId":"in2"},{"id":"in2","stepType":"SMS","inputs":{}}]]},
    {"id":"tail","stepType":"SMS","inputs":{},"nextStepId":"nowhere"}]}})";

QByteArray chain(int length)
{
    QByteArray steps;
    for (int i = 1; i <= length; ++i) {
        steps += R"({"id":"s)" + QByteArray::number(i) + R"(","stepType":"SMS","inputs":{"text":"a"})";
        steps += i < length ? R"(,"nextStepId":"s)" + QByteArray::number(i + 1) + "\"}," : QByteArray("}");
    }
    return R"({"trigger":"inbound_sms","definition":{"steps":[)" + steps + "]}}";
}

} // namespace

class TestOutline : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void listsStepsInReadingOrderWithTheirWaysOut()
    {
        const Both both(u"booking.json"_s);
        const QStringList lines = both.lines();
        QCOMPARE(lines.at(1), u"  next → ask"_s);
        QCOMPARE(lines.sliced(2, 6),
            (QStringList {u"ask"_s, u"  next → await_answer"_s, u"await_answer"_s, u"  Replied → choose"_s,
                u"  No reply → farewell"_s, u"choose"_s}));
        QCOMPARE(lines.last(), u"  next: open"_s);
    }

    void nestsWhatIsInsideAContainer()
    {
        const Both both(nested);
        const QStringList lines = both.lines();
        const qsizetype loop = lines.indexOf(u"loop"_s);
        QVERIFY(loop > 0);
        QVERIFY(lines.contains(u"    in1"_s)); // below the way into the container
        QCOMPARE(lines.indexOf(u"    in2"_s), lines.indexOf(u"    in1"_s) + 2);
        QVERIFY(lines.contains(u"  next → nowhere (missing)"_s));
        QVERIFY(both.panel.tree()->isExpanded(both.row(u"loop"_s)));
        QVERIFY(both.panel.tree()->isExpanded(both.row(u"in1"_s).parent()));
        QVERIFY(!both.panel.tree()->isExpanded(both.row(u"tail"_s)));
    }

    // By the events a drag sends to the tree: rows onto a row.
    void rowsAreDraggedOntoOthers()
    {
        Both both(nested);
        const auto &model = *both.panel.model();
        const auto drop = [&both](const QMimeData *data, const QModelIndex &target) {
            OutlineTree &tree = *both.panel.tree();
            tree.scrollTo(target);
            const QPointF place = tree.visualRect(target).center();
            QDragEnterEvent enter(place.toPoint(), Qt::MoveAction, data, Qt::LeftButton, {});
            QCoreApplication::sendEvent(tree.viewport(), &enter);
            QDragMoveEvent move(place.toPoint(), Qt::MoveAction, data, Qt::LeftButton, {});
            QCoreApplication::sendEvent(tree.viewport(), &move);
            if (!move.isAccepted())
                return false;
            QDropEvent event(place, Qt::MoveAction, data, Qt::LeftButton, {});
            QCoreApplication::sendEvent(tree.viewport(), &event);
            QCoreApplication::processEvents();
            return true;
        };
        const auto dragged
            = [&model](const QModelIndex &row) { return std::unique_ptr<QMimeData>(model.mimeData({row})); };
        both.panel.tree()->expandAll();
        const QByteArray before = both.canvas.document->text();
        const auto wayIn = [&] { return model.indexOfOutcome(u"loop"_s, u"do:0"_s); };

        // A step into a container.
        QVERIFY(drop(dragged(both.row(u"tail"_s)).get(), wayIn()));
        QVERIFY(both.lines().contains(u"    tail"_s));
        QCOMPARE(both.canvas.document->undoStack()->count(), 1);
        both.canvas.document->undoStack()->undo();
        QCOMPARE(both.canvas.document->text(), before);

        // A way out onto a step, and a step onto a way out.
        both.panel.tree()->expandAll();
        QVERIFY(drop(dragged(model.indexOfOutcome(u"in2"_s, u"next"_s)).get(), both.row(u"in1"_s)));
        QCOMPARE(model.indexOfOutcome(u"in2"_s, u"next"_s).data().toString(), u"next → in1"_s);
        both.panel.tree()->expandAll();
        QVERIFY(drop(dragged(both.row(u"loop"_s)).get(), model.indexOfOutcome(u"tail"_s, u"next"_s)));
        QCOMPARE(model.indexOfOutcome(u"tail"_s, u"next"_s).data().toString(), u"next → loop"_s);
        both.canvas.document->undoStack()->undo();
        both.canvas.document->undoStack()->undo();
        QCOMPARE(both.canvas.document->text(), before);

        // What means nothing is refused: a container into itself, a step onto a step, a way out onto the trigger, rows
        // of another document, and everything where nothing may be edited.
        both.panel.tree()->expandAll();
        QVERIFY(!drop(dragged(both.row(u"loop"_s)).get(), wayIn()));
        QVERIFY(!drop(dragged(both.row(u"in1"_s)).get(), both.row(u"tail"_s)));
        QVERIFY(!drop(dragged(model.indexOfOutcome(u"in2"_s, u"next"_s)).get(), model.index(0, 0)));
        const Both other(nested);
        const std::unique_ptr<QMimeData> foreign(other.panel.model()->mimeData({other.row(u"tail"_s)}));
        QVERIFY(!drop(foreign.get(), wayIn()));
        const std::unique_ptr<QMimeData> own = dragged(both.row(u"tail"_s));
        both.canvas.view.editor().setReadOnly(true);
        QVERIFY(!drop(own.get(), wayIn()));
        QVERIFY(!model.flags(both.row(u"tail"_s)).testFlag(Qt::ItemIsDragEnabled));
        QCOMPARE(both.canvas.document->text(), before);
    }

    void followsEditsWithoutAReset()
    {
        Both both(u"booking.json"_s);
        const QSignalSpy reset(both.panel.model(), &QAbstractItemModel::modelReset);
        const QStringList before = both.lines();
        CanvasEditor &editor = both.canvas.view.editor();
        both.panel.tree()->expand(both.row(u"ask"_s));
        QVERIFY(editor.insertOnConnection(u"Wait"_s, u"ask"_s, u"next"_s));
        QVERIFY(editor.connectTo(u"farewell"_s, u"next"_s, u"confirm"_s));
        QVERIFY(editor.disconnectFrom(u"await_answer"_s, u"when:choose"_s));
        QVERIFY(editor.remove({u"offer_link"_s}, false));
        QVERIFY(both.lines().contains(u"  Replied: open"_s));
        QVERIFY(both.lines().contains(u"  next → confirm"_s));
        QVERIFY(both.panel.tree()->isExpanded(both.row(u"ask"_s)));
        while (both.canvas.document->undoStack()->canUndo())
            both.canvas.document->undoStack()->undo();
        QCOMPARE(both.lines(), before);
        QCOMPARE(reset.size(), 0);
    }

    void aTextEditOfManyStepsTouchesItsRowOnly()
    {
        // Without a drawing, and without the tester, which looks at all rows after each change.
        const Result<std::unique_ptr<WorkflowDocument>> opened = WorkflowDocument::fromText(chain(10000), u"test"_s);
        QVERIFY(opened);
        WorkflowDocument *document = opened.value().get();
        OutlineModel model;
        model.setDocument(document);
        QTRY_COMPARE(model.rowCount(), 10001);
        const auto edit = [&](const char *text) {
            return document->push(setStepValue(document->definition(), document->graph(), u"s5000"_s,
                *JsonPointer::parse(u"/inputs/text"_s), JsonValue(QString::fromLatin1(text)))
                                      .value());
        };
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        QVERIFY(edit("b"));
        QCOMPARE(inserted.size() + removed.size() + reset.size(), 0);
        bool hasOwn = false;
        for (const QList<QVariant> &signal : std::as_const(changed)) {
            // The marks of problems are those of all rows.
            if (signal.at(2).value<QList<int>>().isEmpty()) {
                QCOMPARE(signal.at(0).toModelIndex().data(OutlineModel::StepKeyRole).toString(), u"s5000"_s);
                hasOwn = true;
            }
        }
        QVERIFY(hasOwn);
    }

    void aLargeWorkflowIsListedInParts()
    {
        const Result<std::unique_ptr<WorkflowDocument>> opened = WorkflowDocument::fromText(chain(5000), u"test"_s);
        QVERIFY(opened);
        WorkflowDocument *document = opened.value().get();
        OutlineModel model;
        const QAbstractItemModelTester tester(&model);
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        QSignalSpy listed(&model, &OutlineModel::allListed);
        model.setDocument(document);
        QCOMPARE(model.rowCount(), OutlineModel::StepsATurn);
        QVERIFY(!model.isAllListed());
        QVERIFY(!model.indexOfStep(u"s4000"_s).isValid());
        // Steps come and go before all are listed.
        const StepType *sms = document->catalog().step(u"SMS");
        QVERIFY(document->push(
            *insertStepOnConnection(document->definition(), document->graph(), *sms, u"s7"_s, u"next"_s)));
        QVERIFY(document->push(*insertStepOnConnection(
            document->definition(), document->graph(), *sms, DefinitionGraph::triggerKey(), u"next"_s)));
        QVERIFY(model.rowCount() <= OutlineModel::StepsATurn);
        QTRY_COMPARE(listed.size(), 1);
        QVERIFY(model.isAllListed());
        QCOMPARE(model.rowCount(), 5003);
        const QList<int> order = flowOrder(document->graph());
        for (int row = 0; row < model.rowCount(); ++row) {
            QCOMPARE(model.index(row, 0).data(OutlineModel::StepKeyRole).toString(),
                document->graph().nodes().at(order.at(row)).key);
        }
        for (const QList<QVariant> &part : std::as_const(inserted))
            QVERIFY(part.at(2).toInt() - part.at(1).toInt() < OutlineModel::StepsATurn);
        // What comes later comes at once.
        QVERIFY(document->push(
            *insertStepOnConnection(document->definition(), document->graph(), *sms, u"s4000"_s, u"next"_s)));
        QCOMPARE(model.rowCount(), 5004);
        document->undoStack()->undo();
        QCOMPARE(model.rowCount(), 5003);
    }

    void whatIsLeftAfterADeletionIsAllListed()
    {
        const Result<std::unique_ptr<WorkflowDocument>> opened = WorkflowDocument::fromText(chain(2000), u"test"_s);
        QVERIFY(opened);
        WorkflowDocument *document = opened.value().get();
        OutlineModel model;
        QSignalSpy listed(&model, &OutlineModel::allListed);
        model.setDocument(document);
        QVERIFY(!model.isAllListed());
        QStringList keys;
        for (int i = 1000; i < 1900; ++i)
            keys.append(u"s%1"_s.arg(i));
        QVERIFY(document->push(*deleteSteps(document->definition(), document->graph(), keys, true)));
        QTRY_COMPARE(listed.size(), 1);
        QVERIFY(model.isAllListed());
        QVERIFY(model.indexOfStep(u"s1950"_s).isValid());
        QVERIFY(!model.indexOfStep(u"s1500"_s).isValid());
    }

    void allRowsAreLaidOutAfterTheListing()
    {
        CanvasFixture canvas(chain(4000));
        QTRY_VERIFY_WITH_TIMEOUT(!canvas.view.isLayoutPending(), 20000);
        OutlinePanel panel;
        panel.resize(300, 600);
        panel.setView(&canvas.view);
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        auto *tree = panel.findChild<QTreeView *>(u"outlineTree"_s);
        QVERIFY(tree);
        QTRY_VERIFY(panel.model()->isAllListed());
        const QModelIndex last = panel.model()->indexOfStep(u"s3999"_s);
        QVERIFY(last.isValid());
        QTRY_VERIFY(tree->visualRect(last).isValid());
        QCOMPARE(tree->visualRect(last).top(), 3999 * tree->visualRect(last).height());
    }

    void aSelectionOutlastsTheListing()
    {
        CanvasFixture canvas(chain(4000));
        QTRY_VERIFY_WITH_TIMEOUT(!canvas.view.isLayoutPending(), 20000);
        canvas.view.selectAll();
        OutlinePanel panel;
        panel.resize(300, 600);
        panel.setView(&canvas.view);
        panel.show();
        QTRY_COMPARE(panel.model()->rowCount(), 4001);
        QTRY_COMPARE(panel.tree()->selectionModel()->selectedRows().size(), 4000);
        QCoreApplication::processEvents();
        QCOMPARE(canvas.view.selection().size(), 4000);
    }

    void selectsTogether()
    {
        Both both(u"booking.json"_s);
        both.canvas.view.setSelection({u"confirm"_s, u"farewell"_s});
        QCOMPARE(both.panel.tree()->selectionModel()->selectedRows().size(), 2);
        QVERIFY(both.panel.tree()->selectionModel()->isSelected(both.row(u"farewell"_s)));
        both.canvas.view.selectConnection(u"await_answer"_s, u"when:choose"_s);
        QCOMPARE(both.panel.tree()->currentIndex().data().toString(), u"Replied → choose"_s);
        both.focusTree();
        both.key(Qt::Key_Up);
        QTRY_COMPARE(both.canvas.view.selection(), QStringList {u"await_answer"_s});
        both.key(Qt::Key_Down);
        QTRY_COMPARE(*both.canvas.view.selectedConnection(), std::pair(u"await_answer"_s, u"when:choose"_s));
        both.key(Qt::Key_A, Qt::ControlModifier);
        QTRY_COMPARE(both.canvas.view.selection().size(), 6);
        QTRY_COMPARE(both.panel.tree()->selectionModel()->selectedRows().size(), 6);
        QVERIFY(both.canvas.isUntouched());
    }

    void renamesInPlace()
    {
        Both both(u"booking.json"_s);
        both.panel.tree()->expand(both.row(u"confirm"_s));
        both.canvas.view.setSelection({u"confirm"_s});
        both.focusTree();
        both.key(Qt::Key_F2);
        auto *field = both.panel.tree()->findChild<QLineEdit *>();
        QVERIFY(field);
        QCOMPARE(field->text(), u"confirm"_s);
        QTest::keyClicks(field, u"confirmed"_s);
        QTest::keyClick(field, Qt::Key_Return);
        QTRY_VERIFY(both.row(u"confirmed"_s).isValid());
        QVERIFY(both.lines().contains(u"  'Yes' → confirmed"_s));
        QVERIFY(both.panel.tree()->isExpanded(both.row(u"confirmed"_s)));
        QTRY_COMPARE(both.canvas.view.selection(), QStringList {u"confirmed"_s});
        QVERIFY(both.canvas.oneUndoRestores());
        // The trigger has no id.
        both.canvas.view.setSelection({DefinitionGraph::triggerKey()});
        both.key(Qt::Key_F2);
        QVERIFY(!(both.panel.model()->flags(both.panel.tree()->currentIndex()) & Qt::ItemIsEditable));
    }

    void deletesCopiesAndPastes()
    {
        Both both(u"booking.json"_s);
        both.canvas.view.setSelection({u"ask"_s});
        both.focusTree();
        both.key(Qt::Key_Delete, Qt::ControlModifier);
        QVERIFY(!both.row(u"ask"_s).isValid());
        QVERIFY(both.lines().contains(u"  next → await_answer"_s));
        both.canvas.document->undoStack()->undo();
        both.canvas.view.setSelection({u"farewell"_s});
        both.key(Qt::Key_Delete);
        QVERIFY(!both.row(u"farewell"_s).isValid());
        // The keys are somewhere still.
        QTRY_VERIFY(!both.canvas.view.selection().isEmpty() || both.canvas.view.currentOutcome());
        both.canvas.document->undoStack()->undo();
        both.canvas.view.setSelection({u"farewell"_s});
        both.key(Qt::Key_C, Qt::ControlModifier);
        both.key(Qt::Key_V, Qt::ControlModifier);
        QTRY_COMPARE(both.panel.model()->rowCount(), 8);
        both.canvas.document->undoStack()->undo();
        both.canvas.view.setSelection({u"farewell"_s});
        both.key(Qt::Key_D, Qt::ControlModifier);
        QTRY_COMPARE(both.panel.model()->rowCount(), 8);
        both.canvas.document->undoStack()->undo();
        QCOMPARE(both.canvas.document->text(), both.canvas.original);
    }

    void leadsAWayOutElsewhereAndAddsAStep()
    {
        Both both(u"booking.json"_s);
        both.panel.tree()->expandAll();
        both.focusTree();
        both.panel.tree()->setCurrentIndex(both.panel.model()->indexOfOutcome(u"farewell"_s, u"next"_s));
        QTRY_COMPARE(*both.canvas.view.currentOutcome(), std::pair(u"farewell"_s, u"next"_s));
        both.key(Qt::Key_Return);
        QuickAdd *panel = both.canvas.view.connector().panel();
        QVERIFY(panel->isOpen());
        QTest::keyClicks(panel->findChild<QLineEdit *>(), u"conf"_s);
        QTest::keyClick(panel->findChild<QLineEdit *>(), Qt::Key_Return);
        QCOMPARE(both.canvas.target(u"farewell"_s), u"confirm"_s);
        QCOMPARE(both.panel.tree()->currentIndex().data().toString(), u"next → confirm"_s);
        QVERIFY(both.canvas.oneUndoRestores());
        both.canvas.view.setSelection({u"farewell"_s});
        both.focusTree();
        both.key(Qt::Key_Insert);
        QVERIFY(both.canvas.quickAdd()->isOpen());
        QTest::keyClicks(both.canvas.search(), u"Wait"_s);
        QTest::keyClick(both.canvas.search(), Qt::Key_Return);
        QTRY_COMPARE(both.panel.model()->rowCount(), 8);
        QVERIFY(!both.canvas.target(u"farewell"_s).isEmpty());
    }

    void saysWhatWouldBeThere()
    {
        OutlinePanel panel;
        panel.show();
        QVERIFY(!panel.tree()->isVisible());
        CanvasFixture canvas(u"booking.json"_s);
        panel.setView(&canvas.view);
        QVERIFY(panel.tree()->isVisible());
        canvas.view.selectAll();
        canvas.view.deleteSelection();
        QVERIFY(!panel.tree()->isVisible());
        canvas.document->undoStack()->undo();
        QVERIFY(panel.tree()->isVisible());
        canvas.view.setDocument(nullptr);
        canvas.document.reset();
        QVERIFY(!panel.tree()->isVisible());
    }
};

QTEST_MAIN(TestOutline)
#include "tst_outline.moc"
