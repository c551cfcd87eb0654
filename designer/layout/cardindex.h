#pragma once

#include <cstdint>
#include <functional>
#include <QList>
#include <QRectF>
#include <vector>

namespace automation {

// Finds cards near a place: a hash of square cells. Cards may be put in again after they moved; the last place counts.
// Null rectangles are not found.
class CardIndex
{
public:
    explicit CardIndex(const QList<QRectF> &cards)
        : m_cards(cards)
    {
    }

    void insert(int card);
    // The first card found whose inside, enlarged by a margin, the rectangle (or line) touches; -1 for none.
    int find(const QRectF &rect, double margin, int except = -1, const std::function<bool(int)> &isWanted = {}) const;

private:
    // A cell in which there is something: its entries in the order in which they came.
    struct Cell
    {
        int64_t key = 0;
        int first = -1; // entry, -1: the cell is not used
        int last = -1;
    };
    struct Entry
    {
        int card = 0;
        int next = -1; // in the same cell
    };

    static int cellOf(double coordinate);
    void add(int64_t key, int card);
    size_t placeOf(int64_t key) const; // of the cell, or of the unused one where it would be
    void grow();

    const QList<QRectF> &m_cards;
    std::vector<Cell> m_cells; // a power of two, at most half of them used
    size_t m_used = 0;
    std::vector<Entry> m_entries;
};

} // namespace automation
