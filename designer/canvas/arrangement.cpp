#include "designer/canvas/arrangement.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace automation {

QList<QPointF> alignedMoves(const QList<QRectF> &cards, Alignment alignment)
{
    QRectF all;
    for (const QRectF &card : cards)
        all |= card;
    QList<QPointF> moves;
    for (const QRectF &card : cards) {
        QPointF move;
        switch (alignment) {
        case Alignment::Left:
            move.setX(all.left() - card.left());
            break;
        case Alignment::Centre:
            move.setX(all.center().x() - card.center().x());
            break;
        case Alignment::Right:
            move.setX(all.right() - card.right());
            break;
        case Alignment::Top:
            move.setY(all.top() - card.top());
            break;
        case Alignment::Middle:
            move.setY(all.center().y() - card.center().y());
            break;
        case Alignment::Bottom:
            move.setY(all.bottom() - card.bottom());
            break;
        }
        moves.append(move);
    }
    return moves;
}

QList<QPointF> distributedMoves(const QList<QRectF> &cards, Qt::Orientation direction)
{
    QList<QPointF> moves(cards.size());
    if (cards.size() < 3)
        return moves;
    const bool sideways = direction == Qt::Horizontal;
    const auto low = [&](qsizetype i) { return sideways ? cards.at(i).left() : cards.at(i).top(); };
    const auto extent = [&](qsizetype i) { return sideways ? cards.at(i).width() : cards.at(i).height(); };
    QList<qsizetype> order(cards.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(),
        [&](qsizetype a, qsizetype b) { return low(a) + extent(a) / 2 < low(b) + extent(b) / 2; });
    const qreal room = low(order.last()) + extent(order.last()) - low(order.first());
    const qreal filled
        = std::accumulate(order.begin(), order.end(), 0.0, [&](qreal sum, qsizetype i) { return sum + extent(i); });
    const qreal gap = (room - filled) / qreal(order.size() - 1);
    qreal place = low(order.first());
    for (qsizetype i : std::as_const(order)) {
        const qreal move = place - low(i);
        moves[i] = sideways ? QPointF(move, 0) : QPointF(0, move);
        place += extent(i) + gap;
    }
    return moves;
}

Snap snapTo(const QRectF &dragged, const QList<QRectF> &others, qreal reach)
{
    Snap snap;
    const auto nearest = [&](const auto &lines) {
        qreal best = reach;
        qreal move = 0;
        bool found = false;
        for (const QRectF &other : others) {
            const auto theirs = lines(other);
            const auto mine = lines(dragged);
            for (int i = 0; i < 3; ++i) {
                const qreal away = theirs[size_t(i)] - mine[size_t(i)];
                if (std::abs(away) < best) {
                    best = std::abs(away);
                    move = away;
                    found = true;
                }
            }
        }
        return std::pair(found, move);
    };
    const auto columns = [](const QRectF &r) { return std::array {r.left(), r.center().x(), r.right()}; };
    const auto rows = [](const QRectF &r) { return std::array {r.top(), r.center().y(), r.bottom()}; };
    const auto [hasX, x] = nearest(columns);
    const auto [hasY, y] = nearest(rows);
    snap.correction = {x, y};
    const QRectF placed = dragged.translated(snap.correction);
    constexpr qreal Same = 0.01;
    constexpr qreal Beyond = 12; // the guide sticks out
    for (const QRectF &other : others) {
        const QRectF both = placed | other;
        for (size_t i = 0; i < 3; ++i) {
            if (hasX && std::abs(columns(other)[i] - columns(placed)[i]) < Same)
                snap.guides.append(
                    {columns(placed)[i], both.top() - Beyond, columns(placed)[i], both.bottom() + Beyond});
            if (hasY && std::abs(rows(other)[i] - rows(placed)[i]) < Same)
                snap.guides.append({both.left() - Beyond, rows(placed)[i], both.right() + Beyond, rows(placed)[i]});
        }
    }
    return snap;
}

} // namespace automation
