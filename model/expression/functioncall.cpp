#include "model/expression/functioncall.h"

#include "model/expression/functioncatalog.h"
#include "model/expression/scripttokens.h"

#include <algorithm>
#include <vector>

namespace automation {

std::optional<ScriptPlace> scriptAt(QStringView text, qsizetype cursor)
{
    for (qsizetype at = 0;;) {
        const qsizetype open = text.indexOf(u"{{", at);
        if (open < 0 || open + 2 > cursor)
            return std::nullopt;
        const qsizetype close = findScriptEnd(text, open + 2);
        if (close >= 0 && close < cursor) {
            at = close + 2;
            continue;
        }
        const qsizetype next = text.indexOf(u"{{", cursor);
        return ScriptPlace {open + 2, close, close >= 0 && (next < 0 || next > close)};
    }
}

std::optional<FunctionCall> callAt(QStringView text, qsizetype cursor)
{
    cursor = std::clamp<qsizetype>(cursor, 0, text.size());
    const std::optional<ScriptPlace> place = scriptAt(text, cursor);
    if (!place)
        return std::nullopt;
    const QStringView before = text.sliced(place->start, cursor - place->start);
    // What is open at the cursor, the innermost last; without a function where brackets are no call of one.
    std::vector<FunctionCall> open;
    const QList<ScriptToken> tokens = scanScript(before);
    for (qsizetype i = 0; i < tokens.size(); ++i) {
        const ScriptToken &token = tokens.at(i);
        if (token.kind != ScriptToken::Kind::Punctuator)
            continue;
        const QStringView sign = before.sliced(token.offset, token.length);
        if (sign == u"(") {
            FunctionCall call;
            const bool isMember
                = i > 1 && before.sliced(tokens.at(i - 2).offset, tokens.at(i - 2).length).endsWith(u'.');
            if (i > 0 && !isMember && tokens.at(i - 1).kind == ScriptToken::Kind::Identifier) {
                call.function = findFunction(before.sliced(tokens.at(i - 1).offset, tokens.at(i - 1).length));
                call.start = place->start + tokens.at(i - 1).offset;
            }
            open.push_back(call);
        } else if (sign == u"[" || sign == u"{" || sign == u"${") {
            open.push_back({});
        } else if ((sign == u")" || sign == u"]" || sign == u"}") && !open.empty()) {
            open.pop_back();
        } else if (sign == u"," && !open.empty()) {
            ++open.back().argument;
        }
    }
    // A list or a bracket inside an argument still belongs to it.
    const auto call = std::find_if(
        open.rbegin(), open.rend(), [](const FunctionCall &candidate) { return candidate.function != nullptr; });
    return call == open.rend() ? std::nullopt : std::optional<FunctionCall>(*call);
}

} // namespace automation
