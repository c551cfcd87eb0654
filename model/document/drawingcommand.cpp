#include "model/document/drawingcommand.h"

namespace automation {

namespace {
constexpr int mergeableId = 2; // EditCommand and TextCommand have others
}

DrawingCommand::DrawingCommand(
    WorkflowDocument &document, const DrawingChange &change, const QString &text, const QString &mergeKey)
    : HistoryCommand(text)
    , m_document(document)
    , m_change(change)
    , m_mergeKey(mergeKey)
{
}

void DrawingCommand::redo()
{
    m_document.applyDrawing(m_change);
}

void DrawingCommand::undo()
{
    m_document.applyDrawing(m_change.inverted());
}

HistorySnapshot::Command DrawingCommand::toHistory() const
{
    HistoryEvent event;
    event.kind = HistoryEvent::Kind::Drawing;
    event.edit.text = text();
    event.edit.mergeKey = m_mergeKey;
    event.drawing = m_change;
    return {event, {}, {}, {}};
}

int DrawingCommand::id() const
{
    return m_mergeKey.isEmpty() ? -1 : mergeableId;
}

bool DrawingCommand::mergeWith(const QUndoCommand *other)
{
    const auto *later = dynamic_cast<const DrawingCommand *>(other);
    if (!later || later->isSeparate() || later->m_mergeKey != m_mergeKey)
        return false;
    m_change.append(later->m_change);
    setText(later->text());
    setObsolete(m_change.isEmpty());
    return true;
}

} // namespace automation
