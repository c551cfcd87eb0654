#include "model/definition/conditionreading.h"
#include "model/validation/rules.h"

#include <algorithm>

namespace automation {

namespace {

using Severity = Problem::Severity;
using Text = RuleText;

// Comparing each keyword with each other: beyond this many the finding is not worth its time.
constexpr qsizetype mostKeywords = 60;

JsonPointer placeOf(const RuleStep &step, const Outcome &outcome)
{
    if (outcome.kind == Outcome::Kind::Next)
        return step.node->pointer / QLatin1StringView("nextStepId");
    return step.node->pointer / QLatin1StringView("selectNextStep") / outcome.target;
}

void checkSelfTarget(RuleContext &context, const RuleStep &step, const Outcome &outcome)
{
    if (outcome.target != step.node->id)
        return;
    const JsonPointer place = placeOf(step, outcome);
    setFix(context.report(Severity::Warning, QLatin1StringView("self-target"), step, place,
               Text::tr("The step leads to itself and may run for ever.")),
        Text::tr("Disconnect"), JsonEdit::remove(context.root(), place));
}

void checkCondition(RuleContext &context, const RuleStep &step, const QString &target, const JsonValue &condition)
{
    const JsonPointer place = step.node->pointer / QLatin1StringView("selectNextStep") / target;
    if (condition.isNull())
        return;
    if (!condition.isString()) {
        context.report(Severity::Error, QLatin1StringView("wrong-kind"), step, place,
            Text::tr("The condition for \"%1\" must be an expression in {{ }}, or null for \"otherwise\".")
                .arg(target));
    } else if (!condition.toString().contains(u"{{")) {
        Problem &problem = context.report(Severity::Error, QLatin1StringView("condition-braces"), step, place,
            Text::tr("The condition for \"%1\" is no expression: it must stand in {{ }}.").arg(target));
        if (!condition.toString().trimmed().isEmpty()) {
            setFix(problem, Text::tr("Put it in braces"),
                JsonEdit::replace(context.root(), place, QStringLiteral("{{%1}}").arg(condition.toString().trimmed())));
        }
    }
}

// "1" is also found in "12": with stringContains both paths would run.
void checkKeywords(RuleContext &context, const RuleStep &step)
{
    struct Keyword
    {
        QString subject;
        QString word;
        QString target;
    };
    QList<Keyword> keywords;
    for (const Outcome &outcome : step.node->outcomes) {
        if (outcome.kind != Outcome::Kind::Condition || outcome.isOpen()
            || !outcome.expression.contains(u"stringContains"))
            continue;
        const ConditionReading reading = readCondition(outcome.expression);
        if (reading.label.size() > 2 && reading.label.startsWith(u'\'') && !reading.subject.isEmpty())
            keywords += Keyword {reading.subject, reading.label.mid(1, reading.label.size() - 2), outcome.target};
    }
    if (keywords.size() > mostKeywords)
        return;
    for (const Keyword &inner : keywords) {
        for (const Keyword &outer : keywords) {
            if (&inner == &outer || inner.subject != outer.subject
                || !outer.word.contains(inner.word, Qt::CaseInsensitive))
                continue;
            if (inner.word.size() == outer.word.size() && &inner > &outer)
                continue; // equal words: said once
            context.report(Severity::Warning, QLatin1StringView("overlapping-conditions"), step,
                step.node->pointer / QLatin1StringView("selectNextStep") / inner.target,
                Text::tr("A text with \"%1\" also contains \"%2\": both paths run then.").arg(outer.word, inner.word));
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
            Text::tr("No \"otherwise\": when no condition is true, the workflow ends here without a word."));
    }
    checkKeywords(context, step);
}

// A wait that handles one of its ends usually should handle the other.
void checkFixedOutcomes(RuleContext &context, const RuleStep &step)
{
    bool hasConnected = false;
    bool hasNext = false;
    for (const Outcome &outcome : step.node->outcomes) {
        hasConnected = hasConnected || !outcome.isOpen();
        hasNext = hasNext || outcome.kind == Outcome::Kind::Next
            || (outcome.kind == Outcome::Kind::Default && !outcome.isOpen());
    }
    if (!hasConnected || hasNext)
        return;
    for (const Outcome &outcome : step.node->outcomes) {
        if (outcome.isOpen() && !outcome.templateKey().isEmpty()) {
            context.report(Severity::Hint, QLatin1StringView("open-outcome"), step,
                step.node->pointer / QLatin1StringView("selectNextStep"),
                Text::tr("Nothing follows \"%1\": the workflow ends there.").arg(outcome.label()));
        }
    }
}

} // namespace

void checkConditions(RuleContext &context, const RuleStep &step)
{
    const JsonValue &entries = step.view.selectNextStep();
    if (!step.view.nextStepId().isEmpty() && entries.isObject() && !entries.isEmpty()) {
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
    }
    const StepType *type = step.node->type;
    if (type && type->outcomes == StepType::Outcomes::Conditions)
        checkBranch(context, step, conditions, hasDefault);
    if (type && type->outcomes == StepType::Outcomes::Fixed)
        checkFixedOutcomes(context, step);
}

void checkTargets(RuleContext &context)
{
    for (const auto &[node, number] : context.graph().danglingOutcomes()) {
        const RuleStep *step = context.stepOf(node);
        if (!step)
            continue;
        const Outcome &outcome = step->node->outcomes.at(number);
        if (outcome.kind == Outcome::Kind::Child)
            continue; // its step is there, without an id
        const JsonPointer place = placeOf(*step, outcome);
        setFix(context.report(Severity::Error, QLatin1StringView("dangling-target"), *step, place,
                   Text::tr("The step leads to \"%1\", which does not exist.").arg(outcome.target)),
            Text::tr("Disconnect"), JsonEdit::remove(context.root(), place));
    }
}

void checkReachability(RuleContext &context)
{
    const DefinitionGraph &graph = context.graph();
    std::vector<bool> reached(size_t(graph.nodes().size()), false);
    std::vector<int> open {0};
    reached[0] = true;
    while (!open.empty()) {
        const int node = open.back();
        open.pop_back();
        for (const Connection &connection : graph.connectionsOf(node)) {
            if (!reached[size_t(connection.to)]) {
                reached[size_t(connection.to)] = true;
                open.push_back(connection.to);
            }
        }
    }
    for (const RuleStep &step : context.steps()) {
        if (reached[size_t(step.index)])
            continue;
        const int parent = step.node->parent;
        if (parent < 0) {
            context.report(Severity::Warning, QLatin1StringView("unreachable-step"), step, step.node->pointer,
                Text::tr("Nothing leads to this step, so it never runs."));
            continue;
        }
        if (!reached[size_t(parent)])
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
