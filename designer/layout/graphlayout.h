#pragma once

#include <optional>
#include <QList>
#include <QPointF>
#include <QRectF>
#include <QSizeF>
#include <stop_token>

namespace automation {

// Input and output of the layout: plain structs, logical pixels, y down. No widgets, no definition.

struct LayoutNode
{
    QSizeF size; // of the card
    int parent = -1; // index of the container whose frame holds it
    int sequence = -1; // which of the container's sequences
    QList<qreal> ports; // x of each outcome's port from the card's left edge; on the bottom edge.
                        // LeftToRight: y from its top edge, on the right edge
    std::optional<QPointF> fixed; // the person put its top left corner there
    qreal pillWidth = 96; // of a jump pill that names it
};

struct LayoutEdge
{
    int from = 0; // node
    int port = 0; // index in its ports
    int to = 0; // node; edges enter in the middle of the top (left) edge
};

struct LayoutGraph
{
    QList<LayoutNode> nodes; // node 0 is the trigger; children stand after their container
    QList<LayoutEdge> edges; // in outcome order per node
};

struct LayoutOptions
{
    enum class Direction { TopToBottom, LeftToRight };
    Direction direction = Direction::TopToBottom;
    qreal nodeGap = 40; // between cards of a rank
    qreal rankGap = 44; // between ranks, grows where edges need lanes
    qreal framePadding = 16; // of a container's frame round its children
    qreal pillHeight = 20;
    qreal countPillWidth = 72; // of a pill that says how many jumps lead here
    // A connection that would be drawn over more levels than these becomes a jump.
    int longestLine = 6;
    int longestLoop = 5;
};

// A line, or a jump: a pill below the port and one above the target instead of a line between them. All jumps to one
// target share its pill.
struct LayoutRoute
{
    QList<QPointF> points; // orthogonal polyline from port to target, corners not yet rounded; at least 2 points.
                           // Of a jump 4: from the port to its pill, from the target's pill to the target
    bool isBack = false; // goes against the flow (a loop)
    QRectF sourcePill; // null for a line
    QRectF targetPill;

    bool isJump() const { return !sourcePill.isNull(); }
};

struct LayoutResult
{
    QList<QRectF> nodes; // as LayoutGraph::nodes
    QList<QRectF> frames; // of containers, round their children; null for other nodes
    QList<LayoutRoute> routes; // as LayoutGraph::edges
    QRectF bounds;
    // Nodes and routes as they would be had nobody put a card anywhere; empty where nobody has.
    QList<QRectF> freeNodes;
    QList<LayoutRoute> freeRoutes;
};

// The drawing before an edit, numbered as the graph to lay out. Where cards were fixed, the free nodes and routes.
struct LayoutBefore
{
    QList<std::optional<QRectF>> nodes; // cards; no value: a new one
    QList<LayoutRoute> routes; // empty: a new edge
};

// Layered layout (break cycles, rank, order, place, route). Deterministic. Cards never overlap, routes never cross a
// card, the targets of a node's outcomes stand left to right in their order, children stand inside the frame drawn
// below their container's card. The middle of the trigger's top (left) edge lies at 0, 0, so bounds reach to both sides
// of it and an edit below leaves the trigger where it is. Edges with a node out of range get an empty route, those with
// a port out of range leave in the middle, equal edges share one route. Fixed cards stand exactly where they were put,
// even on top of each other; the others stand as they would without them unless they are in the way, and lines to fixed
// cards go round the cards they would cross if there is a way.
//
// Jumps: a connection becomes a jump when its line would pass more levels than LayoutOptions::longestLine (a loop:
// longestLoop), counted in a drawing of all connections, unless it is the shortest way forward into its target (every
// step keeps one line in) or its port leaves no room for a pill. Jumps have no say in where cards stand. Pills overlap
// no card, line or other pill; where a fixed card leaves a pill no room, the connection is a line after all.
//
// before: with it an edit changes little. Where the drawing made from the graph alone would move more than a twentieth
// of the cards, and more than five, to the side of what they are joined to, cards keep their order and places instead
// and go aside only to make room, in as few pieces as can be, until edits made the drawing twice as wide as the other.
// Where even that would move too many, all keep their rows and what is new gets a row of its own. Without it the
// drawing depends on the graph and the options alone.
//
// Any thread; checks stop now and then and returns an empty result when asked to.
LayoutResult layoutGraph(const LayoutGraph &graph, const LayoutOptions &options = {}, std::stop_token stop = {},
    const LayoutBefore *before = nullptr);

} // namespace automation
