// Every gesture on the drawing with the pointer and the keys of a screen: what the document is afterwards, that one
// undo gives back the very bytes, and that Esc in the middle leaves no trace.

#include "app/commands/commandpalette.h"
#include "app/mainwindow.h"
#include "app/panels/problemspanel.h"
#include "designer/canvas/canvasfinder.h"
#include "designer/canvas/graphview.h"
#include "designer/canvas/inplaceeditor.h"
#include "designer/canvas/noteeditor.h"
#include "designer/canvas/quickadd.h"
#include "designer/canvas/sceneplaces.h"
#include "designer/canvas/searchbar.h"
#include "designer/inspector/inspector.h"
#include "designer/palette/steppalette.h"
#include "tests/end_to_end/realinput.h"

#include <QApplication>
#include <QClipboard>
#include <QDialog>
#include <QFile>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QSettings>
#include <QTabBar>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTreeView>
#include <QtTest>

using namespace automation;

class CanvasInputTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void wheelPansAndZooms();
    void middleAndSpaceDragPan();
    void zoomKeys();
    void clicksAndBandSelect();
    void arrowsWalkAndExtend();
    void deleteAndReconnect();
    void copyPasteAcrossDocuments();
    void duplicate();
    void quickAddWithTabAndDoubleClick();
    void wireDroppedOnCanvasAndOnACard();
    void eitherEndOfAWire();
    void stepDroppedOnAnEdge();
    void stepDragEscaped();
    void extractSelection();
    void cardsDraggedAndNudged();
    void rename();
    void changeTypeFromTheMenu();
    void search();
    void placesBackAndForward();
    void commandPalette();
    void shortcutList();
    void enterEdits();
    void doubleClickOnAProblem();
    void noteWritten();
    void dragPastTheEdge();
    void escapeInTheMiddle_data();
    void escapeInTheMiddle();
    void textFieldsKeepTheirKeys();

private:
    GraphView *canvas() const { return m_window->currentTab()->graphView(); }
    WorkflowDocument *document() const { return m_window->currentTab()->document(); }
    QPoint onScreen(const QPointF &scene) const
    {
        return RealInput::at(canvas()->viewport(), canvas()->transform().toView(scene).toPoint());
    }
    const SceneNode &card(const QString &key) const
    {
        return canvas()->scene()->nodes().at(canvas()->scene()->indexOfKey(key));
    }
    QPoint onCard(const QString &key) const { return onScreen(card(key).box.topLeft() + QPointF(120, 14)); }
    QPoint port(const QString &key, int outcome = 0) const
    {
        return onScreen(canvas()->scene()->portPosition(canvas()->scene()->indexOfKey(key), outcome));
    }
    const SceneEdge &edge(const QString &key, int outcome = 0) const
    {
        return canvas()->scene()->edges().at(canvas()->scene()->edgeOf(canvas()->scene()->indexOfKey(key), outcome));
    }
    QString target(const QString &key, int outcome = 0) const
    {
        const DefinitionGraph &graph = document()->graph();
        return graph.nodes().at(graph.indexOfKey(key)).outcomes.at(outcome).target;
    }
    // The row of a step type in the palette.
    QPoint inPalette(const QString &label) const
    {
        const QListView *list = m_window->findChild<StepPalette *>()->list();
        for (int i = 0; i < list->model()->rowCount(); ++i) {
            const QModelIndex index = list->model()->index(i, 0);
            if (index.flags().testFlag(Qt::ItemIsDragEnabled) && index.data().toString() == label) // no heading
                return RealInput::at(list->viewport(), list->visualRect(index).center());
        }
        return {};
    }
    QPoint emptyPlace() const
    {
        return RealInput::at(canvas()->viewport(), canvas()->viewport()->rect().bottomLeft() + QPoint(20, -20));
    }
    // Ctrl+Z once gives the very first bytes and drawing.
    void undoRestores()
    {
        QCOMPARE(document()->undoStack()->index(), 1);
        RealInput::key(u"ctrl+z"_qs);
        QTRY_COMPARE(document()->undoStack()->index(), 0);
        QCOMPARE(document()->text(), m_original);
        QVERIFY(document()->drawing().isDefault());
        QVERIFY(!document()->isModified());
    }
    bool untouched() const { return document()->undoStack()->count() == 0 && document()->text() == m_original; }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<MainWindow> m_window;
    QByteArray m_original;
};

void CanvasInputTest::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    qputenv("XDG_DATA_HOME", m_directory->path().toUtf8());
    m_settings = std::make_unique<QSettings>(m_directory->filePath(u"settings.ini"_qs), QSettings::IniFormat);
    m_window = std::make_unique<MainWindow>(m_settings.get());
    m_window->setThemeChoice(MainWindow::ThemeChoice::Light);
    m_window->resize(1600, 960);
    m_window->move(0, 0);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get(), 15'000));
    const QString path = m_directory->filePath(u"booking.json"_qs);
    QVERIFY(QFile::copy(QStringLiteral(TEST_DATA_DIR "/canvas/booking.json"), path));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    m_original = file.readAll();
    m_window->openFile(path);
    QTRY_VERIFY(m_window->currentTab());
    QTRY_VERIFY(!canvas()->isLayoutPending() && !canvas()->scene()->nodes().isEmpty());
    QTRY_VERIFY(canvas()->hasFocus());
    canvas()->zoomToFit();
}

void CanvasInputTest::cleanup()
{
    m_window.reset();
    m_settings.reset();
    m_directory.reset();
}

void CanvasInputTest::wheelPansAndZooms()
{
    const ViewTransform before = canvas()->transform();
    RealInput::wheel(onCard(u"ask"_qs), -2);
    QTRY_VERIFY(canvas()->transform().offset.y() < before.offset.y());
    const QPoint pointer = onCard(u"choose"_qs);
    const QPointF under = canvas()->transform().toScene(QPointF(canvas()->viewport()->mapFromGlobal(pointer)));
    RealInput::wheel(pointer, 2, u"ctrl"_qs);
    QTRY_VERIFY(canvas()->zoom() > before.zoom * 1.3);
    QVERIFY((onScreen(under) - pointer).manhattanLength() <= 3); // zoomed at the pointer
    QVERIFY(untouched());
}

void CanvasInputTest::middleAndSpaceDragPan()
{
    const QPointF before = canvas()->transform().offset;
    const QPoint from = onCard(u"ask"_qs);
    RealInput::dragWith(from, from + QPoint(60, 40), 2);
    QTRY_COMPARE(canvas()->transform().offset, before + QPointF(60, 40));
    RealInput::dragWith(from, from - QPoint(60, 40), 1, u"space"_qs);
    QTRY_COMPARE(canvas()->transform().offset, before);
    QVERIFY(canvas()->selection().isEmpty());
    QVERIFY(untouched());
}

void CanvasInputTest::zoomKeys()
{
    RealInput::key(u"ctrl+0"_qs);
    QTRY_COMPARE(canvas()->zoomPercent(), 100);
    RealInput::click(onCard(u"ask"_qs));
    RealInput::key(u"ctrl+2"_qs);
    QTRY_COMPARE(canvas()->zoomPercent(), 150);
    RealInput::key(u"ctrl+1"_qs);
    QTRY_VERIFY(canvas()->zoomPercent() <= 100);
    const int fit = canvas()->zoomPercent();
    RealInput::key(u"ctrl+minus"_qs);
    QTRY_VERIFY(canvas()->zoomPercent() < fit);
}

void CanvasInputTest::clicksAndBandSelect()
{
    RealInput::click(onCard(u"ask"_qs));
    QTRY_COMPARE(canvas()->selection(), QStringList {u"ask"_qs});
    const QPoint confirm = onCard(u"confirm"_qs);
    RealInput::dragWith(confirm, confirm, 1, u"ctrl"_qs);
    QTRY_COMPARE(canvas()->selection(), (QStringList {u"ask"_qs, u"confirm"_qs}));
    RealInput::drag(onScreen(card(u"confirm"_qs).box.bottomLeft() + QPointF(-15, 15)),
        onScreen(card(u"offer_link"_qs).box.topRight() + QPointF(15, -8)));
    QTRY_COMPARE(canvas()->selection().size(), 2);
    QVERIFY(canvas()->selection().contains(u"offer_link"_qs));
    RealInput::key(u"ctrl+a"_qs);
    QTRY_COMPARE(canvas()->selection().size(), 6);
    RealInput::key(u"Escape"_qs);
    QTRY_VERIFY(canvas()->selection().isEmpty());
    QVERIFY(untouched());
}

void CanvasInputTest::arrowsWalkAndExtend()
{
    RealInput::click(onCard(u"ask"_qs));
    RealInput::key(u"Down"_qs);
    QTRY_COMPARE(canvas()->selection(), QStringList {u"await_answer"_qs});
    RealInput::key(u"shift+Up"_qs);
    QTRY_COMPARE(canvas()->selection(), (QStringList {u"await_answer"_qs, u"ask"_qs}));
    QVERIFY(untouched());
}

void CanvasInputTest::deleteAndReconnect()
{
    RealInput::click(onCard(u"ask"_qs));
    RealInput::key(u"ctrl+Delete"_qs);
    QTRY_COMPARE(document()->graph().stepCount(), 5);
    QCOMPARE(target(DefinitionGraph::triggerKey()), u"await_answer"_qs);
    undoRestores();
    RealInput::click(onCard(u"farewell"_qs));
    RealInput::key(u"Delete"_qs);
    QTRY_COMPARE(document()->graph().stepCount(), 5);
    QVERIFY(document()->graph().indexOfId(u"farewell"_qs) < 0);
    undoRestores();
}

void CanvasInputTest::copyPasteAcrossDocuments()
{
    RealInput::click(onCard(u"farewell"_qs));
    RealInput::key(u"ctrl+c"_qs);
    QTRY_VERIFY(QApplication::clipboard()->text().contains(u"\"stepType\""));
    QVERIFY(untouched());
    RealInput::key(u"ctrl+n"_qs);
    QTRY_COMPARE(document()->graph().stepCount(), 0);
    RealInput::key(u"ctrl+v"_qs);
    QTRY_COMPARE(document()->graph().stepCount(), 1);
    QCOMPARE(target(DefinitionGraph::triggerKey()), u"farewell"_qs);
    RealInput::key(u"ctrl+z"_qs);
    QTRY_COMPARE(document()->graph().stepCount(), 0);
}

void CanvasInputTest::duplicate()
{
    RealInput::click(onCard(u"ask"_qs));
    RealInput::key(u"ctrl+d"_qs);
    QTRY_COMPARE(document()->graph().stepCount(), 7);
    QCOMPARE(target(u"ask_2"_qs), u"await_answer"_qs);
    undoRestores();
}

void CanvasInputTest::quickAddWithTabAndDoubleClick()
{
    auto *quickAdd = canvas()->findChild<QuickAdd *>(u"quickAdd"_qs);
    RealInput::click(onCard(u"confirm"_qs));
    RealInput::key(u"Tab"_qs);
    QTRY_VERIFY(quickAdd->isOpen());
    RealInput::type(u"sms"_qs);
    RealInput::key(u"Return"_qs);
    QTRY_COMPARE(document()->graph().stepCount(), 7);
    QVERIFY(!target(u"confirm"_qs).isEmpty());
    undoRestores();
    RealInput::doubleClick(emptyPlace());
    QTRY_VERIFY(quickAdd->isOpen());
    RealInput::key(u"Escape"_qs);
    QTRY_VERIFY(!quickAdd->isOpen());
    QCOMPARE(document()->undoStack()->index(), 0);
}

void CanvasInputTest::wireDroppedOnCanvasAndOnACard()
{
    auto *quickAdd = canvas()->findChild<QuickAdd *>(u"quickAdd"_qs);
    RealInput::drag(port(u"farewell"_qs), onScreen(card(u"farewell"_qs).box.center() + QPointF(0, 130)));
    QTRY_VERIFY(quickAdd->isOpen());
    QVERIFY(untouched());
    RealInput::type(u"http"_qs);
    RealInput::key(u"Return"_qs);
    QTRY_VERIFY(!target(u"farewell"_qs).isEmpty());
    undoRestores();
    RealInput::drag(port(u"farewell"_qs), onCard(u"confirm"_qs));
    QTRY_COMPARE(target(u"farewell"_qs), u"confirm"_qs);
    undoRestores();
}

void CanvasInputTest::eitherEndOfAWire()
{
    const QList<QPointF> points = edge(u"ask"_qs).points;
    RealInput::drag(onScreen(points.last() - QPointF(0, 5)), onCard(u"farewell"_qs));
    QTRY_COMPARE(target(u"ask"_qs), u"farewell"_qs);
    undoRestores();
    canvas()->selectConnection(u"ask"_qs, u"next"_qs);
    RealInput::drag(onScreen(startGrip(edge(u"ask"_qs))), onCard(u"farewell"_qs));
    QTRY_COMPARE(target(u"farewell"_qs), u"await_answer"_qs);
    QVERIFY(target(u"ask"_qs).isEmpty());
    undoRestores();
}

void CanvasInputTest::stepDroppedOnAnEdge()
{
    RealInput::drag(inPalette(u"Wait"_qs), onScreen(edge(u"ask"_qs).addButton));
    QTRY_COMPARE(document()->graph().stepCount(), 7);
    QCOMPARE(target(target(u"ask"_qs)), u"await_answer"_qs);
    undoRestores();
}

void CanvasInputTest::stepDragEscaped()
{
    RealInput::dragAndEscape(inPalette(u"Wait"_qs), onScreen(edge(u"ask"_qs).addButton));
    QVERIFY(untouched() && document()->drawing().isDefault());
    QCOMPARE(canvas()->state().targetEdge, -1); // nothing is shown of it any more
    // The next one works.
    RealInput::drag(inPalette(u"Wait"_qs), onScreen(edge(u"ask"_qs).addButton));
    QTRY_COMPARE(document()->graph().stepCount(), 7);
    undoRestores();
}

void CanvasInputTest::extractSelection()
{
    WorkflowDocument *original = document();
    RealInput::click(onCard(u"offer_link"_qs));
    RealInput::key(u"ctrl+shift+p"_qs);
    QTRY_VERIFY(m_window->findChild<CommandPalette *>() && m_window->findChild<CommandPalette *>()->isVisible());
    RealInput::type(u"extract"_qs);
    RealInput::key(u"Return"_qs);
    QTRY_VERIFY(document() != original);
    QCOMPARE(document()->graph().stepCount(), 1);
    QCOMPARE(document()->graph().indexOfId(u"offer_link"_qs), 1);
    QCOMPARE(document()->definition().trigger(), original->definition().trigger());
    QCOMPARE(original->graph().indexOfId(u"offer_link"_qs), -1);
    QCOMPARE(original->graph().stepCount(), 5);
    QTabWidget *tabs = nullptr; // that of the documents
    for (QTabWidget *one : m_window->findChildren<QTabWidget *>())
        tabs = one->isAncestorOf(canvas()) ? one : tabs;
    QVERIFY(tabs);
    RealInput::click(RealInput::at(tabs->tabBar(), tabs->tabBar()->tabRect(0).center()));
    QTRY_VERIFY(document() == original);
    undoRestores();
    QVERIFY(document()->graph().indexOfId(u"offer_link"_qs) > 0);
}

void CanvasInputTest::cardsDraggedAndNudged()
{
    const QPointF before = card(u"farewell"_qs).box.topLeft();
    const QPoint from = onCard(u"farewell"_qs);
    RealInput::drag(from, from + QPoint(90, 120));
    QTRY_VERIFY((card(u"farewell"_qs).box.topLeft() - before).manhattanLength() > 100);
    QCOMPARE(document()->text(), m_original); // the drawing changed, no byte of the definition
    undoRestores();
    QTRY_COMPARE(card(u"farewell"_qs).box.topLeft(), before);
    RealInput::click(onCard(u"farewell"_qs));
    RealInput::key(u"ctrl+Right"_qs);
    QTRY_VERIFY(card(u"farewell"_qs).box.left() > before.x());
    undoRestores();
}

void CanvasInputTest::rename()
{
    RealInput::click(onCard(u"await_answer"_qs));
    RealInput::key(u"F2"_qs);
    QTRY_VERIFY(canvas()->findChild<InPlaceEditor *>()->hasFocus());
    RealInput::type(u"listen"_qs);
    RealInput::key(u"Return"_qs);
    QTRY_COMPARE(target(u"ask"_qs), u"listen"_qs);
    QVERIFY(canvas()->hasFocus());
    undoRestores();
}

void CanvasInputTest::changeTypeFromTheMenu()
{
    RealInput::click(onCard(u"ask"_qs), 3);
    QTRY_VERIFY(QApplication::activePopupWidget());
    auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
    QVERIFY(menu);
    const auto rowOf = [](QMenu *in, const QString &text) {
        for (QAction *action : in->actions()) {
            if (action->text().remove(u'&') == text)
                return RealInput::at(in, in->actionGeometry(action).center());
        }
        return QPoint();
    };
    RealInput::click(rowOf(menu, u"Change type"_qs));
    QTRY_VERIFY(QApplication::activePopupWidget() && QApplication::activePopupWidget() != menu);
    auto *types = qobject_cast<QMenu *>(QApplication::activePopupWidget());
    RealInput::click(rowOf(types, u"SMS"_qs));
    QTRY_COMPARE(document()->graph().nodes().at(document()->graph().indexOfId(u"ask"_qs)).typeName, u"SMS"_qs);
    QCOMPARE(target(u"ask"_qs), u"await_answer"_qs);
    undoRestores();
}

void CanvasInputTest::search()
{
    RealInput::key(u"ctrl+f"_qs);
    QTRY_VERIFY(canvas()->findChild<SearchBar *>()->isVisible());
    RealInput::type(u"table"_qs);
    QTRY_COMPARE(canvas()->finder().found().size(), 4);
    RealInput::key(u"Return"_qs);
    QTRY_COMPARE(canvas()->selection().size(), 1);
    const QString first = canvas()->selection().first();
    RealInput::key(u"F3"_qs);
    QTRY_VERIFY(canvas()->selection() != QStringList {first});
    RealInput::key(u"Escape"_qs);
    QTRY_VERIFY(!canvas()->findChild<SearchBar *>()->isVisible());
    QVERIFY(canvas()->hasFocus() && untouched());
}

void CanvasInputTest::placesBackAndForward()
{
    RealInput::click(onCard(u"ask"_qs));
    RealInput::click(onCard(u"confirm"_qs));
    RealInput::key(u"alt+Left"_qs);
    QTRY_COMPARE(canvas()->selection(), QStringList {u"ask"_qs});
    RealInput::key(u"alt+Right"_qs);
    QTRY_COMPARE(canvas()->selection(), QStringList {u"confirm"_qs});
    QVERIFY(untouched());
}

void CanvasInputTest::commandPalette()
{
    RealInput::key(u"ctrl+shift+p"_qs);
    QTRY_VERIFY(m_window->findChild<CommandPalette *>() && m_window->findChild<CommandPalette *>()->isVisible());
    RealInput::type(u"offerl"_qs);
    RealInput::key(u"Return"_qs);
    QTRY_COMPARE(canvas()->selection(), QStringList {u"offer_link"_qs});
    QVERIFY(canvas()->hasFocus());
    RealInput::key(u"ctrl+shift+p"_qs);
    QTRY_VERIFY(m_window->findChild<CommandPalette *>()->isVisible());
    RealInput::type(u"duplicate"_qs);
    RealInput::key(u"Return"_qs);
    QTRY_COMPARE(document()->graph().stepCount(), 7);
    undoRestores();
    QCOMPARE(m_settings->value(u"commands/recent"_qs).toStringList().size(), 1);
}

void CanvasInputTest::shortcutList()
{
    RealInput::key(u"question"_qs);
    QTRY_VERIFY(QApplication::activeModalWidget());
    QCOMPARE(QApplication::activeModalWidget()->objectName(), u"shortcutDialog"_qs);
    QVERIFY(QTest::qWaitForWindowActive(QApplication::activeModalWidget()));
    RealInput::key(u"Escape"_qs);
    QTRY_VERIFY(!QApplication::activeModalWidget());
}

void CanvasInputTest::enterEdits()
{
    RealInput::click(onCard(u"offer_link"_qs));
    RealInput::key(u"Return"_qs);
    auto *inspector = m_window->findChild<Inspector *>();
    QTRY_VERIFY(inspector->isAncestorOf(QApplication::focusWidget()));
    QVERIFY(untouched());
}

void CanvasInputTest::doubleClickOnAProblem()
{
    auto *table = m_window->findChild<ProblemsPanel *>()->findChild<QTreeView *>();
    QVERIFY(table->model()->rowCount() > 0);
    const QRect row = table->visualRect(table->model()->index(0, 0));
    RealInput::doubleClick(RealInput::at(table->viewport(), QPoint(row.left() + 60, row.center().y())));
    QTRY_COMPARE(canvas()->selection(), QStringList {u"choose"_qs});
    QTRY_VERIFY(m_window->findChild<Inspector *>()->isAncestorOf(QApplication::focusWidget()));
}

void CanvasInputTest::noteWritten()
{
    RealInput::key(u"ctrl+shift+n"_qs);
    QTRY_VERIFY(canvas()->findChild<NoteEditor *>()->hasFocus());
    RealInput::type(u"Remember this"_qs);
    RealInput::key(u"ctrl+Return"_qs);
    QTRY_COMPARE(document()->drawing().notes.size(), 1);
    QCOMPARE(document()->text(), m_original);
    undoRestores();
}

void CanvasInputTest::dragPastTheEdge()
{
    canvas()->setZoom(2, QPointF(0, 0));
    canvas()->revealStep(u"ask"_qs);
    const QPointF before = canvas()->transform().offset;
    const QPoint out = RealInput::at(canvas()->viewport(), QPoint(400, canvas()->viewport()->height() + 30));
    RealInput::dragWith(port(u"ask"_qs), out, 1, {}, false);
    QTRY_VERIFY(canvas()->transform().offset.y() < before.y() - 80);
    RealInput::keyWhileDragging(u"Escape"_qs);
    RealInput::releaseButton();
    QTRY_VERIFY(!canvas()->hasInteraction());
    QVERIFY(untouched());
}

void CanvasInputTest::escapeInTheMiddle_data()
{
    QTest::addColumn<int>("what");
    QTest::newRow("wire") << 0;
    QTest::newRow("wire end") << 1;
    QTest::newRow("wire start") << 2;
    QTest::newRow("card") << 3;
    QTest::newRow("band") << 4;
}

void CanvasInputTest::escapeInTheMiddle()
{
    QFETCH(int, what);
    canvas()->selectConnection(u"ask"_qs, u"next"_qs);
    const QPoint places[] = {port(u"farewell"_qs), onScreen(endGrip(edge(u"ask"_qs))),
        onScreen(startGrip(edge(u"ask"_qs))), onCard(u"farewell"_qs), emptyPlace()};
    const QPoint to = onCard(u"confirm"_qs) + QPoint(10, 12);
    RealInput::dragWith(places[what], to, 1, {}, false);
    QTRY_VERIFY(canvas()->hasInteraction());
    RealInput::keyWhileDragging(u"Escape"_qs);
    QTRY_VERIFY(!canvas()->hasInteraction());
    RealInput::releaseButton();
    QVERIFY(canvas()->state().offsets.isEmpty() && canvas()->state().hiddenEdge == -1);
    QVERIFY(!canvas()->findChild<QuickAdd *>(u"quickAdd"_qs)->isOpen());
    QVERIFY(untouched() && document()->drawing().isDefault());
}

void CanvasInputTest::textFieldsKeepTheirKeys()
{
    RealInput::click(onCard(u"ask"_qs));
    auto *search = m_window->findChild<StepPalette *>()->findChild<QLineEdit *>();
    RealInput::click(RealInput::centerOf(search));
    QTRY_VERIFY(search->hasFocus());
    RealInput::type(u"what?"_qs);
    QTRY_COMPARE(search->text(), u"what?"_qs);
    RealInput::key(u"ctrl+a"_qs);
    RealInput::key(u"ctrl+x"_qs);
    QTRY_VERIFY(search->text().isEmpty());
    RealInput::key(u"ctrl+v"_qs);
    QTRY_COMPARE(search->text(), u"what?"_qs);
    RealInput::key(u"Delete"_qs);
    QCOMPARE(canvas()->selection(), QStringList {u"ask"_qs});
    QVERIFY(untouched());
}

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QApplication::setApplicationName(u"tst_canvasinput"_qs);
    CanvasInputTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_canvasinput.moc"
