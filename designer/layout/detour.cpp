#include "designer/layout/detour.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <queue>
#include <tuple>
#include <vector>

namespace automation {

namespace {

constexpr double beside = 10; // of a line from an obstacle it goes round
constexpr double closest = 3; // and from any other
constexpr double turn = 40; // a turn costs as much as this length

class Detour
{
public:
    Detour(const QPointF &start, const QPointF &end, const QList<QRectF> &obstacles)
    {
        for (const QPointF &point : {start, end}) {
            m_xs.push_back(point.x());
            m_ys.push_back(point.y());
        }
        for (const QRectF &r : obstacles) {
            m_xs.insert(m_xs.end(), {r.left() - beside, r.right() + beside});
            m_ys.insert(m_ys.end(), {r.top() - beside, r.bottom() + beside});
        }
        for (std::vector<double> *lines : {&m_xs, &m_ys}) {
            std::sort(lines->begin(), lines->end());
            lines->erase(std::unique(lines->begin(), lines->end()), lines->end());
        }
        m_start = crossing(start);
        m_end = crossing(end);
        m_blockedRight.assign(m_xs.size() * m_ys.size(), 0);
        m_blockedDown.assign(m_xs.size() * m_ys.size(), 0);
        for (const QRectF &r : obstacles)
            block(r);
    }

    QList<QPointF> run()
    {
        // A crossing of two lines, come to sideways or not: the last is its state's lowest bit.
        const size_t states = 2 * m_xs.size() * m_ys.size();
        std::vector<double> cost(states, std::numeric_limits<double>::infinity());
        std::vector<size_t> from(states, states);
        using Entry = std::pair<double, size_t>;
        std::priority_queue<Entry, std::vector<Entry>, std::greater<>> open;
        const size_t first = 2 * m_start;
        cost[first] = 0;
        open.emplace(0, first);
        while (!open.empty()) {
            const auto [paid, state] = open.top();
            open.pop();
            if (paid > cost[state])
                continue;
            if (state == 2 * m_end)
                return wayTo(state, from);
            for (const auto &[dx, dy] : {std::pair(1, 0), {-1, 0}, {0, 1}, {0, -1}}) {
                const size_t next = neighbour(state / 2, dx, dy);
                if (next == state / 2 || isBlocked(state / 2, next))
                    continue;
                const size_t target = 2 * next + (dx != 0);
                const double price = paid + (pointOf(next) - pointOf(state / 2)).manhattanLength()
                    + ((state & 1) != (target & 1) ? turn : 0);
                if (price < cost[target]) {
                    cost[target] = price;
                    from[target] = state;
                    open.emplace(price, target);
                }
                // Turning on the spot, to arrive downwards.
                if (next == m_end && target != 2 * m_end && price + turn < cost[2 * m_end]) {
                    cost[2 * m_end] = price + turn;
                    from[2 * m_end] = target;
                    open.emplace(price + turn, 2 * m_end);
                }
            }
        }
        return {};
    }

private:
    size_t crossing(const QPointF &point) const
    {
        const auto column = std::lower_bound(m_xs.begin(), m_xs.end(), point.x()) - m_xs.begin();
        const auto row = std::lower_bound(m_ys.begin(), m_ys.end(), point.y()) - m_ys.begin();
        return static_cast<size_t>(row) * m_xs.size() + static_cast<size_t>(column);
    }

    QPointF pointOf(size_t crossing) const { return {m_xs[crossing % m_xs.size()], m_ys[crossing / m_xs.size()]}; }

    size_t neighbour(size_t crossing, int dx, int dy) const
    {
        const size_t column = crossing % m_xs.size();
        const size_t row = crossing / m_xs.size();
        if ((dx < 0 && column == 0) || (dx > 0 && column + 1 == m_xs.size()) || (dy < 0 && row == 0)
            || (dy > 0 && row + 1 == m_ys.size()))
            return crossing;
        if (dy != 0)
            return dy > 0 ? crossing + m_xs.size() : crossing - m_xs.size();
        return dx > 0 ? crossing + 1 : crossing - 1;
    }

    // The pieces of the lines that come too close to an obstacle.
    void block(const QRectF &r)
    {
        const auto range = [](const std::vector<double> &lines, double from, double to) {
            const auto first = std::upper_bound(lines.begin(), lines.end(), from - closest);
            const auto last = std::lower_bound(lines.begin(), lines.end(), to + closest);
            return std::pair(first - lines.begin(), std::max(first, last) - lines.begin());
        };
        const auto [left, right] = range(m_xs, r.left(), r.right());
        const auto [top, bottom] = range(m_ys, r.top(), r.bottom());
        const auto width = static_cast<long>(m_xs.size());
        for (long row = top; row < bottom; ++row) {
            // From the last crossing before the obstacle to the one behind it.
            for (long column = std::max(0L, left - 1); column < std::min(right, width - 1); ++column)
                m_blockedRight[static_cast<size_t>(row * width + column)] = 1;
        }
        for (long row = std::max(0L, top - 1); row < std::min(bottom, static_cast<long>(m_ys.size()) - 1); ++row) {
            for (long column = left; column < right; ++column)
                m_blockedDown[static_cast<size_t>(row * width + column)] = 1;
        }
    }

    bool isBlocked(size_t a, size_t b) const
    {
        const size_t first = std::min(a, b);
        return std::max(a, b) == first + 1 ? m_blockedRight[first] : m_blockedDown[first];
    }

    QList<QPointF> wayTo(size_t state, const std::vector<size_t> &from) const
    {
        QList<QPointF> points;
        for (; state < from.size(); state = from[state]) {
            if (points.isEmpty() || points.first() != pointOf(state / 2))
                points.prepend(pointOf(state / 2));
        }
        return points;
    }

    std::vector<double> m_xs;
    std::vector<double> m_ys;
    size_t m_start = 0;
    size_t m_end = 0;
    std::vector<char> m_blockedRight; // by crossing: the piece from it to the next
    std::vector<char> m_blockedDown;
};

} // namespace

QList<QPointF> findDetour(const QPointF &start, const QPointF &end, const QList<QRectF> &obstacles)
{
    return Detour(start, end, obstacles).run();
}

} // namespace automation
