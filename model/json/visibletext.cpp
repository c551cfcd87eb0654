#include "model/json/visibletext.h"

#include <algorithm>

namespace automation {

namespace {

bool isVisible(QChar c)
{
    constexpr char16_t nonJoiner = 0x200c;
    constexpr char16_t joiner = 0x200d;
    const bool isPlain = c >= u' ' && c <= u'~'; // told without looking it up
    return isPlain || c.isPrint() || c.isSurrogate() || c == nonJoiner || c == joiner;
}

} // namespace

QString visibleText(const QString &text)
{
    if (std::all_of(text.begin(), text.end(), isVisible))
        return text;
    QString result;
    result.reserve(text.size() + 5);
    for (const QChar c : text) {
        if (isVisible(c))
            result += c;
        else
            result += QStringLiteral("\\u%1").arg(c.unicode(), 4, 16, QLatin1Char('0'));
    }
    return result;
}

} // namespace automation
