// The text of a document as a person edits it: real keys on the left, the document and its drawing on the right.

#include "caserunner.h"
#include "tests/document/documenttools.h"
#include "tests/document/gestures.h"

#include "app/documenttab.h"
#include "app/views/jsoncompleter.h"
#include "app/views/jsoncontext.h"
#include "app/views/jsondocumentview.h"
#include "app/views/jsoneditor.h"
#include "app/views/jsonfindbar.h"
#include "app/views/jsonmarks.h"
#include "app/views/jsonplaces.h"
#include "designer/canvas/graphview.h"
#include "designer/style/applicationstyle.h"
#include "model/json/jsonreader.h"

#include <QAccessible>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>

namespace automation {

namespace {

const QByteArray small = R"({
  "definition": {
    "name": "Hello",
    "steps": [
      {
        "id": "ask",
        "stepType": "SMS",
        "inputs": {
          "text": "Hi {{data.payload.source}}"
        },
        "nextStepId": "pause"
      },
      {
        "id": "pause",
        "stepType": "Wait",
        "inputs": {
          "duration": "00:05:00"
        }
      }
    ]
  },
  "trigger": "inbound_sms",
  "status": "disabled"
}
)";

// A tab with its text shown, in a window.
class Window
{
public:
    explicit Window(const QByteArray &text)
        : tab(documentOf(text))
    {
        tab.resize(1000, 700);
        tab.setTheme(Theme::light());
        tab.show();
        tab.setView(DocumentTab::View::Json);
        tab.activateWindow();
        (void)QTest::qWaitForWindowActive(&tab);
        editor()->setFocus();
    }

    JsonDocumentView *view() { return tab.jsonView(); }
    JsonEditor *editor() { return view()->editor(); }
    WorkflowDocument *document() { return tab.document(); }
    QUndoStack *stack() { return document()->undoStack(); }
    QByteArray text() { return editor()->bytes(); }
    void keys(const char *typed)
    {
        for (const char32_t character : QString::fromUtf8(typed).toUcs4()) {
            QKeyEvent press(QEvent::KeyPress, 0, Qt::NoModifier, QString::fromUcs4(&character, 1));
            QApplication::sendEvent(editor(), &press);
        }
    }
    void key(Qt::Key which, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(editor(), which, modifiers); }
    // Puts the cursor behind the first of these.
    void goBehind(const char *what)
    {
        editor()->setCursor(text().indexOf(what) + qsizetype(qstrlen(what)));
        Q_EMIT editor()->jumped();
    }

    DocumentTab tab;
};

// What is wrong with a view and its document, if anything.
std::optional<QString> disagreement(Window &window)
{
    const QByteArray text = window.text();
    QByteArray shown = window.document()->shownText();
    if (shown.startsWith("\xEF\xBB\xBF"))
        shown.remove(0, 3);
    if (text != shown)
        return u"the view shows\n%1\nand the document has\n%2"_qs.arg(
            QString::fromUtf8(text), QString::fromUtf8(shown));
    const Result<JsonValue> read = readJson(window.document()->shownText());
    const bool isGood = read && WorkflowDefinition::fromJson(*read);
    // A draft that another change made good is taken over with the next key.
    if (!isGood && !window.document()->draft())
        return u"the text is %1 but the document says otherwise:\n%2"_qs.arg(
            isGood ? u"good"_qs : u"broken"_qs, QString::fromUtf8(shown));
    if (!window.document()->draft()
        && (*read != window.document()->definition().root()
            || window.document()->text() != window.document()->shownText()))
        return u"the definition is not that of the text"_qs;
    return std::nullopt;
}

} // namespace

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
    void finding();
    void replacing();
    void completion_data();
    void completion();
    void expressions();
    void offeredDataFollowsTheText();
    void textIsThereForWhoListens();
    void context();
    void byteOrderMarkAndLineEnds();
    void documentsGoFirst();
    void randomEdits();
};

void TestJsonView::initTestCase()
{
    applyTheme(*qApp, Theme::light());
    setMotion(false);
}

void TestJsonView::typingChangesTheDocument()
{
    Window window(small);
    QCOMPARE(window.text(), small);
    QCOMPARE(window.editor()->cursor(), 0);
    window.goBehind("\"Hel");
    window.keys("xä😀");
    QCOMPARE(window.document()->definition().name(), u"Helxä😀lo"_qs);
    QCOMPARE(window.document()->text(), QByteArray(small).replace("Hello", "Helxä😀lo"));
    QCOMPARE(window.text(), window.document()->text());
    QVERIFY(window.document()->isModified());
    window.key(Qt::Key_Backspace);
    window.key(Qt::Key_Backspace);
    window.key(Qt::Key_Backspace);
    QCOMPARE(window.document()->text(), small);
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
    Window window(small);
    window.goBehind("\"trigger\":");
    window.keys("   ");
    QByteArray expected = QByteArray(small).replace("\"trigger\": ", "\"trigger\":    ");
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
    QCOMPARE(window.text(), small);
}

void TestJsonView::brokenTextIsShownAndKept()
{
    Window window(small);
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
    QCOMPARE(window.document()->text(), QByteArray(small).replace("Hello", "Bye"));
}

void TestJsonView::undoIsTheDocuments()
{
    Window window(small);
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
    QCOMPARE(window.text(), small);
    window.key(Qt::Key_Z, Qt::ControlModifier); // nothing more
    QCOMPARE(window.text(), small);
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
    Window window(small);
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
    Window window(small);
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
    QCOMPARE(window.text(), small);
    QCOMPARE(window.text().mid(window.editor()->cursor() - 10, 20), around);
    // A selection too.
    const qsizetype start = small.indexOf("\"status\"");
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
    Window window(QByteArray(small).replace("      }\n    ]", "      }" + steps + "\n    ]"));
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
    Window window(small);
    (void)window.editor()->grab(); // folds are known once the text was drawn
    const int line = window.editor()->lineOf(small.indexOf("\"inputs\""));
    window.editor()->foldLine(line);
    QVERIFY(!window.editor()->SendScintilla(QsciScintillaBase::SCI_GETLINEVISIBLE, (unsigned long)(line + 1)));
    QVERIFY(pushed(*window.document(),
        setRootValue(window.document()->definition(), pointer(u"/definition/name"), u"Bye"_qs, u"name"_qs)));
    (void)window.editor()->grab();
    QVERIFY(!window.editor()->SendScintilla(QsciScintillaBase::SCI_GETLINEVISIBLE, (unsigned long)(line + 1)));
}

void TestJsonView::savingWhileBroken()
{
    Window window(small);
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
    QCOMPARE(window.text(), small);
}

void TestJsonView::selectionFollowsBothWays()
{
    Window window(small);
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
    Window window(QByteArray(small).replace("\"nextStepId\": \"pause\"", "\"nextStepId\": \"nobody\""));
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

void TestJsonView::finding()
{
    const QByteArray text("one ONE oneself – One 😀one");
    QCOMPARE(findText(text, u"one"_qs, false, false).size(), 5);
    QCOMPARE(findText(text, u"one"_qs, true, false).size(), 3);
    QCOMPARE(findText(text, u"one"_qs, false, true).size(), 3);
    const TextMatch last = findText(text, u"one"_qs, true, false).last();
    QCOMPARE(text.mid(last.start, last.end - last.start), QByteArray("one"));
    QCOMPARE(last.end, text.size());
    QVERIFY(findText(text, {}, false, false).isEmpty());

    Window window(small);
    window.key(Qt::Key_F, Qt::ControlModifier);
    auto *field = window.view()->findChild<QLineEdit *>(u"jsonFindField"_qs);
    QVERIFY(field->hasFocus());
    QTest::keyClicks(field, u"PAUSE"_qs);
    auto *count = window.view()->findChild<QLabel *>(u"jsonFindCount"_qs);
    QVERIFY(count->text().contains(u'2'));
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(window.editor()->selectedText(), u"pause"_qs);
    const qsizetype first = window.editor()->cursor();
    QTest::keyClick(field, Qt::Key_Return);
    QVERIFY(window.editor()->cursor() > first);
    QTest::keyClick(field, Qt::Key_Return, Qt::ShiftModifier);
    QCOMPARE(window.editor()->cursor(), first);
    QCOMPARE(count->text(), u"1 of 2"_qs);
    window.view()->findChild<QToolButton *>(u"matchCase"_qs)->click();
    QCOMPARE(count->text(), u"None"_qs);
    QTest::keyClick(field, Qt::Key_Escape);
    QVERIFY(!window.view()->findBar()->isVisible());
    QVERIFY(window.editor()->hasFocus());
    QCOMPARE(window.text(), small);
    QCOMPARE(window.stack()->count(), 0);
}

void TestJsonView::replacing()
{
    Window window(small);
    window.key(Qt::Key_H, Qt::ControlModifier);
    auto *field = window.view()->findChild<QLineEdit *>(u"jsonFindField"_qs);
    auto *with = window.view()->findChild<QLineEdit *>(u"jsonReplaceField"_qs);
    QVERIFY(with->isVisible());
    QTest::keyClicks(field, u"pause"_qs);
    with->setText(u"wait ü"_qs);
    QTest::mouseClick(window.view()->findChild<QPushButton *>(u"jsonReplaceAll"_qs), Qt::LeftButton);
    QCOMPARE(window.text(), QByteArray(small).replace("pause", "wait ü"));
    QVERIFY(!disagreement(window));
    QVERIFY(window.document()->graph().indexOfId(u"wait ü"_qs) > 0);
    QCOMPARE(window.stack()->count(), 1);
    window.stack()->undo();
    QCOMPARE(window.text(), small);
    // One after the other.
    window.editor()->setCursor(0);
    QTest::keyClick(with, Qt::Key_Return); // shows the first
    QCOMPARE(window.text(), small);
    QTest::keyClick(with, Qt::Key_Return);
    QCOMPARE(window.text().count("wait ü"), 1);
    QTest::keyClick(with, Qt::Key_Return);
    QCOMPARE(window.text(), QByteArray(small).replace("pause", "wait ü"));
    QCOMPARE(window.stack()->count(), 2);
}

void TestJsonView::completion_data()
{
    QTest::addColumn<QByteArray>("text"); // | is the cursor
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("offered");
    QTest::addColumn<QString>("missing");
    QTest::addColumn<QByteArray>("result"); // after Enter
    const auto step = [](const QByteArray &inside) {
        return QByteArray(small).replace("{\n        \"id\": \"ask\"", "{ " + inside + "\n        \"id\": \"ask\"");
    };
    QTest::newRow("member of a step") << step("|") << u"\"out"_qs << u"outputs"_qs << u"inputs"_qs
                                      << step("\"outputs\": ");
    QTest::newRow("step type") << QByteArray(small).replace("\"SMS\"", "|") << u"\"http"_qs << u"HttpRequest"_qs
                               << u"SMS"_qs << QByteArray(small).replace("\"SMS\"", "\"HttpRequest\"");
    QTest::newRow("target") << QByteArray(small).replace("\"pause\"\n      }", "|\n      }") << u"\"pa"_qs
                            << u"pause"_qs << u"ask"_qs << small;
    QTest::newRow("input of the type") << QByteArray(small).replace("\"duration\": \"00:05:00\"", "|") << u"\"d"_qs
                                       << u"duration"_qs << u"text"_qs
                                       << QByteArray(small).replace("\"00:05:00\"", "\"\"");
    QTest::newRow("trigger") << QByteArray(small).replace("\"inbound_sms\"", "|") << u"\"chat"_qs
                             << u"inbound_chat_apps"_qs << u"inbound_sms"_qs
                             << QByteArray(small).replace("\"inbound_sms\"", "\"inbound_chat_apps\"");
    QTest::newRow("inside a name that is there")
        << QByteArray(small).replace("\"nextStepId\": \"pause\"", "\"next|StepId\": \"pause\"") << u"S"_qs
        << u"nextStepId"_qs << u"inputs"_qs << QByteArray(small);
}

void TestJsonView::completion()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, typed);
    QFETCH(QString, offered);
    QFETCH(QString, missing);
    QFETCH(QByteArray, result);
    Window window(small);
    const qsizetype cursor = text.indexOf('|');
    text.remove(cursor, 1);
    QVERIFY(window.document()->pushText(text, u"Prepare"_qs));
    window.editor()->setCursor(cursor);
    QTest::keyClicks(window.editor(), typed);
    if (typed == u"S") // the name was whole before
        window.key(Qt::Key_Backspace);
    if (typed == u"S")
        window.key(Qt::Key_Space, Qt::ControlModifier);
    JsonCompleter *completer = window.view()->completer();
    QTRY_VERIFY(completer->isOpen());
    QVERIFY2(completer->names().contains(offered), qPrintable(completer->names().join(u' ')));
    QVERIFY2(!completer->names().contains(missing), qPrintable(completer->names().join(u' ')));
    while (completer->names().first() != offered)
        QVERIFY2(false, qPrintable(completer->names().join(u' ')));
    window.key(Qt::Key_Return);
    QVERIFY(!completer->isOpen());
    QCOMPARE(window.text(), result);
    QVERIFY(!disagreement(window));
}

void TestJsonView::expressions()
{
    Window window(small);
    window.goBehind("\"Hi ");
    window.keys("{{data.pay");
    JsonCompleter *completer = window.view()->completer();
    QTRY_VERIFY(completer->isOpen());
    QVERIFY2(completer->names().contains(u"data.payload"_qs), qPrintable(completer->names().join(u' ')));
    window.key(Qt::Key_Escape);
    QVERIFY(!completer->isOpen());
    window.keys("load.sourc");
    QTRY_VERIFY(completer->isOpen());
    QCOMPARE(completer->names().first(), u"data.payload.source"_qs);
    window.key(Qt::Key_Tab);
    QVERIFY(window.text().contains("\"Hi {{data.payload.source}}{{data.payload.source}}\""));
    QVERIFY(!disagreement(window));
    QVERIFY(window.editor()->hasFocus());
}

void TestJsonView::offeredDataFollowsTheText()
{
    Window window(QByteArray(small).replace(R"("duration": "00:05:00")", R"("duration": "{{data.}}")"));
    const auto offered = [&] {
        window.goBehind("\"duration\": \"{{data.");
        window.key(Qt::Key_Space, Qt::ControlModifier);
        const QStringList names = window.view()->completer()->names();
        window.key(Qt::Key_Escape);
        return names;
    };
    QVERIFY(offered().contains(u"data.payload"_qs));
    QVERIFY(!offered().contains(u"data.kept"_qs));
    window.goBehind("payload.source}}\"\n        },");
    window.keys(R"( "outputs": {"kept": "x"},)");
    QVERIFY(!window.document()->draft());
    QVERIFY(offered().contains(u"data.kept"_qs));
    while (window.document()->shownText().contains("kept"))
        window.stack()->undo();
    QVERIFY(!offered().contains(u"data.kept"_qs));
}

// What reads texts aloud sees this one; as long as there is no such thing nothing is made for it.
void TestJsonView::textIsThereForWhoListens()
{
    Window window(small);
    const auto seen = [&] { return QAccessible::queryAccessibleInterface(window.editor()); };
    QVERIFY(!QAccessible::isActive());
    QVERIFY(!seen()->textInterface());
    QCOMPARE(seen()->text(QAccessible::Name), u"Definition as JSON"_qs);
    QAccessible::setActive(true);
    QVERIFY(seen()->textInterface());
    QCOMPARE(seen()->text(QAccessible::Name), u"Definition as JSON"_qs);
    QCOMPARE(seen()->textInterface()->characterCount(), QString::fromUtf8(small).size());
    window.goBehind("Hi ");
    window.keys("x");
    QCOMPARE(seen()->textInterface()->characterCount(), QString::fromUtf8(small).size() + 1);
    QAccessible::setActive(false);
    QVERIFY(!seen()->textInterface());
    window.keys("y");
    QVERIFY(window.document()->text().contains("Hi xy"));
}

void TestJsonView::context()
{
    const auto at = [](QByteArray text) {
        const qsizetype cursor = text.indexOf('|');
        return jsonContextAt(text.remove(cursor, 1), cursor);
    };
    JsonContext place = at(R"({"a": [1, {"b": "x|y"}]})");
    QCOMPARE(place.path, (QStringList {u"a"_qs, u"1"_qs}));
    QCOMPARE(place.key, u"b"_qs);
    QVERIFY(!place.isKey && place.isInString && place.isClosed);
    QCOMPARE(place.typed, u"x"_qs);
    place = at(R"({"a": {"stepType": "SMS", "in|": 1, "z": [{"no": 1}], "y": 2}})");
    QVERIFY(place.isKey && place.hasColon);
    QCOMPARE(place.siblings, (QStringList {u"z"_qs, u"y"_qs, u"stepType"_qs}));
    QCOMPARE(place.stepType, u"SMS"_qs);
    place = at("{ \"| \n \"b\": 1, \"c\": 2 }"); // the rest is to come yet
    QCOMPARE(place.siblings, (QStringList {u"b"_qs, u"c"_qs}));
    place = at("{\"a\": \"open|\n, \"b\": 1}");
    QVERIFY(place.isInString && !place.isClosed);
    QCOMPARE(place.end, 11);
    QCOMPARE(at("{\"a\": \"op|en ] },").end, 11);
    for (const char *odd : {"|", "}|", "]]|}", "\"|", "{\"\\|", "[|", "{\"a\":|", "\xff\xfe|"})
        (void)at(odd); // does not crash
}

void TestJsonView::byteOrderMarkAndLineEnds()
{
    const QByteArray text = "\xEF\xBB\xBF" + QByteArray(small).replace("\n", "\r\n");
    Window window(text);
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
    auto window = std::make_unique<Window>(small);
    window->goBehind("\"Hel");
    window->keys("x\"");
    window->key(Qt::Key_F, Qt::ControlModifier);
    window.reset();
    auto view = std::make_unique<JsonDocumentView>(documentOf(small).get());
    view->show();
    QTest::keyClicks(view->editor(), u"x"_qs); // nobody is there
}

// ---- Anything in any order

namespace {

class Session
{
public:
    explicit Session(Random &random)
        : m_random(random)
        , m_chance(random)
        , m_start(anyCase(random, 1).text)
        , m_window(m_start)
    {
        m_moments.insert(0, m_window.document()->shownText());
    }

    std::optional<QString> run(int actions)
    {
        for (int i = 0; i < actions; ++i) {
            const int index = m_window.stack()->index();
            std::optional<QString> failure = act();
            if (!failure)
                failure = disagreement(m_window);
            const QByteArray now = m_window.document()->shownText();
            if (!failure && m_window.stack()->index() < index && m_moments.value(m_window.stack()->index()) != now)
                failure = u"undo gives another text"_qs;
            if (failure)
                return u"action %1 (%2): %3"_qs.arg(i).arg(m_what, *failure);
            m_moments.insert(m_window.stack()->index(), now);
        }
        for (int left = m_window.stack()->index(); left > 0; --left) {
            m_window.key(Qt::Key_Z, Qt::ControlModifier);
            if (m_window.stack()->index() != left - 1)
                return u"Ctrl+Z undoes something else"_qs;
            if (m_window.document()->shownText() != m_moments.value(left - 1))
                return u"undone to %1 it is another text"_qs.arg(left - 1);
            if (const std::optional<QString> failure = disagreement(m_window))
                return u"undone: %1"_qs.arg(*failure);
        }
        if (m_window.document()->text() != m_start || m_window.document()->draft())
            return u"undoing everything gives other bytes"_qs;
        return std::nullopt;
    }

private:
    std::optional<QString> act()
    {
        JsonEditor *editor = m_window.editor();
        switch (m_random.below(10)) {
        case 0:
            return fromElsewhere(u"undo"_qs, [this] { m_window.stack()->undo(); });
        case 1:
            return fromElsewhere(u"redo"_qs, [this] { m_window.stack()->redo(); });
        case 2:
        case 3:
            return fromElsewhere(u"command"_qs, [this] {
                const WorkflowDocument &document = *m_window.document();
                const Gesture gesture = anyGesture(document.definition(), document.graph(), m_chance);
                m_what += u' ' + gesture.command;
                if (gesture.isDrawing())
                    (void)m_window.document()->pushDrawing(gesture.drawn(document.drawing()), u"draw"_qs).isOk();
                else if (const Result<DefinitionEdit> edit = gesture.edit(document.definition(), document.graph()))
                    (void)m_window.document()->push(*edit).isOk();
            });
        case 4: {
            m_what = u"jump"_qs;
            const QByteArray before = m_window.text();
            if (m_random.chance(50)) {
                const Qt::Key keys[] = {
                    Qt::Key_Left, Qt::Key_Right, Qt::Key_Up, Qt::Key_Down, Qt::Key_Home, Qt::Key_End, Qt::Key_PageDown};
                m_window.key(m_random.oneOf(keys), m_random.chance(20) ? Qt::ShiftModifier : Qt::NoModifier);
            } else {
                editor->setCursor(character(m_random.below(int(before.size()) + 1)));
                Q_EMIT editor->jumped();
            }
            return before == m_window.text() ? std::nullopt : std::optional(u"a jump changes the text"_qs);
        }
        case 5:
            return erased();
        case 6: { // into a text literal, where most keys are good
            const QByteArray text = m_window.text();
            const qsizetype quote = text.indexOf("\": \"", m_random.below(int(text.size()) + 1));
            if (quote >= 0)
                editor->setCursor(quote + 4);
            return typed({u"a"_qs, u"Z"_qs, u" "_qs, u"ö"_qs, u"😀"_qs});
        }
        case 7: // repair what is broken
            if (!m_window.document()->draft())
                return typed({u" "_qs});
            m_what = u"repair"_qs;
            while (m_window.document()->draft() && m_window.stack()->canUndo() && m_random.chance(90))
                m_window.key(Qt::Key_Z, Qt::ControlModifier);
            return std::nullopt;
        case 8:
            m_what = u"redo with keys"_qs;
            m_window.key(Qt::Key_Y, Qt::ControlModifier);
            return std::nullopt;
        default:
            return typed({u"x"_qs, u"\""_qs, u"{"_qs, u"}"_qs, u","_qs, u"\\"_qs, u"7"_qs, u" "_qs});
        }
    }

    qsizetype character(qsizetype at)
    {
        const QByteArray text = m_window.text();
        while (at > 0 && at < text.size()
            && ((static_cast<uchar>(text[at]) & 0xC0) == 0x80 || (text[at] == '\n' && text[at - 1] == '\r')))
            --at;
        return at;
    }

    // What was selected goes, the key comes in, the cursor stands behind it.
    std::optional<QString> typed(const QStringList &keys)
    {
        const QString key = m_random.oneOf(keys);
        m_what = u"type “%1”"_qs.arg(key);
        JsonEditor *editor = m_window.editor();
        const qsizetype from = std::min(editor->cursor(), editor->anchor());
        const qsizetype to = std::max(editor->cursor(), editor->anchor());
        QByteArray expected = m_window.text();
        expected.replace(from, to - from, key.toUtf8());
        QKeyEvent press(QEvent::KeyPress, 0, Qt::NoModifier, key);
        QApplication::sendEvent(editor, &press);
        if (m_window.text() != expected)
            return u"a key is lost: it shows\n%1"_qs.arg(QString::fromUtf8(m_window.text()));
        if (editor->cursor() != from + key.toUtf8().size())
            return u"the cursor is not behind the key"_qs;
        return std::nullopt;
    }

    std::optional<QString> erased()
    {
        m_what = u"erase"_qs;
        JsonEditor *editor = m_window.editor();
        const QByteArray before = m_window.text();
        const qsizetype size = std::abs(editor->cursor() - editor->anchor());
        m_window.key(m_random.chance(50) ? Qt::Key_Backspace : Qt::Key_Delete);
        const QByteArray after = m_window.text();
        if (size > 0 && after.size() != before.size() - size)
            return u"erasing takes something else than the selection"_qs;
        if (before.size() - after.size() > std::max(size, qsizetype(4)))
            return u"erasing takes too much"_qs;
        return std::nullopt;
    }

    // The cursor stays in its line, at its column, as long as that line is there and no other like it.
    std::optional<QString> fromElsewhere(const QString &what, const std::function<void()> &run)
    {
        m_what = what;
        JsonEditor *editor = m_window.editor();
        const auto lineAt = [](const QByteArray &text, qsizetype at) {
            const qsizetype start = at == 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
            const qsizetype end = text.indexOf('\n', at);
            return std::pair(text.mid(start, end < 0 ? -1 : end - start), at - start);
        };
        const QByteArray before = m_window.text();
        const auto line = lineAt(before, editor->cursor());
        const bool isOne = editor->cursor() == editor->anchor() && !line.first.isEmpty();
        run();
        const QByteArray after = m_window.text();
        const bool isOneLine
            = isOne && before.split('\n').count(line.first) == 1 && after.split('\n').count(line.first) == 1;
        m_what += u" at %1"_qs.arg(line.second);
        if (isOneLine && lineAt(after, editor->cursor()) != line)
            return u"the cursor has left its line “%1”"_qs.arg(QString::fromUtf8(line.first));
        return std::nullopt;
    }

    Random &m_random;
    Chance m_chance;
    QByteArray m_start;
    Window m_window;
    QHash<int, QByteArray> m_moments;
    QString m_what;
};

std::optional<QString> anythingGoes(Random &random)
{
    Session session(random);
    return session.run(4 + random.below(20));
}

} // namespace

void TestJsonView::randomEdits()
{
    const QString failure = runCases("text and drawing agree whatever is done", 300, anythingGoes);
    QVERIFY2(failure.isEmpty(), qPrintable(failure));
}

} // namespace automation

QTEST_MAIN(automation::TestJsonView)
#include "tst_jsonview.moc"
