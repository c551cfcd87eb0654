#include "model/expression/scriptcheck.h"

#include "model/expression/expressiontemplate.h"
#include "model/expression/functioncatalog.h"
#include "model/expression/scripttokens.h"

#include <QCoreApplication>
#include <QSet>

using namespace Qt::Literals::StringLiterals;

namespace automation {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(automation::ScriptCheck)
};

bool isAssignment(QStringView sign)
{
    return sign.endsWith(u'=') && sign != u"==" && sign != u"===" && sign != u"!=" && sign != u"!==" && sign != u"<="
        && sign != u">=";
}

class TokenReader
{
public:
    explicit TokenReader(QStringView script)
        : m_script(script)
        , m_tokens(scanScript(script))
    {
    }
    const QList<ScriptToken> &tokens() const { return m_tokens; }
    QStringView text(qsizetype index) const
    {
        if (index < 0 || index >= m_tokens.size())
            return {};
        return m_script.mid(m_tokens[index].offset, m_tokens[index].length);
    }
    bool isMemberName(qsizetype index) const
    {
        const QStringView before = text(index - 1);
        return before == u"." || before == u"?.";
    }
    bool isObjectKey(qsizetype index) const
    {
        const QStringView before = text(index - 1);
        return text(index + 1) == u":" && (before == u"{" || before == u",");
    }

private:
    QStringView m_script;
    QList<ScriptToken> m_tokens;
};

QString forbiddenWord(QStringView word)
{
    if (word == u"delete")
        return Text::tr("An expression cannot delete anything (“delete”).");
    if (word == u"new")
        return Text::tr("An expression cannot create objects with “new”.");
    if (word == u"class" || word == u"function" || word == u"let" || word == u"const" || word == u"var")
        return Text::tr("An expression cannot declare anything (“%1”).").arg(word);
    if (word == u"import" || word == u"await" || word == u"yield")
        return Text::tr("“%1” cannot be used in an expression.").arg(word);
    return {};
}

// Conversions that look at their argument and change nothing.
bool isHarmlessFunction(QStringView name)
{
    static const QSet<QString> names {
        u"String"_s, u"Number"_s, u"Boolean"_s, u"parseInt"_s, u"parseFloat"_s, u"isNaN"_s, u"isFinite"_s};
    return names.contains(name.toString()) || findFunction(name);
}

// Methods that change neither what they are called on nor their arguments, and take no function.
bool isHarmlessMethod(QStringView name)
{
    static const QSet<QString> names {u"trim"_s, u"trimStart"_s, u"trimEnd"_s, u"toLowerCase"_s, u"toUpperCase"_s,
        u"includes"_s, u"indexOf"_s, u"lastIndexOf"_s, u"startsWith"_s, u"endsWith"_s, u"slice"_s, u"substring"_s,
        u"at"_s, u"charAt"_s, u"padStart"_s, u"padEnd"_s, u"toFixed"_s, u"toString"_s, u"now"_s, u"floor"_s, u"ceil"_s,
        u"round"_s, u"abs"_s, u"min"_s, u"max"_s};
    return names.contains(name.toString());
}

} // namespace

std::optional<ScriptProblem> checkScript(QStringView script)
{
    if (script.size() > maxScriptLength) {
        return ScriptProblem {ScriptProblem::Kind::TooLong, 0, script.size(),
            Text::tr("The expression has %1 characters, at most %2 are allowed.")
                .arg(script.size())
                .arg(maxScriptLength)};
    }
    const TokenReader reader(script);
    if (reader.tokens().isEmpty())
        return ScriptProblem {
            ScriptProblem::Kind::Empty, 0, script.size(), Text::tr("There is no expression between the braces.")};
    for (qsizetype i = 0; i < reader.tokens().size(); ++i) {
        const ScriptToken &token = reader.tokens()[i];
        QString message;
        if (token.kind == ScriptToken::Kind::Punctuator) {
            const QStringView sign = reader.text(i);
            if (isAssignment(sign))
                message = Text::tr("An expression cannot assign (“%1”); to compare, write “==”.").arg(sign);
            else if (sign == u"++" || sign == u"--")
                message = Text::tr("An expression cannot change a value (“%1”).").arg(sign);
        } else if (token.kind == ScriptToken::Kind::Identifier && !reader.isMemberName(i) && !reader.isObjectKey(i)) {
            message = forbiddenWord(reader.text(i));
        }
        if (!message.isEmpty())
            return ScriptProblem {ScriptProblem::Kind::Forbidden, token.offset, token.length, message};
    }
    return std::nullopt;
}

bool isPureScript(QStringView script)
{
    const TokenReader reader(script);
    for (qsizetype i = 0; i < reader.tokens().size(); ++i) {
        const ScriptToken &token = reader.tokens()[i];
        // A template, even one behind a name (which would call it), and what was not understood: no promise.
        if (token.kind == ScriptToken::Kind::Template || token.kind == ScriptToken::Kind::Invalid)
            return false;
        if (reader.text(i) != u"(" || i == 0)
            continue;
        const ScriptToken &before = reader.tokens()[i - 1];
        const QStringView name = reader.text(i - 1);
        const bool isGroup = before.kind == ScriptToken::Kind::Punctuator && name != u")" && name != u"]"
            && name != u"}" && name != u"?.";
        const bool isKnownCall = before.kind == ScriptToken::Kind::Identifier
            && (reader.isMemberName(i - 1) ? isHarmlessMethod(name) : isHarmlessFunction(name));
        if (!isGroup && !isKnownCall)
            return false;
    }
    return true;
}

} // namespace automation
