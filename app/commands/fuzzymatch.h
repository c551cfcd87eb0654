#pragma once

#include <optional>
#include <QList>
#include <QString>

namespace automation {

// How well a few typed letters fit a text.
struct FuzzyMatch
{
    int score = 0; // more is better; only comparable for the same pattern
    QList<int> positions; // of the letters in the text that fit, ascending
};

// The letters of pattern occur in text in this order, upper and lower case the same; blanks in the pattern are skipped.
// Letters at the beginning of words and next to each other count most, early ones more than late ones. Nothing when
// they do not all occur. An empty pattern fits everything. O(pattern × text); texts are cut at 200 letters.
std::optional<FuzzyMatch> fuzzyMatch(const QString &pattern, const QString &text);

// Whether what fits are beginnings of words and what follows them, not letters scattered over the text that it fits.
bool beginsAtWords(const FuzzyMatch &match, const QString &text);

} // namespace automation
