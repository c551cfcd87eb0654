#include "model/json/jsondifference.h"

#include <algorithm>

namespace automation {

namespace {

using Kind = JsonEdit::Kind;

// A copy that stands alone: one step that is kept shall not keep the whole text it was read from.
JsonValue detached(const JsonValue &value)
{
    switch (value.type()) {
    case JsonValue::Type::Number:
        return JsonValue::number(value.numberLexeme());
    case JsonValue::Type::String:
        return value.toString();
    case JsonValue::Type::Array: {
        JsonValue array = JsonValue::array();
        for (qsizetype i = 0; i < value.size(); ++i)
            array.append(detached(value.at(i)));
        return array;
    }
    case JsonValue::Type::Object: {
        JsonValue object = JsonValue::object();
        for (qsizetype i = 0; i < value.size(); ++i)
            object.insertMember(i, value.keyAt(i), detached(value.at(i)));
        return object;
    }
    case JsonValue::Type::Bool:
        return value.toBool();
    case JsonValue::Type::Null:
        break;
    }
    return {};
}

class Difference
{
public:
    QList<JsonEdit> take() { return std::move(m_edits); }

    void compare(const JsonPointer &place, const JsonValue &before, const JsonValue &after)
    {
        const bool isObject = before.isObject();
        // Pointers cannot tell members of one key apart, so nothing inside of such a member can be named.
        const bool canGoInside = !isObject || (!before.hasDoubleKeys() && !after.hasDoubleKeys());
        qsizetype start = 0;
        qsizetype end = before.size();
        qsizetype newEnd = after.size();
        while (start < end && start < newEnd && areSame(before, start, after, start))
            ++start;
        while (end > start && newEnd > start && areSame(before, end - 1, after, newEnd - 1)) {
            --end;
            --newEnd;
        }
        if (end == newEnd) {
            for (qsizetype i = start; i < end; ++i)
                change(place, i, before, after, canGoInside);
            return;
        }
        for (qsizetype i = end - 1; i >= start; --i)
            m_edits += {Kind::Remove, place, i, before.keyAt(i), {}, before.at(i), {}};
        for (qsizetype i = start; i < newEnd; ++i)
            m_edits += {Kind::Insert, place, i, after.keyAt(i), {}, {}, detached(after.at(i))};
    }

private:
    static bool areSame(const JsonValue &before, qsizetype i, const JsonValue &after, qsizetype j)
    {
        return (!before.isObject() || before.keyAt(i) == after.keyAt(j)) && before.at(i) == after.at(j);
    }

    void change(
        const JsonPointer &place, qsizetype i, const JsonValue &before, const JsonValue &after, bool canGoInside)
    {
        const JsonValue &older = before.at(i);
        const JsonValue &newer = after.at(i);
        const QString key = before.keyAt(i);
        const QString newKey = after.keyAt(i);
        const bool isSame = older == newer;
        if (key != newKey) {
            if (isSame) {
                m_edits += {Kind::RenameKey, place, i, key, newKey, {}, {}};
                return;
            }
            m_edits += {Kind::Remove, place, i, key, {}, older, {}};
            m_edits += {Kind::Insert, place, i, newKey, {}, {}, detached(newer)};
            return;
        }
        if (isSame)
            return;
        const bool areContainers = (older.isObject() && newer.isObject()) || (older.isArray() && newer.isArray());
        if (areContainers && canGoInside && !older.isEmpty())
            compare(before.isObject() ? place / key : place / i, older, newer);
        else
            m_edits += {Kind::Replace, place, i, key, {}, older, detached(newer)};
    }

    QList<JsonEdit> m_edits;
};

} // namespace

QList<JsonEdit> jsonDifference(const JsonValue &before, const JsonValue &after)
{
    Difference difference;
    if ((before.isObject() && after.isObject()) || (before.isArray() && after.isArray()))
        difference.compare({}, before, after);
    return difference.take();
}

} // namespace automation
