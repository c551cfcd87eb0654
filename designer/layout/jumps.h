#pragma once

#include "designer/layout/graphlayout.h"
#include <vector>

namespace automation {

// How far a connection would run as a line.
struct LineLength
{
    int levels = 0;
    bool isBack = false;
};

// The connections drawn as jumps and the room of their pills. Top to bottom coordinates (pills of a drawing from left
// to right lie turned), measured from the middle of a card: x from there, y from its border outwards.
class Jumps
{
public:
    // lengths: as the edges. Works on sane input only.
    Jumps(const LayoutGraph &graph, const LayoutOptions &options, const std::vector<LineLength> &lengths);

    bool isJump(int edge) const { return m_isJump[static_cast<size_t>(edge)]; }
    bool isEmpty() const { return m_isEmpty; }
    // What a card needs besides itself; 0 without pills.
    double head(int node) const { return m_nodes[static_cast<size_t>(node)].head; }
    double foot(int node) const { return m_nodes[static_cast<size_t>(node)].foot; }
    double left(int node) const { return m_nodes[static_cast<size_t>(node)].left; } // at least half the card
    double right(int node) const { return m_nodes[static_cast<size_t>(node)].right; }
    // Of the pill above a card, from the card's middle.
    double targetMiddle(int node) const { return (m_nodes[at(node)].targetLeft + m_nodes[at(node)].targetRight) / 2; }
    // The two stubs and pills of a jump between these cards.
    LayoutRoute route(int edge, const QRectF &from, const QRectF &to) const;

private:
    struct Room
    {
        double head = 0;
        double foot = 0;
        double left = 0;
        double right = 0;
        double targetLeft = 0; // of the pill above it, from its middle
        double targetRight = 0;
        double targetLength = 0; // along the flow
    };

    // Below a port, from it.
    struct SourcePill
    {
        double left = 0;
        double right = 0;
        double top = 0;
    };
    struct SidesOfPill
    {
        double left = 0;
        double right = 0;
    };
    // A way out of one node, left to right.
    struct Port
    {
        double x = 0;
        int edge = 0;
    };

    void choose(const std::vector<LineLength> &lengths);
    void placeSourcePills();
    bool needTwoRows(const std::vector<Port> &ports) const;
    bool isPillBeside(const std::vector<Port> &ports, size_t port, size_t other) const;
    SidesOfPill roomBeside(const std::vector<Port> &ports, size_t port, bool twoRows) const;
    void placePills(const std::vector<Port> &ports, bool twoRows);
    void placeTargetPills();
    double portOf(const LayoutEdge &edge) const; // from the middle
    QSizeF pillFor(double width) const; // x: across the flow
    size_t at(int index) const { return static_cast<size_t>(index); }

    const LayoutGraph &m_graph;
    const LayoutOptions &m_options;
    std::vector<char> m_isJump;
    std::vector<SourcePill> m_sourcePills; // of jumps
    std::vector<Room> m_nodes;
    bool m_isEmpty = true;
};

} // namespace automation
