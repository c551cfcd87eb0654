#include "model/json/jsonreader.h"

#include "model/json/jsontextreader_p.h"

#include <algorithm>
#include <QCoreApplication>

namespace automation {

namespace {

struct Translated
{
    Q_DECLARE_TR_FUNCTIONS(JsonReader)
};

} // namespace

namespace {

// The encoding of a text that is not UTF-8, by its mark or, since JSON begins with an ASCII character, by where its
// first NUL bytes stand; nullptr for UTF-8.
const char *foreignEncoding(QByteArrayView text)
{
    const auto begins = [text](std::initializer_list<int> pattern) { // -1: any byte but NUL
        return text.size() >= static_cast<qsizetype>(pattern.size())
            && std::equal(pattern.begin(), pattern.end(), text.begin(),
                [](int wanted, char c) { return wanted < 0 ? c != 0 : static_cast<uchar>(c) == wanted; });
    };
    if (begins({0xFF, 0xFE, 0, 0}) || begins({-1, 0, 0, 0}))
        return "UTF-32LE";
    if (begins({0, 0, 0xFE, 0xFF}) || begins({0, 0, 0, -1}))
        return "UTF-32BE";
    const bool pairs = text.size() % 2 == 0;
    if (begins({0xFF, 0xFE}) || begins({-1, 0, -1, 0}) || (pairs && text.size() < 4 && begins({-1, 0})))
        return "UTF-16LE";
    if (begins({0xFE, 0xFF}) || begins({0, -1, 0, -1}) || (pairs && text.size() < 4 && begins({0, -1})))
        return "UTF-16BE";
    return nullptr;
}

} // namespace

Result<JsonValue> readJson(const QByteArray &text, JsonLimits limits)
{
    // Spans are 32-bit.
    if (text.size() > limits.bytes || text.size() > std::numeric_limits<qint32>::max()) {
        return Error {ErrorCode::Limit,
            Translated::tr("The text has %1 bytes; at most %2 are read.").arg(text.size()).arg(limits.bytes)};
    }
    if (const char *encoding = foreignEncoding(text)) {
        return Error {ErrorCode::NotJson,
            Translated::tr("The text is %1; JSON files must be UTF-8. Save it as UTF-8.")
                .arg(QLatin1StringView(encoding)),
            1, 1};
    }
    const qsizetype base = text.startsWith("\xEF\xBB\xBF") ? 3 : 0;
    if (QByteArrayView(text).sliced(base).trimmed().isEmpty())
        return Error {ErrorCode::NotJson, Translated::tr("The text is empty."), 1, 1};
    return JsonTextReader(text, base, limits).run();
}

TextPosition textPositionAt(QByteArrayView text, qsizetype offset)
{
    TextPosition position;
    offset = qMin(offset, text.size());
    const qsizetype start = text.startsWith("\xEF\xBB\xBF") ? 3 : 0; // a byte order mark takes no column
    for (qsizetype i = start; i < offset; ++i) {
        const char c = text[i];
        if (c == '\n' || (c == '\r' && (i + 1 >= text.size() || text[i + 1] != '\n'))) {
            ++position.line;
            position.column = 1;
        } else if ((static_cast<uchar>(c) & 0xC0) != 0x80 && c != '\r') {
            ++position.column; // continuation bytes belong to the code point before
        }
    }
    return position;
}

} // namespace automation
