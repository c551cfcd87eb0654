#pragma once

#include "model/validation/datafacts.h"
#include "model/validation/messageshape.h"
#include "model/validation/stepanalysis.h"
#include "model/validation/validator.h"

#include <cstring>
#include <QCoreApplication>

namespace automation {

// Translations of all rules.
struct RuleText
{
    Q_DECLARE_TR_FUNCTIONS(Validation)

public:
    // A text with a value for its %1: as QString::arg(), in a quarter of the time.
    static QString with(const QString &text, const QString &value);
};

// A step as the rules look at it.
struct RuleStep
{
    int index = 0; // in the graph
    const GraphNode *node = nullptr;
    StepView view;
    const StepAnalysis *analysis = nullptr; // not to be looked at while the local rules make it
    bool hasDoubts = false; // for rules over all steps: something to look at again
    bool hasProblems = false; // of its own
};

// Keys that differ mostly do so in length or at an end, and equal ones often share their text.
inline bool isSameKey(const QString &a, const QString &b)
{
    return a.size() == b.size()
        && (a.constData() == b.constData() || a.isEmpty()
            || (a.front() == b.front() && a.back() == b.back()
                && std::memcmp(a.constData(), b.constData(), size_t(a.size()) * sizeof(QChar)) == 0));
}

// The names of variables as small numbers, so that rules over all steps need not compare texts.
class VariableNames
{
public:
    VariableNames();
    VariableNames(const VariableNames &) = delete; // two would give the same number to different names
    VariableNames(VariableNames &&) = default;
    VariableNames &operator=(const VariableNames &) = delete;
    VariableNames &operator=(VariableNames &&) = default;

    int number(const QString &name) { return number(name, textHash(name)); } // gives it one when it has none
    int number(const QString &name, size_t hash); // hash: textHash(name)
    int number(const ScriptAnalysis &script); // of what it only reads
    int find(const QString &name) const
    {
        return m_numbers.find(name, [this](int number) { return QStringView(m_names.at(number)); });
    }
    const QString &name(int number) const { return m_names.at(number); }
    int count() const { return int(m_names.size()); } // numbers are 0 to count()-1

private:
    quint64 m_serial; // of no other one
    NumberTable m_numbers;
    QStringList m_names;
};

// What the rules read and where they put what they find. One check, one thread.
class RuleContext
{
public:
    RuleContext(const WorkflowDefinition &definition, const DefinitionGraph &graph, const StepCatalog &catalog,
        VariableNames &variables, const std::vector<RuleStep> &steps);

    const WorkflowDefinition &definition() const { return m_definition; }
    const JsonValue &root() const { return m_definition.root(); }
    const DefinitionGraph &graph() const { return m_graph; }
    const StepCatalog &catalog() const { return m_catalog; }
    const StepType *trigger() const { return m_graph.nodes().first().type; } // nullptr when unknown
    const std::vector<RuleStep> &steps() const { return m_steps; } // in file order
    const RuleStep *stepOf(int node) const; // nullptr for the trigger
    VariableNames &variables() { return m_variables; }
    const VariableNames &variables() const { return m_variables; }

    // Whether the trigger brings a message whose members are known, and of which kind.
    bool hasMessage() const { return m_hasMessage; }
    MessageShape::Kind messageKind() const { return m_messageKind; }

    // For global rules only.
    const DataFacts &facts() const { return *m_facts; }
    QStringList writtenNames() const; // variables that outputs write

    // The reference stays valid until the next report; to add a fix.
    Problem &report(
        Problem::Severity severity, QLatin1StringView rule, const JsonPointer &pointer, const QString &message);
    Problem &report(Problem::Severity severity, QLatin1StringView rule, const RuleStep &step,
        const JsonPointer &pointer, const QString &message);
    // About length units of a script, from offset on.
    Problem &report(Problem::Severity severity, QLatin1StringView rule, const RuleStep &step, const ScriptUse &use,
        qsizetype offset, qsizetype length, const QString &message);

    // For local rules: what is reported from now on is the step's.
    void setStep(StepAnalysis &analysis) { m_into = &analysis.problems; }

    // Something that is kept with the step's analysis.
    void report(const RuleStep &step, const Problem &kept) { m_kept.emplace_back(step.index, &kept); }

    // An id no step has and that was not given out before: base, else base_2, base_3, … For global rules only.
    QString freeId(const QString &base);

private:
    friend class Validator;

    const WorkflowDefinition &m_definition;
    const DefinitionGraph &m_graph;
    const StepCatalog &m_catalog;
    VariableNames &m_variables;
    bool m_hasMessage = false;
    MessageShape::Kind m_messageKind = MessageShape::Kind::Sms;
    const DataFacts *m_facts = nullptr;
    const std::vector<RuleStep> &m_steps;
    QList<Problem> m_found; // by global rules
    QList<Problem> *m_into = &m_found; // where reports go
    Problem m_dropped; // what would be one too many
    std::vector<std::pair<int, const Problem *>> m_kept; // by node
    QHash<QString, int> m_counts;
};

// Where in the definition the text with a script stands.
JsonPointer placeOf(const RuleStep &step, const ScriptUse &use);

// Gives a problem its fix; without effect when the edit does not fit the tree.
void setFix(Problem &problem, const QString &text, const Result<JsonEdit> &edit);
void setFixes(Problem &problem, const QString &text, const QList<JsonEdit> &edits);
// Writes something else for the piece of text that the problem is about.
void setTextFix(Problem &problem, const RuleContext &context, const QString &replacement);

} // namespace automation
