// Any text as a template and as a script: pieces without gaps, tokens in order, places inside the text.

#include "require.h"

#include "model/expression/expressiontemplate.h"
#include "model/expression/scriptcheck.h"
#include "model/expression/scriptreferences.h"
#include "model/expression/scripttokens.h"

using namespace automation;

namespace {

void checkOneScript(QStringView script)
{
    const auto inside = [script](qsizetype offset, qsizetype length) {
        return offset >= 0 && length >= 0 && offset + length <= script.size();
    };
    qsizetype end = 0;
    for (const ScriptToken &token : scanScript(script)) {
        // Between two ${} of a template stands a piece without letters, at the end one that is never closed.
        const bool mayBeEmpty = token.kind == ScriptToken::Kind::Template || token.kind == ScriptToken::Kind::Invalid;
        require(token.offset >= end && (token.length > 0 || mayBeEmpty) && inside(token.offset, token.length),
            "tokens in order");
        end = token.end();
        if (token.kind == ScriptToken::Kind::String)
            stringTokenValue(script.sliced(token.offset, token.length));
    }
    const ScriptReferences found = findReferences(script);
    for (const ScriptReference &reference : found.references) {
        require(inside(reference.offset, reference.length), "references inside the script");
        for (const ScriptReference::Member &member : reference.path)
            require(inside(member.offset, member.length), "members inside the script");
    }
    for (const ScriptCall &call : found.calls)
        require(inside(call.offset, call.length) && call.argumentCount >= -1, "calls inside the script");
    if (const auto problem = checkScript(script))
        require(inside(problem->offset, problem->length) && !problem->message.isEmpty(), "problems inside the script");
    isPureScript(script);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    const QString text = QString::fromUtf8(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    checkOneScript(text);
    for (qsizetype from : {qsizetype(0), text.size() / 2, text.size()}) {
        const qsizetype end = findScriptEnd(text, from);
        require(end == -1 || (end >= from && text.mid(end, 2) == QLatin1StringView("}}")), "a script ends at braces");
    }
    const ExpressionTemplate parts(text);
    qsizetype end = 0;
    for (const TemplatePart &part : parts.parts()) {
        require(part.start == end && part.length > 0, "parts without gaps");
        end = part.start + part.length;
        if (part.isExpression)
            checkOneScript(parts.script(part));
    }
    require(end == text.size(), "parts up to the end");
    return 0;
}
