// The text of a document as a person edits it: real keys on the left, the document and its drawing on the right.

#include "jsonwindow.h"

#include "app/views/jsoncompleter.h"
#include "app/views/jsonmarks.h"
#include "app/views/jsonplaces.h"
#include "designer/canvas/graphview.h"
#include "designer/style/applicationstyle.h"

#include <QAccessible>
#include <QLabel>
#include <QToolButton>

namespace automation {

class TestJsonView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void typingChangesTheDocument();
    void blanksAreKept();
    void brokenTextIsShownAndKept();
    void undoIsTheDocuments();
    void undoSteps();
    void changesFromElsewhere();
    void cursorAndScrollStay();
    void foldsStay();
    void savingWhileBroken();
    void selectionFollowsBothWays();
    void problemsAreMarked();
    void textIsThereForWhoListens();
    void byteOrderMarkAndLineEnds();
    void documentsGoFirst();
};

void TestJsonView::initTestCase()
{
    applyTheme(*qApp, Theme::light());
    setMotion(false);
}

void TestJsonView::typingChangesTheDocument()
{
    JsonWindow window(smallWorkflow);
    QCOMPARE(window.text(), smallWorkflow);
    QCOMPARE(window.editor()->cursor(), 0);
    window.goBehind("\"Hel");
    window.keys("xä😀");
    QCOMPARE(window.document()->definition().name(), u"Helxä😀lo"_qs);
    QCOMPARE(window.document()->text(), QByteArray(smallWorkflow).replace("Hello", "Helxä😀lo"));
    QCOMPARE(window.text(), window.document()->text());
    QVERIFY(window.document()->isModified());
    window.key(Qt::Key_Backspace);
    window.key(Qt::Key_Backspace);
    window.key(Qt::Key_Backspace);
    QCOMPARE(window.document()->text(), smallWorkflow);
    QVERIFY(!window.document()->isModified());
    // A new step is a card at once.
    window.goBehind("\"00:05:00\"\n        }\n      }");
    const QByteArray step = ", { \"id\": \"more\", \"stepType\": \"SMS\" }";
    for (const char c : step)
        QTest::keyClick(window.editor(), c);
    QVERIFY(window.document()->graph().indexOfId(u"more"_qs) > 0);
    QVERIFY(window.tab.graphView()->scene()->indexOfKey(u"more"_qs) >= 0);
    QVERIFY(!disagreement(window));
}

void TestJsonView::blanksAreKept()
{
    JsonWindow window(smallWorkflow);
    window.goBehind("\"trigger\":");
    window.keys("   ");
    QByteArray expected = QByteArray(smallWorkflow).replace("\"trigger\": ", "\"trigger\":    ");
    QCOMPARE(window.document()->text(), expected);
    QVERIFY(window.document()->isModified());
    window.key(Qt::Key_End, Qt::ControlModifier);
    window.key(Qt::Key_Return);
    expected += '\n';
    QCOMPARE(window.document()->text(), expected);
    QVERIFY(!disagreement(window));
    // They stay when the drawing is edited.
    QVERIFY(pushed(*window.document(),
        setRootValue(window.document()->definition(), pointer(u"/definition/name"), u"Bye"_qs, u"name"_qs)));
    QCOMPARE(window.text(), expected.replace("Hello", "Bye"));
    while (window.stack()->canUndo())
        window.key(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(window.text(), smallWorkflow);
}

void TestJsonView::brokenTextIsShownAndKept()
{
    JsonWindow window(smallWorkflow);
    auto *state = window.view()->findChild<QToolButton *>(u"jsonState"_qs);
    QVERIFY(state);
    const QString good = state->accessibleName();
    window.goBehind("\"00:05:00");
    window.keys("\"");
    QVERIFY(window.document()->draft());
    QVERIFY(state->accessibleName() != good);
    const int line = window.document()->draft()->error.line;
    QVERIFY(line == 17 || line == 18);
    QVERIFY(state->accessibleName().contains(u"Line %1"_qs.arg(line)));
    QCOMPARE(window.document()->definition().name(), u"Hello"_qs);
    const QByteArray broken = window.text();
    // A click on it goes there.
    window.key(Qt::Key_Home, Qt::ControlModifier);
    QTest::mouseClick(state, Qt::LeftButton);
    QCOMPARE(window.editor()->lineOf(window.editor()->cursor()) + 1, line);
    QCOMPARE(window.editor()->columnOf(window.editor()->cursor()) + 1, window.document()->draft()->error.column);
    // Elsewhere and back nothing is lost, and the drawing says what it shows.
    window.tab.setView(DocumentTab::View::Design);
    bool isSaid = false;
    for (const QLabel *label : window.tab.findChildren<QLabel *>(u"noticeText"_qs))
        isSaid = isSaid || (label->isVisible() && label->text().contains(u"last good state"));
    QVERIFY(isSaid);
    QVERIFY(pushed(*window.document(),
        setRootValue(window.document()->definition(), pointer(u"/definition/name"), u"Bye"_qs, u"name"_qs)));
    window.tab.setView(DocumentTab::View::Json);
    QCOMPARE(window.text(), QByteArray(broken).replace("Hello", "Bye"));
    for (const QLabel *label : window.tab.findChildren<QLabel *>(u"noticeText"_qs))
        QVERIFY(!label->isVisible());
    window.goBehind("\"00:05:00\"");
    window.key(Qt::Key_Backspace);
    QVERIFY(!window.document()->draft());
    QCOMPARE(state->accessibleName(), good);
    QCOMPARE(window.document()->text(), QByteArray(smallWorkflow).replace("Hello", "Bye"));
}

void TestJsonView::undoIsTheDocuments()
{
    JsonWindow window(smallWorkflow);
    window.goBehind("\"Hel");
    window.keys("one");
    QVERIFY(pushed(*window.document(),
        setStepValue(window.document()->definition(), window.document()->graph(), u"pause"_qs,
            pointer(u"/inputs/duration"), u"00:06:00"_qs)));
    window.goBehind("\"Hel");
    window.keys("two");
    const QByteArray all = window.text();
    QCOMPARE(window.stack()->count(), 3);
    window.key(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(window.text(), QByteArray(all).replace("two", ""));
    window.key(Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(window.text().contains("00:05:00"));
    QVERIFY(window.text().contains("Helonelo"));
    window.key(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(window.text(), smallWorkflow);
    window.key(Qt::Key_Z, Qt::ControlModifier); // nothing more
    QCOMPARE(window.text(), smallWorkflow);
    window.key(Qt::Key_Y, Qt::ControlModifier);
    window.key(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    window.key(Qt::Key_Y, Qt::ControlModifier);
    QCOMPARE(window.text(), all);
    // It shows what it changed.
    window.key(Qt::Key_End, Qt::ControlModifier);
    window.key(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(window.editor()->cursor(), window.text().indexOf("\"Hel") + 4);
}

void TestJsonView::undoSteps()
{
    JsonWindow window(smallWorkflow);
    window.goBehind("\"Hel");
    window.keys("abc");
    window.key(Qt::Key_Backspace);
    window.keys("d");
    QCOMPARE(window.stack()->count(), 1);
    window.key(Qt::Key_Right); // a jump
    window.keys("e");
    QCOMPARE(window.stack()->count(), 2);
    window.tab.setView(DocumentTab::View::Design); // elsewhere
    window.tab.setView(DocumentTab::View::Json);
    window.editor()->setFocus();
    window.keys("f");
    QCOMPARE(window.stack()->count(), 3);
    QTest::qWait(1600); // a pause
    window.keys("g");
    QCOMPARE(window.stack()->count(), 4);
    QVERIFY(window.document()->draft() || !disagreement(window));
}

void TestJsonView::changesFromElsewhere()
{
    JsonWindow window(smallWorkflow);
    window.goBehind("\"stepType\": \"SM"); // the id stands before, what leads there and what it leads to around
    const QByteArray around = window.text().mid(window.editor()->cursor() - 10, 20);
    QVERIFY(pushed(*window.document(),
        renameStep(window.document()->definition(), window.document()->graph(), u"pause"_qs, u"a_longer_name"_qs)));
    QVERIFY(pushed(*window.document(),
        renameStep(window.document()->definition(), window.document()->graph(), u"ask"_qs, u"ask_for_it"_qs)));
    QCOMPARE(window.text(), window.document()->text());
    QCOMPARE(window.text().mid(window.editor()->cursor() - 10, 20), around);
    window.stack()->undo();
    window.stack()->undo();
    QCOMPARE(window.text(), smallWorkflow);
    QCOMPARE(window.text().mid(window.editor()->cursor() - 10, 20), around);
    // A selection too.
    const qsizetype start = smallWorkflow.indexOf("\"status\"");
    window.editor()->setSelection(start, start + 8);
    QVERIFY(pushed(*window.document(),
        setRootValue(window.document()->definition(), pointer(u"/definition/name"), u"A longer name"_qs, u"name"_qs)));
    QCOMPARE(window.editor()->selectedText(), u"\"status\""_qs);
}

void TestJsonView::cursorAndScrollStay()
{
    QByteArray steps;
    for (int i = 0; i < 200; ++i)
        steps += ",\n      { \"id\": \"step_" + QByteArray::number(i)
            + "\",\n        \"stepType\": \"Wait\",\n        \"inputs\": {} }";
    JsonWindow window(QByteArray(smallWorkflow).replace("      }\n    ]", "      }" + steps + "\n    ]"));
    window.goBehind("step_150");
    const auto top = [&] {
        const auto first = window.editor()->SendScintilla(QsciScintillaBase::SCI_GETFIRSTVISIBLELINE);
        return window.editor()->text(int(first));
    };
    const QString before = top();
    QVERIFY(before.contains(u"step_") || before.contains(u"Wait") || before.contains(u"inputs"));
    QVERIFY(pushed(*window.document(),
        deleteSteps(window.document()->definition(), window.document()->graph(), {u"step_3"_qs, u"step_4"_qs}, false)));
    QCOMPARE(top(), before);
    QCOMPARE(window.text().mid(window.editor()->cursor() - 8, 8), QByteArray("step_150"));
    window.stack()->undo();
    QCOMPARE(top(), before);
}

void TestJsonView::foldsStay()
{
    JsonWindow window(smallWorkflow);
    (void)window.editor()->grab(); // folds are known once the text was drawn
    const int line = window.editor()->lineOf(smallWorkflow.indexOf("\"inputs\""));
    window.editor()->foldLine(line);
    QVERIFY(!window.editor()->SendScintilla(QsciScintillaBase::SCI_GETLINEVISIBLE, (unsigned long)(line + 1)));
    QVERIFY(pushed(*window.document(),
        setRootValue(window.document()->definition(), pointer(u"/definition/name"), u"Bye"_qs, u"name"_qs)));
    (void)window.editor()->grab();
    QVERIFY(!window.editor()->SendScintilla(QsciScintillaBase::SCI_GETLINEVISIBLE, (unsigned long)(line + 1)));
}

void TestJsonView::savingWhileBroken()
{
    JsonWindow window(smallWorkflow);
    window.goBehind("\"trigger\"");
    window.keys("}");
    QVERIFY(window.document()->draft());
    window.tab.setView(DocumentTab::View::Diff);
    QVERIFY(!window.tab.commitText());
    QCOMPARE(window.tab.view(), DocumentTab::View::Json);
    QVERIFY(window.editor()->hasFocus());
    QCOMPARE(window.editor()->lineOf(window.editor()->cursor()) + 1, window.document()->draft()->error.line);
    QTemporaryDir folder;
    const Result<void> saved = window.document()->saveAs(folder.filePath(u"a.json"_qs));
    QVERIFY(!saved);
    QVERIFY(saved.error().message.contains(u"Line %1"_qs.arg(window.document()->draft()->error.line)));
    window.key(Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(window.tab.commitText());
    QCOMPARE(window.text(), smallWorkflow);
}

void TestJsonView::selectionFollowsBothWays()
{
    JsonWindow window(smallWorkflow);
    GraphView *drawing = window.tab.graphView();
    QTest::mouseClick(window.editor()->viewport(), Qt::LeftButton);
    window.goBehind("\"00:0");
    QTRY_COMPARE(drawing->selection(), QStringList {u"pause"_qs});
    window.goBehind("\"Hi");
    window.key(Qt::Key_Right);
    QTRY_COMPARE(drawing->selection(), QStringList {u"ask"_qs});
    window.goBehind("\"pause\"\n      },"); // between the steps is none of them
    QTest::qWait(100);
    QCOMPARE(drawing->selection(), QStringList {u"ask"_qs});
    window.goBehind("\"Hi");
    const qsizetype cursor = window.editor()->cursor();
    drawing->setSelection({u"ask"_qs}); // the cursor is there already
    QCOMPARE(window.editor()->cursor(), cursor);
    window.goBehind("\"inbound");
    QTRY_COMPARE(drawing->selection(), QStringList {DefinitionGraph::triggerKey()});
    drawing->setSelection({u"pause"_qs});
    QCOMPARE(window.editor()->lineOf(window.editor()->cursor()) + 1, 13);
    window.tab.setView(DocumentTab::View::Design);
    drawing->setSelection({u"ask"_qs});
    window.tab.setView(DocumentTab::View::Json);
    QCOMPARE(window.editor()->lineOf(window.editor()->cursor()) + 1, 5);
    // While the text is broken too.
    window.goBehind("\"duration\": \"00");
    window.keys("\"");
    QTRY_COMPARE(drawing->selection(), QStringList {u"pause"_qs});
    window.goBehind("\"Hi");
    QTRY_COMPARE(drawing->selection(), QStringList {u"ask"_qs});
}

void TestJsonView::problemsAreMarked()
{
    JsonWindow window(QByteArray(smallWorkflow).replace("\"nextStepId\": \"pause\"", "\"nextStepId\": \"nobody\""));
    QTRY_VERIFY(!window.view()->marks()->marks().isEmpty());
    const auto find = [&](const char *rule) {
        for (const JsonMarks::Mark &mark : window.view()->marks()->marks()) {
            if (mark.rule == QLatin1StringView(rule))
                return mark;
        }
        return JsonMarks::Mark();
    };
    QStringList rules;
    for (const Problem &problem : window.document()->problems())
        rules += problem.rule;
    const JsonMarks::Mark dangling = find("dangling-target");
    QVERIFY2(!dangling.message.isEmpty(), qPrintable(rules.join(u' ')));
    QCOMPARE(window.text().mid(dangling.start, dangling.end - dangling.start), QByteArray("\"nobody\""));
    const unsigned marker = unsigned(window.editor()->SendScintilla(
        QsciScintillaBase::SCI_MARKERGET, (unsigned long)(window.editor()->lineOf(dangling.start))));
    QVERIFY(marker != 0);
    // Repaired, the mark goes.
    window.goBehind("\"nobody");
    for (int i = 0; i < 6; ++i)
        window.key(Qt::Key_Backspace);
    window.keys("pause");
    QTRY_VERIFY(find("dangling-target").message.isEmpty());
    // What is no JSON is marked where it breaks.
    window.goBehind("\"00:05:00");
    window.keys("\"");
    QTRY_COMPARE(window.view()->marks()->marks().size(), 1);
    QCOMPARE(window.editor()->lineOf(window.view()->marks()->marks().first().start) + 1,
        window.document()->draft()->error.line);
}

// What reads texts aloud sees this one; as long as there is no such thing nothing is made for it.
void TestJsonView::textIsThereForWhoListens()
{
    JsonWindow window(smallWorkflow);
    const auto seen = [&] { return QAccessible::queryAccessibleInterface(window.editor()); };
    QVERIFY(!QAccessible::isActive());
    QVERIFY(!seen()->textInterface());
    QCOMPARE(seen()->text(QAccessible::Name), u"Definition as JSON"_qs);
    QAccessible::setActive(true);
    QVERIFY(seen()->textInterface());
    QCOMPARE(seen()->text(QAccessible::Name), u"Definition as JSON"_qs);
    QCOMPARE(seen()->textInterface()->characterCount(), QString::fromUtf8(smallWorkflow).size());
    window.goBehind("Hi ");
    window.keys("x");
    QCOMPARE(seen()->textInterface()->characterCount(), QString::fromUtf8(smallWorkflow).size() + 1);
    QAccessible::setActive(false);
    QVERIFY(!seen()->textInterface());
    window.keys("y");
    QVERIFY(window.document()->text().contains("Hi xy"));
}

void TestJsonView::byteOrderMarkAndLineEnds()
{
    const QByteArray text = "\xEF\xBB\xBF" + QByteArray(smallWorkflow).replace("\n", "\r\n");
    JsonWindow window(text);
    QCOMPARE("\xEF\xBB\xBF" + window.text(), text);
    window.goBehind("\"Hel");
    window.keys("p");
    QCOMPARE(window.document()->text(), QByteArray(text).replace("Hello", "Helplo"));
    window.goBehind("\"Hello"); // not there: the start
    window.goBehind("{");
    window.key(Qt::Key_Return);
    QVERIFY(window.document()->text().startsWith("\xEF\xBB\xBF{\r\n\r\n"));
    QTRY_VERIFY(!window.view()->marks()->marks().isEmpty() || window.document()->problems().isEmpty());
    for (const JsonMarks::Mark &mark : window.view()->marks()->marks())
        QVERIFY(window.text().mid(mark.start, 1) == "\"" || mark.end > mark.start);
    window.stack()->setIndex(0);
    QCOMPARE(window.document()->text(), text);
    QCOMPARE("\xEF\xBB\xBF" + window.text(), text);
}

// A tab may be closed with the cursor in its text.
void TestJsonView::documentsGoFirst()
{
    auto window = std::make_unique<JsonWindow>(smallWorkflow);
    window->goBehind("\"Hel");
    window->keys("x\"");
    window->key(Qt::Key_F, Qt::ControlModifier);
    window.reset();
    auto view = std::make_unique<JsonDocumentView>(documentOf(smallWorkflow).get());
    view->show();
    QTest::keyClicks(view->editor(), u"x"_qs); // nobody is there
}

} // namespace automation

QTEST_MAIN(automation::TestJsonView)
#include "tst_jsonview.moc"
