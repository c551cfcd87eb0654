#include "designer/drawing/gridindex.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace automation {

namespace {

constexpr int Far = 1'000'000; // cells

int cellOf(qreal coordinate)
{
    const qreal cell = coordinate * (1 / GridIndex::CellSize);
    if (!(std::abs(cell) < Far))
        return std::isnan(cell) ? 0 : cell < 0 ? -Far : Far;
    const int number = int(cell);
    return number - (cell < number ? 1 : 0);
}

} // namespace

GridIndex::Span GridIndex::span(const QRectF &rect)
{
    const auto [left, right] = std::minmax({cellOf(rect.left()), cellOf(rect.right())});
    const auto [top, bottom] = std::minmax({cellOf(rect.top()), cellOf(rect.bottom())});
    return {left, top, right, bottom};
}

bool GridIndex::isInOneRow(const QRectF &rect)
{
    const Span cells = span(rect);
    return cells.left == cells.right || cells.top == cells.bottom;
}

quint64 GridIndex::cell(int row, int column)
{
    return (quint64(row + Far) << 32) | quint32(column + Far);
}

void GridIndex::insert(int number, const QRectF &rect)
{
    constexpr qint64 Most = 4096; // cells one thing may fill
    const Span cells = span(rect);
    const qint64 area = (qint64(cells.right) - cells.left + 1) * (qint64(cells.bottom) - cells.top + 1);
    if (area > Most) {
        if (m_everywhere.isEmpty() || m_everywhere.last() != number)
            m_everywhere.append(number);
        return;
    }
    for (int row = cells.top; row <= cells.bottom; ++row) {
        for (int column = cells.left; column <= cells.right; ++column)
            m_entries.push_back({cell(row, column), number});
    }
}

// A tall drawing has thousands of rows with few entries each: they are dealt out to their rows, then sorted there.
void GridIndex::sort()
{
    const auto rowOf = [](const Entry &entry) { return size_t(entry.cell >> 32); };
    size_t first = std::numeric_limits<size_t>::max();
    size_t last = 0;
    for (const Entry &entry : m_entries) {
        first = std::min(first, rowOf(entry));
        last = std::max(last, rowOf(entry));
    }
    if (m_entries.empty() || last - first >= m_entries.size()) {
        std::sort(m_entries.begin(), m_entries.end());
        return;
    }
    std::vector<size_t> next(last - first + 2, 0); // by row: where its next entry goes
    for (const Entry &entry : m_entries)
        ++next[rowOf(entry) - first + 1];
    std::partial_sum(next.begin(), next.end(), next.begin());
    std::vector<Entry> dealt(m_entries.size());
    for (const Entry &entry : m_entries)
        dealt[next[rowOf(entry) - first]++] = entry;
    m_entries = std::move(dealt);
    size_t start = 0;
    for (const size_t end : next) {
        std::sort(m_entries.begin() + qsizetype(start), m_entries.begin() + qsizetype(end));
        start = end;
    }
}

void GridIndex::finish()
{
    sort();
    m_entries.erase(std::unique(m_entries.begin(), m_entries.end()), m_entries.end());
    m_entries.shrink_to_fit();
}

QList<int> GridIndex::query(const QRectF &rect) const
{
    QList<int> found = m_everywhere;
    const Span cells = span(rect);
    auto entry = m_entries.begin();
    for (int row = cells.top; row <= cells.bottom; ++row) {
        entry = std::lower_bound(entry, m_entries.end(), Entry {cell(row, cells.left), 0});
        if (entry == m_entries.end())
            break;
        const quint64 end = cell(row, cells.right);
        for (; entry != m_entries.end() && entry->cell <= end; ++entry)
            found.append(entry->number);
        if (entry == m_entries.end())
            break;
        // On with the next row in which there is anything.
        row = std::max(row, int(entry->cell >> 32) - Far - 1);
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

} // namespace automation
