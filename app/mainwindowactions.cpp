// What the window's actions, pills and bars show of the state.

#include "app/mainwindow.h"

#include "app/fittingtoolbar.h"
#include "app/panels/errorspanel.h"
#include "app/panels/instancespanel.h"
#include "app/panels/problemspanel.h"
#include "app/panels/startpanel.h"
#include "app/runcontroller.h"
#include "app/views/noticebar.h"
#include "designer/canvas/canvasactions.h"
#include "designer/canvas/graphview.h"
#include "designer/inspector/inspector.h"
#include "designer/outline/outlinepanel.h"
#include "designer/palette/steppalette.h"
#include "designer/style/applicationstyle.h"
#include "designer/style/pilllabel.h"
#include "designer/style/themedicon.h"

#include <QActionGroup>
#include <QApplication>
#include <QDir>
#include <QDockWidget>
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

void MainWindow::onCurrentTabChanged()
{
    DocumentTab *tab = currentTab();
    WorkflowDocument *document = tab ? tab->document() : nullptr;
    m_centrePages->setCurrentIndex(tab ? 1 : 0);
    m_leftPages->setCurrentIndex(tab ? 1 : 0);
    m_problems->setDocument(document);
    m_inspector->setDocument(document);
    m_outline->setView(tab ? tab->graphView() : nullptr);
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
    for (int i = 0; i < m_rightPages->count(); ++i) { // a page that is not seen asks for no room
        const bool isSeen = i == m_rightPages->currentIndex();
        m_rightPages->widget(i)->setSizePolicy(
            isSeen ? QSizePolicy::Preferred : QSizePolicy::Ignored, QSizePolicy::Preferred);
    }
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
            document->isModified() ? themedIcon(u"dot"_qs, IconTone::Accent) : themedIcon(u"file"_qs, IconTone::Muted));
        m_tabs->tabBar()->setAccessibleTabName(
            i, document->isModified() ? tr("%1, modified").arg(document->displayName()) : document->displayName());
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
    for (QAction *action : {m_save, m_saveAs, m_saveAsTemplate, m_export, m_exportSelection, m_print, m_close,
             m_publish, m_testRun, m_editSamples})
        action->setEnabled(tab);
    m_undo->setEnabled(document && document->undoStack()->canUndo());
    m_redo->setEnabled(document && document->undoStack()->canRedo());
    m_undo->setText(m_undo->isEnabled() ? tr("&Undo %1").arg(document->undoStack()->undoText()) : tr("&Undo"));
    m_redo->setText(m_redo->isEnabled() ? tr("&Redo %1").arg(document->undoStack()->redoText()) : tr("&Redo"));
    m_canvas->setView(canvas ? tab->graphView() : nullptr);
    m_canvas->update();
    for (QAction *action : std::as_const(m_stepActions))
        action->setEnabled(design);
    for (QAction *action : m_viewActions->actions())
        action->setEnabled(tab);
    const DefinitionInfo *info = m_session->definition(m_runs->linkedDefinitionId());
    m_enable->setEnabled(info && !info->isEnabled());
    m_disable->setEnabled(info && info->isEnabled());
    const bool instances
        = !m_instances->selectedInstances().isEmpty() && m_session->state() == AccountSession::State::Connected;
    for (QAction *action : {m_suspend, m_resume, m_terminate})
        action->setEnabled(instances);
    m_saveSample->setEnabled(tab && m_session->selectedInstance() && m_session->selectedInstance()->data.isObject());
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
    const QString zoom = percent > 0 ? tr("%1 %").arg(percent) : tr("under 1 %");
    right.append(zoom);
    m_zoomButton->setText(zoom);
    m_statusRight->setText(right.join(u"    "_qs));
}

void MainWindow::updateServicePill()
{
    PillLabel::Tone tone = PillLabel::Tone::Neutral;
    QString text = m_session->isSandbox() ? tr("Sandbox (this computer)") : m_session->account().name;
    QString brief = m_session->isSandbox() ? tr("Sandbox") : QString();
    switch (m_session->state()) {
    case AccountSession::State::Disconnected:
        text = tr("Not connected");
        brief = tr("Offline");
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
    m_servicePill->setPart(tone, text, brief);
    m_toolBar->fit();
    m_servicePill->setToolTip(m_session->stateMessage().isEmpty()
            ? QString()
            : QString(u"<qt>"_qs + m_session->stateMessage().toHtmlEscaped() + u"</qt>"_qs));
}

void MainWindow::updateProblemsPill()
{
    const DocumentTab *tab = currentTab();
    if (!tab) {
        m_problemsPill->setPart(PillLabel::Tone::None, tr("No document"));
        m_toolBar->fit();
        return;
    }
    if (!tab->document()->isChecked()) {
        m_problemsPill->setPart(PillLabel::Tone::None, tr("Checking…"));
        m_toolBar->fit();
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
        parts.append({PillLabel::Tone::Error, tr("%n error(s)", nullptr, errors), QLocale().toString(errors)});
    if (warnings > 0)
        parts.append({PillLabel::Tone::Warning, tr("%n warning(s)", nullptr, warnings), QLocale().toString(warnings)});
    if (parts.isEmpty())
        parts.append({PillLabel::Tone::Ok, tr("No problems"), QLocale().toString(0)});
    m_problemsPill->setParts(parts);
    m_problemsPill->setToolTip(m_problemsPill->accessibleName());
    m_toolBar->fit();
}

void MainWindow::updateRecentFiles()
{
    const QStringList recent = m_settings->value(u"files/recent"_qs).toStringList();
    m_recentMenu->clear();
    for (const QString &path : recent) {
        QString text = QDir::toNativeSeparators(path);
        if (isRightToLeft())
            text.prepend(QChar(0x200E)); // a path is read from left to right everywhere
        m_recentMenu->addAction(
            themedIcon(u"file"_qs), text.replace(u'&', u"&&"_qs), this, [this, path] { openFile(path); });
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
        QMenu *edit = m_accountMenu->addMenu(themedIcon(u"edit"_qs), tr("Edit account"));
        QMenu *remove = m_accountMenu->addMenu(themedIcon(u"delete"_qs), tr("Remove account"));
        for (const ApiAccount &account : m_accounts.list()) {
            QString text = account.name;
            text.replace(u'&', u"&&"_qs);
            edit->addAction(themedIcon(u"edit"_qs), text, this, [this, account] { editAccount(account); });
            remove->addAction(themedIcon(u"delete"_qs), text, this, [this, name = account.name] {
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

} // namespace automation
