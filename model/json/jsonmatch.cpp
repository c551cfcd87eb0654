#include "model/json/jsonmatch_p.h"

#include <algorithm>
#include <QHash>

namespace automation {

namespace {

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
            matchRuns(start, newEnd);
        }
        return std::move(m_matches);
    }

private:
    // The name that keeps its meaning when an element moves; null for none.
    QString nameOf(const JsonValue &container, qsizetype index) const
    {
        if (m_objects)
            return container.keyAt(index);
        const JsonValue *id = container.at(index).find(QLatin1StringView("id"));
        return id && id->isString() ? id->toString() : QString();
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
