#pragma once

#include <optional>
#include <QStringView>

namespace automation {

struct FunctionInfo;

// Where in a text the script of an expression stands; UTF-16 units.
struct ScriptPlace
{
    qsizetype start = 0; // behind its {{
    qsizetype end = -1; // where its }} stands; -1 while it has none
    bool isClosed = false; // that }} is its own; an expression that is only begun reaches for that of the next one
};

// The expression a cursor stands in. Pure function, any thread, O(length).
std::optional<ScriptPlace> scriptAt(QStringView text, qsizetype cursor);

// A call in whose brackets a cursor stands.
struct FunctionCall
{
    const FunctionInfo *function = nullptr; // of the catalogue
    qsizetype start = 0; // of its name in the text
    int argument = 0; // the one the cursor stands in, counted from 0; may be one the function does not have
};

// The innermost call of a function of the catalogue around a cursor; none outside of {{ }}. Also while the call is
// only begun. Pure function, any thread, O(length).
std::optional<FunctionCall> callAt(QStringView text, qsizetype cursor);

} // namespace automation
