#pragma once

#include "designer/layout/componentlayout.h"
#include "designer/layout/graphlayout.h"
#include "designer/layout/jumps.h"
#include <memory>
#include <span>
#include <stop_token>

namespace automation {

// Containers: turns the graph into a tree of levels (the top; a container's card with its frame; the inside of a
// frame), lays them out from the innermost, and puts the pieces of every edge together. Works on sane input only:
// graphlayout.cpp cleans it. Borrows the graph.
class Nesting
{
public:
    // depths: how deep each node is nested, parents valid and without cycles.
    // before: the drawing before an edit to keep the distances of, or null; fresh: what a drawing without it is
    // like, to go back to it bit by bit. Borrowed too. keeping: what else is to stay as before, even where that makes
    // lines cross.
    Nesting(const LayoutGraph &graph, const std::vector<int> &depths, const LayoutOptions &options,
        const LayoutBefore *before = nullptr, const LayoutResult *fresh = nullptr,
        Keeping keeping = Keeping::Distances);

    // False when stopped.
    bool run(const std::stop_token &stop);
    LayoutResult result() const;
    const Jumps &jumps() const { return *m_jumps; }

private:
    enum class Kind { Top, Container, Frame };

    // One level, an item of its parent level.
    struct Level
    {
        Kind kind = Kind::Top;
        int parent = -1;
        int itemInParent = -1;
        int depth = 0;
        int container = -1; // node
        int rootItem = -1;
        std::vector<FlowItem> items;
        std::vector<FlowEdge> edges;
        std::vector<std::pair<int, int>> sources; // of edges: inner level and its edge that goes on here, or -1
        std::vector<std::pair<int, int>> targets;
        FlowDrawing drawing;
        double anchor = 0; // x, in the drawing
        double padding = 0;
        double lift = 0; // how far a container's pills reach above its place in the parent level
        std::pair<int, int> entry {-1, -1}; // of all lines to a container's card: the edge that comes in
    };

    FlowItem itemOf(int node) const;
    int addLevel(Kind kind, int parent, int container);
    int addItem(int level, const FlowItem &item);
    std::pair<int, int> addEdge(
        int level, const FlowEdge &edge, std::pair<int, int> source, std::pair<int, int> target);
    void buildLevels(const std::vector<int> &depths);
    void findEnteredAtCard();
    void buildEdges();
    void buildEdge(int index);
    std::span<const std::pair<int, int>> piecesOf(int edge) const; // in its direction: level and edge there
    std::vector<LineLength> measureLines() const;
    void takeJumpsOut();
    void finish(Level &level);
    double anchorBefore(const Level &level) const;
    void passToParent(const Level &level);

    const LayoutGraph &m_graph;
    const LayoutOptions &m_options;
    const LayoutBefore *const m_before;
    const LayoutResult *const m_fresh;
    const Keeping m_keeping;
    std::vector<Level> m_levels;
    std::vector<int> m_levelOf; // of each node's card
    std::vector<int> m_itemOf;
    std::vector<int> m_frameOf; // level inside the node's frame, or -1
    std::vector<char> m_isEnteredAtCard;
    std::vector<std::pair<int, int>> m_pieces; // of all edges, one after the other
    std::vector<size_t> m_firstPiece; // of each edge, and one more
    std::vector<char> m_isBack; // of each edge
    std::unique_ptr<Jumps> m_jumps;
};

} // namespace automation
