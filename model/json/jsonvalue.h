#pragma once

#include <initializer_list>
#include <QByteArray>
#include <QSharedDataPointer>
#include <QString>
#include <utility>
#include <variant>

namespace automation {

struct JsonMember;

// Where a value stands in the text it was read from: byte offsets, end exclusive. {-1,-1} = not read from a text.
// Two values that differ only in their span are equal.
struct JsonSpan
{
    qint32 start = -1;
    qint32 end = -1;
    bool isValid() const { return start >= 0; }
};

// A JSON value that loses nothing: objects keep order and duplicate keys, numbers keep their digits as written.
// Value type, implicitly shared: copying is O(1), the first write to a shared container copies one level.
// Reentrant; not thread-safe for one instance, copies may live on different threads. Never throws on wrong use:
// reading with the wrong type gives the default (null value, empty text, 0).
class JsonValue
{
public:
    enum class Type : quint8 { Null, Bool, Number, String, Array, Object };

    JsonValue(); // null
    JsonValue(std::nullptr_t);
    JsonValue(bool value);
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

    Type type() const { return static_cast<Type>(m_data.index()); }
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

    // Elements of an array or members of an object; 0 for all else.
    qsizetype size() const;
    bool isEmpty() const { return size() == 0; }
    const JsonValue &at(qsizetype index) const; // element or member value; null value when out of range
    const QString &keyAt(qsizetype index) const; // member key; empty when out of range or no object

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
    void setSpan(JsonSpan span) { m_span = span; }
    JsonSpan keySpanAt(qsizetype index) const; // of a member's key, quotes included

    // Deep equality: order of members and number lexemes count, spans do not. O(1) when both share their data.
    friend bool operator==(const JsonValue &a, const JsonValue &b);
    // True when both are the same shared container (so certainly equal); false says nothing.
    bool sharesDataWith(const JsonValue &other) const;

private:
    friend class JsonTreeBuilder;
    struct ArrayData;
    struct ObjectData;
    struct Number
    {
        QByteArray lexeme;
    };
    using ArrayPointer = QSharedDataPointer<ArrayData>;
    using ObjectPointer = QSharedDataPointer<ObjectData>;

    ArrayData *detachArray();
    ObjectData *detachObject();

    // The order of alternatives is that of Type.
    std::variant<std::monostate, bool, Number, QString, ArrayPointer, ObjectPointer> m_data;
    JsonSpan m_span;

public:
    JsonValue(const JsonValue &);
    JsonValue(JsonValue &&) noexcept;
    JsonValue &operator=(const JsonValue &);
    JsonValue &operator=(JsonValue &&) noexcept;
    ~JsonValue();
};

struct JsonMember
{
    QString key;
    JsonValue value;
    JsonSpan keySpan;
};

} // namespace automation
