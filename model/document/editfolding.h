#pragma once

#include "model/json/jsonedit.h"

namespace automation {

// Appends edits that are made after the others. One that goes on where the last one was made becomes one with it, and
// both vanish when together they change nothing: typing in one field stays one edit.
void appendFolded(QList<JsonEdit> &edits, const QList<JsonEdit> &later);

} // namespace automation
