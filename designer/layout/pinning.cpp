#include "designer/layout/pinning.h"

#include "designer/layout/cardindex.h"
#include <algorithm>
#include <cmath>
#include <numeric>

namespace automation {

namespace {

constexpr double room = 24; // between a fixed card and one that went aside
constexpr double lineRoom = 10; // between a line and a card
constexpr double stub = 16; // straight out of a port and into a card
constexpr double longestLook = 20000; // lines longer than this are not looked at cell by cell
constexpr int mostPushes = 20000;

class Pinning
{
public:
    Pinning(LayoutResult &result, const LayoutGraph &graph, const LayoutOptions &options)
        : m_result(result)
        , m_graph(graph)
        , m_options(options)
        , m_isMoved(static_cast<size_t>(graph.nodes.size()), 0)
        , m_all(result.nodes)
        , m_moved(result.nodes)
    {
    }

    void run(const std::vector<int> &depths, const std::stop_token &stop)
    {
        std::vector<int> order(depths.size());
        std::iota(order.begin(), order.end(), 0);
        std::stable_sort(order.begin(), order.end(), [&depths](int a, int b) { return depths[at(a)] < depths[at(b)]; });
        move(order);
        for (int i : order)
            m_all.insert(i);
        makeRoom(order);
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

    void move(const std::vector<int> &order)
    {
        std::vector<QPointF> offsets(order.size());
        for (int i : order) {
            const LayoutNode &node = m_graph.nodes[i];
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
    }

    // Cards below a fixed one go to its nearer side, and push others on in the same direction.
    void makeRoom(const std::vector<int> &order)
    {
        int pushes = 0;
        for (int i : order) {
            if (!m_graph.nodes[i].fixed)
                continue;
            std::vector<std::pair<int, bool>> open; // card, to the right
            const QRectF fixed = m_result.nodes[i];
            for (int other = m_all.find(fixed, 0, i); other >= 0 && pushes < mostPushes; ++pushes) {
                if (m_graph.nodes[other].fixed)
                    break;
                const bool right = m_result.nodes[other].center().x() >= fixed.center().x();
                push(other, fixed, right);
                open.emplace_back(other, right);
                other = m_all.find(fixed, 0, i);
            }
            while (!open.empty() && pushes < mostPushes) {
                const auto [card, right] = open.back();
                const int other = m_all.find(m_result.nodes[card], 0, card);
                ++pushes;
                if (other < 0) {
                    open.pop_back();
                } else if (m_graph.nodes[other].fixed) {
                    push(card, m_result.nodes[other], right);
                } else {
                    push(other, m_result.nodes[card], right);
                    open.emplace_back(other, right);
                }
            }
        }
    }

    void push(int card, const QRectF &from, bool right)
    {
        QRectF &r = m_result.nodes[card];
        const double distance = right ? from.right() + room - r.left() : from.left() - room - r.right();
        r.translate(distance, 0);
        if (!m_result.frames[card].isNull())
            m_result.frames[card].translate(distance, 0);
        m_isMoved[at(card)] = 1;
        m_all.insert(card);
        for (int child = card + 1; child < m_graph.nodes.size() && !m_result.frames[card].isNull(); ++child) {
            if (m_graph.nodes[child].parent == card && !m_graph.nodes[child].fixed)
                pushChild(child, distance);
        }
    }

    void pushChild(int card, double distance)
    {
        m_result.nodes[card].translate(distance, 0);
        m_isMoved[at(card)] = 1;
        m_all.insert(card);
        if (m_result.frames[card].isNull())
            return;
        m_result.frames[card].translate(distance, 0);
        for (int child = card + 1; child < m_graph.nodes.size(); ++child) {
            if (m_graph.nodes[child].parent == card && !m_graph.nodes[child].fixed)
                pushChild(child, distance);
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
        bool isHit = isMoved(edge.from) || isMoved(edge.to);
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

    int blocking(QPointF a, QPointF b, double margin) const
    {
        const QRectF line = QRectF(a, b).normalized();
        return line.width() + line.height() > longestLook ? -1 : m_all.find(line, margin);
    }

    // Down from the start, sideways, up or down at some x, sideways, down to the end. The x are tried from the nearest
    // on; each card in the way adds its two sides.
    QList<QPointF> way(const QPointF &start, const QPointF &end) const
    {
        if (start.x() == end.x() && start.y() < end.y() && blocking(start, end, 0) < 0)
            return {start, end};
        constexpr size_t mostTries = 60;
        const double first = start.y() + stubAt(start, 1);
        const double last = end.y() - stubAt(end, -1);
        std::vector<double> tries {end.x(), start.x(), (start.x() + end.x()) / 2};
        const auto detour = [&](double x) { return std::abs(x - start.x()) + std::abs(x - end.x()); };
        const auto addSidesOf = [&](int card) {
            for (double x : {m_result.nodes[card].left() - lineRoom, m_result.nodes[card].right() + lineRoom}) {
                if (std::find(tries.begin(), tries.end(), x) == tries.end())
                    tries.push_back(x);
            }
        };
        for (size_t i = 0; i < tries.size() && i < mostTries; ++i) {
            if (i >= 3)
                std::sort(tries.begin() + static_cast<long>(i), tries.end(),
                    [&](double a, double b) { return detour(a) < detour(b); });
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
        // No clear way: the simplest.
        const double x = (start.x() + end.x()) / 2;
        return simplified({start, {start.x(), first}, {x, first}, {x, last}, {end.x(), last}, end});
    }

    // How far a line goes straight out of a port: halfway where a card is near.
    double stubAt(const QPointF &port, int direction) const
    {
        const int card = blocking(port, {port.x(), port.y() + direction * 2 * stub}, 0);
        if (card < 0)
            return stub;
        const QRectF &r = m_result.nodes[card];
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
            card = blocking({port.x(), y}, {x, y}, margin);
            if (card < 0)
                return blocking(port, {port.x(), y}, 0);
            const QRectF &r = m_result.nodes[card];
            y = direction > 0 ? r.bottom() + lineRoom : r.top() - lineRoom;
            const int between = blocking(port, {port.x(), y}, 0);
            if (between >= 0)
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
    std::vector<char> m_isMoved;
    CardIndex m_all;
    CardIndex m_moved;
};

} // namespace

void applyFixedPlaces(LayoutResult &result, const LayoutGraph &graph, const std::vector<int> &depths,
    const LayoutOptions &options, const std::stop_token &stop)
{
    Pinning(result, graph, options).run(depths, stop);
}

} // namespace automation
