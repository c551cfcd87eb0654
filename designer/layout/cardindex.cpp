#include "designer/layout/cardindex.h"

#include <algorithm>
#include <cmath>

namespace automation {

namespace {

constexpr double cellSize = 400;
constexpr double largest = 1e8; // places further out share the outermost cells

long keyOf(int column, int row)
{
    return static_cast<long>(column) * 0x100000000L + row;
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
            m_cells[keyOf(column, row)].push_back(card);
    }
}

int CardIndex::find(const QRectF &rect, double margin, int except, const std::function<bool(int)> &isWanted) const
{
    const QRectF wanted = rect.adjusted(-margin, -margin, margin, margin);
    for (int column = cellOf(wanted.left()); column <= cellOf(wanted.right()); ++column) {
        for (int row = cellOf(wanted.top()); row <= cellOf(wanted.bottom()); ++row) {
            const auto cell = m_cells.find(keyOf(column, row));
            if (cell == m_cells.end())
                continue;
            for (int card : cell->second) {
                const QRectF &r = m_cards[card];
                if (card != except && !r.isNull() && wanted.left() < r.right() && r.left() < wanted.right()
                    && wanted.top() < r.bottom() && r.top() < wanted.bottom() && (!isWanted || isWanted(card)))
                    return card;
            }
        }
    }
    return -1;
}

} // namespace automation
