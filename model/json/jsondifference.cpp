#include "model/json/jsondifference.h"

#include <algorithm>
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

bool areContainers(const JsonValue &before, const JsonValue &after)
{
    return (before.isObject() && after.isObject()) || (before.isArray() && after.isArray());
}

// What a change of the text left alone in a container: so many of the first and of the last elements or members. A text
// is read from the front, and what follows a change is read as before, else one of the two texts would not end rightly.
struct Untouched
{
    qsizetype first = 0;
    qsizetype last = 0;
};

class Difference
{
public:
    explicit Difference(const JsonTextChange &change = {})
        : m_change(change)
    {
    }

    QList<JsonEdit> take() { return std::move(m_edits); }

    // source: equal to before and from the text that was changed; nullptr when that is not known.
    void compare(const JsonValue &before, const JsonValue &after, const JsonValue *source = nullptr)
    {
        const bool isObject = before.isObject();
        // Pointers cannot tell members of one key apart, so nothing inside of such a member can be named.
        const bool canGoInside = !isObject || (!before.hasDoubleKeys() && !after.hasDoubleKeys());
        if (source && !areBoundsKept(*source, after))
            source = nullptr;
        const Untouched beside = source ? untouched(*source, after) : Untouched();
        qsizetype start = beside.first;
        qsizetype end = before.size() - beside.last;
        qsizetype newEnd = after.size() - beside.last;
        if (end == newEnd) { // compared once on the way, not at every level again
            for (qsizetype i = start; i < end; ++i)
                change(i, before, after, source, canGoInside);
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

    // Whether both are written between the same brackets.
    bool areBoundsKept(const JsonValue &source, const JsonValue &after) const
    {
        const JsonSpan was = source.span();
        const JsonSpan is = after.span();
        return was.isValid() && source.type() == after.type() && was.start == is.start
            && was.end + m_change.inserted - m_change.removed == is.end && was.start < m_change.at
            && was.end > m_change.at + m_change.removed;
    }

    Untouched untouched(const JsonValue &source, const JsonValue &after) const
    {
        const qsizetype size = std::min(source.size(), after.size());
        const auto firstWhere = [&source](auto isThere) { // of elements that are not, then are
            qsizetype low = 0;
            qsizetype high = source.size();
            while (low < high) {
                const qsizetype middle = (low + high) / 2;
                if (isThere(middle))
                    high = middle;
                else
                    low = middle + 1;
            }
            return low;
        };
        // What a change touches may belong to it.
        const qsizetype first = firstWhere([&](qsizetype i) { return source.at(i).span().end >= m_change.at; });
        const qsizetype behind = firstWhere([&](qsizetype i) {
            const JsonSpan span = source.isObject() ? source.keySpanAt(i) : source.at(i).span();
            return span.start > m_change.at + m_change.removed;
        });
        Untouched beside;
        beside.first = std::min(first, size);
        beside.last = std::min(source.size() - behind, size - beside.first);
        return beside;
    }

    void change(qsizetype i, const JsonValue &before, const JsonValue &after, const JsonValue *source, bool canGoInside)
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
        if (areContainers(older, newer) && canGoInside && !older.isEmpty()) {
            m_levels.push_back({before, i});
            compare(older, newer, source ? &source->at(i) : nullptr);
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

    JsonTextChange m_change;
    std::vector<Level> m_levels;
    QList<JsonEdit> m_edits;
};

} // namespace

QList<JsonEdit> jsonDifference(const JsonValue &before, const JsonValue &after)
{
    Difference difference;
    if (areContainers(before, after))
        difference.compare(before, after);
    return difference.take();
}

QList<JsonEdit> jsonDifference(
    const JsonValue &before, const JsonValue &after, const JsonValue &source, const JsonTextChange &change)
{
    Difference difference(change);
    if (areContainers(before, after))
        difference.compare(before, after, &source);
    return difference.take();
}

} // namespace automation
