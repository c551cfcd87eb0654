#pragma once

#include "model/validation/validator.h"

#include <QCoreApplication>

namespace automation {

// Translations of all rules.
struct RuleText
{
    Q_DECLARE_TR_FUNCTIONS(Validation)
};

// A step as the rules look at it. Valid while the definition lives.
struct RuleStep
{
    int index = 0; // in the graph
    const GraphNode *node = nullptr;
    StepView view;
};

// What the rules read and where they put what they find. One validation, one thread.
class RuleContext
{
public:
    RuleContext(const WorkflowDefinition &definition, const DefinitionGraph &graph, const StepCatalog &catalog);

    const WorkflowDefinition &definition() const { return m_definition; }
    const JsonValue &root() const { return m_definition.root(); }
    const DefinitionGraph &graph() const { return m_graph; }
    const StepCatalog &catalog() const { return m_catalog; }
    const QList<RuleStep> &steps() const { return m_steps; } // in file order

    // The reference stays valid until the next report; to add a fix.
    Problem &report(
        Problem::Severity severity, QLatin1StringView rule, const JsonPointer &pointer, const QString &message);
    Problem &report(Problem::Severity severity, QLatin1StringView rule, const RuleStep &step,
        const JsonPointer &pointer, const QString &message);
    QList<Problem> takeProblems() { return std::move(m_problems); }

    // An id no step has and that was not given out before: base, else base_2, base_3, …
    QString freeId(const QString &base);

private:
    const WorkflowDefinition &m_definition;
    const DefinitionGraph &m_graph;
    const StepCatalog &m_catalog;
    QList<RuleStep> m_steps;
    QList<Problem> m_problems;
    QHash<QString, int> m_counts;
};

// Gives a problem its fix; without effect when the edit does not fit the tree.
void setFix(Problem &problem, const QString &text, const Result<JsonEdit> &edit);
void setFixes(Problem &problem, const QString &text, const QList<JsonEdit> &edits);

} // namespace automation
