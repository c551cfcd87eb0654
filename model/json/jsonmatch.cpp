#include "model/json/jsonmatch_p.h"

#include <algorithm>
#include <QHash>
#include <QSet>
#include <tuple>

namespace automation {

namespace {

QString idOf(const JsonValue &value)
{
    const JsonValue *id = value.find(QLatin1StringView("id"));
    return id && id->isString() ? id->toString() : QString();
}

class Matcher
{
public:
    Matcher(const JsonValue &older, const JsonValue &newer)
        : m_older(older)
        , m_newer(newer)
        , m_objects(older.isObject())
        , m_matches(static_cast<size_t>(newer.size()))
        , m_taken(static_cast<size_t>(older.size()), false)
    {
    }

    std::vector<ElementMatch> run()
    {
        qsizetype start = 0;
        qsizetype oldEnd = m_older.size();
        qsizetype newEnd = m_newer.size();
        // What is equal at both ends first: of elements with the same name, one that is as it was stays as it is.
        while (start < oldEnd && start < newEnd && pairEqual(start, start))
            ++start;
        while (oldEnd > start && newEnd > start && pairEqual(oldEnd - 1, newEnd - 1)) {
            --oldEnd;
            --newEnd;
        }
        if (start < oldEnd && start < newEnd) {
            matchByName(start, oldEnd, newEnd);
            matchByMembers(start, oldEnd, newEnd);
            matchRuns(start, newEnd);
        }
        return std::move(m_matches);
    }

private:
    // The name that keeps its meaning when an element moves; null for none.
    QString nameOf(const JsonValue &container, qsizetype index) const
    {
        return m_objects ? container.keyAt(index) : idOf(container.at(index));
    }

    bool hasName(const JsonValue &container, qsizetype index) const
    {
        return m_objects || !nameOf(container, index).isNull();
    }

    void pair(qsizetype oldIndex, qsizetype newIndex, bool equal)
    {
        m_matches[static_cast<size_t>(newIndex)] = {oldIndex, equal};
        m_taken[static_cast<size_t>(oldIndex)] = true;
    }

    bool pairEqual(qsizetype oldIndex, qsizetype newIndex)
    {
        if ((m_objects && m_older.keyAt(oldIndex) != m_newer.keyAt(newIndex))
            || m_older.at(oldIndex) != m_newer.at(newIndex))
            return false;
        pair(oldIndex, newIndex, true);
        return true;
    }

    void matchByName(qsizetype start, qsizetype oldEnd, qsizetype newEnd)
    {
        QHash<QString, QList<qsizetype>> waiting; // old places of a name, last first
        for (qsizetype i = oldEnd - 1; i >= start; --i) {
            if (hasName(m_older, i))
                waiting[nameOf(m_older, i)].append(i);
        }
        for (qsizetype i = start; i < newEnd; ++i) {
            if (!hasName(m_newer, i))
                continue;
            const auto found = waiting.find(nameOf(m_newer, i));
            if (found != waiting.end() && !found->isEmpty())
                pair(found->takeLast(), i, false);
        }
    }

    // Lists in a list have no name, but what they hold may. As many lists as before that all hold something they held
    // are where they were, whatever has moved between them; else each one goes on as the list that held most of it.
    void matchByMembers(qsizetype start, qsizetype oldEnd, qsizetype newEnd)
    {
        if (areInPlace(start, oldEnd, newEnd)) {
            for (qsizetype i = start; i < newEnd; ++i)
                pair(i, i, false);
            return;
        }
        struct Member
        {
            qsizetype list;
            qsizetype index;
        };
        QHash<QString, Member> before;
        for (qsizetype i = start; i < oldEnd; ++i) {
            const JsonValue &list = m_older.at(i);
            for (qsizetype k = 0; isFree(i) && list.isArray() && k < list.size(); ++k) {
                if (const QString name = idOf(list.at(k)); !name.isNull())
                    before.insert(name, {i, k});
            }
        }
        if (before.isEmpty())
            return;
        struct Common
        {
            qsizetype weight; // what both hold, twice when it is as it was
            qsizetype oldList;
            qsizetype newList;
        };
        std::vector<Common> pairs;
        for (qsizetype i = start; i < newEnd; ++i) {
            const JsonValue &list = m_newer.at(i);
            if (m_matches[static_cast<size_t>(i)].oldIndex >= 0 || !list.isArray())
                continue;
            QHash<qsizetype, qsizetype> weights;
            for (qsizetype k = 0; k < list.size(); ++k) {
                const QString name = idOf(list.at(k));
                const auto found = name.isNull() ? before.cend() : before.constFind(name);
                if (found != before.cend())
                    weights[found->list] += m_older.at(found->list).at(found->index) == list.at(k) ? 2 : 1;
            }
            for (auto it = weights.cbegin(); it != weights.cend(); ++it)
                pairs.push_back({it.value(), it.key(), i});
        }
        std::sort(pairs.begin(), pairs.end(), [](const Common &a, const Common &b) {
            const auto distance = [](const Common &it) { return std::abs(it.oldList - it.newList); };
            return std::tuple(-a.weight, distance(a), a.oldList, a.newList)
                < std::tuple(-b.weight, distance(b), b.oldList, b.newList);
        });
        for (const Common &it : pairs) {
            if (isFree(it.oldList) && m_matches[static_cast<size_t>(it.newList)].oldIndex < 0)
                pair(it.oldList, it.newList, false);
        }
    }

    bool areInPlace(qsizetype start, qsizetype oldEnd, qsizetype newEnd) const
    {
        if (oldEnd != newEnd)
            return false;
        for (qsizetype i = start; i < newEnd; ++i) {
            const JsonValue &before = m_older.at(i);
            const JsonValue &now = m_newer.at(i);
            if (!isFree(i) || m_matches[static_cast<size_t>(i)].oldIndex >= 0 || !before.isArray() || !now.isArray()
                || !(before.isEmpty() || now.isEmpty() || haveCommonMember(before, now)))
                return false;
        }
        return true;
    }

    static bool haveCommonMember(const JsonValue &a, const JsonValue &b)
    {
        QSet<QString> names;
        for (qsizetype i = 0; i < a.size(); ++i)
            names.insert(idOf(a.at(i)));
        names.remove(QString());
        for (qsizetype i = 0; i < b.size(); ++i) {
            if (names.contains(idOf(b.at(i))))
                return true;
        }
        return false;
    }

    bool isFree(qsizetype oldIndex) const
    {
        return oldIndex < m_older.size() && !m_taken[static_cast<size_t>(oldIndex)];
    }

    // What is left between two matched neighbours stands for what was left there before. Starts of such runs differ,
    // so no old element is claimed twice.
    void matchRuns(qsizetype start, qsizetype newEnd)
    {
        for (qsizetype i = start; i < newEnd; ++i) {
            if (m_matches[static_cast<size_t>(i)].oldIndex >= 0)
                continue;
            qsizetype end = i + 1;
            while (end < newEnd && m_matches[static_cast<size_t>(end)].oldIndex < 0)
                ++end;
            qsizetype oldStart = i == 0 ? 0 : m_matches[static_cast<size_t>(i - 1)].oldIndex + 1;
            qsizetype oldEnd = oldStart;
            while (isFree(oldEnd))
                ++oldEnd;
            matchRun(oldStart, oldEnd, i, end);
            i = end;
        }
    }

    void matchRun(qsizetype oldStart, qsizetype oldEnd, qsizetype newStart, qsizetype newEnd)
    {
        while (oldStart < oldEnd && newStart < newEnd && m_older.at(oldStart) == m_newer.at(newStart))
            pair(oldStart++, newStart++, true);
        while (oldStart < oldEnd && newStart < newEnd && m_older.at(oldEnd - 1) == m_newer.at(newEnd - 1))
            pair(--oldEnd, --newEnd, true);
        if (m_objects)
            return; // another key and another value: nothing in common
        while (oldStart < oldEnd && newStart < newEnd)
            pair(oldStart++, newStart++, false);
    }

    const JsonValue &m_older;
    const JsonValue &m_newer;
    bool m_objects;
    std::vector<ElementMatch> m_matches;
    std::vector<bool> m_taken;
};

} // namespace

std::vector<ElementMatch> matchElements(const JsonValue &older, const JsonValue &newer)
{
    return Matcher(older, newer).run();
}

} // namespace automation
