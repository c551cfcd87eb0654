#include "model/document/reloadcommand.h"

namespace automation {

ReloadCommand::ReloadCommand(WorkflowDocument &document, const DocumentBase &base, const DrawingChange &drawing)
    : QUndoCommand(WorkflowDocument::tr("Reload"))
    , m_document(document)
    , m_before(document.m_base)
    , m_rootBefore(document.currentRoot())
    , m_after(base)
    , m_drawing(drawing)
{
}

void ReloadCommand::redo()
{
    m_document.applyBase(m_after, m_after.tree, m_drawing);
}

void ReloadCommand::undo()
{
    m_document.applyBase(m_before, m_rootBefore, m_drawing.inverted());
}

} // namespace automation
