#include "designer/layout/cardindex.h"

#include <algorithm>
#include <cmath>

namespace automation {

namespace {

constexpr double cellSize = 400;
constexpr double largest = 1e8; // places further out share the outermost cells

int64_t keyOf(int column, int row)
{
    return static_cast<int64_t>(column) * 0x100000000L + row;
}

} // namespace

int CardIndex::cellOf(double coordinate)
{
    return static_cast<int>(std::floor(std::clamp(coordinate, -largest, largest) / cellSize));
}

void CardIndex::insert(int card)
{
    constexpr int mostCells = 64; // of a card along one side
    const QRectF &r = m_cards[card];
    const int left = cellOf(r.left());
    const int top = cellOf(r.top());
    const int right = std::min(cellOf(r.right()), left + mostCells);
    const int bottom = std::min(cellOf(r.bottom()), top + mostCells);
    for (int column = left; column <= right; ++column) {
        for (int row = top; row <= bottom; ++row)
            add(keyOf(column, row), card);
    }
}

void CardIndex::add(int64_t key, int card)
{
    if (2 * m_used >= m_cells.size())
        grow();
    Cell &cell = m_cells[placeOf(key)];
    const int entry = static_cast<int>(m_entries.size());
    m_entries.push_back({card, -1});
    if (cell.first < 0) {
        cell = {key, entry, entry};
        ++m_used;
    } else {
        m_entries[static_cast<size_t>(cell.last)].next = entry;
        cell.last = entry;
    }
}

size_t CardIndex::placeOf(int64_t key) const
{
    constexpr uint64_t spread = 0x9e3779b97f4a7c15; // 2 to the power of 64 by the golden ratio
    const size_t mask = m_cells.size() - 1;
    size_t place = ((static_cast<uint64_t>(key) * spread) >> 32) & mask;
    while (m_cells[place].first >= 0 && m_cells[place].key != key)
        place = (place + 1) & mask;
    return place;
}

void CardIndex::grow()
{
    std::vector<Cell> cells(std::max<size_t>(64, 2 * m_cells.size()));
    cells.swap(m_cells);
    for (const Cell &cell : cells) {
        if (cell.first >= 0)
            m_cells[placeOf(cell.key)] = cell;
    }
}

int CardIndex::find(const QRectF &rect, double margin, int except, const std::function<bool(int)> &isWanted) const
{
    if (m_cells.empty())
        return -1;
    const QRectF wanted = rect.adjusted(-margin, -margin, margin, margin);
    const int right = cellOf(wanted.right());
    const int top = cellOf(wanted.top());
    const int bottom = cellOf(wanted.bottom());
    for (int column = cellOf(wanted.left()); column <= right; ++column) {
        for (int row = top; row <= bottom; ++row) {
            const Cell &cell = m_cells[placeOf(keyOf(column, row))];
            for (int entry = cell.first; entry >= 0; entry = m_entries[static_cast<size_t>(entry)].next) {
                const int card = m_entries[static_cast<size_t>(entry)].card;
                const QRectF &r = m_cards[card];
                if (wanted.top() < r.bottom() && r.top() < wanted.bottom() && wanted.left() < r.right()
                    && r.left() < wanted.right() && card != except && !r.isNull() && (!isWanted || isWanted(card)))
                    return card;
            }
        }
    }
    return -1;
}

} // namespace automation
