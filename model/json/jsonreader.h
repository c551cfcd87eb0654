#pragma once

#include "model/json/jsonvalue.h"
#include "model/json/result.h"

namespace automation {

// What a text may at most hold. Beyond it reading ends with ErrorCode::Limit, never with exhausted memory or stack.
struct JsonLimits
{
    qsizetype bytes = qsizetype(256) * 1024 * 1024;
    int depth = 512; // nested containers; also protects all that walks a tree recursively
    qsizetype values = 5'000'000; // elements and members of all containers together
};

// Reads UTF-8 JSON (RFC 8259), with or without a byte order mark, into a lossless tree: order, duplicate keys, number
// lexemes of any length and halves of surrogate pairs written as escapes are kept, and every value and key carries its
// span in the text. Comments, trailing commas, other encodings and invalid UTF-8 are refused with a message that says
// what and where. Reentrant, no recursion.
Result<JsonValue> readJson(const QByteArray &text, JsonLimits limits = {});

// 1-based line and column (in code points) of a byte offset. Lines end at LF, CRLF or CR.
struct TextPosition
{
    int line = 1;
    int column = 1;
};
TextPosition textPositionAt(QByteArrayView text, qsizetype offset);

} // namespace automation
