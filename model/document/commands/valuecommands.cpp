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

// The service names no limit; longer ids break its log views (API reference §1).
constexpr qsizetype longestStepId = 200;

// Members of a step that decide what the drawing looks like.
bool isStructural(QStringView member)
{
    for (const QStringView structural : {u"id", u"stepType", u"nextStepId", u"selectNextStep", u"do"}) {
        if (member == structural)
            return true;
    }
    return false;
}

Error noContainer(const JsonPointer &place)
{
    return invalidRequest(
        Text::tr("Nothing can be put into “%1”: it is neither an object nor a list.").arg(place.toString()));
}

// A value inside objects named by the tokens from index on.
JsonValue wrapped(const QStringList &tokens, qsizetype index, const JsonValue &value)
{
    JsonValue result = value;
    for (qsizetype i = tokens.size() - 1; i >= index; --i)
        result = JsonValue::object({{tokens.at(i), result}});
    return result;
}

// Sets or removes base/place. position gives the index of a new member of base itself (level 0) or of an object below.
template <typename Position>
Result<void> record(EditRecorder &recorder, const JsonPointer &base, const JsonPointer &place,
    const std::optional<JsonValue> &value, Position position)
{
    const QStringList tokens = place.tokens();
    JsonPointer parent = base;
    for (qsizetype i = 0; i < tokens.size(); ++i) {
        const QString &token = tokens.at(i);
        const JsonValue *container = recorder.at(parent);
        if (!container || !(container->isObject() || container->isArray() || (container->isNull() && i > 0)))
            return noContainer(parent);
        const JsonPointer child = parent / token;
        if (recorder.at(child)) {
            parent = child;
            continue;
        }
        if (!value)
            return {}; // is not there: nothing to remove
        const JsonValue fresh = wrapped(tokens, i + 1, *value);
        if (container->isNull()) {
            recorder.replace(parent, JsonValue::object({{token, fresh}}));
        } else if (container->isObject()) {
            recorder.insertMember(parent, position(*container, token, i), token, fresh);
        } else {
            if (token != QString::number(container->size()) && token != u"-") // both mean behind the last (RFC 6901)
                return invalidRequest(Text::tr("“%1” is no place in the list “%2”.").arg(token, parent.toString()));
            recorder.insertElement(parent, container->size(), fresh);
        }
        return {};
    }
    if (value)
        recorder.replace(parent, *value);
    else
        recorder.remove(parent);
    return {};
}

QString placeInWords(const JsonPointer &place)
{
    QStringList tokens = place.tokens();
    if (tokens.size() > 1 && tokens.first() == u"inputs")
        tokens.removeFirst();
    return tokens.join(u'.');
}

// The entries of selectNextStep with other ids for their targets, all at once: ids may have changed places.
Result<void> renameEntries(EditRecorder &recorder, const GraphNode &node, const QHash<QString, QString> &renamed)
{
    const JsonPointer place = node.pointer / u"selectNextStep"_qs;
    const JsonValue before = *recorder.at(place);
    JsonValue after = before;
    QList<std::pair<QString, QString>> changes;
    bool isMixed = false; // a new id is the old one of another entry
    for (qsizetype i = 0; i < before.size(); ++i) {
        const auto found = renamed.constFind(before.keyAt(i));
        if (found == renamed.constEnd())
            continue;
        after.renameKeyAt(i, *found);
        isMixed = isMixed || before.contains(*found);
        if (before.indexOf(found.key()) == i)
            changes.append({found.key(), *found});
    }
    if (changes.isEmpty())
        return {};
    for (const auto &[oldId, newId] : std::as_const(changes)) {
        for (qsizetype i = 0; i < before.size(); ++i) {
            if (after.keyAt(i) == newId && before.keyAt(i) != oldId) {
                return invalidRequest(Text::tr("“%1” leads to “%2” already, so “%3” cannot have that id as well.")
                                          .arg(node.id, newId, oldId));
            }
        }
    }
    if (isMixed) {
        recorder.replace(place, after);
        return {};
    }
    for (const auto &[oldId, newId] : std::as_const(changes))
        recorder.renameKey(place / oldId, newId);
    return {};
}

// Every nextStepId and selectNextStep key that names one of the old ids.
Result<void> renameReferences(
    EditRecorder &recorder, const DefinitionGraph &graph, const QHash<QString, QString> &renamed, QStringList &touched)
{
    for (const GraphNode &node : graph.nodes()) {
        if (node.isTrigger)
            continue;
        const JsonValue *step = recorder.at(node.pointer);
        if (!step || !step->isObject())
            continue;
        const auto next = renamed.constFind(step->value(u"nextStepId").toString());
        const JsonValue &entries = step->value(u"selectNextStep");
        bool hasEntry = false;
        for (qsizetype i = 0; i < entries.size() && entries.isObject() && !hasEntry; ++i)
            hasEntry = renamed.contains(entries.keyAt(i));
        if (next != renamed.constEnd())
            recorder.replace(node.pointer / u"nextStepId"_qs, *next);
        if (hasEntry) {
            if (const Result<void> done = renameEntries(recorder, node, renamed); !done)
                return done.error();
        }
        if ((hasEntry || next != renamed.constEnd()) && touched.last() != node.key)
            touched += node.key;
    }
    return {};
}

// Whether a step may have this id, whatever the others have.
Result<void> checkId(const QString &newId)
{
    if (newId.trimmed().isEmpty())
        return invalidRequest(Text::tr("A step needs an id."));
    if (newId.toUcs4().size() > longestStepId)
        return invalidRequest(Text::tr("The id has more than %1 characters.").arg(longestStepId));
    return {};
}

} // namespace

Result<DefinitionEdit> setStepValue(const WorkflowDefinition &definition, const DefinitionGraph &graph,
    const QString &key, const JsonPointer &place, const std::optional<JsonValue> &value, const QString &mergeKey)
{
    const Result<const GraphNode *> found = findNode(graph, key);
    if (!found)
        return found.error();
    const GraphNode &node = **found;
    if (node.isTrigger || place.isRoot())
        return invalidRequest(Text::tr("This changes a value inside a step; no step or no value was named."));

    EditRecorder recorder(definition);
    std::optional<StepStyle> style;
    const auto position = [&](const JsonValue &container, const QString &member, qsizetype level) {
        if (level > 0)
            return container.size();
        if (!style)
            style.emplace(definition);
        return style->positionOf(container, member);
    };
    if (const Result<void> recorded = record(recorder, node.pointer, place, value, position); !recorded)
        return recorded.error();

    DefinitionEdit edit;
    edit.text = Text::tr("Change %1 of “%2”").arg(placeInWords(place), node.id);
    edit.stepKeys = QStringList {key};
    edit.structureChanged = isStructural(place.tokens().first());
    edit.reveal = key;
    if (place.tokens() == QStringList {u"id"_qs}) {
        // Anything but a text is no id.
        edit.reveal = keyWithId(graph, graph.indexOfKey(key), value ? value->toString() : QString());
        edit.stepKeys += edit.reveal;
    }
    edit.mergeKey = mergeKey;
    return recorder.finish(edit);
}

Result<DefinitionEdit> replaceStep(
    const WorkflowDefinition &definition, const DefinitionGraph &graph, const QString &key, const JsonValue &step)
{
    const Result<const GraphNode *> found = findNode(graph, key);
    if (!found)
        return found.error();
    const GraphNode &node = **found;
    if (node.isTrigger)
        return invalidRequest(Text::tr("The trigger is no step."));
    if (!step.isObject())
        return invalidRequest(Text::tr("A step must be an object in { }."));

    EditRecorder recorder(definition);
    const JsonValue before = *recorder.at(node.pointer);
    recorder.replace(node.pointer, step);
    DefinitionEdit edit;
    edit.text = Text::tr("Change “%1”").arg(node.id);
    edit.stepKeys = QStringList {key};
    for (const QStringView member : {u"id", u"stepType", u"nextStepId", u"selectNextStep", u"do"}) {
        const JsonValue *now = step.find(member);
        const JsonValue *then = before.find(member);
        edit.structureChanged = edit.structureChanged || !now != !then || (now && *now != *then);
    }
    const QString id = StepView(step).id();
    edit.reveal = id == node.id ? key : keyWithId(graph, graph.indexOfKey(key), id);
    if (id != node.id)
        edit.stepKeys += edit.reveal;
    return recorder.finish(edit);
}

Result<DefinitionEdit> renameStep(
    const WorkflowDefinition &definition, const DefinitionGraph &graph, const QString &key, const QString &newId)
{
    const Result<const GraphNode *> found = findNode(graph, key);
    if (!found)
        return found.error();
    const GraphNode &node = **found;
    if (node.isTrigger)
        return invalidRequest(Text::tr("The trigger has no id that could be changed."));
    if (const Result<void> usable = checkId(newId); !usable)
        return usable.error();
    if (newId != node.id && graph.indexOfId(newId) >= 0)
        return invalidRequest(Text::tr("Another step has the id “%1” already.").arg(newId));

    DefinitionEdit edit;
    edit.text = Text::tr("Rename “%1” to “%2”").arg(node.id, newId);
    edit.stepKeys = QStringList {key, newId};
    edit.structureChanged = true;
    edit.reveal = newId;
    EditRecorder recorder(definition);
    if (newId == node.id)
        return recorder.finish(edit);
    const StepStyle style(definition);
    const auto position
        = [&style](const JsonValue &step, const QString &member, qsizetype) { return style.positionOf(step, member); };
    const JsonPointer idMember({u"id"_qs});
    if (const Result<void> recorded = record(recorder, node.pointer, idMember, JsonValue(newId), position); !recorded)
        return recorded.error();
    // Of several steps of one id the first is the one that references mean.
    if (!node.id.isEmpty() && graph.indexOfId(node.id) == graph.indexOfKey(key)) {
        const Result<void> renamed = renameReferences(recorder, graph, {{node.id, newId}}, edit.stepKeys);
        if (!renamed)
            return renamed.error();
    }
    return recorder.finish(edit);
}

Result<DefinitionEdit> renameSteps(
    const WorkflowDefinition &definition, const DefinitionGraph &graph, const QHash<QString, QString> &newIds)
{
    EditRecorder recorder(definition);
    DefinitionEdit edit;
    edit.text = Text::tr("Rename %n step(s)", nullptr, int(newIds.size()));
    edit.structureChanged = true;
    QHash<QString, QString> renamed;
    QSet<QString> ids;
    for (int i = 1; i < int(graph.nodes().size()); ++i) {
        const GraphNode &node = graph.nodes().at(i);
        const auto found = newIds.constFind(node.key);
        if (found == newIds.constEnd()) {
            ids.insert(node.id);
            continue;
        }
        if (const Result<void> usable = checkId(*found); !usable)
            return usable.error();
        const JsonPointer place = node.pointer / u"id"_qs;
        if (node.id.isEmpty() || !recorder.at(place))
            return invalidRequest(Text::tr("A step without an id cannot be renamed together with others."));
        recorder.replace(place, JsonValue(*found));
        edit.stepKeys += {node.key, *found};
        // Of several steps of one id the first is the one that references mean.
        if (graph.indexOfId(node.id) == i)
            renamed.insert(node.id, *found);
    }
    for (const QString &newId : newIds) {
        if (ids.contains(newId))
            return invalidRequest(Text::tr("Another step has the id “%1” already.").arg(newId));
        ids.insert(newId);
    }
    if (edit.stepKeys.isEmpty())
        return recorder.finish(edit);
    if (const Result<void> followed = renameReferences(recorder, graph, renamed, edit.stepKeys); !followed)
        return followed.error();
    return recorder.finish(edit);
}

Result<DefinitionEdit> setRootValue(const WorkflowDefinition &definition, const JsonPointer &place,
    const JsonValue &value, const QString &text, const QString &mergeKey)
{
    if (place.isRoot() || place.startsWith(WorkflowDefinition::stepsPointer()))
        return invalidRequest(Text::tr("This changes a value of the workflow itself, not its steps."));
    EditRecorder recorder(definition);
    // What is said of the workflow belongs before its steps, where people see it.
    const auto position = [](const JsonValue &container, const QString &, qsizetype level) {
        const qsizetype steps = level == 1 ? container.indexOf(u"steps") : -1;
        return steps >= 0 ? steps : container.size();
    };
    if (const Result<void> recorded = record(recorder, {}, place, value, position); !recorded)
        return recorded.error();
    DefinitionEdit edit;
    edit.text = text;
    edit.triggerChanged = true;
    edit.structureChanged = WorkflowDefinition::stepsPointer().startsWith(place);
    edit.mergeKey = mergeKey;
    return recorder.finish(edit);
}

DefinitionEdit fixEdit(const Problem &problem)
{
    DefinitionEdit edit;
    edit.text = problem.fixText;
    edit.edits = problem.fix;
    if (!problem.stepKey.isEmpty())
        edit.stepKeys = QStringList {problem.stepKey};
    // A fix may change anything, the wiring included.
    edit.structureChanged = true;
    edit.triggerChanged = problem.stepKey.isEmpty();
    edit.reveal = problem.stepKey;
    return edit;
}

} // namespace automation
