// The window's documents: opening, saving, closing, tabs.

#include "app/mainwindow.h"

#include "app/documentopener.h"
#include "app/recoverycontroller.h"
#include "app/runcontroller.h"
#include "app/views/jsondocumentview.h"
#include "app/views/jsoneditor.h"
#include "app/views/noticebar.h"
#include "designer/canvas/graphview.h"
#include "designer/inspector/inspector.h"
#include "designer/style/applicationstyle.h"
#include "model/json/jsonwriter.h"

#include <QCloseEvent>
#include <QDir>
#include <QDockWidget>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QStatusBar>
#include <QTabWidget>
#include <QTimer>

namespace automation {

namespace {

constexpr int mostRecentFiles = 10;
constexpr std::chrono::milliseconds slowFile(300);

const QString editNotice = u"outcome of edit"_qs; // topic

// A definition of the service in the shape of the builder's downloads (API reference §9): without account and
// time of creation.
QByteArray fileText(const WorkflowDefinition &definition)
{
    JsonValue root = definition.root();
    for (QStringView added : {u"accountId", u"createdAt"})
        root.remove(added);
    return writeJson(root) + '\n';
}

} // namespace

DocumentTab *MainWindow::tabAt(int index) const
{
    return qobject_cast<DocumentTab *>(m_tabs->widget(index));
}

DocumentTab *MainWindow::currentTab() const
{
    return qobject_cast<DocumentTab *>(m_tabs->currentWidget());
}

bool MainWindow::showTabOf(const QString &path)
{
    const QString canonical = QFileInfo(path).canonicalFilePath();
    for (int i = 0; i < m_tabs->count() && !canonical.isEmpty(); ++i) {
        if (QFileInfo(tabAt(i)->document()->filePath()).canonicalFilePath() == canonical) {
            m_tabs->setCurrentIndex(i);
            return true;
        }
    }
    return false;
}

void MainWindow::openFile(const QString &path, const std::function<void()> &then)
{
    if (showTabOf(path)) {
        if (then)
            then();
        return;
    }
    m_opener->open(path, then);
    QTimer::singleShot(slowFile, this, [this, path] {
        if (m_opener->path() == path)
            statusBar()->showMessage(tr("Opening %1…").arg(QDir::toNativeSeparators(path)));
    });
}

bool MainWindow::isOpening() const
{
    return m_opener->isBusy();
}

bool MainWindow::takeOpened(const QString &path, Result<std::unique_ptr<WorkflowDocument>> document)
{
    statusBar()->clearMessage();
    if (!document) {
        m_notice->show(NoticeBar::Kind::Error, u"file"_qs, document.error().message);
        return false;
    }
    if (showTabOf(path)) // under another name, while this one was read
        return true;
    m_notice->clear(u"file"_qs);
    noteRecentFile((*document)->filePath());
    addTab(std::move(*document));
    return true;
}

void MainWindow::newEmpty()
{
    addTab(WorkflowDocument::createEmpty(u"inbound_chat_apps"_qs, tr("New workflow")));
}

void MainWindow::openFetched(const DefinitionInfo &definition)
{
    const Result<WorkflowDefinition> parsed = WorkflowDefinition::fromJson(definition.raw);
    if (!parsed) {
        m_notice->show(NoticeBar::Kind::Error, u"service"_qs, parsed.error().message);
        return;
    }
    Result<std::unique_ptr<WorkflowDocument>> document
        = WorkflowDocument::fromText(fileText(*parsed), tr("%1 · v%2").arg(definition.name).arg(definition.version));
    if (!document) {
        m_notice->show(NoticeBar::Kind::Error, u"service"_qs, document.error().message);
        return;
    }
    WorkflowDocument *opened = document->get();
    addTab(std::move(*document));
    m_runs->linkDocument(opened, definition);
}

DocumentTab *MainWindow::addTab(std::unique_ptr<WorkflowDocument> document, std::unique_ptr<RecoveryJournal> journal)
{
    auto *tab = new DocumentTab(std::move(document));
    if (!journal && m_recovery && tab->document()->undoStack()->count() == 0)
        journal = m_recovery->journalFor(*tab->document());
    tab->setJournal(std::move(journal));
    tab->setTheme(currentTheme());
    if (!tab->document()->openingNotice().isEmpty())
        tab->showRestoreNote(tab->document()->openingNotice());
    connect(tab->document(), &WorkflowDocument::modifiedChanged, this, &MainWindow::updateTitles);
    connect(tab->document(), &WorkflowDocument::filePathChanged, this, &MainWindow::updateTitles);
    connect(tab->document(), &WorkflowDocument::changed, this, [this, tab] {
        if (tab == currentTab()) {
            updateStatusBar();
            updateActions();
        }
    });
    connect(tab->document()->undoStack(), &QUndoStack::indexChanged, this, &MainWindow::updateActions);
    connect(tab, &DocumentTab::viewChanged, this, [this, tab] {
        if (tab == currentTab())
            onViewChanged();
    });
    connect(tab, &DocumentTab::commitRequested, this, [this, tab] {
        if (tab == currentTab())
            m_inspector->commitPending();
    });
    connect(tab->document(), &WorkflowDocument::noticed, this, [this, tab](const QString &text) {
        m_notice->show(
            NoticeBar::Kind::Info, editNotice, text, tr("Undo"), [tab] { tab->document()->undoStack()->undo(); });
    });
    // What the notice says, and would undo, is about the last command only.
    connect(tab->document()->undoStack(), &QUndoStack::indexChanged, this, [this] { m_notice->clear(editNotice); });
    connect(m_tabs, &QTabWidget::currentChanged, tab, [this] { m_notice->clear(editNotice); });
    connect(tab->document(), &WorkflowDocument::saved, this, [this, tab] { onSaved(tab); });
    connect(tab->document(), &WorkflowDocument::saveFailed, this,
        [this, tab](const Error &error) { onSaveFailed(tab, error); });
    connect(tab, &DocumentTab::saveRequested, this, [this, tab] { saveTo(tab, tab->document()->filePath()); });
    connect(tab->graphView(), &GraphView::selectionChanged, this, [this, tab] {
        if (tab != currentTab())
            return;
        const QStringList keys = tab->graphView()->selection();
        m_inspector->setNodeKey(keys.size() == 1 ? keys.first() : QString());
        updateActions();
        updateStatusBar();
    });
    connect(tab->graphView(), &GraphView::editRequested, this, [this](const QString &key) {
        if (currentTab() && currentTab()->view() == DocumentTab::View::Design) {
            m_rightDock->show();
            m_inspector->focusField(key, {});
        }
    });
    connect(tab->graphView(), &GraphView::contextMenuRequested, this,
        [this](const QString &, const QPoint &globalPosition) { showCanvasMenu(globalPosition); });
    connect(tab->graphView(), &GraphView::zoomChanged, this, &MainWindow::updateStatusBar);
    connect(tab->graphView(), &GraphView::message, this,
        [this](const QString &message) { m_notice->show(NoticeBar::Kind::Warning, u"edit"_qs, message); });
    const int index = m_tabs->addTab(tab, QString());
    m_tabs->setCurrentIndex(index);
    updateTitles();
    tab->graphView()->setFocus();
    return tab;
}

bool MainWindow::save()
{
    DocumentTab *tab = currentTab();
    if (!tab)
        return false;
    if (tab->document()->filePath().isEmpty())
        return saveAs();
    return saveTo(tab, tab->document()->filePath());
}

bool MainWindow::saveAs()
{
    DocumentTab *tab = currentTab();
    if (!tab)
        return false;
    QString suggested = tab->document()->filePath();
    if (suggested.isEmpty()) {
        QString name = tab->document()->definition().name().simplified();
        for (QChar &c : name) {
            if (!c.isLetterOrNumber() && c != u'-' && c != u'_' && c != u'.')
                c = u'-';
        }
        suggested = QDir(m_settings->value(u"files/directory"_qs, QDir::homePath()).toString())
                        .filePath((name.isEmpty() ? u"workflow"_qs : name.toLower()) + u".json"_qs);
    }
    const QString path
        = QFileDialog::getSaveFileName(this, tr("Save definition"), suggested, tr("Workflow definitions (*.json)"));
    return !path.isEmpty() && saveTo(tab, path);
}

bool MainWindow::saveTo(DocumentTab *tab, const QString &path)
{
    // What is typed but not yet taken over belongs to what is saved.
    if (tab == currentTab() && !m_inspector->commitPending())
        return false;
    WorkflowDocument *document = tab->document();
    const bool isTextGood = tab->commitText();
    const Result<void> begun
        = path != document->filePath() ? document->saveAsInBackground(path) : document->saveInBackground();
    if (!begun) {
        if (!isTextGood)
            m_notice->show(NoticeBar::Kind::Error, u"file"_qs, begun.error().message);
        return false;
    }
    // A slow disk is worth a word, any other is done before it could be read.
    QTimer::singleShot(slowFile, tab, [this, document] {
        if (document->isSaving())
            statusBar()->showMessage(tr("Saving %1…").arg(document->displayName()));
    });
    return true;
}

void MainWindow::onSaved(DocumentTab *tab)
{
    m_notice->clear(u"file"_qs);
    noteRecentFile(tab->document()->filePath());
    updateTitles();
    statusBar()->showMessage(tr("Saved %1").arg(QDir::toNativeSeparators(tab->document()->filePath())), 4000);
}

void MainWindow::onSaveFailed(DocumentTab *tab, const Error &error)
{
    statusBar()->clearMessage();
    updateTitles();
    if (error.code == ErrorCode::ChangedOnDisk)
        resolveChangedFile(tab);
    else
        m_notice->show(NoticeBar::Kind::Error, u"file"_qs, error.message);
}

void MainWindow::resolveChangedFile(DocumentTab *tab)
{
    m_tabs->setCurrentWidget(tab);
    QMessageBox box(QMessageBox::Warning, tr("Changed on disk"),
        tr("Another program changed %1 since it was opened here.").arg(tab->document()->displayName()),
        QMessageBox::Cancel, this);
    box.setTextFormat(Qt::PlainText);
    box.setInformativeText(tr("Overwriting the file loses that change. Reloading takes it over; your own changes are "
                              "then one undo away. Saving under another name keeps both."));
    const QPushButton *overwrite = box.addButton(tr("Keep mine"), QMessageBox::DestructiveRole);
    const QPushButton *reload = box.addButton(tr("Reload"), QMessageBox::ActionRole);
    const QPushButton *compare = box.addButton(tr("Compare"), QMessageBox::ActionRole);
    QPushButton *other = box.addButton(tr("Save as…"), QMessageBox::AcceptRole);
    box.setDefaultButton(other);
    box.exec();
    if (box.clickedButton() == reload)
        tab->reload();
    else if (box.clickedButton() == compare)
        tab->setView(DocumentTab::View::Diff);
    else if (box.clickedButton() == overwrite)
        (void)(tab->commitText()
            && tab->document()->saveInBackground(WorkflowDocument::Overwrite::Yes).isOk()); // it has a file
    else if (box.clickedButton() == other)
        saveAs();
    tab->checkFile(); // whoever does not decide finds the choices above the document
}

bool MainWindow::mayClose(DocumentTab *tab)
{
    m_tabs->setCurrentWidget(tab);
    m_inspector->commitPending();
    tab->jsonView()->editor()->takeChanges();
    tab->document()->finishSaving();
    if (!tab->document()->isModified())
        return true;
    QMessageBox box(QMessageBox::Question, tr("Save changes?"),
        tr("“%1” has changes that are not saved.").arg(tab->document()->displayName()),
        QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, this);
    box.setTextFormat(Qt::PlainText);
    box.setDefaultButton(QMessageBox::Save);
    switch (box.exec()) {
    case QMessageBox::Save:
        if (!save())
            return false;
        tab->document()->finishSaving();
        return !tab->document()->isModified();
    case QMessageBox::Discard:
        return true;
    default:
        return false;
    }
}

bool MainWindow::closeTab(int index)
{
    DocumentTab *tab = tabAt(index);
    if (!tab || !mayClose(tab))
        return false;
    tab->giveUpChanges();
    m_notice->clear(editNotice);
    m_tabs->removeTab(m_tabs->indexOf(tab));
    delete tab;
    return true;
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    for (int i = 0; i < m_tabs->count(); ++i) {
        if (!mayClose(tabAt(i))) {
            event->ignore();
            return;
        }
    }
    for (int i = 0; i < m_tabs->count(); ++i)
        tabAt(i)->giveUpChanges();
    m_settings->setValue(u"window/geometry"_qs, saveGeometry());
    m_settings->setValue(u"window/state"_qs, saveState(layoutVersion()));
    QMainWindow::closeEvent(event);
}

void MainWindow::openDialog()
{
    const QString directory = m_settings->value(u"files/directory"_qs, QDir::homePath()).toString();
    const QStringList paths = QFileDialog::getOpenFileNames(
        this, tr("Open definition"), directory, tr("Workflow definitions (*.json);;All files (*)"));
    for (const QString &path : paths)
        openFile(path);
}

void MainWindow::noteRecentFile(const QString &path)
{
    QStringList recent = m_settings->value(u"files/recent"_qs).toStringList();
    recent.removeAll(path);
    recent.prepend(path);
    m_settings->setValue(u"files/recent"_qs, QStringList(recent.mid(0, mostRecentFiles)));
    m_settings->setValue(u"files/directory"_qs, QFileInfo(path).absolutePath());
    updateRecentFiles();
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    for (const QUrl &url : event->mimeData()->urls()) {
        if (url.isLocalFile()) {
            event->acceptProposedAction();
            return;
        }
    }
}

void MainWindow::dropEvent(QDropEvent *event)
{
    for (const QUrl &url : event->mimeData()->urls()) {
        if (url.isLocalFile())
            openFile(url.toLocalFile());
    }
    event->acceptProposedAction();
}

void MainWindow::goToStep(const QString &stepKey)
{
    if (DocumentTab *tab = currentTab())
        tab->graphView()->goToStep(stepKey);
}

} // namespace automation
