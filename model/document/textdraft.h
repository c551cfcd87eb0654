#pragma once

#include "model/document/documentsave.h"
#include "model/document/drawingchange.h"
#include "model/document/textsplice.h"

namespace automation {

// A text that is no definition, and why not, with the place where it is known. Value type.
struct TextDraft
{
    QByteArray text;
    Error error;
    bool hasConflict = false; // another change of the document touched what is typed here; what is typed stays
};

// What one command changes of the text of a document, with what it takes to undo it. Value type.
struct TextChange
{
    QList<TextSplice> taken; // from the text that was shown to one that is a definition
    QList<TextSplice> typed; // from there, or from the text that was shown, to a draft

    // Found out when it is made for the first time.
    bool isKnown = false;
    QList<JsonEdit> edits; // what taken means for the definition
    std::optional<DrawingChange> drawing; // and for the drawing
    std::optional<TextDraft> draftBefore;
    // What the document was based on, where that was not the text that was shown.
    std::optional<DocumentBase> baseBefore;
};

} // namespace automation
