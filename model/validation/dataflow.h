#pragma once

#include "model/definition/definitiongraph.h"

#include <vector>

namespace automation {

// A step writes a variable of "data" with one of its outputs. Variables are numbered by the caller, from 0.
struct DataWrite
{
    int node = 0; // in the graph
    int variable = 0;
};

// A step looks at a variable of "data".
struct DataRead
{
    // Inputs and outputs are evaluated when the step runs, its conditions when its own outputs are written.
    enum class When : quint8 { Running, Leaving };
    int node = 0;
    int variable = 0;
    When when = When::Running;
};

// A way that is only taken when a variable of "data" holds something, as a condition asks for it.
struct DataGuard
{
    int node = 0; // whose condition it is
    int to = -1; // the node the way leads to; -1 = past the steps inside an If
    int variable = 0;
};

// Which variables of "data" earlier steps have written when a step runs, over all paths of a definition (engine
// semantics §1 to §3): the first step is the entry; outputs are written after the step and before its conditions are
// looked at; an If leads to the first step of each of its sequences, whose ends lead on behind the If, and straight on
// as well; the ends of what is jumped to from inside an If also lead on behind it. What the trigger brings is not
// looked at. Immutable after its making; any thread. Making it costs O(n log n), asking for reads that one earlier
// step surely wrote nothing more than to go through them, all others O(n) for every 64 variables.
class DataFlow
{
public:
    enum class State : quint8 {
        Never, // on no path
        Sometimes, // on some paths, not on all
        Always // on all paths
    };
    // What a step can read: for completion and lists.
    struct Available
    {
        int variable = 0;
        std::vector<int> writers; // nodes whose outputs may have written it before, in file order
        bool onAllPaths = false;
    };

    DataFlow(const DefinitionGraph &graph, std::vector<DataWrite> writes, int variableCount);

    int variableCount() const { return m_variableCount; }
    // Whether any path leads from the trigger to the node. What is asked about other nodes is answered with Never.
    bool isReached(int node) const { return m_number[size_t(node)] >= 0; }
    // The answers to many questions at once, in their order.
    std::vector<State> states(const std::vector<DataRead> &reads, const std::vector<DataGuard> &guards = {}) const;
    State state(const DataRead &read) const { return states({read}).front(); }
    // All variables that are written on some path before; none when the node is not reached.
    std::vector<Available> availableAt(int node, DataRead::When when) const;

private:
    // A place is a step that begins, or an If behind its sequences: between the two the data change. The first places
    // are the nodes of the graph.
    struct Edges // lists of ints in one piece
    {
        std::vector<int> first; // from -> its first entry in to, one more at the end
        std::vector<int> to;
        void fill(int count, const std::vector<std::pair<int, int>> &edges);
    };
    using Masks = std::vector<quint64>;

    void connect(const DefinitionGraph &graph);
    void addReturns(const DefinitionGraph &graph, const std::vector<bool> &ends);
    void search();
    void findDominators();
    void orderDominators();
    int leavingPlace(int node) const { return m_leaving[size_t(node)]; }
    int placeOf(const DataRead &read) const;
    // Answers by the dominators alone; false where they do not decide.
    std::vector<bool> surelyWritten(const std::vector<DataRead> &reads) const;
    Masks spread(const Masks &written, bool isUnwritten, const Masks &guarded) const; // guarded: of edges in m_next

    int m_nodeCount = 0;
    int m_placeCount = 0;
    int m_variableCount = 0;
    std::vector<DataWrite> m_writes; // by node
    std::vector<int> m_firstWrite; // node -> first of its writes, one more at the end
    std::vector<int> m_leaving; // node -> the place whose end is the step's end
    std::vector<int> m_owner; // place -> node
    Edges m_next; // what surely is a way
    Edges m_returns; // from ends inside an If to what is behind it
    std::vector<int> m_number; // place -> when the search came to it, -1 = never
    std::vector<int> m_places; // the inverse
    std::vector<int> m_parent; // number -> number it was reached from
    std::vector<int> m_flowOrder; // reached places, each before what it leads to except for loops
    std::vector<int> m_dominator; // number -> number of its immediate dominator, -1 for the entry
    std::vector<int> m_treeOrder; // numbers, each behind its dominator, subtrees together
    std::vector<int> m_treeEnd; // number -> where its subtree ends in m_treeOrder
};

} // namespace automation
