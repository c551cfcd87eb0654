#include "model/validation/rulecontext.h"

namespace automation {

RuleContext::RuleContext(const WorkflowDefinition &definition, const DefinitionGraph &graph, const StepCatalog &catalog)
    : m_definition(definition)
    , m_graph(graph)
    , m_catalog(catalog)
{
    const QList<GraphNode> &nodes = graph.nodes();
    m_steps.reserve(nodes.size());
    const JsonValue &top = definition.steps();
    qsizetype next = 0;
    for (int i = 1; i < nodes.size(); ++i) {
        const GraphNode &node = nodes.at(i);
        // Steps of the top level stand in order, so most pointers need not be followed.
        const JsonValue *json = node.parent < 0 ? &top.at(next++) : node.pointer.resolve(root());
        if (json)
            m_steps += RuleStep {i, &node, StepView(*json)};
    }
}

Problem &RuleContext::report(
    Problem::Severity severity, QLatin1StringView rule, const JsonPointer &pointer, const QString &message)
{
    Problem problem;
    problem.rule = rule;
    problem.severity = severity;
    problem.pointer = pointer;
    problem.message = message;
    m_problems += std::move(problem);
    return m_problems.last();
}

Problem &RuleContext::report(Problem::Severity severity, QLatin1StringView rule, const RuleStep &step,
    const JsonPointer &pointer, const QString &message)
{
    Problem &problem = report(severity, rule, pointer, message);
    problem.stepKey = step.node->key;
    problem.stepId = step.node->id;
    return problem;
}

QString RuleContext::freeId(const QString &base)
{
    int &count = m_counts[base];
    QString id;
    do {
        ++count;
        id = count == 1 ? base : base + u'_' + QString::number(count);
    } while (m_graph.indexOfId(id) >= 0);
    return id;
}

void setFix(Problem &problem, const QString &text, const Result<JsonEdit> &edit)
{
    if (edit)
        setFixes(problem, text, {*edit});
}

void setFixes(Problem &problem, const QString &text, const QList<JsonEdit> &edits)
{
    problem.fixText = text;
    problem.fix = edits;
}

} // namespace automation
