#pragma once

#include "model/expression/expressiontemplate.h"
#include "model/expression/scriptcheck.h"
#include "model/expression/scriptlint.h"
#include "model/expression/scriptreferences.h"

#include <memory>
#include <vector>

namespace automation {

// All that can be said of one script, what stands between two braces, without running it. Immutable, shared.
struct ScriptAnalysis
{
    QString script;
    ScriptReferences references; // none when the script is too long
    std::optional<ScriptProblem> refused; // see checkScript() and checkScriptSyntax()
    QList<ScriptFinding> findings; // see lintScript(); none when it is refused
    // Offset of the first typographic quote outside of proper literals, which JavaScript reads as no quote; -1: none.
    qsizetype typographicQuote = -1;
    bool isConstant = false; // has the same value at every run
};

// A text of a definition and what stands in its braces. Immutable, shared.
struct TextAnalysis
{
    ExpressionTemplate parts;
    std::vector<std::shared_ptr<const ScriptAnalysis>> scripts; // of its expressions, in their order
};

// Definitions say the same few things over and over, so the last some thousand different scripts and texts of the
// calling thread are remembered. Any thread.
std::shared_ptr<const ScriptAnalysis> analyseScript(QStringView script);
std::shared_ptr<const TextAnalysis> analyseText(
    QAnyStringView text, qsizetype mostExpressions = std::numeric_limits<qsizetype>::max());

bool isTypographicQuote(QChar c);

} // namespace automation
