#pragma once

#include <compare>
#include <QList>
#include <QRectF>
#include <vector>

namespace automation {

// Finds the few things near a place among many: square cells, each with the numbers of what touches it. Plain data;
// filled once, then read from any thread. Coordinates far outside any sane drawing are clamped.
class GridIndex
{
public:
    static constexpr qreal CellSize = 512;

    // A number may be inserted several times with different rectangles (the segments of an edge).
    void insert(int number, const QRectF &rect);
    void reserve(qsizetype entries) { m_entries.reserve(size_t(entries)); } // about so many; they may be more
    static bool isInOneRow(const QRectF &rect); // of cells, or in one column
    void finish(); // after the last one, before the first question
    // The numbers whose cells the rectangle touches: ascending, each once, possibly some that only come near.
    QList<int> query(const QRectF &rect) const;
    bool isEmpty() const { return m_entries.empty(); }

private:
    struct Span
    {
        int left, top, right, bottom;
    };
    struct Entry
    {
        quint64 cell; // row, then column
        int number;
        friend auto operator<=>(const Entry &, const Entry &) = default;
    };
    static Span span(const QRectF &rect);
    static quint64 cell(int row, int column);
    void sort();

    std::vector<Entry> m_entries; // row by row
    QList<int> m_everywhere; // too large for the cells
};

} // namespace automation
