#include "shrink.h"

namespace automation {

namespace {

QStringList simplerTexts(const QString &text)
{
    if (text.isEmpty())
        return {};
    QStringList texts {QString::fromLatin1(""), text.left(text.size() / 2), text.mid(text.size() - text.size() / 2)};
    for (qsizetype i = 0; i < text.size(); ++i)
        texts.append(QString(text).remove(i, 1));
    texts.removeAll(text);
    return texts;
}

} // namespace

QList<JsonValue> simplerValues(const JsonValue &value)
{
    QList<JsonValue> simpler;
    switch (value.type()) {
    case JsonValue::Type::Null:
        break;
    case JsonValue::Type::Bool:
        simpler.append(nullptr);
        break;
    case JsonValue::Type::Number:
        if (value.numberLexeme() != "0")
            simpler.append(JsonValue::number("0"));
        break;
    case JsonValue::Type::String:
        for (const QString &text : simplerTexts(value.toString()))
            simpler.append(text);
        break;
    case JsonValue::Type::Array:
    case JsonValue::Type::Object:
        for (qsizetype i = 0; i < value.size(); ++i)
            simpler.append(value.at(i));
        for (qsizetype i = 0; i < value.size(); ++i) {
            simpler.append(value);
            simpler.last().removeAt(i);
        }
        for (qsizetype i = 0; i < value.size(); ++i) {
            for (const JsonValue &child : simplerValues(value.at(i))) {
                simpler.append(value);
                simpler.last().replace(i, child);
            }
            if (!value.isObject())
                continue;
            for (const QString &key : simplerTexts(value.keyAt(i))) {
                simpler.append(value);
                simpler.last().renameKeyAt(i, key);
            }
        }
    }
    return simpler;
}

JsonValue shrinkJson(const JsonValue &value, const std::function<bool(const JsonValue &)> &fails, int maximalTries)
{
    return shrink(value, simplerValues, fails, maximalTries);
}

} // namespace automation
