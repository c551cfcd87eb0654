#include "model/document/reloadcommand.h"

namespace automation {

ReloadCommand::ReloadCommand(WorkflowDocument &document, const DocumentBase &base, const DrawingChange &drawing)
    : HistoryCommand(WorkflowDocument::tr("Reload"))
    , m_document(document)
    , m_before(document.m_base)
    , m_rootBefore(document.currentRoot())
    , m_after(base)
    , m_drawing(drawing)
{
}

void ReloadCommand::redo()
{
    m_draftBefore = m_document.m_draft;
    m_document.applyBase(m_after, m_after.tree, m_drawing, {});
}

void ReloadCommand::undo()
{
    m_document.applyBase(m_before, m_rootBefore, m_drawing.inverted(), m_draftBefore);
}

HistorySnapshot::Command ReloadCommand::toHistory() const
{
    HistoryEvent event;
    event.kind = HistoryEvent::Kind::Reload;
    event.text = m_after.text;
    event.drawing = m_drawing;
    HistorySnapshot::Command command {event, m_before, m_rootBefore, {}};
    if (m_draftBefore)
        command.draftBefore = m_draftBefore->text;
    return command;
}

} // namespace automation
