#include "model/definition/conditionreading.h"
#include "model/definition/conditiontests.h"
#include "model/expression/expressiontemplate.h"
#include "model/expression/remembered.h"
#include "model/json/jsontextview.h"
#include "model/validation/rules.h"

#include <algorithm>

namespace automation {

namespace {

using Severity = Problem::Severity;
using Text = RuleText;

JsonPointer placeOf(const RuleStep &step, const Outcome &outcome)
{
    if (outcome.kind == Outcome::Kind::Next)
        return step.node->pointer / QLatin1StringView("nextStepId");
    return step.node->pointer / QLatin1StringView("selectNextStep") / outcome.target;
}

void checkSelfTarget(RuleContext &context, const RuleStep &step, const Outcome &outcome)
{
    if (!isSameKey(outcome.target, step.node->id))
        return;
    const JsonPointer place = placeOf(step, outcome);
    setFix(context.report(Severity::Warning, QLatin1StringView("self-target"), step, place,
               Text::tr("The step leads to itself and may run for ever.")),
        Text::tr("Disconnect"), JsonEdit::remove(context.root(), place));
}

void checkCondition(RuleContext &context, const RuleStep &step, const QString &target, const JsonValue &condition)
{
    if (condition.isNull() || JsonTextView(condition).hasBraces())
        return;
    const JsonPointer place = step.node->pointer / QLatin1StringView("selectNextStep") / target;
    if (!condition.isString()) {
        context.report(Severity::Error, QLatin1StringView("wrong-kind"), step, place,
            Text::tr("The condition for “%1” must be an expression in {{ }}, or null for “otherwise”.").arg(target));
    } else {
        Problem &problem = context.report(Severity::Error, QLatin1StringView("condition-braces"), step, place,
            Text::tr("The condition for “%1” is no expression: it must stand in {{ }}.").arg(target));
        if (!condition.toString().trimmed().isEmpty()) {
            setFix(problem, Text::tr("Put it in braces"),
                JsonEdit::replace(context.root(), place, inBraces(condition.toString())));
        }
    }
}

std::shared_ptr<const ConditionTests> testsOf(QStringView script)
{
    thread_local Remembered<ConditionTests> memory;
    const auto read = [](QStringView fresh) { return std::make_shared<const ConditionTests>(readTests(fresh)); };
    static const auto none = std::make_shared<const ConditionTests>();
    return script.size() > maxScriptLength ? none : memory.of(script, read); // one too long is refused anyway
}

// What two conditions of a step have in common, so that more than one way is taken.
class Overlaps
{
public:
    Overlaps(RuleContext &context, const RuleStep &step)
        : m_context(context)
        , m_step(step)
    {
    }

    void check()
    {
        for (const Outcome &outcome : m_step.node->outcomes) {
            if (outcome.kind == Outcome::Kind::Condition && !outcome.isOpen())
                m_conditions.push_back({&outcome, withoutBraces(outcome.expression), {}});
        }
        if (m_conditions.size() < 2)
            return;
        checkEqual();
        if (m_conditions.size() > mostCompared)
            return;
        for (Condition &condition : m_conditions)
            condition.tests = testsOf(condition.script);
        for (size_t i = 0; i < m_conditions.size(); ++i) {
            for (size_t k = i + 1; k < m_conditions.size(); ++k) {
                if (m_conditions[i].script == m_conditions[k].script)
                    continue;
                if (const TestOverlap both = findOverlap(*m_conditions[i].tests, *m_conditions[k].tests))
                    report(m_conditions[i], m_conditions[k], both);
            }
        }
    }

private:
    struct Condition
    {
        const Outcome *outcome;
        QStringView script; // in its expression
        std::shared_ptr<const ConditionTests> tests;
    };

    void checkEqual()
    {
        constexpr size_t few = 8;
        QHash<QStringView, const Condition *> seen; // of many
        for (size_t i = 0; i < m_conditions.size(); ++i) {
            const Condition &condition = m_conditions[i];
            const Condition *first = nullptr;
            if (m_conditions.size() > few) {
                const Condition *&known = seen[condition.script];
                first = known = known ? known : &condition;
            } else {
                first = m_conditions.data();
                while (first->script != condition.script)
                    ++first;
            }
            if (first == &condition)
                continue;
            add(condition,
                Text::tr("The condition is the same as the one for “%1”: both ways are taken.")
                    .arg(first->outcome->target));
        }
    }

    void report(const Condition &a, const Condition &b, const TestOverlap &both)
    {
        using Kind = ConditionTest::Kind;
        const ConditionTest &first = *both.first;
        const ConditionTest &second = *both.second;
        // Said at the word that is part of the other.
        const bool isSecond = second.kind == Kind::Contains
            && (first.kind != Kind::Contains || first.value.size() > second.value.size());
        const ConditionTest &inner = isSecond ? second : first;
        const ConditionTest &outer = isSecond ? first : second;
        if (inner.kind == Kind::Contains && !inner.isNegated && !outer.isNegated && outer.kind != Kind::StartsWith) {
            add(isSecond ? b : a,
                Text::tr("A text with “%1” also contains “%2”: both ways are taken then.")
                    .arg(outer.value, inner.value));
        } else {
            add(b,
                Text::tr("This condition and the one for “%1” can both be true: both ways are taken then.")
                    .arg(a.outcome->target));
        }
    }

    void add(const Condition &condition, const QString &message)
    {
        m_context.report(Severity::Warning, QLatin1StringView("overlapping-conditions"), m_step,
            placeOf(m_step, *condition.outcome), message);
    }

    // Comparing each with each: beyond this many the finding is not worth its time.
    static constexpr size_t mostCompared = 60;
    RuleContext &m_context;
    const RuleStep &m_step;
    std::vector<Condition> m_conditions;
};

// Replied and not replied, for instance: nothing to compare.
bool hasJustItsEnds(const RuleStep &step)
{
    const OutcomeTemplate *seen[2] = {nullptr, nullptr};
    qsizetype count = 0;
    for (const Outcome &outcome : step.node->outcomes) {
        if (outcome.isOpen())
            continue;
        if (count == 2 || outcome.kind != Outcome::Kind::Condition || !outcome.known || outcome.known == seen[0])
            return false;
        seen[count++] = outcome.known;
    }
    return count == 2;
}

void checkDefaults(RuleContext &context, const RuleStep &step, const JsonValue &entries)
{
    bool hasDefault = false;
    for (qsizetype i = 0; i < entries.size(); ++i) {
        if (!entries.at(i).isNull() || entries.indexOf(entries.keyAt(i)) != i)
            continue;
        if (std::exchange(hasDefault, true)) {
            context.report(Severity::Warning, QLatin1StringView("several-defaults"), step,
                step.node->pointer / QLatin1StringView("selectNextStep") / entries.keyAt(i),
                Text::tr("There is another “otherwise” before this one; it is not documented which of them runs."));
        }
    }
}

void checkBranch(RuleContext &context, const RuleStep &step, qsizetype conditions, bool hasDefault)
{
    const JsonPointer place = step.node->pointer / QLatin1StringView("selectNextStep");
    if (conditions == 0 && !hasDefault) {
        context.report(Severity::Error, QLatin1StringView("branch-empty"), step, place,
            Text::tr("The branch has no conditions, so it leads nowhere."));
        return;
    }
    if (!hasDefault) {
        context.report(Severity::Warning, QLatin1StringView("branch-default"), step, place,
            Text::tr("No “otherwise”: when no condition is true, the workflow ends here without a word."));
    }
}

// A wait that handles one of its ends usually should handle the other.
void checkFixedOutcomes(RuleContext &context, const RuleStep &step)
{
    bool hasConnected = false;
    bool hasNext = false;
    bool hasOwn = false;
    for (const Outcome &outcome : step.node->outcomes) {
        hasConnected = hasConnected || !outcome.isOpen();
        hasNext = hasNext || outcome.kind == Outcome::Kind::Next
            || (outcome.kind == Outcome::Kind::Default && !outcome.isOpen());
        // Conditions of its own, such as which key was pressed, may well cover the ends.
        hasOwn = hasOwn || (outcome.kind == Outcome::Kind::Condition && !outcome.isOpen() && !outcome.known);
    }
    if (!hasConnected || hasNext || hasOwn)
        return;
    for (const Outcome &outcome : step.node->outcomes) {
        if (outcome.isOpen() && !outcome.templateKey().isEmpty()) {
            context.report(Severity::Hint, QLatin1StringView("open-outcome"), step,
                step.node->pointer / QLatin1StringView("selectNextStep"),
                Text::tr("Nothing follows “%1”: the workflow ends there.").arg(outcome.label()));
        }
    }
}

} // namespace

void checkConditions(RuleContext &context, const RuleStep &step)
{
    const JsonValue &entries = step.view.selectNextStep();
    if (entries.isObject() && !entries.isEmpty() && !JsonTextView(step.view.nextStepIdJson()).isEmpty()) {
        const JsonPointer place = step.node->pointer / QLatin1StringView("nextStepId");
        setFix(context.report(Severity::Error, QLatin1StringView("both-successors"), step, place,
                   Text::tr("The step has a next step and conditions; only one of the two is allowed.")),
            Text::tr("Keep the conditions"), JsonEdit::remove(context.root(), place));
    }
    qsizetype conditions = 0;
    bool hasDefault = false;
    for (const Outcome &outcome : step.node->outcomes) {
        if (!outcome.isOpen() && outcome.kind != Outcome::Kind::Child)
            checkSelfTarget(context, step, outcome);
        if (outcome.isOpen())
            continue;
        conditions += outcome.kind == Outcome::Kind::Condition ? 1 : 0;
        hasDefault = hasDefault || outcome.kind == Outcome::Kind::Default;
    }
    if (entries.isObject()) {
        for (qsizetype i = 0; i < entries.size(); ++i) {
            if (entries.keyAt(i).isEmpty()) {
                context.report(Severity::Error, QLatin1StringView("dangling-target"), step,
                    step.node->pointer / QLatin1StringView("selectNextStep") / QString(),
                    Text::tr("A condition leads to a step without a name."));
            }
            checkCondition(context, step, entries.keyAt(i), entries.at(i));
        }
        if (entries.size() > 1 && !hasJustItsEnds(step)) {
            checkDefaults(context, step, entries);
            Overlaps(context, step).check();
        }
    }
    const StepType *type = step.node->type;
    if (type && type->outcomes == StepType::Outcomes::Conditions)
        checkBranch(context, step, conditions, hasDefault);
    if (type && type->outcomes == StepType::Outcomes::Fixed)
        checkFixedOutcomes(context, step);
    if (type && type->outcomes == StepType::Outcomes::Container && step.node->children.isEmpty()) {
        context.report(Severity::Warning, QLatin1StringView("if-empty"), step,
            step.node->pointer / QLatin1StringView("do"),
            Text::tr("The If has no steps inside, so its condition changes nothing."));
    }
}

void checkTargets(RuleContext &context)
{
    constexpr int mostOfStep = 100; // each is looked for in the step, and nobody reads more
    int last = -1;
    int count = 0;
    for (const auto &[node, number] : context.graph().danglingOutcomes()) {
        const RuleStep *step = context.stepOf(node);
        count = std::exchange(last, node) == node ? count + 1 : 0;
        if (!step || count >= mostOfStep)
            continue;
        const Outcome &outcome = step->node->outcomes.at(number);
        if (outcome.kind == Outcome::Kind::Child)
            continue; // its step is there, without an id
        const JsonPointer place = placeOf(*step, outcome);
        setFix(context.report(Severity::Error, QLatin1StringView("dangling-target"), *step, place,
                   Text::tr("The step leads to “%1”, which does not exist.").arg(outcome.target)),
            Text::tr("Disconnect"), JsonEdit::remove(context.root(), place));
    }
}

void checkReachability(RuleContext &context)
{
    const DefinitionGraph &graph = context.graph();
    const DataFlow &flow = context.facts().flow();
    for (const RuleStep &step : context.steps()) {
        if (flow.isReached(step.index) || !step.view.isValid())
            continue;
        const int parent = step.node->parent;
        if (parent < 0) {
            context.report(Severity::Warning, QLatin1StringView("unreachable-step"), step, step.node->pointer,
                Text::tr("Nothing leads to this step, so it never runs."));
            continue;
        }
        if (!flow.isReached(parent))
            continue; // said of its container
        Problem &problem
            = context.report(Severity::Warning, QLatin1StringView("unchained-step"), step, step.node->pointer,
                Text::tr("Only the first step inside starts by itself; nothing leads to this one, so it never runs."));
        // The step before it in the same list, if it leads nowhere yet, is the obvious one to lead here.
        const GraphNode &container = graph.nodes().at(parent);
        const auto found = std::lower_bound(container.children.begin(), container.children.end(), step.index);
        const qsizetype place = found - container.children.begin();
        if (place < 1 || step.node->id.isEmpty())
            continue;
        const GraphNode &before = graph.nodes().at(container.children.at(place - 1));
        const bool leadsNowhere = std::all_of(before.outcomes.begin(), before.outcomes.end(),
            [](const Outcome &outcome) { return outcome.isOpen() || outcome.kind == Outcome::Kind::Child; });
        const JsonValue *json = before.pointer.resolve(context.root());
        if (before.sequence != step.node->sequence || !leadsNowhere || !json || !json->isObject())
            continue;
        const QString text = Text::tr("Let %1 lead here").arg(before.id);
        if (json->contains(u"nextStepId"))
            setFix(problem, text,
                JsonEdit::replace(context.root(), before.pointer / QLatin1StringView("nextStepId"), step.node->id));
        else
            setFix(
                problem, text, JsonEdit::insertMember(before.pointer, -1, QStringLiteral("nextStepId"), step.node->id));
    }
}

} // namespace automation
