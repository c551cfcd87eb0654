#pragma once

#include "model/json/jsonvalue.h"
#include "model/json/result.h"

namespace automation {

// The text of newValue, written into originalText so that only what differs changes (design: nothing lost).
// Laws: patchJson(t, readJson(t)) == t byte for byte; readJson(patchJson(t, v)) == v; an edit in one element
// changes only that element's lines (and the comma of its neighbour). New members and elements adopt the
// indentation, newline style and inline or block form around them; objects in arrays are matched by their "id".
// originalText must be JSON (else the error of readJson); an empty originalText gives writeJson(newValue) and a
// final newline. Reentrant.
Result<QByteArray> patchJson(const QByteArray &originalText, const JsonValue &newValue);

// The same for a text that is read already: original is the unchanged result of readJson(originalText). Where
// newValue still shares its data with original nothing is compared, so one edit in a large tree is cheap.
QByteArray patchJson(const QByteArray &originalText, const JsonValue &original, const JsonValue &newValue);

} // namespace automation
