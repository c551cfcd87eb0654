#pragma once

#include "model/document/drawingchange.h"

namespace automation {

// The text of a drawing: an object with "version" 1 and, where there is something to say, "direction" (topToBottom or
// leftToRight), "positions" (step key -> [x, y]) and "notes" ({id, rect: [x, y, width, height], text}). Pure functions,
// any thread.

// NotJson, with line and column, for everything that is not such a text; Limit as of checkDrawing(). What is wrong is
// never guessed at. Members of other names are kept.
Result<DrawingLayout> readDrawingLayout(const QByteArray &text);
// One position or note a line, positions by name: the same drawing gives the same bytes.
QByteArray writeDrawingLayout(const DrawingLayout &drawing);

// A change as a journal keeps it: what comes, not what goes (see DrawingChange::setBefore). Null when empty.
JsonValue changeToJson(const DrawingChange &change);
std::optional<DrawingChange> changeFromJson(const JsonValue &json);

} // namespace automation
