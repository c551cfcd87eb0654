#include "model/expression/scriptanalysis.h"

#include "model/expression/expressiontemplate.h"
#include "model/expression/plainscript.h"
#include "model/expression/remembered.h"
#include "model/expression/scriptsyntax.h"
#include "model/json/texthash.h"

#include <unordered_map>

namespace automation {

namespace {

// Some megabytes at most; then all are forgotten, which is simple and rare.
constexpr size_t mostRemembered = 20000;

// Texts are found by their bytes: those of 8 and of 16 bits a character apart.
struct BytesHash
{
    using is_transparent = void;
    size_t operator()(QByteArrayView bytes) const { return textHash(bytes); }
};
struct BytesEqual
{
    using is_transparent = void;
    bool operator()(QByteArrayView a, QByteArrayView b) const { return a == b; }
};
using Texts = std::unordered_map<QByteArray, std::shared_ptr<const TextAnalysis>, BytesHash, BytesEqual>;
constexpr qsizetype longestRememberedText = 2000; // bytes

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
    thread_local Remembered<ScriptAnalysis> memory;
    return memory.of(script, [](QStringView fresh) { return analyse(fresh); });
}

namespace {

std::shared_ptr<const TextAnalysis> analyse(const QString &text, qsizetype mostExpressions)
{
    auto analysis = std::make_shared<TextAnalysis>();
    analysis->parts = ExpressionTemplate(text, mostExpressions);
    for (const TemplatePart &part : analysis->parts.parts()) {
        if (part.isExpression)
            analysis->scripts.push_back(analyseScript(analysis->parts.script(part)));
    }
    return analysis;
}

} // namespace

std::shared_ptr<const TextAnalysis> analyseText(QAnyStringView text, qsizetype mostExpressions)
{
    const QByteArrayView bytes(static_cast<const char *>(text.data()), text.size_bytes());
    constexpr qsizetype shortestExpression = 4;
    if (bytes.size() > longestRememberedText || bytes.size() / shortestExpression > mostExpressions)
        return analyse(text.toString(), mostExpressions);
    thread_local Texts memories[2];
    Texts &memory = memories[text.visit([](auto view) { return sizeof(*view.data()) > 1; })];
    if (const auto known = memory.find(bytes); known != memory.end())
        return known->second;
    if (memory.size() >= mostRemembered)
        memory.clear();
    return memory.emplace(bytes.toByteArray(), analyse(text.toString(), mostExpressions)).first->second;
}

} // namespace automation
