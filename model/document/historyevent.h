#pragma once

#include "model/document/definitionedit.h"
#include "model/document/drawingchange.h"
#include "model/document/textsplice.h"

#include <QByteArray>

namespace automation {

// Where a document stands in its history and what is known of its file.
struct HistoryState
{
    int index = 0; // of the undo stack: commands that are done
    int count = 0; // commands on the stack
    int cleanIndex = 0; // index at which the file holds the same; -1 = none
    QString filePath; // absolute; empty without a file
    QByteArray fileHash; // contentHash() of the file when it was last read or written; empty = unknown
    QByteArray layoutHash = {}; // the same of its layout file
    JsonValue attachment = {}; // see WorkflowDocument::attachment()

    // The same without the first commands of the stack.
    HistoryState countedFrom(int first) const
    {
        HistoryState state = *this;
        state.index -= first;
        state.count -= first;
        state.cleanIndex = cleanIndex < first ? -1 : cleanIndex - first;
        return state;
    }
};

// Where a history begins, on a document of its text.
struct HistoryStart
{
    HistoryState state;
    DrawingLayout drawing;
    std::optional<JsonValue> root; // none = as the text says
    std::optional<QByteArray> draft = {}; // see WorkflowDocument::draft()
};

// One thing that happened to a document, with all it takes to let it happen again.
struct HistoryEvent
{
    enum class Kind : quint8 {
        Push, // edit was pushed (and possibly merged with the command before)
        Reload, // text was taken over from the file, as a command
        Drawing, // the drawing was changed by hand; of edit only text and mergeKey count
        Text, // the text was edited as such: taken and typed; of edit only text and mergeKey count
        State // undo, redo, saving, another file: only the state changed
    };

    Kind kind = Kind::State;
    DefinitionEdit edit;
    QByteArray text;
    HistoryState after;
    DrawingChange drawing = {}; // what became of the drawing, of whatever kind the event is
    bool isSeparate = false; // of a command: it was not merged with the one before
    // Of a text: from what was shown to a text that is a definition, and from there to a draft. Either may be missing.
    QList<TextSplice> taken = {};
    QList<TextSplice> typed = {};
};

} // namespace automation
