#include "model/json/jsontextreader_p.h"

#include "model/json/jsonscan_p.h"

#include <cstring>
#include <QCoreApplication>

namespace automation {

namespace {

struct Translated
{
    Q_DECLARE_TR_FUNCTIONS(JsonReader)
};

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

int hexDigit(char c)
{
    if (isDigit(c))
        return c - '0';
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// Any hash will do: the table forgets instead of chaining. Keys differ at their ends.
size_t hashOf(const char *raw, qsizetype length)
{
    quint64 head = 0;
    quint64 tail = 0;
    const auto count = static_cast<size_t>(std::min<qsizetype>(length, 8));
    std::memcpy(&head, raw, count);
    std::memcpy(&tail, raw + length - static_cast<qsizetype>(count), count);
    return static_cast<size_t>(((head * 31 + tail + static_cast<quint64>(length)) * 0x9E3779B97F4A7C15u) >> 32);
}

size_t keyTableSize(qsizetype textSize)
{
    size_t size = 64;
    while (size < 8192 && static_cast<qsizetype>(size) * 128 < textSize)
        size *= 2;
    return size;
}

} // namespace

JsonTextReader::JsonTextReader(const QByteArray &text, qsizetype base, JsonLimits limits)
    : m_text(text)
    , m_begin(text.constData())
    , m_at(m_begin + base)
    , m_end(m_begin + text.size())
    , m_limits(limits)
    , m_storage(new JsonStorage(static_cast<size_t>(std::min<qsizetype>(256 + 4 * text.size(), 1 << 20))))
    , m_keyTable(keyTableSize(text.size()))
{
    m_elements.reserve(64);
    m_open.reserve(16);
}

Result<JsonValue> JsonTextReader::run()
{
    if (!readDocument())
        return *m_error;
    const Element &root = m_elements.front();
    const JsonValue stored(root.node, root.span, root.type, root.truth);
    return JsonValue(stored); // with a reference of its own
}

bool JsonTextReader::readDocument()
{
    skipBlanks();
    m_elements.emplace_back();
    do {
        // A container that opened comes back for its first value, one that is empty or a plain value is complete.
        const size_t open = m_open.size();
        if (!readValue())
            return false;
        if (m_open.size() > open)
            continue;
        if (!afterValue())
            return false;
    } while (!m_open.empty());
    skipBlanks();
    return m_at == m_end || unexpected(Translated::tr("there is more text after the end of the JSON value"));
}

// One plain value, an empty container, or the beginning of a container up to its first value.
bool JsonTextReader::readValue()
{
    switch (peek()) {
    case '"':
        return readText();
    case '{':
        return openContainer(true);
    case '[':
        return openContainer(false);
    case 't':
        return readWord("true", JsonValue::Type::Bool, true);
    case 'f':
        return readWord("false", JsonValue::Type::Bool, false);
    case 'n':
        return readWord("null", JsonValue::Type::Null, false);
    default:
        return peek() == '-' || isDigit(peek()) ? readNumber() : unexpectedValue();
    }
}

// From the end of a value to where the next one begins; closes what ends here.
bool JsonTextReader::afterValue()
{
    while (!m_open.empty()) {
        skipBlanks();
        const bool object = m_open.back().object;
        const char c = peek();
        if (c == ',') {
            ++m_at;
            skipBlanks();
            if (++m_values > m_limits.values) {
                return fail(m_at, Translated::tr("more than %1 values").arg(m_limits.values), ErrorCode::Limit);
            }
            m_elements.emplace_back();
            return !object || readKey();
        }
        if (c != (object ? '}' : ']')) {
            return unexpected(object ? Translated::tr("a comma or a closing brace is expected here")
                                     : Translated::tr("a comma or a closing bracket is expected here"));
        }
        ++m_at;
        closeContainer();
    }
    return true;
}

bool JsonTextReader::openContainer(bool object)
{
    if (m_open.size() >= static_cast<size_t>(std::max(0, m_limits.depth)))
        return fail(m_at, Translated::tr("more than %1 levels of nesting").arg(m_limits.depth), ErrorCode::Limit);
    Element &element = m_elements.back();
    element.type = object ? JsonValue::Type::Object : JsonValue::Type::Array;
    element.span.start = offset(m_at);
    m_open.push_back({m_elements.size() - 1, object});
    ++m_at;
    skipBlanks();
    if (peek() == (object ? '}' : ']')) {
        ++m_at;
        closeContainer();
        return true;
    }
    if (++m_values > m_limits.values)
        return fail(m_at, Translated::tr("more than %1 values").arg(m_limits.values), ErrorCode::Limit);
    m_elements.emplace_back();
    return !object || readKey();
}

void JsonTextReader::closeContainer()
{
    const auto [place, object] = m_open.back();
    m_open.pop_back();
    const size_t count = m_elements.size() - place - 1;
    const size_t size = object ? sizeof(JsonValue::StoredMember) : sizeof(JsonValue);
    JsonValue::Node *node = newNode(static_cast<qsizetype>(count), count * size);
    const Element *from = m_elements.data() + place + 1;
    if (object) {
        auto *members = reinterpret_cast<JsonValue::StoredMember *>(node + 1);
        for (size_t i = 0; i < count; ++i, ++from) {
            new (members + i) JsonValue::StoredMember {
                from->key, from->keySpan, JsonValue(from->node, from->span, from->type, from->truth)};
        }
    } else {
        auto *values = reinterpret_cast<JsonValue *>(node + 1);
        for (size_t i = 0; i < count; ++i, ++from)
            new (values + i) JsonValue(from->node, from->span, from->type, from->truth);
    }
    m_elements.resize(place + 1);
    m_elements.back().node = node;
    m_elements.back().span.end = offset(m_at);
}

JsonValue::Node *JsonTextReader::newNode(qsizetype size, size_t bytes)
{
    auto *node = new (m_storage->allocate(sizeof(JsonValue::Node) + bytes)) JsonValue::Node;
    node->storage = m_storage;
    node->size = static_cast<qint32>(size);
    return node;
}

void JsonTextReader::finish(JsonValue::Type type, JsonValue::Node *node, const char *start)
{
    Element &element = m_elements.back();
    element.type = type;
    element.node = node;
    element.span = {offset(start), offset(m_at)};
}

bool JsonTextReader::readWord(const char *word, JsonValue::Type type, bool truth)
{
    const char *start = m_at;
    for (; *word != '\0'; ++word, ++m_at) {
        if (peek() != *word || m_at == m_end) {
            if (m_at < m_end)
                m_at = start; // the word as a whole is wrong
            return m_at < m_end ? unexpectedValue() : unexpected({});
        }
    }
    finish(type, nullptr, start);
    m_elements.back().truth = truth;
    return true;
}

bool JsonTextReader::readNumber()
{
    const char *start = m_at;
    const auto digits = [this](const QString &missing) {
        if (!isDigit(peek()))
            return unexpected(missing);
        while (isDigit(peek()))
            ++m_at;
        return true;
    };
    if (*m_at == '-')
        ++m_at;
    if (peek() == '0') {
        ++m_at;
        if (isDigit(peek()) || peek() == 'x')
            return unexpected(
                Translated::tr("a number must not begin with a zero; a comma or a closing bracket is expected here"));
    } else if (!digits(Translated::tr("a digit is expected after the minus sign"))) {
        return false;
    }
    if (peek() == '.') {
        ++m_at;
        if (!digits(Translated::tr("digits are expected after the decimal point")))
            return false;
    }
    if (peek() == 'e' || peek() == 'E') {
        ++m_at;
        if (peek() == '+' || peek() == '-')
            ++m_at;
        if (!digits(Translated::tr("digits are expected in the exponent")))
            return false;
    }
    // As written: no digit is lost and no exponent too large, whatever a program makes of it.
    const auto length = static_cast<size_t>(m_at - start);
    JsonValue::Node *node = newNode(m_at - start, length);
    std::memcpy(reinterpret_cast<char *>(node + 1), start, length);
    finish(JsonValue::Type::Number, node, start);
    return true;
}

bool JsonTextReader::readText()
{
    const char *start = m_at;
    const char *from = m_at + 1;
    const char *stop = endOfPlainText(from, m_end);
    const bool plain = stop < m_end && *stop == '"';
    if (!plain) {
        stop = endOfText(stop);
        if (!stop)
            return false;
    }
    // No character takes more UTF-16 units than UTF-8 bytes.
    const qsizetype length = stop - from;
    JsonValue::Node *node = newNode(length, 2 * static_cast<size_t>(length));
    auto *out = reinterpret_cast<char16_t *>(node + 1);
    if (plain) {
        widen(out, from, stop, m_end);
    } else {
        const char16_t *end = decode(from, stop, out);
        if (!end)
            return false;
        node->size = static_cast<qint32>(end - out);
        m_storage->shorten(node, sizeof(JsonValue::Node) + 2 * static_cast<size_t>(end - out));
    }
    m_at = stop + 1;
    finish(JsonValue::Type::String, node, start);
    return true;
}

bool JsonTextReader::readKey()
{
    Element &member = m_elements.back();
    const char *start = m_at;
    Key *key = m_lastKey ? m_lastKey->next : nullptr;
    if (!key || key->length > m_end - start || std::memcmp(key->raw, start, static_cast<size_t>(key->length)) != 0) {
        if (peek() != '"')
            return unexpectedKey();
        const char *stop = endOfPlainText(start + 1, m_end);
        const bool plain = stop < m_end && *stop == '"';
        if (!plain)
            stop = endOfText(stop);
        key = stop ? keyFor(start, stop + 1 - start, plain) : nullptr;
        if (!key)
            return false;
    }
    if (m_lastKey)
        m_lastKey->next = key;
    m_lastKey = key;
    m_at = start + key->length;
    member.key = key->text;
    member.keySpan = {offset(start), offset(m_at)};
    skipBlanks();
    if (peek() != ':')
        return unexpected(Translated::tr("a colon is expected after the member name"));
    ++m_at;
    skipBlanks();
    return true;
}

JsonTextReader::Key *JsonTextReader::keyFor(const char *raw, qsizetype length, bool plain)
{
    Key *&known = m_keyTable[hashOf(raw, length) & (m_keyTable.size() - 1)];
    if (known && known->length == length && std::memcmp(known->raw, raw, static_cast<size_t>(length)) == 0)
        return known;
    QString text;
    if (plain) {
        text = QString(QLatin1StringView(raw + 1, length - 2));
    } else {
        text = QString(length - 2, Qt::Uninitialized);
        auto *out = reinterpret_cast<char16_t *>(text.data());
        const char16_t *end = decode(raw + 1, raw + length - 1, out);
        if (!end)
            return nullptr;
        text.truncate(end - out);
    }
    known = &m_keys.emplace_back(Key {m_storage->keep(text), raw, length});
    return known;
}

// The closing quote of a text that is plain up to from; nullptr after an error.
const char *JsonTextReader::endOfText(const char *from)
{
    const char *at = from;
    while (at < m_end && *at != '"') {
        if (static_cast<uchar>(*at) < 0x20) {
            const QString reason = *at == '\0'
                ? Translated::tr("a NUL character is not allowed here")
                : Translated::tr(
                    "a control character such as a line break must be written as an escape in a text; or is "
                    "a closing quotation mark missing?");
            fail(at, reason);
            return nullptr;
        }
        at += *at == '\\' ? 2 : 1;
    }
    if (at >= m_end) {
        fail(m_end,
            Translated::tr("the text ends too early: the quotation mark of %1 is not closed")
                .arg(place(m_at - m_begin)));
        return nullptr;
    }
    return at;
}

// The content of a text as UTF-16; the end of what was written, nullptr after an error. from..stop has no quote that is
// not escaped.
char16_t *JsonTextReader::decode(const char *from, const char *stop, char16_t *out)
{
    while (from && from < stop) {
        const auto c = static_cast<uchar>(*from);
        if (c == '\\') {
            from = decodeEscape(from, stop, out);
        } else if (c >= 0x80) {
            from = decodeLongCharacter(from, stop, out);
        } else {
            *out++ = c;
            ++from;
        }
    }
    return from ? out : nullptr;
}

const char *JsonTextReader::decodeEscape(const char *at, const char *stop, char16_t *&out)
{
    static constexpr char letters[] = "\"\\/bfnrt";
    static constexpr char16_t characters[] = u"\"\\/\b\f\n\r\t";
    const char letter = at[1];
    if (letter != 'u') {
        const char *found = letter == '\0' ? nullptr : std::strchr(letters, letter);
        if (!found) {
            fail(at, Translated::tr("this escape sequence is not allowed in JSON"));
            return nullptr;
        }
        *out++ = characters[found - letters];
        return at + 2;
    }
    unsigned unit = 0;
    for (int i = 2; i < 6; ++i) {
        const int digit = at + i < stop ? hexDigit(at[i]) : -1;
        if (digit < 0) {
            fail(at, Translated::tr("\\u must be followed by four hexadecimal digits"));
            return nullptr;
        }
        unit = unit * 16 + static_cast<unsigned>(digit);
    }
    // Half of a surrogate pair is legal here and kept as it is.
    *out++ = static_cast<char16_t>(unit);
    return at + 6;
}

// Two to four bytes of UTF-8, in their shortest form and no surrogates (RFC 3629).
const char *JsonTextReader::decodeLongCharacter(const char *at, const char *stop, char16_t *&out)
{
    const auto byte = [at, stop](int i) { return at + i < stop ? static_cast<uchar>(at[i]) : uchar(0); };
    const auto follows = [&byte](int i) { return (byte(i) & 0xC0) == 0x80; };
    const unsigned lead = byte(0);
    if (lead >= 0xC2 && lead <= 0xDF && follows(1)) {
        *out++ = static_cast<char16_t>((lead & 0x1F) << 6 | (byte(1) & 0x3F));
        return at + 2;
    }
    if (lead >= 0xE0 && lead <= 0xEF && follows(1) && follows(2)) {
        const unsigned code = (lead & 0x0F) << 12 | (byte(1) & 0x3Fu) << 6 | (byte(2) & 0x3Fu);
        if (code >= 0x800 && (code < 0xD800 || code > 0xDFFF)) {
            *out++ = static_cast<char16_t>(code);
            return at + 3;
        }
    }
    if (lead >= 0xF0 && lead <= 0xF4 && follows(1) && follows(2) && follows(3)) {
        const unsigned code
            = (lead & 0x07) << 18 | (byte(1) & 0x3Fu) << 12 | (byte(2) & 0x3Fu) << 6 | (byte(3) & 0x3Fu);
        if (code >= 0x10000 && code <= 0x10FFFF) {
            *out++ = QChar::highSurrogate(code);
            *out++ = QChar::lowSurrogate(code);
            return at + 4;
        }
    }
    fail(at, Translated::tr("these bytes are not valid UTF-8"));
    return nullptr;
}

void JsonTextReader::skipBlanks()
{
    while (m_at < m_end) {
        const char c = *m_at;
        if (c > ' ' || (c != ' ' && c != '\n' && c != '\r' && c != '\t'))
            return;
        ++m_at;
        if (c == '\n') { // indentation comes in longer runs
            constexpr quint64 eightBlanks = 0x2020202020202020u;
            for (quint64 bytes = eightBlanks; m_end - m_at >= 8; m_at += 8) {
                std::memcpy(&bytes, m_at, 8);
                if (bytes != eightBlanks)
                    break;
            }
        }
    }
}

bool JsonTextReader::fail(const char *at, const QString &reason, ErrorCode code)
{
    const TextPosition position = textPositionAt(m_text, at - m_begin);
    m_error
        = Error {code, Translated::tr("Line %1, column %2: %3.").arg(position.line).arg(position.column).arg(reason),
            position.line, position.column};
    return false;
}

QString JsonTextReader::place(qsizetype offset) const
{
    const TextPosition position = textPositionAt(m_text, offset);
    return Translated::tr("line %1, column %2").arg(position.line).arg(position.column);
}

QString JsonTextReader::whatIsOpen() const
{
    if (m_open.empty())
        return Translated::tr("the text ends too early; it may have been cut off");
    const QString opened = place(m_elements[m_open.back().element].span.start);
    return m_open.back().object
        ? Translated::tr("the text ends too early: the brace of %1 is not closed").arg(opened)
        : Translated::tr("the text ends too early: the bracket of %1 is not closed").arg(opened);
}

bool JsonTextReader::unexpected(const QString &reason)
{
    const QByteArrayView rest(m_at, m_end - m_at);
    if (rest.isEmpty())
        return fail(m_at, whatIsOpen());
    if (rest.startsWith("//") || rest.startsWith("/*") || rest.startsWith('#'))
        return fail(m_at, Translated::tr("comments are not allowed in JSON; remove this one"));
    if (rest.front() == '\0')
        return fail(m_at, Translated::tr("a NUL character is not allowed here"));
    return fail(m_at, reason);
}

bool JsonTextReader::unexpectedValue()
{
    const QByteArrayView rest(m_at, m_end - m_at);
    if (rest.startsWith(']') || rest.startsWith('}'))
        return unexpected(Translated::tr("a value is expected here; is there a comma too many?"));
    if (rest.startsWith(','))
        return unexpected(Translated::tr("a value is expected here before the comma"));
    if (rest.startsWith('\'') || rest.startsWith("\u2018") || rest.startsWith("\u201C") || rest.startsWith("\u201D"))
        return unexpected(Translated::tr("a JSON value is expected here; texts stand in straight double quotes"));
    for (const char *word : {"True", "False", "TRUE", "FALSE"}) {
        if (rest.startsWith(word))
            return unexpected(
                Translated::tr("a JSON value is expected here; true and false are written in small letters"));
    }
    for (const char *word : {"None", "undefined", "NULL", "Null", "nil"}) {
        if (rest.startsWith(word))
            return unexpected(Translated::tr("a JSON value is expected here; nothing is written as null"));
    }
    return unexpected(Translated::tr("a JSON value is expected here"));
}

bool JsonTextReader::unexpectedKey()
{
    const bool trailing = peek() == '}' && m_elements.size() > m_open.back().element + 2;
    return unexpected(trailing ? Translated::tr("a comma before the closing brace is not allowed")
                               : Translated::tr("a member name in double quotes is expected here"));
}

} // namespace automation
