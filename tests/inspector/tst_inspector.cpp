#include "designer/inspector/inspector.h"
#include "designer/inspector/problemlabel.h"
#include "designer/inspector/targetcombo.h"
#include "designer/style/applicationstyle.h"
#include "designer/style/emptystate.h"
#include "model/document/commands/stepcommands.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QComboBox>
#include <QFile>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTest>
#include <QToolButton>

using namespace automation;
using namespace Qt::StringLiterals;

namespace {

QByteArray text; // tests/data/inspector/greeting.json

QByteArray replaced(QByteArray before, const QByteArray &from, const QByteArray &to)
{
    return before.replace(from, to);
}

} // namespace

class InspectorTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QFile file(QStringLiteral(TEST_DATA_DIR "/inspector/greeting.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        text = file.readAll();
        applyTheme(*qApp, Theme::light());
    }

    void init()
    {
        auto opened = WorkflowDocument::fromText(text, u"greeting"_s);
        QVERIFY2(opened.isOk(), opened ? "" : qPrintable(opened.error().message));
        m_document = std::move(opened).value();
        m_inspector = std::make_unique<Inspector>();
        m_inspector->resize(300, 800);
        m_inspector->setDocument(m_document.get());
        m_inspector->show();
        m_inspector->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_inspector.get()));
    }

    void cleanup()
    {
        m_inspector.reset();
        m_document.reset();
    }

    void withoutASelectionItSaysWhatWouldBeThere()
    {
        auto *empty = m_inspector->findChild<EmptyState *>();
        QVERIFY(empty);
        QVERIFY(empty->isVisible());
        QVERIFY(!empty->sentence().isEmpty());
    }

    void typingIsOneUndoStepAndChangesOnlyItsText()
    {
        m_inspector->setNodeKey(u"hello"_s);
        auto *editor = child<QPlainTextEdit>(u"editor_text"_s);
        editor->setFocus();
        QTest::keyClicks(editor, u"Hi {{data.name}}"_s);
        QCOMPARE(m_document->text(),
            replaced(text, "\"text\": \"\", \"x-own\"", "\"text\": \"Hi {{data.name}}\", \"x-own\""));
        QCOMPARE(m_document->undoStack()->count(), 1);
        QTest::keyClick(editor, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(m_document->text(), text);
        QVERIFY(editor->toPlainText().isEmpty());
        QTest::keyClick(editor, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(editor->toPlainText(), u"Hi {{data.name}}"_s);
    }

    void anotherVisitIsAnotherUndoStep()
    {
        m_inspector->setNodeKey(u"hello"_s);
        auto *editor = child<QPlainTextEdit>(u"editor_text"_s);
        editor->setFocus();
        QTest::keyClicks(editor, u"one"_s);
        child<QLineEdit>(u"editor_destination"_s)->setFocus();
        editor->setFocus();
        QTest::keyClicks(editor, u" two"_s);
        QCOMPARE(m_document->undoStack()->count(), 2);
        m_document->undoStack()->undo();
        QCOMPARE(editor->toPlainText(), u"one"_s);
    }

    void whenItsFieldGoesTheKeysGoToTheDrawing()
    {
        QWidget window;
        auto *layout = new QHBoxLayout(&window);
        auto *beside = new QLineEdit; // what would get the keys by chance
        layout->addWidget(beside);
        m_inspector->setParent(nullptr);
        layout->addWidget(m_inspector.get());
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        const QSignalSpy dropped(m_inspector.get(), &Inspector::focusDropped);
        m_inspector->setNodeKey(u"hello"_s);
        child<QPlainTextEdit>(u"editor_text"_s)->setFocus();
        m_inspector->setNodeKey({});
        QCOMPARE(dropped.size(), 1);
        m_inspector->setNodeKey(u"hello"_s);
        QVERIFY(!m_inspector->isAncestorOf(QApplication::focusWidget()));
        beside->setFocus();
        m_inspector->setNodeKey({});
        QCOMPARE(dropped.size(), 1); // the keys were elsewhere
        QVERIFY(beside->hasFocus());
        m_inspector->setParent(nullptr);
    }

    void aChangeFromElsewhereKeepsCursorAndFocus()
    {
        m_inspector->setNodeKey(u"hello"_s);
        auto *editor = child<QPlainTextEdit>(u"editor_text"_s);
        editor->setFocus();
        QTest::keyClicks(editor, u"abcd"_s);
        QTest::keyClick(editor, Qt::Key_Left);
        const auto edit = setStepValue(m_document->definition(), m_document->graph(), u"hello"_s,
            JsonPointer({u"inputs"_s, u"destination"_s}), JsonValue(u"+6590000000"_s));
        QVERIFY(edit.isOk());
        QVERIFY(m_document->push(*edit).isOk());
        QCOMPARE(child<QLineEdit>(u"editor_destination"_s)->text(), u"+6590000000"_s);
        QVERIFY(editor->hasFocus());
        QCOMPARE(editor->textCursor().position(), 3);
        QTest::keyClicks(editor, u"X"_s);
        QCOMPARE(editor->toPlainText(), u"abcXd"_s);
    }

    void anOptionalFieldThatIsClearedAgainLeavesNothingBehind()
    {
        m_inspector->setNodeKey(u"hello"_s);
        QTest::mouseClick(child<QPushButton>(u"moreFields"_s), Qt::LeftButton);
        auto *editor = child<QLineEdit>(u"editor_source"_s);
        QVERIFY(editor->isVisible());
        editor->setFocus();
        QTest::keyClicks(editor, u"A"_s);
        QVERIFY(m_document->text().contains("\"source\": \"A\""));
        QTest::keyClick(editor, Qt::Key_Backspace);
        QCOMPARE(m_document->text(), text);
    }

    void renamingFollowsReferencesAndKeepsTheStep()
    {
        m_inspector->setNodeKey(u"choose"_s);
        QSignalSpy followed(m_inspector.get(), &Inspector::nodeKeyChanged);
        auto *id = child<QLineEdit>(u"editor_id"_s);
        id->setFocus();
        id->selectAll();
        QTest::keyClicks(id, u"decide"_s);
        QCOMPARE(m_document->text(), text); // not before it is finished
        QTest::keyClick(id, Qt::Key_Return);
        QCOMPARE(m_document->text(), replaced(text, "\"choose\"", "\"decide\""));
        QCOMPARE(m_inspector->nodeKey(), u"decide"_s);
        QCOMPARE(followed.size(), 1);
        QVERIFY(id->hasFocus());
        m_document->undoStack()->undo();
        QCOMPARE(m_document->text(), text);
        QCOMPARE(m_inspector->nodeKey(), u"choose"_s);
        QCOMPARE(child<QLineEdit>(u"editor_id"_s)->text(), u"choose"_s);
    }

    void anIdThatIsTakenIsRefusedInPlace()
    {
        m_inspector->setNodeKey(u"choose"_s);
        auto *id = child<QLineEdit>(u"editor_id"_s);
        id->setFocus();
        id->selectAll();
        QTest::keyClicks(id, u"hello"_s);
        QTest::keyClick(id, Qt::Key_Return);
        QCOMPARE(m_document->text(), text);
        QCOMPARE(id->text(), u"hello"_s);
        QVERIFY(!visibleErrors().isEmpty());
        QVERIFY(!m_inspector->commitPending());
        QTest::keyClick(id, Qt::Key_Escape);
        QCOMPARE(id->text(), u"choose"_s);
        QVERIFY(m_inspector->commitPending());
    }

    void problemsStandBelowTheirField()
    {
        m_inspector->setNodeKey(u"hello"_s);
        auto *editor = child<QPlainTextEdit>(u"editor_text"_s);
        auto *field = child<QWidget>(u"field_text"_s);
        const auto problems = [field] { return field->findChildren<ProblemLabel *>(Qt::FindDirectChildrenOnly); };
        QVERIFY(!problems().isEmpty());
        QVERIFY(!problems().first()->message().isEmpty());
        QVERIFY(problems().first()->isVisible());
        QVERIFY(problems().first()->y() > editor->y());
        QVERIFY(!editor->property("severity").toString().isEmpty());
        editor->setFocus();
        QTest::keyClicks(editor, u"Hi"_s);
        QVERIFY(editor->property("severity").toString().isEmpty());
        QTRY_VERIFY(problems().isEmpty());
    }

    void anObjectWhereTextIsExpectedStaysAnObject()
    {
        m_inspector->setNodeKey(u"odd"_s);
        auto *editor = child<QLineEdit>(u"editor_destination"_s);
        QCOMPARE(editor->text(), u"{\"number\": \"1\"}"_s);
        editor->setFocus();
        editor->setCursorPosition(int(editor->text().size()) - 1);
        QTest::keyClicks(editor, u","_s); // no JSON now
        QCOMPARE(m_document->text(), text);
        QVERIFY(!visibleErrors().isEmpty());
        QTest::keyClick(editor, Qt::Key_Backspace);
        QTest::keyClick(editor, Qt::Key_Left);
        QTest::keyClicks(editor, u"2"_s);
        QCOMPARE(m_document->text(), replaced(text, "{ \"number\": \"1\" }", "{ \"number\": \"12\" }"));
    }

    void numbersStayNumbers()
    {
        m_inspector->setNodeKey(u"yes"_s);
        auto *editor = child<QLineEdit>(u"editor_timeoutSeconds"_s);
        editor->setFocus();
        editor->end(false);
        QTest::keyClicks(editor, u"0"_s);
        QCOMPARE(m_document->text(), replaced(text, "\"timeoutSeconds\": 5", "\"timeoutSeconds\": 50"));
    }

    void aDurationIsReadInWords()
    {
        m_inspector->setNodeKey(u"pause"_s);
        const QList<QLabel *> labels = m_inspector->findChildren<QLabel *>();
        const QString words = durationInWords(u"0.00:05:00");
        QVERIFY(std::any_of(labels.begin(), labels.end(),
            [&words](const QLabel *label) { return label->isVisible() && label->text() == words; }));
    }

    void conditionsAreEditedInTheirPlace()
    {
        m_inspector->setNodeKey(u"choose"_s);
        auto *editor = child<QPlainTextEdit>(u"editor_condition_yes"_s);
        QVERIFY(!editor->isVisible()); // its checks are shown
        QTest::mouseClick(child<QToolButton>(u"switch_condition_yes"_s), Qt::LeftButton);
        QVERIFY(editor->isVisible());
        QCOMPARE(editor->toPlainText(), u"{{data.a == 1}}"_s);
        editor->setFocus();
        QTextCursor cursor = editor->textCursor();
        cursor.setPosition(12);
        editor->setTextCursor(cursor);
        QTest::keyClicks(editor, u"10 + "_s);
        QCOMPARE(m_document->text(), replaced(text, "{{data.a == 1}}", "{{data.a == 10 + 1}}"));
        QCOMPARE(m_document->undoStack()->count(), 1);
    }

    void anOutcomeIsLedToAnotherStep()
    {
        m_inspector->setNodeKey(u"hello"_s);
        auto *target = child<TargetCombo>(u"target_next"_s);
        QCOMPARE(target->target(), u"choose"_s);
        target->setFocus();
        target->showPopup();
        const int index = target->findData(u"yes"_s);
        QVERIFY(index >= 0);
        QTest::keyClick(target->view(), Qt::Key_Home);
        for (int row = 0; row < index; ++row)
            QTest::keyClick(target->view(), Qt::Key_Down);
        QTest::keyClick(target->view(), Qt::Key_Return);
        QCOMPARE(m_document->text(), replaced(text, "\"nextStepId\": \"choose\"", "\"nextStepId\": \"yes\""));
    }

    void aConditionIsAddedAndRemoved()
    {
        m_inspector->setNodeKey(u"choose"_s);
        auto *add = child<TargetCombo>(u"addCondition"_s);
        add->showPopup();
        QCOMPARE(add->findData(u"yes"_s), -1); // has its condition already
        const int index = add->findData(u"odd"_s);
        QVERIFY(index >= 0);
        QTest::keyClick(add->view(), Qt::Key_Home);
        for (int row = 0; row < index; ++row)
            QTest::keyClick(add->view(), Qt::Key_Down);
        QTest::keyClick(add->view(), Qt::Key_Return);
        QTRY_VERIFY(m_inspector->findChild<QPlainTextEdit *>(u"editor_condition_odd"_s));
        QVERIFY(m_document->text().contains("\"odd\":"));
        QTest::mouseClick(child<QToolButton>(u"removeCondition_odd"_s), Qt::LeftButton);
        QCOMPARE(m_document->text(), text);
    }

    void membersAreEditedRowByRow()
    {
        m_inspector->setNodeKey(u"yes"_s);
        auto *value = child<QLineEdit>(u"value_headers_1"_s);
        value->setFocus();
        QTest::keyClicks(value, u"0"_s);
        QVERIFY(m_document->text().contains("\"headers\": { \"A\": \"1\", \"B\": \"02\" }")
            || m_document->text().contains("\"headers\": { \"A\": \"1\", \"B\": \"20\" }"));
        auto *name = child<QLineEdit>(u"name_headers_0"_s);
        name->setFocus();
        name->selectAll();
        QTest::keyClicks(name, u"Accept"_s);
        QTest::keyClick(name, Qt::Key_Return);
        QVERIFY(m_document->text().contains("\"headers\": { \"Accept\": \"1\", \"B\""));
        QTest::mouseClick(child<QToolButton>(u"remove_headers_1"_s), Qt::LeftButton);
        QVERIFY(m_document->text().contains("\"headers\": { \"Accept\": \"1\" }"));
        while (m_document->undoStack()->canUndo())
            m_document->undoStack()->undo();
        QCOMPARE(m_document->text(), text);
        QCOMPARE(child<QLineEdit>(u"value_headers_1"_s)->text(), u"2"_s);
    }

    void keysGoThroughATableOfMembers()
    {
        m_inspector->setNodeKey(u"yes"_s);
        auto *name = child<QLineEdit>(u"name_headers_0"_s);
        name->setFocus();
        QTest::keyClick(name, Qt::Key_Return);
        QCOMPARE(QApplication::focusWidget()->objectName(), u"value_headers_0"_s);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QCOMPARE(QApplication::focusWidget()->objectName(), u"name_headers_1"_s);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return); // behind the last cell is a new row
        QCOMPARE(QApplication::focusWidget()->objectName(), u"name_headers_2"_s);
        QTest::keyClicks(QApplication::focusWidget(), u"C"_s);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QTest::keyClicks(QApplication::focusWidget(), u"3"_s);
        QVERIFY(m_document->text().contains("\"headers\": { \"A\": \"1\", \"B\": \"2\", \"C\": \"3\" }"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Delete, Qt::AltModifier);
        QCOMPARE(m_document->text(), text);
        QCOMPARE(QApplication::focusWidget()->objectName(), u"name_headers_1"_s);
        // A row and its name are one undo step.
        QTest::keyClick(child<QPushButton>(u"add_headers"_s), Qt::Key_Space);
        QTest::keyClicks(QApplication::focusWidget(), u"D"_s);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(m_document->text(), text);
    }

    void aNameThatCannotBeStaysWithTheReasonBelowItsRow()
    {
        m_inspector->setNodeKey(u"yes"_s);
        auto *name = child<QLineEdit>(u"name_headers_1"_s);
        auto *note = child<QLabel>(u"note_headers_1"_s);
        name->setFocus();
        name->selectAll();
        QTest::keyClicks(name, u"A"_s); // is there already
        QVERIFY(note->isVisible() && note->text().contains(u'A'));
        QVERIFY(note->y() > name->y());
        QTest::keyClick(name, Qt::Key_Return);
        QVERIFY(name->hasFocus() && name->text() == u"A");
        QCOMPARE(m_document->text(), text);
        QVERIFY(!m_inspector->commitPending());
        QTest::keyClick(name, Qt::Key_Escape);
        QVERIFY(!note->isVisible() && name->text() == u"B");
        name->selectAll();
        QTest::keyClicks(name, u"B C"_s); // no name of a header
        QTest::keyClick(name, Qt::Key_Tab);
        QVERIFY(m_document->text().contains("\"B C\": \"2\""));
        const auto problems
            = [this] { return child<QLineEdit>(u"name_headers_1"_s)->parentWidget()->findChildren<ProblemLabel *>(); };
        QTRY_COMPARE(problems().size(), 1);
        QVERIFY(problems().first()->message().contains(u"B C"));
        m_document->undoStack()->undo();
        QCOMPARE(m_document->text(), text);
    }

    void conditionsChangeTheirOrder()
    {
        const QByteArray three = replaced(text, "          \"yes\": \"{{data.a == 1}}\",\n",
            "          \"yes\": \"{{data.a == 1}}\",\n          \"odd\": \"{{data.a == 2}}\",\n"
            "          \"pause\": \"{{data.a == 3}}\",\n");
        auto opened = WorkflowDocument::fromText(three, u"three"_s);
        QVERIFY(opened.isOk());
        m_inspector->setDocument(nullptr);
        m_document = std::move(opened).value();
        m_inspector->setDocument(m_document.get());
        m_inspector->setNodeKey(u"choose"_s);
        const auto order = [this] {
            const JsonValue *next = JsonPointer({u"definition"_s, u"steps"_s, u"1"_s, u"selectNextStep"_s})
                                        .resolve(m_document->definition().root());
            QStringList keys;
            for (qsizetype i = 0; i < next->size(); ++i)
                keys += next->keyAt(i);
            return keys.join(u' ');
        };
        QWidget *grip = child<QWidget>(u"grip_pause"_s);
        grip->setFocus();
        QTest::keyClick(grip, Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(order(), u"yes pause odd no"_s);
        QVERIFY(grip->hasFocus());
        QTRY_VERIFY(grip->mapToGlobal(QPoint()).y() < child<QWidget>(u"grip_odd"_s)->mapToGlobal(QPoint()).y());
        QTest::keyClick(grip, Qt::Key_Down, Qt::AltModifier);
        QTest::keyClick(grip, Qt::Key_Down, Qt::AltModifier); // the default stays last
        QCOMPARE(order(), u"yes odd pause no"_s);
        QCOMPARE(m_document->text(), three);
        QCOMPARE(m_document->undoStack()->count(), 2);

        // By mouse, from the last to the first place, with one undo.
        QTRY_VERIFY(grip->mapToGlobal(QPoint()).y() > child<QWidget>(u"grip_odd"_s)->mapToGlobal(QPoint()).y());
        const QPoint middle = grip->rect().center();
        QWidget *first = child<QWidget>(u"field_condition_yes"_s);
        const QPoint above = grip->mapFromGlobal(first->mapToGlobal(QPoint(4, 2)));
        QTest::mousePress(grip, Qt::LeftButton, {}, middle);
        QTest::mouseMove(grip, middle - QPoint(0, 30));
        auto *line = child<QWidget>(u"dropLine"_s);
        QVERIFY(line->isVisible());
        QTest::mouseMove(grip, above);
        QTest::mouseRelease(grip, Qt::LeftButton, {}, above);
        QVERIFY(!line->isVisible());
        QCOMPARE(order(), u"pause yes odd no"_s);
        m_document->undoStack()->undo();
        QCOMPARE(m_document->text(), three);

        // Esc leaves everything where it was.
        grip = child<QWidget>(u"grip_yes"_s);
        grip->setFocus();
        QTest::mousePress(grip, Qt::LeftButton, {}, middle);
        QTest::mouseMove(grip, middle + QPoint(0, 60));
        QTest::keyClick(grip, Qt::Key_Escape);
        QTest::mouseRelease(grip, Qt::LeftButton, {}, middle + QPoint(0, 60));
        QCOMPARE(m_document->text(), three);
    }

    void anOutputIsAddedFromWhatTheStepOffers()
    {
        m_inspector->setNodeKey(u"hello"_s);
        auto *add = child<QPushButton>(u"add_outputs"_s);
        QVERIFY(add->menu());
        QCOMPARE(add->menu()->actions().first()->text(), u"{{step.umid}}"_s);
        add->menu()->actions().first()->trigger();
        const JsonValue *outputs
            = JsonPointer({u"definition"_s, u"steps"_s, u"0"_s, u"outputs"_s}).resolve(m_document->definition().root());
        QVERIFY(outputs);
        QCOMPARE(outputs->value(u"umid").toString(), u"{{step.umid}}"_s);
        m_document->undoStack()->undo();
        QCOMPARE(m_document->text(), text);
    }

    void aStepOfAnUnknownTypeIsEditedAsJson()
    {
        m_inspector->setNodeKey(u"no"_s);
        auto *scroll = m_inspector->findChild<QScrollArea *>();
        auto *editor = scroll->findChild<QPlainTextEdit *>(u"stepJson"_s);
        QVERIFY(editor);
        editor->setFocus();
        QTextCursor cursor = editor->document()->find(u"Mars"_s);
        QVERIFY(!cursor.isNull());
        cursor.insertText(u"Venus\""_s); // one quote too many
        QTest::keyClick(editor, Qt::Key_Return, Qt::ControlModifier);
        auto *error = scroll->findChild<QLabel *>(u"stepJsonError"_s);
        QVERIFY(error->isVisible());
        QCOMPARE(m_document->text(), text);
        QVERIFY(editor->toPlainText().contains(u"Venus"_s));
        QTest::keyClick(editor, Qt::Key_Backspace);
        cursor = editor->textCursor();
        QTest::keyClick(editor, Qt::Key_Return, Qt::ControlModifier);
        if (error->isVisible()) { // the cursor did not follow the insertion
            cursor = editor->document()->find(u"Venus\""_s);
            cursor.insertText(u"Venus"_s);
            QTest::keyClick(editor, Qt::Key_Return, Qt::ControlModifier);
        }
        QCOMPARE(m_document->text(), replaced(text, "Mars", "Venus"));
    }

    void aNewIdInTheJsonTabKeepsTheStepSelected()
    {
        m_inspector->setNodeKey(u"pause"_s);
        m_inspector->tabs()->setCurrentIndex(2);
        auto *editor = m_inspector->tabs()->currentWidget()->findChild<QPlainTextEdit *>(u"stepJson"_s);
        editor->setFocus();
        QTextCursor cursor = editor->document()->find(u"pause"_s);
        cursor.insertText(u"rest"_s);
        QTest::keyClick(editor, Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(m_document->text(), replaced(text, "pause", "rest"));
        QCOMPARE(m_inspector->nodeKey(), u"rest"_s);
    }

    void theWorkflowItselfIsEdited()
    {
        m_inspector->setNodeKey(DefinitionGraph::triggerKey());
        auto *name = child<QLineEdit>(u"editor_workflowName"_s);
        name->setFocus();
        name->end(false);
        QTest::keyClicks(name, u"s"_s);
        QCOMPARE(m_document->text(), replaced(text, "Greeting", "Greetings"));
        auto *trigger = child<QComboBox>(u"editor_trigger"_s);
        QCOMPARE(trigger->currentText(), u"inbound_sms"_s);
    }

    void itNeedsNoMoreThanItsWidth_data()
    {
        QTest::addColumn<QString>("key");
        for (const QString &key : {u"hello"_s, u"choose"_s, u"yes"_s, u"no"_s, u"odd"_s, u"pause"_s})
            QTest::newRow(qPrintable(key)) << key;
        QTest::newRow("trigger") << DefinitionGraph::triggerKey();
    }

    void itNeedsNoMoreThanItsWidth()
    {
        QFETCH(QString, key);
        m_inspector->setNodeKey(key);
        const auto *scroll = m_inspector->findChild<QScrollArea *>();
        QVERIFY2(scroll->widget()->minimumSizeHint().width() <= 290,
            qPrintable(QString::number(scroll->widget()->minimumSizeHint().width())));
        QVERIFY(m_inspector->minimumSizeHint().width() <= 300);
    }

    void focusFieldFindsThePlaceOfAProblem()
    {
        m_inspector->focusField(
            u"hello"_s, JsonPointer({u"definition"_s, u"steps"_s, u"0"_s, u"inputs"_s, u"destination"_s}));
        QVERIFY(child<QLineEdit>(u"editor_destination"_s)->hasFocus());
    }

    // Where Enter leads in a branch: to what stands first below its id.
    void focusFieldOfABranchIsItsFirstCondition()
    {
        m_inspector->focusField(u"choose"_s, {});
        QWidget *first = QApplication::focusWidget();
        QVERIFY(first && m_inspector->isAncestorOf(first) && first->objectName() != u"editor_id"_s);
        QTest::keyClick(first, Qt::Key_Backtab);
        QCOMPARE(QApplication::focusWidget()->objectName(), u"editor_id"_s);
    }

    void deletingTheStepOrTheDocumentLeavesAnEmptyInspector()
    {
        m_inspector->setNodeKey(u"pause"_s);
        const auto edit = deleteSteps(m_document->definition(), m_document->graph(), {u"pause"_s}, false);
        QVERIFY(edit.isOk());
        QVERIFY(m_document->push(*edit).isOk());
        QVERIFY(m_inspector->nodeKey().isEmpty());
        m_inspector->setNodeKey(u"hello"_s);
        auto *id = child<QLineEdit>(u"editor_id"_s);
        id->setFocus();
        QTest::keyClicks(id, u"x"_s); // pending when the document goes
        m_document.reset();
        QVERIFY(m_inspector->nodeKey().isEmpty());
        QVERIFY(m_inspector->findChild<EmptyState *>()->isVisible());
    }

private:
    template <typename T> T *child(const QString &name)
    {
        T *found = nullptr;
        // The newest: forms that were replaced wait for their deletion.
        for (T *candidate : m_inspector->findChildren<T *>(name))
            found = candidate;
        if (!found)
            qFatal("no child named %s", qPrintable(name));
        return found;
    }

    QStringList visibleErrors() const
    {
        QStringList errors;
        for (const QLabel *label : m_inspector->findChildren<QLabel *>()) {
            if (label->isVisible() && label->property("textRole").toString() == u"error"_s && !label->text().isEmpty()
                && !qobject_cast<ProblemLabel *>(label->parentWidget()))
                errors.append(label->text());
        }
        return errors;
    }

    std::unique_ptr<WorkflowDocument> m_document;
    std::unique_ptr<Inspector> m_inspector;
};

QTEST_MAIN(InspectorTest)
#include "tst_inspector.moc"
