#pragma once

#include "model/expression/expressiontemplate.h"
#include "model/expression/scriptcheck.h"
#include "model/expression/scriptlint.h"
#include "model/expression/scriptreferences.h"

#include <atomic>
#include <memory>
#include <QVarLengthArray>

namespace automation {

// All that can be said of one script, what stands between two braces, without running it. Immutable, shared.
struct ScriptAnalysis
{
    // What most scripts do: nothing but to read this member of data, with no doubt about the rest. Known without a look
    // at the references, which are elsewhere in memory; empty when there is more to say.
    QString onlyReads;
    size_t onlyReadsHash = 0; // textHash() of it
    // For who asks for onlyReads by a number of theirs again and again: the number, and whose it is. 0: nobody's.
    mutable std::atomic<quint64> numberOfOnlyReads = 0;
    QString script;
    ScriptReferences references; // none when the script is too long
    std::optional<ScriptProblem> refused; // see checkScript() and checkScriptSyntax()
    QList<ScriptFinding> findings; // see lintScript(); none when it is refused
    // Offset of the first typographic quote outside of proper literals, which JavaScript reads as no quote; -1: none.
    qsizetype typographicQuote = -1;
    bool isConstant = false; // has the same value at every run
};

// A text of a definition and what stands in its braces. Immutable, shared. Large definitions have thousands of them,
// so what is asked of each stands together.
struct TextAnalysis
{
    struct Expression
    {
        std::shared_ptr<const ScriptAnalysis> script;
        qsizetype start = 0; // of the script in the text, UTF-16 units
    };
    // Its expressions are closed and no brace stands outside of them.
    bool hasOnlyUsualBraces = false;
    bool isWholeValue = false; // see ExpressionTemplate
    QVarLengthArray<Expression, 1> expressions; // in their order
    ExpressionTemplate parts;
};

// Definitions say the same few things over and over, so the last some thousand different scripts and texts of the
// calling thread are remembered. Any thread.
std::shared_ptr<const ScriptAnalysis> analyseScript(QStringView script);
std::shared_ptr<const TextAnalysis> analyseText(
    QAnyStringView text, qsizetype mostExpressions = std::numeric_limits<qsizetype>::max());

bool isTypographicQuote(QChar c);

} // namespace automation
