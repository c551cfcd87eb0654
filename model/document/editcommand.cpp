#include "model/document/editcommand.h"

#include "model/document/editfolding.h"

namespace automation {

namespace {

constexpr int mergeableId = 1; // DrawingCommand and TextCommand have others

} // namespace

EditCommand::EditCommand(WorkflowDocument &document, DefinitionEdit edit, std::optional<DrawingChange> drawing,
    std::shared_ptr<DefinitionState> other)
    : HistoryCommand(edit.text)
    , m_document(document)
    , m_edit(std::move(edit))
    , m_drawing(std::move(drawing))
    , m_other(std::move(other))
{
}

void EditCommand::redo()
{
    m_draftBefore = m_document.m_draft;
    m_document.applyChange(m_edit.edits, change(), m_drawing, m_other.get());
}

void EditCommand::undo()
{
    std::optional<DrawingChange> back = m_drawing.value_or(DrawingChange()).inverted();
    m_document.applyChange(
        m_other ? QList<JsonEdit>() : inverted(m_edit.edits), change(), back, m_other.get(), &m_draftBefore);
}

HistorySnapshot::Command EditCommand::toHistory() const
{
    HistoryEvent event;
    event.kind = HistoryEvent::Kind::Push;
    event.edit = m_edit;
    if (m_drawing)
        event.drawing = *m_drawing;
    HistorySnapshot::Command command {event, {}, {}, {}};
    if (m_draftBefore)
        command.draftBefore = m_draftBefore->text;
    return command;
}

int EditCommand::id() const
{
    return m_edit.mergeKey.isEmpty() ? -1 : mergeableId;
}

bool EditCommand::mergeWith(const QUndoCommand *other)
{
    const auto *later = dynamic_cast<const EditCommand *>(other);
    if (!later || later->isSeparate() || later->m_edit.mergeKey != m_edit.mergeKey)
        return false;
    appendFolded(m_edit.edits, later->m_edit.edits);
    for (const QString &key : later->m_edit.stepKeys) {
        if (!m_edit.stepKeys.contains(key))
            m_edit.stepKeys += key;
    }
    m_edit.structureChanged = m_edit.structureChanged || later->m_edit.structureChanged;
    m_edit.triggerChanged = m_edit.triggerChanged || later->m_edit.triggerChanged;
    m_edit.reveal = later->m_edit.reveal;
    m_edit.text = later->m_edit.text;
    setText(m_edit.text);
    if (m_drawing && later->m_drawing)
        m_drawing->append(*later->m_drawing);
    setObsolete(m_edit.edits.isEmpty() && (!m_drawing || m_drawing->isEmpty()));
    return true;
}

DocumentChange EditCommand::change() const
{
    return {m_edit.stepKeys, m_edit.structureChanged, m_edit.triggerChanged, false, m_edit.reveal};
}

} // namespace automation
