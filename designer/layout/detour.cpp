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
    Detour(const QPointF &start, const QPointF &end, const QList<QRectF> &obstacles, const QList<QRectF> &all)
    {
        for (const QPointF &point : {start, end}) {
            m_xs.push_back(point.x());
            m_ys.push_back(point.y());
        }
        const auto addLinesRound = [this](const QRectF &r) {
            m_xs.insert(m_xs.end(), {r.left() - beside, r.right() + beside});
            m_ys.insert(m_ys.end(), {r.top() - beside, r.bottom() + beside});
        };
        QRectF bounds;
        for (const QRectF &r : all)
            bounds |= r;
        if (!bounds.isNull())
            addLinesRound(bounds);
        std::for_each(obstacles.begin(), obstacles.end(), addLinesRound);
        for (std::vector<double> *lines : {&m_xs, &m_ys}) {
            std::sort(lines->begin(), lines->end());
            lines->erase(std::unique(lines->begin(), lines->end()), lines->end());
        }
        m_start = crossing(start);
        m_end = crossing(end);
        m_blockedRight.assign(m_xs.size() * m_ys.size(), 0);
        m_blockedDown.assign(m_xs.size() * m_ys.size(), 0);
        for (const QRectF &r : all.isEmpty() ? obstacles : all) {
            if (!r.isNull())
                block(r);
        }
    }

    // By the shortest ways first, each with the least that is still to come (A*).
    QList<QPointF> run()
    {
        if (isWalledIn(m_start) || isWalledIn(m_end))
            return {};
        // A crossing of two lines, come to sideways or not: the last is its state's lowest bit.
        const size_t states = 2 * m_xs.size() * m_ys.size();
        m_paid.assign(states, std::numeric_limits<double>::infinity());
        m_from.resize(states);
        const size_t first = 2 * m_start;
        m_from[first] = first;
        come(first, first, 0);
        while (!m_open.empty()) {
            const Entry entry = m_open.top();
            m_open.pop();
            if (entry.paid > m_paid[entry.state])
                continue;
            if (entry.state == 2 * m_end)
                return wayTo(entry.state);
            const size_t here = entry.state / 2;
            const bool isSideways = entry.state & 1;
            const size_t column = here % m_xs.size();
            const size_t row = here / m_xs.size();
            const double sideways = entry.paid + (isSideways ? 0 : turn);
            const double upright = entry.paid + (isSideways ? turn : 0);
            if (column + 1 < m_xs.size() && !m_blockedRight[here])
                come(entry.state, 2 * (here + 1) + 1, sideways + m_xs[column + 1] - m_xs[column]);
            if (column > 0 && !m_blockedRight[here - 1])
                come(entry.state, 2 * (here - 1) + 1, sideways + m_xs[column] - m_xs[column - 1]);
            if (row + 1 < m_ys.size() && !m_blockedDown[here])
                come(entry.state, 2 * (here + m_xs.size()), upright + m_ys[row + 1] - m_ys[row]);
            if (row > 0 && !m_blockedDown[here - m_xs.size()])
                come(entry.state, 2 * (here - m_xs.size()), upright + m_ys[row] - m_ys[row - 1]);
            // Turning on the spot, to arrive downwards.
            if (here == m_end)
                come(entry.state, 2 * m_end, upright);
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

    struct Entry
    {
        double least; // of a whole way that begins so
        double paid;
        size_t state;

        // For a queue that gives its greatest first.
        bool operator<(const Entry &other) const
        {
            return std::tie(other.least, paid, other.state) < std::tie(least, other.paid, state);
        }
    };

    bool isWalledIn(size_t crossing) const
    {
        const size_t column = crossing % m_xs.size();
        return (column + 1 == m_xs.size() || m_blockedRight[crossing]) && (column == 0 || m_blockedRight[crossing - 1])
            && (crossing + m_xs.size() >= m_blockedDown.size() || m_blockedDown[crossing])
            && (crossing < m_xs.size() || m_blockedDown[crossing - m_xs.size()]);
    }

    void come(size_t from, size_t state, double paid)
    {
        if (paid >= m_paid[state])
            return;
        m_paid[state] = paid;
        m_from[state] = from;
        const QPointF way = pointOf(m_end) - pointOf(state / 2);
        const int turns = state & 1 ? 1 : way.x() != 0 ? 2 : 0;
        m_open.push({paid + way.manhattanLength() + turns * turn, paid, state});
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

    QList<QPointF> wayTo(size_t state) const
    {
        QList<QPointF> points {pointOf(state / 2)};
        for (; m_from[state] != state; state = m_from[state]) {
            const QPointF before = pointOf(m_from[state] / 2);
            if (points.first() != before)
                points.prepend(before);
        }
        return points;
    }

    std::vector<double> m_xs;
    std::vector<double> m_ys;
    size_t m_start = 0;
    size_t m_end = 0;
    std::vector<char> m_blockedRight; // by crossing: the piece from it to the next
    std::vector<char> m_blockedDown;
    std::vector<double> m_paid; // by state, on the cheapest way found so far
    std::vector<size_t> m_from;
    std::priority_queue<Entry> m_open;
};

} // namespace

QList<QPointF> findDetour(
    const QPointF &start, const QPointF &end, const QList<QRectF> &obstacles, const QList<QRectF> &all)
{
    return Detour(start, end, obstacles, all).run();
}

} // namespace automation
