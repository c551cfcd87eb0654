#pragma once

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
    Result<RestoredDocument> restore(const std::shared_ptr<LeftDocument> &document); // then it is left no more
    void setGivenUp(const std::shared_ptr<LeftDocument> &document, bool givenUp);
    bool isGivenUp(const std::shared_ptr<LeftDocument> &document) const { return m_givenUp.contains(document); }

Q_SIGNALS:
    void found();
    void unreadable(const QStringList &messages); // journals that nobody can read, in words
    void leftChanged();
    void failed(const QString &message); // journals cannot be written; once, until recovered()
    void recovered();

private:
    struct Mailbox;

    QString m_folder;
    JournalWriter m_writer;
    QList<std::shared_ptr<LeftDocument>> m_left;
    QList<std::shared_ptr<LeftDocument>> m_givenUp; // some of those
    std::shared_ptr<Mailbox> m_mailbox; // shared with a search under way
};

} // namespace automation
