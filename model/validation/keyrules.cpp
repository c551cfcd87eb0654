#include "model/expression/scriptlint.h"
#include "model/validation/rules.h"

namespace automation {

namespace {

using Severity = Problem::Severity;
using Text = RuleText;

constexpr int mostNames = 100; // unknown ones of one step; nobody reads more
// Deeper than that, nobody writes a step.
constexpr int deepestDoubles = 200;

void reportDouble(
    RuleContext &context, const RuleStep &step, const JsonValue &object, qsizetype member, const JsonPointer &container)
{
    Problem &problem = reportDoubleKey(context, object, member, container);
    problem.stepKey = step.node->key;
    problem.stepId = step.node->id;
}

// Where a value stands, without the cost of a pointer for each of the many with nothing wrong.
struct Place
{
    const Place *parent = nullptr;
    const JsonValue *container = nullptr;
    qsizetype index = 0;

    JsonPointer pointer(const RuleStep &step) const
    {
        if (!container)
            return step.node->pointer;
        const JsonPointer before = parent->pointer(step);
        return container->isArray() ? before / index : before / container->keyAt(index);
    }
};

// Also of objects inside, but for the steps of an If, which are looked at by themselves, and for members that do not
// count: no pointer leads there. Whether there are any.
bool checkDoubleKeys(RuleContext &context, const RuleStep &step, const JsonValue &value, const Place &place, int depth)
{
    if (depth > deepestDoubles || !value.mayHaveDoubleKeysInside())
        return false;
    const QList<qsizetype> doubles = doubleMembers(value);
    for (const qsizetype member : doubles)
        reportDouble(context, step, value, member, place.pointer(step));
    const bool isFound = !doubles.isEmpty();
    const qsizetype count = value.size();
    bool isFoundInside = false;
    for (qsizetype i = 0; i < count; ++i) {
        const JsonValue &child = value.at(i);
        if (child.size() == 0 || (depth == 0 && value.keyAt(i) == u"do"))
            continue;
        if (!isFound || value.indexOf(value.keyAt(i)) == i)
            isFoundInside |= checkDoubleKeys(context, step, child, Place {&place, &value, i}, depth + 1);
    }
    return isFound || isFoundInside;
}

// Without the members that do not count because the same key comes again.
JsonValue whatCounts(const JsonValue &value, int depth)
{
    if (value.size() == 0 || depth > deepestDoubles)
        return value;
    JsonValue result = value.isArray() ? JsonValue::array() : JsonValue::object();
    QHash<QStringView, qsizetype> last;
    for (qsizetype i = 0; value.isObject() && i < value.size(); ++i)
        last.insert(value.keyAt(i), i);
    for (qsizetype i = 0; i < value.size(); ++i) {
        if (value.isArray())
            result.append(whatCounts(value.at(i), depth + 1));
        else if (last.value(value.keyAt(i)) == i)
            result.insertMember(result.size(), value.keyAt(i), whatCounts(value.at(i), depth + 1));
    }
    return result;
}

void reportName(
    RuleContext &context, const RuleStep &step, const JsonPointer &place, const QString &name, const QString &meant)
{
    if (meant.isEmpty()) {
        context.report(Severity::Hint, QLatin1StringView("unknown-field"), step, place,
            Text::tr("“%1” is not known here; it is kept as it is.").arg(name));
        return;
    }
    setFix(context.report(Severity::Warning, QLatin1StringView("unknown-field"), step, place,
               Text::tr("“%1” is not known here; “%2” is probably meant.").arg(name, meant)),
        Text::tr("Write %1").arg(meant), JsonEdit::renameKey(context.root(), place, meant));
}

void checkFieldNames(RuleContext &context, const RuleStep &step)
{
    static const QStringList fields {QStringLiteral("id"), QStringLiteral("stepType"), QStringLiteral("inputs"),
        QStringLiteral("outputs"), QStringLiteral("nextStepId"), QStringLiteral("selectNextStep"),
        QStringLiteral("do")};
    // What engines of the family know as well (API reference §3).
    static const QStringList others {QStringLiteral("name"), QStringLiteral("cancelCondition"),
        QStringLiteral("errorBehavior"), QStringLiteral("retryInterval"), QStringLiteral("compensateWith"),
        QStringLiteral("saga")};
    const JsonValue &json = step.view.json();
    int count = 0;
    for (qsizetype i = 0; i < json.size() && count < mostNames; ++i) {
        const QString &name = json.keyAt(i);
        const auto isName = [&name](const QString &known) { return isSameKey(known, name); };
        if (std::any_of(fields.begin(), fields.end(), isName) || others.contains(name))
            continue;
        ++count;
        const QString meant = nearestWord(name, fields);
        reportName(context, step, step.node->pointer / name, name, json.contains(meant) ? QString() : meant);
    }
}

void checkInputNames(RuleContext &context, const RuleStep &step, const GivenInputs &given)
{
    if (!given.hasOthers())
        return;
    const StepType *type = step.node->type;
    const JsonValue &inputs = step.view.inputs();
    QStringList known; // and not there; made when needed
    int count = 0;
    for (qsizetype i = 0; i < inputs.size() && count < mostNames; ++i) {
        const QString &name = inputs.keyAt(i);
        if (type->inputKeys.find(name) >= 0 || name == u"outputs"
            || (name == u"correlationId" && type->role == StepType::Role::WaitForKeys))
            continue;
        if (count++ == 0) {
            for (const InputField &field : type->inputs) {
                const QString &first = field.keys.first();
                if (!inputs.contains(first) && !known.contains(first))
                    known += first;
            }
        }
        reportName(
            context, step, step.node->pointer / QLatin1StringView("inputs") / name, name, nearestWord(name, known));
    }
}

} // namespace

std::optional<JsonValue> checkKeys(RuleContext &context, const RuleStep &step, const GivenInputs &given)
{
    std::optional<JsonValue> counting;
    if (checkDoubleKeys(context, step, step.view.json(), Place(), 0))
        counting = whatCounts(step.view.json(), 0);
    if (step.view.hasOtherMembers())
        checkFieldNames(context, step);
    checkInputNames(context, step, given);
    return counting;
}

QList<qsizetype> doubleMembers(const JsonValue &object)
{
    constexpr qsizetype most = 100; // nobody reads of more
    QList<qsizetype> doubles;
    if (!object.hasDoubleKeys())
        return doubles;
    QHash<QStringView, qsizetype> before;
    for (qsizetype i = 0; i < object.size() && doubles.size() < most; ++i) {
        const auto known = before.constFind(object.keyAt(i));
        if (known != before.cend())
            doubles += *known;
        before.insert(object.keyAt(i), i);
    }
    return doubles;
}

Problem &reportDoubleKey(RuleContext &context, const JsonValue &object, qsizetype member, const JsonPointer &container)
{
    const QString key = object.keyAt(member);
    Problem &problem = context.report(Severity::Warning, QLatin1StringView("duplicate-key"), container / key,
        Text::tr("“%1” stands here twice; only the last one counts.").arg(key));
    JsonEdit edit;
    edit.kind = JsonEdit::Kind::Remove;
    edit.container = container;
    edit.index = member;
    edit.key = key;
    edit.before = object.at(member);
    setFixes(problem, Text::tr("Remove the first one"), {edit});
    return problem;
}

} // namespace automation
