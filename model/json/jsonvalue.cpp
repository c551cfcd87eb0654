#include "model/json/jsonvalue.h"

#include <algorithm>
#include <cmath>
#include <QLocale>
#include <QSet>
#include <span>

#include "model/json/jsontree_p.h"
#include "model/json/prefetch.h"

namespace automation {

const JsonValue &JsonValue::nullValue()
{
    static const JsonValue value;
    return value;
}

const QString &JsonValue::noKey()
{
    static const QString key;
    return key;
}

JsonValue::JsonValue(int value)
    : JsonValue(static_cast<qint64>(value))
{
}

JsonValue::JsonValue(qint64 value)
    : JsonValue(number(QByteArray::number(value)))
{
}

JsonValue::JsonValue(double value)
{
    if (std::isfinite(value))
        *this = number(QByteArray::number(value, 'g', QLocale::FloatingPointShortest));
}

JsonValue::JsonValue(const QString &text)
    : JsonValue(new OwnText {{}, text.isNull() ? QString(u""_qs) : text}, Type::String)
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
    return JsonValue(new OwnNumber {{}, std::move(lexeme)}, Type::Number);
}

JsonValue JsonValue::array(std::initializer_list<JsonValue> values)
{
    return JsonValue(new OwnArray {{}, values}, Type::Array);
}

JsonValue JsonValue::object(std::initializer_list<std::pair<QString, JsonValue>> members)
{
    auto *node = new OwnObject;
    node->members.reserve(members.size());
    for (const auto &[key, member] : members)
        node->members.push_back({key, member, {}});
    return JsonValue(node, Type::Object);
}

void JsonValue::retain() const
{
    if (m_node->storage)
        m_node->storage->retain();
    else
        m_node->references.ref();
}

void JsonValue::release()
{
    if (m_node->storage) {
        JsonStorage::release(m_node->storage);
        return;
    }
    if (m_node->references.deref())
        return;
    switch (m_type) {
    case Type::Number:
        delete static_cast<OwnNumber *>(m_node);
        break;
    case Type::String:
        delete static_cast<OwnText *>(m_node);
        break;
    case Type::Array:
        delete static_cast<OwnArray *>(m_node);
        break;
    case Type::Object:
        delete static_cast<OwnObject *>(m_node);
        break;
    case Type::Null:
    case Type::Bool:
        break;
    }
}

bool JsonValue::toBool(bool fallback) const
{
    return isBool() ? m_truth : fallback;
}

QByteArrayView JsonValue::lexemeView() const
{
    return isSource() ? sourceView() : static_cast<const OwnNumber *>(m_node)->lexeme;
}

double JsonValue::toDouble(double fallback) const
{
    if (!isNumber())
        return fallback;
    bool ok = false;
    const double value = lexemeView().toDouble(&ok);
    return ok ? value : fallback;
}

qint64 JsonValue::toInteger(qint64 fallback) const
{
    if (!isNumber())
        return fallback;
    bool ok = false;
    const qint64 value = lexemeView().toLongLong(&ok);
    if (ok)
        return value;
    const double real = lexemeView().toDouble(&ok);
    // 2^53: beyond it a double no longer tells neighbouring integers apart.
    if (ok && std::floor(real) == real && std::abs(real) < 9007199254740992.0)
        return static_cast<qint64>(real);
    return fallback;
}

QByteArray JsonValue::numberLexeme() const
{
    if (!isNumber())
        return {};
    return isSource() ? sourceView().toByteArray() : static_cast<const OwnNumber *>(m_node)->lexeme;
}

QAnyStringView JsonValue::ownStringView() const
{
    return static_cast<const OwnText *>(m_node)->text;
}

QString JsonValue::toString(const QString &fallback) const
{
    if (!isString())
        return fallback;
    if (isSource())
        return QString(QLatin1StringView(sourceView().sliced(1).chopped(1)));
    return m_node->storage ? QString(QStringView(m_node->stored<char16_t>(), m_node->size).toString())
                           : static_cast<const OwnText *>(m_node)->text;
}

qsizetype JsonValue::ownSize() const
{
    return static_cast<qsizetype>(
        isArray() ? static_cast<OwnArray *>(m_node)->values.size() : static_cast<OwnObject *>(m_node)->members.size());
}

const JsonValue &JsonValue::ownAt(size_t index) const
{
    return isArray() ? static_cast<OwnArray *>(m_node)->values[index]
                     : static_cast<OwnObject *>(m_node)->members[index].value;
}

const QString &JsonValue::ownKeyAt(size_t index) const
{
    return static_cast<OwnObject *>(m_node)->members[index].key;
}

void JsonValue::prefetchAt(qsizetype index) const
{
    if (index < 1 || index >= size())
        return;
    constexpr quintptr most = 1024; // of one that is larger its beginning will do
    // What is inside a stored container stands before its own node, and behind that of the element before.
    constexpr quintptr members = 7; // of most objects
    const JsonValue &element = at(index);
    const Node *own = element.m_node;
    const Node *before = at(index - 1).m_node;
    if (!own)
        return;
    const auto ownAddress = reinterpret_cast<quintptr>(own);
    const quintptr distance = ownAddress - reinterpret_cast<quintptr>(before);
    constexpr quintptr furthest = 4096;
    const quintptr first = distance < furthest ? ownAddress - distance : ownAddress;
    prefetch(first, std::min(ownAddress + sizeof(Node) + members * sizeof(StoredMember) - first, most));
    if (JsonStorage *storage = m_node->storage; storage && element.m_span.isValid()) {
        const auto text = reinterpret_cast<quintptr>(storage->text().constData());
        prefetch(
            text + quintptr(element.m_span.start), std::min(quintptr(element.m_span.end - element.m_span.start), most));
    }
}

JsonSpan JsonValue::keySpanAt(qsizetype index) const
{
    if (!isObject() || index < 0 || index >= size())
        return {};
    const auto place = static_cast<size_t>(index);
    if (!m_node->storage)
        return static_cast<OwnObject *>(m_node)->members[place].keySpan;
    return m_node->stored<StoredMember>()[place].keySpan();
}

template <typename View> qsizetype JsonValue::indexOfKey(View key) const
{
    if (!isObject())
        return -1;
    if (m_node->storage) {
        const StoredMember *members = m_node->stored<StoredMember>();
        qsizetype i = m_node->size;
        while (--i >= 0 && !members[i].key->is(key)) { }
        return i;
    }
    const std::vector<OwnMember> &members = static_cast<OwnObject *>(m_node)->members;
    auto i = static_cast<qsizetype>(members.size());
    while (--i >= 0 && members[static_cast<size_t>(i)].key != key) { }
    return i;
}

namespace {

// Keys are compared only with those of the same length, which are few.
template <typename LengthOf, typename IsSame>
bool hasDoubles(qsizetype count, const LengthOf &lengthOf, const IsSame &isSame)
{
    quint64 lengths = 0;
    for (qsizetype i = 0; i < count; ++i) {
        const quint64 length = quint64(1) << (lengthOf(i) & 63);
        for (qsizetype k = lengths & length ? 0 : i; k < i; ++k) {
            if (isSame(k, i))
                return true;
        }
        lengths |= length;
    }
    return false;
}

} // namespace

bool JsonValue::hasDoubleKeys() const
{
    const qsizetype count = isObject() ? size() : 0;
    if (count < 2)
        return false;
    constexpr qsizetype few = 32;
    if (count > few) {
        QSet<QStringView> seen;
        for (qsizetype i = 0; i < count; ++i)
            seen.insert(keyAt(i));
        return seen.size() < count;
    }
    if (m_node->storage) {
        const StoredMember *members = m_node->stored<StoredMember>();
        if (std::all_of(members, members + count, [](const StoredMember &member) { return member.key->plain; })) {
            return hasDoubles(
                count, [members](qsizetype i) { return members[i].key->length; },
                [members](qsizetype a, qsizetype b) {
                    const JsonStoredKey *x = members[a].key;
                    const JsonStoredKey *y = members[b].key;
                    return x == y || x->plainText() == y->plainText();
                });
        }
    }
    return hasDoubles(
        count, [this](qsizetype i) { return keyAt(i).size(); },
        [this](qsizetype a, qsizetype b) { return keyAt(a) == keyAt(b); });
}

bool JsonValue::mayHaveDoubleKeysInside() const
{
    // All that is inside a stored value is of the same storage.
    return m_type >= Type::Array && (!m_node->storage || m_node->storage->mayHaveDoubleKeys());
}

qsizetype JsonValue::indexOf(QStringView key) const
{
    return indexOfKey(key);
}

const JsonValue *JsonValue::find(QStringView key) const
{
    const qsizetype index = indexOfKey(key);
    return index < 0 ? nullptr : &at(index);
}

const JsonValue *JsonValue::find(QLatin1StringView key) const
{
    const qsizetype index = indexOfKey(key);
    return index < 0 ? nullptr : &at(index);
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

bool JsonValue::mayHoldMoreThan(qsizetype values) const
{
    // A stored value is as it was read: each value in it and the comma or bracket behind it took two bytes at least.
    return m_type >= Type::Array && (!m_node->storage || (m_span.end - m_span.start) / 2 > values);
}

JsonValue::OwnArray *JsonValue::detachArray()
{
    if (isArray() && !m_node->storage && m_node->references.loadAcquire() == 1)
        return static_cast<OwnArray *>(m_node);
    auto *node = new OwnArray;
    if (isArray() && m_node->storage) {
        const std::span<const JsonValue> values
            = std::span(m_node->stored<JsonValue>(), static_cast<size_t>(m_node->size));
        node->values.assign(values.begin(), values.end());
    } else if (isArray()) {
        node->values = static_cast<OwnArray *>(m_node)->values;
    }
    JsonValue fresh(node, Type::Array);
    fresh.m_span = m_span;
    swap(fresh);
    return node;
}

JsonValue::OwnObject *JsonValue::detachObject()
{
    if (isObject() && !m_node->storage && m_node->references.loadAcquire() == 1)
        return static_cast<OwnObject *>(m_node);
    auto *node = new OwnObject;
    if (isObject() && m_node->storage) {
        node->members.reserve(static_cast<size_t>(m_node->size));
        for (const StoredMember &member : std::span(m_node->stored<StoredMember>(), static_cast<size_t>(m_node->size)))
            node->members.push_back({member.key->text(), member, member.keySpan()});
    } else if (isObject()) {
        node->members = static_cast<OwnObject *>(m_node)->members;
    }
    JsonValue fresh(node, Type::Object);
    fresh.m_span = m_span;
    swap(fresh);
    return node;
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
    OwnObject *object = detachObject();
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
    std::erase_if(detachObject()->members, [key](const OwnMember &member) { return member.key == key; });
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
    return m_type == other.m_type && m_node == other.m_node && (isArray() || isObject());
}

bool operator==(const JsonValue &a, const JsonValue &b)
{
    if (a.m_type != b.m_type)
        return false;
    if (a.sharesDataWith(b))
        return true;
    switch (a.m_type) {
    case JsonValue::Type::Null:
        return true;
    case JsonValue::Type::Bool:
        return a.m_truth == b.m_truth;
    case JsonValue::Type::Number:
        return a.lexemeView() == b.lexemeView();
    case JsonValue::Type::String:
        return a.toStringView() == b.toStringView();
    case JsonValue::Type::Array:
    case JsonValue::Type::Object:
        break;
    }
    const qsizetype size = a.size();
    if (size != b.size())
        return false;
    const bool objects = a.isObject();
    for (qsizetype i = 0; i < size; ++i) {
        if ((objects && a.keyAt(i) != b.keyAt(i)) || a.at(i) != b.at(i))
            return false;
    }
    return true;
}

} // namespace automation
