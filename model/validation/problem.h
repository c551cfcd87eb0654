#pragma once

#include "model/json/jsonedit.h"

namespace automation {

// A mistake or doubt found in a definition. Value type.
struct Problem
{
    enum class Severity {
        Error, // the service refuses it, or a run that comes here fails
        Warning, // probably not what was meant
        Hint // worth knowing
    };
    QString rule; // stable name, "duplicate-id"
    Severity severity = Severity::Error;
    QString stepKey; // GraphNode::key; empty = the definition as a whole
    QString stepId; // as in the file
    JsonPointer pointer; // the value it is about; of something missing, where it would stand
    // The piece of the text at pointer that it is about, in UTF-16 units; -1 = the whole value.
    qsizetype offset = -1;
    qsizetype length = 0;
    QString message; // translated, one sentence in plain words
    QString fixText; // translated, for the link; empty = no fix
    QList<JsonEdit> fix;
};

} // namespace automation
