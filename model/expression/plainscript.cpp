#include "model/expression/plainscript.h"

#include <algorithm>

namespace automation {

namespace {

constexpr int deepest = 40;

bool isNameStart(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || c == u'_' || c == u'$';
}

bool isDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}

bool isNamePart(QChar c)
{
    return isNameStart(c) || isDigit(c);
}

// Words that are no plain names. What JavaScript reserves in strict code or in some places only is in it as well.
bool isReserved(QStringView word)
{
    static constexpr QStringView words[] = {u"arguments", u"async", u"await", u"break", u"case", u"catch", u"class",
        u"const", u"continue", u"debugger", u"default", u"delete", u"do", u"else", u"enum", u"eval", u"export",
        u"extends", u"finally", u"for", u"function", u"if", u"implements", u"import", u"in", u"instanceof",
        u"interface", u"let", u"new", u"of", u"package", u"private", u"protected", u"public", u"return", u"static",
        u"super", u"switch", u"throw", u"try", u"typeof", u"var", u"void", u"while", u"with", u"yield"};
    if (word.size() < 2 || word.size() > 10 || word[0] < u'a' || word[0] > u'y')
        return false;
    return std::binary_search(std::begin(words), std::end(words), word);
}

// A reader of the grammar by recursive descent. Each function leaves the position behind what it has read and returns
// false at the first thing that is not plain.
class PlainReader
{
public:
    explicit PlainReader(QStringView script)
        : m_at(script.utf16())
        , m_end(script.utf16() + script.size())
    {
    }

    bool read() { return expression() && m_at == m_end; }

private:
    QChar peek(qsizetype ahead = 0) const { return m_end - m_at > ahead ? QChar(m_at[ahead]) : QChar(); }

    void skipBlanks()
    {
        while (m_at < m_end && (*m_at == u' ' || *m_at == u'\t' || *m_at == u'\n'))
            ++m_at;
    }

    bool take(char16_t sign)
    {
        if (m_at == m_end || *m_at != sign)
            return false;
        ++m_at;
        return true;
    }

    // Operands joined by binary operators; which binds tighter does not matter for being well-formed.
    bool expression()
    {
        if (++m_depth > deepest)
            return false;
        while (true) {
            if (!operand())
                return false;
            if (take(u'?')) {
                if (peek() == u'?' || peek() == u'.' || !expression() || !take(u':'))
                    return false;
                continue;
            }
            if (!binaryOperator())
                break;
        }
        --m_depth;
        return true;
    }

    bool binaryOperator()
    {
        const QChar c = peek();
        const QChar next = peek(1);
        switch (c.unicode()) {
        case u'&':
        case u'|':
            return next == c && skip(2);
        case u'=':
        case u'!':
            return next == u'=' && skip(peek(2) == u'=' ? 3 : 2);
        case u'<':
        case u'>':
            // No shifts, and no "<!--", which begins a comment.
            if (next == u'=')
                return skip(2);
            return next != c && !(c == u'<' && next == u'!') && skip(1);
        case u'+':
        case u'-':
        case u'*':
        case u'%':
            return next != c && next != u'=' && skip(1);
        case u'/':
            return next != u'/' && next != u'*' && next != u'=' && skip(1);
        default:
            return false;
        }
    }

    bool skip(qsizetype count)
    {
        m_at += count;
        return true;
    }

    // With its signs before, and the blanks behind it.
    bool operand()
    {
        skipBlanks();
        while (peek() == u'!' || peek() == u'-') {
            if (peek() == u'-' && peek(1) == u'-')
                return false;
            ++m_at;
            skipBlanks();
        }
        if (!primary())
            return false;
        skipBlanks();
        return true;
    }

    bool primary()
    {
        const QChar c = peek();
        if (c == u'\'' || c == u'"') {
            if (!string(c.unicode()))
                return false;
        } else if (isDigit(c)) {
            return number();
        } else if (isNameStart(c)) {
            const char16_t *start = m_at;
            while (m_at < m_end && isNamePart(*m_at))
                ++m_at;
            if (isReserved(QStringView(start, m_at - start)))
                return false;
        } else if (take(u'(')) {
            if (!expression() || !take(u')'))
                return false;
        } else {
            return false;
        }
        return members();
    }

    // .name, [expression] and (arguments) behind a value.
    bool members()
    {
        while (true) {
            const QChar c = peek();
            if (c == u'.' || (c == u'?' && peek(1) == u'.')) {
                m_at += c == u'.' ? 1 : 2;
                if (!isNameStart(peek()))
                    return false;
                while (m_at < m_end && isNamePart(*m_at))
                    ++m_at;
            } else if (take(u'[')) {
                if (!expression() || !take(u']'))
                    return false;
            } else if (take(u'(')) {
                if (!arguments())
                    return false;
            } else {
                return true;
            }
        }
    }

    bool arguments()
    {
        skipBlanks();
        if (take(u')'))
            return true;
        while (expression()) {
            if (take(u')'))
                return true;
            if (!take(u','))
                return false;
        }
        return false;
    }

    bool string(char16_t quote)
    {
        ++m_at;
        while (m_at < m_end) {
            const char16_t c = *m_at++;
            if (c == quote)
                return true;
            if (c == u'\\') {
                static constexpr QStringView plain(u"'\"\\ntr");
                if (m_at == m_end || !plain.contains(QChar(*m_at)))
                    return false;
                ++m_at;
            } else if (c < u' ' || c == u'\x2028' || c == u'\x2029') {
                return false;
            }
        }
        return false;
    }

    bool number()
    {
        if (peek() == u'0' && isDigit(peek(1)))
            return false;
        while (isDigit(peek()))
            ++m_at;
        if (peek() == u'.') {
            ++m_at;
            if (!isDigit(peek()))
                return false;
            while (isDigit(peek()))
                ++m_at;
        }
        return !isNamePart(peek()) && peek() != u'.' && peek() != u'\\' && peek().unicode() < 0x80;
    }

    const char16_t *m_at;
    const char16_t *m_end;
    int m_depth = 0;
};

} // namespace

bool isPlainExpression(QStringView script)
{
    return PlainReader(script).read();
}

} // namespace automation
