#pragma once

// Which elements of two versions of a container belong together, for this folder only.

#include "model/json/jsonvalue.h"

#include <vector>

namespace automation {

struct ElementMatch
{
    qsizetype oldIndex = -1; // -1: the element is new
    bool equal = false; // known to be equal; false says nothing
};

// For each element of newer its counterpart in older; no element of older is given twice. Both must be arrays or both
// objects. Members belong together by key and occurrence, a renamed one by its place and value; array elements by
// their "id" and occurrence, lists in a list by the "id"s of what they hold, the others by equality from both ends and
// by place between.
std::vector<ElementMatch> matchElements(const JsonValue &older, const JsonValue &newer);

} // namespace automation
