#pragma once

#include "designer/layout/graphlayout.h"
#include <QSet>

namespace automation {

// Small edits of a graph, as people make them, and what stays where it was. New cards stand last, so that numbers stay.

LayoutGraph withStepOn(const LayoutGraph &graph, qsizetype edge); // a card more on an edge
LayoutGraph withOutcome(const LayoutGraph &graph, int node); // another outcome, leading to a new card
LayoutGraph withStepAfter(const LayoutGraph &graph, int node, int port); // a new card on an open outcome
// Without a step that has one way on at most: what led to it leads to its target, if there is one. Its number stays, as
// a card alone.
LayoutGraph withoutStep(const LayoutGraph &graph, int node);
int openPort(const LayoutGraph &graph, int node); // -1: none

// The drawing of a graph for the one after an edit.
LayoutBefore asBefore(const LayoutGraph &graph, const LayoutResult &drawing, const LayoutGraph &changed);

// The share of the steps (but the touched ones) that stand below or above all their neighbours as before: at the same
// distance to the side. Neighbours are joined by a line; jumps have none, wherever their ends stand. Down the flow they
// may have moved apart, by the room of the new step or its lines. Top to bottom.
double keptShare(const LayoutGraph &graph, const LayoutResult &before, const LayoutGraph &changed,
    const LayoutResult &after, const QSet<int> &touched);

// A drawing from left to right as one from top to bottom, and the other way round.
LayoutGraph turned(const LayoutGraph &graph);
LayoutResult turned(const LayoutResult &layout);

} // namespace automation
