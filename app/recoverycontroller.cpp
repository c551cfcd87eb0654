#include "app/recoverycontroller.h"

#include <mutex>
#include <QThread>
#include <QThreadPool>

namespace automation {

struct RecoveryController::Mailbox
{
    std::mutex mutex;
    RecoveryController *owner = nullptr;
};

RecoveryController::RecoveryController(const QString &folder, QObject *parent)
    : QObject(parent)
    , m_folder(folder)
    , m_mailbox(std::make_shared<Mailbox>())
{
    m_mailbox->owner = this;
    connect(&m_writer, &JournalWriter::failed, this, &RecoveryController::failed);
    connect(&m_writer, &JournalWriter::recovered, this, &RecoveryController::recovered);
}

RecoveryController::~RecoveryController()
{
    {
        const std::lock_guard lock(m_mailbox->mutex);
        m_mailbox->owner = nullptr;
    }
    if (m_progress)
        m_progress->isCancelled = true;
    for (const std::shared_ptr<LeftDocument> &document : std::as_const(m_givenUp))
        discardDocument(*document);
}

std::unique_ptr<RecoveryJournal> RecoveryController::journalFor(WorkflowDocument &document)
{
    return std::make_unique<RecoveryJournal>(document, m_writer, m_folder);
}

std::unique_ptr<RecoveryJournal> RecoveryController::journalFor(RestoredDocument &restored)
{
    if (!restored.journal)
        return {};
    return std::make_unique<RecoveryJournal>(*restored.document, m_writer, std::move(restored.journal));
}

void RecoveryController::search()
{
    QThreadPool::globalInstance()->start([mailbox = m_mailbox, folder = m_folder] {
        const RecoverySearch search = findLeftDocuments(folder);
        const std::lock_guard lock(mailbox->mutex);
        if (!mailbox->owner)
            return;
        QMetaObject::invokeMethod(
            mailbox->owner,
            [owner = mailbox->owner, search] {
                owner->m_left += search.documents;
                if (!search.failures.isEmpty())
                    Q_EMIT owner->unreadable(search.failures);
                if (search.documents.isEmpty())
                    return;
                Q_EMIT owner->leftChanged();
                Q_EMIT owner->found();
            },
            Qt::QueuedConnection);
    });
}

void RecoveryController::restore(const std::shared_ptr<LeftDocument> &document)
{
    if (m_restoring.contains(document))
        return;
    m_restoring += document;
    Q_EMIT leftChanged();
    if (m_restoring.size() == 1)
        restoreNext();
}

void RecoveryController::cancelRestoring(const std::shared_ptr<LeftDocument> &document)
{
    if (!m_restoring.isEmpty() && document == m_restoring.first()) {
        m_progress->isCancelled = true; // it says so when it has ended
        return;
    }
    if (m_restoring.removeOne(document))
        Q_EMIT leftChanged();
}

void RecoveryController::restoreNext()
{
    if (m_restoring.isEmpty())
        return;
    m_progress = std::make_shared<RestoreProgress>();
    m_work.start([this, document = m_restoring.first(), progress = m_progress,
                     thread = QThread::currentThread()]() -> BackgroundWork::Finish {
        auto restoredDocument = std::make_shared<Result<RestoredDocument>>(
            restoreDocument(*document, StepCatalog::builtIn(), progress.get()));
        if (*restoredDocument)
            (*restoredDocument)->document->moveTo(thread);
        return [this, document, restoredDocument] {
            m_restoring.removeAll(document);
            if (*restoredDocument) {
                document->journal.reset();
                m_left.removeAll(document);
                m_givenUp.removeAll(document);
                Q_EMIT restored(**restoredDocument);
            } else if (restoredDocument->error().code != ErrorCode::Cancelled) {
                Q_EMIT restoreFailed(restoredDocument->error().message);
            }
            Q_EMIT leftChanged();
            restoreNext();
        };
    });
}

void RecoveryController::setGivenUp(const std::shared_ptr<LeftDocument> &document, bool givenUp)
{
    if (givenUp == isGivenUp(document))
        return;
    if (givenUp)
        m_givenUp += document;
    else
        m_givenUp.removeAll(document);
    Q_EMIT leftChanged();
}

} // namespace automation
