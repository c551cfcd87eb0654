#pragma once

#include "model/document/documentsave.h"
#include "model/document/historyevent.h"

#include <QUndoCommand>

namespace automation {

// A document with its history at one moment: as it is, and the commands that lead to and away from there. Cheap to
// take, all is shared; journalBeginning() writes it on any thread.
struct HistorySnapshot
{
    struct Command
    {
        HistoryEvent event; // complete with what it replaces; its state says nothing
        // Of a reload; of a text, where it was not based on the text it replaced.
        std::optional<DocumentBase> baseBefore;
        JsonValue rootBefore; // of a reload
        std::optional<QByteArray> draftBefore; // of all but drawings
        QList<JsonEdit> edits = {}; // of a text
    };

    QString title;
    DocumentBase base;
    JsonValue root;
    DrawingLayout drawing;
    QList<Command> commands; // oldest first
    HistoryState state; // counted from the first of those
    int dropped = 0; // older commands that are left out
    std::optional<QByteArray> draft = {}; // see WorkflowDocument::draft()
};

// A command on the undo stack of a document.
class HistoryCommand : public QUndoCommand
{
public:
    using QUndoCommand::QUndoCommand;

    virtual HistorySnapshot::Command toHistory() const = 0;
    // Does not become one with the command before it, whatever their keys: it did not when it was done first.
    void setSeparate(bool separate) { m_isSeparate = separate; }
    bool isSeparate() const { return m_isSeparate; }

private:
    bool m_isSeparate = false;
};

} // namespace automation
