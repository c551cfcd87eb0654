#include "model/document/commands/ordercommands.h"

#include "model/document/commands/outcomeediting.h"
#include "model/document/commands/stepcommands.h"

#include <QCoreApplication>
#include <QSet>

namespace automation {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(StepCommands)
};

const QString selectMember = u"selectNextStep"_qs;

// An element taken out of an array, and what that means for a place in or behind it.
void shiftBehindRemoval(ListPlace &place, const JsonPointer &list, qsizetype index)
{
    const qsizetype depth = list.tokens().size();
    if (place.list == list) {
        if (place.index > index)
            --place.index;
        return;
    }
    if (!place.list.startsWith(list))
        return;
    QStringList tokens = place.list.tokens();
    const qsizetype own = tokens.at(depth).toLongLong();
    if (own > index)
        tokens[depth] = QString::number(own - 1);
    place.list = JsonPointer(tokens);
}

class Move
{
public:
    Move(const WorkflowDefinition &definition, const DefinitionGraph &graph)
        : m_definition(definition)
        , m_graph(graph)
        , m_style(definition)
        , m_recorder(definition)
    {
    }

    Result<DefinitionEdit> run(const QStringList &keys, const StepPlace &place)
    {
        const Result<QList<int>> chosen = outermostSteps(m_graph, keys);
        if (!chosen)
            return chosen.error();
        const Result<ListPlace> where = resolvePlace(m_definition, m_graph, place);
        if (!where)
            return where.error();
        m_place = *where;
        QList<JsonValue> steps;
        for (const int node : *chosen) {
            const GraphNode &step = m_graph.nodes().at(node);
            if (m_place.list.startsWith(step.pointer)) {
                return invalidRequest(Text::tr("“%1” cannot be moved into itself.").arg(step.id));
            }
            if (!standsInList(step))
                return noSequenceError(m_graph.nodes().at(qMax(0, step.parent)));
            steps += *m_recorder.at(step.pointer);
            m_moved.insert(node);
        }
        if (staysWhereItIs(*chosen))
            return DefinitionEdit();
        // From the last to the first, so that the pointers of the others stay true.
        for (qsizetype i = chosen->size() - 1; i >= 0; --i)
            takeOut(chosen->at(i));
        if (!m_place.owner.isEmpty())
            m_edit.stepKeys += m_place.owner;
        insertSteps(m_recorder, m_style, m_place, steps);

        for (const int node : *chosen) {
            m_edit.stepKeys += m_graph.nodes().at(node).key;
            m_edit.stepKeys += nestedKeys(m_graph, node);
        }
        m_edit.text = chosen->size() == 1 ? Text::tr("Move “%1”").arg(m_graph.nodes().at(chosen->first()).id)
                                          : Text::tr("Move %n step(s)", nullptr, int(chosen->size()));
        m_edit.structureChanged = true;
        addKeysAfter(steps.size());
        return m_recorder.finish(m_edit);
    }

private:
    bool staysWhereItIs(const QList<int> &chosen) const
    {
        for (qsizetype i = 0; i < chosen.size(); ++i) {
            const JsonPointer &step = m_graph.nodes().at(chosen.at(i)).pointer;
            const qsizetype first = m_graph.nodes().at(chosen.first()).pointer.lastToken().toLongLong();
            const bool isNext = step.lastToken().toLongLong() == first + i;
            if (step.parent() != m_place.list || !isNext || m_place.index < first
                || m_place.index > first + chosen.size())
                return false;
        }
        return true;
    }

    void takeOut(int index)
    {
        const GraphNode &node = m_graph.nodes().at(index);
        const JsonPointer list = node.pointer.parent();
        const qsizetype at = node.pointer.lastToken().toLongLong();
        m_recorder.remove(node.pointer);
        shiftBehindRemoval(m_place, list, at);
        const JsonValue *rest = m_recorder.at(list);
        if (!rest)
            return;
        const bool staysInList = m_place.list == list;
        if (rest->isEmpty() && node.parent >= 0 && !staysInList) {
            m_recorder.remove(list);
            shiftBehindRemoval(m_place, list.parent(), list.lastToken().toLongLong());
            m_edit.stepKeys += m_graph.nodes().at(node.parent).key;
            // When a list beside it changes as well, that one is written anew: lists have no name to be known by.
            if (m_place.list.parent() == list.parent())
                m_edit.stepKeys += nestedKeys(m_graph, node.parent);
        } else if (at == 0 && !staysInList) {
            bringSuccessorToFront(index, list);
        }
    }

    // The step behind the one that was the first of its list.
    void bringSuccessorToFront(int index, const JsonPointer &list)
    {
        QSet<QString> targets;
        for (const int i : m_graph.connectionsFrom(index)) {
            const Connection &connection = m_graph.connections().at(i);
            const Outcome &outcome = m_graph.nodes().at(index).outcomes.at(connection.outcome);
            const GraphNode &to = m_graph.nodes().at(connection.to);
            if (outcome.kind != Outcome::Kind::Child && to.pointer.parent() == list && !m_moved.contains(connection.to))
                targets.insert(to.id);
        }
        if (targets.size() != 1)
            return;
        const JsonValue *steps = m_recorder.at(list);
        for (qsizetype i = 1; i < steps->size(); ++i) {
            if (StepView(steps->at(i)).id() != *targets.constBegin())
                continue;
            const JsonValue step = steps->at(i);
            const int node = m_graph.indexOfId(*targets.constBegin());
            m_edit.stepKeys += m_graph.nodes().at(node).key;
            m_edit.stepKeys += nestedKeys(m_graph, node);
            m_recorder.remove(list / i);
            m_recorder.insertElement(list, 0, step);
            // A place deeper inside the list's steps.
            const qsizetype depth = list.tokens().size();
            if (m_place.list != list && m_place.list.startsWith(list)) {
                QStringList tokens = m_place.list.tokens();
                const qsizetype own = tokens.at(depth).toLongLong();
                tokens[depth] = QString::number(own == i ? 0 : own < i ? own + 1 : own);
                m_place.list = JsonPointer(tokens);
            }
            return;
        }
    }

    // Steps of equal ids are told apart by their order, which has changed.
    void addKeysAfter(qsizetype count)
    {
        m_edit.reveal = m_graph.nodes().at(*std::min_element(m_moved.begin(), m_moved.end())).key;
        const Result<WorkflowDefinition> changed = WorkflowDefinition::fromEdited(m_recorder.root());
        if (!changed)
            return;
        const StepCatalog noTypes; // keys need none
        const DefinitionGraph after = DefinitionGraph::build(*changed, noTypes);
        for (int i = 1; i < after.nodes().size(); ++i) {
            const GraphNode &node = after.nodes().at(i);
            const qsizetype at = node.pointer.lastToken().toLongLong();
            const bool isMoved
                = node.pointer.parent() == m_place.list && at >= m_place.index && at < m_place.index + count;
            if (!isMoved)
                continue;
            if (at == m_place.index)
                m_edit.reveal = node.key;
            m_edit.created += node.key;
            m_edit.stepKeys += node.key;
            m_edit.stepKeys += nestedKeys(after, i);
        }
        m_edit.stepKeys.removeDuplicates();
    }

    const WorkflowDefinition &m_definition;
    const DefinitionGraph &m_graph;
    StepStyle m_style;
    EditRecorder m_recorder;
    DefinitionEdit m_edit;
    ListPlace m_place; // as it is after what was taken out so far
    QSet<int> m_moved;
};

bool standsTwice(const JsonValue &object, const QString &key)
{
    int count = 0;
    for (qsizetype i = 0; i < object.size(); ++i)
        count += object.keyAt(i) == key ? 1 : 0;
    return count > 1;
}

// An outcome that is an entry of selectNextStep.
Result<OutcomePlace> findEntry(
    const WorkflowDefinition &definition, const DefinitionGraph &graph, const QString &key, const QString &outcomeKey)
{
    Result<OutcomePlace> place = findOutcome(definition, graph, key, outcomeKey);
    if (place && (place->node->isTrigger || !place->hasEntry))
        return invalidRequest(Text::tr("This way out of “%1” has no condition and no order.").arg(place->node->id));
    return place;
}

} // namespace

Result<DefinitionEdit> moveSteps(
    const WorkflowDefinition &definition, const DefinitionGraph &graph, const QStringList &keys, const StepPlace &place)
{
    return Move(definition, graph).run(keys, place);
}

Result<DefinitionEdit> moveOutcome(const WorkflowDefinition &definition, const DefinitionGraph &graph,
    const QString &key, const QString &outcomeKey, qsizetype position)
{
    const Result<OutcomePlace> place = findEntry(definition, graph, key, outcomeKey);
    if (!place)
        return place.error();
    EditRecorder recorder(definition);
    const JsonPointer select = place->node->pointer / selectMember;
    const JsonValue entries = *recorder.at(select);
    const QString &target = place->outcome.target;
    if (standsTwice(entries, target)) {
        return invalidRequest(Text::tr(
            "“%1” stands twice in selectNextStep of “%2”; only the last one counts. Remove the other one first.")
                                  .arg(target, place->node->id));
    }
    if (position < 0 || position >= entries.size())
        return invalidRequest(Text::tr("“%1” has no outcome number %2.").arg(place->node->id).arg(position + 1));
    DefinitionEdit edit;
    edit.text = Text::tr("Reorder the outcomes of “%1”").arg(place->node->id);
    edit.stepKeys = QStringList {key};
    edit.structureChanged = true;
    edit.reveal = key;
    if (entries.indexOf(target) != position) {
        const JsonValue condition = entries.value(target);
        recorder.remove(select / target);
        recorder.insertMember(select, position, target, condition);
    }
    return recorder.finish(edit);
}

Result<DefinitionEdit> setCondition(const WorkflowDefinition &definition, const DefinitionGraph &graph,
    const QString &key, const QString &outcomeKey, const std::optional<QString> &condition, const QString &mergeKey)
{
    const Result<OutcomePlace> place = findEntry(definition, graph, key, outcomeKey);
    if (!place)
        return place.error();
    const GraphNode &node = *place->node;
    JsonValue value;
    if (condition) {
        const bool isBare = !condition->contains(u"{{") && !condition->trimmed().isEmpty();
        value = isBare ? u"{{%1}}"_qs.arg(condition->trimmed()) : *condition;
    } else {
        for (const Outcome &other : node.outcomes) {
            const bool isOther = other.target != place->outcome.target;
            if (other.kind == Outcome::Kind::Default && !other.isOpen() && isOther) {
                return invalidRequest(Text::tr("“%1” goes to “%2” by default already; give that one a condition first.")
                                          .arg(node.id, other.target));
            }
        }
    }
    EditRecorder recorder(definition);
    recorder.replace(node.pointer / selectMember / place->outcome.target, value);
    DefinitionEdit edit;
    edit.text = condition ? Text::tr("Change the condition for “%1”").arg(place->outcome.target)
                          : Text::tr("Make “%1” the default").arg(place->outcome.target);
    edit.stepKeys = QStringList {key};
    edit.structureChanged = true;
    edit.reveal = key;
    edit.mergeKey = mergeKey;
    return recorder.finish(edit);
}

Result<DefinitionEdit> reconnectSource(const WorkflowDefinition &definition, const DefinitionGraph &graph,
    const QString &fromKey, const QString &outcomeKey, const QString &newFromKey, const QString &newOutcomeKey)
{
    const Result<OutcomePlace> from = findOutcome(definition, graph, fromKey, outcomeKey);
    if (!from)
        return from.error();
    if (fromKey == newFromKey && outcomeKey == newOutcomeKey)
        return DefinitionEdit();
    Result<OutcomePlace> to = findOutcome(definition, graph, newFromKey, newOutcomeKey);
    if (!to)
        return to.error();
    // The trigger and a container lead to what stands first; the end of such a connection cannot be taken away.
    const auto entersList
        = [](const OutcomePlace &place) { return place.node->isTrigger || place.outcome.kind == Outcome::Kind::Child; };
    if (entersList(*from)) {
        return invalidRequest(from->node->isTrigger
                ? Text::tr("The trigger always leads to the first step. Connect it with another step instead.")
                : Text::tr("“%1” always starts with the first step inside it. Connect it with another one instead.")
                      .arg(from->node->id));
    }
    if (from->outcome.isOpen())
        return invalidRequest(Text::tr("This way out of “%1” leads nowhere yet.").arg(from->node->id));
    const QString target = from->outcome.target;

    EditRecorder recorder(definition);
    const StepStyle style(definition);
    openOutcome(recorder, style, *from);
    DefinitionEdit edit;
    if (entersList(*to)) {
        const int node = graph.indexOfId(target);
        if (node < 0)
            return invalidRequest(Text::tr("There is no step “%1”.").arg(target));
        const Result<DefinitionEdit> led
            = connectOutcome(definition, graph, newFromKey, newOutcomeKey, graph.nodes().at(node).key);
        if (!led)
            return led.error();
        const JsonPointer &step = graph.nodes().at(node).pointer;
        if (step.lastToken() != u"0") {
            const JsonValue moved = *recorder.at(step);
            recorder.remove(step);
            recorder.insertElement(step.parent(), 0, moved);
        }
        edit.stepKeys = led->stepKeys;
    } else {
        const bool takesCondition
            = newOutcomeKey == newConditionKey() && from->outcome.kind == Outcome::Kind::Condition;
        if (takesCondition)
            to->outcome.expression = from->outcome.expression;
        // The entry that was opened is no longer there.
        if (to->node == from->node && to->hasEntry && to->outcome.target == target)
            to->hasEntry = false;
        if (const Result<void> led = leadOutcome(recorder, style, *to, target); !led)
            return led.error();
        edit.stepKeys = QStringList {newFromKey};
    }
    if (!edit.stepKeys.contains(fromKey))
        edit.stepKeys += fromKey;
    edit.text
        = Text::tr("Connect “%1” with “%2”").arg(to->node->isTrigger ? Text::tr("trigger") : to->node->id, target);
    edit.structureChanged = true;
    edit.reveal = newFromKey;
    return recorder.finish(edit);
}

} // namespace automation
