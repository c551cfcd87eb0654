#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace automation {

// One line of a comparison.
struct DiffLine
{
    enum class Kind { Same, Removed, Added, Gap };
    Kind kind = Kind::Same;
    QString text; // without its line end; of a Gap: empty
    int oldLine = 0; // 1-based, 0 = not in the old text
    int newLine = 0;
    int skipped = 0; // of a Gap: unchanged lines left out
};

// The lines of two UTF-8 texts compared (Myers' O(ND) after common ends are cut), with `context` unchanged lines
// round each change and a Gap for the rest. Empty when both are equal. Beyond 4,000 differences the middle is
// given as removed and added as a whole, so that the cost stays bounded.
QList<DiffLine> diffLines(const QByteArray &oldText, const QByteArray &newText, int context = 3);

} // namespace automation
