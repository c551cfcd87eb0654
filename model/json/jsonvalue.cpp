#include "model/json/jsonvalue.h"

#include <algorithm>
#include <cmath>
#include <QLocale>
#include <vector>

#include "model/json/jsontree_p.h"

namespace automation {

namespace {
const JsonValue &nullValue()
{
    static const JsonValue value;
    return value;
}
const QString &emptyKey()
{
    static const QString key;
    return key;
}
} // namespace

JsonValue::JsonValue() = default;
JsonValue::JsonValue(std::nullptr_t) { }
JsonValue::JsonValue(const JsonValue &) = default;
JsonValue::JsonValue(JsonValue &&) noexcept = default;
JsonValue &JsonValue::operator=(const JsonValue &) = default;
JsonValue &JsonValue::operator=(JsonValue &&) noexcept = default;
JsonValue::~JsonValue() = default;

JsonValue::JsonValue(bool value)
    : m_data(value)
{
}

JsonValue::JsonValue(int value)
    : JsonValue(static_cast<qint64>(value))
{
}

JsonValue::JsonValue(qint64 value)
    : m_data(Number {QByteArray::number(value)})
{
}

JsonValue::JsonValue(double value)
{
    if (std::isfinite(value))
        m_data = Number {QByteArray::number(value, 'g', QLocale::FloatingPointShortest)};
}

JsonValue::JsonValue(const QString &text)
    : m_data(text.isNull() ? QString(u""_qs) : text)
{
}

JsonValue::JsonValue(QStringView text)
    : JsonValue(text.toString())
{
}

JsonValue::JsonValue(QLatin1StringView text)
    : JsonValue(QString(text))
{
}

JsonValue JsonValue::number(QByteArray lexeme)
{
    JsonValue value;
    value.m_data = Number {std::move(lexeme)};
    return value;
}

JsonValue JsonValue::array(std::initializer_list<JsonValue> values)
{
    JsonValue value;
    value.detachArray()->values.assign(values);
    return value;
}

JsonValue JsonValue::object(std::initializer_list<std::pair<QString, JsonValue>> members)
{
    JsonValue value;
    ObjectData *data = value.detachObject();
    data->members.reserve(members.size());
    for (const auto &[key, member] : members)
        data->members.push_back({key, member, {}});
    return value;
}

bool JsonValue::toBool(bool fallback) const
{
    const bool *value = std::get_if<bool>(&m_data);
    return value ? *value : fallback;
}

double JsonValue::toDouble(double fallback) const
{
    const Number *number = std::get_if<Number>(&m_data);
    if (!number)
        return fallback;
    bool ok = false;
    const double value = number->lexeme.toDouble(&ok);
    return ok ? value : fallback;
}

qint64 JsonValue::toInteger(qint64 fallback) const
{
    const Number *number = std::get_if<Number>(&m_data);
    if (!number)
        return fallback;
    bool ok = false;
    const qint64 value = number->lexeme.toLongLong(&ok);
    if (ok)
        return value;
    const double real = number->lexeme.toDouble(&ok);
    // 2^53: beyond it a double no longer tells neighbouring integers apart.
    if (ok && std::floor(real) == real && std::abs(real) < 9007199254740992.0)
        return static_cast<qint64>(real);
    return fallback;
}

QByteArray JsonValue::numberLexeme() const
{
    const Number *number = std::get_if<Number>(&m_data);
    return number ? number->lexeme : QByteArray();
}

QString JsonValue::toString(const QString &fallback) const
{
    const QString *text = std::get_if<QString>(&m_data);
    return text ? *text : fallback;
}

qsizetype JsonValue::size() const
{
    if (const auto *array = std::get_if<ArrayPointer>(&m_data))
        return static_cast<qsizetype>((*array)->values.size());
    if (const auto *object = std::get_if<ObjectPointer>(&m_data))
        return static_cast<qsizetype>((*object)->members.size());
    return 0;
}

const JsonValue &JsonValue::at(qsizetype index) const
{
    if (index < 0 || index >= size())
        return nullValue();
    if (const auto *array = std::get_if<ArrayPointer>(&m_data))
        return (*array)->values[static_cast<size_t>(index)];
    return std::get<ObjectPointer>(m_data)->members[static_cast<size_t>(index)].value;
}

const QString &JsonValue::keyAt(qsizetype index) const
{
    const auto *object = std::get_if<ObjectPointer>(&m_data);
    if (!object || index < 0 || index >= size())
        return emptyKey();
    return (*object)->members[static_cast<size_t>(index)].key;
}

JsonSpan JsonValue::keySpanAt(qsizetype index) const
{
    const auto *object = std::get_if<ObjectPointer>(&m_data);
    if (!object || index < 0 || index >= size())
        return {};
    return (*object)->members[static_cast<size_t>(index)].keySpan;
}

qsizetype JsonValue::indexOf(QStringView key) const
{
    const auto *object = std::get_if<ObjectPointer>(&m_data);
    if (!object)
        return -1;
    const auto &members = (*object)->members;
    for (qsizetype i = static_cast<qsizetype>(members.size()) - 1; i >= 0; --i) {
        if (members[static_cast<size_t>(i)].key == key)
            return i;
    }
    return -1;
}

const JsonValue *JsonValue::find(QStringView key) const
{
    const qsizetype index = indexOf(key);
    return index < 0 ? nullptr : &at(index);
}

const JsonValue *JsonValue::find(QLatin1StringView key) const
{
    const auto *object = std::get_if<ObjectPointer>(&m_data);
    if (!object)
        return nullptr;
    const auto &members = (*object)->members;
    const auto found
        = std::find_if(members.rbegin(), members.rend(), [key](const JsonMember &m) { return m.key == key; });
    return found == members.rend() ? nullptr : &found->value;
}

const JsonValue &JsonValue::value(QStringView key) const
{
    const JsonValue *found = find(key);
    return found ? *found : nullValue();
}

const JsonValue &JsonValue::operator[](QLatin1StringView key) const
{
    const JsonValue *found = find(key);
    return found ? *found : nullValue();
}

JsonValue::ArrayData *JsonValue::detachArray()
{
    if (!isArray())
        m_data = ArrayPointer(new ArrayData);
    return std::get<ArrayPointer>(m_data).data();
}

JsonValue::ObjectData *JsonValue::detachObject()
{
    if (!isObject())
        m_data = ObjectPointer(new ObjectData);
    return std::get<ObjectPointer>(m_data).data();
}

void JsonValue::append(JsonValue value)
{
    detachArray()->values.push_back(std::move(value));
}

void JsonValue::insert(qsizetype index, JsonValue value)
{
    auto &values = detachArray()->values;
    index = std::clamp<qsizetype>(index, 0, static_cast<qsizetype>(values.size()));
    values.insert(values.begin() + index, std::move(value));
}

void JsonValue::replace(qsizetype index, JsonValue value)
{
    if (JsonValue *slot = mutableAt(index))
        *slot = std::move(value);
}

void JsonValue::removeAt(qsizetype index)
{
    if (index < 0 || index >= size())
        return;
    if (isArray()) {
        auto &values = detachArray()->values;
        values.erase(values.begin() + index);
    } else {
        auto &members = detachObject()->members;
        members.erase(members.begin() + index);
    }
}

void JsonValue::set(const QString &key, JsonValue value)
{
    ObjectData *object = detachObject();
    const qsizetype index = indexOf(key);
    if (index >= 0)
        object->members[static_cast<size_t>(index)].value = std::move(value);
    else
        object->members.push_back({key, std::move(value), {}});
}

void JsonValue::insertMember(qsizetype index, QString key, JsonValue value)
{
    auto &members = detachObject()->members;
    index = std::clamp<qsizetype>(index, 0, static_cast<qsizetype>(members.size()));
    members.insert(members.begin() + index, {std::move(key), std::move(value), {}});
}

void JsonValue::renameKeyAt(qsizetype index, QString key)
{
    if (isObject() && index >= 0 && index < size())
        detachObject()->members[static_cast<size_t>(index)].key = std::move(key);
}

bool JsonValue::remove(QStringView key)
{
    if (!contains(key))
        return false;
    std::erase_if(detachObject()->members, [key](const JsonMember &member) { return member.key == key; });
    return true;
}

JsonValue *JsonValue::mutableAt(qsizetype index)
{
    if (index < 0 || index >= size())
        return nullptr;
    if (isArray())
        return &detachArray()->values[static_cast<size_t>(index)];
    return &detachObject()->members[static_cast<size_t>(index)].value;
}

bool JsonValue::sharesDataWith(const JsonValue &other) const
{
    if (isArray() && other.isArray())
        return std::get<ArrayPointer>(m_data).constData() == std::get<ArrayPointer>(other.m_data).constData();
    if (isObject() && other.isObject())
        return std::get<ObjectPointer>(m_data).constData() == std::get<ObjectPointer>(other.m_data).constData();
    return false;
}

bool operator==(const JsonValue &a, const JsonValue &b)
{
    if (a.type() != b.type())
        return false;
    switch (a.type()) {
    case JsonValue::Type::Null:
        return true;
    case JsonValue::Type::Bool:
        return std::get<bool>(a.m_data) == std::get<bool>(b.m_data);
    case JsonValue::Type::Number:
        return std::get<JsonValue::Number>(a.m_data).lexeme == std::get<JsonValue::Number>(b.m_data).lexeme;
    case JsonValue::Type::String:
        return std::get<QString>(a.m_data) == std::get<QString>(b.m_data);
    case JsonValue::Type::Array:
        return a.sharesDataWith(b)
            || std::get<JsonValue::ArrayPointer>(a.m_data)->values
            == std::get<JsonValue::ArrayPointer>(b.m_data)->values;
    case JsonValue::Type::Object: {
        if (a.sharesDataWith(b))
            return true;
        const auto &left = std::get<JsonValue::ObjectPointer>(a.m_data)->members;
        const auto &right = std::get<JsonValue::ObjectPointer>(b.m_data)->members;
        return std::equal(left.begin(), left.end(), right.begin(), right.end(),
            [](const JsonMember &x, const JsonMember &y) { return x.key == y.key && x.value == y.value; });
    }
    }
    return false;
}

} // namespace automation
