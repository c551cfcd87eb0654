#include "model/definition/stepoutcomes.h"

#include "model/definition/conditionreading.h"
#include "model/json/jsonwriter.h"

#include <algorithm>
#include <QCoreApplication>
#include <QSet>

namespace automation {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(DefinitionGraph)
};

// "reply1" of data.reply1 and data['reply1']; empty for anything else.
QString dataVariable(QStringView path)
{
    if (path.startsWith(u"data.")) {
        const QStringView name = path.sliced(5);
        return name.contains(u'.') || name.contains(u'[') ? QString() : name.toString();
    }
    for (const auto &[open, close] : {std::pair(u"data['", u"']"), std::pair(u"data[\"", u"\"]")}) {
        if (path.size() > 8 && path.startsWith(open) && path.endsWith(close))
            return path.sliced(6, path.size() - 8).toString();
    }
    return {};
}

// The template whose condition the expression is, perhaps through a variable in which the outputs keep the result.
const OutcomeTemplate *recognise(const StepType &type, const QString &expression, const JsonValue &outputs)
{
    const bool offersConditions = std::any_of(type.outcomeTemplates.begin(), type.outcomeTemplates.end(),
        [](const OutcomeTemplate &candidate) { return !candidate.condition.isEmpty(); });
    if (!offersConditions)
        return nullptr;
    for (const OutcomeTemplate &candidate : type.outcomeTemplates) {
        if (candidate.condition == expression)
            return &candidate;
    }
    const NullTest asked = readNullTest(expression);
    if (asked.subject.isEmpty())
        return nullptr;
    QString subject = asked.subject;
    if (const QString variable = dataVariable(subject); !variable.isEmpty())
        subject = withoutBraces(outputs.value(variable).toString()).toString();
    for (const OutcomeTemplate &candidate : type.outcomeTemplates) {
        const NullTest offered = readNullTest(candidate.condition);
        if (offered.subject == subject && offered.wantsValue == asked.wantsValue)
            return &candidate;
    }
    return nullptr;
}

Outcome fromTemplate(const OutcomeTemplate &source)
{
    Outcome outcome;
    outcome.kind = source.condition.isEmpty() ? Outcome::Kind::Default : Outcome::Kind::Condition;
    outcome.expression = source.condition;
    outcome.known = &source;
    return outcome;
}

Outcome conditionOutcome(
    const QString &target, const JsonValue &condition, const StepType *type, const JsonValue &outputs)
{
    Outcome outcome;
    outcome.target = target;
    if (condition.isNull()) {
        outcome.kind = Outcome::Kind::Default;
        if (type) {
            for (const OutcomeTemplate &candidate : type->outcomeTemplates) {
                if (candidate.condition.isEmpty())
                    outcome.known = &candidate;
            }
        }
        return outcome;
    }
    outcome.kind = Outcome::Kind::Condition;
    outcome.expression
        = condition.isString() ? condition.toString() : QString::fromUtf8(writeJson(condition, JsonStyle::compact()));
    if (type)
        outcome.known = recognise(*type, outcome.expression, outputs);
    return outcome;
}

// The entries of selectNextStep. Of equal keys the last one counts, as for every reader of the file.
void addConditions(const JsonValue &entries, const StepType *type, const JsonValue &outputs, QList<Outcome> *result)
{
    if (!entries.isObject())
        return;
    QSet<QString> seen;
    const bool mayHaveDoubles = entries.size() > 1 && entries.mayHaveDoubleKeysInside();
    const qsizetype start = result->size();
    for (qsizetype i = entries.size() - 1; i >= 0; --i) {
        const QString &target = entries.keyAt(i);
        if (mayHaveDoubles) {
            if (seen.contains(target))
                continue;
            seen.insert(target);
        }
        result->append(conditionOutcome(target, entries.at(i), type, outputs));
    }
    std::reverse(result->begin() + start, result->end());
}

void addOpenTemplates(const StepType &type, QList<Outcome> *result)
{
    const qsizetype present = result->size();
    for (const OutcomeTemplate &candidate : type.outcomeTemplates) {
        const bool there = std::any_of(result->cbegin(), result->cbegin() + present,
            [&candidate](const Outcome &outcome) { return outcome.known == &candidate; });
        if (!there)
            result->append(fromTemplate(candidate));
    }
}

} // namespace

QString Outcome::label() const
{
    if (known)
        return known->label;
    switch (kind) {
    case Kind::Next:
        break;
    case Kind::Child:
        return Text::tr("then");
    case Kind::Default:
        return Text::tr("otherwise");
    case Kind::Condition:
        return readCondition(expression).label;
    }
    return {};
}

QString Outcome::key() const
{
    if (kind == Kind::Child)
        return QStringLiteral("do:%1").arg(sequence);
    if (kind == Kind::Next)
        return QStringLiteral("next");
    return isOpen() ? QStringLiteral("open:") + templateKey() : QStringLiteral("when:") + target;
}

Outcome nextOutcome(const QString &target)
{
    Outcome outcome;
    outcome.target = target;
    return outcome;
}

Outcome childOutcome(const QString &firstStep, int sequence)
{
    Outcome outcome;
    outcome.kind = Outcome::Kind::Child;
    outcome.target = firstStep;
    outcome.sequence = sequence;
    return outcome;
}

QList<Outcome> outcomesOf(const StepView &step, const StepType *type, const QList<Outcome> &children)
{
    const StepType::Outcomes kind = type ? type->outcomes : StepType::Outcomes::Single;
    const bool isContainer = kind == StepType::Outcomes::Container;
    QList<Outcome> result = children;
    result.reserve(children.size() + step.selectNextStep().size() + (type ? type->outcomeTemplates.size() : 0) + 1);
    const QString next = step.nextStepId();
    if (!next.isEmpty())
        result += nextOutcome(next);
    const qsizetype firstCondition = result.size();
    addConditions(step.selectNextStep(), type, step.outputs(), &result);
    const bool hasConditions = result.size() > firstCondition;

    if (isContainer && children.isEmpty())
        result += childOutcome({}, 0);
    if (type)
        addOpenTemplates(*type, &result);
    const bool canHaveNext = kind == StepType::Outcomes::Single || isContainer;
    if (canHaveNext && next.isEmpty() && !hasConditions)
        result += nextOutcome({});
    return result;
}

} // namespace automation
