// The window's menus and tool bar.

#include "app/mainwindow.h"

#include "app/fittingtoolbar.h"
#include "app/panels/instancespanel.h"
#include "app/panels/problemspanel.h"
#include "app/pictureoutput.h"
#include "app/runcontroller.h"
#include "designer/canvas/canvasactions.h"
#include "designer/canvas/graphview.h"
#include "designer/inspector/inspector.h"
#include "designer/outline/outlinepanel.h"
#include "designer/style/pilllabel.h"
#include "designer/style/themedicon.h"

#include <QActionGroup>
#include <QDockWidget>
#include <QHBoxLayout>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>
#include <QTabWidget>
#include <QToolButton>

namespace automation {

void MainWindow::buildActions()
{
    const auto add = [this](QMenu *menu, const QString &icon, const QString &text, const QKeySequence &shortcut,
                         auto slot) {
        QAction *action = menu->addAction(themedIcon(icon), text);
        action->setShortcut(shortcut);
        action->setToolTip(shortcut.isEmpty() ? QString(action->text()).remove(u'&').remove(u"…"_qs)
                                              : tr("%1 (%2)").arg(QString(action->text()).remove(u'&').remove(u"…"_qs),
                                                  shortcut.toString(QKeySequence::NativeText)));
        connect(action, &QAction::triggered, this, slot);
        return action;
    };
    QMenu *file = menuBar()->addMenu(tr("&File"));
    add(file, u"new"_qs, tr("&New"), QKeySequence::New, [this] { newEmpty(); })->setObjectName(u"newAction"_qs);
    add(file, u"layout"_qs, tr("New from &template…"), QKeySequence(u"Ctrl+Alt+N"_qs), [this] {
        newFromTemplate();
    })->setObjectName(u"newFromTemplateAction"_qs);
    add(file, u"open"_qs, tr("&Open…"), QKeySequence::Open, [this] { openDialog(); })->setObjectName(u"openAction"_qs);
    m_recentMenu = file->addMenu(tr("Open &recent"));
    file->addSeparator();
    m_save = add(file, u"save"_qs, tr("&Save"), QKeySequence::Save, [this] { save(); });
    m_saveAs = add(file, u"save"_qs, tr("Save &as…"), QKeySequence(u"Ctrl+Shift+S"_qs), [this] { saveAs(); });
    m_saveAsTemplate = add(file, u"save"_qs, tr("Save as te&mplate…"), {}, [this] { saveAsTemplate(); });
    m_saveAsTemplate->setObjectName(u"saveAsTemplateAction"_qs);
    const auto withView = [this](auto run) {
        return [this, run] {
            if (const DocumentTab *tab = currentTab())
                run(tab->graphView());
        };
    };
    m_export = add(file, u"export"_qs, tr("&Export drawing…"), QKeySequence(u"Ctrl+Shift+E"_qs),
        withView([this](GraphView *view) { m_pictures->exportPicture(view, CanvasPictures::What::All); }));
    m_exportSelection = add(file, u"export"_qs, tr("Export se&lection…"), {},
        withView([this](GraphView *view) { m_pictures->exportPicture(view, CanvasPictures::What::Selection); }));
    m_print = add(file, u"print"_qs, tr("&Print…"), QKeySequence::Print,
        withView([this](GraphView *view) { m_pictures->print(view); }));
    m_print->setObjectName(u"printAction"_qs);
    file->addSeparator();
    m_restore = add(file, u"refresh"_qs, tr("Restore &unsaved work…"), {}, [this] { offerRestoring(); });
    m_restore->setObjectName(u"restoreAction"_qs);
    m_restore->setEnabled(false);
    file->addSeparator();
    m_close
        = add(file, u"close"_qs, tr("&Close tab"), QKeySequence::Close, [this] { closeTab(m_tabs->currentIndex()); });
    add(file, u"close"_qs, tr("&Quit"), QKeySequence::Quit, [this] { close(); });

    QMenu *edit = menuBar()->addMenu(tr("&Edit"));
    m_undo = add(edit, u"undo"_qs, tr("&Undo"), QKeySequence::Undo, [this] {
        if (DocumentTab *tab = currentTab())
            tab->document()->undoStack()->undo();
    });
    m_redo = add(edit, u"redo"_qs, tr("&Redo"), QKeySequence(u"Ctrl+Shift+Z"_qs), [this] {
        if (DocumentTab *tab = currentTab())
            tab->document()->undoStack()->redo();
    });
    m_redo->setShortcuts({QKeySequence(u"Ctrl+Shift+Z"_qs), QKeySequence(u"Ctrl+Y"_qs)});
    edit->addSeparator();
    using Canvas = CanvasActions::Id;
    m_canvas = new CanvasActions(this);
    m_pictures = new PictureOutput(m_canvas, m_notice, m_settings, this);
    m_outline->setActions(m_canvas);
    m_canvas->addTo(edit, {Canvas::Cut, Canvas::Copy, Canvas::CopyPicture, Canvas::Paste, Canvas::Duplicate});
    edit->addSeparator();
    m_canvas->addTo(edit, {Canvas::Delete, Canvas::DeleteAndReconnect, Canvas::SelectAll});
    edit->addSeparator();
    m_canvas->addTo(edit, {Canvas::Edit, Canvas::Rename});
    edit->addMenu(m_canvas->typeMenu());
    m_canvas->addTo(edit, {Canvas::ConnectTo, Canvas::Disconnect});
    edit->addSeparator();
    m_canvas->addTo(edit, {Canvas::Find, Canvas::FindNext, Canvas::FindPrevious});
    QAction *findAll = add(edit, u"search"_qs, tr("Find and replace in &workflows…"), QKeySequence(u"Ctrl+Shift+F"_qs),
        [this] { findInWorkflows(); });
    findAll->setShortcuts({QKeySequence(u"Ctrl+Shift+F"_qs), QKeySequence(u"Ctrl+H"_qs)});
    findAll->setObjectName(u"findInWorkflowsAction"_qs);

    QMenu *viewMenu = menuBar()->addMenu(tr("&View"));
    m_viewActions = new QActionGroup(this);
    const std::tuple<QString, QString, QString> views[] = {{u"layout"_qs, tr("&Design"), tr("Edit the workflow (%1)")},
        {u"play"_qs, tr("&Runs"), tr("Watch instances on the drawing (%1)")},
        {u"json"_qs, tr("&JSON"), tr("Edit the text of the definition (%1)")},
        {u"diff"_qs, tr("Di&ff"), tr("What changed since it was saved (%1)")}};
    int number = 0;
    for (const auto &[icon, text, help] : views) {
        const int index = number++;
        QAction *action = viewMenu->addAction(themedIcon(icon), text);
        action->setCheckable(true);
        action->setShortcut(QKeySequence(u"Alt+%1"_qs.arg(index + 1)));
        action->setToolTip(help.arg(action->shortcut().toString(QKeySequence::NativeText)));
        m_viewActions->addAction(action);
        connect(action, &QAction::triggered, this, [this, index] {
            if (DocumentTab *tab = currentTab())
                tab->setView(static_cast<DocumentTab::View>(index));
        });
    }
    viewMenu->addSeparator();
    m_canvas->addTo(viewMenu, {Canvas::Back, Canvas::Forward});
    m_canvas->addTo(viewMenu, {Canvas::NextStep, Canvas::PreviousStep, Canvas::NextOutcome, Canvas::PreviousOutcome});
    viewMenu->addSeparator();
    m_canvas->addTo(viewMenu, {Canvas::ZoomIn, Canvas::ZoomOut, Canvas::ActualSize, Canvas::Fit, Canvas::FitSelection});
    viewMenu->addSeparator();
    for (QDockWidget *dock : {m_leftDock, m_rightDock, m_bottomDock}) {
        QAction *action = dock->toggleViewAction();
        action->setIcon(themedIcon(u"panel"_qs));
        action->setToolTip(tr("Show or hide “%1”").arg(dock->windowTitle()));
        viewMenu->addAction(action);
    }
    add(viewMenu, u"panel"_qs, tr("Go to the &outline"), QKeySequence(u"Ctrl+Shift+O"_qs), [this] {
        showOutline();
    })->setObjectName(u"outlineAction"_qs);
    QAction *movable = viewMenu->addAction(themedIcon(u"panel"_qs), tr("Let panels be &moved"));
    movable->setCheckable(true);
    movable->setToolTip(tr("Gives the panels title bars to move them by"));
    connect(movable, &QAction::toggled, this, &MainWindow::setDocksMovable);
    viewMenu->addSeparator();
    QMenu *themes = viewMenu->addMenu(themedIcon(u"theme"_qs), tr("&Theme"));
    m_themeActions = new QActionGroup(this);
    const std::pair<QString, ThemeChoice> choices[] = {{tr("Like the &system"), ThemeChoice::System},
        {tr("&Light"), ThemeChoice::Light}, {tr("&Dark"), ThemeChoice::Dark}};
    for (const auto &[text, choice] : choices) {
        QAction *action = themes->addAction(themedIcon(u"theme"_qs), text);
        action->setToolTip(tr("Theme: %1").arg(QString(text).remove(u'&')));
        action->setCheckable(true);
        action->setData(static_cast<int>(choice));
        m_themeActions->addAction(action);
        connect(action, &QAction::triggered, this, [this, chosen = choice] {
            m_settings->setValue(u"window/theme"_qs, static_cast<int>(chosen));
            setThemeChoice(chosen);
        });
    }

    QMenu *insert = menuBar()->addMenu(tr("&Insert"));
    m_canvas->addTo(insert, {Canvas::Step, Canvas::Note});
    insert->addSeparator();
    for (const StepType &type : StepCatalog::builtIn().steps()) {
        QAction *action = add(insert, type.icon, type.label, {}, [this, name = type.name] {
            if (DocumentTab *tab = currentTab())
                tab->graphView()->addStepOfType(name);
        });
        action->setToolTip(type.description);
        m_stepActions.append(action);
    }

    QMenu *arrange = menuBar()->addMenu(tr("&Arrange"));
    m_canvas->addTo(arrange, {Canvas::MoveLeft, Canvas::MoveRight, Canvas::MoveUp, Canvas::MoveDown});
    arrange->addSeparator();
    m_canvas->addArrangements(arrange);
    arrange->addSeparator();
    m_canvas->addTo(arrange, {Canvas::Tidy, Canvas::LeftToRight});
    arrange->addSeparator();
    m_canvas->addTo(arrange, {Canvas::Extract});
    connect(m_canvas, &CanvasActions::extractRequested, this, &MainWindow::extractSelection);

    QMenu *workflow = menuBar()->addMenu(tr("&Workflow"));
    m_publish = add(workflow, u"publish"_qs, tr("&Publish…"), QKeySequence(u"Ctrl+Shift+U"_qs), [this] {
        if (m_inspector->commitPending() && currentTab()->commitText())
            m_runs->publish();
    });
    m_enable = add(workflow, u"play"_qs, tr("&Enable"), {}, [this] { m_runs->setEnabled(true); });
    m_disable = add(workflow, u"pause"_qs, tr("&Disable"), {}, [this] { m_runs->setEnabled(false); });

    QMenu *run = menuBar()->addMenu(tr("&Run"));
    m_testRun = add(run, u"play"_qs, tr("&Test run…"), QKeySequence(u"Ctrl+R"_qs), [this] {
        if (m_inspector->commitPending() && currentTab()->commitText())
            m_runs->testRun();
    });
    run->addSeparator();
    const auto instances = [this](InstanceAction action) {
        return [this, action] { m_runs->changeInstances(m_instances->selectedInstances(), action); };
    };
    m_suspend = add(run, u"pause"_qs, tr("&Suspend instance"), {}, instances(InstanceAction::Suspend));
    m_resume = add(run, u"play"_qs, tr("&Resume instance"), {}, instances(InstanceAction::Resume));
    m_terminate = add(run, u"stop"_qs, tr("Ter&minate instance…"), {}, instances(InstanceAction::Terminate));
    run->addSeparator();
    m_editSamples = add(run, u"edit"_qs, tr("Edit sam&ples…"), {}, [this] { openSamples(); });
    m_saveSample = add(run, u"save"_qs, tr("Sa&ve context as sample…"), {}, [this] { saveInstanceSample(); });
    run->addSeparator();
    add(run, u"refresh"_qs, tr("Re&fresh"), QKeySequence(u"F5"_qs), [this] { m_session->refresh(); });

    QMenu *tools = menuBar()->addMenu(tr("&Tools"));
    add(tools, u"sandbox"_qs, tr("Connect to the &sandbox"), {}, [this] { connectToSandbox(); });
    m_accountMenu = tools->addMenu(themedIcon(u"cloud"_qs), tr("&Accounts"));

    QMenu *help = menuBar()->addMenu(tr("&Help"));
    QAction *palette = add(help, u"command"_qs, tr("&Command palette…"), QKeySequence(u"Ctrl+Shift+P"_qs),
        [this] { openCommandPalette(); });
    palette->setObjectName(u"commandPaletteAction"_qs);
    QAction *shortcuts = add(
        help, u"keyboard"_qs, tr("&Keyboard and mouse shortcuts"), QKeySequence(u"?"_qs), [this] { showShortcuts(); });
    shortcuts->setObjectName(u"shortcutsAction"_qs);
    help->addSeparator();
    add(help, u"info"_qs, tr("&About"), {}, [this] {
        QMessageBox::about(this, tr("About Automation Designer"),
            tr("<b>Automation Designer %1</b><p>Draw, rehearse, publish and watch workflows of the Automation API.</p>"
               "<p>Free software under the GNU General Public License, version 3 or later.</p>")
                .arg(QLatin1String(AUTOMATION_VERSION)));
    });
}

void MainWindow::buildToolBar()
{
    m_toolBar = new FittingToolBar(tr("Main tools"));
    FittingToolBar *bar = m_toolBar;
    addToolBar(bar);
    bar->setObjectName(u"mainToolBar"_qs);
    bar->setMovable(false);
    bar->setFloatable(false);
    bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    bar->toggleViewAction()->setVisible(false);
    bar->addAction(findChild<QAction *>(u"newAction"_qs));
    bar->addAction(findChild<QAction *>(u"openAction"_qs));
    bar->addAction(m_save);
    bar->addSeparator();
    bar->addAction(m_undo);
    bar->addAction(m_redo);
    for (QAction *action : {m_undo, m_redo})
        static_cast<QToolButton *>(bar->widgetForAction(action))->setToolButtonStyle(Qt::ToolButtonIconOnly);
    bar->addSeparator();
    m_zoomButton = new QToolButton;
    m_zoomButton->setPopupMode(QToolButton::InstantPopup);
    m_zoomButton->setToolTip(tr("Zoom"));
    auto *zoomMenu = new QMenu(m_zoomButton);
    using Canvas = CanvasActions::Id;
    m_canvas->addTo(zoomMenu, {Canvas::ZoomIn, Canvas::ZoomOut, Canvas::ActualSize, Canvas::Fit, Canvas::FitSelection});
    m_zoomButton->setMenu(zoomMenu);
    QAction *zoom = bar->addWidget(m_zoomButton);

    auto *spacer = new QWidget;
    spacer->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    bar->addWidget(spacer);

    auto *right = new QWidget;
    auto *layout = new QHBoxLayout(right);
    layout->setContentsMargins(0, 0, 8, 0);
    layout->setSpacing(8);
    m_problemsPill = new PillLabel;
    connect(m_problemsPill, &PillLabel::clicked, this, [this] {
        m_bottomDock->show();
        m_bottomTabs->setCurrentWidget(m_problems);
    });
    m_servicePill = new PillLabel;
    m_servicePill->setMenu(m_accountMenu);
    auto *testRun = new QPushButton(themedIcon(u"play"_qs), tr("Test run"));
    connect(testRun, &QPushButton::clicked, m_testRun, &QAction::trigger);
    connect(m_testRun, &QAction::changed, testRun, [this, testRun] { testRun->setEnabled(m_testRun->isEnabled()); });
    testRun->setAccessibleName(tr("Test run"));
    testRun->setToolTip(m_testRun->toolTip());
    testRun->setObjectName(u"testRunButton"_qs);
    auto *publish = new QPushButton(tr("Publish…"));
    publish->setProperty("primary", true);
    publish->setToolTip(m_publish->toolTip());
    publish->setObjectName(u"publishButton"_qs);
    connect(publish, &QPushButton::clicked, m_publish, &QAction::trigger);
    connect(m_publish, &QAction::changed, publish, [this, publish] { publish->setEnabled(m_publish->isEnabled()); });
    for (QWidget *widget : {static_cast<QWidget *>(m_problemsPill), static_cast<QWidget *>(m_servicePill),
             static_cast<QWidget *>(testRun), static_cast<QWidget *>(publish)})
        layout->addWidget(widget);
    bar->addWidget(right);

    bar->addShortening([this, bar](bool isShort) {
        for (QAction *action : {findChild<QAction *>(u"newAction"_qs), findChild<QAction *>(u"openAction"_qs), m_save})
            static_cast<QToolButton *>(bar->widgetForAction(action))
                ->setToolButtonStyle(isShort ? Qt::ToolButtonIconOnly : Qt::ToolButtonTextBesideIcon);
    });
    bar->addShortening([this](bool isShort) {
        m_servicePill->setBrief(isShort);
        m_servicePill->setMaximumWidth(isShort ? 150 : QWIDGETSIZE_MAX);
    });
    bar->addShortening([this](bool isShort) { m_problemsPill->setBrief(isShort); });
    bar->addShortening([testRun](bool isShort) { testRun->setText(isShort ? QString() : tr("Test run")); });
    bar->addShortening([zoom](bool isShort) { zoom->setVisible(!isShort); }); // the status bar shows it, too
    updateAccountMenu();
    updateServicePill();
}

} // namespace automation
