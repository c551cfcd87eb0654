#pragma once

#include "model/document/historyevent.h"
#include "model/document/journalwriter.h"

namespace automation {

class WorkflowDocument;

// Keeps on disk what happens to one document, so that it can be restored with its undo history after a crash. The
// journal begins with the first event and is deleted with this object, unless the document has unsaved changes that
// nobody has given up. Neither document nor writer are owned; both outlive this. GUI thread.
class RecoveryJournal : public QObject
{
    Q_OBJECT
public:
    // document: without a history yet. folder: where journals are, made when needed.
    RecoveryJournal(WorkflowDocument &document, JournalWriter &writer, const QString &folder);
    // document: as it was restored from this journal, which goes on.
    RecoveryJournal(WorkflowDocument &document, JournalWriter &writer, std::shared_ptr<JournalFile> file);
    ~RecoveryJournal() override;

    // The person gives up what is not saved: the journal need not stay.
    void discard() { m_isDiscarded = true; }

private:
    void take(const HistoryEvent &event);
    bool isModified() const;

    JournalWriter &m_writer;
    std::shared_ptr<WrittenJournal> m_journal;
    std::function<QByteArray()> m_beginning; // not written yet
    HistoryState m_state;
    bool m_isDiscarded = false;
};

} // namespace automation
