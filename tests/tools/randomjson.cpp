#include "randomjson.h"

namespace automation {

namespace {

constexpr char16_t highHalf = 0xD83D;
constexpr char16_t lowHalf = 0xDE00;

} // namespace

QString RandomJson::string()
{
    static const QString pieces[] = {u"a"_qs, u"Step"_qs, u"\""_qs, u"\\"_qs, u"/"_qs, u"é"_qs, u"€"_qs, u"😀"_qs,
        u"\n"_qs, u"\r"_qs, u"\t"_qs, u"\u2028"_qs, u"\uFEFF"_qs, u"\uFFFF"_qs, u"\x7F"_qs, QString(QChar(1)),
        QString(QChar(0)), QString(QChar(highHalf)), QString(QChar(lowHalf)), u"{{data.x}}"_qs, u","_qs, u"]"_qs,
        u"}"_qs, u"//"_qs, u" "_qs, u"a text of more than sixteen letters"_qs};
    QString text = u""_qs;
    for (int i = m_random.below(4); i > 0; --i)
        text += m_random.oneOf(pieces);
    return text;
}

QString RandomJson::key()
{
    static const QString keys[] = {
        u"id"_qs, u"a"_qs, u"b"_qs, u"c"_qs, u"inputs"_qs, u"ключ"_qs, u"q\"uote"_qs, u""_qs, u"a key that is long"_qs};
    return m_random.chance(5) ? string() : m_random.oneOf(keys);
}

JsonValue RandomJson::value(int depth)
{
    static const char *numbers[] = {"0", "-0", "1", "1.0", "1e5", "1E+5", "-12.50", "123456789012345678901234567890",
        "0.1e-7", "1e999999", "-1E-400", "0.000", "9007199254740993"};
    switch (m_random.below(depth > 0 ? 9 : 5)) {
    case 0:
        return nullptr;
    case 1:
        return m_random.chance(50);
    case 2:
        return JsonValue::number(m_random.chance(2) ? '-' + QByteArray(400, '7') : QByteArray(m_random.oneOf(numbers)));
    case 3:
    case 4:
        return string();
    case 5:
    case 6: {
        JsonValue array = JsonValue::array();
        for (int i = m_random.below(6); i > 0; --i)
            array.append(value(depth - 1));
        return array;
    }
    default: {
        JsonValue object = JsonValue::object();
        if (m_random.chance(60))
            object.insertMember(0, u"id"_qs, QString(QChar(u'p' + m_random.below(5))));
        for (int i = m_random.below(5); i > 0; --i)
            object.insertMember(object.size(), key(), value(depth - 1)); // duplicates included
        return object;
    }
    }
}

QByteArray RandomJson::lineBreak()
{
    static const char *lineEnds[] = {"\n", "\r\n", "\r"};
    return m_lineEnds == 3 ? m_random.oneOf(lineEnds) : lineEnds[m_lineEnds];
}

QByteArray RandomJson::blanks()
{
    QByteArray text;
    if (!m_random.chance(m_carelessness))
        return text;
    for (int i = 1 + m_random.below(2); i > 0; --i) {
        if (m_random.chance(30)) // twice in a row leaves an empty line
            text += lineBreak();
        text += QByteArray(m_random.below(5), m_random.chance(20) ? '\t' : ' ');
    }
    return text;
}

QByteArray RandomJson::quoted(const QString &string)
{
    static const char *shortEscapes[][2] = {{"\b", "\\b"}, {"\f", "\\f"}, {"\n", "\\n"}, {"\r", "\\r"}, {"\t", "\\t"},
        {"\"", "\\\""}, {"\\", "\\\\"}, {"/", "\\/"}};
    const auto shortEscape = [](QChar c) -> QByteArray {
        for (const auto &[character, escape] : shortEscapes) {
            if (c == QLatin1Char(*character))
                return escape;
        }
        return {};
    };
    QByteArray out = "\"";
    for (qsizetype i = 0; i < string.size(); ++i) {
        const QChar c = string[i];
        const bool pair = c.isHighSurrogate() && i + 1 < string.size() && string[i + 1].isLowSurrogate();
        const bool must = c.unicode() < 0x20 || c == u'"' || c == u'\\' || (c.isSurrogate() && !pair);
        if (!must && !m_random.chance(m_escapes)) {
            out += string.mid(i, pair ? 2 : 1).toUtf8();
            i += pair ? 1 : 0;
            continue;
        }
        const QByteArray brief = shortEscape(c);
        if (!brief.isEmpty() && m_random.chance(70)) {
            out += brief;
            continue;
        }
        const auto unit = [this](QChar half) {
            const QByteArray digits = QByteArray::number(half.unicode(), 16).rightJustified(4, '0');
            return "\\u" + (m_random.chance(50) ? digits.toUpper() : digits);
        };
        out += unit(c);
        if (pair)
            out += unit(string[++i]);
    }
    return out + '"';
}

void RandomJson::appendText(QByteArray &out, const JsonValue &value, int level)
{
    if (value.isString()) {
        out += quoted(value.toString());
        return;
    }
    if (!value.isArray() && !value.isObject()) {
        out += writeJson(value);
        return;
    }
    const bool block = !value.isEmpty() && m_random.chance(m_usuallyBlock ? 85 : 10);
    const QByteArray margin = m_style.indent.repeated(level);
    const auto startLine = [&](const QByteArray &indent) {
        if (block)
            out += lineBreak() + (m_random.chance(3) ? lineBreak() : QByteArray()) + indent;
        out += blanks();
    };
    out += value.isObject() ? '{' : '[';
    if (value.isEmpty())
        out += blanks();
    for (qsizetype i = 0; i < value.size(); ++i) {
        if (i > 0)
            out += blanks() + ',' + (block ? QByteArray() : m_style.inlineComma.sliced(1));
        startLine(margin + m_style.indent);
        if (value.isObject())
            out += quoted(value.keyAt(i)) + blanks() + m_style.colon + blanks();
        appendText(out, value.at(i), level + 1);
    }
    if (!value.isEmpty())
        startLine(margin);
    out += value.isObject() ? '}' : ']';
}

QByteArray RandomJson::text(const JsonValue &value)
{
    static const char *indents[] = {"", " ", "  ", "    ", "\t"};
    static const char *colons[] = {":", ": ", " : "};
    m_style.indent = m_random.oneOf(indents);
    m_style.colon = m_random.oneOf(colons);
    m_style.inlineComma = m_random.chance(50) ? ", " : ",";
    m_carelessness = m_random.chance(40) ? 0 : m_random.below(60);
    m_escapes = m_random.chance(50) ? 0 : m_random.below(30);
    m_lineEnds = m_random.below(4);
    m_usuallyBlock = m_random.chance(60);
    QByteArray out = m_random.chance(10) ? "\xEF\xBB\xBF" : "";
    out += blanks();
    appendText(out, value, 0);
    if (m_random.chance(60))
        out += lineBreak();
    return out + blanks();
}

void RandomJson::mutate(JsonValue &value)
{
    JsonValue *place = &value;
    while (!place->isEmpty() && m_random.chance(70))
        place = place->mutableAt(m_random.below(int(place->size())));
    const auto fresh = [this] { return this->value(2); };
    const int size = int(place->size());
    switch (place->isEmpty() ? m_random.below(3) : 2 + m_random.below(6)) {
    case 0:
    case 1:
        *place = fresh();
        break;
    case 2:
    case 3:
        if (place->isObject())
            place->insertMember(m_random.below(size + 1), key(), fresh());
        else
            place->insert(m_random.below(size + 1), fresh());
        break;
    case 4:
        place->removeAt(m_random.below(size));
        break;
    case 5:
        place->replace(m_random.below(size), fresh());
        break;
    case 6:
        if (place->isObject())
            place->renameKeyAt(m_random.below(size), key());
        else
            place->append(place->at(m_random.below(size)));
        break;
    default: { // move
        const int from = m_random.below(size);
        const QString movedKey = place->keyAt(from);
        const JsonValue moved = place->at(from);
        place->removeAt(from);
        if (place->isObject())
            place->insertMember(m_random.below(size), movedKey, moved);
        else
            place->insert(m_random.below(size), moved);
    }
    }
}

} // namespace automation
