#pragma once

#include "designer/layout/graphlayout.h"
#include "model/definition/definitiongraph.h"

namespace automation {

// Fixed measures of the drawing, in logical pixels.
namespace CardMetrics {
inline constexpr qreal Width = 232;
inline constexpr qreal Radius = 10;
inline constexpr qreal Padding = 11;
inline constexpr qreal Tile = 28;
inline constexpr qreal TextLeft = Padding + Tile + 9; // of title and type
inline constexpr qreal HeadHeight = 54; // icon, title and type
inline constexpr qreal SummaryHeight = 24;
inline constexpr qreal OutcomeRowHeight = 28;
inline constexpr qreal MinimumCellWidth = 58; // on average; a card grows beyond Width to keep it
inline constexpr qreal PortRadius = 5;
inline constexpr qreal AddButtonRadius = 9;
inline constexpr qreal OpenStub = 20; // from a card's bottom (right) edge to the centre of the "+" beyond it
inline constexpr qreal EdgeRadius = 8;
inline constexpr qreal HopRadius = 5; // of the arc of a line over another
inline constexpr qreal FrameRadius = 12;
inline constexpr qreal BadgeHeight = 20;
} // namespace CardMetrics

// One cell of a card's outcome row, and the port on the bottom edge below it. A card without a row has its ports at
// the middle of the bottom edge. In a drawing from left to right the cells stand below each other, each as wide as the
// card, and the ports on the right edge.
struct OutcomeCell
{
    QString key; // Outcome::key()
    Outcome::Kind kind = Outcome::Kind::Next;
    OutcomeTemplate::Tone tone = OutcomeTemplate::Tone::Neutral;
    bool isOpen = false; // leads nowhere yet
    bool isDangling = false; // names a step that does not exist
    QRectF rect; // from the card's top left corner; null without a row
    QPointF port; // from the card's top left corner

    friend bool operator==(const OutcomeCell &, const OutcomeCell &) = default;
};

// What a card shows and how large it is, without fonts or colours: plain data, any thread.
struct CardContent
{
    QString title; // the step id; the trigger's label
    QString typeLabel; // the step type in words; the trigger's name
    bool hasSummary = false;
    QString category; // of the step type; empty when the type is unknown
    QString icon; // name in resources/icons
    QList<OutcomeCell> outcomes; // as GraphNode::outcomes
    bool hasRow = false;
    bool isSideways = false; // the ways on leave at the right edge, not at the bottom
    QSizeF size;

    // The content of one node.
    static CardContent of(const GraphNode &node, const WorkflowDefinition &definition,
        LayoutOptions::Direction direction = LayoutOptions::Direction::TopToBottom);
    // What the step does. Made when asked for: most cards of a large drawing are never painted in full.
    Summary summary() const;
    // What the cell of an outcome says, without the sign of its tone: "Replied", "otherwise"; empty without a row. Read
    // from its condition when asked for, too.
    QString textOf(qsizetype outcome) const;
    QPointF middleOfExit() const; // of the edge at which the ways on leave, from the top left corner
    QPointF way(qreal distance) const; // that far away from that edge

private:
    QList<Outcome> m_ways; // as the node's
    // What else the summary is made of; empty without one.
    const StepType *m_type = nullptr;
    bool m_isTrigger = false;
    JsonPointer m_place;
    WorkflowDefinition m_definition;
};

// A card as the layout wants it: its size and ports.
LayoutNode layoutNode(const GraphNode &node, const CardContent &card);
QList<LayoutEdge> layoutEdges(const DefinitionGraph &graph);
// Both for the whole graph.
LayoutGraph layoutInput(const DefinitionGraph &graph, const QList<CardContent> &cards);

} // namespace automation
