#include "app/recoverycontroller.h"

#include <mutex>
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

Result<RestoredDocument> RecoveryController::restore(const std::shared_ptr<LeftDocument> &document)
{
    Result<RestoredDocument> restored = restoreDocument(*document);
    if (!restored)
        return restored;
    document->journal.reset();
    m_left.removeAll(document);
    m_givenUp.removeAll(document);
    Q_EMIT leftChanged();
    return restored;
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
