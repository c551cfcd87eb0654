#pragma once

#include "model/document/historysnapshot.h"
#include "model/document/workflowdocument.h"

namespace automation {

// One DefinitionEdit on the undo stack of a document. Consecutive edits of one mergeKey become one command; when
// together they change nothing the command is obsolete and the stack drops it.
class EditCommand : public HistoryCommand
{
public:
    // drawing: what it means for the drawing; none = found out when it is done for the first time. other: what it makes
    // of the definition, of an edit that has no mergeKey; nullptr = worked out each time.
    EditCommand(WorkflowDocument &document, DefinitionEdit edit, std::optional<DrawingChange> drawing = {},
        std::shared_ptr<DefinitionState> other = {});

    void redo() override;
    void undo() override;
    HistorySnapshot::Command toHistory() const override;
    int id() const override;
    bool mergeWith(const QUndoCommand *other) override;

private:
    DocumentChange change() const;

    WorkflowDocument &m_document; // owns the stack that owns this
    DefinitionEdit m_edit;
    std::optional<DrawingChange> m_drawing;
    std::shared_ptr<DefinitionState> m_other; // of the definition after it while it is undone, else before it
    std::optional<TextDraft> m_draftBefore;
};

} // namespace automation
