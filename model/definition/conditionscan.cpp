#include "model/definition/conditionscan_p.h"

#include <QtNumeric>

namespace automation::conditionscan {

bool isQuote(QChar c)
{
    return c == u'\'' || c == u'"' || c == u'`';
}

bool isName(QChar c)
{
    return c.isLetterOrNumber() || c == u'_' || c == u'$';
}

// Position behind the literal that starts at position; the end when it is not closed.
qsizetype skipQuoted(QStringView text, qsizetype position)
{
    const QChar quote = text[position];
    for (qsizetype i = position + 1; i < text.size(); ++i) {
        if (text[i] == u'\\')
            ++i;
        else if (text[i] == quote)
            return i + 1;
    }
    return text.size();
}

qsizetype nextOutside(QStringView text, qsizetype position)
{
    int depth = 0;
    for (qsizetype i = position; i < text.size(); ++i) {
        const QChar c = text[i];
        if (isQuote(c)) {
            i = skipQuoted(text, i) - 1;
        } else if (c == u'(' || c == u'[' || c == u'{') {
            ++depth;
        } else if (c == u')' || c == u']' || c == u'}') {
            if (--depth < 0)
                return -1;
        } else if (depth == 0) {
            return i;
        }
    }
    return -1;
}

QList<QStringView> arguments(QStringView text)
{
    QList<QStringView> result;
    qsizetype start = 0;
    for (qsizetype i = nextOutside(text, 0); i >= 0; i = nextOutside(text, i + 1)) {
        if (text[i] == u',') {
            result += text.sliced(start, i - start).trimmed();
            start = i + 1;
        }
    }
    result += text.sliced(start).trimmed();
    return result;
}

// The bracket that closes the one at position; -1 when there is none.
qsizetype closingBracket(QStringView text, qsizetype position)
{
    int depth = 0;
    for (qsizetype i = position; i < text.size(); ++i) {
        if (isQuote(text[i])) {
            i = skipQuoted(text, i) - 1;
        } else if (text[i] == u'(') {
            ++depth;
        } else if (text[i] == u')') {
            if (--depth == 0)
                return i;
        }
    }
    return -1;
}

// The text inside a literal; null when it is none.
QString literal(QStringView text)
{
    if (text.size() < 2 || !isQuote(text.front()) || skipQuoted(text, 0) != text.size() || text.back() != text.front())
        return {};
    const QStringView inner = text.sliced(1, text.size() - 2);
    if (text.front() == u'`' && inner.contains(u"${"))
        return {};
    return inner.isEmpty() ? QStringLiteral("") : inner.toString();
}

bool isNumber(QStringView text)
{
    // Qt takes long to find out that a text is no number, and most are none at the first look.
    const QStringView trimmed = text.trimmed();
    const QChar first = trimmed.isEmpty() ? QChar() : trimmed.front();
    if (!(first >= u'0' && first <= u'9') && first != u'.' && first != u'-' && first != u'+')
        return false;
    bool ok = false;
    const double value = text.toDouble(&ok);
    return ok && qIsFinite(value);
}

// A path such as data.reply.text or data['x y']: names, dots and brackets only.
bool isPath(QStringView text)
{
    if (text.isEmpty() || !(text.front().isLetter() || text.front() == u'_' || text.front() == u'$'))
        return false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (isQuote(c))
            i = skipQuoted(text, i) - 1;
        else if (!isName(c) && c != u'.' && c != u'[' && c != u']' && c != u'?')
            return false;
    }
    return true;
}

bool is(QStringView name, QStringView function)
{
    return name.compare(function, Qt::CaseInsensitive) == 0;
}

Comparison readComparison(QStringView text)
{
    for (qsizetype i = nextOutside(text, 0); i >= 0; i = nextOutside(text, i + 1)) {
        const QChar c = text[i];
        if ((c == u'=' || c == u'!') && i + 1 < text.size() && text[i + 1] == u'=') {
            const qsizetype width = i + 2 < text.size() && text[i + 2] == u'=' ? 3 : 2;
            return {text.first(i).trimmed(), text.sliced(i + width).trimmed(), c == u'=', width == 3};
        }
    }
    return {};
}

QString operand(QStringView text)
{
    if (const QString value = literal(text); !value.isNull())
        return u'\'' + value + u'\'';
    return isNumber(text) || text == u"true" || text == u"false" ? text.toString() : QString();
}

QStringView unwrapped(QStringView text)
{
    for (int i = 0; i < 8 && text.startsWith(u'(') && closingBracket(text, 0) == text.size() - 1; ++i)
        text = text.sliced(1, text.size() - 2).trimmed();
    return text;
}

} // namespace automation::conditionscan
