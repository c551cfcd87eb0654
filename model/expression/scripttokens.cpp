#include "model/expression/scripttokens.h"

#include <array>
#include <QStringList>

namespace automation {

namespace {

bool isIdentifierStart(QChar c)
{
    return c.isLetter() || c == u'_' || c == u'$' || c == u'\\' || c.isSurrogate();
}

bool isIdentifierPart(QChar c)
{
    return isIdentifierStart(c) || c.isDigit() || c.isMark() || c == QChar(0x200c) || c == QChar(0x200d);
}

// Longest first, so that the first match is the longest one.
constexpr std::array<QStringView, 33> punctuators {u">>>=", u"...", u"===", u"!==", u"**=", u"<<=", u">>=", u">>>",
    u"&&=", u"||=", u"?\?=", u"=>", u"==", u"!=", u"<=", u">=", u"&&", u"||", u"??", u"?.", u"++", u"--", u"+=", u"-=",
    u"*=", u"/=", u"%=", u"&=", u"|=", u"^=", u"<<", u">>", u"**"};

// Signs that no longer one begins with.
bool standsAlone(QChar c)
{
    return c == u'(' || c == u')' || c == u'[' || c == u']' || c == u'{' || c == u'}' || c == u',' || c == u';'
        || c == u':' || c == u'~';
}

// Words after which an operand follows, so that a slash begins a regular expression.
bool isOperatorWord(QStringView word)
{
    static const QStringList words {QStringLiteral("typeof"), QStringLiteral("void"), QStringLiteral("delete"),
        QStringLiteral("in"), QStringLiteral("instanceof"), QStringLiteral("new"), QStringLiteral("return"),
        QStringLiteral("throw"), QStringLiteral("case"), QStringLiteral("do"), QStringLiteral("else"),
        QStringLiteral("await"), QStringLiteral("yield")};
    return words.contains(word);
}

class Scanner
{
public:
    Scanner(QStringView text, qsizetype from, bool stopAtEnd)
        : m_text(text)
        , m_position(from)
        , m_start(from)
        , m_stopAtEnd(stopAtEnd)
    {
    }

    void run()
    {
        while (m_position < m_text.size() && m_end < 0) {
            skipBlanks();
            if (m_position < m_text.size())
                next();
        }
    }

    QList<ScriptToken> takeTokens() { return std::move(m_tokens); }
    qsizetype end() const { return m_end; }

private:
    QChar at(qsizetype position) const { return position < m_text.size() ? m_text[position] : QChar(); }

    void add(ScriptToken::Kind kind, qsizetype start) { m_tokens.append({kind, start - m_start, m_position - start}); }

    void skipBlanks()
    {
        while (m_position < m_text.size()) {
            const QChar c = m_text[m_position];
            if (c.isSpace() || c == QChar(0xfeff)) {
                ++m_position;
            } else if (c == u'/' && at(m_position + 1) == u'/') {
                while (m_position < m_text.size() && !isLineEnd(m_text[m_position]))
                    ++m_position;
            } else if (c == u'/' && at(m_position + 1) == u'*') {
                const qsizetype close = m_text.indexOf(u"*/", m_position + 2);
                m_position = close < 0 ? m_text.size() : close + 2;
            } else {
                return;
            }
        }
    }

    static bool isLineEnd(QChar c) { return c == u'\n' || c == u'\r' || c == QChar(0x2028) || c == QChar(0x2029); }

    void next()
    {
        const qsizetype start = m_position;
        const QChar c = m_text[start];
        if (c == u'"' || c == u'\'') {
            string(c);
        } else if (c == u'`') {
            ++m_position;
            templatePiece(start);
        } else if (c.isDigit() || (c == u'.' && at(start + 1).isDigit())) {
            number();
        } else if (isIdentifierStart(c) || c == u'#' || c == u'@') {
            do
                ++m_position;
            while (m_position < m_text.size() && isIdentifierPart(m_text[m_position]));
            add(c == u'#' || c == u'@' ? ScriptToken::Kind::Invalid : ScriptToken::Kind::Identifier, start);
        } else if (c == u'/' && regexMayBegin()) {
            regex();
        } else {
            punctuator();
        }
    }

    void string(QChar quote)
    {
        const qsizetype start = m_position++;
        while (m_position < m_text.size()) {
            const QChar c = m_text[m_position++];
            if (c == quote) {
                add(ScriptToken::Kind::String, start);
                return;
            }
            if (c == u'\n' || c == u'\r')
                break;
            if (c == u'\\' && m_position < m_text.size())
                ++m_position;
        }
        add(ScriptToken::Kind::Invalid, start);
    }

    // From behind a ` or a closing } up to and with the next ` or "${".
    void templatePiece(qsizetype start)
    {
        while (m_position < m_text.size()) {
            const QChar c = m_text[m_position];
            if (c == u'`') {
                ++m_position;
                add(ScriptToken::Kind::Template, start);
                return;
            }
            if (c == u'$' && at(m_position + 1) == u'{') {
                add(ScriptToken::Kind::Template, start);
                m_position += 2;
                m_tokens.append({ScriptToken::Kind::Punctuator, m_position - 2 - m_start, 2});
                m_braces.append(true);
                return;
            }
            m_position += c == u'\\' && m_position + 1 < m_text.size() ? 2 : 1;
        }
        add(ScriptToken::Kind::Invalid, start);
    }

    void number()
    {
        const qsizetype start = m_position++;
        while (m_position < m_text.size()) {
            const QChar c = m_text[m_position];
            const QChar before = m_text[m_position - 1];
            const bool isHex = m_text[start] == u'0' && (at(start + 1) == u'x' || at(start + 1) == u'X');
            const bool isExponentSign = (c == u'+' || c == u'-') && !isHex && (before == u'e' || before == u'E');
            if (!isIdentifierPart(c) && c != u'.' && !isExponentSign)
                break;
            ++m_position;
        }
        add(ScriptToken::Kind::Number, start);
    }

    bool regexMayBegin() const
    {
        if (m_tokens.isEmpty())
            return true;
        const ScriptToken &before = m_tokens.last();
        const QStringView text = m_text.mid(m_start + before.offset, before.length);
        switch (before.kind) {
        case ScriptToken::Kind::Identifier: {
            const bool isMember = m_tokens.size() > 1 && [&] {
                const ScriptToken &dot = m_tokens[m_tokens.size() - 2];
                const QStringView sign = m_text.mid(m_start + dot.offset, dot.length);
                return sign == u"." || sign == u"?.";
            }();
            return !isMember && isOperatorWord(text);
        }
        case ScriptToken::Kind::Punctuator:
            return text != u")" && text != u"]" && text != u"}" && text != u"++" && text != u"--";
        case ScriptToken::Kind::Template:
            return false;
        case ScriptToken::Kind::Number:
        case ScriptToken::Kind::String:
        case ScriptToken::Kind::Regex:
        case ScriptToken::Kind::Invalid:
            return false;
        }
        return false;
    }

    void regex()
    {
        const qsizetype start = m_position++;
        bool inClass = false;
        while (m_position < m_text.size() && !isLineEnd(m_text[m_position])) {
            const QChar c = m_text[m_position++];
            if (c == u'\\' && m_position < m_text.size()) {
                ++m_position;
            } else if (c == u'[') {
                inClass = true;
            } else if (c == u']') {
                inClass = false;
            } else if (c == u'/' && !inClass) {
                while (m_position < m_text.size() && isIdentifierPart(m_text[m_position]))
                    ++m_position;
                add(ScriptToken::Kind::Regex, start);
                return;
            }
        }
        add(ScriptToken::Kind::Invalid, start);
    }

    void punctuator()
    {
        const qsizetype start = m_position;
        const QStringView rest = m_text.mid(start, 4);
        qsizetype length = 1;
        const QChar c = m_text[start];
        if (!standsAlone(c)) {
            for (const QStringView sign : punctuators) {
                // "a?.5:1" is a ternary, not an optional chain.
                if (rest.startsWith(sign) && !(sign == u"?." && at(start + 2).isDigit())) {
                    length = sign.size();
                    break;
                }
            }
        }
        if (m_stopAtEnd && m_braces.isEmpty() && c == u'}' && at(start + 1) == u'}') {
            m_end = start;
            return;
        }
        m_position += length;
        add(QStringView(u"{}()[].;,<>+-*/%&|^!~?:=").contains(c) ? ScriptToken::Kind::Punctuator
                                                                 : ScriptToken::Kind::Invalid,
            start);
        if (c == u'{') {
            m_braces.append(false);
        } else if (c == u'}' && !m_braces.isEmpty() && m_braces.takeLast()) {
            templatePiece(m_position);
        }
    }

    QStringView m_text;
    qsizetype m_position;
    qsizetype m_start;
    qsizetype m_end = -1;
    bool m_stopAtEnd;
    QList<bool> m_braces; // open braces, true for those of a template's ${
    QList<ScriptToken> m_tokens;
};

// The end of a script that has no other braces, no comment, regular expression, template nor escape: nearly all are
// like that, and scanning takes many times longer. -1 when it is not so.
qsizetype findPlainScriptEnd(QStringView text, qsizetype from)
{
    for (qsizetype i = from; i + 1 < text.size(); ++i) {
        const QChar c = text[i];
        if (c == u'}')
            return text[i + 1] == u'}' ? i : -1;
        if (c == u'{' || c == u'/' || c == u'`' || c == u'\\')
            return -1;
        if (c != u'\'' && c != u'"')
            continue;
        do
            ++i;
        while (i < text.size() && text[i] != c && text[i] != u'\\' && text[i] != u'\n' && text[i] != u'\r');
        if (i >= text.size() || text[i] != c)
            return -1;
    }
    return -1;
}

} // namespace

QList<ScriptToken> scanScript(QStringView script)
{
    Scanner scanner(script, 0, false);
    scanner.run();
    return scanner.takeTokens();
}

qsizetype findScriptEnd(QStringView text, qsizetype from)
{
    if (const qsizetype end = findPlainScriptEnd(text, from); end >= 0)
        return end;
    Scanner scanner(text, from, true);
    scanner.run();
    return scanner.end();
}

QString stringTokenValue(QStringView tokenText)
{
    if (tokenText.size() < 2)
        return {};
    const QStringView inner = tokenText.mid(1, tokenText.size() - 2);
    QString value;
    value.reserve(inner.size());
    for (qsizetype i = 0; i < inner.size(); ++i) {
        if (inner[i] != u'\\' || i + 1 == inner.size()) {
            value += inner[i];
            continue;
        }
        const QChar escaped = inner[++i];
        if (escaped == u'\'' || escaped == u'"' || escaped == u'\\')
            value += escaped;
        else if (escaped == u'n')
            value += u'\n';
        else
            return inner.toString();
    }
    return value;
}

} // namespace automation
