#include "designer/layout/straightening.h"

#include "designer/layout/placement.h"
#include <algorithm>
#include <cmath>
#include <limits>

namespace automation {

namespace {

constexpr double smallJog = 10; // lines that are off by less become straight where there is room
constexpr double smallPush = 30; // columns that are in the way by less go aside

size_t at(int index)
{
    return static_cast<size_t>(index);
}

class Straightening
{
public:
    Straightening(LayeredGraph &graph, double nodeGap)
        : m_graph(graph)
        , m_nodeGap(nodeGap)
    {
        findColumns();
    }

    void straighten()
    {
        for (const std::vector<int> &rank : m_graph.ranks) {
            for (int n : rank) {
                if (m_above[at(n)] < 0)
                    moveBelowSource(n);
            }
        }
        if (m_isMoved)
            findColumns();
        for (const std::vector<int> &rank : m_graph.ranks) {
            for (int n : rank) {
                if (m_above[at(n)] < 0 && node(n).isPass())
                    moveToAnEnd(n);
            }
        }
    }

    void pullLoops()
    {
        if (m_isMoved)
            findColumns();
        for (const LayeredLoop &loop : m_graph.loops) {
            if (loop.side == 0)
                continue;
            for (int n = loop.first;; n = m_graph.segments[at(*m_graph.below.begin(n))].lower) {
                if (m_above[at(n)] < 0) {
                    const Room room = roomOf(n);
                    const double distance = loop.side < 0 ? room.right : -room.left;
                    if (std::isfinite(distance))
                        move(n, distance);
                }
                if (n == loop.last || m_graph.below.size(n) == 0)
                    break;
            }
        }
    }

private:
    struct Room
    {
        double left = std::numeric_limits<double>::infinity();
        double right = std::numeric_limits<double>::infinity();
    };

    LayeredNode &node(int index) { return m_graph.nodes[at(index)]; }

    // A column: nodes straight below each other.
    void findColumns()
    {
        m_isMoved = false;
        m_above.assign(m_graph.nodes.size(), -1);
        m_below.assign(m_graph.nodes.size(), -1);
        for (const LayeredSegment &s : m_graph.segments) {
            if (node(s.upper).x == node(s.lower).x && m_below[at(s.upper)] < 0 && m_above[at(s.lower)] < 0) {
                m_below[at(s.upper)] = s.lower;
                m_above[at(s.lower)] = s.upper;
            }
        }
    }

    void moveBelowSource(int top)
    {
        for (const int *i = m_graph.above.begin(top); i != m_graph.above.end(top); ++i) {
            const double jog = node(m_graph.segments[at(*i)].upper).x - node(top).x;
            if (jog == 0 || std::abs(jog) > smallJog)
                continue;
            moveIfRoom(top, jog);
            return;
        }
    }

    // A long line that bends on its way out of a card and on its way into the next bends once less where it runs below
    // the first one's port or above the other's middle; its way gets no longer.
    void moveToAnEnd(int top)
    {
        int bottom = top;
        for (int n = top; n >= 0; n = m_below[at(n)]) {
            if (!node(n).isPass())
                return;
            bottom = n;
        }
        if (m_graph.above.size(top) != 1 || m_graph.below.size(bottom) != 1)
            return; // part of a loop or at a border
        const LayeredSegment &in = m_graph.segments[at(*m_graph.above.begin(top))];
        const LayeredSegment &out = m_graph.segments[at(*m_graph.below.begin(bottom))];
        const double x = node(top).x;
        const double ends[2] = {endOf(in.upper, in.upperShare), endOf(out.lower, out.lowerShare)};
        for (double end : ends) {
            if (std::floor(end) == end && (moveIfRoom(top, end - x) || pushAside(top, end - x)))
                return;
        }
    }

    // Where a single short column is in the way, whose lines bend at both ends as well, it makes the room that misses.
    bool pushAside(int top, double distance)
    {
        if (std::abs(distance) > smallPush)
            return false;
        const int side = distance < 0 ? -1 : 1;
        int other = -1;
        double missing = 0;
        for (int n = top; n >= 0; n = m_below[at(n)]) {
            const int neighbour = neighbourOf(n, side);
            const double needed = neighbour < 0 ? 0 : std::abs(distance) - roomBeside(n, side);
            if (needed <= 0)
                continue;
            missing = std::max(missing, needed);
            const int column = topOfShortColumn(neighbour);
            if (column < 0 || (other >= 0 && other != column))
                return false;
            other = column;
        }
        if (other < 0 || !moveIfRoom(other, side * missing))
            return false;
        move(top, distance);
        return true;
    }

    // -1 where it is long, or where things may stand symmetric to a part of it.
    int topOfShortColumn(int n)
    {
        constexpr int longest = 16;
        for (int i = 0; m_above[at(n)] >= 0; ++i) {
            if (i == longest)
                return -1;
            n = m_above[at(n)];
        }
        int length = 0;
        for (int i = n; i >= 0; i = m_below[at(i)]) {
            if (++length > longest || m_graph.above.size(i) != 1 || m_graph.below.size(i) != 1)
                return -1;
        }
        return n;
    }

    // x of a line at its card's border.
    double endOf(int n, double share)
    {
        const LayeredNode &card = node(n);
        if (card.isPass())
            return card.x;
        const double offset = (share + 0.5) * (card.left + card.right + 1) - card.left;
        const double whole = std::round(offset);
        return card.x + (std::abs(offset - whole) < 0.001 ? whole : offset);
    }

    int neighbourOf(int n, int side)
    {
        const std::vector<int> &rank = m_graph.ranks[at(node(n).rank)];
        const int position = node(n).position + side;
        return position < 0 || position >= static_cast<int>(rank.size()) ? -1 : rank[at(position)];
    }

    double roomBeside(int n, int side)
    {
        const int other = neighbourOf(n, side);
        if (other < 0)
            return std::numeric_limits<double>::infinity();
        const auto &[left, right] = side < 0 ? std::pair(other, n) : std::pair(n, other);
        return std::max(0.0, node(right).x - node(left).x - separation(node(left), node(right), m_nodeGap));
    }

    Room roomOf(int top)
    {
        Room room;
        for (int n = top; n >= 0; n = m_below[at(n)]) {
            room.left = std::min(room.left, roomBeside(n, -1));
            room.right = std::min(room.right, roomBeside(n, 1));
        }
        return room;
    }

    bool moveIfRoom(int top, double distance)
    {
        const Room room = roomOf(top);
        if (distance < 0 ? -distance > room.left : distance > room.right)
            return false;
        move(top, distance);
        return true;
    }

    void move(int top, double distance)
    {
        for (int n = top; n >= 0; n = m_below[at(n)])
            node(n).x += distance;
        m_isMoved |= distance != 0;
    }

    LayeredGraph &m_graph;
    const double m_nodeGap;
    std::vector<int> m_above; // in the column, or -1
    std::vector<int> m_below;
    bool m_isMoved = false; // since the columns were found
};

} // namespace

void straightenLines(LayeredGraph &graph, double nodeGap)
{
    Straightening straightening(graph, nodeGap);
    straightening.straighten();
    if (!graph.loops.empty())
        straightening.pullLoops();
}

void pullLoopsIn(LayeredGraph &graph, double nodeGap)
{
    if (!graph.loops.empty())
        Straightening(graph, nodeGap).pullLoops();
}

} // namespace automation
