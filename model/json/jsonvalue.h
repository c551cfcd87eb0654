#pragma once

#include "model/json/jsonstoredkey.h"

#include <initializer_list>
#include <QAnyStringView>
#include <QAtomicInt>
#include <QByteArray>
#include <QString>
#include <utility>

namespace automation {

class JsonStorage;

// Where a value stands in the text it was read from: byte offsets, end exclusive. {-1,-1} = not read from a text.
// Two values that differ only in their span are equal.
struct JsonSpan
{
    qint32 start = -1;
    qint32 end = -1;
    bool isValid() const { return start >= 0; }
};

// A JSON value that loses nothing: objects keep order and duplicate keys, numbers keep their digits as written.
// Value type, implicitly shared: copying is O(1), the first write to a shared container copies one level. What readJson
// returns lives in one piece with the text it was read from, and stays as long as any copy of any part of it does.
// Reentrant; not thread-safe for one instance, copies may live on different threads. Never throws on wrong use:
// reading with the wrong type gives the default (null value, empty text, 0).
class JsonValue
{
public:
    enum class Type : quint8 { Null, Bool, Number, String, Array, Object };

    JsonValue() = default; // null
    JsonValue(std::nullptr_t) { }
    JsonValue(bool value)
        : m_type(Type::Bool)
        , m_truth(value)
    {
    }
    JsonValue(int value);
    JsonValue(qint64 value);
    JsonValue(double value); // not finite becomes null
    JsonValue(const QString &text);
    JsonValue(QStringView text);
    JsonValue(QLatin1StringView text);
    JsonValue(const char *) = delete;

    static JsonValue number(QByteArray lexeme); // lexeme: digits as they shall be written; must be a JSON number
    static JsonValue array(std::initializer_list<JsonValue> values = {});
    static JsonValue object(std::initializer_list<std::pair<QString, JsonValue>> members = {});

    Type type() const { return m_type; }
    bool isNull() const { return type() == Type::Null; }
    bool isBool() const { return type() == Type::Bool; }
    bool isNumber() const { return type() == Type::Number; }
    bool isString() const { return type() == Type::String; }
    bool isArray() const { return type() == Type::Array; }
    bool isObject() const { return type() == Type::Object; }

    bool toBool(bool fallback = false) const;
    double toDouble(double fallback = 0) const;
    qint64 toInteger(qint64 fallback = 0) const; // fallback too when the lexeme is no integer in range
    QByteArray numberLexeme() const;
    QString toString(const QString &fallback = {}) const;
    // The same without a copy: null view when this is no text; valid until the next write or the end of this value. As
    // Latin-1 (then plain ASCII without quotes, backslashes and control characters) or UTF-16.
    QAnyStringView toStringView() const;

    // Elements of an array or members of an object; 0 for all else.
    qsizetype size() const
    {
        if (m_type < Type::Array)
            return 0;
        return m_node->storage ? m_node->size : ownSize();
    }
    bool isEmpty() const { return size() == 0; }
    const JsonValue &at(qsizetype index) const; // element or member value; null value when out of range
    const QString &keyAt(qsizetype index) const; // member key; empty when out of range or no object
    // A hint for the processor: all that is in the element of that index will be looked at soon.
    void prefetchAt(qsizetype index) const;

    // Whether a key of this object comes more than once.
    bool hasDoubleKeys() const;
    // False only when neither this nor any object inside has one, known without looking.
    bool mayHaveDoubleKeysInside() const;
    // False only when no more values than that stand inside this, known without looking.
    bool mayHoldMoreThan(qsizetype values) const;

    // Member access. With duplicate keys the last one counts, as in JavaScript.
    qsizetype indexOf(QStringView key) const; // -1 when absent
    bool contains(QStringView key) const { return indexOf(key) >= 0; }
    const JsonValue *find(QStringView key) const; // nullptr when absent; valid until the next write
    const JsonValue &value(QStringView key) const; // null value when absent
    const JsonValue &operator[](QStringView key) const { return value(key); }
    const JsonValue &operator[](QLatin1StringView key) const;
    const JsonValue *find(QLatin1StringView key) const;
    bool contains(QLatin1StringView key) const { return find(key) != nullptr; }

    // Changes. On the wrong type they turn the value into an empty container of the right one first.
    void append(JsonValue value);
    void insert(qsizetype index, JsonValue value);
    void replace(qsizetype index, JsonValue value); // element or member value
    void removeAt(qsizetype index); // element or member
    void set(const QString &key, JsonValue value); // replaces in place, else appends
    void insertMember(qsizetype index, QString key, JsonValue value);
    void renameKeyAt(qsizetype index, QString key);
    bool remove(QStringView key); // all members of that key
    JsonValue *mutableAt(qsizetype index); // detaches; nullptr when out of range

    JsonSpan span() const { return m_span; }
    JsonSpan keySpanAt(qsizetype index) const; // of a member's key, quotes included

    // Deep equality: order of members and number lexemes count, spans do not. O(1) when both share their data.
    friend bool operator==(const JsonValue &a, const JsonValue &b);
    // True when both are the same shared container (so certainly equal); false says nothing.
    bool sharesDataWith(const JsonValue &other) const;

    JsonValue(const JsonValue &other)
        : m_node(other.m_node)
        , m_span(other.m_span)
        , m_type(other.m_type)
        , m_truth(other.m_truth)
    {
        if (m_node)
            retain();
    }
    JsonValue(JsonValue &&other) noexcept
        : m_node(std::exchange(other.m_node, nullptr))
        , m_span(other.m_span)
        , m_type(std::exchange(other.m_type, Type::Null))
        , m_truth(other.m_truth)
        , m_stored(other.m_stored)
    {
    }
    JsonValue &operator=(const JsonValue &other)
    {
        JsonValue copy(other); // other may be a part of this
        swap(copy);
        return *this;
    }
    JsonValue &operator=(JsonValue &&other) noexcept
    {
        JsonValue moved(std::move(other));
        swap(moved);
        return *this;
    }
    ~JsonValue()
    {
        if (m_node && !m_stored)
            release();
    }
    void swap(JsonValue &other) noexcept
    {
        std::swap(m_node, other.m_node);
        std::swap(m_span, other.m_span);
        std::swap(m_type, other.m_type);
        std::swap(m_truth, other.m_truth);
        std::swap(m_stored, other.m_stored);
    }

private:
    friend class JsonTextReader;
    friend class JsonStorage;
    // What a value points to; see jsontree_p.h, where the rest of it is.
    struct Node
    {
        JsonStorage *storage = nullptr; // null: a node of its own
        QAtomicInt references = 1; // of a node of its own
        // Of a stored one, whose code units, elements or members follow at once: how many there are; -1 for the node
        // that stands for the source.
        qint32 size = 0;

        template <typename T> const T *stored() const { return reinterpret_cast<const T *>(this + 1); }
    };
    // The one that stands for the source: numbers and plain texts are their part of it.
    struct SourceNode : Node
    {
        const char *text = nullptr;
    };
    struct OwnNumber;
    struct OwnText;
    struct OwnArray;
    struct OwnObject;
    struct OwnMember;
    struct StoredMember;
    static const JsonValue &nullValue();
    const JsonValue &ownAt(size_t index) const;
    const QString &ownKeyAt(size_t index) const;
    QAnyStringView ownStringView() const;

    // A part of the storage its node is in.
    JsonValue(Node *node, JsonSpan span, Type type, bool truth)
        : m_node(node)
        , m_span(span)
        , m_type(type)
        , m_truth(truth)
        , m_stored(true)
    {
    }
    JsonValue(Node *own, Type type)
        : m_node(own)
        , m_type(type)
    {
    }
    qsizetype ownSize() const;
    void retain() const;
    void release();
    QByteArrayView lexemeView() const;
    QByteArrayView sourceView() const
    {
        return {static_cast<const SourceNode *>(m_node)->text + m_span.start, m_span.end - m_span.start};
    }
    static const QString &noKey();
    // Whether a number or text is its part of the text it was read from.
    bool isSource() const { return m_node->storage && m_node->size < 0; }
    template <typename View> qsizetype indexOfKey(View key) const;
    OwnArray *detachArray();
    OwnObject *detachObject();

    Node *m_node = nullptr; // for numbers, texts and containers
    JsonSpan m_span;
    Type m_type = Type::Null;
    bool m_truth = false;
    bool m_stored = false; // part of a storage: holds no reference of its own
};

// A value with its key, in the room that padding leaves.
struct JsonValue::StoredMember : JsonValue
{
    StoredMember(JsonValue value, qint32 start, const JsonStoredKey *ownKey)
        : JsonValue(std::move(value))
        , keyStart(start)
        , key(ownKey)
    {
    }

    JsonSpan keySpan() const;

    qint32 keyStart;
    const JsonStoredKey *key;
};

inline const JsonValue &JsonValue::at(qsizetype index) const
{
    if (index < 0 || index >= size())
        return nullValue();
    const auto place = static_cast<size_t>(index);
    if (!m_node->storage)
        return ownAt(place);
    if (m_type == Type::Array)
        return m_node->stored<JsonValue>()[place];
    return m_node->stored<StoredMember>()[place];
}

inline const QString &JsonValue::keyAt(qsizetype index) const
{
    if (!isObject() || index < 0 || index >= size())
        return noKey();
    const auto place = static_cast<size_t>(index);
    return m_node->storage ? m_node->stored<StoredMember>()[place].key->text() : ownKeyAt(place);
}

inline QAnyStringView JsonValue::toStringView() const
{
    if (!isString())
        return {};
    if (isSource()) {
        const QByteArrayView quoted = sourceView();
        return QLatin1StringView(quoted.data() + 1, quoted.size() - 2);
    }
    return m_node->storage ? QAnyStringView(QStringView(m_node->stored<char16_t>(), m_node->size)) : ownStringView();
}

} // namespace automation
