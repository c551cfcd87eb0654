#include "model/expression/scriptanalysis.h"

#include "model/expression/expressiontemplate.h"
#include "model/expression/plainscript.h"
#include "model/expression/scriptsyntax.h"

#include <unordered_map>

namespace automation {

namespace {

// Some megabytes at most; then all are forgotten, which is simple and rare.
constexpr size_t mostRemembered = 20000;

// Lets a view find the script it is equal to.
struct ScriptHash
{
    using is_transparent = void;
    size_t operator()(QStringView script) const { return qHash(script); }
};
struct ScriptEqual
{
    using is_transparent = void;
    bool operator()(QStringView a, QStringView b) const { return a == b; }
};
using Memory = std::unordered_map<QString, std::shared_ptr<const ScriptAnalysis>, ScriptHash, ScriptEqual>;

qsizetype findTypographicQuote(QStringView script)
{
    QChar quote;
    for (qsizetype i = 0; i < script.size(); ++i) {
        const QChar c = script[i];
        if (!quote.isNull()) {
            if (c == u'\\')
                ++i;
            else if (c == quote)
                quote = QChar();
        } else if (c == u'\'' || c == u'"' || c == u'`') {
            quote = c;
        } else if (isTypographicQuote(c)) {
            return i;
        }
    }
    return -1;
}

std::shared_ptr<const ScriptAnalysis> analyse(QStringView script)
{
    auto analysis = std::make_shared<ScriptAnalysis>();
    analysis->script = script.toString();
    const bool isPlain = script.size() <= maxScriptLength && isPlainExpression(script);
    if (!isPlain) {
        analysis->refused = checkScript(script);
        analysis->typographicQuote = findTypographicQuote(script);
        if (!analysis->refused && analysis->typographicQuote < 0)
            analysis->refused = checkScriptSyntax(script);
    }
    if (script.size() <= maxScriptLength)
        analysis->references = findReferences(script);
    if (!analysis->refused && analysis->typographicQuote < 0) {
        analysis->findings = lintScript(script, analysis->references);
        analysis->isConstant = isConstantScript(script, analysis->references);
    }
    return analysis;
}

} // namespace

bool isTypographicQuote(QChar c)
{
    return (c >= QChar(0x2018) && c <= QChar(0x201f)) || c == QChar(0x00ab) || c == QChar(0x00bb);
}

std::shared_ptr<const ScriptAnalysis> analyseScript(QStringView script)
{
    if (script.size() > maxScriptLength)
        return analyse(script); // may be of any size, and is refused anyway
    thread_local Memory memory;
    if (const auto known = memory.find(script); known != memory.end())
        return known->second;
    if (memory.size() >= mostRemembered)
        memory.clear();
    std::shared_ptr<const ScriptAnalysis> analysis = analyse(script);
    return memory.emplace(analysis->script, std::move(analysis)).first->second;
}

} // namespace automation
