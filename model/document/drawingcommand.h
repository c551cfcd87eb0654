#pragma once

#include "model/document/historysnapshot.h"
#include "model/document/workflowdocument.h"

namespace automation {

// One change of the drawing on the undo stack of a document. Consecutive ones of one mergeKey become one; when
// together they change nothing the command is obsolete and the stack drops it.
class DrawingCommand : public HistoryCommand
{
public:
    DrawingCommand(
        WorkflowDocument &document, const DrawingChange &change, const QString &text, const QString &mergeKey);

    void redo() override;
    void undo() override;
    HistorySnapshot::Command toHistory() const override;
    int id() const override;
    bool mergeWith(const QUndoCommand *other) override;

private:
    WorkflowDocument &m_document; // owns the stack that owns this
    DrawingChange m_change;
    QString m_mergeKey;
};

} // namespace automation
