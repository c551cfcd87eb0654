#pragma once

#include "designer/drawing/graphscene.h"
#include "designer/drawing/notepainter.h"
#include "designer/drawing/runoverlay.h"

#include <QBitArray>

namespace automation {

// How many problems a step has.
struct ProblemCount
{
    int errors = 0;
    int warnings = 0;
};

// What is painted over a scene and changes more often than it: selection, pointer, problems, a run, a running gesture.
// Indices are those of the scene it is used with. Plain data.
struct SceneState
{
    QSet<int> selectedNodes;
    int selectedEdge = -1;
    SceneHit hover;
    QBitArray litEdges; // on the way of the hovered or selected step; shorter than the edges where none of the rest is
    QHash<int, ProblemCount> problems; // by node

    // Run overlay
    bool showsRun = false;
    QHash<int, NodeRun> runs; // by node; absent = not reached
    QSet<int> takenEdges;
    QSet<int> failedEdges; // taken, into a step that failed

    // Search
    bool isSearching = false; // all but what is found are dimmed
    QSet<int> found; // nodes

    // Gestures
    QSet<int> possibleTargets; // steps the dragged wire may end on; all others are dimmed while not empty
    int targetNode = -1;
    int targetEdge = -1; // a dropped step would be inserted here
    int targetOutcomeNode = -1; // a dropped step would be appended here
    int targetOutcome = -1;
    int hiddenEdge = -1; // its end is being dragged
    bool showsAddButtons = true; // false when read only
    // Cards drawn beside their place: being dragged, or on their way to it. Their lines follow.
    QHash<int, QPointF> offsets; // by node

    // Behind the cards
    QList<NoteBox> notes;
    int selectedNote = -1;

    bool isLit(int edge) const { return edge >= 0 && edge < litEdges.size() && litEdges.testBit(edge); }
    void setRun(const GraphScene &scene, const RunOverlay &overlay);
};

} // namespace automation
