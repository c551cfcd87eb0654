#include "model/document/recoveryjournal.h"

#include "model/document/recoveryrecord.h"
#include "model/document/workflowdocument.h"

#include <utility>

namespace automation {

RecoveryJournal::RecoveryJournal(
    WorkflowDocument &document, JournalWriter &writer, const QString &folder, const JournalLimits &limits)
    : m_document(document)
    , m_writer(writer)
    , m_limits(limits)
    , m_journal(writer.begin(folder))
    , m_state(document.historyState())
{
    m_beginning = beginning();
    connect(&document, &WorkflowDocument::recorded, this, &RecoveryJournal::take);
}

RecoveryJournal::RecoveryJournal(
    WorkflowDocument &document, JournalWriter &writer, std::shared_ptr<JournalFile> file, const JournalLimits &limits)
    : m_document(document)
    , m_writer(writer)
    , m_limits(limits)
    , m_journal(writer.resume(std::move(file)))
    , m_state(document.historyState())
{
    connect(&document, &WorkflowDocument::recorded, this, &RecoveryJournal::take);
}

RecoveryJournal::~RecoveryJournal()
{
    if (m_isDiscarded || !isModified())
        m_writer.remove(m_journal);
}

void RecoveryJournal::take(const HistoryEvent &event)
{
    m_state = event.after;
    if (m_beginning)
        m_writer.append(m_journal, std::exchange(m_beginning, {}));
    // Undone beyond what the journal knows, it has to begin earlier.
    if (hasGrown() || m_state.index < m_dropped) {
        m_writer.rewrite(m_journal, beginning());
        return;
    }
    HistoryEvent counted = event;
    counted.after = event.after.countedFrom(m_dropped);
    m_writer.append(
        m_journal, [counted, time = QDateTime::currentDateTimeUtc()] { return journalRecord(counted, time); });
}

std::function<QByteArray()> RecoveryJournal::beginning()
{
    const HistorySnapshot snapshot = m_document.historySnapshot(m_limits.commands);
    m_dropped = snapshot.dropped;
    return [snapshot, time = QDateTime::currentDateTimeUtc()] { return journalBeginning(snapshot, time); };
}

bool RecoveryJournal::hasGrown() const
{
    const JournalWriter::Size size = m_writer.size(m_journal);
    return !size.isChanging && size.all > m_limits.bytes + 3 * size.beginning;
}

bool RecoveryJournal::isModified() const
{
    return m_state.cleanIndex != m_state.index;
}

} // namespace automation
