#include "designer/layout/pinning.h"

#include "designer/layout/cardindex.h"
#include "designer/layout/detour.h"
#include "designer/layout/layeredgraph.h"
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <QMarginsF>

namespace automation {

namespace {

constexpr double room = 24; // between a fixed card and one that went aside
constexpr double lineRoom = 10; // between a line and a card
constexpr double closest = 14; // cards above each other
constexpr double stub = 16; // straight out of a port and into a card
constexpr double longestLook = 100000; // of lines longer than this only the ends are looked at
constexpr int mostPushes = 20000;
constexpr int pushesOfChase = 12; // of one card
constexpr long mostDetourWork = 250000; // so that hundreds of fixed cards in each other's way stay affordable
constexpr long workForFew = 4000000;
constexpr int fewFixed = 50;
constexpr int mostFarDetours = 2;

class Pinning
{
public:
    Pinning(LayoutResult &result, const LayoutGraph &graph, const LayoutOptions &options, const Jumps &jumps)
        : m_result(result)
        , m_graph(graph)
        , m_options(options)
        , m_jumps(jumps)
        , m_isMoved(static_cast<size_t>(graph.nodes.size()), 0)
        , m_holds(m_isMoved.size(), Free)
        , m_timesPushed(m_isMoved.size(), 0)
        , m_bodies(result.nodes)
        , m_all(m_bodies)
        , m_moved(m_bodies)
    {
    }

    void run(const std::vector<int> &depths, const std::stop_token &stop)
    {
        std::vector<int> order(depths.size());
        std::iota(order.begin(), order.end(), 0);
        std::stable_sort(order.begin(), order.end(), [&depths](int a, int b) { return depths[at(a)] < depths[at(b)]; });
        move(order);
        findRooms();
        for (int i : order) {
            m_bodies[i] = bodyOf(i);
            m_all.insert(i);
        }
        makeRoom(order);
        m_bodies = m_result.nodes; // lines may pass between the pills of a card
        movePills();
        for (int i : order) {
            if (isMoved(i))
                m_moved.insert(i);
        }
        growFrames(order);
        for (qsizetype i = 0; i < m_graph.edges.size() && !stop.stop_requested(); ++i)
            mend(i);
        findBounds();
    }

private:
    static size_t at(int index) { return static_cast<size_t>(index); }
    bool isMoved(int node) const { return m_isMoved[at(node)]; }
    // What makes room for what: free cards for those that stand in a container someone put there (of two the inner,
    // else the later one), all of them for cards someone put there themselves.
    using Hold = int;
    static constexpr Hold Free = -1;
    static constexpr Hold Fixed = std::numeric_limits<int>::max();
    Hold holdOf(int node) const { return m_holds[at(node)]; }

    void move(const std::vector<int> &order)
    {
        std::vector<QPointF> offsets(order.size());
        std::vector<std::pair<int, int>> children;
        for (int i : order) {
            const LayoutNode &node = m_graph.nodes[i];
            if (node.fixed)
                m_holds[at(i)] = Fixed;
            else if (node.parent >= 0)
                m_holds[at(i)] = holdOf(node.parent) == Fixed ? node.parent : holdOf(node.parent);
            if (node.parent >= 0)
                children.emplace_back(node.parent, i);
            if (node.fixed)
                offsets[at(i)] = *node.fixed - m_result.nodes[i].topLeft();
            else if (node.parent >= 0)
                offsets[at(i)] = offsets[at(node.parent)];
            if (offsets[at(i)].isNull())
                continue;
            m_isMoved[at(i)] = 1;
            m_result.nodes[i].translate(offsets[at(i)]);
            if (!m_result.frames[i].isNull())
                m_result.frames[i].translate(offsets[at(i)]);
        }
        m_children.build(static_cast<int>(order.size()), children);
        if (std::count(m_holds.begin(), m_holds.end(), Fixed) <= fewFixed)
            m_detourWork = workForFew;
        else
            m_farDetours = 0;
    }

    // How far the pills of a card reach beyond it.
    void findRooms()
    {
        m_rooms.assign(m_isMoved.size(), QMarginsF());
        for (qsizetype i = 0; i < m_graph.edges.size(); ++i) {
            const LayoutRoute &route = m_result.routes[i];
            if (!route.isJump())
                continue;
            addRoom(m_graph.edges[i].from, route.sourcePill.translated(startOf(m_graph.edges[i]) - route.points[0]));
            addRoom(m_graph.edges[i].to, route.targetPill.translated(targetShift(i)));
        }
    }

    void addRoom(int node, const QRectF &pill)
    {
        const QRectF &card = m_result.nodes[node];
        QMarginsF &reach = m_rooms[at(node)];
        reach = {std::max(reach.left(), card.left() - pill.left()), std::max(reach.top(), card.top() - pill.top()),
            std::max(reach.right(), pill.right() - card.right()),
            std::max(reach.bottom(), pill.bottom() - card.bottom())};
    }

    // From where a jump's pill above its target was drawn to where that card is now.
    QPointF targetShift(qsizetype edge) const
    {
        const QRectF &card = m_result.nodes[m_graph.edges[edge].to];
        const LayoutRoute &route = m_result.routes[edge];
        return {card.center().x() + m_jumps.targetMiddle(m_graph.edges[edge].to) - route.targetPill.center().x(),
            card.top() - route.points[3].y()};
    }

    QRectF bodyOf(int node) const { return m_result.nodes[node].marginsAdded(m_rooms[at(node)]); }

    // Pills go with their cards. Where one would lie on another card or pill, its jumps become lines.
    void movePills()
    {
        const auto place = [&](qsizetype edge) {
            LayoutRoute &route = m_result.routes[edge];
            const QPointF from = startOf(m_graph.edges[edge]) - route.points[0];
            const QPointF to = targetShift(edge);
            route.sourcePill.translate(from);
            route.targetPill.translate(to);
            route.points = {route.points[0] + from, route.points[1] + from, route.points[2] + to, route.points[3] + to};
        };
        std::vector<int> targetPill(m_isMoved.size(), -1); // in the bodies; -2: no room
        const auto add = [&](const QRectF &pill, bool isMoved) {
            m_bodies.append(pill);
            const int number = static_cast<int>(m_bodies.size()) - 1;
            m_all.insert(number);
            if (isMoved)
                m_moved.insert(number);
            return number;
        };
        for (qsizetype i = 0; i < m_graph.edges.size(); ++i) {
            if (!m_result.routes[i].isJump())
                continue;
            place(i);
            const LayoutRoute &route = m_result.routes[i];
            const int to = m_graph.edges[i].to;
            if (targetPill[at(to)] == -1)
                targetPill[at(to)] = m_all.find(route.targetPill, 1) >= 0 ? -2 : add(route.targetPill, isMoved(to));
        }
        for (qsizetype i = 0; i < m_graph.edges.size(); ++i) {
            LayoutRoute &route = m_result.routes[i];
            if (!route.isJump())
                continue;
            const LayoutEdge &edge = m_graph.edges[i];
            if (targetPill[at(edge.to)] >= 0 && m_all.find(route.sourcePill, 1) < 0)
                add(route.sourcePill, isMoved(edge.from));
            else
                m_freed.push_back(i);
        }
        for (qsizetype i : m_freed)
            m_result.routes[i] = {};
        // A pill without jumps is none.
        std::vector<char> isUsed(m_isMoved.size(), 0);
        for (qsizetype i = 0; i < m_graph.edges.size(); ++i) {
            if (m_result.routes[i].isJump())
                isUsed[at(m_graph.edges[i].to)] = 1;
        }
        for (size_t node = 0; node < targetPill.size(); ++node) {
            if (targetPill[node] >= 0 && !isUsed[node])
                m_bodies[targetPill[node]] = QRectF();
        }
    }

    // Cards below one with a stronger hold go to its nearer side, and push others on in the same direction; so do cards
    // that a frame came to cover.
    void makeRoom(const std::vector<int> &order)
    {
        constexpr int rounds = 3; // what goes aside makes frames grow
        for (int round = 0; round < rounds; ++round) {
            for (int i : order) {
                if (holdOf(i) == Free)
                    continue;
                // What stands so close that no line comes in between is in the way, too.
                for (const double margin : {0.0, closest})
                    clear(m_bodies[i].adjusted(0, -margin, 0, margin), holdOf(i));
            }
            growFrames(order);
            if (!clearFrames(order))
                return;
        }
    }

    void clear(const QRectF &place, Hold hold)
    {
        const auto canGo = [this, hold](int other) { return holdOf(other) < hold; };
        for (int other = m_all.find(place, 0, -1, canGo); other >= 0 && m_pushes < mostPushes;
             other = m_all.find(place, 0, -1, canGo)) {
            const bool right = m_bodies[other].center().x() >= place.center().x();
            push(other, distanceFrom(place, m_bodies[other], right), right);
        }
        pushOn();
    }

    // Cards that do not belong into them leave the frames that moved or grew. False when there were none.
    bool clearFrames(const std::vector<int> &order)
    {
        std::vector<char> hasMoved = m_isMoved; // or what it holds has
        for (auto i = order.rbegin(); i != order.rend(); ++i) {
            if (const int parent = m_graph.nodes[*i].parent; parent >= 0 && hasMoved[at(*i)])
                hasMoved[at(parent)] = 1;
        }
        bool isChanged = false;
        for (int container : order) {
            const QRectF &frame = m_result.frames[container];
            if (frame.isNull() || !hasMoved[at(container)])
                continue;
            const auto isForeign = [this, container](int other) {
                return holdOf(other) == Free && !isInside(other, container) && !isInside(container, other);
            };
            for (int other = m_all.find(frame, 0, container, isForeign); other >= 0 && m_pushes < mostPushes;
                 other = m_all.find(frame, 0, container, isForeign)) {
                // With all that it stands in.
                for (int outer = m_graph.nodes[other].parent; outer >= 0 && isForeign(outer);
                     outer = m_graph.nodes[outer].parent)
                    other = outer;
                const QRectF whole = m_bodies[other] | m_result.frames[other];
                const bool right = whole.center().x() >= frame.center().x();
                push(other, distanceFrom(frame, whole, right), right);
                isChanged = true;
            }
            pushOn();
        }
        return isChanged;
    }

    bool isInside(int node, int container) const
    {
        while (node >= 0 && node != container)
            node = m_graph.nodes[node].parent;
        return node >= 0;
    }

    void pushOn()
    {
        while (!m_open.empty() && m_pushes < mostPushes) {
            const auto [pushed, right] = m_open.back();
            // A card between the children of another container would run before them for ever: past it as a whole.
            const bool isChase = m_timesPushed[at(pushed)] > pushesOfChase;
            // With room for a line above and below.
            const int other = m_all.find(m_bodies[pushed].adjusted(0, -closest, 0, closest), 0, pushed);
            if (other < 0) {
                ++m_pushes;
                m_open.pop_back();
            } else if (holdOf(other) > holdOf(pushed)) {
                pushPast(other, pushed, right, isChase);
            } else {
                pushPast(pushed, other, right, isChase);
            }
        }
        m_open.clear();
    }

    void pushPast(int standing, int card, bool right, bool isChase)
    {
        const int place = isChase ? outermost(standing, card) : standing;
        const int goes = isChase ? outermost(card, standing) : card;
        const auto whole = [&](int node) { return isChase ? m_bodies[node] | m_result.frames[node] : m_bodies[node]; };
        push(goes, distanceFrom(whole(place), whole(goes), right), right);
    }

    // The outermost container it goes with that does not hold the other card as well.
    int outermost(int node, int other) const
    {
        const Hold hold = holdOf(node);
        for (int n = m_graph.nodes[node].parent; n >= 0 && holdOf(n) == hold && !isInside(other, n);
             n = m_graph.nodes[n].parent)
            node = n;
        return node;
    }

    static double distanceFrom(const QRectF &place, const QRectF &card, bool right)
    {
        return right ? place.right() + room - card.left() : place.left() - room - card.right();
    }

    // With all that it holds.
    void push(int card, double distance, bool right)
    {
        ++m_pushes;
        ++m_timesPushed[at(card)];
        m_bodies[card].translate(distance, 0);
        m_result.nodes[card].translate(distance, 0);
        m_isMoved[at(card)] = 1;
        m_all.insert(card);
        m_open.emplace_back(card, right);
        if (m_result.frames[card].isNull())
            return;
        m_result.frames[card].translate(distance, 0);
        for (const int *child = m_children.begin(card); child != m_children.end(card); ++child) {
            if (holdOf(*child) != Fixed)
                push(*child, distance, right);
        }
    }

    void growFrames(const std::vector<int> &order)
    {
        const double padding = m_options.framePadding;
        for (auto i = order.rbegin(); i != order.rend(); ++i) {
            const int parent = m_graph.nodes[*i].parent;
            if (parent < 0 || m_result.frames[parent].isNull())
                continue;
            const QRectF inside = m_result.nodes[*i] | m_result.frames[*i];
            m_result.frames[parent] |= inside.adjusted(-padding, -padding, padding, padding);
        }
    }

    QPointF startOf(const LayoutEdge &edge) const
    {
        const QRectF &card = m_result.nodes[edge.from];
        const QList<qreal> &ports = m_graph.nodes[edge.from].ports;
        const bool hasPort = edge.port >= 0 && edge.port < ports.size();
        return {card.left() + (hasPort ? ports[edge.port] : card.width() / 2), card.bottom()};
    }

    void mend(qsizetype index)
    {
        const LayoutEdge &edge = m_graph.edges[index];
        LayoutRoute &route = m_result.routes[index];
        if (route.isJump())
            return;
        bool isHit = route.points.isEmpty() || isMoved(edge.from) || isMoved(edge.to);
        for (qsizetype p = 1; p < route.points.size() && !isHit; ++p)
            isHit = m_moved.find(QRectF(route.points[p - 1], route.points[p]).normalized(), 1) >= 0;
        if (!isHit)
            return;
        const QPointF start = startOf(edge);
        const QRectF &target = m_result.nodes[edge.to];
        const QPointF end(target.center().x(), target.top());
        route.points = way(start, end);
        route.isBack = end.y() < start.y();
    }

    int blocking(QPointF a, QPointF b, double margin, double beside = 0) const
    {
        const auto find = [&](const QPointF &from, const QPointF &to) {
            return m_all.find(QRectF(from, to).normalized().adjusted(-beside, 0, beside, 0), margin);
        };
        const QPointF way = b - a;
        const qreal length = way.manhattanLength();
        if (length <= longestLook)
            return find(a, b);
        const QPointF part = way * (longestLook / 2 / length);
        const int card = find(a, a + part);
        return card >= 0 ? card : find(b - part, b);
    }

    // What a line straight out of a port would touch; its own card is none of it.
    int besideStem(const QPointF &port, double y) const { return blocking(port, {port.x(), y}, 0, 1); }

    // Down from the start, sideways, up or down at some x, sideways, down to the end. The x are tried from the nearest
    // on; each card in the way adds its two sides.
    QList<QPointF> way(const QPointF &start, const QPointF &end)
    {
        if (start.x() == end.x() && start.y() < end.y() && besideStem(start, end.y()) < 0)
            return {start, end};
        constexpr size_t mostTries = 150;
        const double first = start.y() + stubAt(start, 1);
        const double last = end.y() - stubAt(end, -1);
        std::vector<double> tries {end.x(), start.x(), (start.x() + end.x()) / 2};
        const auto lengthOver = [&](double x) { return std::abs(x - start.x()) + std::abs(x - end.x()); };
        const auto addSidesOf = [&](int card) {
            for (double x : {m_bodies[card].left() - lineRoom, m_bodies[card].right() + lineRoom}) {
                if (std::find(tries.begin(), tries.end(), x) == tries.end())
                    tries.push_back(x);
            }
        };
        for (size_t i = 0; i < tries.size() && i < mostTries; ++i) {
            if (i >= 3)
                std::sort(tries.begin() + static_cast<long>(i), tries.end(),
                    [&](double a, double b) { return lengthOver(a) < lengthOver(b); });
            const double x = tries[i];
            double upper = first;
            double lower = last;
            int card = findRow(start, x, upper, 1);
            if (card < 0)
                card = findRow(end, x, lower, -1);
            if (card < 0)
                card = blocking({x, upper}, {x, lower}, lineRoom - 1);
            if (card < 0)
                return simplified({start, {start.x(), upper}, {x, upper}, {x, lower}, {end.x(), lower}, end});
            addSidesOf(card);
        }
        QList<QPointF> detour = detourBetween({start.x(), first}, {end.x(), last});
        if (detour.isEmpty())
            detour = farDetour({start.x(), first}, {end.x(), last});
        if (!detour.isEmpty())
            return simplified(QList<QPointF> {start} + detour + QList<QPointF> {end});
        // No clear way: the simplest.
        const double x = (start.x() + end.x()) / 2;
        return simplified({start, {start.x(), first}, {x, first}, {x, last}, {end.x(), last}, end});
    }

    // With any number of turns, among the cards round about.
    QList<QPointF> detourBetween(const QPointF &start, const QPointF &end)
    {
        constexpr double around = 420;
        constexpr qsizetype mostCards = 60;
        const QRectF part = QRectF(start, end).normalized().adjusted(-around, -around, around, around);
        QList<QRectF> obstacles;
        for (const QRectF &body : m_bodies) {
            if (body.left() < part.right() && part.left() < body.right() && body.top() < part.bottom()
                && part.top() < body.bottom() && !body.isNull())
                obstacles.append(body);
            if (obstacles.size() > mostCards)
                return {};
        }
        const long lines = 2 * obstacles.size() + 2;
        m_detourWork -= lines * lines * obstacles.size();
        return m_detourWork < 0 ? QList<QPointF>() : findDetour(start, end, obstacles);
    }

    // Past all cards, but turning only beside those near one of the ends, or outside of everything.
    QList<QPointF> farDetour(const QPointF &start, const QPointF &end)
    {
        constexpr qsizetype mostNear = 40;
        if (m_farDetours-- <= 0)
            return {};
        QList<QRectF> near;
        for (const QPointF &port : {start, end}) {
            // Along the rows rather than across them.
            std::vector<std::pair<double, qsizetype>> distances;
            for (qsizetype i = 0; i < m_bodies.size(); ++i) {
                const QPointF way = m_bodies[i].center() - port;
                if (!m_bodies[i].isNull())
                    distances.emplace_back(std::max(std::abs(way.x()) / 8, std::abs(way.y())), i);
            }
            const auto last = distances.begin() + std::min(static_cast<qsizetype>(distances.size()), mostNear);
            std::partial_sort(distances.begin(), last, distances.end());
            for (auto i = distances.begin(); i != last; ++i)
                near.append(m_bodies[i->second]);
        }
        return findDetour(start, end, near, m_bodies);
    }

    // How far a line goes straight out of a port: halfway where a card or a pill is near, be it beside the line, which
    // has to turn before it.
    double stubAt(const QPointF &port, int direction) const
    {
        const QRectF way(port - QPointF(lineRoom - 1, 0), port + QPointF(lineRoom - 1, direction * 2 * stub));
        const int card = m_all.find(way.normalized(), 0);
        if (card < 0)
            return stub;
        const QRectF &r = m_bodies[card];
        const double gap = direction > 0 ? r.top() - port.y() : port.y() - r.bottom();
        return std::clamp(std::floor(gap / 2), 1.0, stub);
    }

    // Finds the y below (above) a port at which a line gets to x past all cards: -1, or the card in the way.
    int findRow(const QPointF &port, double x, double &y, int direction) const
    {
        constexpr int mostRows = 8;
        int card = -1;
        for (int i = 0; i < mostRows; ++i) {
            const double margin = std::min(lineRoom - 1, std::abs(y - port.y()) - 1);
            // At the port only on the side to which the line turns.
            const double start = x < port.x() ? std::max(x, port.x() - margin) : std::min(x, port.x() + margin);
            card = blocking({start, y}, {x, y}, margin);
            if (card < 0)
                return besideStem(port, y);
            const QRectF &r = m_bodies[card];
            y = direction > 0 ? r.bottom() + lineRoom : r.top() - lineRoom;
            if (besideStem(port, y) >= 0)
                return card;
        }
        return card;
    }

    static QList<QPointF> simplified(const QList<QPointF> &points)
    {
        QList<QPointF> result;
        for (const QPointF &point : points) {
            if (!result.isEmpty() && result.last() == point)
                continue;
            const auto count = result.size();
            if (count > 1
                && ((result[count - 2].x() == point.x() && result[count - 1].x() == point.x())
                    || (result[count - 2].y() == point.y() && result[count - 1].y() == point.y())))
                result.removeLast();
            result.append(point);
        }
        return result;
    }

    void findBounds()
    {
        for (int i = 0; i < m_result.nodes.size(); ++i)
            m_result.bounds |= m_result.nodes[i] | m_result.frames[i];
        for (const LayoutRoute &route : m_result.routes) {
            if (route.isJump())
                m_result.bounds |= route.sourcePill | route.targetPill;
            for (const QPointF &point : route.points) {
                m_result.bounds.setLeft(std::min(m_result.bounds.left(), point.x()));
                m_result.bounds.setRight(std::max(m_result.bounds.right(), point.x()));
                m_result.bounds.setTop(std::min(m_result.bounds.top(), point.y()));
                m_result.bounds.setBottom(std::max(m_result.bounds.bottom(), point.y()));
            }
        }
    }

    LayoutResult &m_result;
    const LayoutGraph &m_graph;
    const LayoutOptions &m_options;
    const Jumps &m_jumps;
    std::vector<char> m_isMoved;
    std::vector<Hold> m_holds;
    std::vector<int> m_timesPushed;
    Adjacency m_children;
    std::vector<std::pair<int, bool>> m_open; // pushed cards, and whether to the right
    int m_pushes = 0;
    std::vector<QMarginsF> m_rooms;
    long m_detourWork = mostDetourWork;
    int m_farDetours = mostFarDetours;
    std::vector<qsizetype> m_freed; // jumps that became lines
    QList<QRectF> m_bodies; // what must not be covered: cards, with room for their pills or with the pills after them
    CardIndex m_all;
    CardIndex m_moved;
};

} // namespace

void applyFixedPlaces(LayoutResult &result, const LayoutGraph &graph, const std::vector<int> &depths,
    const LayoutOptions &options, const Jumps &jumps, const std::stop_token &stop)
{
    Pinning(result, graph, options, jumps).run(depths, stop);
}

} // namespace automation
