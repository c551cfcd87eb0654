#include "designer/layout/straightening.h"

#include "designer/layout/placement.h"
#include <algorithm>
#include <cmath>
#include <limits>

namespace automation {

namespace {

constexpr double smallJog = 10; // lines that are off by less become straight where there is room

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

            if (std::floor(end) == end && moveIfRoom(top, end - x))
                return;
        }
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

    Room roomOf(int top)
    {
        Room room;
        for (int n = top; n >= 0; n = m_below[at(n)]) {
            const std::vector<int> &rank = m_graph.ranks[at(node(n).rank)];
            const size_t position = at(node(n).position);
            if (position > 0) {
                const int left = rank[position - 1];
                room.left = std::min(room.left, node(n).x - node(left).x - separation(node(left), node(n), m_nodeGap));
            }
            if (position + 1 < rank.size()) {
                const int right = rank[position + 1];
                room.right
                    = std::min(room.right, node(right).x - node(n).x - separation(node(n), node(right), m_nodeGap));
            }
        }
        return {std::max(0.0, room.left), std::max(0.0, room.right)};
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
