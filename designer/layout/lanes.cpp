#include "designer/layout/lanes.h"

#include <algorithm>
#include <cmath>
#include <queue>

namespace automation {

namespace {

constexpr double sameLine = 1.5; // verticals nearer than this look like one
constexpr double endDistance = 6; // between two lines in one lane
constexpr size_t fewRuns = 24; // are compared each with each

size_t at(int index)
{
    return static_cast<size_t>(index);
}

// On their way down into one target: they need no lanes of their own.
bool meetFromBothSides(const LaneRun &a, const LaneRun &b)
{
    return a.startsAtTop && b.startsAtTop && !a.endsAtTop && !b.endsAtTop && a.end == b.end
        && (a.start < a.end) == (b.start > b.end);
}

} // namespace

// The greatest lane used over any stretch of x: maximum over a range, raised over a range.
class LaneAssignment::Skyline
{
public:
    // Where lines may end, sorted.
    explicit Skyline(const std::vector<double> &ends)
    {
        const auto add = [&](double distance) {
            const auto middle = static_cast<long>(m_coordinates.size());
            for (double x : ends)
                m_coordinates.push_back(x + distance);
            std::inplace_merge(m_coordinates.begin(), m_coordinates.begin() + middle, m_coordinates.end());
        };
        m_coordinates.reserve(3 * ends.size());
        for (double distance : {-endDistance, 0.0, endDistance})
            add(distance);
        m_coordinates.erase(std::unique(m_coordinates.begin(), m_coordinates.end()), m_coordinates.end());
        while (m_size < m_coordinates.size() + 2)
            m_size *= 2;
        m_max.assign(2 * m_size, -1);
        m_raised.assign(2 * m_size, -1);
    }

    int drop(double from, double to)
    {
        const auto low = std::upper_bound(m_coordinates.begin(), m_coordinates.end(), std::min(from, to) - endDistance);
        const auto high
            = std::lower_bound(m_coordinates.begin(), m_coordinates.end(), std::max(from, to) + endDistance);
        const size_t first = low == m_coordinates.begin() ? 0 : static_cast<size_t>(low - m_coordinates.begin()) - 1;
        const size_t last = static_cast<size_t>(high - m_coordinates.begin());
        const int lane = highest(1, 0, m_size - 1, first, last) + 1;
        raise(1, 0, m_size - 1, first, last, lane);
        return lane;
    }

private:
    int highest(size_t n, size_t left, size_t right, size_t first, size_t last) const
    {
        if (last < left || right < first)
            return -1;
        if (first <= left && right <= last)
            return m_max[n];
        const size_t middle = (left + right) / 2;
        return std::max({m_raised[n], highest(2 * n, left, middle, first, last),
            highest(2 * n + 1, middle + 1, right, first, last)});
    }

    void raise(size_t n, size_t left, size_t right, size_t first, size_t last, int lane)
    {
        if (last < left || right < first)
            return;
        m_max[n] = std::max(m_max[n], lane);
        if (first <= left && right <= last) {
            m_raised[n] = std::max(m_raised[n], lane);
            return;
        }
        const size_t middle = (left + right) / 2;
        raise(2 * n, left, middle, first, last, lane);
        raise(2 * n + 1, middle + 1, right, first, last, lane);
    }

    std::vector<double> m_coordinates;
    size_t m_size = 1;
    std::vector<int> m_max;
    std::vector<int> m_raised;
};

int LaneAssignment::run(const std::vector<LaneRun *> &runs)
{
    m_runs = runs;
    m_lanes = 0;
    collectEnds();
    collectOrder();
    collectKeys();
    if (m_order.empty() && m_keys.size() <= fewRuns) {
        takeFewLanes();
        return m_lanes;
    }
    std::sort(m_lines.begin(), m_lines.end());
    std::vector<double> ends = m_lines;
    ends.erase(std::unique(ends.begin(), ends.end()), ends.end());
    Skyline skyline(ends);
    takeLanes(skyline);
    return m_lanes;
}

LaneAssignment::Key LaneAssignment::keyOf(int index) const
{
    const LaneRun &run = *m_runs[at(index)];
    const double length = std::abs(run.end - run.start);
    if (run.startsAtTop && run.endsAtTop)
        return {0, length, index};
    if (!run.startsAtTop && !run.endsAtTop)
        return {2, -length, index};
    const double top = run.startsAtTop ? run.start : run.end;
    const double bottom = run.startsAtTop ? run.end : run.start;
    return {1, bottom < top ? top : -top, index};
}

void LaneAssignment::collectEnds()
{
    m_ends.clear();
    m_lines.clear();
    for (size_t i = 0; i < m_runs.size(); ++i) {
        const LaneRun &r = *m_runs[i];
        m_lines.push_back(r.start);
        m_lines.push_back(r.end);
        // A jog this small needs no place among the verticals.
        if (r.isStraight() || (r.startsAtTop != r.endsAtTop && std::abs(r.start - r.end) <= 2 * sameLine))
            continue;
        m_ends.push_back({r.start, r.startsAtTop, static_cast<int>(i)});
        m_ends.push_back({r.end, r.endsAtTop, static_cast<int>(i)});
    }
    sortEnds();
}

// Those at the same place keep their order. Mostly few: they need no memory for it.
void LaneAssignment::sortEnds()
{
    const auto isBefore = [](const End &a, const End &b) { return a.x < b.x; };
    if (m_ends.size() > 2 * fewRuns) {
        std::stable_sort(m_ends.begin(), m_ends.end(), isBefore);
        return;
    }
    for (auto end = m_ends.begin(); end != m_ends.end(); ++end)
        std::rotate(std::upper_bound(m_ends.begin(), end, *end, isBefore), end, std::next(end));
}

// Where a line comes down from the top at the x at which another goes down to the bottom, the first must turn off
// above the second. A hub stands for each such x, so that many lines to one target stay few pairs.
void LaneAssignment::collectOrder()
{
    m_order.clear();
    m_hubs = 0;
    const int runCount = static_cast<int>(m_runs.size());
    for (size_t first = 0; first < m_ends.size();) {
        size_t last = first + 1;
        while (last < m_ends.size() && m_ends[last].x - m_ends[last - 1].x <= sameLine
            && m_ends[last].x - m_ends[first].x <= 2 * sameLine)
            ++last;
        bool top = false;
        bool bottom = false;
        for (size_t i = first; i < last; ++i)
            (m_ends[i].top ? top : bottom) = true;
        if (top && bottom) {
            const int hub = runCount + m_hubs++;
            for (size_t i = first; i < last; ++i)
                m_order.emplace_back(m_ends[i].top ? m_ends[i].run : hub, m_ends[i].top ? hub : m_ends[i].run);
        }
        first = last;
    }
}

void LaneAssignment::collectKeys()
{
    m_keys.clear();
    for (int i = 0; i < static_cast<int>(m_runs.size()); ++i) {
        if (!m_runs[at(i)]->isStraight())
            m_keys.push_back(keyOf(i));
    }
    std::sort(m_keys.begin(), m_keys.end());
}

// As the skyline has it: below all before that come close.
void LaneAssignment::takeFewLanes()
{
    for (size_t i = 0; i < m_keys.size(); ++i) {
        LaneRun &run = *m_runs[at(std::get<2>(m_keys[i]))];
        const auto [left, right] = std::minmax(run.start, run.end);
        int lane = 0;
        for (size_t before = 0; before < i; ++before) {
            const LaneRun &other = *m_runs[at(std::get<2>(m_keys[before]))];
            const auto [otherLeft, otherRight] = std::minmax(other.start, other.end);
            if (left - endDistance <= otherRight + endDistance && otherLeft - endDistance <= right + endDistance
                && !meetFromBothSides(run, other))
                lane = std::max(lane, other.lane + 1);
        }
        take(run.lane, lane);
    }
}

void LaneAssignment::takeLanes(Skyline &skyline)
{
    const int count = static_cast<int>(m_runs.size()) + m_hubs;
    m_after.build(count, m_order);
    m_waiting.assign(at(count), 0);
    for (auto pair : m_order)
        ++m_waiting[at(pair.second)];
    std::priority_queue<Key, std::vector<Key>, std::greater<>> ready;
    for (const Key &key : m_keys) {
        if (m_waiting[at(std::get<2>(key))] == 0)
            ready.push(key);
    }
    std::vector<char> released(m_waiting.size(), 0); // may be followed by those that wait for it
    const auto release = [&](int run) {
        if (released[at(run)])
            return;
        released[at(run)] = 1;
        m_open.assign(1, run);
        while (!m_open.empty()) {
            const int current = m_open.back();
            m_open.pop_back();
            for (const int *i = m_after.begin(current); i != m_after.end(current); ++i) {
                if (--m_waiting[at(*i)] > 0)
                    continue;
                if (*i >= static_cast<int>(m_runs.size()))
                    m_open.push_back(*i);
                else
                    ready.push(keyOf(*i));
            }
        }
    };
    size_t stuck = 0;
    size_t left = m_keys.size();
    while (left > 0) {
        if (ready.empty()) {
            // Lines wait for each other in a ring: the next of them turns off early and goes on later.
            while (released[at(std::get<2>(m_keys[stuck]))])
                ++stuck;
            const int run = std::get<2>(m_keys[stuck]);
            split(*m_runs[at(run)], skyline);
            release(run);
            continue;
        }
        const int run = std::get<2>(ready.top());
        ready.pop();
        --left;
        LaneRun &r = *m_runs[at(run)];
        if (r.isSplit)
            finish(r, skyline);
        else
            take(r.lane, skyline.drop(r.start, r.end));
        release(run);
    }
}

void LaneAssignment::take(int &lane, int value)
{
    lane = value;
    m_lanes = std::max(m_lanes, value + 1);
}

// The upper half of a run that hangs from the top and stands on the bottom; other shapes have both ends on one
// side and are halved the same way, at whichever end comes first.
void LaneAssignment::split(LaneRun &run, Skyline &skyline)
{
    run.isSplit = true;
    run.middle = freeLine(run.start, run.end);
    const double upperEnd = run.startsAtTop ? run.start : run.end;
    take(run.startsAtTop ? run.lane : run.secondLane, skyline.drop(upperEnd, run.middle));
}

void LaneAssignment::finish(LaneRun &run, Skyline &skyline)
{
    const double lowerEnd = run.startsAtTop ? run.end : run.start;
    take(run.startsAtTop ? run.secondLane : run.lane, skyline.drop(lowerEnd, run.middle));
}

// An x between the ends, in the middle of the widest space without a vertical.
double LaneAssignment::freeLine(double a, double b)
{
    const double low = std::min(a, b);
    const double high = std::max(a, b);
    double bestWidth = -1;
    double best = (low + high) / 2;
    double previous = low;
    for (auto i = std::upper_bound(m_lines.begin(), m_lines.end(), low); i != m_lines.end(); ++i) {
        const double next = std::min(*i, high);
        if (next - previous > bestWidth) {
            bestWidth = next - previous;
            best = (next + previous) / 2;
        }
        previous = next;
        if (*i >= high)
            break;
    }
    m_lines.insert(std::lower_bound(m_lines.begin(), m_lines.end(), best), best);
    return best;
}

} // namespace automation
