#include "tests/layout/layoutchecks.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <vector>

namespace automation {

namespace {

constexpr qreal tolerance = 0.01;

bool overlap(const QRectF &a, const QRectF &b)
{
    return a.left() < b.right() - tolerance && b.left() < a.right() - tolerance && a.top() < b.bottom() - tolerance
        && b.top() < a.bottom() - tolerance;
}

QString text(const QRectF &r)
{
    return QStringLiteral("(%1, %2, %3 x %4)").arg(r.x()).arg(r.y()).arg(r.width()).arg(r.height());
}

bool isInside(const LayoutGraph &graph, int node, int container)
{
    for (int n = graph.nodes[node].parent; n >= 0; n = graph.nodes[n].parent) {
        if (n == container)
            return true;
    }
    return false;
}

// A jump is drawn at its ends only.
bool isDrawn(const LayoutRoute &route, qsizetype point)
{
    return !route.isJump() || point != 2;
}

// Cards by row of a grid, to look at neighbours only.
class CardIndex
{
public:
    explicit CardIndex(const LayoutResult &layout)
    {
        for (int i = 0; i < layout.nodes.size(); ++i) {
            const QRectF &r = layout.nodes[i];
            for (int row = rowOf(r.top()); row <= rowOf(r.bottom()); ++row)
                m_rows[row].push_back({r.left(), i});
            m_widest = std::max(m_widest, r.width());
        }
        for (auto &row : m_rows)
            std::sort(row.second.begin(), row.second.end());
    }

    // Calls visit(node) for the cards near the rectangle, some twice; stops when it returns false.
    template <typename Visit> void near(const QRectF &r, Visit visit) const
    {
        for (auto row = m_rows.lower_bound(rowOf(r.top())); row != m_rows.end() && row->first <= rowOf(r.bottom());
             ++row) {
            const auto &cards = row->second;
            auto card = std::lower_bound(cards.begin(), cards.end(), std::pair(r.left() - m_widest - 1, 0));
            for (; card != cards.end() && card->first <= r.right(); ++card) {
                if (!visit(card->second))
                    return;
            }
        }
    }

private:
    static int rowOf(qreal y) { return static_cast<int>(std::floor(y / 150)); }
    std::map<int, std::vector<std::pair<qreal, int>>> m_rows;
    qreal m_widest = 0;
};

} // namespace

QString findOverlap(const LayoutGraph &graph, const LayoutResult &layout)
{
    const CardIndex index(layout);
    QString fault;
    for (int i = 0; i < layout.nodes.size() && fault.isEmpty(); ++i) {
        if (layout.nodes[i].size() != graph.nodes[i].size)
            return QStringLiteral("card %1 has another size").arg(i);
        index.near(layout.nodes[i], [&](int other) {
            if (other != i && overlap(layout.nodes[i], layout.nodes[other]))
                fault = QStringLiteral("cards %1 %2 and %3 %4 overlap")
                            .arg(i)
                            .arg(text(layout.nodes[i]))
                            .arg(other)
                            .arg(text(layout.nodes[other]));
            return fault.isEmpty();
        });
    }
    return fault;
}

QString findFrameFault(const LayoutGraph &graph, const LayoutResult &layout)
{
    const CardIndex index(layout);
    QString fault;
    for (int i = 0; i < graph.nodes.size(); ++i) {
        const int parent = graph.nodes[i].parent;
        if (parent < 0)
            continue;
        if (!layout.frames[parent].contains(layout.nodes[i]))
            return QStringLiteral("frame %1 %2 does not contain card %3 %4")
                .arg(parent)
                .arg(text(layout.frames[parent]))
                .arg(i)
                .arg(text(layout.nodes[i]));
        if (!layout.frames[i].isNull() && !layout.frames[parent].contains(layout.frames[i]))
            return QStringLiteral("frame %1 does not contain frame %2").arg(parent).arg(i);
    }
    std::vector<int> frames;
    for (int i = 0; i < graph.nodes.size(); ++i) {
        const QRectF &frame = layout.frames[i];
        if (frame.isNull())
            continue;
        if (frame.top() <= layout.nodes[i].bottom())
            return QStringLiteral("frame %1 does not stand below its card").arg(i);
        index.near(frame, [&](int other) {
            if (!isInside(graph, other, i) && overlap(frame, layout.nodes[other]))
                fault = QStringLiteral("frame %1 %2 covers card %3 %4")
                            .arg(i)
                            .arg(text(frame))
                            .arg(other)
                            .arg(text(layout.nodes[other]));
            return fault.isEmpty();
        });
        for (int other : frames) {
            if (overlap(frame, layout.frames[other]) && !isInside(graph, i, other) && !isInside(graph, other, i))
                fault = QStringLiteral("frames %1 and %2 overlap").arg(i).arg(other);
        }
        frames.push_back(i);
        if (!fault.isEmpty())
            return fault;
    }
    return {};
}

QString findRouteFault(const LayoutGraph &graph, const LayoutResult &layout)
{
    if (layout.routes.size() != graph.edges.size())
        return QStringLiteral("%1 routes for %2 edges").arg(layout.routes.size()).arg(graph.edges.size());
    for (int i = 0; i < graph.edges.size(); ++i) {
        const LayoutEdge &edge = graph.edges[i];
        const QList<QPointF> &points = layout.routes[i].points;
        const QString name = QStringLiteral("route %1 from %2 to %3 ").arg(i).arg(edge.from).arg(edge.to);
        if (points.size() < 2)
            return name + QStringLiteral("has %1 points").arg(points.size());
        const bool isJump = layout.routes[i].isJump();
        if (isJump && points.size() != 4)
            return name + QStringLiteral("jumps with %1 points").arg(points.size());
        const QRectF from = layout.nodes[edge.from];
        const QRectF to = layout.nodes[edge.to];
        const QPointF start(
            from.left() + graph.nodes[edge.from].ports.value(edge.port, from.width() / 2), from.bottom());
        if ((points.first() - start).manhattanLength() > tolerance)
            return name + QStringLiteral("does not start at its port");
        const bool endsBeside = isJump && points.last().x() >= to.left() && points.last().x() <= to.right();
        if ((points.last() - QPointF(endsBeside ? points.last().x() : to.center().x(), to.top())).manhattanLength()
            > tolerance)
            return name + QStringLiteral("does not end at its target");
        if (points[1].y() <= points[0].y() || points[points.size() - 2].y() >= points.last().y())
            return name + QStringLiteral("does not leave or enter downwards");
        for (qsizetype p = 1; p < points.size(); ++p) {
            const QPointF step = points[p] - points[p - 1];
            if (isDrawn(layout.routes[i], p) && step.x() != 0 && step.y() != 0)
                return name + QStringLiteral("has an oblique line");
            if (!layout.bounds.adjusted(-tolerance, -tolerance, tolerance, tolerance).contains(points[p]))
                return name + QStringLiteral("leaves the bounds");
        }
    }
    return {};
}

QString findRouteThroughCard(const LayoutGraph &graph, const LayoutResult &layout)
{
    const CardIndex index(layout);
    QString fault;
    for (int i = 0; i < layout.routes.size() && fault.isEmpty(); ++i) {
        const QList<QPointF> &points = layout.routes[i].points;
        for (qsizetype p = 1; p < points.size() && fault.isEmpty(); ++p) {
            if (!isDrawn(layout.routes[i], p))
                continue;
            const QRectF line = QRectF(points[p - 1], points[p]).normalized();
            index.near(line, [&](int node) {
                const QRectF card = layout.nodes[node].adjusted(tolerance, tolerance, -tolerance, -tolerance);
                if (line.left() < card.right() && card.left() < line.right() + tolerance && line.top() < card.bottom()
                    && card.top() < line.bottom() + tolerance && card.isValid() && line.right() > card.left()
                    && line.bottom() > card.top())
                    fault = QStringLiteral("route %1 from %2 to %3 crosses card %4 %5 at line %6")
                                .arg(i)
                                .arg(graph.edges[i].from)
                                .arg(graph.edges[i].to)
                                .arg(node)
                                .arg(text(layout.nodes[node]), text(line));
                return fault.isEmpty();
            });
        }
    }
    return fault;
}

QString findSharedLine(const LayoutGraph &graph, const LayoutResult &layout)
{
    struct Line
    {
        qreal low;
        qreal high;
        int edge;
    };
    for (bool vertical : {true, false}) {
        std::map<qreal, std::vector<Line>> lines;
        for (int i = 0; i < layout.routes.size(); ++i) {
            const QList<QPointF> &points = layout.routes[i].points;
            for (qsizetype p = 1; p < points.size(); ++p) {
                const QPointF a = points[p - 1];
                const QPointF b = points[p];
                if (!isDrawn(layout.routes[i], p) || (a.x() == b.x()) != vertical)
                    continue;
                const qreal at = vertical ? a.x() : a.y();
                const QRectF line = QRectF(a, b).normalized();
                const qreal low = vertical ? line.top() : line.left();
                const qreal high = vertical ? line.bottom() : line.right();
                lines[at].push_back({low, high, i});
            }
        }
        for (auto &[at, list] : lines) {
            std::sort(list.begin(), list.end(), [](const Line &a, const Line &b) { return a.low < b.low; });
            for (size_t i = 0; i < list.size(); ++i) {
                for (size_t j = i + 1; j < list.size() && list[j].low < list[i].high - tolerance; ++j) {
                    const LayoutEdge &a = graph.edges[list[i].edge];
                    const LayoutEdge &b = graph.edges[list[j].edge];
                    const bool samePort = a.from == b.from && a.port == b.port;
                    if (samePort || (vertical && a.to == b.to))
                        continue;
                    return QStringLiteral("routes %1 (%2 to %3) and %4 (%5 to %6) share a line at %7 from %8 to %9")
                        .arg(list[i].edge)
                        .arg(a.from)
                        .arg(a.to)
                        .arg(list[j].edge)
                        .arg(b.from)
                        .arg(b.to)
                        .arg(at)
                        .arg(list[j].low)
                        .arg(std::min(list[i].high, list[j].high));
                }
            }
        }
    }
    return {};
}

QString findOutOfOrder(const LayoutGraph &graph, const LayoutResult &layout)
{
    std::vector<int> onlySource(static_cast<size_t>(graph.nodes.size()), -1);
    for (const LayoutEdge &edge : graph.edges) {
        int &source = onlySource[static_cast<size_t>(edge.to)];
        source = source < 0 || source == edge.from ? edge.from : graph.nodes.size();
    }
    int previous = -1;
    std::set<int> seen; // the first of a target's outcomes counts
    std::map<qreal, std::pair<int, qreal>> lastInRow; // y: card, x
    for (const LayoutEdge &edge : graph.edges) {
        if (edge.from != previous) {
            lastInRow.clear();
            seen.clear();
        }
        previous = edge.from;
        if (onlySource[static_cast<size_t>(edge.to)] != edge.from || edge.to == edge.from)
            continue;
        if (!seen.insert(edge.to).second)
            continue;
        const QRectF &card = layout.nodes[edge.to];
        const auto last = lastInRow.find(card.top());
        if (last != lastInRow.end() && last->second.second > card.x())
            return QStringLiteral("targets %1 and %2 of %3 stand in the wrong order")
                .arg(last->second.first)
                .arg(edge.to)
                .arg(edge.from);
        lastInRow[card.top()] = {edge.to, card.x()};
    }
    return {};
}

QString findPillFault(const LayoutGraph &graph, const LayoutResult &layout)
{
    const CardIndex cards(layout);
    LayoutResult pills; // as cards, and what they belong to
    QList<int> owners;
    QString fault;
    for (int i = 0; i < layout.routes.size() && fault.isEmpty(); ++i) {
        const LayoutRoute &route = layout.routes[i];
        if (!route.isJump())
            continue;
        const QString name
            = QStringLiteral("jump %1 from %2 to %3 ").arg(i).arg(graph.edges[i].from).arg(graph.edges[i].to);
        for (const QRectF &pill : {route.sourcePill, route.targetPill}) {
            if (pill.width() < 18 || pill.height() < 18 || !layout.bounds.contains(pill))
                return name + QStringLiteral("has a pill %1 too small or out of bounds").arg(text(pill));
            cards.near(pill, [&](int card) {
                if (overlap(layout.nodes[card], pill))
                    fault = name + QStringLiteral("has pill %1 on card %2").arg(text(pill)).arg(card);
                return fault.isEmpty();
            });
            // Jumps to one target share its pill, equal connections share both.
            if (!pills.nodes.contains(pill)) {
                pills.nodes.append(pill);
                owners.append(i);
            }
        }
        if (route.sourcePill.left() > route.points[1].x() || route.sourcePill.right() < route.points[1].x()
            || route.sourcePill.top() != route.points[1].y())
            return name + QStringLiteral("has a stub beside its pill");
        if (route.targetPill.bottom() != route.points[2].y())
            return name + QStringLiteral("has an arrow beside its pill");
    }
    const CardIndex index(pills);
    for (int i = 0; i < pills.nodes.size() && fault.isEmpty(); ++i) {
        index.near(pills.nodes[i], [&](int other) {
            if (other != i && overlap(pills.nodes[i], pills.nodes[other]))
                fault = QStringLiteral("pills of jumps %1 and %2 overlap").arg(owners[i]).arg(owners[other]);
            return fault.isEmpty();
        });
    }
    for (int i = 0; i < layout.routes.size() && fault.isEmpty(); ++i) {
        const LayoutRoute &route = layout.routes[i];
        for (qsizetype p = 1; p < route.points.size() && fault.isEmpty(); ++p) {
            if (!isDrawn(route, p))
                continue;
            const QRectF line = QRectF(route.points[p - 1], route.points[p]).normalized().adjusted(-1, -1, 1, 1);
            index.near(line, [&](int pill) {
                const bool isOwn = route.isJump()
                    && (pills.nodes[pill] == route.sourcePill || pills.nodes[pill] == route.targetPill);
                if (!isOwn && overlap(line, pills.nodes[pill]))
                    fault = QStringLiteral("route %1 runs over a pill of jump %2 %3")
                                .arg(i)
                                .arg(owners[pill])
                                .arg(text(pills.nodes[pill]));
                return fault.isEmpty();
            });
        }
    }
    return fault;
}

QString findFault(const LayoutGraph &graph, const LayoutResult &layout)
{
    for (auto check : {findOverlap, findFrameFault, findRouteFault, findRouteThroughCard, findSharedLine,
             findOutOfOrder, findPillFault}) {
        const QString fault = check(graph, layout);
        if (!fault.isEmpty())
            return fault;
    }
    return {};
}

} // namespace automation
