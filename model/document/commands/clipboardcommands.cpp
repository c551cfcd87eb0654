#include "model/document/commands/clipboardcommands.h"

#include "model/document/commands/outcomeediting.h"
#include "model/document/commands/stepcopies.h"
#include "model/json/jsonreader.h"
#include "model/json/jsonwriter.h"

#include <QCoreApplication>

namespace automation {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(StepCommands)
};

bool looksLikeStep(const JsonValue &value)
{
    static const QStringView members[]
        = {u"stepType", u"id", u"inputs", u"outputs", u"nextStepId", u"selectNextStep", u"do"};
    return value.isObject() && std::any_of(std::begin(members), std::end(members), [&value](QStringView member) {
        return value.contains(member);
    });
}

// The list of steps in a value that is a definition, or the part of one; nullptr when it is none.
const JsonValue *listIn(const JsonValue &value)
{
    if (value.isArray())
        return &value;
    const JsonValue *steps = value.value(u"definition").find(u"steps");
    if (!steps)
        steps = value.find(u"steps");
    return steps && steps->isArray() ? steps : nullptr;
}

Error noSteps(const QString &message)
{
    return invalidRequest(Text::tr("This cannot be pasted as steps. %1").arg(message));
}

// Where a chain of pasted steps ends: from the first one along the references among them.
qsizetype exitOf(const StepCopies &copies)
{
    qsizetype at = 0;
    QSet<qsizetype> visited;
    while (!visited.contains(at)) {
        visited.insert(at);
        const StepView step(copies.steps().at(at));
        QStringList targets {step.nextStepId()};
        const JsonValue &entries = step.selectNextStep();
        for (qsizetype i = 0; i < entries.size(); ++i)
            targets += entries.keyAt(i);
        for (const QString &target : targets) {
            const qsizetype next = target.isEmpty() ? -1 : copies.topIds().indexOf(target);
            if (next >= 0 && !visited.contains(next)) {
                at = next;
                break;
            }
        }
    }
    return at;
}

// Leads the main way out of a pasted step to a target, whatever it led to before.
void leadOn(JsonValue &json, const StepType *type, const StepStyle &style, const QString &target)
{
    const StepView step(json);
    const bool branches
        = type && (type->outcomes == StepType::Outcomes::Fixed || type->outcomes == StepType::Outcomes::Conditions);
    const JsonValue &entries = step.selectNextStep();
    if ((!branches && entries.isEmpty()) || !(entries.isObject() || entries.isNull())) {
        if (json.contains(u"nextStepId"))
            json.set(u"nextStepId"_qs, target);
        else
            json.insertMember(style.positionOf(json, u"nextStepId"_qs), u"nextStepId"_qs, target);
        return;
    }
    if (entries.contains(target))
        return;
    // Of a Branch the default, of a wait its first outcome.
    qsizetype main = -1;
    for (qsizetype i = 0; i < entries.size() && main < 0; ++i) {
        const bool isDefault = entries.at(i).isNull();
        if (type && type->outcomes == StepType::Outcomes::Fixed ? !isDefault : isDefault)
            main = i;
    }
    if (main >= 0) {
        JsonValue changed = entries;
        changed.renameKeyAt(main, target);
        json.set(u"selectNextStep"_qs, changed);
    } else if (entries.isEmpty()) {
        style.connectNewStep(json, *type, target);
    } else {
        JsonValue changed = entries;
        changed.set(target, JsonValue());
        json.set(u"selectNextStep"_qs, changed);
    }
}

QString pasteText(qsizetype count)
{
    return count == 1 ? Text::tr("Paste a step") : Text::tr("Paste %n steps", nullptr, int(count));
}

} // namespace

Result<QByteArray> copySteps(
    const WorkflowDefinition &definition, const DefinitionGraph &graph, const QStringList &keys)
{
    const Result<QList<int>> chosen = outermostSteps(graph, keys);
    if (!chosen)
        return chosen.error();
    JsonValue list = JsonValue::array();
    for (const int node : *chosen) {
        const JsonValue *step = graph.nodes().at(node).pointer.resolve(definition.root());
        if (!step || !step->isObject())
            return invalidRequest(Text::tr("What stands at “%1” is no step and cannot be copied.")
                                      .arg(graph.nodes().at(node).pointer.toString()));
        list.append(*step);
    }
    return writeJson(list.size() == 1 ? list.at(0) : list) + '\n';
}

Result<QList<JsonValue>> stepsFromText(const QByteArray &text)
{
    QByteArray trimmed = text.trimmed();
    if (trimmed.isEmpty())
        return noSteps(Text::tr("There is no text."));
    Result<JsonValue> value = readJson(text);
    if (!value && trimmed.startsWith('{')) {
        if (trimmed.endsWith(','))
            trimmed.chop(1);
        if (Result<JsonValue> list = readJson('[' + trimmed + ']'))
            value = std::move(list);
    }
    if (!value) {
        Error error = value.error();
        error.message = Text::tr("This cannot be pasted as steps. %1").arg(error.message);
        return error;
    }
    QList<JsonValue> steps;
    if (const JsonValue *list = listIn(*value)) {
        for (qsizetype i = 0; i < list->size(); ++i)
            steps += list->at(i);
        if (steps.isEmpty())
            return noSteps(Text::tr("The list of steps is empty."));
    } else {
        steps += *value;
    }
    for (qsizetype i = 0; i < steps.size(); ++i) {
        if (looksLikeStep(steps.at(i)))
            continue;
        if (steps.size() == 1)
            return noSteps(Text::tr("A step is an object in { } with “stepType”, “id” and “inputs”."));
        return noSteps(Text::tr("Number %1 of the list is no step: a step is an object in { } with “stepType”, “id” "
                                "and “inputs”.")
                           .arg(i + 1));
    }
    return steps;
}

Result<DefinitionEdit> pasteSteps(const WorkflowDefinition &definition, const DefinitionGraph &graph,
    const QByteArray &text, const StepPlace &place, const StepCatalog &catalog)
{
    const Result<QList<JsonValue>> steps = stepsFromText(text);
    if (!steps)
        return steps.error();
    const Result<ListPlace> where = resolvePlace(definition, graph, place);
    if (!where)
        return where.error();
    FreshIds ids(graph);
    StepCopies copies(*steps, ids, catalog);
    const StepStyle style(definition);
    EditRecorder recorder(definition);
    DefinitionEdit edit;
    if (!where->owner.isEmpty())
        edit.stepKeys += where->owner;

    if (place.kind == StepPlace::Kind::Connection) {
        const Result<OutcomePlace> from = findOutcome(definition, graph, place.key, place.outcomeKey);
        if (!from)
            return from.error();
        edit.stepKeys += from->node->key;
        const bool entersList = from->node->isTrigger || from->outcome.kind == Outcome::Kind::Child;
        const QString target = from->outcome.target;
        if (!entersList) {
            const Result<void> led = leadOutcome(recorder, style, *from, copies.topIds().first());
            if (!led)
                return led.error();
        }
        if (!target.isEmpty() && !copies.isInner(target)) {
            JsonValue &last = copies.steps()[exitOf(copies)];
            leadOn(last, catalog.step(StepView(last).stepType()), style, target);
        }
    }
    insertSteps(recorder, style, *where, copies.steps());
    edit.text = pasteText(steps->size());
    edit.stepKeys += copies.allIds();
    edit.structureChanged = true;
    edit.reveal = copies.topIds().first();
    edit.created = copies.topIds();
    return recorder.finish(edit);
}

Result<DefinitionEdit> duplicateSteps(const WorkflowDefinition &definition, const DefinitionGraph &graph,
    const QStringList &keys, const StepCatalog &catalog)
{
    const Result<QList<int>> chosen = outermostSteps(graph, keys);
    if (!chosen)
        return chosen.error();
    QList<JsonValue> originals;
    for (const int node : *chosen) {
        const GraphNode &original = graph.nodes().at(node);
        const JsonValue *step = original.pointer.resolve(definition.root());
        if (!step || !step->isObject())
            return invalidRequest(
                Text::tr("What stands at “%1” is no step and cannot be copied.").arg(original.pointer.toString()));
        if (!standsInList(original))
            return noSequenceError(graph.nodes().at(qMax(0, original.parent)));
        originals += *step;
    }
    FreshIds ids(graph);
    const StepCopies copies(originals, ids, catalog);

    struct List
    {
        JsonPointer pointer;
        qsizetype index = 0; // behind the last chosen step
        QList<JsonValue> steps;
    };
    QList<List> lists; // in file order of their first chosen step
    QHash<JsonPointer, qsizetype> known;
    for (qsizetype i = 0; i < chosen->size(); ++i) {
        const JsonPointer &step = graph.nodes().at(chosen->at(i)).pointer;
        const JsonPointer pointer = step.parent();
        if (!known.contains(pointer)) {
            known.insert(pointer, lists.size());
            lists += List {pointer, 0, {}};
        }
        List &list = lists[known.value(pointer)];
        list.index = step.lastToken().toLongLong() + 1;
        list.steps += copies.steps().at(i);
    }
    // The deepest first, later lists before earlier ones, so that the pointers of the others stay true.
    std::stable_sort(lists.begin(), lists.end(),
        [](const List &a, const List &b) { return a.pointer.tokens().size() > b.pointer.tokens().size(); });
    EditRecorder recorder(definition);
    const StepStyle style(definition);
    for (const List &list : std::as_const(lists))
        insertSteps(recorder, style, {list.pointer, list.index, {}}, list.steps);

    DefinitionEdit edit;
    edit.text = chosen->size() == 1 ? Text::tr("Duplicate “%1”").arg(graph.nodes().at(chosen->first()).id)
                                    : Text::tr("Duplicate %n step(s)", nullptr, int(chosen->size()));
    edit.stepKeys = copies.allIds();
    edit.structureChanged = true;
    edit.reveal = copies.topIds().first();
    edit.created = copies.topIds();
    return recorder.finish(edit);
}

} // namespace automation
