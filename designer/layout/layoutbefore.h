#pragma once

#include "designer/layout/graphlayout.h"

namespace automation {

// A drawing before an edit, as working data of the layout.

// The same for a graph that is drawn from left to right.
LayoutBefore transposed(const LayoutBefore &before);

// Of the cards and lines it knows.
qreal widthOf(const LayoutBefore &before);

// The share of the cards it knows that stand as before to all they are joined to by lines it knows: at the same
// distance to the side. Down the flow they may be farther apart. 1 where it knows none, and
// where no more than five do not: a small drawing is seen at once.
double shareKept(const LayoutGraph &graph, const LayoutBefore &before, const LayoutResult &result);

} // namespace automation
