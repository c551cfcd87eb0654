#pragma once

#include "model/json/jsonvalue.h"
#include "model/json/result.h"

#include <QDateTime>

namespace automation {

// What an expression can see.
struct EvaluationScope
{
    JsonValue data; // the workflow context
    JsonValue step; // results of the current step; null before it ran
    QDateTime now; // UTC; what Date.now() answers inside scripts
};

// Evaluates {{…}} (reference/automation-api.md §7). Blocking: at most the script limit (500 ms) plus the time to
// replace a killed helper. Use it from a worker thread, never on the GUI thread. One instance is not thread-safe.
class ExpressionEvaluator
{
public:
    virtual ~ExpressionEvaluator() = default;

    // Replaces every {{…}} in a value, at any depth of objects and arrays. A text that is one expression and nothing
    // else keeps the result's type; otherwise results are put into the text (null and undefined as "", objects as
    // JSON). undefined as a whole value becomes null. Texts without braces come back as they are. The error's message
    // holds the script's own words; ErrorCode::Expression, Timeout or Internal (no helper to be had).
    virtual Result<JsonValue> evaluate(const JsonValue &value, const EvaluationScope &scope) = 0;

    // A condition of selectNextStep or If: the truth of the result, by JavaScript's rules. A text without braces is
    // an error.
    virtual Result<bool> evaluateCondition(const QString &expression, const EvaluationScope &scope) = 0;
};

} // namespace automation
