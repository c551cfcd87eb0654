#include "model/validation/validator.h"

#include "model/validation/rules.h"

#include <algorithm>
#include <vector>

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

    const QList<Problem> problems = context.takeProblems();
    // Reachability is looked at last: bring its findings to their steps.
    struct Place
    {
        Problem::Severity severity;
        int node;
        qsizetype found;
        auto operator<=>(const Place &) const = default;
    };
    std::vector<Place> places;
    places.reserve(size_t(problems.size()));
    for (qsizetype i = 0; i < problems.size(); ++i) {
        const Problem &problem = problems.at(i);
        places.push_back({problem.severity, problem.stepKey.isEmpty() ? 0 : graph.indexOfKey(problem.stepKey), i});
    }
    std::sort(places.begin(), places.end());
    QList<Problem> sorted;
    sorted.reserve(problems.size());
    for (const Place &place : places)
        sorted += problems.at(place.found);
    return sorted;
}

} // namespace automation
