#include "model/document/commands/outcomeediting.h"
#include "model/document/commands/stepcommands.h"
#include "model/document/commands/stepplace.h"

#include <QCoreApplication>

namespace automation {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(StepCommands)
};

const QString doMember = u"do"_qs;

// A place among steps.
struct Slot
{
    JsonPointer array;
    qsizetype index = 0;
};

Slot slotOf(const GraphNode &node)
{
    return {node.pointer.parent(), node.pointer.lastToken().toLongLong()};
}

Slot slotBehind(const GraphNode &node)
{
    const Slot own = slotOf(node);
    return {own.array, own.index + 1};
}

Error noSequence(const GraphNode &node)
{
    return invalidRequest(
        Text::tr("“do” of “%1” must be a list of lists of steps; correct it in the JSON first.").arg(node.id));
}

// A step that stands directly in "do" has no list another one could stand in.
bool hasList(const GraphNode &node)
{
    return node.pointer.parent().lastToken() != doMember;
}

Error noId()
{
    return invalidRequest(Text::tr("The step has no id, so nothing can lead to it. Give it an id first."));
}

DefinitionEdit structuralEdit(const QString &text, const QStringList &keys, const QString &reveal)
{
    DefinitionEdit edit;
    edit.text = text;
    edit.stepKeys = keys;
    edit.structureChanged = true;
    edit.reveal = reveal;
    return edit;
}

// What an insertion between two ends needs to know.
class Insertion
{
public:
    Insertion(const WorkflowDefinition &definition, const DefinitionGraph &graph, const StepType &type)
        : m_definition(definition)
        , m_graph(graph)
        , m_type(type)
        , m_style(definition)
        , m_recorder(definition)
        , m_id(freshStepId(graph, type))
        , m_step(m_style.newStep(type, m_id))
    {
    }

    const QString &id() const { return m_id; }

    Result<DefinitionEdit> atTrigger()
    {
        if (m_graph.stepCount() == 0)
            return put({WorkflowDefinition::stepsPointer(), 0}, DefinitionGraph::triggerKey());
        const QString first = m_graph.nodes().at(1).id;
        if (first.isEmpty())
            return noId();
        m_style.connectNewStep(m_step, m_type, first);
        return put({WorkflowDefinition::stepsPointer(), 0}, DefinitionGraph::triggerKey());
    }

    Result<DefinitionEdit> atSequence(const GraphNode &container, qsizetype sequence)
    {
        const JsonPointer place = container.pointer / doMember;
        const JsonValue *lists = m_recorder.at(place);
        if (!lists || lists->isNull()) {
            const JsonValue fresh = JsonValue::array({JsonValue::array({m_step})});
            const JsonValue *step = m_recorder.at(container.pointer);
            if (!step || !step->isObject())
                return noSequence(container);
            if (lists)
                m_recorder.replace(place, fresh);
            else
                m_recorder.insertMember(container.pointer, m_style.positionOf(*step, doMember), doMember, fresh);
            return finish(container.key);
        }
        if (!lists->isArray() || sequence < 0 || sequence > lists->size())
            return noSequence(container);
        if (sequence == lists->size()) {
            m_recorder.insertElement(place, sequence, JsonValue::array({m_step}));
            return finish(container.key);
        }
        const JsonValue &list = lists->at(sequence);
        if (!list.isArray())
            return noSequence(container);
        if (!list.isEmpty()) {
            const QString first = StepView(list.at(0)).id();
            if (first.isEmpty())
                return noId();
            m_style.connectNewStep(m_step, m_type, first);
        }
        return put({place / sequence, 0}, container.key);
    }

    // oldTarget: where the outcome led; empty = it was open.
    Result<DefinitionEdit> behind(const OutcomePlace &from, const QString &oldTarget)
    {
        if (!hasList(*from.node))
            return noSequence(*from.node);
        if (const Result<void> led = leadOutcome(m_recorder, m_style, from, m_id); !led)
            return led.error();
        if (!oldTarget.isEmpty())
            m_style.connectNewStep(m_step, m_type, oldTarget);
        return put(slotBehind(*from.node), from.node->key);
    }

private:
    Result<DefinitionEdit> put(const Slot &place, const QString &fromKey)
    {
        m_recorder.insertElement(place.array, place.index, m_step);
        return finish(fromKey);
    }

    Result<DefinitionEdit> finish(const QString &fromKey)
    {
        return m_recorder.finish(structuralEdit(Text::tr("Insert %1").arg(m_type.label), {fromKey, m_id}, m_id));
    }

    const WorkflowDefinition &m_definition;
    const DefinitionGraph &m_graph;
    const StepType &m_type;
    StepStyle m_style;
    EditRecorder m_recorder;
    QString m_id;
    JsonValue m_step;
};

// The sequence a "do:N" names, -1 for any other outcome key.
qsizetype sequenceOf(const QString &outcomeKey)
{
    if (!outcomeKey.startsWith(u"do:"))
        return -1;
    bool ok = false;
    const qsizetype sequence = QStringView(outcomeKey).sliced(3).toLongLong(&ok);
    return ok ? sequence : -1;
}

// Makes a step the first of the list it stands in: what comes first is where the list is entered.
Result<DefinitionEdit> moveToFront(
    const WorkflowDefinition &definition, const DefinitionGraph &graph, const GraphNode &from, const GraphNode &to)
{
    const Slot slot = slotOf(to);
    EditRecorder recorder(definition);
    if (slot.index > 0) {
        const JsonValue step = *recorder.at(to.pointer);
        recorder.remove(to.pointer);
        recorder.insertElement(slot.array, 0, step);
    }
    const QStringList keys = QStringList {from.key, to.key} + nestedKeys(graph, graph.indexOfKey(to.key));
    return recorder.finish(structuralEdit(Text::tr("Start with “%1”").arg(to.id), keys, to.key));
}

} // namespace

Result<DefinitionEdit> insertStepOnConnection(const WorkflowDefinition &definition, const DefinitionGraph &graph,
    const StepType &type, const QString &fromKey, const QString &outcomeKey)
{
    const Result<OutcomePlace> from = findOutcome(definition, graph, fromKey, outcomeKey);
    if (!from)
        return from.error();
    Insertion insertion(definition, graph, type);
    if (from->node->isTrigger)
        return insertion.atTrigger();
    if (from->outcome.kind == Outcome::Kind::Child)
        return insertion.atSequence(*from->node, from->outcome.sequence);
    return insertion.behind(*from, from->outcome.target);
}

Result<DefinitionEdit> appendStep(const WorkflowDefinition &definition, const DefinitionGraph &graph,
    const StepType &type, const QString &fromKey, const QString &outcomeKey)
{
    const Result<const GraphNode *> node = findNode(graph, fromKey);
    if (!node)
        return node.error();
    const qsizetype sequence = sequenceOf(outcomeKey);
    const bool isContainer = (*node)->type && (*node)->type->outcomes == StepType::Outcomes::Container;
    if (sequence >= 0 && isContainer)
        return Insertion(definition, graph, type).atSequence(**node, sequence);
    // Behind an outcome that leads somewhere already there is a connection to insert into.
    return insertStepOnConnection(definition, graph, type, fromKey, outcomeKey);
}

Result<DefinitionEdit> connectOutcome(const WorkflowDefinition &definition, const DefinitionGraph &graph,
    const QString &fromKey, const QString &outcomeKey, const QString &toKey)
{
    const Result<OutcomePlace> from = findOutcome(definition, graph, fromKey, outcomeKey);
    if (!from)
        return from.error();
    const Result<const GraphNode *> found = findNode(graph, toKey);
    if (!found)
        return found.error();
    const GraphNode &to = **found;
    if (to.isTrigger)
        return invalidRequest(Text::tr("Nothing can lead to the trigger: it starts the workflow."));

    if (from->node->isTrigger) {
        if (to.parent >= 0) {
            return invalidRequest(Text::tr("The trigger cannot lead to “%1”, which is inside “%2”.")
                                      .arg(to.id, graph.nodes().at(to.parent).id));
        }
        return moveToFront(definition, graph, *from->node, to);
    }
    if (from->outcome.kind == Outcome::Kind::Child) {
        const bool isChild = to.parent == graph.indexOfKey(fromKey) && to.sequence == from->outcome.sequence;
        if (!isChild) {
            return invalidRequest(
                Text::tr("“%1” can only start with a step inside it; “%2” is outside.").arg(from->node->id, to.id));
        }
        return hasList(to) ? moveToFront(definition, graph, *from->node, to)
                           : Result<DefinitionEdit>(noSequence(*from->node));
    }
    if (to.id.isEmpty())
        return noId();
    if (graph.indexOfId(to.id) != graph.indexOfKey(toKey)) {
        return invalidRequest(
            Text::tr("Two steps have the id “%1”, so it is unclear which one is meant. Rename one of them first.")
                .arg(to.id));
    }
    EditRecorder recorder(definition);
    if (const Result<void> led = leadOutcome(recorder, StepStyle(definition), *from, to.id); !led)
        return led.error();
    return recorder.finish(
        structuralEdit(Text::tr("Connect “%1” with “%2”").arg(from->node->id, to.id), {fromKey, toKey}, fromKey));
}

Result<DefinitionEdit> disconnectOutcome(const WorkflowDefinition &definition, const DefinitionGraph &graph,
    const QString &fromKey, const QString &outcomeKey)
{
    const Result<OutcomePlace> from = findOutcome(definition, graph, fromKey, outcomeKey);
    if (!from)
        return from.error();
    if (from->node->isTrigger) {
        return invalidRequest(
            Text::tr("The trigger always leads to the first step. Connect it with another step instead."));
    }
    if (from->outcome.kind == Outcome::Kind::Child) {
        return invalidRequest(
            Text::tr("“%1” always starts with the first step inside it. Connect it with another one instead.")
                .arg(from->node->id));
    }
    if (from->outcome.isOpen())
        return invalidRequest(Text::tr("This way out of “%1” leads nowhere already.").arg(from->node->id));
    EditRecorder recorder(definition);
    openOutcome(recorder, StepStyle(definition), *from);
    return recorder.finish(structuralEdit(
        Text::tr("Disconnect “%1” from “%2”").arg(from->node->id, from->outcome.target), {fromKey}, fromKey));
}

} // namespace automation
