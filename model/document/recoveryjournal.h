#pragma once

#include "model/document/historyevent.h"
#include "model/document/journalwriter.h"

namespace automation {

class WorkflowDocument;

// How large a journal may grow before it is written anew, and what is kept then.
struct JournalLimits
{
    qint64 bytes = qint64(4) * 1024 * 1024; // beyond three times what it began with
    int commands = 10'000; // that can be undone after a crash; those that can be redone are all kept
};

// Keeps on disk what happens to one document, so that it can be restored with its undo history after a crash. The
// journal begins with the first event and is deleted with this object, unless the document has unsaved changes that
// nobody has given up. When it has grown it is written anew from the document's history, in which typing is one command
// and what was undone and done again leaves no trace: it stays bounded however long the session is. Older commands than
// JournalLimits says cannot be undone after a crash; what they led to is there. Neither document nor writer are owned;
// both outlive this. GUI thread.
class RecoveryJournal : public QObject
{
    Q_OBJECT
public:
    // folder: where journals are, made when needed.
    RecoveryJournal(
        WorkflowDocument &document, JournalWriter &writer, const QString &folder, const JournalLimits &limits = {});
    // document: as it was restored from this journal, which goes on.
    RecoveryJournal(WorkflowDocument &document, JournalWriter &writer, std::shared_ptr<JournalFile> file,
        const JournalLimits &limits = {});
    ~RecoveryJournal() override;

    // The person gives up what is not saved: the journal need not stay.
    void discard() { m_isDiscarded = true; }

private:
    void take(const HistoryEvent &event);
    std::function<QByteArray()> beginning(); // with the document as it is
    bool hasGrown() const;
    bool isModified() const;

    WorkflowDocument &m_document;
    JournalWriter &m_writer;
    JournalLimits m_limits;
    std::shared_ptr<WrittenJournal> m_journal;
    std::function<QByteArray()> m_beginning; // not written yet
    HistoryState m_state;
    int m_dropped = 0; // commands of the document's history that the journal knows nothing of
    bool m_isDiscarded = false;
};

} // namespace automation
