#include "model/json/jsondifference.h"

#include <vector>

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

    void compare(const JsonValue &before, const JsonValue &after)
    {
        const bool isObject = before.isObject();
        // Pointers cannot tell members of one key apart, so nothing inside of such a member can be named.
        const bool canGoInside = !isObject || (!before.hasDoubleKeys() && !after.hasDoubleKeys());
        qsizetype start = 0;
        qsizetype end = before.size();
        qsizetype newEnd = after.size();
        if (end == newEnd) { // compared once on the way, not at every level again
            for (qsizetype i = 0; i < end; ++i)
                change(i, before, after, canGoInside);
            return;
        }
        while (start < end && start < newEnd && areSame(before, start, after, start))
            ++start;
        while (end > start && newEnd > start && areSame(before, end - 1, after, newEnd - 1)) {
            --end;
            --newEnd;
        }
        for (qsizetype i = end - 1; i >= start; --i)
            m_edits += {Kind::Remove, place(), i, before.keyAt(i), {}, before.at(i), {}};
        for (qsizetype i = start; i < newEnd; ++i)
            m_edits += {Kind::Insert, place(), i, after.keyAt(i), {}, {}, detached(after.at(i))};
    }

private:
    struct Level
    {
        const JsonValue &container;
        qsizetype index;
    };

    static bool areSame(const JsonValue &before, qsizetype i, const JsonValue &after, qsizetype j)
    {
        return (!before.isObject() || before.keyAt(i) == after.keyAt(j)) && before.at(i) == after.at(j);
    }

    void change(qsizetype i, const JsonValue &before, const JsonValue &after, bool canGoInside)
    {
        const JsonValue &older = before.at(i);
        const JsonValue &newer = after.at(i);
        const QString key = before.keyAt(i);
        const QString newKey = after.keyAt(i);
        if (key != newKey) {
            if (older == newer) {
                m_edits += {Kind::RenameKey, place(), i, key, newKey, {}, {}};
                return;
            }
            m_edits += {Kind::Remove, place(), i, key, {}, older, {}};
            m_edits += {Kind::Insert, place(), i, newKey, {}, {}, detached(newer)};
            return;
        }
        const bool areContainers = (older.isObject() && newer.isObject()) || (older.isArray() && newer.isArray());
        if (areContainers && canGoInside && !older.isEmpty()) {
            m_levels.push_back({before, i});
            compare(older, newer);
            m_levels.pop_back();
        } else if (older != newer) {
            m_edits += {Kind::Replace, place(), i, key, {}, older, detached(newer)};
        }
    }

    // Where the walk is; made only for what differs.
    JsonPointer place() const
    {
        JsonPointer place;
        for (const Level &level : m_levels)
            place = level.container.isObject() ? place / level.container.keyAt(level.index) : place / level.index;
        return place;
    }

    std::vector<Level> m_levels;
    QList<JsonEdit> m_edits;
};

} // namespace

QList<JsonEdit> jsonDifference(const JsonValue &before, const JsonValue &after)
{
    Difference difference;
    if ((before.isObject() && after.isObject()) || (before.isArray() && after.isArray()))
        difference.compare(before, after);
    return difference.take();
}

} // namespace automation
