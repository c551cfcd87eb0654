#include "designer/drawing/gridindex.h"

#include <algorithm>
#include <cmath>

namespace automation {

namespace {

int cellOf(qreal coordinate)
{
    constexpr qreal Far = 1'000'000; // cells
    if (!std::isfinite(coordinate))
        return 0;
    return int(std::floor(std::clamp(coordinate / GridIndex::CellSize, -Far, Far)));
}

quint64 cellKey(int column, int row)
{
    return (quint64(quint32(column)) << 32) | quint32(row);
}

} // namespace

GridIndex::Span GridIndex::span(const QRectF &rect)
{
    const QRectF normal = rect.normalized();
    return {cellOf(normal.left()), cellOf(normal.top()), cellOf(normal.right()), cellOf(normal.bottom())};
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
        for (int column = cells.left; column <= cells.right; ++column) {
            QList<int> &cell = m_cells[cellKey(column, row)];
            if (cell.isEmpty() || cell.last() != number)
                cell.append(number);
        }
    }
}

QList<int> GridIndex::query(const QRectF &rect) const
{
    QList<int> found = m_everywhere;
    const Span cells = span(rect);
    const qint64 area = (qint64(cells.right) - cells.left + 1) * (qint64(cells.bottom) - cells.top + 1);
    if (area > m_cells.size()) {
        // Fewer cells are filled than asked for: look at those.
        for (auto cell = m_cells.cbegin(); cell != m_cells.cend(); ++cell) {
            const int column = int(quint32(cell.key() >> 32));
            const int row = int(quint32(cell.key()));
            if (column >= cells.left && column <= cells.right && row >= cells.top && row <= cells.bottom)
                found += cell.value();
        }
    } else {
        for (int row = cells.top; row <= cells.bottom; ++row) {
            for (int column = cells.left; column <= cells.right; ++column) {
                const auto cell = m_cells.constFind(cellKey(column, row));
                if (cell != m_cells.cend())
                    found += cell.value();
            }
        }
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

} // namespace automation
