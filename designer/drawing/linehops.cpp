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
    int firstRow = 0; // of those that something runs sideways in
    int endRow = 0;
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
    if (sideways.empty() || down.empty())
        return;
    // Row by row, and only those rows in which something runs sideways.
    std::vector<int> rows;
    rows.reserve(sideways.size());
    for (const Run &run : sideways)
        rows.push_back(rowOf(run.at));
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    // All in one block, row after row: a tall drawing has thousands of them.
    std::vector<int> starts(rows.size() + 1, 0);
    for (Run &run : down) {
        const auto first = std::lower_bound(rows.begin(), rows.end(), rowOf(run.low));
        auto end = first;
        for (const int lowest = rowOf(run.high); end != rows.end() && *end <= lowest; ++end)
            ++starts[size_t(end - rows.begin()) + 1];
        run.firstRow = int(first - rows.begin());
        run.endRow = int(end - rows.begin());
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
    for (size_t row = 0; row < rows.size(); ++row)
        std::sort(downIn.begin() + starts[row], downIn.begin() + starts[row + 1],
            [](const Place &a, const Place &b) { return a.x < b.x; });
    for (const Run &run : sideways) {
        const auto row = std::lower_bound(rows.begin(), rows.end(), rowOf(run.at)) - rows.begin();
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
