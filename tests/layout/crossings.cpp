#include "tests/layout/crossings.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

namespace automation {

namespace {

struct Segment
{
    QPointF a;
    QPointF b;
    int line = 0;
    qreal left() const { return std::min(a.x(), b.x()); }
    qreal right() const { return std::max(a.x(), b.x()); }
    qreal top() const { return std::min(a.y(), b.y()); }
    qreal bottom() const { return std::max(a.y(), b.y()); }
};

constexpr qreal rowHeight = 200;

qreal side(const Segment &s, const QPointF &p)
{
    return (s.b.x() - s.a.x()) * (p.y() - s.a.y()) - (s.b.y() - s.a.y()) * (p.x() - s.a.x());
}

// The ends of each stand clearly on both sides of the other.
bool cross(const Segment &s, const Segment &t)
{
    constexpr qreal touching = 0.01; // pixels
    const qreal lengthOfS = std::hypot(s.b.x() - s.a.x(), s.b.y() - s.a.y());
    const qreal lengthOfT = std::hypot(t.b.x() - t.a.x(), t.b.y() - t.a.y());
    const qreal a = side(s, t.a) / lengthOfS;
    const qreal b = side(s, t.b) / lengthOfS;
    const qreal c = side(t, s.a) / lengthOfT;
    const qreal d = side(t, s.b) / lengthOfT;
    const auto opposite
        = [](qreal x, qreal y) { return (x > touching && y < -touching) || (x < -touching && y > touching); };
    return opposite(a, b) && opposite(c, d);
}

} // namespace

long countCrossings(const QList<DrawnLine> &lines)
{
    std::map<int, std::vector<Segment>> rows;
    for (int i = 0; i < lines.size(); ++i) {
        const QList<QPointF> &points = lines[i].points;
        for (qsizetype p = 1; p < points.size(); ++p) {
            const Segment segment {points[p - 1], points[p], i};
            if (segment.a == segment.b)
                continue;
            const int last = static_cast<int>(std::floor(segment.bottom() / rowHeight));
            for (int row = static_cast<int>(std::floor(segment.top() / rowHeight)); row <= last; ++row)
                rows[row].push_back(segment);
        }
    }
    long crossings = 0;
    for (auto &[row, segments] : rows) {
        std::sort(segments.begin(), segments.end(), [](auto &s, auto &t) { return s.left() < t.left(); });
        for (size_t i = 0; i < segments.size(); ++i) {
            const Segment &s = segments[i];
            for (size_t j = i + 1; j < segments.size() && segments[j].left() < s.right() + 0.01; ++j) {
                const Segment &t = segments[j];
                // A pair in several rows counts in the first row both are in.
                const int first = static_cast<int>(std::floor(std::max(s.top(), t.top()) / rowHeight));
                const DrawnLine &a = lines[s.line];
                const DrawnLine &b = lines[t.line];
                if (a.from != b.from && a.to != b.to && first == row && s.top() < t.bottom() && t.top() < s.bottom()
                    && cross(s, t))
                    ++crossings;
            }
        }
    }
    return crossings;
}

} // namespace automation
