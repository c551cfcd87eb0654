#include "model/document/commands/outcomeediting.h"

#include <QCoreApplication>

namespace automation {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(StepCommands)
};

const QString nextMember = u"nextStepId"_qs;
const QString selectMember = u"selectNextStep"_qs;

bool standsInSelectNextStep(const JsonValue &entries, const Outcome &outcome)
{
    const JsonValue *condition = entries.find(outcome.target);
    if (!condition)
        return false;
    if (!outcome.isOpen())
        return true;
    // An entry with an empty key is this open outcome only when it says the same.
    return outcome.kind == Outcome::Kind::Default ? condition->isNull() : condition->toString() == outcome.expression;
}

// Conditions stand before the default, fixed outcomes in the order of their templates.
qsizetype entryPosition(const JsonValue &entries, const OutcomePlace &place)
{
    const auto rank = [&place](const Outcome &outcome) -> qsizetype {
        if (place.node->type) {
            const QList<OutcomeTemplate> &templates = place.node->type->outcomeTemplates;
            for (qsizetype i = 0; i < templates.size(); ++i) {
                if (templates.at(i).key == outcome.templateKey())
                    return i;
            }
        }
        return outcome.kind == Outcome::Kind::Default ? std::numeric_limits<qsizetype>::max() : -1;
    };
    const qsizetype own = rank(place.outcome);
    for (qsizetype i = 0; i < entries.size(); ++i) {
        for (const Outcome &other : place.node->outcomes) {
            const bool isEntry = other.kind == Outcome::Kind::Condition || other.kind == Outcome::Kind::Default;
            if (isEntry && !other.isOpen() && other.target == entries.keyAt(i) && rank(other) > own)
                return i;
        }
    }
    return entries.size();
}

void setNext(EditRecorder &recorder, const StepStyle &style, const JsonPointer &step, const QString &target)
{
    const JsonValue *json = recorder.at(step);
    if (json && json->contains(nextMember))
        recorder.replace(step / nextMember, target);
    else if (json)
        recorder.insertMember(step, style.positionOf(*json, nextMember), nextMember, target);
}

} // namespace

QString newConditionKey()
{
    return u"new"_qs;
}

Error invalidRequest(const QString &message)
{
    return {ErrorCode::InvalidArgument, message};
}

Result<const GraphNode *> findNode(const DefinitionGraph &graph, const QString &key)
{
    const int index = graph.indexOfKey(key);
    if (index < 0) {
        const QString id = key.section(nodeKeySeparator, 0, 0);
        return invalidRequest(Text::tr("There is no step “%1”.").arg(id));
    }
    return &graph.nodes().at(index);
}

Result<OutcomePlace> findOutcome(const WorkflowDefinition &definition, const DefinitionGraph &graph,
    const QString &fromKey, const QString &outcomeKey)
{
    const Result<const GraphNode *> found = findNode(graph, fromKey);
    if (!found)
        return found.error();
    const GraphNode *node = *found;
    if (node->isTrigger)
        return OutcomePlace {node, node->outcomes.value(0), false};
    const bool isBranch = node->type && node->type->outcomes == StepType::Outcomes::Conditions;
    if (outcomeKey == newConditionKey() && isBranch) {
        Outcome condition;
        condition.kind = Outcome::Kind::Condition;
        condition.expression = u"{{ }}"_qs; // never true; the person fills it in
        return OutcomePlace {node, condition, false};
    }
    for (const Outcome &outcome : node->outcomes) {
        if (outcome.key() == outcomeKey) {
            const JsonValue *step = node->pointer.resolve(definition.root());
            const bool hasEntry = step && outcome.kind != Outcome::Kind::Next && outcome.kind != Outcome::Kind::Child
                && standsInSelectNextStep(step->value(selectMember), outcome);
            return OutcomePlace {node, outcome, hasEntry};
        }
    }
    return invalidRequest(Text::tr("The step “%1” has no such way out.").arg(node->id));
}

Result<void> leadOutcome(
    EditRecorder &recorder, const StepStyle &style, const OutcomePlace &place, const QString &target)
{
    const JsonPointer &step = place.node->pointer;
    if (place.outcome.kind == Outcome::Kind::Next) {
        setNext(recorder, style, step, target);
        return {};
    }
    const JsonPointer select = step / selectMember;
    const JsonValue *entries = recorder.at(select);
    if (entries && entries->contains(target) && !(place.hasEntry && place.outcome.target == target)) {
        return invalidRequest(
            Text::tr("Another outcome of “%1” leads to “%2” already; a step can be the target of only one.")
                .arg(place.node->id, target));
    }
    if (place.hasEntry) {
        recorder.renameKey(select / place.outcome.target, target);
        return {};
    }
    const JsonValue condition
        = place.outcome.kind == Outcome::Kind::Default ? JsonValue() : JsonValue(place.outcome.expression);
    if (entries && entries->isObject()) {
        recorder.insertMember(select, entryPosition(*entries, place), target, condition);
        return {};
    }
    const JsonValue fresh = JsonValue::object({{target, condition}});
    if (entries)
        recorder.replace(select, fresh);
    else if (const JsonValue *json = recorder.at(step))
        recorder.insertMember(step, style.positionOf(*json, selectMember), selectMember, fresh);
    return {};
}

void openOutcome(EditRecorder &recorder, const StepStyle &style, const OutcomePlace &place)
{
    const JsonPointer &step = place.node->pointer;
    if (place.outcome.kind != Outcome::Kind::Next)
        recorder.remove(step / selectMember / place.outcome.target);
    else if (style.writesNullNext())
        recorder.replace(step / nextMember, JsonValue());
    else
        recorder.remove(step / nextMember);
}

} // namespace automation
