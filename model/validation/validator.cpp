#include "model/validation/validator.h"

#include "model/definition/stepoutcomes.h"
#include "model/validation/rules.h"

#include <algorithm>

namespace automation {

namespace {

// Everything a local rule may look at besides the step itself.
struct LocalContext
{
    QString trigger;
    friend bool operator==(const LocalContext &, const LocalContext &) = default;
};

// A step of the outermost list with all that is inside it, as it was checked last.
struct CheckedStep
{
    JsonValue json;
    qsizetype index = -1; // in that list
    std::vector<StepAnalysis> analyses; // in the order of the graph's nodes
};

// Whether rules over all steps that follow the data see no difference.
bool readsAndWritesAlike(const std::vector<StepAnalysis> &a, const std::vector<StepAnalysis> &b)
{
    const auto isSameRead = [](const StepAnalysis &x, const StepAnalysis &y) {
        return std::equal(x.reads.begin(), x.reads.end(), y.reads.begin(), y.reads.end(),
            [&](const StepAnalysis::VariableRead &p, const StepAnalysis::VariableRead &q) {
                const ScriptUse &use = x.scripts[p.script];
                const ScriptUse &other = y.scripts[q.script];
                // A condition that reads the same may ask for something else of it.
                return p.variable == q.variable && use.where == other.where
                    && (!use.isWholeValue || use.script == other.script);
            });
    };
    const auto isSameWrite = [](const StepAnalysis::VariableWrite &p, const StepAnalysis::VariableWrite &q) {
        return p.variable == q.variable && p.value == q.value;
    };
    // As many steps here and inside, and each the same.
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](const StepAnalysis &x, const StepAnalysis &y) {
        return x.asksForKeys == y.asksForKeys && x.waitsForKeys == y.waitsForKeys && isSameRead(x, y)
            && x.seldom().brokenReads == y.seldom().brokenReads && x.readsAllData == y.readsAllData
            && std::equal(x.writes.begin(), x.writes.end(), y.writes.begin(), y.writes.end(), isSameWrite);
    });
}

bool hasDoubts(const StepAnalysis &analysis)
{
    const StepAnalysis::Seldom &seldom = analysis.seldom();
    return !seldom.payloadDoubts.empty() || !seldom.names.empty() || analysis.waitsForKeys;
}

// A step in the "do" of another one.
const JsonValue &insideOf(const StepView &container, const GraphNode &node)
{
    const JsonValue &sequence = container.sequences().at(node.sequence);
    return sequence.isArray() ? sequence.at(node.pointer.lastToken().toLongLong()) : sequence;
}

void move(CheckedStep &step, qsizetype index)
{
    const bool isClean = std::all_of(step.analyses.begin(), step.analyses.end(),
        [](const StepAnalysis &analysis) { return analysis.problems.isEmpty() && analysis.seldom().unread.empty(); });
    if (isClean) {
        step.index = index;
        return;
    }
    static const JsonPointer steps = WorkflowDefinition::stepsPointer();
    const JsonPointer before = steps / step.index;
    const JsonPointer after = steps / index;
    for (StepAnalysis &analysis : step.analyses) {
        if (!analysis.seldom().unread.empty()) {
            for (Problem &problem : analysis.makeSeldom().unread)
                problem.pointer = {}; // made again when needed
        }
        for (Problem &problem : analysis.problems) {
            problem.pointer = problem.pointer.moved(before, after);
            for (JsonEdit &edit : problem.fix)
                edit.container = edit.container.moved(before, after);
        }
    }
    step.index = index;
}

// Problems by severity, then in file order, then as found.
QList<Problem> inOrder(const std::vector<RuleStep> &steps, const QList<Problem> &found,
    const std::vector<std::pair<int, const Problem *>> &kept, const DefinitionGraph &graph)
{
    struct Place
    {
        Problem::Severity severity;
        int node;
        int number; // those of the step alone come first
        const Problem *problem;
    };
    std::vector<Place> places;
    for (const RuleStep &step : steps) {
        if (!step.hasProblems)
            continue;
        for (const Problem &problem : step.analysis->problems)
            places.push_back({problem.severity, step.index, 0, &problem});
    }
    for (const Problem &problem : found) {
        const int node = problem.stepKey.isEmpty() ? 0 : graph.indexOfKey(problem.stepKey);
        places.push_back({problem.severity, node, 1, &problem});
    }
    for (const auto &[node, problem] : kept)
        places.push_back({problem->severity, node, 2, problem});
    std::stable_sort(places.begin(), places.end(), [](const Place &a, const Place &b) {
        return std::tie(a.severity, a.node, a.number) < std::tie(b.severity, b.node, b.number);
    });
    QList<Problem> result;
    result.reserve(qsizetype(places.size()));
    for (const Place &place : places) {
        result += *place.problem;
        if (place.node > 0) {
            const GraphNode &node = graph.nodes().at(place.node);
            result.last().stepKey = node.key;
            result.last().stepId = node.id;
        }
    }
    return result;
}

} // namespace

class Validator::Memory
{
public:
    // Brings the memory to the steps of a definition; what it has of steps that are there no more is forgotten.
    void follow(const WorkflowDefinition &definition)
    {
        LocalContext local {definition.trigger()};
        constexpr int mostVariables = 200000;
        if (local != m_local || m_variables.count() > mostVariables) {
            m_steps.clear();
            m_ruleSteps.clear();
            m_variables = {};
            m_facts = {};
            m_local = std::move(local);
        }
        const JsonValue &steps = definition.steps();
        const size_t count = size_t(steps.size());
        const auto isSame
            = [&](size_t old, size_t now) { return m_steps[old].json.sharesDataWith(steps.at(qsizetype(now))); };
        size_t head = 0;
        while (head < std::min(count, m_steps.size()) && isSame(head, head))
            ++head;
        size_t tail = 0;
        while (tail < std::min(count, m_steps.size()) - head && isSame(m_steps.size() - 1 - tail, count - 1 - tail))
            ++tail;
        const size_t before = m_steps.size() - head - tail;
        const size_t after = count - head - tail;
        if (after > before) {
            m_steps.resize(count);
            std::move_backward(
                m_steps.begin() + ptrdiff_t(head + before), m_steps.end() - ptrdiff_t(after - before), m_steps.end());
        } else {
            const auto changed = m_steps.begin() + ptrdiff_t(head);
            m_steps.erase(changed, changed + ptrdiff_t(before - after));
        }
        m_changed = {head, head + after};
        m_isShifted = before != after;
        m_replaced.clear();
        for (size_t i = head; i < head + after; ++i) {
            if (!m_isShifted)
                m_replaced.push_back(std::move(m_steps[i].analyses));
            m_steps[i] = CheckedStep {steps.at(qsizetype(i)), -1, {}};
        }
    }
    // The steps that came or changed, first and end.
    std::pair<size_t, size_t> changed() const { return m_changed; }
    // Whether there are more or fewer steps than before, so that those behind have other numbers.
    bool isShifted() const { return m_isShifted; }
    // Otherwise: what was known of the steps that stood in the places of those that changed, in their order.
    std::vector<std::vector<StepAnalysis>> takeReplaced() { return std::exchange(m_replaced, {}); }

    std::vector<CheckedStep> &steps() { return m_steps; }
    std::vector<RuleStep> &ruleSteps() { return m_ruleSteps; }
    VariableNames &variables() { return m_variables; }
    DataFacts &facts() { return m_facts; }

private:
    LocalContext m_local;
    std::vector<CheckedStep> m_steps;
    std::vector<RuleStep> m_ruleSteps; // the same for the rules, in the order of the graph
    VariableNames m_variables;
    DataFacts m_facts;
    std::pair<size_t, size_t> m_changed;
    std::vector<std::vector<StepAnalysis>> m_replaced;
    bool m_isShifted = false;
};

Validator::Validator(const StepCatalog &catalog)
    : m_catalog(catalog)
    , m_memory(std::make_unique<Memory>())
{
}

Validator::~Validator() = default;

QList<Problem> Validator::check(const WorkflowDefinition &definition, const DefinitionGraph &graph)
{
    m_memory->follow(definition);
    std::vector<CheckedStep> &checked = m_memory->steps();
    std::vector<RuleStep> &steps = m_memory->ruleSteps();
    RuleContext context(definition, graph, m_catalog, m_memory->variables(), steps);
    // Where a step of the outermost list begins and ends in the graph.
    const auto firstOf
        = [&](size_t i) { return i < checked.size() ? graph.topLevelNode(qsizetype(i)) : int(graph.nodes().size()); };
    const auto [firstChanged, endOfChanged] = m_memory->changed();
    // Those before and behind them stay as they are.
    const size_t stepsBefore = size_t(firstOf(firstChanged)) - 1;
    const size_t stepsBehind = graph.nodes().size() - size_t(firstOf(endOfChanged));
    const size_t stepsBetween = size_t(graph.stepCount()) - stepsBefore - stepsBehind;
    const size_t staleSteps = steps.size() - stepsBefore - stepsBehind;
    const auto stale = steps.begin() + ptrdiff_t(stepsBefore);
    if (stepsBetween > staleSteps)
        steps.insert(stale, stepsBetween - staleSteps, RuleStep());
    else
        steps.erase(stale, stale + ptrdiff_t(staleSteps - stepsBetween));
    if (m_memory->isShifted()) {
        for (size_t i = 0; i < checked.size(); ++i) {
            if (i >= firstChanged && i < endOfChanged)
                continue; // those come below
            if (checked[i].index != qsizetype(i))
                move(checked[i], qsizetype(i));
            steps[size_t(firstOf(i)) - 1].view.relocate(checked[i].json);
        }
    }
    const auto number = [&](size_t from, size_t end) {
        for (size_t i = from; i < end; ++i) {
            steps[i].index = int(i) + 1;
            steps[i].node = &graph.nodes().at(steps[i].index);
        }
    };
    number(0, stepsBefore);
    number(stepsBefore + stepsBetween, steps.size());

    // Rule by rule over some steps at a time: both the code of a rule and the steps stay in the processor's caches.
    constexpr size_t most = 16;
    constexpr qsizetype ahead = 4;
    std::vector<UncheckedStep> fresh;
    fresh.reserve(std::min(most, stepsBetween));
    const auto checkFresh = [&] {
        checkLocally(context, fresh);
        for (const UncheckedStep &step : fresh) {
            steps[size_t(step.step.index) - 1].hasDoubts = hasDoubts(*step.analysis);
            steps[size_t(step.step.index) - 1].hasProblems = !step.analysis->problems.isEmpty();
        }
        fresh.clear();
    };
    for (size_t i = firstChanged; i < endOfChanged; ++i) {
        definition.steps().prefetchAt(qsizetype(i) + ahead);
        prefetchOutcomes(graph.nodes(), firstOf(i) + 2 * ahead);
        prefetchIds(graph.nodes(), firstOf(i) + ahead);
        CheckedStep &top = checked[i];
        const int first = firstOf(i);
        const int end = firstOf(i + 1);
        top.index = qsizetype(i);
        top.analyses.resize(size_t(end - first));
        for (int index = first; index < end; ++index) {
            const GraphNode &node = graph.nodes().at(index);
            const JsonValue &json = index == first ? top.json : insideOf(steps[size_t(node.parent) - 1].view, node);
            StepAnalysis &analysis = top.analyses[size_t(index - first)];
            RuleStep &step = steps[size_t(index) - 1];
            step = {index, &node, StepView(json), &analysis};
            fresh.push_back({step, &analysis, {}, {}});
        }
        if (fresh.size() >= most)
            checkFresh();
    }
    checkFresh();
    bool isSameFlow = !m_memory->isShifted();
    const std::vector<std::vector<StepAnalysis>> replaced = m_memory->takeReplaced();
    for (size_t i = 0; i < replaced.size(); ++i)
        isSameFlow = isSameFlow && readsAndWritesAlike(replaced[i], checked[firstChanged + i].analyses);
    context.m_into = &context.m_found;
    m_memory->facts().update(context, isSameFlow);
    context.m_facts = &m_memory->facts();
    checkGlobally(context);
    return inOrder(context.steps(), context.m_found, context.m_kept, graph);
}

QList<Problem> validate(const WorkflowDefinition &definition, const DefinitionGraph &graph, const StepCatalog &catalog)
{
    return Validator(catalog).check(definition, graph);
}

} // namespace automation
