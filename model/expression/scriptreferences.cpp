#include "model/expression/scriptreferences.h"

#include "model/expression/scripttokens.h"

#include <QSet>
#include <QStringList>

namespace automation {

namespace {

class ReferenceFinder
{
public:
    explicit ReferenceFinder(QStringView script)
        : m_script(script)
        , m_tokens(scanScript(script))
    {
        findParameters();
    }

    ScriptReferences find()
    {
        ScriptReferences found;
        for (qsizetype i = 0; i < m_tokens.size(); ++i) {
            if (m_tokens[i].kind != ScriptToken::Kind::Identifier || text(i - 1) == u"." || text(i - 1) == u"?.")
                continue;
            const QString name = text(i).toString();
            if (m_parameters.contains(name))
                continue;
            if (text(i + 1) == u"(") {
                // "{ name(…) {" is a method of an object literal and "if (" a statement; neither calls anything.
                const qsizetype close = matching(i + 1);
                if ((close < 0 || text(close + 1) != u"{") && !isKeyword(name)) {
                    const int count = countArguments(i + 1, close);
                    found.calls.append(
                        {name, count, arguments(i + 1, close, count), m_tokens[i].offset, m_tokens[i].length});
                }
            } else if ((name == u"data" || name == u"step")
                && !(text(i + 1) == u":" && (text(i - 1) == u"{" || text(i - 1) == u","))) {
                found.references.append(reference(i));
            } else if (name != u"data" && name != u"step" && !isWord(name) && isFreeName(i)) {
                found.names.append({name, m_tokens[i].offset, m_tokens[i].length});
            }
        }
        return found;
    }

private:
    QStringView text(qsizetype index) const
    {
        if (index < 0 || index >= m_tokens.size())
            return {};
        return m_script.mid(m_tokens[index].offset, m_tokens[index].length);
    }
    bool isKind(qsizetype index, ScriptToken::Kind kind) const
    {
        return index < m_tokens.size() && m_tokens[index].kind == kind;
    }
    static bool isKeyword(const QString &name)
    {
        static const QSet<QString> words {QStringLiteral("if"), QStringLiteral("for"), QStringLiteral("while"),
            QStringLiteral("switch"), QStringLiteral("catch"), QStringLiteral("with"), QStringLiteral("typeof"),
            QStringLiteral("void"), QStringLiteral("in"), QStringLiteral("instanceof"), QStringLiteral("return"),
            QStringLiteral("throw"), QStringLiteral("function"), QStringLiteral("new"), QStringLiteral("delete"),
            QStringLiteral("await"), QStringLiteral("async"), QStringLiteral("super"), QStringLiteral("import")};
        return words.contains(name);
    }

    // Words of the language that stand for no variable.
    static bool isWord(const QString &name)
    {
        static const QSet<QString> words {QStringLiteral("true"), QStringLiteral("false"), QStringLiteral("null"),
            QStringLiteral("this"), QStringLiteral("let"), QStringLiteral("const"), QStringLiteral("var"),
            QStringLiteral("class"), QStringLiteral("else"), QStringLiteral("do"), QStringLiteral("try"),
            QStringLiteral("finally"), QStringLiteral("case"), QStringLiteral("default"), QStringLiteral("break"),
            QStringLiteral("continue"), QStringLiteral("yield"), QStringLiteral("of"), QStringLiteral("arguments"),
            QStringLiteral("debugger"), QStringLiteral("enum"), QStringLiteral("export"), QStringLiteral("extends"),
            QStringLiteral("get"), QStringLiteral("set"), QStringLiteral("static")};
        return words.contains(name) || isKeyword(name);
    }
    // Not the key of an object literal, a label or the tag of a template.
    bool isFreeName(qsizetype index) const
    {
        const QStringView before = text(index - 1);
        return !(text(index + 1) == u":" && (index == 0 || before == u"{" || before == u"," || before == u";"))
            && text(index + 1) != u"=>";
    }

    QList<ScriptCall::Argument> arguments(qsizetype open, qsizetype close, int count) const
    {
        QList<ScriptCall::Argument> result;
        if (count <= 0)
            return result;
        qsizetype first = open + 1;
        for (qsizetype i = open + 1; i <= close; ++i) {
            if (i < close && m_tokens[i].kind == ScriptToken::Kind::Punctuator) {
                const QStringView sign = text(i);
                if (sign == u"(" || sign == u"[" || sign == u"{" || sign == u"${") {
                    i = matching(i);
                    continue;
                }
            }
            if (i < close && text(i) != u",")
                continue;
            if (i > first) {
                ScriptCall::Argument argument;
                argument.offset = m_tokens[first].offset;
                argument.length = m_tokens[i - 1].end() - argument.offset;
                argument.isText = i - first == 1 && m_tokens[first].kind == ScriptToken::Kind::String;
                if (argument.isText)
                    argument.text = stringTokenValue(text(first));
                result.append(argument);
            }
            first = i + 1;
        }
        return result;
    }

    // Index of the bracket that closes the one at open, -1 when there is none.
    qsizetype matching(qsizetype open) const
    {
        int depth = 0;
        for (qsizetype i = open; i < m_tokens.size(); ++i) {
            if (m_tokens[i].kind != ScriptToken::Kind::Punctuator)
                continue;
            const QStringView sign = text(i);
            if (sign == u"(" || sign == u"[" || sign == u"{" || sign == u"${")
                ++depth;
            else if ((sign == u")" || sign == u"]" || sign == u"}") && --depth == 0)
                return i;
        }
        return -1;
    }

    int countArguments(qsizetype open, qsizetype close) const
    {
        if (close < 0)
            return -1;
        int count = close > open + 1 ? 1 : 0;
        for (qsizetype i = open + 1; i < close; ++i) {
            const QStringView sign = text(i);
            if (sign == u"...")
                return -1;
            if (sign == u"," && i + 1 < close)
                ++count;
            if (m_tokens[i].kind == ScriptToken::Kind::Punctuator
                && (sign == u"(" || sign == u"[" || sign == u"{" || sign == u"${")) {
                i = matching(i);
                if (i < 0)
                    return -1;
            }
        }
        return count;
    }

    // Names before "=>": in them data and step are something else.
    void findParameters()
    {
        for (qsizetype i = 1; i < m_tokens.size(); ++i) {
            if (text(i) != u"=>")
                continue;
            if (isKind(i - 1, ScriptToken::Kind::Identifier)) {
                m_parameters.insert(text(i - 1).toString());
                continue;
            }
            int depth = 0;
            for (qsizetype k = i - 1; k >= 0; --k) {
                if (text(k) == u")")
                    ++depth;
                else if (text(k) == u"(" && --depth == 0)
                    break;
                else if (m_tokens[k].kind == ScriptToken::Kind::Identifier)
                    m_parameters.insert(text(k).toString());
            }
        }
    }

    ScriptReference reference(qsizetype index) const
    {
        ScriptReference found;
        found.root = text(index).toString();
        found.offset = m_tokens[index].offset;
        qsizetype end = m_tokens[index].end();
        qsizetype next = index + 1;
        while (next < m_tokens.size()) {
            ScriptReference::Member member;
            qsizetype after = next;
            const bool isOptional = text(next) == u"?.";
            if ((text(next) == u"." || isOptional) && isKind(next + 1, ScriptToken::Kind::Identifier)) {
                member = {text(next + 1).toString(), m_tokens[next + 1].offset, m_tokens[next + 1].length};
                after = next + 2;
            } else {
                const qsizetype bracket = isOptional ? next + 1 : next;
                if (text(bracket) != u"[")
                    break;
                const ScriptToken::Kind kind
                    = bracket + 1 < m_tokens.size() ? m_tokens[bracket + 1].kind : ScriptToken::Kind::Invalid;
                const bool isName = kind == ScriptToken::Kind::String || kind == ScriptToken::Kind::Number;
                if (!isName || text(bracket + 2) != u"]") {
                    found.isOpen = true;
                    break;
                }
                const ScriptToken &name = m_tokens[bracket + 1];
                if (kind == ScriptToken::Kind::String)
                    member = {stringTokenValue(text(bracket + 1)), name.offset + 1, name.length - 2};
                else
                    member = {text(bracket + 1).toString(), name.offset, name.length};
                after = bracket + 3;
            }
            if (text(after) == u"(" || (text(after) == u"?." && text(after + 1) == u"("))
                break; // a method; what it is called on is the reference
            found.path.append(member);
            end = m_tokens[after - 1].end();
            next = after;
        }
        found.length = end - found.offset;
        return found;
    }

    QStringView m_script;
    QList<ScriptToken> m_tokens;
    QSet<QString> m_parameters;
};

} // namespace

QStringList ScriptReference::names() const
{
    QStringList names;
    for (const Member &member : path)
        names.append(member.name);
    return names;
}

ScriptReferences findReferences(QStringView script)
{
    return ReferenceFinder(script).find();
}

} // namespace automation
