#include "model/document/commands/stepcommands.h"

#include "model/document/commands/outcomeediting.h"
#include "model/document/commands/stepplace.h"

#include <algorithm>
#include <QCoreApplication>
#include <QSet>

namespace automation {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(StepCommands)
};

// From this many steps of one list on the whole list is replaced: taking them out one by one would be quadratic.
constexpr qsizetype removedOneByOne = 32;

class Deletion
{
public:
    Deletion(const WorkflowDefinition &definition, const DefinitionGraph &graph, bool heal)
        : m_graph(graph)
        , m_style(definition)
        , m_recorder(definition)
        , m_removed(graph.nodes().size(), false)
        , m_heal(heal)
    {
    }

    Result<DefinitionEdit> run(const WorkflowDefinition &definition, const QStringList &keys)
    {
        for (const QString &key : keys) {
            const Result<const GraphNode *> node = findNode(m_graph, key);
            if (!node)
                return node.error();
            if ((*node)->isTrigger)
                return invalidRequest(Text::tr("The trigger cannot be deleted; every workflow has one."));
            m_removed[m_graph.indexOfKey(key)] = true;
        }
        // Nested steps go with their container, which stands before them.
        for (int i = 1; i < m_removed.size(); ++i) {
            const int parent = m_graph.nodes().at(i).parent;
            const bool parentGoes = parent >= 0 && m_removed.at(parent);
            m_removed[i] = m_removed.at(i) || parentGoes;
            if (m_removed.at(i)) {
                m_edit.stepKeys += m_graph.nodes().at(i).key;
                if (!parentGoes)
                    m_roots += i;
            }
        }
        if (m_roots.isEmpty())
            return invalidRequest(Text::tr("There is no step to delete."));
        reroute(definition);
        if (m_heal)
            moveSuccessorsToFront();
        removeSteps();

        m_edit.text = m_roots.size() == 1 ? Text::tr("Delete “%1”").arg(m_graph.nodes().at(m_roots.first()).id)
                                          : Text::tr("Delete %n step(s)", nullptr, int(m_roots.size()));
        m_edit.structureChanged = true;
        return m_recorder.finish(m_edit);
    }

private:
    // Outcomes that lead to a step that goes.
    void reroute(const WorkflowDefinition &definition)
    {
        for (const Connection &connection : m_graph.connections()) {
            const GraphNode &from = m_graph.nodes().at(connection.from);
            const Outcome &outcome = from.outcomes.at(connection.outcome);
            const bool concerned = m_removed.at(connection.to) && !m_removed.at(connection.from) && !from.isTrigger
                && outcome.kind != Outcome::Kind::Child && !outlives(outcome.target);
            if (!concerned)
                continue;
            const Result<OutcomePlace> place = findOutcome(definition, m_graph, from.key, outcome.key());
            if (!place)
                continue;
            const int successor = m_heal ? survivingSuccessor(connection.to) : -1;
            const bool healed = successor > 0 && successor != connection.from
                && leadOutcome(m_recorder, m_style, *place, m_graph.nodes().at(successor).id).isOk();
            if (!healed)
                openOutcome(m_recorder, m_style, *place);
            if (m_edit.stepKeys.last() != from.key)
                m_edit.stepKeys += from.key;
            if (m_edit.reveal.isEmpty())
                m_edit.reveal = from.key;
        }
    }

    // Whether another step of that id stays.
    bool outlives(const QString &id)
    {
        if (!m_survivorsKnown) {
            for (int i = 1; i < m_removed.size(); ++i) {
                if (!m_removed.at(i))
                    m_survivors.insert(m_graph.nodes().at(i).id);
            }
            m_survivorsKnown = true;
        }
        return m_survivors.contains(id);
    }

    // The one step behind a removed one that stays, -1 when there is none or more than one.
    int survivingSuccessor(int node) const
    {
        QSet<int> visited;
        while (m_removed.at(node)) {
            if (visited.contains(node))
                return -1;
            visited.insert(node);
            QSet<int> successors;
            for (const int index : m_graph.connectionsFrom(node)) {
                const Connection &connection = m_graph.connections().at(index);
                const Outcome &outcome = m_graph.nodes().at(node).outcomes.at(connection.outcome);
                if (outcome.kind != Outcome::Kind::Child)
                    successors.insert(connection.to);
            }
            if (successors.size() != 1)
                return -1;
            node = *successors.constBegin();
        }
        return node;
    }

    // A list is entered at its first step. When that one goes, the step behind it in the flow takes its place, not
    // the one that happens to stand next.
    void moveSuccessorsToFront()
    {
        for (const int root : m_roots) {
            const GraphNode &node = m_graph.nodes().at(root);
            if (node.pointer.lastToken() != u"0")
                continue;
            const int successor = survivingSuccessor(root);
            if (successor < 0)
                continue;
            const GraphNode &next = m_graph.nodes().at(successor);
            if (next.pointer.parent() != node.pointer.parent() || next.pointer.parent().lastToken() == u"do")
                continue;
            const JsonPointer list = node.pointer.parent();
            m_newFirst.insert(list.toString(), next.pointer.lastToken().toLongLong());
            m_edit.stepKeys += next.key;
            m_edit.stepKeys += nestedKeys(m_graph, successor);
        }
    }

    void removeSteps()
    {
        struct List
        {
            JsonPointer place;
            QList<qsizetype> indices; // ascending
            int container = -1; // node whose "do" holds the list
        };
        QList<List> lists; // in file order
        QHash<QString, qsizetype> known;
        for (const int root : m_roots) {
            const JsonPointer &step = m_graph.nodes().at(root).pointer;
            const QString name = step.parent().toString();
            if (!known.contains(name)) {
                known.insert(name, lists.size());
                lists += List {step.parent(), {}, m_graph.nodes().at(root).parent};
            }
            lists[known.value(name)].indices += step.lastToken().toLongLong();
        }
        // The deepest first and later ones before earlier ones, so that the other pointers stay true.
        std::reverse(lists.begin(), lists.end());
        std::stable_sort(lists.begin(), lists.end(),
            [](const List &a, const List &b) { return a.place.tokens().size() > b.place.tokens().size(); });
        for (List &list : lists) {
            std::reverse(list.indices.begin(), list.indices.end());
            removeFrom(list.place, list.indices, list.container);
        }
    }

    // indices: descending
    void removeFrom(const JsonPointer &list, const QList<qsizetype> &indices, int container)
    {
        qsizetype first = m_newFirst.value(list.toString(), -1);
        if (indices.size() > removedOneByOne) {
            const JsonValue steps = *m_recorder.at(list);
            JsonValue rest = JsonValue::array();
            const QSet<qsizetype> gone(indices.begin(), indices.end());
            if (first >= 0)
                rest.append(steps.at(first));
            for (qsizetype i = 0; i < steps.size(); ++i) {
                if (i != first && !gone.contains(i))
                    rest.append(steps.at(i));
            }
            m_recorder.replace(list, rest);
        } else {
            for (const qsizetype index : indices) {
                m_recorder.remove(list / index);
                if (index < first)
                    --first;
            }
            if (first > 0) {
                const JsonValue step = *m_recorder.at(list / first);
                m_recorder.remove(list / first);
                m_recorder.insertElement(list, 0, step);
            }
        }
        const JsonValue *rest = m_recorder.at(list);
        const bool isSequence = list.parent().lastToken() == u"do";
        if (isSequence && rest && rest->isArray() && rest->isEmpty()) {
            m_recorder.remove(list);
            if (container >= 0)
                m_edit.stepKeys += m_graph.nodes().at(container).key;
        }
    }

    const DefinitionGraph &m_graph;
    StepStyle m_style;
    EditRecorder m_recorder;
    DefinitionEdit m_edit;
    QList<bool> m_removed;
    QList<int> m_roots; // removed steps whose container stays, in file order
    QHash<QString, qsizetype> m_newFirst; // list -> old place of the step that becomes its first
    QSet<QString> m_survivors;
    bool m_survivorsKnown = false;
    bool m_heal = false;
};

} // namespace

JsonValue newStep(const WorkflowDefinition &definition, const DefinitionGraph &graph, const StepType &type)
{
    return StepStyle(definition).newStep(type, freshStepId(graph, type));
}

Result<DefinitionEdit> addStep(const WorkflowDefinition &definition, const DefinitionGraph &graph, const StepType &type)
{
    const JsonValue step = newStep(definition, graph, type);
    const QString id = StepView(step).id();
    EditRecorder recorder(definition);
    recorder.insertElement(WorkflowDefinition::stepsPointer(), definition.steps().size(), step);
    DefinitionEdit edit;
    edit.text = Text::tr("Add %1").arg(type.label);
    edit.stepKeys = QStringList {id};
    edit.structureChanged = true;
    edit.reveal = id;
    return recorder.finish(edit);
}

Result<DefinitionEdit> deleteSteps(
    const WorkflowDefinition &definition, const DefinitionGraph &graph, const QStringList &keys, bool heal)
{
    return Deletion(definition, graph, heal).run(definition, keys);
}

} // namespace automation
