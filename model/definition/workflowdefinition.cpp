#include "model/definition/workflowdefinition.h"

#include <optional>
#include <QCoreApplication>
#include <string>

namespace automation {

namespace {

// Constants, so that their length is not counted at every call.
constexpr QStringView idKey(u"id");
constexpr QStringView stepTypeKey(u"stepType");
constexpr QStringView nextStepIdKey(u"nextStepId");
constexpr QStringView inputsKey(u"inputs");
constexpr QStringView outputsKey(u"outputs");
constexpr QStringView selectNextStepKey(u"selectNextStep");
constexpr QStringView doKey(u"do");

// Of keys of the same length; its length being known, nothing is called.
template <const QStringView &name> bool isKey(const QString &key)
{
    const auto *letters = reinterpret_cast<const char16_t *>(key.utf16());
    return std::char_traits<char16_t>::compare(letters, name.utf16(), size_t(name.size())) == 0;
}

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(WorkflowDefinition)
};

Error notADefinition(const QString &message)
{
    return Error {ErrorCode::NotADefinition, message};
}

// Adds the steps of a list and inside them to count; what is too much about them, if anything.
std::optional<QString> tooMuch(const JsonValue &steps, qsizetype *count)
{
    *count += steps.size();
    if (*count > WorkflowDefinition::mostSteps) {
        return Text::tr("The workflow has more than %1 steps, which is more than can be shown.")
            .arg(WorkflowDefinition::mostSteps);
    }
    constexpr qsizetype ahead = 4;
    for (qsizetype i = 0; i < steps.size(); ++i) {
        steps.prefetchAt(i + ahead);
        const StepView step(steps.at(i));
        if (step.selectNextStep().size() > WorkflowDefinition::mostTargets) {
            return Text::tr("The step “%1” has more than %2 conditions, which is more than can be shown.")
                .arg(step.id())
                .arg(WorkflowDefinition::mostTargets);
        }
        const JsonValue &sequences = step.sequences();
        for (qsizetype k = 0; sequences.isArray() && k < sequences.size(); ++k) {
            const JsonValue &sequence = sequences.at(k);
            if (std::optional<QString> inside = sequence.isArray() ? tooMuch(sequence, count) : std::nullopt)
                return inside;
        }
    }
    return std::nullopt;
}

} // namespace

const StepView::Members &StepView::noMembers()
{
    static const JsonValue none;
    static const Members members {&none, &none, &none, &none, &none, &none, &none};
    return members;
}

StepView::StepView(const JsonValue &json)
    : m_json(&json)
{
    if (!json.isObject())
        return;
    const qsizetype count = json.size();
    for (qsizetype i = 0; i < count; ++i) {
        if (const JsonValue **member = memberOf(json.keyAt(i)))
            *member = &json.at(i);
        else
            m_hasOthers = true;
    }
}

const JsonValue **StepView::memberOf(const QString &key)
{
    // Of one length there is one key, but for "id" and "do".
    switch (key.size()) {
    case idKey.size():
        return isKey<idKey>(key) ? &m_members.id : isKey<doKey>(key) ? &m_members.sequences : nullptr;
    case stepTypeKey.size():
        return isKey<stepTypeKey>(key) ? &m_members.stepType : nullptr;
    case inputsKey.size():
        return isKey<inputsKey>(key) ? &m_members.inputs : nullptr;
    case outputsKey.size():
        return isKey<outputsKey>(key) ? &m_members.outputs : nullptr;
    case nextStepIdKey.size():
        return isKey<nextStepIdKey>(key) ? &m_members.nextStepId : nullptr;
    case selectNextStepKey.size():
        return isKey<selectNextStepKey>(key) ? &m_members.selectNextStep : nullptr;
    default:
        return nullptr;
    }
}

const JsonValue &StepView::input(QStringView dottedName) const
{
    const JsonValue *value = &inputs();
    for (const QStringView key : dottedName.tokenize(u'.')) {
        value = value->find(key);
        if (!value)
            return *noMembers().inputs;
    }
    return *value;
}

Result<WorkflowDefinition> WorkflowDefinition::fromJson(JsonValue root)
{
    Result<WorkflowDefinition> result = fromEdited(std::move(root));
    static_assert(mostTargets <= mostSteps);
    if (!result || !result->steps().mayHoldMoreThan(mostTargets))
        return result;
    qsizetype count = 0;
    if (const std::optional<QString> what = tooMuch(result->steps(), &count))
        return Error {ErrorCode::Limit, *what};
    return result;
}

Result<WorkflowDefinition> WorkflowDefinition::fromEdited(JsonValue root)
{
    if (!root.isObject())
        return notADefinition(
            Text::tr("This is no workflow definition: the outermost value must be an object in { }."));
    const JsonValue *definition = root.find(u"definition");
    if (!definition && root.contains(u"steps")) {
        return notADefinition(
            Text::tr("This is no workflow definition: \"steps\" must stand inside a \"definition\" object, "
                     "next to \"trigger\"."));
    }
    if (!definition)
        return notADefinition(Text::tr("This is no workflow definition: it has no \"definition\" object."));
    if (!definition->isObject())
        return notADefinition(Text::tr("This is no workflow definition: \"definition\" must be an object in { }."));
    const JsonValue *steps = definition->find(u"steps");
    if (!steps)
        return notADefinition(Text::tr("This is no workflow definition: \"definition\" has no list of \"steps\"."));
    if (!steps->isArray())
        return notADefinition(Text::tr("This is no workflow definition: \"definition/steps\" must be a list in [ ]."));
    WorkflowDefinition result;
    result.m_root = std::move(root);
    return result;
}

QString WorkflowDefinition::name() const
{
    return m_root.value(u"definition").value(u"name").toString();
}

QString WorkflowDefinition::id() const
{
    const QString inner = m_root.value(u"definition").value(u"id").toString();
    return inner.isEmpty() ? m_root.value(u"id").toString() : inner;
}

int WorkflowDefinition::version() const
{
    const JsonValue *inner = m_root.value(u"definition").find(u"version");
    const qint64 version = (inner ? *inner : m_root.value(u"version")).toInteger();
    return version > 0 && version <= std::numeric_limits<int>::max() ? int(version) : 0;
}

QString WorkflowDefinition::subAccountId() const
{
    const JsonValue *documented = m_root.find(u"subAccountId");
    return (documented ? *documented : m_root.value(u"subaccountId")).toString();
}

QString WorkflowDefinition::trigger() const
{
    return m_root.value(u"trigger").toString();
}

QString WorkflowDefinition::status() const
{
    return m_root.value(u"status").toString();
}

QString WorkflowDefinition::createdAt() const
{
    return m_root.value(u"createdAt").toString();
}

JsonPointer WorkflowDefinition::stepsPointer()
{
    return JsonPointer({QStringLiteral("definition"), QStringLiteral("steps")});
}

const JsonValue &WorkflowDefinition::steps() const
{
    return m_root.value(u"definition").value(u"steps");
}

JsonValue WorkflowDefinition::toDefinitionInput() const
{
    JsonValue input = m_root;
    for (const QStringView key : {u"accountId", u"id", u"version", u"createdAt"})
        input.remove(key);
    if (const qsizetype other = input.indexOf(u"subaccountId"); other >= 0) {
        // Both spellings are read, the documented one is sent (API reference §10, C2).
        if (input.contains(u"subAccountId"))
            input.remove(u"subaccountId");
        else
            input.renameKeyAt(other, QStringLiteral("subAccountId"));
    }
    if (status().isEmpty())
        input.set(QStringLiteral("status"), JsonValue(QStringLiteral("disabled")));
    if (const qsizetype place = input.indexOf(u"definition"); place >= 0) {
        JsonValue definition = input.at(place);
        for (const QStringView key : {u"accountId", u"id", u"version", u"createdAt"})
            definition.remove(key);
        input.replace(place, std::move(definition));
    }
    return input;
}

} // namespace automation
