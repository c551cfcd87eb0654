#pragma once

#include "model/json/texthash.h"

#include <algorithm>
#include <cstring>
#include <QList>
#include <utility>

namespace automation {

// Finds small numbers by texts that stand elsewhere, such as nodes by their keys: a hash table without the texts, which
// costs 16 bytes an entry and next to nothing to make and to copy. textOf(number) is the text of a number in it. Value
// type, implicitly shared.
class NumberTable
{
public:
    struct Entry
    {
        quint32 hash = 0;
        qint32 number = -1; // -1 = free
    };

    void reserve(qsizetype count)
    {
        constexpr qsizetype least = 32;
        qsizetype size = std::max(least, m_entries.size());
        while (size < 2 * count)
            size *= 2;
        if (size == m_entries.size())
            return;
        const QList<Entry> before = std::exchange(m_entries, QList<Entry>(size));
        m_count = 0;
        for (const Entry &entry : before) {
            if (entry.number >= 0)
                add(entry);
        }
    }

    // The number of that text, -1 when it is not there.
    template <typename TextOf> int find(QStringView text, const TextOf &textOf) const
    {
        return m_count == 0 ? -1 : m_entries.at(placeOf(text, quint32(textHash(text)), textOf)).number;
    }
    // The number of that text, which becomes the given one when it had none.
    template <typename TextOf> int findOrAdd(QStringView text, int number, const TextOf &textOf)
    {
        return findOrAdd(text, textHash(text), number, textOf);
    }
    // The same with what textHash() says of the text.
    template <typename TextOf> int findOrAdd(QStringView text, size_t textHash, int number, const TextOf &textOf)
    {
        reserve(m_count + 1);
        const auto hash = quint32(textHash);
        Entry &entry = m_entries[placeOf(text, hash, textOf)];
        if (entry.number < 0) {
            entry = {hash, number};
            ++m_count;
        }
        return entry.number;
    }
    // A hint for the processor: the text of that hash will be added or looked for soon.
    void prefetch(size_t textHash) const
    {
        if (!m_entries.isEmpty())
            __builtin_prefetch(m_entries.constData() + (quint32(textHash) & mask()));
    }
    // Adds a number of a text that is not there, perhaps from another table.
    void add(Entry entry)
    {
        reserve(m_count + 1);
        Entry *entries = m_entries.data();
        qsizetype place = entry.hash & mask();
        while (entries[place].number >= 0)
            place = (place + 1) & mask();
        entries[place] = entry;
        ++m_count;
    }

    const QList<Entry> &entries() const { return m_entries; } // free ones included, in no order

private:
    qsizetype mask() const { return m_entries.size() - 1; }

    template <typename TextOf> qsizetype placeOf(QStringView text, quint32 hash, const TextOf &textOf) const
    {
        const Entry *entries = m_entries.constData();
        qsizetype place = hash & mask();
        while (
            entries[place].number >= 0 && (entries[place].hash != hash || !isSame(text, textOf(entries[place].number))))
            place = (place + 1) & mask();
        return place;
    }
    static bool isSame(QStringView a, QStringView b)
    {
        return a.size() == b.size()
            && (a.isEmpty() || a.utf16() == b.utf16()
                || std::memcmp(a.utf16(), b.utf16(), size_t(a.size()) * sizeof(char16_t)) == 0);
    }

    QList<Entry> m_entries; // a power of two, at most half full
    qsizetype m_count = 0;
};

} // namespace automation
