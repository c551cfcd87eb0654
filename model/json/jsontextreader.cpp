#include "model/json/jsontextreader_p.h"

#include "model/json/jsonscan_p.h"

#include <cstring>
#include <memory>
#include <QCoreApplication>
#include <QtEndian>

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

quint64 eightBytes(const char *at)
{
    quint64 bytes = 0;
    std::memcpy(&bytes, at, sizeof(bytes));
    return bytes;
}

// Of the bytes of a key alone, wherever it stands, as JsonStoredKey::hash must be. Otherwise any hash will do: the
// table forgets instead of chaining. Keys differ at their ends.
size_t hashOf(const char *raw, qsizetype length, const char *end)
{
    quint64 head = 0;
    quint64 tail = 0;
    if (length >= 8) {
        head = eightBytes(raw);
        tail = eightBytes(raw + length - 8);
    } else if (end - raw >= 8) {
        head = qFromLittleEndian(eightBytes(raw)) & ((quint64(1) << 8 * length) - 1);
    } else { // the last bytes of the text
        for (qsizetype i = 0; i < length; ++i)
            head |= quint64(static_cast<uchar>(raw[i])) << 8 * i;
    }
    return static_cast<size_t>(((head * 31 + tail + static_cast<quint64>(length)) * 0x9E3779B97F4A7C15u) >> 32);
}

size_t keyTableSize(qsizetype textSize)
{
    size_t size = 64;
    while (size < 2048 && static_cast<qsizetype>(size) * 128 < textSize)
        size *= 2;
    return size;
}

} // namespace

JsonTextReader::JsonTextReader(const QByteArray &text, qsizetype base, JsonLimits limits)
    : m_limits(limits)
    , m_storage(new JsonStorage(text))
    , m_text(m_storage->text().constData())
    , m_begin(m_text + base)
    , m_end(m_text + text.size())
    , m_elements(32)
    , m_keyTable(keyTableSize(text.size()))
    , m_lastKey(&m_noKey)
{
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
    const char *at = skipBlanks(m_begin);
    if (!addElement(at))
        return false;
    do {
        // A container that opened comes back for its first value; one that is empty and a plain value are complete.
        const size_t open = m_open.size();
        at = readValue(at);
        if (at && m_open.size() <= open)
            at = afterValue(at);
        if (!at)
            return false;
    } while (!m_open.empty());
    at = skipBlanks(at);
    return at == m_end || unexpected(at, Translated::tr("there is more text after the end of the JSON value"));
}

// One plain value, an empty container, or the beginning of a container up to its first value.
const char *JsonTextReader::readValue(const char *at)
{
    switch (*at) {
    case '"':
        return readText(at);
    case '{':
    case '[':
        return openContainer(at);
    case 't':
        return readWord(at, "true", JsonValue::Type::Bool, true);
    case 'f':
        return readWord(at, "false", JsonValue::Type::Bool, false);
    case 'n':
        return readWord(at, "null", JsonValue::Type::Null, false);
    default:
        return *at == '-' || isDigit(*at) ? readNumber(at) : unexpectedValue(at);
    }
}

// From the end of a value to where the next one begins; closes what ends here.
const char *JsonTextReader::afterValue(const char *at)
{
    while (at && !m_open.empty()) {
        at = skipBlanks(at);
        const char bracket = m_open.back().bracket;
        if (*at == ',') {
            at = skipBlanks(at + 1);
            if (!addElement(at))
                return nullptr;
            return bracket == '}' ? readKey(at) : at;
        }
        if (*at != bracket) {
            return unexpected(at,
                bracket == '}' ? Translated::tr("a comma or a closing brace is expected here")
                               : Translated::tr("a comma or a closing bracket is expected here"));
        }
        at = closeContainer(at + 1);
    }
    return at;
}

const char *JsonTextReader::openContainer(const char *at)
{
    if (m_open.size() >= static_cast<size_t>(std::max(0, m_limits.depth)))
        return fail(at, Translated::tr("more than %1 levels of nesting").arg(m_limits.depth), ErrorCode::Limit);
    const bool object = *at == '{';
    Element &element = m_elements[m_count - 1];
    element.type = object ? JsonValue::Type::Object : JsonValue::Type::Array;
    element.span.start = offset(at);
    const char bracket = object ? '}' : ']';
    m_open.push_back({m_count - 1, bracket});
    at = skipBlanks(at + 1);
    if (*at == bracket)
        return closeContainer(at + 1);
    if (!addElement(at))
        return nullptr;
    return object ? readKey(at) : at;
}

bool JsonTextReader::addElement(const char *at)
{
    if (m_count == m_elements.size() && !makeRoom(at))
        return false;
    ++m_count;
    return true;
}

bool JsonTextReader::makeRoom(const char *at)
{
    const size_t most = m_limits.values > 0 ? static_cast<size_t>(m_limits.values) : 0;
    if (m_count >= most)
        return tooManyValues(at);
    m_elements.resize(std::min(2 * m_count, most));
    return true;
}

const char *JsonTextReader::closeContainer(const char *at)
{
    const auto [place, bracket] = m_open.back();
    m_open.pop_back();
    const size_t count = m_count - place - 1;
    const bool object = bracket == '}';
    const size_t size = object ? sizeof(JsonValue::StoredMember) : sizeof(JsonValue);
    JsonValue::Node *node = newNode(static_cast<qsizetype>(count), count * size);
    const Element *from = m_elements.data() + place + 1;
    if (object) {
        auto *members = reinterpret_cast<JsonValue::StoredMember *>(node + 1);
        quint64 bits = 0;
        bool mayBeDouble = false;
        for (size_t i = 0; i < count; ++i, ++from) {
            new (members + i) JsonValue::StoredMember(
                JsonValue(from->node, from->span, from->type, from->truth), from->keyStart, from->key);
            const quint64 bit = from->key->bit();
            mayBeDouble |= (bits & bit) != 0 || !from->key->plain;
            bits |= bit;
        }
        if (mayBeDouble && !m_storage->mayHaveDoubleKeys())
            noteDoubleKeys(node);
    } else {
        auto *values = reinterpret_cast<JsonValue *>(node + 1);
        for (size_t i = 0; i < count; ++i, ++from)
            new (values + i) JsonValue(from->node, from->span, from->type, from->truth);
    }
    m_count = place + 1;
    m_elements[place].node = node;
    m_elements[place].span.end = offset(at);
    m_closed += static_cast<qsizetype>(count);
    return m_closed <= m_limits.values || tooManyValues(at) ? at : nullptr;
}

void JsonTextReader::noteDoubleKeys(JsonValue::Node *object)
{
    // Those of large objects are looked for by the few who want to know.
    constexpr qint32 few = 32;
    if (object->size > few || JsonValue(object, {}, JsonValue::Type::Object, false).hasDoubleKeys())
        m_storage->setMayHaveDoubleKeys();
}

JsonValue::Node *JsonTextReader::newNode(qsizetype size, size_t bytes)
{
    auto *node = new (m_storage->allocate(sizeof(JsonValue::Node) + bytes)) JsonValue::Node;
    node->storage = m_storage;
    node->size = static_cast<qint32>(size);
    return node;
}

const char *JsonTextReader::finish(JsonValue::Type type, JsonValue::Node *node, const char *start, const char *end)
{
    Element &element = m_elements[m_count - 1];
    element.node = node;
    element.span = {offset(start), offset(end)};
    element.type = type;
    element.truth = false;
    return end;
}

const char *JsonTextReader::readWord(const char *start, const char *word, JsonValue::Type type, bool truth)
{
    const char *at = start;
    for (; *word != '\0'; ++word, ++at) {
        if (*at != *word)
            return at == m_end ? unexpected(at, {}) : unexpectedValue(start); // the word as a whole is wrong
    }
    finish(type, nullptr, start, at);
    m_elements[m_count - 1].truth = truth;
    return at;
}

const char *JsonTextReader::readNumber(const char *start)
{
    const char *at = start;
    if (*at == '-')
        ++at;
    const char *integer = at;
    while (isDigit(*at))
        ++at;
    if (at == integer)
        return unexpected(at, Translated::tr("a digit is expected after the minus sign"));
    if (*integer == '0' && (at - integer > 1 || *at == 'x')) {
        return unexpected(integer + 1,
            Translated::tr("a number must not begin with a zero; a comma or a closing bracket is expected here"));
    }
    if (*at == '.') {
        const char *fraction = ++at;
        while (isDigit(*at))
            ++at;
        if (at == fraction)
            return unexpected(at, Translated::tr("digits are expected after the decimal point"));
    }
    if (*at == 'e' || *at == 'E') {
        ++at;
        if (*at == '+' || *at == '-')
            ++at;
        const char *exponent = at;
        while (isDigit(*at))
            ++at;
        if (at == exponent)
            return unexpected(at, Translated::tr("digits are expected in the exponent"));
    }
    // As written: no digit is lost and no exponent too large, whatever a program makes of it.
    return finish(JsonValue::Type::Number, m_storage->source(), start, at);
}

const char *JsonTextReader::readText(const char *start)
{
    const char *from = start + 1;
    const char *stop = endOfPlainText(from, m_end);
    if (*stop == '"')
        return finish(JsonValue::Type::String, m_storage->source(), start, stop + 1);
    stop = endOfText(start, stop);
    if (!stop)
        return nullptr;
    // No character takes more UTF-16 units than UTF-8 bytes.
    const qsizetype length = stop - from;
    JsonValue::Node *node = newNode(length, 2 * static_cast<size_t>(length));
    auto *out = reinterpret_cast<char16_t *>(node + 1);
    const char16_t *end = decode(from, stop, out);
    if (!end)
        return nullptr;
    node->size = static_cast<qint32>(end - out);
    m_storage->shorten(node, sizeof(JsonValue::Node) + 2 * static_cast<size_t>(end - out));
    return finish(JsonValue::Type::String, node, start, stop + 1);
}

const char *JsonTextReader::readKey(const char *start)
{
    JsonStoredKey *key = m_lastKey->successor;
    if (!key || !startsWith(start, m_end, key->raw, key->length)) {
        if (*start != '"')
            return unexpectedKey(start);
        const char *stop = endOfPlainText(start + 1, m_end);
        const bool plain = *stop == '"';
        if (!plain)
            stop = endOfText(start, stop);
        key = stop ? keyFor(start, stop + 1 - start, plain) : nullptr;
        if (!key)
            return nullptr;
        m_lastKey->successor = key;
    }
    m_lastKey = key;
    Element &member = m_elements[m_count - 1];
    member.key = key;
    member.keyStart = offset(start);
    const char *at = skipBlanks(start + key->length);
    if (*at != ':')
        return unexpected(at, Translated::tr("a colon is expected after the member name"));
    return skipBlanks(at + 1);
}

JsonStoredKey *JsonTextReader::keyFor(const char *raw, qsizetype length, bool plain)
{
    const size_t hash = hashOf(raw, length, m_end);
    JsonStoredKey *&known = m_keyTable[hash & (m_keyTable.size() - 1)];
    if (known && known->length == length && startsWith(raw, m_end, known->raw, length))
        return known;
    JsonStoredKey *key = m_storage->addKey(raw, length, plain, static_cast<quint32>(hash));
    if (!plain) {
        auto text = std::make_unique<QString>(length - 2, Qt::Uninitialized);
        auto *out = reinterpret_cast<char16_t *>(text->data());
        const char16_t *end = decode(raw + 1, raw + length - 1, out);
        if (!end)
            return nullptr;
        text->truncate(end - out);
        key->made.storeRelease(text.release());
    }
    known = key;
    return key;
}

// The closing quote of a text that begins at start and is plain up to from; nullptr after an error.
const char *JsonTextReader::endOfText(const char *start, const char *from)
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
                .arg(place(offset(start))));
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

const char *JsonTextReader::skipBlanks(const char *at) const
{
    return static_cast<uchar>(*at) > ' ' ? at : skipRun(at);
}

const char *JsonTextReader::skipRun(const char *at) const
{
    for (;;) {
        if (*at == '\n') // indentation comes in longer runs
            at = endOfBlanks(at + 1, m_end);
        else if (*at == ' ' || *at == '\r' || *at == '\t')
            ++at;
        else
            return at;
    }
}

const char *JsonTextReader::fail(const char *at, const QString &reason, ErrorCode code)
{
    const TextPosition position = textPositionAt(m_storage->text(), offset(at));
    m_error
        = Error {code, Translated::tr("Line %1, column %2: %3.").arg(position.line).arg(position.column).arg(reason),
            position.line, position.column};
    return nullptr;
}

bool JsonTextReader::tooManyValues(const char *at)
{
    return fail(at, Translated::tr("more than %1 values").arg(m_limits.values), ErrorCode::Limit);
}

QString JsonTextReader::place(qsizetype offset) const
{
    const TextPosition position = textPositionAt(m_storage->text(), offset);
    return Translated::tr("line %1, column %2").arg(position.line).arg(position.column);
}

QString JsonTextReader::whatIsOpen() const
{
    if (m_open.empty())
        return Translated::tr("the text ends too early; it may have been cut off");
    const QString opened = place(m_elements[m_open.back().element].span.start);
    return m_open.back().bracket == '}'
        ? Translated::tr("the text ends too early: the brace of %1 is not closed").arg(opened)
        : Translated::tr("the text ends too early: the bracket of %1 is not closed").arg(opened);
}

const char *JsonTextReader::unexpected(const char *at, const QString &reason)
{
    const QByteArrayView rest(at, m_end - at);
    if (rest.isEmpty())
        return fail(at, whatIsOpen());
    if (rest.startsWith("//") || rest.startsWith("/*") || rest.startsWith('#'))
        return fail(at, Translated::tr("comments are not allowed in JSON; remove this one"));
    if (rest.front() == '\0')
        return fail(at, Translated::tr("a NUL character is not allowed here"));
    return fail(at, reason);
}

const char *JsonTextReader::unexpectedValue(const char *at)
{
    const QByteArrayView rest(at, m_end - at);
    if (rest.startsWith(']') || rest.startsWith('}'))
        return unexpected(at, Translated::tr("a value is expected here; is there a comma too many?"));
    if (rest.startsWith(','))
        return unexpected(at, Translated::tr("a value is expected here before the comma"));
    if (rest.startsWith('\'') || rest.startsWith("\u2018") || rest.startsWith("\u201C") || rest.startsWith("\u201D"))
        return unexpected(at, Translated::tr("a JSON value is expected here; texts stand in straight double quotes"));
    for (const char *word : {"True", "False", "TRUE", "FALSE"}) {
        if (rest.startsWith(word))
            return unexpected(
                at, Translated::tr("a JSON value is expected here; true and false are written in small letters"));
    }
    for (const char *word : {"None", "undefined", "NULL", "Null", "nil"}) {
        if (rest.startsWith(word))
            return unexpected(at, Translated::tr("a JSON value is expected here; nothing is written as null"));
    }
    return unexpected(at, Translated::tr("a JSON value is expected here"));
}

const char *JsonTextReader::unexpectedKey(const char *at)
{
    const bool trailing = *at == '}' && m_count > m_open.back().element + 2;
    return unexpected(at,
        trailing ? Translated::tr("a comma before the closing brace is not allowed")
                 : Translated::tr("a member name in double quotes is expected here"));
}

} // namespace automation
