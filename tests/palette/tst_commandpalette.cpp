#include "app/commands/commandpalette.h"
#include "app/commands/fuzzymatch.h"
#include "app/dialogs/shortcutdialog.h"
#include "model/document/workflowdocument.h"

#include <QAction>
#include <QLineEdit>
#include <QListView>
#include <QMenuBar>
#include <QSignalSpy>
#include <QStandardItemModel>
#include <QTest>
#include <QTreeView>

using namespace automation;

namespace {

// A window with two menus, as a program has them.
class Window : public QWidget
{
public:
    Window()
    {
        QMenu *file = bar.addMenu(u"&File"_qs);
        save = file->addAction(u"&Save"_qs);
        save->setShortcut(QKeySequence(u"Ctrl+S"_qs));
        QMenu *recent = file->addMenu(u"Open &recent"_qs);
        recent->addAction(u"/a/b && c.json"_qs);
        file->addSeparator();
        hidden = file->addAction(u"Hidden"_qs);
        hidden->setVisible(false);
        QMenu *view = bar.addMenu(u"&View"_qs);
        fit = view->addAction(u"Zoom to &fit"_qs);
        selection = view->addAction(u"Zoom to &selection"_qs);
        selection->setShortcut(QKeySequence(u"Ctrl+2"_qs));
        selection->setEnabled(false);
        field.setParent(this);
        palette.setParent(this);
        resize(900, 600);
        show();
        activateWindow();
        if (!QTest::qWaitForWindowActive(this))
            qWarning("The window is not active.");
    }
    void open(const QStringList &recent = {}, const DefinitionGraph *graph = nullptr)
    {
        palette.open(bar.actions(), graph, recent);
    }
    QLineEdit *search() { return palette.findChild<QLineEdit *>(); }
    QStringList shown()
    {
        QStringList titles;
        const QAbstractItemModel *model = palette.findChild<QListView *>()->model();
        for (int i = 0; i < model->rowCount(); ++i)
            titles.append(model->index(i, 0).data().toString());
        return titles;
    }

    QMenuBar bar;
    QAction *save;
    QAction *hidden;
    QAction *fit;
    QAction *selection;
    QLineEdit field;
    CommandPalette palette {this};
};

} // namespace

class TestCommandPalette : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fuzzyMatching()
    {
        QVERIFY(fuzzyMatch({}, u"anything"_qs));
        QVERIFY(!fuzzyMatch(u"zx"_qs, u"Zoom to fit"_qs));
        QCOMPARE(fuzzyMatch(u"ztf"_qs, u"Zoom to fit"_qs)->positions, (QList<int> {0, 5, 8}));
        QCOMPARE(fuzzyMatch(u"Z F"_qs, u"Zoom to fit"_qs)->positions, (QList<int> {0, 8}));
        // A whole word beats scattered letters, a beginning beats a middle.
        const auto score = [](const QString &pattern, const QString &text) { return fuzzyMatch(pattern, text)->score; };
        QVERIFY(score(u"copy"_qs, u"Copy"_qs) > score(u"copy"_qs, u"Close other pretty yards"_qs));
        QVERIFY(score(u"fit"_qs, u"Zoom to fit"_qs) > score(u"fit"_qs, u"profit"_qs));
        QVERIFY(score(u"fit"_qs, u"Zoom to fit"_qs) > score(u"fit"_qs, u"Find in the drawing"_qs));
        QVERIFY(score(u"save"_qs, u"Save"_qs) > score(u"save"_qs, u"Save as…"_qs));
        const auto isByWords = [](const QString &pattern, const QString &text) {
            return beginsAtWords(*fuzzyMatch(pattern, text), text);
        };
        QVERIFY(isByWords(u"ztf"_qs, u"Zoom to fit"_qs));
        QVERIFY(isByWords(u"fisav"_qs, u"File Save"_qs));
        QVERIFY(isByWords(u"toac"_qs, u"Sandbox Tools › Accounts"_qs));
        QVERIFY(!isByWords(u"shortcuts"_qs, u"Sandbox (this computer) Tools › Accounts"_qs));
        QVERIFY(fuzzyMatch(u"a"_qs, QString(100'000, u'a')));
        QVERIFY(!fuzzyMatch(QString(1000, u'a'), QString(1000, u'a')));
        fuzzyMatch(u"ß"_qs, u"STRASSE ﬁ İ"_qs); // folding must not shift letters out of range
    }

    void offersTheActionsOfAllMenus()
    {
        Window window;
        window.open();
        QVERIFY(window.palette.isVisible() && window.search()->hasFocus());
        QCOMPARE(window.shown(),
            (QStringList {u"Save"_qs, u"/a/b & c.json"_qs, u"Zoom to fit"_qs, u"Zoom to selection"_qs}));
    }

    void runsWhatIsChosen()
    {
        Window window;
        window.field.setFocus();
        window.open();
        QSignalSpy chosen(&window.palette, &CommandPalette::chosen);
        QTest::keyClicks(window.search(), u"zf"_qs);
        QCOMPARE(window.shown().first(), u"Zoom to fit"_qs);
        QTest::keyClick(window.search(), Qt::Key_Return);
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen.first().first().value<CommandPaletteModel::Entry>().action.data(), window.fit);
        QVERIFY(!window.palette.isVisible());
        QVERIFY(window.field.hasFocus()); // where it was
    }

    void whatCannotBeDoneNowIsShownButNotRun()
    {
        Window window;
        window.open();
        QSignalSpy chosen(&window.palette, &CommandPalette::chosen);
        QTest::keyClicks(window.search(), u"selection"_qs);
        QCOMPARE(window.shown(), QStringList {u"Zoom to selection"_qs});
        QTest::keyClick(window.search(), Qt::Key_Return);
        QVERIFY(chosen.isEmpty() && window.palette.isVisible());
        QTest::keyClick(window.search(), Qt::Key_Escape);
        QVERIFY(!window.palette.isVisible());
    }

    void pathsFitByTheirWords()
    {
        Window window;
        window.open();
        QTest::keyClicks(window.search(), u"sfi"_qs);
        QCOMPARE(window.shown(), QStringList {u"Save"_qs});
        window.search()->setText(u"avle"_qs); // letters of "Save File", but of no word of it
        QVERIFY(window.shown().isEmpty());
    }

    void recentlyUsedComeFirst()
    {
        Window window;
        window.open();
        const QAbstractItemModel *model = window.palette.findChild<QListView *>()->model();
        const QString fit
            = model->index(2, 0).data(CommandPaletteModel::EntryRole).value<CommandPaletteModel::Entry>().id;
        window.palette.close();
        window.open({fit, u"gone"_qs});
        QCOMPARE(window.shown().first(), u"Zoom to fit"_qs);
    }

    void goesToSteps()
    {
        const Result<std::unique_ptr<WorkflowDocument>> document = WorkflowDocument::fromText(
            R"({"name":"x","trigger":"inbound_sms","definition":{"steps":[{"id":"greet_customer","stepType":"SMS","inputs":{}}]}})",
            u"x"_qs);
        QVERIFY(document);
        Window window;
        window.open({}, &(*document)->graph());
        QVERIFY(!window.shown().contains(u"greet_customer"_qs)); // steps come by name
        QSignalSpy chosen(&window.palette, &CommandPalette::chosen);
        QTest::keyClicks(window.search(), u"grecus"_qs);
        QTest::keyClick(window.search(), Qt::Key_Return);
        QCOMPARE(chosen.first().first().value<CommandPaletteModel::Entry>().stepKey, u"greet_customer"_qs);
    }

    void closesWhenTheFocusLeaves()
    {
        Window window;
        window.open();
        window.field.setFocus();
        QVERIFY(!window.palette.isVisible());
        QVERIFY(window.field.hasFocus());
    }

    void shortcutsAreThoseOfTheActions()
    {
        Window window;
        window.save->setShortcut(QKeySequence(u"Ctrl+Alt+K"_qs)); // a key nobody wrote into a list
        ShortcutDialog dialog(window.bar.actions());
        const auto *view = dialog.findChild<QTreeView *>();
        const auto *model = qobject_cast<QStandardItemModel *>(view->model());
        const QStandardItem *file = model->item(0);
        QCOMPARE(file->text(), u"File"_qs);
        QCOMPARE(file->rowCount(), 1); // only what has a key
        QCOMPARE(file->child(0, 0)->text(), u"Save"_qs);
        QCOMPARE(file->child(0, 1)->text(), u"Ctrl+Alt+K"_qs);
        dialog.findChild<QLineEdit *>()->setText(u"zoom to sel"_qs);
        QVERIFY(view->isRowHidden(0, {}));
        QVERIFY(!view->isRowHidden(1, {}));
    }
};

QTEST_MAIN(TestCommandPalette)
#include "tst_commandpalette.moc"
