#pragma once

#include "model/document/backgroundwork.h"
#include "model/document/recoveryjournal.h"
#include "model/document/recoverysearch.h"

namespace automation {

// Journals of the open documents, and the documents that an earlier run of the program left with unsaved changes.
// Those stay until they are restored or given up; given-up ones until the program ends. GUI thread.
class RecoveryController : public QObject
{
    Q_OBJECT
public:
    explicit RecoveryController(const QString &folder, QObject *parent = nullptr);
    ~RecoveryController() override; // after all journals it made

    // document: without a history.
    std::unique_ptr<RecoveryJournal> journalFor(WorkflowDocument &document);
    // A document that was just restored, with its journal.
    std::unique_ptr<RecoveryJournal> journalFor(RestoredDocument &restored);

    void search(); // in the background; found() or nothing
    const QList<std::shared_ptr<LeftDocument>> &left() const { return m_left; }
    // In the background, one after the other: then comes restored(), and it is left no more, or restoreFailed().
    void restore(const std::shared_ptr<LeftDocument> &document);
    // It stays as it was. Nothing happens when it is restored already.
    void cancelRestoring(const std::shared_ptr<LeftDocument> &document);
    bool isRestoring(const std::shared_ptr<LeftDocument> &document) const { return m_restoring.contains(document); }
    int restoredPercent() const { return m_progress ? m_progress->percent.load() : 0; } // of the first of those
    const QList<std::shared_ptr<LeftDocument>> &restoring() const { return m_restoring; }
    void setGivenUp(const std::shared_ptr<LeftDocument> &document, bool givenUp);
    bool isGivenUp(const std::shared_ptr<LeftDocument> &document) const { return m_givenUp.contains(document); }

Q_SIGNALS:
    void found();
    void unreadable(const QStringList &messages); // journals that nobody can read, in words
    void leftChanged();
    // Whoever is told takes what it needs.
    void restored(automation::RestoredDocument &document);
    void restoreFailed(const QString &message);
    void failed(const QString &message); // journals cannot be written; once, until recovered()
    void recovered();

private:
    struct Mailbox;

    void restoreNext();

    QString m_folder;
    JournalWriter m_writer;
    QList<std::shared_ptr<LeftDocument>> m_left;
    QList<std::shared_ptr<LeftDocument>> m_givenUp; // some of those
    QList<std::shared_ptr<LeftDocument>> m_restoring; // some of those, in their order
    std::shared_ptr<RestoreProgress> m_progress; // of the first of them
    std::shared_ptr<Mailbox> m_mailbox; // shared with a search under way
    BackgroundWork m_work; // last: it ends before the rest goes
};

} // namespace automation
