#pragma once

#include <optional>
#include <QString>
#include <QStringView>

namespace automation {

// Why a script would be refused before it runs.
struct ScriptProblem
{
    enum class Kind {
        Empty, // nothing between the braces
        TooLong, // above maxScriptLength
        Forbidden, // an assignment, a declaration or another construct that expressions may not hold
        Syntax // no JavaScript expression
    };
    Kind kind = Kind::Forbidden;
    qsizetype offset = 0; // UTF-16 units in the script
    qsizetype length = 0;
    QString message; // translated, one sentence in plain words
};

// The first reason to refuse what stands between two braces, without running it: length and forbidden constructs
// (reference/engine-semantics.md §9: =, op=, ++, --, delete, new, class, function, let, const, var, import, await,
// yield). Arrow functions, literals, templates and method calls are fine. Syntax is not checked here, but by
// checkScriptSyntax(). Pure function, any thread.
std::optional<ScriptProblem> checkScript(QStringView script);

// True when evaluating the script cannot change anything that a later script sees: it calls nothing but the functions
// of the catalogue and well-known ones that change nothing. False says nothing.
bool isPureScript(QStringView script);

} // namespace automation
