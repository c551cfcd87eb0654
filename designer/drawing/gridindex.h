#pragma once

#include <QHash>
#include <QList>
#include <QRectF>

namespace automation {

// Finds the few things near a place among many: a hash of square cells, each with the numbers of what touches it.
// Plain data; filled once, then read from any thread. Coordinates far outside any sane drawing are clamped.
class GridIndex
{
public:
    static constexpr qreal CellSize = 512;

    // A number may be inserted several times with different rectangles (the segments of an edge).
    void insert(int number, const QRectF &rect);
    // The numbers whose cells the rectangle touches: ascending, each once, possibly some that only come near.
    QList<int> query(const QRectF &rect) const;
    bool isEmpty() const { return m_cells.isEmpty(); }

private:
    struct Span
    {
        int left, top, right, bottom;
    };
    static Span span(const QRectF &rect);

    QHash<quint64, QList<int>> m_cells;
    QList<int> m_everywhere; // too large for the cells
};

} // namespace automation
