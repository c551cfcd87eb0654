#include "model/sandbox/definitioncheck.h"

#include "model/expression/expressiontemplate.h"
#include "model/expression/scriptcheck.h"
#include "model/sandbox/steptable.h"
#include "model/sandbox/timetext.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace automation {

namespace {

constexpr int maximumIdLength = 200;

Error refuse(const QString &message)
{
    return {ErrorCode::Refused, message};
}

// "" when all scripts in a value pass; else why not.
QString scriptTrouble(const JsonValue &value)
{
    if (value.isString()) {
        const QString text = value.toString();
        if (!ExpressionTemplate::mayHaveExpressions(text))
            return {};
        const ExpressionTemplate parsed(text);
        for (const TemplatePart &part : parsed.parts()) {
            if (!part.isExpression)
                continue;
            if (const auto problem = checkScript(parsed.script(part)))
                return problem->message;
        }
        return {};
    }
    for (qsizetype i = 0; i < value.size(); ++i) {
        if (const QString trouble = scriptTrouble(value.at(i)); !trouble.isEmpty())
            return trouble;
    }
    return {};
}

bool hasExpression(const QString &text)
{
    return ExpressionTemplate::mayHaveExpressions(text) && ExpressionTemplate(text).hasExpressions();
}

// Reads steps in their order, collects ids and checks what can be said of one step alone.
class StepReader
{
public:
    Result<JsonValue> readSequence(const JsonValue &steps)
    {
        JsonValue accepted = JsonValue::array();
        for (qsizetype i = 0; i < steps.size(); ++i) {
            Result<JsonValue> step = readStep(steps.at(i));
            if (!step)
                return step;
            accepted.append(std::move(*step));
        }
        return accepted;
    }

    // After all steps were read.
    Result<void> checkTargets() const
    {
        for (const QString &target : m_targets) {
            if (!m_ids.contains(target))
                return refuse(u"Cannot find step id %1"_s.arg(target));
        }
        return {};
    }

private:
    Result<JsonValue> readStep(const JsonValue &step)
    {
        if (!step.isObject())
            return refuse(u"Every step must be a JSON object."_s);
        const JsonValue &idValue = step["id"_L1];
        const QString id = idValue.toString();
        if (!idValue.isString() || id.isEmpty())
            return refuse(u"Every step needs an id."_s);
        if (id.toUcs4().size() > maximumIdLength)
            return refuse(u"Step id %1... is longer than %2 characters."_s.arg(id.left(40)).arg(maximumIdLength));
        if (m_ids.contains(id))
            return refuse(u"Duplicate step Id %1"_s.arg(id));
        m_ids.insert(id);

        const StepKind kind = stepKind(step["stepType"_L1].toString());
        if (kind == StepKind::Unknown)
            return refuse(u"Step %1: unknown step type '%2'."_s.arg(id, step["stepType"_L1].toString()));

        JsonValue accepted = JsonValue::object();
        for (qsizetype i = 0; i < step.size(); ++i) {
            const QString &key = step.keyAt(i);
            const JsonValue &value = step.at(i);
            if (key == "id"_L1 || key == "stepType"_L1) {
                accepted.set(key, value);
            } else if (key == "inputs"_L1 || key == "outputs"_L1 || key == "selectNextStep"_L1) {
                if (!value.isObject() && !value.isNull())
                    return refuse(u"Step %1: %2 must be an object."_s.arg(id, key));
                if (const QString trouble = scriptTrouble(value); !trouble.isEmpty())
                    return refuse(u"Step %1: %2: %3"_s.arg(id, key, trouble));
                accepted.set(key, value);
            } else if (key == "nextStepId"_L1) {
                if (!value.isString() && !value.isNull())
                    return refuse(u"Step %1: nextStepId must be text."_s.arg(id));
                accepted.set(key, value);
            } else if (key == "do"_L1) {
                Result<JsonValue> sequences = readSequences(id, value);
                if (!sequences)
                    return sequences;
                accepted.set(key, std::move(*sequences));
            }
        }
        if (const Result<void> links = checkLinks(id, accepted); !links)
            return links.error();
        if (const Result<void> inputs = checkInputs(id, kind, accepted); !inputs)
            return inputs.error();
        return accepted;
    }

    Result<JsonValue> readSequences(const QString &id, const JsonValue &value)
    {
        if (value.isNull())
            return value;
        if (!value.isArray())
            return refuse(u"Step %1: do must be a list of lists of steps."_s.arg(id));
        JsonValue accepted = JsonValue::array();
        for (qsizetype i = 0; i < value.size(); ++i) {
            if (!value.at(i).isArray())
                return refuse(u"Step %1: do must be a list of lists of steps."_s.arg(id));
            Result<JsonValue> sequence = readSequence(value.at(i));
            if (!sequence)
                return sequence;
            accepted.append(std::move(*sequence));
        }
        return accepted;
    }

    Result<void> checkLinks(const QString &id, const JsonValue &step)
    {
        const QString next = step["nextStepId"_L1].toString();
        const JsonValue &select = step["selectNextStep"_L1];
        if (!next.isEmpty() && !select.isEmpty())
            return refuse(u"Step %1: nextStepId and selectNextStep cannot be used together."_s.arg(id));
        if (!next.isEmpty())
            m_targets.append(next);
        for (qsizetype i = 0; i < select.size(); ++i) {
            const JsonValue &condition = select.at(i);
            if (!condition.isNull() && !condition.isString())
                return refuse(
                    u"Step %1: the condition for %2 must be an expression or null."_s.arg(id, select.keyAt(i)));
            if (condition.isString() && !hasExpression(condition.toString()))
                return refuse(
                    u"Step %1: the condition for %2 must stand between {{ and }}."_s.arg(id, select.keyAt(i)));
            m_targets.append(select.keyAt(i));
        }
        return {};
    }

    static Result<void> checkInputs(const QString &id, StepKind kind, const JsonValue &step)
    {
        const JsonValue &inputs = step["inputs"_L1];
        switch (kind) {
        case StepKind::Branch:
            if (!step["selectNextStep"_L1].isObject())
                return refuse(u"Step %1: a Branch needs selectNextStep."_s.arg(id));
            break;
        case StepKind::If: {
            const JsonValue &condition = inputs["condition"_L1];
            if (condition.isNull() || (condition.isString() && condition.toString().isEmpty()))
                return refuse(u"Step %1: an If needs a condition."_s.arg(id));
            if (!condition.isBool() && !(condition.isString() && hasExpression(condition.toString())))
                return refuse(u"Step %1: the condition must stand between {{ and }}."_s.arg(id));
            break;
        }
        case StepKind::Wait:
            if (inputs["duration"_L1].isNull())
                return refuse(u"Step %1: a Wait needs a duration."_s.arg(id));
            return checkDuration(id, u"duration"_s, inputs["duration"_L1]);
        case StepKind::WaitForReply:
        case StepKind::WaitForDtmf:
            if (!inputs["timeout"_L1].isNull())
                return checkDuration(id, u"timeout"_s, inputs["timeout"_L1]);
            break;
        default:
            break;
        }
        return {};
    }

    static Result<void> checkDuration(const QString &id, const QString &name, const JsonValue &value)
    {
        const QString text = value.isNumber() ? QString::fromLatin1(value.numberLexeme()) : value.toString();
        if (hasExpression(text) || readDuration(text))
            return {};
        return refuse(u"Step %1: %2 '%3' is not a duration; write d.HH:mm:ss."_s.arg(id, name, text));
    }

    QSet<QString> m_ids;
    QList<QString> m_targets;
};

Result<JsonValue> acceptInner(const JsonValue &definition)
{
    JsonValue accepted = JsonValue::object();
    for (qsizetype i = 0; i < definition.size(); ++i) {
        const QString &key = definition.keyAt(i);
        if (key == "name"_L1) {
            accepted.set(key, definition.at(i));
        } else if (key == "steps"_L1) {
            StepReader reader;
            Result<JsonValue> steps = reader.readSequence(definition.at(i));
            if (!steps)
                return steps;
            if (const Result<void> targets = reader.checkTargets(); !targets)
                return targets.error();
            accepted.set(key, std::move(*steps));
        }
    }
    return accepted;
}

} // namespace

Result<JsonValue> acceptDefinition(const JsonValue &body)
{
    if (!body.isObject())
        return refuse(u"The definition must be a JSON object."_s);
    const JsonValue &definition = body["definition"_L1];
    if (!definition.isObject())
        return refuse(u"Workflow definition is required."_s);
    if (!definition["name"_L1].isString() || definition["name"_L1].toString().trimmed().isEmpty())
        return refuse(u"Workflow name is required."_s);
    const JsonValue &steps = definition["steps"_L1];
    if (!steps.isArray() || steps.isEmpty())
        return refuse(u"At least one step is required."_s);
    const QStringList triggers {u"inbound_sms"_s, u"inbound_chat_apps"_s, u"http_request"_s};
    if (!triggers.contains(body["trigger"_L1].toString()))
        return refuse(u"Trigger must be one of %1."_s.arg(triggers.join(u", "_s)));
    const JsonValue &status = body["status"_L1];
    if (!status.isNull() && status.toString() != "enabled"_L1 && status.toString() != "disabled"_L1)
        return refuse(u"Status must be enabled or disabled."_s);
    const JsonValue &subAccount = body.contains("subAccountId"_L1) ? body["subAccountId"_L1] : body["subaccountId"_L1];
    if (!subAccount.isNull() && !subAccount.isString())
        return refuse(u"Invalid subaccount id."_s);

    Result<JsonValue> inner = acceptInner(definition);
    if (!inner)
        return inner;

    JsonValue accepted = JsonValue::object();
    for (qsizetype i = 0; i < body.size(); ++i) {
        const QString &key = body.keyAt(i);
        if (key == "trigger"_L1)
            accepted.set(key, body.at(i));
        else if (key == "definition"_L1)
            accepted.set(key, *inner);
        else if (key == "subAccountId"_L1 || key == "subaccountId"_L1)
            accepted.set(u"subAccountId"_s, subAccount);
        else if (key == "status"_L1)
            accepted.set(key, status.isNull() ? JsonValue("disabled"_L1) : status);
    }
    if (!accepted.contains("status"_L1))
        accepted.set(u"status"_s, JsonValue("disabled"_L1));
    return accepted;
}

} // namespace automation
