#pragma once

#include <QLatin1StringView>

// What the evaluator program and its caller say to each other: one JSON object a line, a request on the program's
// stdin, one answer to each on its stdout. The program writes {"ready":true} when it can take requests and ends when
// its stdin is closed.
//
// Request: {"value": any, "condition": bool, "data": any, "step": any, "now": milliseconds since 1970}
// Answer:  {"result": any} or
//          {"error": "expression"|"timeout"|"limit"|"internal", "message": words, "script": text between the braces,
//           "place": JSON pointer in value, "column": 1-based code point in the text at place, 0 = not known}
namespace automation::evaluatorprotocol {

inline constexpr QLatin1StringView readyKey("ready");
inline constexpr QLatin1StringView valueKey("value");
inline constexpr QLatin1StringView conditionKey("condition");
inline constexpr QLatin1StringView dataKey("data");
inline constexpr QLatin1StringView stepKey("step");
inline constexpr QLatin1StringView nowKey("now");

inline constexpr QLatin1StringView resultKey("result");
inline constexpr QLatin1StringView errorKey("error");
inline constexpr QLatin1StringView messageKey("message");
inline constexpr QLatin1StringView scriptKey("script");
inline constexpr QLatin1StringView placeKey("place");
inline constexpr QLatin1StringView columnKey("column");

inline constexpr QLatin1StringView expressionError("expression");
inline constexpr QLatin1StringView timeoutError("timeout");
inline constexpr QLatin1StringView limitError("limit");
inline constexpr QLatin1StringView internalError("internal");

// Time that the scripts of one request may take, in processor time.
inline constexpr int scriptLimitMs = 500;
// The longest text, in UTF-16 units, that one request may produce.
inline constexpr long long maxResultLength = 16 * 1024 * 1024;

// Nesting of a request or an answer: that of a file, and the levels round it.
inline constexpr int maxDepth = 520;

} // namespace automation::evaluatorprotocol
