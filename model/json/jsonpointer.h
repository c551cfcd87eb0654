#pragma once

#include "model/json/jsonvalue.h"
#include "model/json/result.h"

#include <QStringList>

namespace automation {

// A JSON pointer (RFC 6901). Value type; array positions are decimal tokens, "-" is not used. Pointers share what they
// have in common: naming the children of a place costs one small allocation each, copying costs none.
// Reentrant; copies may live on different threads.
class JsonPointer
{
public:
    JsonPointer() = default; // the root
    explicit JsonPointer(const QStringList &tokens);
    JsonPointer(const JsonPointer &other);
    JsonPointer(JsonPointer &&other) noexcept
        : m_last(std::exchange(other.m_last, nullptr))
    {
    }
    JsonPointer &operator=(JsonPointer other) noexcept
    {
        std::swap(m_last, other.m_last);
        return *this;
    }
    ~JsonPointer() { release(m_last); }
    static Result<JsonPointer> parse(QStringView text);

    QStringList tokens() const;
    bool isRoot() const { return !m_last; }
    JsonPointer parent() const; // of the root: the root
    QString lastToken() const;
    bool startsWith(const JsonPointer &prefix) const;
    // The same place after from has become to; this one when it is not at or below from.
    JsonPointer moved(const JsonPointer &from, const JsonPointer &to) const;
    QString toString() const;

    JsonPointer operator/(const QString &key) const;
    JsonPointer operator/(QLatin1StringView key) const { return *this / QString(key); }
    JsonPointer operator/(qsizetype index) const;

    // The value there, nullptr when there is none. With duplicate keys the last one.
    const JsonValue *resolve(const JsonValue &root) const;
    // The same for writing: detaches the path to it.
    JsonValue *resolve(JsonValue &root) const;

    friend bool operator==(const JsonPointer &a, const JsonPointer &b)
    {
        return depthOf(a.m_last) == depthOf(b.m_last) && a.startsWith(b);
    }
    friend size_t qHash(const JsonPointer &pointer, size_t seed);

private:
    struct Node; // the last token and what stands before it, counted by those that share it

    static int depthOf(const Node *node);
    static void release(Node *node);
    JsonPointer child(qsizetype index, const QString &key) const;
    // From the first token to the last.
    template <typename Visit> void forEach(Visit visit) const;

    Node *m_last = nullptr;
};

size_t qHash(const JsonPointer &pointer, size_t seed = 0);

} // namespace automation
