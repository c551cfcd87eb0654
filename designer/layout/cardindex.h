#pragma once

#include <functional>
#include <QList>
#include <QRectF>
#include <unordered_map>
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
    static int cellOf(double coordinate);

    const QList<QRectF> &m_cards;
    std::unordered_map<long, std::vector<int>> m_cells;
};

} // namespace automation
