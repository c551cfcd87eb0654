#include "designer/inspector/jsontextmarks.h"

#include "designer/style/applicationstyle.h"

namespace automation {

namespace {

constexpr qsizetype longestText = 100'000;

// Behind the closing quote of the text that begins at start, or where the line or the text ends.
qsizetype endOfText(const QString &text, qsizetype start)
{
    qsizetype at = start + 1;
    while (at < text.size() && text.at(at) != u'"' && text.at(at) != u'\n')
        at += text.at(at) == u'\\' ? 2 : 1;
    if (at >= text.size())
        return text.size();
    return text.at(at) == u'"' ? at + 1 : at;
}

// What is written from start to end without its escapes, and where each unit of it, and its end, stands.
QString withoutEscapes(const QString &text, qsizetype start, qsizetype end, QList<qsizetype> *places)
{
    QString plain;
    qsizetype at = start;
    while (at < end) {
        places->append(at);
        if (text.at(at) != u'\\' || at + 1 >= end) {
            plain += text.at(at++);
            continue;
        }
        const char16_t sign = text.at(at + 1).unicode();
        const uint code = sign == u'u' ? QStringView(text).mid(at + 2, 4).toUInt(nullptr, 16) : 0;
        switch (sign) {
        case u'n':
            plain += u'\n';
            break;
        case u't':
            plain += u'\t';
            break;
        case u'r':
            plain += u'\r';
            break;
        case u'b':
        case u'f':
            plain += u' ';
            break;
        case u'u':
            plain += QChar(char16_t(code));
            break;
        default:
            plain += QChar(sign);
        }
        at = std::min(end, at + (sign == u'u' ? 6 : 2));
    }
    places->append(end);
    return plain;
}

void addExpressions(const QString &text, qsizetype start, qsizetype end, ExpressionMarks *marks)
{
    if (!QStringView(text).mid(start, end - start).contains(u"{{"))
        return;
    QList<qsizetype> places;
    const QString plain = withoutEscapes(text, start, end, &places);
    const ExpressionMarks found = expressionMarks(plain);
    const auto placeOf = [&places](qsizetype at) { return places.at(std::clamp<qsizetype>(at, 0, places.size() - 1)); };
    for (const ExpressionMarks::Pill &pill : found.pills) {
        const qsizetype from = placeOf(pill.start);
        const qsizetype script = placeOf(pill.scriptStart);
        marks->pills.append({from, placeOf(pill.start + pill.length) - from, script,
            placeOf(pill.scriptStart + pill.scriptLength) - script});
    }
    for (const ExpressionMarks::Fault &fault : found.faults) {
        const qsizetype from = placeOf(fault.start);
        marks->faults.append({from, std::max<qsizetype>(1, placeOf(fault.start + fault.length) - from), fault.message});
    }
}

} // namespace

JsonTextMarks jsonTextMarks(const QString &text)
{
    JsonTextMarks marks;
    if (text.size() > longestText)
        return marks;
    qsizetype at = 0;
    while (at < text.size()) {
        const QChar sign = text.at(at);
        if (sign == u'"') {
            const qsizetype end = endOfText(text, at);
            qsizetype behind = end;
            while (behind < text.size() && text.at(behind).isSpace())
                ++behind;
            const bool isName = behind < text.size() && text.at(behind) == u':';
            marks.tokens.append({at, end - at, isName ? JsonTextMarks::Kind::Name : JsonTextMarks::Kind::Text});
            if (!isName) {
                const bool isClosed = end - at >= 2 && text.at(end - 1) == u'"';
                addExpressions(text, at + 1, isClosed ? end - 1 : end, &marks.expressions);
            }
            at = end;
        } else if (sign.isDigit() || sign == u'-' || sign.isLetter()) {
            qsizetype end = at + 1;
            while (end < text.size()
                && (text.at(end).isLetterOrNumber() || text.at(end) == u'.' || text.at(end) == u'+'
                    || text.at(end) == u'-'))
                ++end;
            marks.tokens.append(
                {at, end - at, sign.isLetter() ? JsonTextMarks::Kind::Word : JsonTextMarks::Kind::Number});
            at = end;
        } else {
            if (!sign.isSpace())
                marks.tokens.append({at, 1, JsonTextMarks::Kind::Sign});
            ++at;
        }
    }
    return marks;
}

QTextCharFormat JsonTextMarks::format(Kind kind)
{
    const Theme &theme = currentTheme();
    QTextCharFormat format;
    switch (kind) {
    case Kind::Name:
        format.setForeground(theme.accent);
        break;
    case Kind::Text:
        format.setForeground(theme.okText);
        break;
    case Kind::Number:
    case Kind::Word:
        format.setForeground(theme.warningText);
        break;
    case Kind::Sign:
        format.setForeground(theme.muted);
        break;
    }
    return format;
}

} // namespace automation
