#pragma once

#include "model/json/jsonedit.h"

namespace automation {

// The edits that make after of before, small ones: only the values that differ, members and elements that came or went.
// Applied to before in their order they give a value equal to after. What they bring holds no reference to the text
// that after was read from. Both must be objects or both arrays, else the list is empty. Reentrant.
QList<JsonEdit> jsonDifference(const JsonValue &before, const JsonValue &after);

} // namespace automation
