#pragma once

#include "designer/drawing/cardcontent.h"
#include "designer/drawing/gridindex.h"
#include "model/definition/numbertable.h"

#include <memory>
#include <QBitArray>
#include <QSet>
#include <span>
#include <vector>

namespace automation {

// One card of the drawing.
struct SceneNode
{
    QString key; // GraphNode::key
    QRectF box;
    QRectF frame; // round its children; null when it has none
    CardContent card;
    int parent = -1;
    bool isTrigger = false;
};

// One line or jump of the drawing. points are orthogonal and not yet rounded at the corners; between the second and the
// third of a jump's four nothing is drawn.
struct SceneEdge
{
    int from = 0;
    int outcome = 0; // index in the card's outcomes
    int to = 0;
    QList<QPointF> points;
    QRectF bounds; // with room for its arrow head and pen
    QList<QPointF> hops; // where it runs sideways over others that go down, row by row from the left
    QPointF addButton; // centre of the "+" shown while hovered
    bool isBack = false;
    QRectF sourcePill; // below the port of a jump; null for a line
    QRectF targetPill; // above its target, shared by all jumps there

    bool isJump() const { return !sourcePill.isNull(); }
    // Whether there is a line from points[point - 1] to points[point].
    bool isDrawn(qsizetype point) const { return !isJump() || point != 2; }
    // On the pill above the target, or on the arrow below it.
    bool isTargetEnd(const QPointF &point) const;
};

// What lies under a point.
struct SceneHit
{
    enum class Part {
        Nothing,
        Card,
        Outcome, // a cell of the outcome row, or the port at the card's edge: node and outcome are set
        OpenAdd, // the "+" beyond a card whose plain way on is open: node and outcome are set
        Edge,
        EdgeEnd, // the arrow head end of an edge, or a pill of a jump, for leading it elsewhere
        EdgeAdd // the "+" on an edge
    };
    Part part = Part::Nothing;
    int node = -1;
    int outcome = -1;
    int edge = -1;

    friend bool operator==(const SceneHit &, const SceneHit &) = default;
};

// A drawing ready to be painted and asked: cards with their places, frames, routed edges and an index over them.
// Logical pixels, y down. Immutable once built, so threads may share it; knows neither colours nor fonts.
class GraphScene
{
public:
    // Reads the summaries, sizes the cards, lays out and indexes; O(n log n). Null when stop was requested.
    // previous, when given: the drawing before an edit. It saves the layout if no card changed its size or fixed place
    // and no connection moved, also where it, or one of a few drawings before it, was the same (undo brings back the
    // very picture); else the new drawing stays as near to it as layoutGraph() promises, unless cards were placed by
    // hand. fixed: where the person put cards, the top left corner by key.
    static std::shared_ptr<const GraphScene> build(const WorkflowDefinition &definition, const DefinitionGraph &graph,
        const LayoutOptions &options = {}, std::stop_token stop = {}, const GraphScene *previous = nullptr,
        const QHash<QString, QPointF> &fixed = {});
    // From a finished layout. A result that does not fit the graph gives an empty scene.
    static std::shared_ptr<const GraphScene> fromLayout(
        const DefinitionGraph &graph, const QList<CardContent> &cards, const LayoutResult &layout);
    // The distances of the design.
    static LayoutOptions defaultOptions();

    const QList<SceneNode> &nodes() const { return m_nodes; }
    const QList<SceneEdge> &edges() const { return m_edges; }
    QRectF bounds() const { return m_bounds; } // of all cards, frames, edges and their badges
    int indexOfKey(const QString &key) const
    {
        return m_byKey.find(key, [this](int node) { return QStringView(m_nodes.at(node).key); });
    }
    QString keyOf(int node) const { return node >= 0 && node < m_nodes.size() ? m_nodes.at(node).key : QString(); }
    int edgeOf(int node, int outcome) const; // the edge that leaves through an outcome; -1 when open
    // Numbers of the edges at a card, ascending; valid as long as the scene.
    std::span<const int> edgesFrom(int node) const { return m_from.at(node); }
    std::span<const int> edgesTo(int node) const { return m_to.at(node); }
    QList<int> jumpsTo(int node) const; // those that share the pill above it

    // Numbers of what may be seen in a rectangle, ascending.
    QList<int> nodesIn(const QRectF &rect) const;
    QList<int> edgesIn(const QRectF &rect) const;

    // What is under a point; slack: how far beside a line or port still counts (scene units). "+" buttons count where
    // they would be shown: on any edge, and beyond the card when the way on is open.
    SceneHit hit(const QPointF &point, qreal slack = 5) const;
    QPointF portPosition(int node, int outcome) const; // on the bottom edge; left to right on the right edge
    QPointF openAddPosition(int node, int outcome) const; // centre of the "+" of an open outcome
    bool hasOpenStub(int node) const; // the card has no row and its way on is open

    // A drawing of only these cards, what is nested in them and the connections between them, each where it is here.
    // Of its cards and connections, nodes and edges then say which they are here.
    std::shared_ptr<const GraphScene> part(const QSet<int> &wanted, QList<int> *nodes, QList<int> *edges) const;

    // Edges on some way to or from the node; a bit each.
    QBitArray pathEdges(int node) const;

private:
    // What a layout was made of and what it gave.
    struct LaidOut
    {
        LayoutGraph input;
        LayoutResult result;
    };
    using LaidOutPointer = std::shared_ptr<const LaidOut>;

    // Lists of numbers, one list a card, in one block.
    class Lists
    {
    public:
        template <typename KeyOf> void build(qsizetype keys, const QList<SceneEdge> &edges, KeyOf keyOf);
        std::span<const int> at(int key) const
        {
            const auto first = m_starts.begin() + key;
            return {m_numbers.data() + *first, m_numbers.data() + *std::next(first)};
        }

    private:
        std::vector<int> m_starts;
        std::vector<int> m_numbers;
    };

    // nodes: with their cards, still without a place.
    static std::shared_ptr<GraphScene> make(
        const DefinitionGraph &graph, QList<SceneNode> nodes, const LaidOutPointer &laidOut);
    LaidOutPointer laidOut(const LayoutGraph &input) const;
    bool standsAsPlaced(const DefinitionGraph &graph, const LayoutGraph &input) const;
    LayoutBefore placesFor(const DefinitionGraph &graph, const LayoutGraph &input) const;
    void remember(const GraphScene &previous);
    void finish();
    QRectF placeOf(int number) const;

    QList<SceneNode> m_nodes;
    QList<SceneEdge> m_edges;
    QRectF m_bounds;
    NumberTable m_byKey;
    Lists m_from;
    Lists m_to;
    GridIndex m_nodeIndex;
    GridIndex m_edgeIndex;
    LaidOutPointer m_laidOut;
    QList<LaidOutPointer> m_earlier; // latest first
};

} // namespace automation
