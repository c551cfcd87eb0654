#include "model/validation/rules.h"

namespace automation {

namespace {

using Severity = Problem::Severity;
using Text = RuleText;

void wrongKind(RuleContext &context, const RuleStep &step, const JsonPointer &place, const QString &message)
{
    context.report(Severity::Error, QLatin1StringView("wrong-kind"), step, place, message);
}

bool isWrongKindOfId(const RuleStep &step)
{
    const JsonValue &id = step.view.idJson();
    return !id.isString() && !id.isNull();
}

void reportMissingId(RuleContext &context, const RuleStep &step)
{
    const JsonPointer place = step.node->pointer / QLatin1StringView("id");
    const StepType *type = step.node->type;
    Problem &problem = context.report(Severity::Error, QLatin1StringView("missing-field"), step, place,
        Text::tr("The step has no id, so nothing can lead to it."));
    const QString fresh = context.freeId(type && !type->idPrefix.isEmpty() ? type->idPrefix : QStringLiteral("step"));
    const QString text = Text::tr("Call it %1").arg(fresh);
    if (step.view.json().contains(u"id"))
        setFix(problem, text, JsonEdit::replace(context.root(), place, fresh));
    else
        setFix(problem, text, JsonEdit::insertMember(step.node->pointer, 0, QStringLiteral("id"), fresh));
}

void reportDoubleId(RuleContext &context, const RuleStep &step)
{
    const JsonPointer place = step.node->pointer / QLatin1StringView("id");
    Problem &problem = context.report(Severity::Error, QLatin1StringView("duplicate-id"), step, place,
        Text::tr("Another step before this one is called “%1” as well; every step needs an id of its own.")
            .arg(step.node->id));
    const QString fresh = context.freeId(step.node->id);
    setFix(problem, Text::tr("Rename to %1").arg(fresh), JsonEdit::replace(context.root(), place, fresh));
}

void checkType(RuleContext &context, const RuleStep &step)
{
    if (step.node->type && isSameKey(step.node->type->name, step.node->typeName))
        return;
    const JsonPointer place = step.node->pointer / QLatin1StringView("stepType");
    const JsonValue &json = step.view.stepTypeJson();
    if (!json.isString() && !json.isNull()) {
        wrongKind(context, step, place, Text::tr("The type of a step must be a text."));
        return;
    }
    const QString &name = step.node->typeName;
    if (name.trimmed().isEmpty()) {
        context.report(
            Severity::Error, QLatin1StringView("missing-field"), step, place, Text::tr("The step has no type."));
    } else if (!step.node->type) {
        context.report(Severity::Error, QLatin1StringView("unknown-type"), step, place,
            Text::tr("“%1” is no known step type; the step is kept as it is.").arg(name));
    } else if (step.node->type->name != name) {
        setFix(context.report(Severity::Warning, QLatin1StringView("case-variant"), step, place,
                   Text::tr("The type is written “%1”; its name is “%2”.").arg(name, step.node->type->name)),
            Text::tr("Write %1").arg(step.node->type->name),
            JsonEdit::replace(context.root(), place, step.node->type->name));
    }
}

void checkDo(RuleContext &context, const RuleStep &step)
{
    const JsonValue &sequences = step.view.sequences();
    if (sequences.isNull())
        return;
    const JsonPointer place = step.node->pointer / QLatin1StringView("do");
    if (!sequences.isArray()) {
        wrongKind(context, step, place, Text::tr("“do” must be a list of lists of steps."));
        return;
    }
    for (qsizetype i = 0; i < sequences.size(); ++i) {
        if (!sequences.at(i).isArray())
            wrongKind(context, step, place / i, Text::tr("Each entry of “do” must be a list of steps."));
    }
    const StepType *type = step.node->type;
    if (type && type->outcomes != StepType::Outcomes::Container && !step.node->children.isEmpty()) {
        context.report(Severity::Warning, QLatin1StringView("do-ignored"), step, place,
            Text::tr("Only an If runs the steps in its “do”; this is a step of type %1.").arg(type->label));
    }
}

} // namespace

void checkShape(RuleContext &context, const RuleStep &step)
{
    if (!step.view.isValid()) {
        wrongKind(context, step, step.node->pointer, Text::tr("A step must be an object in { }."));
        return;
    }
    if (isWrongKindOfId(step)) {
        wrongKind(
            context, step, step.node->pointer / QLatin1StringView("id"), Text::tr("The id of a step must be a text."));
    }
    checkType(context, step);
    const auto mustBeObject = [&](const JsonValue &value, QLatin1StringView key) {
        if (!value.isObject() && !value.isNull())
            wrongKind(context, step, step.node->pointer / key, Text::tr("“%1” must be an object in { }.").arg(key));
    };
    mustBeObject(step.view.inputs(), QLatin1StringView("inputs"));
    mustBeObject(step.view.outputs(), QLatin1StringView("outputs"));
    mustBeObject(step.view.selectNextStep(), QLatin1StringView("selectNextStep"));
    const JsonValue &next = step.view.nextStepIdJson();
    if (!next.isString() && !next.isNull()) {
        wrongKind(context, step, step.node->pointer / QLatin1StringView("nextStepId"),
            Text::tr("“nextStepId” must be the id of a step, as a text."));
    }
    checkDo(context, step);
}

void checkIds(RuleContext &context)
{
    for (const RuleStep &step : context.steps()) {
        // A node's key is its step's id but for steps that have none or share it.
        if (step.node->key.size() == step.node->id.size() || !step.view.isValid() || isWrongKindOfId(step))
            continue;
        if (step.node->id.isEmpty())
            reportMissingId(context, step);
        else if (context.graph().indexOfId(step.node->id) != step.index)
            reportDoubleId(context, step);
    }
}

} // namespace automation
