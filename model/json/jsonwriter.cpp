#include "model/json/jsonwriter.h"

namespace automation {

namespace {

void appendString(QByteArray &out, QStringView text)
{
    out += '"';
    const QByteArray utf8 = text.toUtf8();
    qsizetype plainStart = 0;
    for (qsizetype i = 0; i < utf8.size(); ++i) {
        const uchar c = static_cast<uchar>(utf8[i]);
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        out.append(utf8.constData() + plainStart, i - plainStart);
        plainStart = i + 1;
        switch (c) {
        case '"':
            out += "\\\"";
            break;
        case '\\':
            out += "\\\\";
            break;
        case '\n':
            out += "\\n";
            break;
        case '\r':
            out += "\\r";
            break;
        case '\t':
            out += "\\t";
            break;
        case '\b':
            out += "\\b";
            break;
        case '\f':
            out += "\\f";
            break;
        default:
            out += "\\u00" + QByteArray(1, char(c)).toHex();
        }
    }
    out.append(utf8.constData() + plainStart, utf8.size() - plainStart);
    out += '"';
}

void appendValue(QByteArray &out, const JsonValue &value, const JsonStyle &style, const QByteArray &margin)
{
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
        appendString(out, value.toString());
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
            appendValue(out, value.at(i), style, inner);
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
    QByteArray out;
    appendValue(out, value, style, margin);
    return out;
}

QByteArray writeJsonString(QStringView text)
{
    QByteArray out;
    appendString(out, text);
    return out;
}

} // namespace automation
