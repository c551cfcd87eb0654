#include "app/commands/fuzzymatch.h"

#include <algorithm>
#include <limits>
#include <vector>

namespace automation {

namespace {

constexpr qsizetype longestText = 200;
constexpr qsizetype longestPattern = 60;
constexpr int none = std::numeric_limits<int>::min() / 2;

bool startsWord(const QString &text, qsizetype at)
{
    if (at == 0)
        return true;
    const QChar before = text.at(at - 1);
    return !before.isLetterOrNumber() || (text.at(at).isUpper() && before.isLower());
}

} // namespace

std::optional<FuzzyMatch> fuzzyMatch(const QString &pattern, const QString &text)
{
    QString wanted = pattern.toCaseFolded();
    wanted.removeIf([](QChar c) { return c.isSpace(); });
    if (wanted.isEmpty())
        return FuzzyMatch {};
    const QString given = text.left(longestText).toCaseFolded();
    if (given.size() > text.size() || wanted.size() > longestPattern || wanted.size() > given.size())
        return std::nullopt;
    // Most texts do not have the letters at all.
    qsizetype found = 0;
    for (qsizetype i = 0; i < given.size() && found < wanted.size(); ++i)
        found += given.at(i) == wanted.at(found);
    if (found < wanted.size())
        return std::nullopt;

    // best[p][t]: the score of the first p + 1 letters when the last of them is at t.
    const size_t width = size_t(given.size());
    std::vector<std::vector<int>> best(size_t(wanted.size()), std::vector<int>(width, none));
    std::vector<std::vector<int>> from(size_t(wanted.size()), std::vector<int>(width, -1));
    for (size_t p = 0; p < best.size(); ++p) {
        int before = none; // best of the letters so far, anywhere to the left but not next to t
        int beforeAt = -1;
        for (size_t t = 0; t < width; ++t) {
            if (p > 0 && t >= 2 && best[p - 1][t - 2] > before) {
                before = best[p - 1][t - 2];
                beforeAt = int(t) - 2;
            }
            if (given.at(qsizetype(t)) != wanted.at(qsizetype(p)))
                continue;
            const int own = startsWord(text, qsizetype(t)) ? 10 : 1;
            if (p == 0) {
                best[p][t] = own * 2 - int(std::min<size_t>(t, 8));
                continue;
            }
            const int next = t >= 1 && best[p - 1][t - 1] > none ? best[p - 1][t - 1] + 14 : none;
            const int far = before > none ? before - 2 : none;
            if (std::max(next, far) <= none)
                continue;
            best[p][t] = own + std::max(next, far);
            from[p][t] = next >= far ? int(t) - 1 : beforeAt;
        }
    }
    const auto last = std::max_element(best.back().begin(), best.back().end());
    if (*last <= none)
        return std::nullopt;
    FuzzyMatch match;
    match.score = *last - int(std::min<qsizetype>(given.size() / 4, 12)); // of equal ones the shorter
    int at = int(last - best.back().begin());
    for (size_t p = best.size(); p-- > 0;) {
        match.positions.prepend(at);
        at = from[p][size_t(at)];
    }
    return match;
}

bool beginsAtWords(const FuzzyMatch &match, const QString &text)
{
    for (qsizetype i = 0; i < match.positions.size(); ++i) {
        const int at = match.positions.at(i);
        const bool goesOn = i > 0 && match.positions.at(i - 1) + 1 == at;
        if (!goesOn && !startsWord(text, at))
            return false;
    }
    return true;
}

} // namespace automation
