#include "model/document/recoveryjournal.h"

#include "model/document/recoveryrecord.h"
#include "model/document/workflowdocument.h"

#include <utility>

namespace automation {

RecoveryJournal::RecoveryJournal(WorkflowDocument &document, JournalWriter &writer, const QString &folder)
    : m_writer(writer)
    , m_journal(writer.begin(folder))
    , m_state(document.historyState())
{
    m_beginning = [title = document.displayName(), text = document.base().text, drawing = document.drawing(),
                      state = m_state] { return journalBeginning(title, text, drawing, state); };
    connect(&document, &WorkflowDocument::recorded, this, &RecoveryJournal::take);
}

RecoveryJournal::RecoveryJournal(WorkflowDocument &document, JournalWriter &writer, std::shared_ptr<JournalFile> file)
    : m_writer(writer)
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
    m_writer.append(m_journal, [event, time = QDateTime::currentDateTimeUtc()] { return journalRecord(event, time); });
}

bool RecoveryJournal::isModified() const
{
    return m_state.cleanIndex != m_state.index;
}

} // namespace automation
