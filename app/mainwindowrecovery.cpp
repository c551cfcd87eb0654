// The window's care for unsaved work: journals of its documents, and what an earlier run left behind.

#include "app/mainwindow.h"

#include "app/dialogs/recoverydialog.h"
#include "app/recoverycontroller.h"
#include "app/views/noticebar.h"

#include <QFileInfo>
#include <QTabWidget>

namespace automation {

void MainWindow::startRecovery(const QString &folder)
{
    m_recovery = new RecoveryController(folder, this);
    connect(m_recovery, &RecoveryController::failed, this, [this](const QString &message) {
        m_notice->show(NoticeBar::Kind::Warning, u"recovery"_qs,
            tr("Unsaved changes are not protected against a crash at the moment. %1 It is tried again by itself.")
                .arg(message));
    });
    connect(m_recovery, &RecoveryController::recovered, this, [this] { m_notice->clear(u"recovery"_qs); });
    connect(m_recovery, &RecoveryController::unreadable, this, [this](const QStringList &messages) {
        m_notice->show(NoticeBar::Kind::Warning, u"recoverySearch"_qs, messages.join(u'\n'));
    });
    connect(m_recovery, &RecoveryController::leftChanged, this,
        [this] { m_restore->setEnabled(!m_recovery->left().isEmpty()); });
    connect(m_recovery, &RecoveryController::restored, this, &MainWindow::takeRestored);
    connect(m_recovery, &RecoveryController::restoreFailed, this,
        [this](const QString &message) { m_notice->show(NoticeBar::Kind::Error, u"recovery"_qs, message); });
    connect(m_recovery, &RecoveryController::found, this, &MainWindow::offerRestoring);
    m_recovery->search();
}

void MainWindow::offerRestoring()
{
    if (findChild<RecoveryDialog *>())
        return;
    auto *dialog = new RecoveryDialog(m_recovery, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void MainWindow::takeRestored(RestoredDocument &restored)
{
    // The file may be open already, as it is on the disk; two tabs of one file would be in each other's way.
    const QString path = restored.document->filePath();
    for (int i = m_tabs->count() - 1; i >= 0 && !path.isEmpty(); --i) {
        DocumentTab *tab = tabAt(i);
        if (tab->document()->filePath() == path && !tab->document()->isModified()) {
            m_tabs->removeTab(i);
            delete tab;
        }
    }
    std::unique_ptr<RecoveryJournal> journal = m_recovery->journalFor(restored);
    DocumentTab *tab = addTab(std::move(restored.document), std::move(journal));
    if (!restored.note.isEmpty())
        tab->showRestoreNote(restored.note);
}

} // namespace automation
