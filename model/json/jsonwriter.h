#pragma once

#include "model/json/jsonvalue.h"

#include <functional>

namespace automation {

// How new JSON text is laid out.
struct JsonStyle
{
    QByteArray indent = "  "; // of one level; only used with a newline
    QByteArray newline = "\n"; // empty: everything on one line
    QByteArray colon = ": ";
    QByteArray inlineComma = ", "; // between elements when there is no newline
    QByteArray objectPadding; // inside the braces of an object when there is no newline

    static JsonStyle compact() { return {{}, {}, ":", ",", {}}; }
};

// The value as UTF-8 JSON text without a final newline. margin stands before every line but the first.
// Numbers as their lexemes, texts with the fewest escapes, duplicates and order kept.
QByteArray writeJson(const JsonValue &value, const JsonStyle &style = {}, const QByteArray &margin = {});

// Writes a value itself, wherever it stands in the one that is written, or says false. margin: of its line.
using JsonPartWriter = std::function<bool(QByteArray &out, const JsonValue &part, const QByteArray &margin)>;
QByteArray writeJson(
    const JsonValue &value, const JsonStyle &style, const QByteArray &margin, const JsonPartWriter &writePart);

// A text in quotes, escaped.
QByteArray writeJsonString(QStringView text);

} // namespace automation
