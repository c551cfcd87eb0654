#include "model/document/textsplice.h"

#include <algorithm>
#include <cstring>
#include <vector>

namespace automation {

namespace {

// Beyond so many different lines a finer comparison is of no use to anybody.
constexpr int mostDifferences = 400;

bool isInsideCharacter(const QByteArray &text, qsizetype at)
{
    return at < text.size() && (static_cast<uchar>(text[at]) & 0xC0) == 0x80;
}

// What two stretches differ in when their common beginning and end are left out.
struct Stretch
{
    qsizetype start;
    qsizetype end;
    qsizetype newStart;
    qsizetype newEnd;
};

// How many bytes both begin with; whole blocks at a time, as almost all of them are the same.
qsizetype commonStart(const char *a, const char *b, qsizetype most)
{
    constexpr qsizetype block = 256;
    qsizetype common = 0;
    while (common + block <= most && std::memcmp(a + common, b + common, block) == 0)
        common += block;
    while (common < most && a[common] == b[common])
        ++common;
    return common;
}

// The same of their ends, which are behind their last bytes.
qsizetype commonEnd(const char *aEnd, const char *bEnd, qsizetype most)
{
    constexpr qsizetype block = 256;
    qsizetype common = 0;
    while (common + block <= most && std::memcmp(aEnd - common - block, bEnd - common - block, block) == 0)
        common += block;
    while (common < most && aEnd[-common - 1] == bEnd[-common - 1])
        ++common;
    return common;
}

Stretch trimmed(const QByteArray &before, const QByteArray &after, Stretch stretch)
{
    const char *older = before.constData();
    const char *newer = after.constData();
    const qsizetype most = std::min(stretch.end - stretch.start, stretch.newEnd - stretch.newStart);
    qsizetype common = commonStart(older + stretch.start, newer + stretch.newStart, most);
    while (common > 0
        && (isInsideCharacter(before, stretch.start + common) || isInsideCharacter(after, stretch.newStart + common)))
        --common;
    stretch.start += common;
    stretch.newStart += common;
    const qsizetype same = commonEnd(older + stretch.end, newer + stretch.newEnd, most - common);
    stretch.end -= same;
    stretch.newEnd -= same;
    while (isInsideCharacter(before, stretch.end) || isInsideCharacter(after, stretch.newEnd)) {
        ++stretch.end;
        ++stretch.newEnd;
    }
    return stretch;
}

// Begins of the lines of a stretch, and its end.
std::vector<qsizetype> lineStarts(const QByteArray &text, qsizetype start, qsizetype end)
{
    std::vector<qsizetype> starts {start};
    for (qsizetype i = text.indexOf('\n', start); i >= 0 && i + 1 < end; i = text.indexOf('\n', i + 1))
        starts.push_back(i + 1);
    starts.push_back(end);
    return starts;
}

class LineComparison
{
public:
    LineComparison(const QByteArray &before, const QByteArray &after, const Stretch &stretch)
        : m_before(before)
        , m_after(after)
        , m_older(lineStarts(before, stretch.start, stretch.end))
        , m_newer(lineStarts(after, stretch.newStart, stretch.newEnd))
    {
    }

    // Stretches of lines that differ, first to last; empty when there are too many.
    std::vector<Stretch> run()
    {
        const int n = int(m_older.size()) - 1;
        const int m = int(m_newer.size()) - 1;
        const int most = std::min(n + m, mostDifferences);
        std::vector<int> furthest(size_t(2 * most + 3), 0);
        const int offset = most + 1;
        std::vector<std::vector<int>> trace;
        for (int d = 0; d <= most; ++d) {
            trace.emplace_back(furthest.begin() + (offset - d), furthest.begin() + (offset + d + 1));
            for (int k = -d; k <= d; k += 2) {
                const bool down
                    = k == -d || (k != d && furthest[size_t(offset + k - 1)] < furthest[size_t(offset + k + 1)]);
                int x = down ? furthest[size_t(offset + k + 1)] : furthest[size_t(offset + k - 1)] + 1;
                int y = x - k;
                while (x < n && y < m && isSameLine(x, y)) {
                    ++x;
                    ++y;
                }
                furthest[size_t(offset + k)] = x;
                if (x >= n && y >= m)
                    return wayBack(trace, d, x, y);
            }
        }
        return {};
    }

private:
    bool isSameLine(int x, int y) const
    {
        const auto line = [](const QByteArray &text, const std::vector<qsizetype> &starts, int i) {
            return QByteArrayView(text).sliced(starts[size_t(i)], starts[size_t(i) + 1] - starts[size_t(i)]);
        };
        return line(m_before, m_older, x) == line(m_after, m_newer, y);
    }

    std::vector<Stretch> wayBack(const std::vector<std::vector<int>> &trace, int d, int x, int y) const
    {
        std::vector<Stretch> stretches; // last to first
        const auto add = [&](int x0, int x1, int y0, int y1) {
            const Stretch stretch {m_older[size_t(x0)], m_older[size_t(x1)], m_newer[size_t(y0)], m_newer[size_t(y1)]};
            if (!stretches.empty() && stretches.back().start == stretch.end
                && stretches.back().newStart == stretch.newEnd) {
                stretches.back().start = stretch.start;
                stretches.back().newStart = stretch.newStart;
            } else {
                stretches.push_back(stretch);
            }
        };
        for (int depth = d; depth > 0; --depth) {
            const std::vector<int> &before = trace[size_t(depth)];
            const auto at = [&before, depth](int diagonal) { return before[size_t(diagonal + depth)]; };
            const int diagonal = x - y;
            const bool cameDown = diagonal == -depth || (diagonal != depth && at(diagonal - 1) < at(diagonal + 1));
            const int previousX = at(cameDown ? diagonal + 1 : diagonal - 1);
            const int previousY = previousX - (cameDown ? diagonal + 1 : diagonal - 1);
            if (cameDown)
                add(previousX, previousX, previousY, previousY + 1);
            else
                add(previousX, previousX + 1, previousY, previousY);
            x = previousX;
            y = previousY;
        }
        std::reverse(stretches.begin(), stretches.end());
        return stretches;
    }

    const QByteArray &m_before;
    const QByteArray &m_after;
    std::vector<qsizetype> m_older;
    std::vector<qsizetype> m_newer;
};

// What differs, first to last, in places of both texts as they are.
std::vector<Stretch> stretchesOf(const QByteArray &before, const QByteArray &after, bool byLine)
{
    const Stretch whole = trimmed(before, after, {0, before.size(), 0, after.size()});
    if (whole.start == whole.end && whole.newStart == whole.newEnd)
        return {};
    if (!byLine)
        return {whole};
    // Whole lines, so that those in between can be found again.
    Stretch lines = whole;
    const qsizetype lineStart = lines.start == 0 ? 0 : before.lastIndexOf('\n', lines.start - 1) + 1;
    lines.newStart -= lines.start - lineStart;
    lines.start = lineStart;
    const qsizetype lineEnd = before.indexOf('\n', lines.end);
    const qsizetype end = lineEnd < 0 ? before.size() : lineEnd + 1;
    lines.newEnd += end - lines.end;
    lines.end = end;
    std::vector<Stretch> stretches = LineComparison(before, after, lines).run();
    if (stretches.empty())
        return {whole};
    for (Stretch &stretch : stretches) { // lines that came or went are whole lines
        if (stretch.start != stretch.end && stretch.newStart != stretch.newEnd)
            stretch = trimmed(before, after, stretch);
    }
    std::erase_if(stretches, [](const Stretch &it) { return it.start == it.end && it.newStart == it.newEnd; });
    return stretches;
}

QList<TextSplice> splicesOf(const QByteArray &before, const QByteArray &after, bool byLine)
{
    const std::vector<Stretch> stretches = stretchesOf(before, after, byLine);
    QList<TextSplice> splices;
    for (auto it = stretches.rbegin(); it != stretches.rend(); ++it) {
        splices += {
            it->start, before.mid(it->start, it->end - it->start), after.mid(it->newStart, it->newEnd - it->newStart)};
    }
    return splices;
}

// Where in the text before all of them each splice stands, first to last, when they go through it in one direction;
// else empty. pair: place and number in the list.
std::vector<std::pair<qsizetype, qsizetype>> placesBefore(const QList<TextSplice> &splices)
{
    bool isBackwards = true;
    bool isForwards = true;
    for (qsizetype i = 1; i < splices.size(); ++i) {
        const TextSplice &last = splices.at(i - 1);
        isBackwards = isBackwards && splices.at(i).at + splices.at(i).removed.size() <= last.at;
        isForwards = isForwards && splices.at(i).at >= last.at + last.inserted.size();
    }
    std::vector<std::pair<qsizetype, qsizetype>> places;
    if (!isBackwards && !isForwards)
        return places;
    places.reserve(size_t(splices.size()));
    qsizetype growth = 0; // by those before, which stand before
    for (qsizetype i = 0; i < splices.size(); ++i) {
        const qsizetype number = isForwards ? i : splices.size() - 1 - i;
        const TextSplice &splice = splices.at(number);
        places.emplace_back(splice.at - growth, number);
        if (isForwards)
            growth += splice.inserted.size() - splice.removed.size();
    }
    return places;
}

bool isAt(const TextSplice &splice, const QByteArray &text, qsizetype place)
{
    return place >= 0 && place <= text.size() && QByteArrayView(text).sliced(place).startsWith(splice.removed);
}

} // namespace

bool applySplices(QByteArray &text, const QList<TextSplice> &splices)
{
    QByteArray changed;
    // The rest of a long text is not moved for each of many.
    if (const auto places = placesBefore(splices); places.size() > 1) {
        changed.reserve(text.size());
        qsizetype done = 0;
        for (const auto &[place, number] : places) {
            const TextSplice &splice = splices.at(number);
            if (place < done || !isAt(splice, text, place))
                return false;
            changed.append(QByteArrayView(text).sliced(done, place - done)).append(splice.inserted);
            done = place + splice.removed.size();
        }
        changed.append(QByteArrayView(text).sliced(done));
        text = changed;
        return true;
    }
    changed = text;
    for (const TextSplice &splice : splices) {
        if (!isAt(splice, changed, splice.at))
            return false;
        changed.replace(splice.at, splice.removed.size(), splice.inserted);
    }
    text = changed;
    return true;
}

QList<TextSplice> inverted(const QList<TextSplice> &splices)
{
    QList<TextSplice> result;
    result.reserve(splices.size());
    for (auto it = splices.rbegin(); it != splices.rend(); ++it)
        result += {it->at, it->inserted, it->removed};
    return result;
}

void appendSplice(QList<TextSplice> &splices, const TextSplice &next)
{
    if (splices.isEmpty()) {
        splices += next;
        return;
    }
    TextSplice &last = splices.last();
    const qsizetype lastEnd = last.at + last.inserted.size();
    const qsizetype nextEnd = next.at + next.removed.size();
    if (next.at > lastEnd || nextEnd < last.at) {
        splices += next;
        return;
    }
    // What the next one takes away before and behind what the last one brought stood there before both.
    const QByteArray before = next.removed.first(std::max(qsizetype(0), last.at - next.at));
    const QByteArray behind = next.removed.last(std::max(qsizetype(0), nextEnd - lastEnd));
    const QByteArray kept = last.inserted.first(std::max(qsizetype(0), next.at - last.at));
    const QByteArray keptBehind = last.inserted.last(std::max(qsizetype(0), lastEnd - nextEnd));
    last.removed = before + last.removed + behind;
    last.inserted = kept + next.inserted + keptBehind;
    last.at = std::min(last.at, next.at);
    if (last.removed == last.inserted)
        splices.removeLast();
}

QList<TextSplice> textDifference(const QByteArray &before, const QByteArray &after)
{
    return splicesOf(before, after, false);
}

QList<TextSplice> textDifferences(const QByteArray &before, const QByteArray &after)
{
    return splicesOf(before, after, true);
}

QByteArray mergedText(const QByteArray &edited, const QByteArray &base, const QByteArray &newBase, bool *hasConflict)
{
    const std::vector<Stretch> typed = stretchesOf(base, edited, true);
    const std::vector<Stretch> changed = stretchesOf(base, newBase, true);
    QByteArray merged = edited;
    for (auto it = changed.rbegin(); it != changed.rend(); ++it) {
        const bool overlaps = std::any_of(typed.begin(), typed.end(),
            [&](const Stretch &own) { return own.start <= it->end && it->start <= own.end; });
        if (overlaps) {
            if (hasConflict)
                *hasConflict = true;
            continue;
        }
        qsizetype at = it->start;
        for (const Stretch &own : typed) {
            if (own.end < it->start)
                at += (own.newEnd - own.newStart) - (own.end - own.start);
        }
        merged.replace(at, it->end - it->start,
            QByteArrayView(newBase).sliced(it->newStart, it->newEnd - it->newStart).toByteArray());
    }
    return merged;
}

} // namespace automation
