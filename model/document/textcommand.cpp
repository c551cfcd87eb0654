#include "model/document/textcommand.h"

#include "model/document/editfolding.h"

namespace automation {

namespace {
constexpr int mergeableId = 3; // EditCommand and DrawingCommand have others
}

TextCommand::TextCommand(WorkflowDocument &document, TextChange change, const QString &text, const QString &mergeKey)
    : HistoryCommand(text)
    , m_document(document)
    , m_change(std::move(change))
    , m_mergeKey(mergeKey)
{
}

void TextCommand::redo()
{
    m_document.applyText(m_change);
}

void TextCommand::undo()
{
    m_document.revertText(m_change);
}

HistorySnapshot::Command TextCommand::toHistory() const
{
    HistoryEvent event;
    event.kind = HistoryEvent::Kind::Text;
    event.edit.text = text();
    event.edit.mergeKey = m_mergeKey;
    event.taken = m_change.taken;
    event.typed = m_change.typed;
    if (m_change.drawing)
        event.drawing = *m_change.drawing;
    HistorySnapshot::Command command {event, m_change.baseBefore, {}, {}, m_change.edits};
    if (m_change.draftBefore)
        command.draftBefore = m_change.draftBefore->text;
    return command;
}

int TextCommand::id() const
{
    return m_mergeKey.isEmpty() ? -1 : mergeableId;
}

bool TextCommand::mergeWith(const QUndoCommand *other)
{
    const auto *later = dynamic_cast<const TextCommand *>(other);
    if (!later || later->isSeparate() || later->m_mergeKey != m_mergeKey)
        return false;
    const TextChange &next = later->m_change;
    if (next.taken.isEmpty()) {
        for (const TextSplice &splice : next.typed)
            appendSplice(m_change.typed, splice);
    } else {
        // The draft in between leaves no trace.
        QList<TextSplice> taken = m_change.taken;
        for (const TextSplice &splice : m_change.typed + next.taken)
            appendSplice(taken, splice);
        m_change.taken = taken;
        m_change.typed = next.typed;
        appendFolded(m_change.edits, next.edits);
        if (next.drawing) {
            if (m_change.drawing)
                m_change.drawing->append(*next.drawing);
            else
                m_change.drawing = next.drawing;
        }
    }
    setText(later->text());
    const bool isDrawn = m_change.drawing && !m_change.drawing->isEmpty();
    if (m_change.taken.isEmpty() && m_change.typed.isEmpty() && !isDrawn) {
        // The text is what it was, but what undo leads back to is made from what it was based on.
        if (m_change.baseBefore)
            m_document.setBase(*m_change.baseBefore);
        setObsolete(true);
    }
    return true;
}

} // namespace automation
