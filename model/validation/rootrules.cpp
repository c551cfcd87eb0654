#include "model/json/jsontextview.h"
#include "model/validation/rules.h"

namespace automation {

namespace {

using Severity = Problem::Severity;
using Text = RuleText;

constexpr QLatin1StringView definitionKey("definition");

const JsonPointer &definitionPlace()
{
    static const JsonPointer place({QString(definitionKey)});
    return place;
}

void checkTrigger(RuleContext &context)
{
    const QString trigger = context.definition().trigger();
    static const JsonPointer place({QStringLiteral("trigger")});
    if (const JsonValue &value = context.root().value(u"trigger"); !value.isNull() && !value.isString()) {
        context.report(Severity::Error, QLatin1StringView("wrong-kind"), place,
            Text::tr("“trigger” must be the name of a trigger, as a text."));
        return;
    }
    if (trigger.trimmed().isEmpty()) {
        context.report(Severity::Error, QLatin1StringView("missing-trigger"), place,
            Text::tr("The workflow has no trigger, so nothing starts it."));
        return;
    }
    const StepType *type = context.catalog().trigger(trigger);
    if (!type) {
        context.report(Severity::Error, QLatin1StringView("unknown-trigger"), place,
            Text::tr("The trigger “%1” is not known.").arg(trigger));
    } else if (type->name != trigger) {
        setFix(context.report(Severity::Warning, QLatin1StringView("case-variant"), place,
                   Text::tr("The trigger is written “%1”; its name is “%2”.").arg(trigger, type->name)),
            Text::tr("Write %1").arg(type->name), JsonEdit::replace(context.root(), place, type->name));
    }
}

void checkAccounts(RuleContext &context)
{
    const JsonValue &root = context.root();
    static constexpr QLatin1StringView accountId("accountId");
    const auto check = [&](const JsonValue &object, const JsonPointer &outer) {
        if (!object.contains(accountId))
            return;
        const JsonPointer place = outer / accountId;
        setFix(
            context.report(Severity::Hint, QLatin1StringView("account-id"), place,
                Text::tr("The file names an account. It is not needed, and left out when the workflow is published.")),
            Text::tr("Remove it"), JsonEdit::remove(root, place));
    };
    check(root, {});
    check(root[definitionKey], definitionPlace());
    const JsonValue &subaccount = root.value(u"subAccountId");
    if (!subaccount.isNull() && !subaccount.isString()) {
        context.report(Severity::Error, QLatin1StringView("wrong-kind"), JsonPointer({QStringLiteral("subAccountId")}),
            Text::tr("“subAccountId” must be a text, or null for any subaccount."));
    }
    if (root.contains(u"subaccountId")) {
        const JsonPointer place({QStringLiteral("subaccountId")});
        Problem &problem = context.report(Severity::Warning, QLatin1StringView("subaccount-spelling"), place,
            Text::tr("“subaccountId” is read as “subAccountId”; the service may not do so."));
        if (!root.contains(u"subAccountId"))
            setFix(problem, Text::tr("Write subAccountId"),
                JsonEdit::renameKey(root, place, QStringLiteral("subAccountId")));
    }
}

// Of the outermost object and of "definition"; keys inside steps are looked at with their step.
void reportDoubleKeys(RuleContext &context, const JsonPointer &container, const JsonValue &object)
{
    for (const qsizetype member : doubleMembers(object))
        reportDoubleKey(context, object, member, container);
}

} // namespace

void checkRoot(RuleContext &context)
{
    const WorkflowDefinition &definition = context.definition();
    const JsonValue &inner = context.root()[definitionKey];
    reportDoubleKeys(context, {}, context.root());
    reportDoubleKeys(context, definitionPlace(), inner);
    const JsonValue &name = inner.value(u"name");
    if (!name.isNull() && !name.isString()) {
        context.report(Severity::Error, QLatin1StringView("wrong-kind"), definitionPlace() / QLatin1StringView("name"),
            Text::tr("“name” must be a text."));
    } else if (JsonTextView(name).isBlank()) {
        context.report(Severity::Error, QLatin1StringView("missing-name"),
            definitionPlace() / QLatin1StringView("name"), Text::tr("The workflow has no name."));
    }
    checkTrigger(context);
    const JsonValue &status = context.root().value(u"status");
    const JsonTextView word(status);
    if (!status.isNull() && !word.is(u"enabled") && !word.is(u"disabled")) {
        const JsonPointer place({QStringLiteral("status")});
        setFix(context.report(Severity::Error, QLatin1StringView("unknown-status"), place,
                   Text::tr("The status must be “enabled” or “disabled”.")),
            Text::tr("Set to disabled"), JsonEdit::replace(context.root(), place, QStringLiteral("disabled")));
    }
    checkAccounts(context);
    if (definition.steps().isEmpty()) {
        context.report(Severity::Error, QLatin1StringView("empty-steps"), WorkflowDefinition::stepsPointer(),
            Text::tr("The workflow has no steps, so it does nothing."));
    }
}

} // namespace automation
