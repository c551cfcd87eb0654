// The window's actions, menus, tool bar and what they show of the state.

#include "app/mainwindow.h"

#include "app/panels/errorspanel.h"
#include "app/panels/instancespanel.h"
#include "app/panels/problemspanel.h"
#include "app/panels/startpanel.h"
#include "app/runcontroller.h"
#include "app/views/noticebar.h"
#include "designer/canvas/graphview.h"
#include "designer/drawing/pictureexport.h"
#include "designer/inspector/inspector.h"
#include "designer/palette/steppalette.h"
#include "designer/style/applicationstyle.h"
#include "designer/style/pilllabel.h"
#include "designer/style/themedicon.h"

#include <QActionGroup>
#include <QApplication>
#include <QDir>
#include <QDockWidget>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QPushButton>
#include <QStackedWidget>
#include <QTabBar>
#include <QTabWidget>
#include <QToolBar>
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
    const auto view = [this](auto method) {
        return [this, method] {
            if (DocumentTab *tab = currentTab())
                (tab->graphView()->*method)();
        };
    };

    QMenu *file = menuBar()->addMenu(tr("&File"));
    add(file, u"new"_qs, tr("&New"), QKeySequence::New, [this] { newEmpty(); })->setObjectName(u"newAction"_qs);
    add(file, u"open"_qs, tr("&Open…"), QKeySequence::Open, [this] { openDialog(); })->setObjectName(u"openAction"_qs);
    m_recentMenu = file->addMenu(tr("Open &recent"));
    file->addSeparator();
    m_save = add(file, u"save"_qs, tr("&Save"), QKeySequence::Save, [this] { save(); });
    m_saveAs = add(file, u"save"_qs, tr("Save &as…"), QKeySequence(u"Ctrl+Shift+S"_qs), [this] { saveAs(); });
    m_export = add(
        file, u"export"_qs, tr("&Export drawing…"), QKeySequence(u"Ctrl+Shift+E"_qs), [this] { exportPicture(); });
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
    // No window shortcuts for these: text fields keep their own keys, the canvas handles its.
    m_delete = add(edit, u"delete"_qs, tr("&Delete"), {}, [this] {
        if (DocumentTab *tab = currentTab())
            tab->graphView()->deleteSelection(false);
    });
    m_deleteAndHeal = add(edit, u"delete"_qs, tr("Delete and re&connect"), {}, [this] {
        if (DocumentTab *tab = currentTab())
            tab->graphView()->deleteSelection(true);
    });
    m_selectAll = add(edit, u"check"_qs, tr("Select &all"), {}, view(&GraphView::selectAll));

    QMenu *viewMenu = menuBar()->addMenu(tr("&View"));
    m_viewActions = new QActionGroup(this);
    const QString names[] = {tr("&Design"), tr("&Runs"), tr("&JSON"), tr("Di&ff")};
    for (int i = 0; i < 4; ++i) {
        QAction *action = viewMenu->addAction(names[i]);
        action->setCheckable(true);
        action->setShortcut(QKeySequence(u"Alt+%1"_qs.arg(i + 1)));
        m_viewActions->addAction(action);
        connect(action, &QAction::triggered, this, [this, i] {
            if (DocumentTab *tab = currentTab())
                tab->setView(static_cast<DocumentTab::View>(i));
        });
    }
    viewMenu->addSeparator();
    m_zoomIn = add(viewMenu, u"zoom-in"_qs, tr("Zoom &in"), QKeySequence::ZoomIn, view(&GraphView::zoomIn));
    m_zoomOut = add(viewMenu, u"zoom-out"_qs, tr("Zoom &out"), QKeySequence::ZoomOut, view(&GraphView::zoomOut));
    m_zoomActual
        = add(viewMenu, u"search"_qs, tr("&Actual size"), QKeySequence(u"Ctrl+0"_qs), view(&GraphView::zoomActual));
    m_fit = add(viewMenu, u"fit"_qs, tr("Zoom to &fit"), QKeySequence(u"Ctrl+1"_qs), view(&GraphView::zoomToFit));
    viewMenu->addSeparator();
    for (QDockWidget *dock : {m_leftDock, m_rightDock, m_bottomDock})
        viewMenu->addAction(dock->toggleViewAction());
    QAction *movable = viewMenu->addAction(tr("Let panels be &moved"));
    movable->setCheckable(true);
    connect(movable, &QAction::toggled, this, &MainWindow::setDocksMovable);
    viewMenu->addSeparator();
    QMenu *themes = viewMenu->addMenu(tr("&Theme"));
    m_themeActions = new QActionGroup(this);
    const std::pair<QString, ThemeChoice> choices[] = {{tr("Like the &system"), ThemeChoice::System},
        {tr("&Light"), ThemeChoice::Light}, {tr("&Dark"), ThemeChoice::Dark}};
    for (const auto &[text, choice] : choices) {
        QAction *action = themes->addAction(text);
        action->setCheckable(true);
        action->setData(static_cast<int>(choice));
        m_themeActions->addAction(action);
        connect(action, &QAction::triggered, this, [this, chosen = choice] {
            m_settings->setValue(u"window/theme"_qs, static_cast<int>(chosen));
            setThemeChoice(chosen);
        });
    }

    QMenu *insert = menuBar()->addMenu(tr("&Insert"));
    m_quickAdd = add(insert, u"add"_qs, tr("&Step…"), {}, view(&GraphView::quickAdd));
    insert->addSeparator();
    for (const StepType &type : StepCatalog::builtIn().steps()) {
        QAction *action = add(insert, type.icon, type.label, {}, [this, name = type.name] {
            if (DocumentTab *tab = currentTab())
                tab->graphView()->addStepOfType(name);
        });
        action->setToolTip(type.description);
    }

    QMenu *workflow = menuBar()->addMenu(tr("&Workflow"));
    m_publish = add(workflow, u"publish"_qs, tr("&Publish…"), QKeySequence(u"Ctrl+Shift+U"_qs), [this] {
        if (m_inspector->commitPending())
            m_runs->publish();
    });
    m_enable = add(workflow, u"play"_qs, tr("&Enable"), {}, [this] { m_runs->setEnabled(true); });
    m_disable = add(workflow, u"pause"_qs, tr("&Disable"), {}, [this] { m_runs->setEnabled(false); });

    QMenu *run = menuBar()->addMenu(tr("&Run"));
    m_testRun = add(run, u"play"_qs, tr("&Test run…"), QKeySequence(u"Ctrl+R"_qs), [this] {
        if (m_inspector->commitPending())
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
    add(run, u"refresh"_qs, tr("Re&fresh"), QKeySequence(u"F5"_qs), [this] { m_session->refresh(); });

    QMenu *tools = menuBar()->addMenu(tr("&Tools"));
    add(tools, u"sandbox"_qs, tr("Connect to the &sandbox"), {}, [this] { connectToSandbox(); });
    m_accountMenu = tools->addMenu(themedIcon(u"cloud"_qs), tr("&Accounts"));

    QMenu *help = menuBar()->addMenu(tr("&Help"));
    add(help, u"info"_qs, tr("&About"), {}, [this] {
        QMessageBox::about(this, tr("About Automation Designer"),
            tr("<b>Automation Designer %1</b><p>Draw, rehearse, publish and watch workflows of the Automation API.</p>"
               "<p>Free software under the GNU General Public License, version 3 or later.</p>")
                .arg(QLatin1String(AUTOMATION_VERSION)));
    });
}

void MainWindow::buildToolBar()
{
    QToolBar *bar = addToolBar(tr("Main tools"));
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
    for (QAction *action : {m_zoomIn, m_zoomOut, m_zoomActual, m_fit})
        zoomMenu->addAction(action);
    m_zoomButton->setMenu(zoomMenu);
    bar->addWidget(m_zoomButton);

    auto *spacer = new QWidget;
    spacer->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    bar->addWidget(spacer);

    auto *right = new QWidget;
    auto *layout = new QHBoxLayout(right);
    layout->setContentsMargins(0, 0, 8, 0);
    layout->setSpacing(8);
    layout->setSizeConstraint(QLayout::SetFixedSize); // follows the pills' texts
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
    updateAccountMenu();
    updateServicePill();
}

void MainWindow::onCurrentTabChanged()
{
    DocumentTab *tab = currentTab();
    WorkflowDocument *document = tab ? tab->document() : nullptr;
    m_centrePages->setCurrentIndex(tab ? 1 : 0);
    m_leftPages->setCurrentIndex(tab ? 1 : 0);
    m_problems->setDocument(document);
    m_inspector->setDocument(document);
    if (tab) {
        const QStringList keys = tab->graphView()->selection();
        m_inspector->setNodeKey(keys.size() == 1 ? keys.first() : QString());
    }
    // A welcome page needs neither inspector nor panels; what the person hid stays hidden.
    for (QDockWidget *dock : {m_rightDock, m_bottomDock}) {
        if (!tab && !dock->isHidden()) {
            dock->setProperty("hiddenForWelcome", true);
            dock->hide();
        } else if (tab && dock->property("hiddenForWelcome").toBool()) {
            dock->setProperty("hiddenForWelcome", false);
            dock->show();
        }
    }
    m_runs->setDocument(document);
    onViewChanged();
    updateRun();
    updateTitles();
    updateProblemsPill();
    updateActions();
    updateStatusBar();
    updateStartPanel();
}

void MainWindow::onViewChanged()
{
    DocumentTab *tab = currentTab();
    const bool runs = tab && tab->view() == DocumentTab::View::Runs;
    m_rightPages->setCurrentIndex(runs ? 1 : 0);
    m_palette->setEnabled(tab && tab->view() == DocumentTab::View::Design);
    if (tab)
        m_viewActions->actions().at(static_cast<int>(tab->view()))->setChecked(true);
    if (runs && (m_bottomTabs->currentWidget() == m_problems))
        m_bottomTabs->setCurrentWidget(m_instances);
    updateActions();
    updateStatusBar();
}

void MainWindow::updateTitles()
{
    for (int i = 0; i < m_tabs->count(); ++i) {
        const WorkflowDocument *document = tabAt(i)->document();
        QString name = document->displayName();
        m_tabs->setTabText(i, name.replace(u'&', u"&&"_qs));
        m_tabs->setTabIcon(i,
            document->isModified() ? themedIcon(u"save"_qs, IconTone::Muted) : themedIcon(u"file"_qs, IconTone::Muted));
        m_tabs->setTabToolTip(i,
            QString(u"<qt>"_qs
                + (document->filePath().isEmpty() ? tr("Not saved yet") : document->filePath()).toHtmlEscaped()
                + u"</qt>"_qs));
    }
    const DocumentTab *tab = currentTab();
    // The title first: without its place for the mark it cannot be marked.
    setWindowTitle(
        tab ? tr("%1[*] – Automation Designer").arg(tab->document()->displayName()) : tr("Automation Designer"));
    setWindowModified(tab && tab->document()->isModified());
}

void MainWindow::updateActions()
{
    DocumentTab *tab = currentTab();
    WorkflowDocument *document = tab ? tab->document() : nullptr;
    const bool design = tab && tab->view() == DocumentTab::View::Design;
    const bool canvas = tab && (design || tab->view() == DocumentTab::View::Runs);
    const bool selected = design && !tab->graphView()->selection().isEmpty();
    for (QAction *action : {m_save, m_saveAs, m_export, m_close, m_publish, m_testRun})
        action->setEnabled(tab);
    m_undo->setEnabled(document && document->undoStack()->canUndo());
    m_redo->setEnabled(document && document->undoStack()->canRedo());
    m_undo->setText(m_undo->isEnabled() ? tr("&Undo %1").arg(document->undoStack()->undoText()) : tr("&Undo"));
    m_redo->setText(m_redo->isEnabled() ? tr("&Redo %1").arg(document->undoStack()->redoText()) : tr("&Redo"));
    for (QAction *action : {m_delete, m_deleteAndHeal})
        action->setEnabled(selected);
    for (QAction *action : {m_selectAll, m_zoomIn, m_zoomOut, m_zoomActual, m_fit})
        action->setEnabled(canvas);
    m_quickAdd->setEnabled(design);
    for (QAction *action : m_viewActions->actions())
        action->setEnabled(tab);
    const DefinitionInfo *info = m_session->definition(m_runs->linkedDefinitionId());
    m_enable->setEnabled(info && !info->isEnabled());
    m_disable->setEnabled(info && info->isEnabled());
    const bool instances
        = !m_instances->selectedInstances().isEmpty() && m_session->state() == AccountSession::State::Connected;
    for (QAction *action : {m_suspend, m_resume, m_terminate})
        action->setEnabled(instances);
    m_zoomButton->setEnabled(canvas);
}

void MainWindow::updateStatusBar()
{
    const DocumentTab *tab = currentTab();
    if (!tab) {
        m_statusLeft->setText(m_session->state() == AccountSession::State::Connected
                ? tr("Connected to %1").arg(m_session->account().name)
                : QString());
        m_statusRight->clear();
        m_zoomButton->setText(tr("100 %"));
        return;
    }
    const DefinitionGraph &graph = tab->document()->graph();
    QStringList left {tr("%n step(s)", nullptr, static_cast<int>(graph.stepCount())) + u" · "_qs
        + tr("%n connection(s)", nullptr, static_cast<int>(graph.connections().size()))};
    const QStringList selection = tab->graphView()->selection();
    if (selection.size() == 1) {
        const int node = graph.indexOfKey(selection.first());
        if (node > 0)
            left.append(tr("%1 selected").arg(graph.nodes().at(node).id));
        else if (node == 0)
            left.append(tr("trigger selected"));
    } else if (selection.size() > 1) {
        left.append(tr("%n step(s) selected", nullptr, static_cast<int>(selection.size())));
    }
    m_statusLeft->setText(left.join(u"    "_qs));

    QStringList right;
    if (const DefinitionInfo *info = m_session->definition(m_runs->linkedDefinitionId())) {
        right.append(info->isEnabled() ? tr("v%1 enabled").arg(info->version) : tr("v%1 disabled").arg(info->version));
        if (!m_runs->isPublishedAsShown())
            right.append(tr("edited since"));
    } else if (m_session->state() == AccountSession::State::Connected) {
        right.append(tr("not published"));
    }
    const int percent = tab->graphView()->zoomPercent();
    right.append(tr("%1 %").arg(percent));
    m_zoomButton->setText(tr("%1 %").arg(percent));
    m_statusRight->setText(right.join(u"    "_qs));
}

void MainWindow::updateServicePill()
{
    PillLabel::Tone tone = PillLabel::Tone::Neutral;
    QString text = m_session->isSandbox() ? tr("Sandbox (this computer)") : m_session->account().name;
    switch (m_session->state()) {
    case AccountSession::State::Disconnected:
        text = tr("Not connected");
        break;
    case AccountSession::State::Connecting:
        tone = PillLabel::Tone::Warning;
        text = tr("%1 · connecting").arg(text);
        break;
    case AccountSession::State::Connected:
        tone = PillLabel::Tone::Ok;
        break;
    case AccountSession::State::Lost:
        tone = PillLabel::Tone::Error;
        text = tr("%1 · connection lost").arg(text);
        break;
    case AccountSession::State::Refused:
        tone = PillLabel::Tone::Error;
        text = tr("%1 · refused").arg(text);
        break;
    }
    m_servicePill->setPart(tone, text);
    m_servicePill->setToolTip(m_session->stateMessage().isEmpty()
            ? QString()
            : QString(u"<qt>"_qs + m_session->stateMessage().toHtmlEscaped() + u"</qt>"_qs));
}

void MainWindow::updateProblemsPill()
{
    const DocumentTab *tab = currentTab();
    if (!tab) {
        m_problemsPill->setPart(PillLabel::Tone::None, tr("No document"));
        return;
    }
    int errors = 0;
    int warnings = 0;
    for (const Problem &problem : tab->document()->problems()) {
        errors += problem.severity == Problem::Severity::Error;
        warnings += problem.severity == Problem::Severity::Warning;
    }
    QList<PillLabel::Part> parts;
    if (errors > 0)
        parts.append({PillLabel::Tone::Error, tr("%n error(s)", nullptr, errors)});
    if (warnings > 0)
        parts.append({PillLabel::Tone::Warning, tr("%n warning(s)", nullptr, warnings)});
    if (parts.isEmpty())
        parts.append({PillLabel::Tone::Ok, tr("No problems")});
    m_problemsPill->setParts(parts);
}

void MainWindow::updateRecentFiles()
{
    const QStringList recent = m_settings->value(u"files/recent"_qs).toStringList();
    m_recentMenu->clear();
    for (const QString &path : recent) {
        QString text = QDir::toNativeSeparators(path);
        connect(m_recentMenu->addAction(text.replace(u'&', u"&&"_qs)), &QAction::triggered, this,
            [this, path] { openFile(path); });
    }
    m_recentMenu->setEnabled(!recent.isEmpty());
    m_startPanel->setRecentFiles(recent);
}

void MainWindow::updateStartPanel()
{
    const bool connected = m_session->state() == AccountSession::State::Connected;
    m_startPanel->setAccounts(
        m_accounts.list(), connected ? m_session->account().name : QString(), connected && m_session->isSandbox());
}

void MainWindow::updateAccountMenu()
{
    m_accountMenu->clear();
    m_accountMenu->addAction(
        themedIcon(u"sandbox"_qs), tr("Sandbox (this computer)"), this, &MainWindow::connectToSandbox);
    for (const ApiAccount &account : m_accounts.list()) {
        QString text = account.name;
        m_accountMenu->addAction(themedIcon(u"cloud"_qs), text.replace(u'&', u"&&"_qs), this,
            [this, name = account.name] { connectToAccount(name); });
    }
    m_accountMenu->addSeparator();
    m_accountMenu->addAction(themedIcon(u"add"_qs), tr("Add account…"), this, [this] { editAccount({}); });
    if (!m_accounts.list().isEmpty()) {
        QMenu *edit = m_accountMenu->addMenu(tr("Edit account"));
        QMenu *remove = m_accountMenu->addMenu(tr("Remove account"));
        for (const ApiAccount &account : m_accounts.list()) {
            QString text = account.name;
            text.replace(u'&', u"&&"_qs);
            edit->addAction(text, this, [this, account] { editAccount(account); });
            remove->addAction(text, this, [this, name = account.name] {
                m_accounts.remove(name);
                m_keys->remove(name);
                updateAccountMenu();
                updateStartPanel();
            });
        }
    }
    m_accountMenu->addSeparator();
    m_accountMenu->addAction(
        themedIcon(u"close"_qs), tr("Disconnect"), this, [this] { m_session->disconnectFromService(); });
}

void MainWindow::exportPicture()
{
    const DocumentTab *tab = currentTab();
    if (!tab)
        return;
    QString base = QFileInfo(tab->document()->displayName()).completeBaseName();
    const QString suggested = QDir(m_settings->value(u"files/directory"_qs, QDir::homePath()).toString())
                                  .filePath(base.replace(u'/', u'-') + u".svg"_qs);
    const QString path = QFileDialog::getSaveFileName(
        this, tr("Export drawing"), suggested, tr("SVG drawing (*.svg);;PNG picture (*.png);;PDF document (*.pdf)"));
    if (path.isEmpty())
        return;
    if (const Result<void> done = tab->graphView()->exportPicture(path); !done)
        m_notice->show(NoticeBar::Kind::Error, u"file"_qs, done.error().message);
    else
        m_notice->show(
            NoticeBar::Kind::Info, u"file"_qs, tr("The drawing is in %1.").arg(QDir::toNativeSeparators(path)));
}

} // namespace automation
