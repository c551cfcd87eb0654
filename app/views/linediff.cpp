#include "app/views/linediff.h"

#include <algorithm>
#include <vector>

namespace automation {

namespace {

using Lines = QList<QByteArray>;

Lines split(const QByteArray &text)
{
    Lines lines = text.split('\n');
    for (QByteArray &line : lines) {
        if (line.endsWith('\r'))
            line.chop(1);
    }
    if (!lines.isEmpty() && lines.last().isEmpty())
        lines.removeLast();
    return lines;
}

// The steps of a shortest edit script between old[oldFrom, oldTo) and new[newFrom, newTo).
std::vector<DiffLine::Kind> shortestEdit(
    const Lines &oldLines, int oldFrom, int oldTo, const Lines &newLines, int newFrom, int newTo)
{
    const int n = oldTo - oldFrom;
    const int m = newTo - newFrom;
    constexpr int mostDifferences = 4000; // the trace needs differences² cells
    std::vector<std::vector<int>> trace;
    std::vector<int> furthest(static_cast<size_t>(2 * std::min(n + m, mostDifferences) + 3), 0);
    const int offset = static_cast<int>(furthest.size()) / 2;
    for (int d = 0; d <= std::min(n + m, mostDifferences); ++d) {
        trace.emplace_back(furthest.begin() + (offset - d), furthest.begin() + (offset + d + 1));
        for (int k = -d; k <= d; k += 2) {
            const bool down
                = k == -d || (k != d && furthest[size_t(offset + k - 1)] < furthest[size_t(offset + k + 1)]);
            int x = down ? furthest[size_t(offset + k + 1)] : furthest[size_t(offset + k - 1)] + 1;
            int y = x - k;
            while (x < n && y < m && oldLines[oldFrom + x] == newLines[newFrom + y]) {
                ++x;
                ++y;
            }
            furthest[size_t(offset + k)] = x;
            if (x < n || y < m)
                continue;
            // Walk back from the end.
            std::vector<DiffLine::Kind> steps;
            for (int depth = d; depth > 0; --depth) {
                const std::vector<int> &before = trace[size_t(depth)];
                const auto at = [&before, depth](int diagonal) { return before[size_t(diagonal + depth)]; };
                const int diagonal = x - y;
                const bool cameDown = diagonal == -depth || (diagonal != depth && at(diagonal - 1) < at(diagonal + 1));
                const int previous = cameDown ? diagonal + 1 : diagonal - 1;
                const int previousX = at(previous);
                const int previousY = previousX - previous;
                while (x > previousX && y > previousY) {
                    steps.push_back(DiffLine::Kind::Same);
                    --x;
                    --y;
                }
                steps.push_back(cameDown ? DiffLine::Kind::Added : DiffLine::Kind::Removed);
                x = previousX;
                y = previousY;
            }
            steps.insert(steps.end(), static_cast<size_t>(x), DiffLine::Kind::Same);
            std::reverse(steps.begin(), steps.end());
            return steps;
        }
    }
    std::vector<DiffLine::Kind> steps(static_cast<size_t>(n), DiffLine::Kind::Removed);
    steps.insert(steps.end(), static_cast<size_t>(m), DiffLine::Kind::Added);
    return steps;
}

} // namespace

QList<DiffLine> diffLines(const QByteArray &oldText, const QByteArray &newText, int context)
{
    if (oldText == newText)
        return {};
    const Lines oldLines = split(oldText);
    const Lines newLines = split(newText);
    int head = 0;
    while (head < oldLines.size() && head < newLines.size() && oldLines[head] == newLines[head])
        ++head;
    int oldEnd = static_cast<int>(oldLines.size());
    int newEnd = static_cast<int>(newLines.size());
    while (oldEnd > head && newEnd > head && oldLines[oldEnd - 1] == newLines[newEnd - 1]) {
        --oldEnd;
        --newEnd;
    }

    QList<DiffLine> all;
    int oldLine = 0;
    int newLine = 0;
    const auto add = [&](DiffLine::Kind kind) {
        DiffLine line {kind, {}, 0, 0, 0};
        line.text = QString::fromUtf8(kind == DiffLine::Kind::Added ? newLines[newLine] : oldLines[oldLine]);
        if (kind != DiffLine::Kind::Added)
            line.oldLine = ++oldLine;
        if (kind != DiffLine::Kind::Removed)
            line.newLine = ++newLine;
        all.append(line);
    };
    for (int i = 0; i < head; ++i)
        add(DiffLine::Kind::Same);
    for (const DiffLine::Kind kind : shortestEdit(oldLines, head, oldEnd, newLines, head, newEnd))
        add(kind);
    while (oldLine < oldLines.size())
        add(DiffLine::Kind::Same);

    // Keep the changes and what stands round them.
    std::vector<bool> keep(static_cast<size_t>(all.size()), false);
    for (int i = 0; i < all.size(); ++i) {
        if (all[i].kind == DiffLine::Kind::Same)
            continue;
        for (int j = std::max(0, i - context); j <= std::min<int>(static_cast<int>(all.size()) - 1, i + context); ++j)
            keep[static_cast<size_t>(j)] = true;
    }
    QList<DiffLine> result;
    for (int i = 0; i < all.size(); ++i) {
        if (keep[static_cast<size_t>(i)]) {
            result.append(all[i]);
        } else if (!result.isEmpty() && result.last().kind == DiffLine::Kind::Gap) {
            ++result.last().skipped;
        } else {
            result.append({DiffLine::Kind::Gap, {}, 0, 0, 1});
        }
    }
    return result;
}

} // namespace automation
