#include "designer/drawing/linehops.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

namespace automation {

namespace {

constexpr qreal LeastRowHeight = 128;
constexpr qreal Room = CardMetrics::HopRadius + CardMetrics::EdgeRadius + 1; // beside a corner there is no place

struct Run
{
    qreal at; // x of a line down, y of a line sideways
    qreal low;
    qreal high;
    int edge;
    int firstRow = 0; // of those that something runs sideways in
    int endRow = 0;
};

// Rows of the drawing, from the first line that runs sideways to the last.
class Rows
{
public:
    // Not many more than there are such lines.
    explicit Rows(const std::vector<Run> &sideways)
    {
        const auto [first, last] = std::minmax_element(
            sideways.begin(), sideways.end(), [](const Run &a, const Run &b) { return a.at < b.at; });
        m_top = sane(first->at);
        m_height = std::max(LeastRowHeight, (sane(last->at) - m_top) / qreal(sideways.size()));
        m_last = number(last->at);
        m_from.assign(size_t(m_last) + 2, 0);
        for (const Run &run : sideways)
            m_from[size_t(number(run.at)) + 1] = 1;
        std::partial_sum(m_from.begin(), m_from.end(), m_from.begin());
    }
    int count() const { return m_from.back(); }
    // Counted are only rows in which something runs sideways: the number of the first at or below y.
    int from(qreal y) const { return m_from[size_t(number(y))]; }
    // The number of the first below the row of y.
    int below(qreal y) const { return y < m_top ? 0 : m_from[size_t(number(y)) + 1]; }

private:
    static qreal sane(qreal y) { return std::clamp(y, -1e8, 1e8); }
    // The first one for what is farther up, the last one for what is farther down.
    int number(qreal y) const
    {
        const qreal row = (sane(y) - m_top) / m_height;
        return !(row > 0) ? 0 : row < m_last ? int(row) : m_last;
    }

    qreal m_top = 0;
    qreal m_height = 0;
    int m_last = std::numeric_limits<int>::max();
    std::vector<int> m_from; // by row: how many stand above
};

} // namespace

void findHops(std::span<SceneEdge> edges)
{
    std::vector<Run> sideways;
    std::vector<Run> down;
    sideways.reserve(edges.size());
    down.reserve(2 * edges.size());
    for (size_t i = 0; i < edges.size(); ++i) {
        SceneEdge &edge = edges[i];
        edge.hops.clear();
        for (qsizetype p = 1; p < edge.points.size(); ++p) {
            if (!edge.isDrawn(p))
                continue;
            const QPointF a = edge.points.at(p - 1);
            const QPointF b = edge.points.at(p);
            const auto [left, right] = std::minmax({a.x(), b.x()});
            const auto [top, bottom] = std::minmax({a.y(), b.y()});
            if (left == right)
                down.push_back({left, top, bottom, int(i)});
            else if (top == bottom && right - left > 2 * Room)
                sideways.push_back({top, left + Room, right - Room, int(i)});
        }
    }
    if (sideways.empty() || down.empty())
        return;
    const Rows rows(sideways);
    // All in one block, row after row: a tall drawing has thousands of them.
    std::vector<int> starts(size_t(rows.count()) + 1, 0);
    for (Run &run : down) {
        run.firstRow = rows.from(run.low);
        run.endRow = rows.below(run.high);
        for (int row = run.firstRow; row < run.endRow; ++row)
            ++starts[size_t(row) + 1];
    }
    std::partial_sum(starts.begin(), starts.end(), starts.begin());
    struct Place
    {
        qreal x;
        const Run *run;
    };
    std::vector<Place> downIn(size_t(starts.back()));
    std::vector<int> next = starts;
    for (const Run &run : down) {
        for (int row = run.firstRow; row < run.endRow; ++row)
            downIn[size_t(next[size_t(row)]++)] = {run.at, &run};
    }
    for (int row = 0; row < rows.count(); ++row)
        std::sort(downIn.begin() + starts[size_t(row)], downIn.begin() + starts[size_t(row) + 1],
            [](const Place &a, const Place &b) { return a.x < b.x; });
    for (const Run &run : sideways) {
        const int row = rows.from(run.at);
        const auto end = downIn.begin() + starts[size_t(row) + 1];
        SceneEdge &edge = edges[size_t(run.edge)];
        auto line = std::lower_bound(
            downIn.begin() + starts[size_t(row)], end, run.low, [](const Place &a, qreal x) { return a.x < x; });
        qreal last = run.low - Room;
        for (; line != end && line->x <= run.high; ++line) {
            if (line->run->low + 1 >= run.at || run.at >= line->run->high - 1)
                continue;
            const SceneEdge &other = edges[size_t(line->run->edge)];
            if (edge.to == other.to || (edge.from == other.from && edge.outcome == other.outcome))
                continue;
            // Lines that stand closer than a hop is wide are left to the first one's.
            if (line->x - last > 2 * CardMetrics::HopRadius) {
                edge.hops.append(QPointF(line->x, run.at));
                last = line->x;
            }
        }
    }
}

} // namespace automation
