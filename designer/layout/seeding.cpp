#include "designer/layout/seeding.h"

#include "designer/layout/placement.h"
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

namespace automation {

namespace {

constexpr double samePlace = 0.5;
constexpr int endless = 1 << 29;
// What it costs to tear apart: two cards, two that are apart already, pieces of a long line, a new card from another.
constexpr int cardsCost = 100;
constexpr int apartCost = 6;
constexpr int passCost = 8;
constexpr int newCost = 10;
constexpr long mostWork = 6000000; // arcs looked at
// Going back to the places of a fresh drawing.
constexpr double worthIt = 20; // pixels
constexpr int mostTries = 24;
constexpr int mostTorn = 4; // at a time
constexpr double mostMoved = 0.04; // of the cards
constexpr double tooWide = 1.2; // times as wide as the fresh one: then half as much again, with twice the effort

size_t at(int index)
{
    return static_cast<size_t>(index);
}

// A smallest cut between two nodes, by Dinic's algorithm. Arcs in pairs: each one's neighbour leads back.
class SmallestCut
{
public:
    explicit SmallestCut(int nodes)
        : m_first(at(nodes), -1)
        , m_level(at(nodes))
        , m_current(at(nodes))
    {
    }

    // Returns its number; the way back has the next one.
    int addArc(int from, int to)
    {
        const int number = static_cast<int>(m_arcs.size());
        m_arcs.push_back({to, m_first[at(from)], 0});
        m_first[at(from)] = number;
        m_arcs.push_back({from, m_first[at(to)], 0});
        m_first[at(to)] = number + 1;
        return number;
    }

    void setRoom(int arc, int forward, int back)
    {
        m_arcs[at(arc)].room = forward;
        m_arcs[at(arc) + 1].room = back;
    }

    void cut(int source, int sink)
    {
        while (findLevels(source, sink)) {
            m_current = m_first;
            while (augment(source, sink)) { }
        }
    }

    // After cut(): on the side of the source.
    bool isNearSource(int node) const { return m_level[at(node)] >= 0; }
    long work() const { return m_work; }

private:
    struct Arc
    {
        int to;
        int next;
        int room;
    };

    bool findLevels(int source, int sink)
    {
        std::fill(m_level.begin(), m_level.end(), -1);
        m_queue.assign(1, source);
        m_level[at(source)] = 0;
        for (size_t i = 0; i < m_queue.size(); ++i) {
            for (int arc = m_first[at(m_queue[i])]; arc >= 0; arc = m_arcs[at(arc)].next) {
                ++m_work;
                const int to = m_arcs[at(arc)].to;
                if (m_arcs[at(arc)].room > 0 && m_level[at(to)] < 0) {
                    m_level[at(to)] = m_level[at(m_queue[i])] + 1;
                    m_queue.push_back(to);
                }
            }
        }
        return m_level[at(sink)] >= 0;
    }

    // One way from source to sink through the levels, without recursion.
    bool augment(int source, int sink)
    {
        m_way.clear();
        int node = source;
        while (node != sink) {
            int &arc = m_current[at(node)];
            for (; arc >= 0; arc = m_arcs[at(arc)].next) {
                ++m_work;
                if (m_arcs[at(arc)].room > 0 && m_level[at(m_arcs[at(arc)].to)] == m_level[at(node)] + 1)
                    break;
            }
            if (arc >= 0) {
                m_way.push_back(arc);
                node = m_arcs[at(arc)].to;
            } else if (m_way.empty()) {
                return false;
            } else {
                const int back = m_way.back();
                m_way.pop_back();
                node = m_arcs[at(back) ^ 1].to;
                m_current[at(node)] = m_arcs[at(back)].next;
            }
        }
        int room = endless;
        for (int arc : m_way)
            room = std::min(room, m_arcs[at(arc)].room);
        for (int arc : m_way) {
            m_arcs[at(arc)].room -= room;
            m_arcs[at(arc) ^ 1].room += room;
        }
        return true;
    }

    std::vector<Arc> m_arcs;
    std::vector<int> m_first;
    std::vector<int> m_level;
    std::vector<int> m_current;
    std::vector<int> m_queue;
    std::vector<int> m_way;
    long m_work = 0;
};

class Mover
{
public:
    Mover(LayeredGraph &graph, double nodeGap, const std::stop_token &stop)
        : m_graph(graph)
        , m_nodeGap(nodeGap)
        , m_stop(stop)
        , m_cut(static_cast<int>(graph.nodes.size()))
    {
    }

    bool run()
    {
        for (LayeredNode &node : m_graph.nodes)
            node.x = std::round(node.before);
        for (std::vector<int> &rank : m_graph.ranks)
            fitPasses(rank);
        collectPairs();
        collectBonds();
        for (;;) {
            const Pair *worst = nullptr;
            double missing = 0;
            for (const Pair &pair : m_pairs) {
                if (-room(pair) > missing) {
                    missing = -room(pair);
                    worst = &pair;
                }
            }
            if (!worst)
                break;
            if (m_stop.stop_requested() || m_cut.work() > mostWork)
                return false;
            makeRoom(*worst, missing);
        }
        goBack();
        return true;
    }

private:
    // Side by side in a rank.
    struct Pair
    {
        int left;
        int right;
        double distance; // at least
        int arc;
    };

    // What should stay together: a card and the next, or a piece of a long line.
    struct Bond
    {
        int upper;
        int lower;
        double distance; // wanted
        int cost;
        int arc;
        double fresh = noPlace; // distance in a fresh drawing
    };

    LayeredNode &node(int index) { return m_graph.nodes[at(index)]; }
    double room(const Pair &pair) { return node(pair.right).x - node(pair.left).x - pair.distance; }

    // Long lines go between the cards as well as they can before a card has to.
    void fitPasses(const std::vector<int> &rank)
    {
        const int count = static_cast<int>(rank.size());
        for (int i = 1; i < count; ++i) {
            LayeredNode &n = node(rank[at(i)]);
            if (n.isPass())
                n.x = std::max(n.x, node(rank[at(i - 1)]).x + separation(node(rank[at(i - 1)]), n, m_nodeGap));
        }
        for (int i = count - 2; i >= 0; --i) {
            LayeredNode &n = node(rank[at(i)]);
            if (n.isPass())
                n.x = std::min(n.x, node(rank[at(i + 1)]).x - separation(n, node(rank[at(i + 1)]), m_nodeGap));
        }
    }

    void collectPairs()
    {
        for (const std::vector<int> &rank : m_graph.ranks) {
            for (size_t p = 0; p + 1 < rank.size(); ++p) {
                const double distance = separation(node(rank[p]), node(rank[p + 1]), m_nodeGap);
                m_pairs.push_back({rank[p], rank[p + 1], distance, m_cut.addArc(rank[p], rank[p + 1])});
            }
        }
    }

    void collectBonds()
    {
        const auto add = [this](int upper, int lower, double distance, int cost) {
            m_bonds.push_back({upper, lower, distance, cost, m_cut.addArc(upper, lower)});
        };
        for (const LayeredSegment &s : m_graph.segments) {
            const bool isPiece = node(s.upper).isPass() || node(s.lower).isPass();
            const bool isNew = node(s.upper).isNew || node(s.lower).isNew;
            const double distance = node(s.upper).isPass() && node(s.lower).isPass()
                ? 0
                : std::round(node(s.lower).before) - std::round(node(s.upper).before);
            add(s.upper, s.lower, distance, isPiece ? passCost : isNew ? newCost : cardsCost);
        }
        for (const LayeredPath &path : m_graph.paths) {
            if (path.count < 3)
                continue;
            const int from = m_graph.pathNodes[at(path.first)];
            const int to = m_graph.pathNodes[at(path.first + path.count - 1)];
            if (node(from).isPass() || node(to).isPass() || node(from).isNew || node(to).isNew)
                continue;
            add(from, to, std::round(node(to).before) - std::round(node(from).before), cardsCost);
        }
    }

    // All that is to move goes right by what is missing.
    void makeRoom(const Pair &tight, double missing)
    {
        for (const Pair &pair : m_pairs)
            m_cut.setRoom(pair.arc, room(pair) < missing ? endless : 0, 0);
        m_cut.setRoom(tight.arc, 0, 0);
        for (const Bond &bond : m_bonds) {
            // How far they are apart from where they want to be; above 0: the lower one should go left.
            const double off = node(bond.lower).x - node(bond.upper).x - bond.distance;
            const bool isKept = std::abs(off) < samePlace;
            const int torn = std::min(bond.cost, apartCost);
            m_cut.setRoom(bond.arc, isKept ? bond.cost : off > 0 ? 0 : torn, isKept ? bond.cost : off < 0 ? 0 : torn);
        }
        m_cut.cut(tight.right, tight.left);
        for (int n = 0; n < static_cast<int>(m_graph.nodes.size()); ++n) {
            if (m_cut.isNearSource(n))
                node(n).x += missing;
        }
    }

    double distanceOf(const Bond &bond) { return node(bond.lower).x - node(bond.upper).x; }
    bool isKept(const Bond &bond) { return std::abs(distanceOf(bond) - bond.distance) < samePlace; }

    // Room that was made for earlier edits is given back where that tears little apart: drawings do not grow wider with
    // every edit.
    void goBack()
    {
        std::vector<Bond *> stretched;
        for (Bond &bond : m_bonds) {
            if (bond.cost != cardsCost)
                continue;
            bond.fresh = std::round(node(bond.lower).fresh - node(bond.upper).fresh);
            if (std::abs(distanceOf(bond) - bond.fresh) > worthIt) // not with those that have no such place
                stretched.push_back(&bond);
        }
        std::stable_sort(stretched.begin(), stretched.end(), [this](const Bond *a, const Bond *b) {
            return std::abs(distanceOf(*a) - a->fresh) > std::abs(distanceOf(*b) - b->fresh);
        });
        m_effort = width(&LayeredNode::x) > tooWide * width(&LayeredNode::fresh) ? 2 : 1;
        int tries = 0;
        for (const Bond *bond : stretched) {
            const double move = bond->fresh - distanceOf(*bond); // of the lower one
            if (std::abs(move) <= worthIt)
                continue;
            if (++tries > m_effort * mostTries || m_stop.stop_requested() || m_cut.work() > mostWork
                || !goBack(*bond, move))
                break;
        }
    }

    // False when enough cards have moved.
    bool goBack(const Bond &bond, double move)
    {
        for (const Pair &pair : m_pairs) {
            const bool isTight = room(pair) < std::abs(move);
            m_cut.setRoom(pair.arc, isTight && move > 0 ? endless : 0, isTight && move < 0 ? endless : 0);
        }
        const auto costOf = [this](const Bond &other, double change) {
            const double distance = distanceOf(other);
            if (std::isfinite(other.fresh)
                && std::abs(distance + change - other.fresh) < std::abs(distance - other.fresh))
                return isKept(other) ? other.cost / 2 : 0;
            return isKept(other) ? other.cost : std::min(other.cost, apartCost);
        };
        for (const Bond &other : m_bonds)
            m_cut.setRoom(other.arc, costOf(other, -move), costOf(other, move));
        m_cut.setRoom(bond.arc, 0, 0);
        m_cut.cut(bond.lower, bond.upper);
        if (m_cut.isNearSource(bond.upper))
            return true;
        int torn = 0;
        double gain = 0; // in distance from the fresh drawing
        for (const Bond &other : m_bonds) {
            if (m_cut.isNearSource(other.upper) == m_cut.isNearSource(other.lower))
                continue;
            torn += isKept(other) ? other.cost : 0;
            const double change = m_cut.isNearSource(other.lower) ? move : -move;
            const double off = distanceOf(other) - other.fresh;
            if (std::isfinite(off))
                gain += std::abs(off) - std::abs(off + change);
        }
        if (torn > m_effort * mostTorn * cardsCost || gain <= 0)
            return true;
        const auto shift = [this](double distance) {
            for (int n = 0; n < static_cast<int>(m_graph.nodes.size()); ++n) {
                if (m_cut.isNearSource(n))
                    node(n).x += distance;
            }
        };
        shift(move);
        if (movedShare() <= (m_effort + 1) / 2.0 * mostMoved)
            return true;
        shift(-move);
        return false;
    }

    double width(double LayeredNode::*place) const
    {
        double first = std::numeric_limits<double>::max();
        double last = std::numeric_limits<double>::lowest();
        for (const LayeredNode &node : m_graph.nodes) {
            if (std::isfinite(node.*place)) {
                first = std::min(first, node.*place - node.left);
                last = std::max(last, node.*place + node.right);
            }
        }
        return last - first;
    }

    double movedShare()
    {
        std::vector<char> moved(m_graph.nodes.size(), 0);
        for (const Bond &bond : m_bonds) {
            if (bond.cost == cardsCost && !isKept(bond))
                moved[at(bond.upper)] = moved[at(bond.lower)] = 1;
        }
        const auto items
            = std::count_if(m_graph.nodes.begin(), m_graph.nodes.end(), [](auto &node) { return !node.isPass(); });
        return double(std::count(moved.begin(), moved.end(), 1)) / double(std::max<long>(1, items));
    }

    LayeredGraph &m_graph;
    const double m_nodeGap;
    const std::stop_token &m_stop;
    SmallestCut m_cut;
    int m_effort = 1;
    std::vector<Pair> m_pairs;
    std::vector<Bond> m_bonds;
};

} // namespace

void fillPlacesBefore(LayeredGraph &graph)
{
    const auto isKnown = [&graph](int n) { return std::isfinite(graph.nodes[at(n)].before); };
    std::vector<int> downwards(graph.nodes.size()); // nobody stands in a rank yet
    std::iota(downwards.begin(), downwards.end(), 0);
    std::stable_sort(downwards.begin(), downwards.end(),
        [&graph](int a, int b) { return graph.nodes[at(a)].rank < graph.nodes[at(b)].rank; });
    for (bool down : {true, false}) {
        if (!down)
            std::reverse(downwards.begin(), downwards.end());
        for (int n : downwards) {
            if (isKnown(n))
                continue;
            const Adjacency &neighbours = down ? graph.above : graph.below;
            double sum = 0;
            int count = 0;
            for (const int *s = neighbours.begin(n); s != neighbours.end(n); ++s) {
                const LayeredSegment &segment = graph.segments[at(*s)];
                const int other = down ? segment.upper : segment.lower;
                if (!isKnown(other))
                    continue;
                const LayeredNode &o = graph.nodes[at(other)];
                const double share = down ? segment.upperShare : segment.lowerShare;
                sum += o.before + (o.isPass() ? 0 : (share + 0.5) * (o.left + o.right) - o.left);
                ++count;
            }
            if (count > 0)
                graph.nodes[at(n)].before = sum / count;
        }
    }
    for (LayeredNode &node : graph.nodes) {
        if (!std::isfinite(node.before))
            node.before = 0;
    }
}

bool placeAsBefore(LayeredGraph &graph, double nodeGap, const std::stop_token &stop)
{
    return Mover(graph, nodeGap, stop).run();
}

} // namespace automation
