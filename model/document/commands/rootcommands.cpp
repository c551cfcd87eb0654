#include "model/document/commands/rootcommands.h"

#include "model/document/commands/outcomeediting.h"
#include "model/document/commands/stepcommands.h"

#include <QCoreApplication>

namespace automation {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(StepCommands)
};

} // namespace

Result<DefinitionEdit> setTrigger(
    const WorkflowDefinition &definition, const QString &trigger, const StepCatalog &catalog)
{
    if (trigger.trimmed().isEmpty())
        return invalidRequest(Text::tr("A workflow needs a trigger."));
    const StepType *type = catalog.trigger(trigger);
    return setRootValue(definition, JsonPointer({u"trigger"_qs}), trigger,
        Text::tr("Start with “%1”").arg(type ? type->label : trigger));
}

Result<DefinitionEdit> setName(const WorkflowDefinition &definition, const QString &name, const QString &mergeKey)
{
    return setRootValue(
        definition, JsonPointer({u"definition"_qs, u"name"_qs}), name, Text::tr("Rename the workflow"), mergeKey);
}

Result<DefinitionEdit> setStatus(const WorkflowDefinition &definition, const QString &status)
{
    if (status != u"enabled" && status != u"disabled")
        return invalidRequest(Text::tr("A workflow is “enabled” or “disabled”, not “%1”.").arg(status));
    return setRootValue(definition, JsonPointer({u"status"_qs}), status,
        status == u"enabled" ? Text::tr("Enable the workflow") : Text::tr("Disable the workflow"));
}

Result<DefinitionEdit> setSubAccount(
    const WorkflowDefinition &definition, const std::optional<QString> &subAccount, const QString &mergeKey)
{
    // The documented spelling counts when both are there.
    const JsonValue &root = definition.root();
    const bool usesOther = !root.contains(u"subAccountId") && root.contains(u"subaccountId");
    return setRootValue(definition, JsonPointer({usesOther ? u"subaccountId"_qs : u"subAccountId"_qs}),
        subAccount ? JsonValue(*subAccount) : JsonValue(), Text::tr("Change the subaccount"), mergeKey);
}

} // namespace automation
