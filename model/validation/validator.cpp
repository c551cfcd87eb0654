#include "model/validation/validator.h"

#include "model/validation/rules.h"

#include <algorithm>

namespace automation {

QList<Problem> validate(const WorkflowDefinition &definition, const DefinitionGraph &graph, const StepCatalog &catalog)
{
    RuleContext context(definition, graph, catalog);
    checkRoot(context);
    ExpressionRules expressions(context);
    for (const RuleStep &step : context.steps()) {
        checkShape(context, step);
        if (!step.view.isValid())
            continue;
        checkInputs(context, step);
        checkConnections(context, step);
        expressions.check(step);
    }
    checkReachability(context);

    QList<Problem> problems = context.takeProblems();
    // Reachability is looked at last: bring its findings to their steps.
    const auto place = [&graph](const Problem &problem) {
        return problem.stepKey.isEmpty() ? 0 : graph.indexOfKey(problem.stepKey);
    };
    std::stable_sort(problems.begin(), problems.end(), [&place](const Problem &a, const Problem &b) {
        return std::pair(a.severity, place(a)) < std::pair(b.severity, place(b));
    });
    return problems;
}

} // namespace automation
