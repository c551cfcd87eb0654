#include "model/json/jsonreader.h"

#include "model/json/jsontree_p.h"

#include <QCoreApplication>
#include <QSet>
#include <rapidjson/error/error.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

namespace automation {

namespace {

struct Translated
{
    Q_DECLARE_TR_FUNCTIONS(JsonReader)
};

} // namespace

// Receives the reader's events and grows the tree. RapidJSON tells where a token ends; where it starts follows
// from the end of the token before, since only blanks and punctuation stand between them.
class JsonTreeBuilder
{
public:
    JsonTreeBuilder(const char *text, qint32 base, const rapidjson::MemoryStream &stream, int maximalDepth)
        : m_text(text)
        , m_stream(stream)
        , m_base(base)
        , m_maximalDepth(maximalDepth)
    {
    }

    bool Null() { return add(JsonValue(), scalarSpan()); }
    bool Bool(bool value) { return add(JsonValue(value), scalarSpan()); }
    bool RawNumber(const char *, rapidjson::SizeType, bool)
    {
        const JsonSpan span = scalarSpan();
        return add(JsonValue::number(QByteArray(m_text + span.start - m_base, span.end - span.start)), span);
    }
    bool Int(int) { return false; }
    bool Uint(unsigned) { return false; }
    bool Int64(int64_t) { return false; }
    bool Uint64(uint64_t) { return false; }
    bool Double(double) { return false; }
    bool String(const char *text, rapidjson::SizeType length, bool)
    {
        const JsonSpan span = scalarSpan();
        return isWhole(text, length, span)
            && add(JsonValue(QString::fromUtf8(text, static_cast<qsizetype>(length))), span);
    }
    bool Key(const char *text, rapidjson::SizeType length, bool)
    {
        m_open.back().keySpan = scalarSpan();
        if (!isWhole(text, length, m_open.back().keySpan))
            return false;
        m_open.back().key = interned(QString::fromUtf8(text, static_cast<qsizetype>(length)));
        return true;
    }
    bool StartObject() { return open(true); }
    bool StartArray() { return open(false); }
    bool EndObject(rapidjson::SizeType) { return close(); }
    bool EndArray(rapidjson::SizeType) { return close(); }

    bool isTooDeep() const { return m_tooDeep; }
    // Where a text with half a surrogate pair begins, -1 when there was none.
    qint32 loneSurrogate() const { return m_loneSurrogate; }
    JsonValue takeRoot() { return std::move(m_root); }

private:
    struct Open
    {
        JsonValue value;
        qint32 start = 0;
        QString key;
        JsonSpan keySpan;
    };

    qint32 tell() const { return m_base + static_cast<qint32>(m_stream.Tell()); }

    JsonSpan scalarSpan()
    {
        qint32 start = m_previousEnd;
        for (;; ++start) {
            const char c = m_text[start - m_base];
            if (c != ' ' && c != '\n' && c != '\t' && c != '\r' && c != ',' && c != ':')
                break;
        }
        m_previousEnd = tell();
        return {start, m_previousEnd};
    }

    bool open(bool object)
    {
        if (static_cast<int>(m_open.size()) >= m_maximalDepth) {
            m_tooDeep = true;
            return false;
        }
        m_open.emplace_back();
        m_open.back().value = object ? JsonValue::object() : JsonValue::array();
        m_open.back().start = tell();
        m_previousEnd = tell() + 1;
        return true;
    }

    bool close()
    {
        JsonValue value = std::move(m_open.back().value);
        const qint32 start = m_open.back().start;
        m_open.pop_back();
        m_previousEnd = tell() + 1;
        return add(std::move(value), {start, m_previousEnd});
    }

    bool add(JsonValue value, JsonSpan span)
    {
        value.setSpan(span);
        if (m_open.empty()) {
            m_root = std::move(value);
            return true;
        }
        Open &parent = m_open.back();
        if (parent.value.isObject())
            parent.value.detachObject()->members.push_back({parent.key, std::move(value), parent.keySpan});
        else
            parent.value.detachArray()->values.push_back(std::move(value));
        return true;
    }

    // RapidJSON lets the escape of a lone second half of a surrogate pair through; as UTF-16 it would be lost.
    bool isWhole(const char *text, rapidjson::SizeType length, JsonSpan span)
    {
        for (rapidjson::SizeType i = 0; i + 1 < length; ++i) {
            if (text[i] == '\xED' && static_cast<uchar>(text[i + 1]) >= 0xA0) {
                m_loneSurrogate = span.start;
                return false;
            }
        }
        return true;
    }

    // Definitions repeat the same few keys in every step: share their text.
    QString interned(const QString &key) { return *m_keys.insert(key); }

    const char *m_text;
    const rapidjson::MemoryStream &m_stream;
    std::vector<Open> m_open;
    QSet<QString> m_keys;
    JsonValue m_root;
    qint32 m_base;
    qint32 m_previousEnd = m_base;
    qint32 m_loneSurrogate = -1;
    int m_maximalDepth;
    bool m_tooDeep = false;
};

namespace {

QString explain(rapidjson::ParseErrorCode code, const QByteArray &text, qsizetype offset)
{
    const QByteArrayView rest = QByteArrayView(text).sliced(qMin(offset, text.size()));
    if (rest.startsWith("//") || rest.startsWith("/*"))
        return Translated::tr("comments are not allowed in JSON; remove this one");
    if (offset >= text.size())
        return Translated::tr("the text ends too early; it may have been cut off");
    if (rest.front() == '\0')
        return Translated::tr("a NUL character is not allowed here");
    switch (code) {
    case rapidjson::kParseErrorDocumentRootNotSingular:
        return Translated::tr("there is more text after the end of the JSON value");
    case rapidjson::kParseErrorObjectMissName:
        return rest.front() == '}' ? Translated::tr("a comma before the closing brace is not allowed")
                                   : Translated::tr("a member name in double quotes is expected here");
    case rapidjson::kParseErrorObjectMissColon:
        return Translated::tr("a colon is expected after the member name");
    case rapidjson::kParseErrorObjectMissCommaOrCurlyBracket:
        return Translated::tr("a comma or a closing brace is expected here");
    case rapidjson::kParseErrorArrayMissCommaOrSquareBracket:
        return Translated::tr("a comma or a closing bracket is expected here");
    case rapidjson::kParseErrorStringUnicodeEscapeInvalidHex:
        return Translated::tr("\\u must be followed by four hexadecimal digits");
    case rapidjson::kParseErrorStringUnicodeSurrogateInvalid:
        return Translated::tr("half of a surrogate pair stands alone in this text");
    case rapidjson::kParseErrorStringEscapeInvalid:
        if (static_cast<uchar>(rest.front()) < 0x20)
            return Translated::tr("a control character such as a line break must be written as an escape in a text");
        return Translated::tr("this escape sequence is not allowed in JSON");
    case rapidjson::kParseErrorStringMissQuotationMark:
        return Translated::tr("this text has no closing quotation mark");
    case rapidjson::kParseErrorStringInvalidEncoding:
        return Translated::tr("these bytes are not valid UTF-8");
    case rapidjson::kParseErrorNumberTooBig:
        return Translated::tr("this number is too large");
    case rapidjson::kParseErrorNumberMissFraction:
        return Translated::tr("digits are expected after the decimal point");
    case rapidjson::kParseErrorNumberMissExponent:
        return Translated::tr("digits are expected in the exponent");
    default:
        if (rest.front() == ']' || rest.front() == '}')
            return Translated::tr("a value is expected here; is there a comma too many?");
        return Translated::tr("a JSON value is expected here");
    }
}

Error errorAt(ErrorCode code, const QByteArray &text, qsizetype offset, const QString &reason)
{
    const TextPosition position = textPositionAt(text, offset);
    return {code, Translated::tr("Line %1, column %2: %3.").arg(position.line).arg(position.column).arg(reason),
        position.line, position.column};
}

} // namespace

Result<JsonValue> readJson(const QByteArray &text, JsonLimits limits)
{
    // Spans are 32-bit.
    if (text.size() > limits.bytes || text.size() > std::numeric_limits<qint32>::max()) {
        return Error {ErrorCode::Limit,
            Translated::tr("The text has %1 bytes; at most %2 are read.").arg(text.size()).arg(limits.bytes)};
    }
    qsizetype base = 0;
    if (text.startsWith("\xEF\xBB\xBF"))
        base = 3;
    else if (text.startsWith("\xFF\xFE") || text.startsWith("\xFE\xFF"))
        return Error {ErrorCode::NotJson, Translated::tr("The text is UTF-16; JSON files must be UTF-8."), 1, 1};
    if (text.sliced(base).trimmed().isEmpty())
        return Error {ErrorCode::NotJson, Translated::tr("The text is empty."), 1, 1};

    rapidjson::MemoryStream stream(text.constData() + base, static_cast<size_t>(text.size() - base));
    JsonTreeBuilder builder(text.constData() + base, static_cast<qint32>(base), stream, limits.depth);
    rapidjson::Reader reader;
    constexpr unsigned flags = rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag
        | rapidjson::kParseNumbersAsStringsFlag;
    const rapidjson::ParseResult result = reader.Parse<flags>(stream, builder);
    if (builder.isTooDeep()) {
        return errorAt(ErrorCode::Limit, text, base + static_cast<qsizetype>(result.Offset()),
            Translated::tr("more than %1 levels of nesting").arg(limits.depth));
    }
    if (builder.loneSurrogate() >= 0) {
        return errorAt(ErrorCode::NotJson, text, builder.loneSurrogate(),
            explain(rapidjson::kParseErrorStringUnicodeSurrogateInvalid, text, builder.loneSurrogate()));
    }
    if (result.IsError()) {
        const qsizetype offset = base + static_cast<qsizetype>(result.Offset());
        return errorAt(ErrorCode::NotJson, text, offset, explain(result.Code(), text, offset));
    }
    // The stream reads a NUL byte as its end: what stands behind one must not vanish silently.
    const qsizetype end = base + static_cast<qsizetype>(stream.Tell());
    if (end < text.size())
        return errorAt(
            ErrorCode::NotJson, text, end, explain(rapidjson::kParseErrorDocumentRootNotSingular, text, end));
    return builder.takeRoot();
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
