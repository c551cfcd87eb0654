#include "randomjson.h"

#include "model/json/jsonwriter.h"

namespace automation {

QString RandomJson::string()
{
    static const QString pieces[] = {u"a"_qs, u"b"_qs, u"\""_qs, u"\\"_qs, u"/"_qs, u"é"_qs, u"€"_qs, u"😀"_qs, u"\n"_qs,
        u"\t"_qs, QString(QChar(1)), QString(QChar(0)), u"{{data.x}}"_qs, u","_qs, u"]"_qs, u" "_qs};
    QString text = u""_qs;
    for (int i = below(4); i > 0; --i)
        text += pieces[below(int(std::size(pieces)))];
    return text;
}

QString RandomJson::key()
{
    static const QString keys[]
        = {u"id"_qs, u"a"_qs, u"b"_qs, u"c"_qs, u"inputs"_qs, u"ключ"_qs, u"q\"uote"_qs, u""_qs};
    return keys[below(int(std::size(keys)))];
}

JsonValue RandomJson::value(int depth)
{
    static const char *numbers[]
        = {"0", "-0", "1", "1.0", "1e5", "1E+5", "-12.50", "123456789012345678901234567890", "0.1e-7"};
    switch (below(depth > 0 ? 9 : 5)) {
    case 0:
        return nullptr;
    case 1:
        return chance(50);
    case 2:
        return JsonValue::number(numbers[below(int(std::size(numbers)))]);
    case 3:
    case 4:
        return string();
    case 5:
    case 6: {
        JsonValue array = JsonValue::array();
        for (int i = below(6); i > 0; --i)
            array.append(value(depth - 1));
        return array;
    }
    default: {
        JsonValue object = JsonValue::object();
        if (chance(60))
            object.insertMember(0, u"id"_qs, QString(QChar(u'p' + below(5))));
        for (int i = below(5); i > 0; --i)
            object.insertMember(object.size(), key(), value(depth - 1)); // duplicates included
        return object;
    }
    }
}

QByteArray RandomJson::blanks()
{
    static const char *newlines[] = {"\n", "\r\n", "\r"};
    if (m_blankStyle == 0 || chance(40))
        return {};
    QByteArray text;
    if (m_blankStyle > 1 && chance(50))
        text += newlines[m_blankStyle == 5 ? below(3) : m_blankStyle - 2];
    text += QByteArray(below(5), chance(20) ? '\t' : ' ');
    return text;
}

QByteArray RandomJson::quoted(const QString &string)
{
    QByteArray out = "\"";
    for (const QChar c : string) {
        if (chance(10) || (c.unicode() < 0x20) || c.isSurrogate()) {
            out += "\\u" + QByteArray::number(c.unicode(), 16).rightJustified(4, '0');
        } else {
            if (c == u'"' || c == u'\\' || (c == u'/' && chance(50)))
                out += '\\';
            out += QString(c).toUtf8();
        }
    }
    return out + '"';
}

void RandomJson::appendText(QByteArray &out, const JsonValue &value)
{
    if (value.isString()) {
        out += quoted(value.toString());
    } else if (value.isArray() || value.isObject()) {
        out += value.isObject() ? '{' : '[';
        out += blanks();
        for (qsizetype i = 0; i < value.size(); ++i) {
            if (i > 0)
                out += blanks() + ',' + blanks();
            if (value.isObject()) {
                out += quoted(value.keyAt(i));
                out += blanks() + ':' + blanks();
            }
            appendText(out, value.at(i));
        }
        if (!value.isEmpty())
            out += blanks();
        out += value.isObject() ? '}' : ']';
    } else {
        out += writeJson(value);
    }
}

QByteArray RandomJson::text(const JsonValue &value)
{
    QByteArray out = chance(10) ? "\xEF\xBB\xBF" : "";
    if (chance(30)) {
        static const JsonStyle styles[] = {JsonStyle(), JsonStyle::compact(), {"\t", "\r\n", ": ", ", ", {}}};
        return out + writeJson(value, styles[below(3)]) + (chance(50) ? "\n" : "");
    }
    m_blankStyle = below(6);
    out += blanks();
    appendText(out, value);
    return out + blanks();
}

void RandomJson::mutate(JsonValue &value)
{
    JsonValue *place = &value;
    while (!place->isEmpty() && chance(70))
        place = place->mutableAt(below(int(place->size())));
    const auto fresh = [this] { return this->value(2); };
    const int size = int(place->size());
    switch (place->isEmpty() ? below(3) : 2 + below(6)) {
    case 0:
    case 1:
        *place = fresh();
        break;
    case 2:
    case 3:
        if (place->isObject())
            place->insertMember(below(size + 1), key(), fresh());
        else
            place->insert(below(size + 1), fresh());
        break;
    case 4:
        place->removeAt(below(size));
        break;
    case 5:
        place->replace(below(size), fresh());
        break;
    case 6:
        if (place->isObject())
            place->renameKeyAt(below(size), key());
        else
            place->append(place->at(below(size)));
        break;
    default: { // move
        const int from = below(size);
        const QString movedKey = place->keyAt(from);
        const JsonValue moved = place->at(from);
        place->removeAt(from);
        if (place->isObject())
            place->insertMember(below(size), movedKey, moved);
        else
            place->insert(below(size), moved);
    }
    }
}

} // namespace automation
