#pragma once

#include <cstddef>
#include <limits>
#include <numeric>
#include <QtContainerFwd>
#include <utility>
#include <vector>

class QPointF;

namespace automation {

// Working data of the layout, private to this folder. A "level" is one flat drawing: the top of the workflow, a
// container's card with its frame, or the inside of a frame. One connected part of a level becomes a LayeredGraph.
// Lengths are logical pixels, x to the right, y down. Everything is measured from an item's anchor, the middle of its
// card, because columns line up on cards even where a frame reaches further to one side.

// Where something stood in the drawing before an edit, if it was in one: x of its anchor, not a number otherwise.
constexpr double noPlace = std::numeric_limits<double>::quiet_NaN();

// What a drawing after an edit keeps of the one before, beside as many distances as it can: the order in which cards
// stand side by side (else such that few lines cross), or their rows as well.
enum class Keeping { Distances, Order, Rows };

// An item of a level: a card, or a finished inner level taken as one box.
struct FlowItem
{
    double left = 0; // from the anchor to the left border
    double right = 0;
    double height = 0; // from its top border on
    int sequence = -1; // side-by-side order inside a frame
    double head = 0; // room above its top border that lines only cross straight
    double before = noPlace;
    double fresh = noPlace; // in a drawing that minds none before
    double rowBefore = noPlace; // y of its card's top border there
};

// An edge between items. An end of -1 lies outside: from -1 comes in at the top border, to -1 leaves at the bottom.
struct FlowEdge
{
    int from = -1;
    int to = -1;
    double fromX = 0; // from the source's anchor, on its bottom border
    double toX = 0; // from the target's anchor, on its top border
    int source = -1; // the node it really comes from
    int target = -1; // the node it really leads to: long edges to one target may share an outer lane
    bool hidden = false; // keeps items together, is not drawn
    double before = noPlace; // of its longest straight run
    const QList<QPointF> *lineBefore = nullptr; // borrowed; null where there was no line
};

// A place in a rank: an item, the pass of a long edge, or an end on the border (item < 0 for both).
struct LayeredNode
{
    double left = 0;
    double right = 0;
    double height = 0;
    int item = -1;
    int rank = 0;
    int position = 0; // in its rank
    double x = 0; // of the anchor
    double head = 0; // as FlowItem::head
    double before = noPlace;
    double fresh = noPlace; // as FlowItem::fresh
    bool isNew = false; // was not there before, or nobody knows where
    bool isPass() const { return item < 0; }
};

// Between neighbouring ranks; the upper end is always in the smaller rank.
struct LayeredSegment
{
    int upper = 0;
    int lower = 0;
    double upperShare = 0; // where on the node's width it is attached, -0.5 to 0.5
    double lowerShare = 0;
};

// How an edge runs through the ranks.
struct LayeredPath
{
    int first = 0; // in LayeredGraph::pathNodes, in the direction of the edge
    int count = 0; // 0: by an outer lane
    bool isBack = false; // its passes go upwards, from below its source to above its target
};

// A back edge of the graph: its passes stand beside the cards it runs along. It turns below its source, across the
// lines that go down between the source and the pass beside it, and above its target.
struct LayeredLoop
{
    int source = 0;
    int target = 0;
    int first = 0; // pass in the rank of the target
    int last = 0; // pass in the rank of the source
    double share = 0; // where on the source's width it leaves, as LayeredSegment::upperShare
    int side = 0; // -1 left of both cards, 1 right of both, 0 between; at first the side it would rather have
};

// Lists of numbers, one list a key, in one block.
class Adjacency
{
public:
    void build(int keys, const std::vector<std::pair<int, int>> &pairs);
    // The numbers below count by what keyOf() says of each; -1: it is in no list.
    template <typename KeyOf> void build(int keys, int count, const KeyOf &keyOf)
    {
        // Each list ends where the next starts, so that one array says where the next number goes and in the end where
        // the lists start. Those in no list stand before all.
        m_start.assign(static_cast<size_t>(keys) + 2, 0);
        for (int i = 0; i < count; ++i)
            ++m_start[static_cast<size_t>(keyOf(i)) + 2];
        std::partial_sum(m_start.begin(), m_start.end(), m_start.begin());
        m_values.resize(static_cast<size_t>(count));
        for (int i = 0; i < count; ++i)
            m_values[static_cast<size_t>(m_start[static_cast<size_t>(keyOf(i)) + 1]++)] = i;
    }
    int *begin(int key) { return m_values.data() + m_start[static_cast<size_t>(key)]; }
    int *end(int key) { return m_values.data() + m_start[static_cast<size_t>(key) + 1]; }
    const int *begin(int key) const { return m_values.data() + m_start[static_cast<size_t>(key)]; }
    const int *end(int key) const { return m_values.data() + m_start[static_cast<size_t>(key) + 1]; }
    int size(int key) const { return m_start[static_cast<size_t>(key) + 1] - m_start[static_cast<size_t>(key)]; }

private:
    std::vector<int> m_start;
    std::vector<int> m_values;
};

struct LayeredGraph
{
    std::vector<LayeredNode> nodes; // the items first, in their order
    std::vector<LayeredSegment> segments;
    std::vector<std::vector<int>> ranks; // nodes left to right
    std::vector<LayeredPath> paths; // as the edges
    std::vector<int> pathNodes;
    std::vector<LayeredLoop> loops;
    Adjacency above; // segments by lower node
    Adjacency below; // segments by upper node
    std::vector<std::vector<std::pair<int, int>>> constraints; // a rank: the first stands left of the second
    bool hasTopBorder = false; // the first rank holds the ends on the top border
    bool hasBottomBorder = false;
    bool isSeeded = false; // some of its items have a place before
    bool keepsOrder = false; // stands in the order of these places
    bool keepsRows = false; // and in the rows of the drawing before
};

struct Ranking
{
    std::vector<int> rank; // as the items
    std::vector<char> isBack; // as the edges
    int rankCount = 0;
    std::vector<double>
        rows; // y of each rank in the drawing before whose rows are kept, of a new one the next; or empty
};

// Adds a place in the ranks for every item and every rank a long edge passes. Edges beyond a budget that grows with the
// size of the graph get no places: they run in outer lanes, so hostile graphs stay affordable.
LayeredGraph buildLayeredGraph(
    const std::vector<FlowItem> &items, const std::vector<FlowEdge> &edges, const Ranking &ranking);

} // namespace automation
