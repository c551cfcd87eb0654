#include "model/document/commands/stepplace.h"

#include "model/document/commands/outcomeediting.h"

#include <QCoreApplication>

namespace automation {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(StepCommands)
};

Result<ListPlace> placeBeside(const DefinitionGraph &graph, const QString &key, qsizetype offset)
{
    const Result<const GraphNode *> found = findNode(graph, key);
    if (!found)
        return found.error();
    const GraphNode &node = **found;
    if (node.isTrigger) {
        if (offset == 0)
            return invalidRequest(Text::tr("Nothing can stand before the trigger: it starts the workflow."));
        return ListPlace {WorkflowDefinition::stepsPointer(), 0, {}};
    }
    if (!standsInList(node))
        return noSequenceError(node.parent >= 0 ? graph.nodes().at(node.parent) : node);
    return ListPlace {node.pointer.parent(), node.pointer.lastToken().toLongLong() + offset, {}};
}

Result<ListPlace> placeInSequence(
    const WorkflowDefinition &definition, const DefinitionGraph &graph, const StepPlace &place)
{
    const Result<const GraphNode *> found = findNode(graph, place.key);
    if (!found)
        return found.error();
    const GraphNode &container = **found;
    const JsonValue *step = container.pointer.resolve(definition.root());
    if (container.isTrigger || !step || !step->isObject())
        return invalidRequest(Text::tr("Nothing can be put into “%1”.").arg(container.id));
    const JsonValue &sequences = step->value(u"do");
    const bool isContainer = container.type && container.type->outcomes == StepType::Outcomes::Container;
    if (!isContainer && sequences.isEmpty()) {
        return invalidRequest(Text::tr("“%1” cannot hold steps; only a step like “If” can.").arg(container.id));
    }
    if (!(sequences.isArray() || sequences.isNull()))
        return noSequenceError(container);
    const JsonPointer list = container.pointer / u"do"_qs / place.sequence;
    if (place.sequence < 0 || place.sequence > sequences.size())
        return invalidRequest(Text::tr("“%1” has no sequence %2.").arg(container.id).arg(place.sequence + 1));
    const qsizetype size = sequences.at(place.sequence).size();
    if (place.index < -1 || place.index > size)
        return invalidRequest(Text::tr("The sequence has no place %1.").arg(place.index + 1));
    if (place.sequence == sequences.size())
        return ListPlace {list, 0, container.key};
    if (!sequences.at(place.sequence).isArray())
        return noSequenceError(container);
    // An empty list is written anew when something comes in.
    return ListPlace {list, place.index < 0 ? size : place.index, size == 0 ? container.key : QString()};
}

} // namespace

Error noSequenceError(const GraphNode &container)
{
    return invalidRequest(
        Text::tr("“do” of “%1” must be a list of lists of steps; correct it in the JSON first.").arg(container.id));
}

bool standsInList(const GraphNode &node)
{
    return node.pointer.parent().lastToken() != u"do";
}

Result<ListPlace> resolvePlace(
    const WorkflowDefinition &definition, const DefinitionGraph &graph, const StepPlace &place)
{
    switch (place.kind) {
    case StepPlace::Kind::Before:
        return placeBeside(graph, place.key, 0);
    case StepPlace::Kind::After:
        return placeBeside(graph, place.key, 1);
    case StepPlace::Kind::Sequence:
        return placeInSequence(definition, graph, place);
    case StepPlace::Kind::Connection: {
        const Result<OutcomePlace> from = findOutcome(definition, graph, place.key, place.outcomeKey);
        if (!from)
            return from.error();
        if (!from->node->isTrigger && from->outcome.kind == Outcome::Kind::Child) {
            const StepPlace inside = StepPlace::inSequence(place.key, from->outcome.sequence, 0);
            return placeInSequence(definition, graph, inside);
        }
        return placeBeside(graph, place.key, 1);
    }
    case StepPlace::Kind::End:
        break;
    }
    return ListPlace {WorkflowDefinition::stepsPointer(), definition.steps().size(), {}};
}

void insertSteps(EditRecorder &recorder, const StepStyle &style, const ListPlace &place, const QList<JsonValue> &steps)
{
    if (recorder.at(place.list)) {
        qsizetype index = place.index;
        for (const JsonValue &step : steps)
            recorder.insertElement(place.list, index++, step);
        return;
    }
    JsonValue list = JsonValue::array();
    for (const JsonValue &step : steps)
        list.append(step);
    const JsonPointer sequences = place.list.parent();
    const JsonPointer container = sequences.parent();
    const JsonValue *present = recorder.at(sequences);
    const JsonValue *step = recorder.at(container);
    if (present && present->isArray())
        recorder.insertElement(sequences, present->size(), list);
    else if (present)
        recorder.replace(sequences, JsonValue::array({list}));
    else if (step)
        recorder.insertMember(container, style.positionOf(*step, u"do"_qs), u"do"_qs, JsonValue::array({list}));
}

Result<QList<int>> outermostSteps(const DefinitionGraph &graph, const QStringList &keys)
{
    QList<bool> chosen(graph.nodes().size(), false);
    for (const QString &key : keys) {
        const Result<const GraphNode *> node = findNode(graph, key);
        if (!node)
            return node.error();
        if ((*node)->isTrigger)
            return invalidRequest(Text::tr("The trigger is no step."));
        chosen[graph.indexOfKey(key)] = true;
    }
    QList<int> result;
    // Containers stand before what is nested in them.
    for (int i = 1; i < chosen.size(); ++i) {
        const int parent = graph.nodes().at(i).parent;
        const bool inside = parent >= 0 && chosen.at(parent);
        if (chosen.at(i) && !inside)
            result += i;
        chosen[i] = chosen.at(i) || inside;
    }
    if (result.isEmpty())
        return invalidRequest(Text::tr("No step is selected."));
    return result;
}

QStringList nestedKeys(const DefinitionGraph &graph, int node)
{
    QStringList keys;
    const JsonPointer &pointer = graph.nodes().at(node).pointer;
    // Depth first in file order: everything nested follows at once.
    for (int i = node + 1; i < graph.nodes().size() && graph.nodes().at(i).pointer.startsWith(pointer); ++i)
        keys += graph.nodes().at(i).key;
    return keys;
}

QString keyWithId(const DefinitionGraph &graph, int node, const QString &newId)
{
    int count = 1;
    for (int i = 1; i < node; ++i)
        count += graph.nodes().at(i).id == newId ? 1 : 0;
    return count == 1 && !newId.isEmpty() ? newId : newId + nodeKeySeparator + QString::number(count);
}

} // namespace automation
