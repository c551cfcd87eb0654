#pragma once

#include "model/definition/numbertable.h"
#include "model/definition/stepcatalog.h"
#include "model/definition/workflowdefinition.h"

#include <span>

namespace automation {

// One way out of a step. Identified within its step by key().
struct Outcome
{
    enum class Kind {
        Next, // nextStepId
        Condition, // an entry of selectNextStep with an expression
        Default, // an entry of selectNextStep with null
        Child // the first step of a do sequence, drawn inside the frame; open only in a container without steps
    };
    Kind kind = Kind::Next;
    QString target; // step id it leads to; empty = open
    QString expression; // with braces; of a Condition, open ones included
    // What it was recognised as or stands open for, owned by the catalogue; nullptr for any other condition.
    const OutcomeTemplate *known = nullptr;
    int sequence = -1; // of a Child

    bool isOpen() const { return target.isEmpty(); }
    // For people: "Replied", "'Confirm'", "otherwise"; empty for a plain next. Reads the expression at each call.
    QString label() const;
    QString templateKey() const { return known ? known->key : QString(); }
    OutcomeTemplate::Tone tone() const { return known ? known->tone : OutcomeTemplate::Tone::Neutral; }
    // "next", "when:TARGET", "open:TEMPLATEKEY", "do:SEQUENCE"
    QString key() const;
};

// What stands between a step's id and the number that makes its node key unique (U+001F).
constexpr QChar nodeKeySeparator = u'\x1f';

// The trigger or one step, as a node of the graph.
struct GraphNode
{
    // Unique in the graph and stable over edits that keep the id: the step id; a later step of the same id gets
    // U+001F and its count appended; a step without id has U+001F and its count only. The trigger's key is
    // triggerKey().
    QString key;
    QString id; // as in the file
    bool isTrigger = false;
    const StepType *type = nullptr; // nullptr = not in the catalogue
    QString typeName; // as in the file
    JsonPointer pointer; // to the step in the root; the root for the trigger
    int parent = -1; // index of the step whose "do" holds it, -1 = top level
    int sequence = -1; // index of the inner list there
    QList<Outcome> outcomes; // in the order of the file, open ones last; the card's ports
    QList<int> children; // indices of steps in its do sequences, in order
};

} // namespace automation
Q_DECLARE_TYPEINFO(automation::GraphNode, Q_RELOCATABLE_TYPE); // a list moves its nodes as a block
namespace automation {

// A line of the drawing. Targets that do not exist make no connection; see danglingOutcomes().
struct Connection
{
    int from = 0; // node index
    int outcome = 0; // index in nodes[from].outcomes
    int to = 0; // node index
    friend bool operator==(const Connection &, const Connection &) = default;
};

// The graph that is in the steps: node 0 is the trigger, then all steps depth first in file order (nested ones after
// their container). The trigger is connected to the first step. Immutable value; the catalogue must outlive it.
class DefinitionGraph
{
public:
    DefinitionGraph() = default;
    static DefinitionGraph build(const WorkflowDefinition &definition, const StepCatalog &catalog);
    // The graph of a definition after an edit, the same as build() makes, from the graph it had before: top-level steps
    // whose JSON both share are not read again. An edit that changes no connection costs next to nothing, any other
    // one O(n) small moves. earlier may be any graph of the same catalogue.
    static DefinitionGraph rebuild(
        DefinitionGraph earlier, const WorkflowDefinition &definition, const StepCatalog &catalog);
    static QString triggerKey();

    const QList<GraphNode> &nodes() const { return m_nodes; }
    const QList<Connection> &connections() const { return m_connections; }
    qsizetype stepCount() const { return m_nodes.size() - 1; }
    int indexOfKey(const QString &key) const
    {
        return m_byKey.find(key, [this](int node) { return QStringView(m_nodes.at(node).key); });
    }
    int indexOfId(const QString &stepId) const; // first step of that id, -1 when absent
    int topLevelNode(qsizetype step) const; // the node of a step of the outermost list, -1 when out of range
    // Outcomes whose target is no step: (node, outcome).
    const QList<std::pair<int, int>> &danglingOutcomes() const { return m_dangling; }
    std::span<const Connection> connectionsOf(int node) const; // that leave it; valid as long as the graph
    QList<int> connectionsFrom(int node) const; // the same, as indices into connections()
    QList<int> connectionsTo(int node) const;
    // How deep "do" may be nested; what is deeper is kept in the file but is no node.
    static constexpr int maxDepth = 100;

private:
    int nodesBefore(qsizetype step) const; // the node of a step of the outermost list, or the number of nodes
    bool hasDangling(int node) const;

    QList<GraphNode> m_nodes;
    QList<Connection> m_connections;
    QList<std::pair<int, int>> m_dangling;
    JsonValue m_steps; // what the nodes were made from
    QList<int> m_topLevel; // the node of each of them
    NumberTable m_byKey;
    bool m_hasMadeKeys = false; // a key may be another than its step's id
    QHash<QString, int> m_byId; // first of those ids that are the key of another node
    QList<int> m_firstOut; // node -> its first connection, one more at the end; connections stand in node order
    QList<int> m_firstIn; // node -> its first place in m_in, one more at the end
    QList<int> m_in; // connections by target
    friend class GraphBuilder;
};

// What a card says about its step in one line: pieces of plain text, emphasised values and expressions.
struct SummaryPiece
{
    enum class Style { Plain, Value, Expression };
    Style style = Style::Plain;
    QString text;
};
using Summary = QList<SummaryPiece>;
// "To `data.payload.source`", "Up to **5 minutes**", "POST https://…"; empty when there is nothing to say.
Summary summarise(const GraphNode &node, const WorkflowDefinition &definition);
// Whether there is something to say, which takes less time than to say it.
bool hasSummary(const GraphNode &node, const WorkflowDefinition &definition);

// "5 minutes", "1 day 6 hours"; empty when the text is no duration (reference §8, [d.]HH:mm[:ss] or whole days).
QString durationInWords(QStringView duration);

} // namespace automation
