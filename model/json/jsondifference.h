#pragma once

#include "model/json/jsonedit.h"

namespace automation {

// The edits that make after of before, small ones: only the values that differ, members and elements that came or went.
// Applied to before in their order they give a value equal to after. What they bring holds no reference to the text
// that after was read from. Both must be objects or both arrays, else the list is empty. Reentrant.
QList<JsonEdit> jsonDifference(const JsonValue &before, const JsonValue &after);

// A piece of a text that became another one, in bytes.
struct JsonTextChange
{
    qsizetype at = 0;
    qsizetype removed = 0;
    qsizetype inserted = 0;
};
// The same edits sooner, when after was read from a text that differs in one piece from another one: source is what
// readJson() made of that, and equal to before. What stands beside the piece in both is not compared.
QList<JsonEdit> jsonDifference(
    const JsonValue &before, const JsonValue &after, const JsonValue &source, const JsonTextChange &change);

} // namespace automation
