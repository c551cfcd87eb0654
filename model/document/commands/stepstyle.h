#pragma once

#include "model/definition/definitiongraph.h"

namespace automation {

// How the steps of a definition are written: which members they have and in which order. The builder's exports give
// every step all seven members (API reference §9); people write only what is needed.
class StepStyle
{
public:
    explicit StepStyle(const WorkflowDefinition &definition);

    // Whether a step without successor has "nextStepId": null instead of no such member.
    bool writesNullNext() const { return m_nullNext; }
    // Whether steps have members that hold nothing, as the builder's exports do.
    bool writesEmptyMembers() const { return m_allSeven; }
    // Where a member a step does not have yet belongs.
    qsizetype positionOf(const JsonValue &step, const QString &member) const;

    JsonValue newStep(const StepType &type, const QString &id) const;
    // Leads the main way out of a step made by newStep() to another step: nextStepId, the first fixed outcome or the
    // default branch.
    void connectNewStep(JsonValue &step, const StepType &type, const QString &target) const;

private:
    void look(const JsonValue &steps, int depth);

    QStringList m_order;
    int m_steps = 0;
    bool m_allSeven = true;
    bool m_nullNext = false;
    bool m_typeFirst = false;
    bool m_nextBeforeInputs = false;
};

// An id like "sms_1" that no step has and nothing leads to.
QString freshStepId(const DefinitionGraph &graph, const StepType &type);

} // namespace automation
