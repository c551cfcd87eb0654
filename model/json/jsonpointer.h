#pragma once

#include "model/json/jsonvalue.h"
#include "model/json/result.h"

#include <QStringList>

namespace automation {

// A JSON pointer (RFC 6901). Value type. Array positions are decimal tokens; "-" is not used.
class JsonPointer
{
public:
    JsonPointer() = default; // the root
    explicit JsonPointer(QStringList tokens)
        : m_tokens(std::move(tokens))
    {
    }
    static Result<JsonPointer> parse(QStringView text);

    const QStringList &tokens() const { return m_tokens; }
    bool isRoot() const { return m_tokens.isEmpty(); }
    JsonPointer parent() const { return JsonPointer(m_tokens.mid(0, qMax<qsizetype>(0, m_tokens.size() - 1))); }
    QString lastToken() const { return m_tokens.isEmpty() ? QString() : m_tokens.last(); }
    bool startsWith(const JsonPointer &prefix) const;
    QString toString() const;

    JsonPointer operator/(const QString &key) const { return JsonPointer(m_tokens + QStringList {key}); }
    JsonPointer operator/(QLatin1StringView key) const { return *this / QString(key); }
    JsonPointer operator/(qsizetype index) const { return *this / QString::number(index); }

    // The value there, nullptr when there is none. With duplicate keys the last one.
    const JsonValue *resolve(const JsonValue &root) const;
    // The same for writing: detaches the path to it.
    JsonValue *resolve(JsonValue &root) const;

    friend bool operator==(const JsonPointer &a, const JsonPointer &b) { return a.m_tokens == b.m_tokens; }
    friend size_t qHash(const JsonPointer &pointer, size_t seed = 0) { return qHash(pointer.m_tokens, seed); }

private:
    QStringList m_tokens;
};

} // namespace automation
