#include "model/json/jsonpointer.h"

#include <QCoreApplication>

namespace automation {

namespace {

// The member or element a token names, -1 when there is none.
qsizetype indexOfToken(const JsonValue &container, const QString &token)
{
    if (container.isObject())
        return container.indexOf(token);
    if (!container.isArray())
        return -1;
    bool ok = false;
    const qsizetype index = token.toLongLong(&ok);
    return ok && index >= 0 && index < container.size() ? index : -1;
}

} // namespace

Result<JsonPointer> JsonPointer::parse(QStringView text)
{
    if (text.isEmpty())
        return JsonPointer();
    if (!text.startsWith(u'/')) {
        return Error {ErrorCode::InvalidArgument,
            QCoreApplication::translate("JsonPointer", "“%1” is no JSON pointer: it must start with a slash.")
                .arg(text)};
    }
    QStringList tokens;
    for (QStringView token : text.sliced(1).split(u'/'))
        tokens += token.toString().replace(u"~1"_qs, u"/"_qs).replace(u"~0"_qs, u"~"_qs);
    return JsonPointer(std::move(tokens));
}

bool JsonPointer::startsWith(const JsonPointer &prefix) const
{
    return m_tokens.size() >= prefix.m_tokens.size()
        && std::equal(prefix.m_tokens.begin(), prefix.m_tokens.end(), m_tokens.begin());
}

QString JsonPointer::toString() const
{
    QString text;
    for (QString token : m_tokens)
        text += u'/' + token.replace(u"~"_qs, u"~0"_qs).replace(u"/"_qs, u"~1"_qs);
    return text;
}

const JsonValue *JsonPointer::resolve(const JsonValue &root) const
{
    const JsonValue *value = &root;
    for (const QString &token : m_tokens) {
        const qsizetype index = indexOfToken(*value, token);
        if (index < 0)
            return nullptr;
        value = &value->at(index);
    }
    return value;
}

JsonValue *JsonPointer::resolve(JsonValue &root) const
{
    JsonValue *value = &root;
    for (const QString &token : m_tokens) {
        const qsizetype index = indexOfToken(*value, token);
        if (index < 0)
            return nullptr;
        value = value->mutableAt(index);
    }
    return value;
}

} // namespace automation
