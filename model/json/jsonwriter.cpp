#include "model/json/jsonwriter.h"

namespace automation {

namespace {

void appendEscape(QByteArray &out, char16_t unit)
{
    static constexpr char digits[] = "0123456789abcdef";
    out += "\\u";
    for (int shift = 12; shift >= 0; shift -= 4)
        out += digits[unit >> shift & 0xF];
}

void appendString(QByteArray &out, QStringView text)
{
    out += '"';
    const auto appendPlain = [&](qsizetype start, qsizetype end) {
        if (start < end)
            out += text.sliced(start, end - start).toUtf8();
    };
    qsizetype plainStart = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char16_t c = text[i].unicode();
        const bool surrogate = QChar::isSurrogate(c);
        if (c >= 0x20 && c != u'"' && c != u'\\' && !surrogate)
            continue;
        if (QChar::isHighSurrogate(c) && i + 1 < text.size() && text[i + 1].isLowSurrogate()) {
            ++i;
            continue;
        }
        appendPlain(plainStart, i);
        plainStart = i + 1;
        switch (c) {
        case u'"':
            out += "\\\"";
            break;
        case u'\\':
            out += "\\\\";
            break;
        case u'\n':
            out += "\\n";
            break;
        case u'\r':
            out += "\\r";
            break;
        case u'\t':
            out += "\\t";
            break;
        case u'\b':
            out += "\\b";
            break;
        case u'\f':
            out += "\\f";
            break;
        default: // another control character, or half of a surrogate pair, which UTF-8 has no form for
            appendEscape(out, c);
        }
    }
    appendPlain(plainStart, text.size());
    out += '"';
}

void appendText(QByteArray &out, QStringView text)
{
    appendString(out, text);
}

void appendText(QByteArray &out, QUtf8StringView text)
{
    appendString(out, text.toString());
}

// What a value gives as Latin-1 stands in its text as it is, without any escape.
void appendText(QByteArray &out, QLatin1StringView text)
{
    out += '"';
    out.append(text.data(), text.size());
    out += '"';
}

void appendValue(QByteArray &out, const JsonValue &value, const JsonStyle &style, const QByteArray &margin,
    const JsonPartWriter &writePart)
{
    if (writePart && writePart(out, value, margin))
        return;
    switch (value.type()) {
    case JsonValue::Type::Null:
        out += "null";
        return;
    case JsonValue::Type::Bool:
        out += value.toBool() ? "true" : "false";
        return;
    case JsonValue::Type::Number:
        out += value.numberLexeme();
        return;
    case JsonValue::Type::String:
        value.toStringView().visit([&out](auto text) { appendText(out, text); });
        return;
    case JsonValue::Type::Array:
    case JsonValue::Type::Object:
        break;
    }
    const bool object = value.isObject();
    out += object ? '{' : '[';
    if (!value.isEmpty()) {
        const QByteArray inner = style.newline.isEmpty() ? QByteArray() : margin + style.indent;
        for (qsizetype i = 0; i < value.size(); ++i) {
            if (i > 0)
                out += style.newline.isEmpty() ? style.inlineComma : QByteArray(",");
            if (!style.newline.isEmpty())
                out += style.newline + inner;
            else if (object && i == 0)
                out += style.objectPadding;
            if (object) {
                appendString(out, value.keyAt(i));
                out += style.colon;
            }
            appendValue(out, value.at(i), style, inner, writePart);
        }
        if (!style.newline.isEmpty())
            out += style.newline + margin;
        else if (object)
            out += style.objectPadding;
    }
    out += object ? '}' : ']';
}

} // namespace

QByteArray writeJson(const JsonValue &value, const JsonStyle &style, const QByteArray &margin)
{
    return writeJson(value, style, margin, {});
}

QByteArray writeJson(
    const JsonValue &value, const JsonStyle &style, const QByteArray &margin, const JsonPartWriter &writePart)
{
    QByteArray out;
    appendValue(out, value, style, margin, writePart);
    return out;
}

QByteArray writeJsonString(QStringView text)
{
    QByteArray out;
    appendString(out, text);
    return out;
}

} // namespace automation
