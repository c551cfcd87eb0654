#pragma once

#include "model/document/historysnapshot.h"
#include "model/document/workflowdocument.h"

namespace automation {

// An edit of the text of a document as such. Consecutive ones of one mergeKey become one; when together they change
// nothing the command is obsolete and the stack drops it.
class TextCommand : public HistoryCommand
{
public:
    TextCommand(WorkflowDocument &document, TextChange change, const QString &text, const QString &mergeKey);

    void redo() override;
    void undo() override;
    HistorySnapshot::Command toHistory() const override;
    int id() const override;
    bool mergeWith(const QUndoCommand *other) override;

private:
    WorkflowDocument &m_document; // owns the stack that owns this
    TextChange m_change;
    QString m_mergeKey;
};

} // namespace automation
