#pragma once

#include "model/document/historysnapshot.h"
#include "model/document/workflowdocument.h"

namespace automation {

// Takes another text as what the document is based on: undone, it is based on the earlier one again, so that saving
// gives the bytes of whichever text is current.
class ReloadCommand : public HistoryCommand
{
public:
    ReloadCommand(WorkflowDocument &document, const DocumentBase &base, const DrawingChange &drawing);

    void redo() override;
    void undo() override;
    HistorySnapshot::Command toHistory() const override;

private:
    WorkflowDocument &m_document; // owns the stack that owns this
    DocumentBase m_before;
    JsonValue m_rootBefore;
    DocumentBase m_after;
    DrawingChange m_drawing;
    std::optional<TextDraft> m_draftBefore; // goes with what it was typed into
};

} // namespace automation
