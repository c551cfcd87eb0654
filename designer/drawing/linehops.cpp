#include "designer/drawing/linehops.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace automation {

namespace {

constexpr qreal RowHeight = 256;
constexpr qreal Room = CardMetrics::HopRadius + CardMetrics::EdgeRadius + 1; // beside a corner there is no place

struct Run
{
    qreal at; // x of a line down, y of a line sideways
    qreal low;
    qreal high;
    int edge;
};

int rowOf(qreal y)
{
    return int(std::floor(std::clamp(y, -1e8, 1e8) / RowHeight));
}

} // namespace

void findHops(std::span<SceneEdge> edges)
{
    std::vector<Run> sideways;
    std::vector<Run> down;
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
    // Row by row, and only those rows in which something runs sideways.
    std::vector<int> rows;
    rows.reserve(sideways.size());
    for (const Run &run : sideways)
        rows.push_back(rowOf(run.at));
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    // All in one block, row after row: a tall drawing has thousands of them.
    const auto rowsOf = [&rows](const Run &run) {
        const auto first = std::lower_bound(rows.begin(), rows.end(), rowOf(run.low));
        auto last = first;
        for (const int lowest = rowOf(run.high); last != rows.end() && *last <= lowest;)
            ++last;
        return std::pair(size_t(first - rows.begin()), size_t(last - rows.begin()));
    };
    std::vector<size_t> starts(rows.size() + 1, 0);
    for (const Run &run : down) {
        for (auto [row, last] = rowsOf(run); row < last; ++row)
            ++starts[row + 1];
    }
    std::partial_sum(starts.begin(), starts.end(), starts.begin());
    std::vector<Run> downIn(starts.back());
    std::vector<size_t> next = starts;
    for (const Run &run : down) {
        for (auto [row, last] = rowsOf(run); row < last; ++row)
            downIn[next[row]++] = run;
    }
    for (size_t row = 0; row < rows.size(); ++row)
        std::sort(downIn.begin() + qsizetype(starts[row]), downIn.begin() + qsizetype(starts[row + 1]),
            [](const Run &a, const Run &b) { return a.at < b.at; });
    for (const Run &run : sideways) {
        const auto row = size_t(std::lower_bound(rows.begin(), rows.end(), rowOf(run.at)) - rows.begin());
        const std::span<const Run> others(downIn.data() + starts[row], starts[row + 1] - starts[row]);
        SceneEdge &edge = edges[size_t(run.edge)];
        auto line
            = std::lower_bound(others.begin(), others.end(), run.low, [](const Run &a, qreal x) { return a.at < x; });
        qreal last = run.low - Room;
        for (; line != others.end() && line->at <= run.high; ++line) {
            const SceneEdge &other = edges[size_t(line->edge)];
            const bool meet = edge.to == other.to || (edge.from == other.from && edge.outcome == other.outcome);
            if (meet || line->low + 1 >= run.at || run.at >= line->high - 1)
                continue;
            // Lines that stand closer than a hop is wide are left to the first one's.
            if (line->at - last > 2 * CardMetrics::HopRadius) {
                edge.hops.append(QPointF(line->at, run.at));
                last = line->at;
            }
        }
    }
}

} // namespace automation
