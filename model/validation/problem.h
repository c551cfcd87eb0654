#pragma once

#include "model/json/jsonedit.h"

namespace automation {

// A mistake or doubt found in a definition. Value type.
struct Problem
{
    enum class Severity { Error, Warning, Hint };
    QString rule; // stable name, "duplicate-id"
    Severity severity = Severity::Error;
    QString stepKey; // GraphNode::key; empty = the definition as a whole
    QString stepId; // as in the file
    JsonPointer pointer; // the value it is about; of something missing, where it would stand
    QString message; // translated, one sentence in plain words
    QString fixText; // translated, for the link; empty = no fix
    QList<JsonEdit> fix;
};

} // namespace automation
