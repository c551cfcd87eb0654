#pragma once

#include <QByteArray>
#include <QList>

namespace automation {

// A piece of a text that became another one: byte offset, what stood there, what stands there now. Begins and ends
// between whole characters of UTF-8. Value type.
struct TextSplice
{
    qsizetype at = 0;
    QByteArray removed;
    QByteArray inserted;

    friend bool operator==(const TextSplice &, const TextSplice &) = default;
};

// Lists of splices are made one after the other: each names its place in the text that the ones before it left.

// False, and the text unchanged, when one does not fit.
bool applySplices(QByteArray &text, const QList<TextSplice> &splices);
QList<TextSplice> inverted(const QList<TextSplice> &splices);
// One more splice behind a list; what was typed goes on where it was typed becomes one.
void appendSplice(QList<TextSplice> &splices, const TextSplice &next);

// All that differs as one piece: what both texts begin and end with is left out. Empty when they are equal.
QList<TextSplice> textDifference(const QByteArray &before, const QByteArray &after);
// The same line by line, so that what stayed between two changes is left alone: several pieces from the last to the
// first, each without what its ends have in common. One piece where the texts differ too much for more to be of use.
QList<TextSplice> textDifferences(const QByteArray &before, const QByteArray &after);

// A text that began as base and was edited, taken along to what base has become meanwhile: changes of base come in
// where the text was left alone; where both changed, the edited text stays and hasConflict (if given) becomes true.
QByteArray mergedText(
    const QByteArray &edited, const QByteArray &base, const QByteArray &newBase, bool *hasConflict = nullptr);

} // namespace automation
