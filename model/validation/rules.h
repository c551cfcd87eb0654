#pragma once

#include "model/validation/rulecontext.h"

namespace automation {

// The rules, by what they look at. Each reports into the context. Facts: API reference §3 to §8 and §11.

void checkRoot(RuleContext &context); // name, trigger, status, account and subaccount
void checkShape(RuleContext &context, const RuleStep &step); // id, type and the kind of each field
void checkConnections(RuleContext &context, const RuleStep &step); // targets, conditions, defaults
void checkReachability(RuleContext &context); // steps that never run
void checkInputs(RuleContext &context, const RuleStep &step); // by the fields of the catalogue

// Texts with expressions, at any depth of inputs, outputs and conditions.
class ExpressionRules
{
public:
    explicit ExpressionRules(RuleContext &context);
    void check(const RuleStep &step);

private:
    struct Place;
    void checkValue(const RuleStep &step, const JsonValue &value, const Place &place);
    bool isPlain(QStringView text) const;
    bool mayReadForeign(QStringView script) const;
    void checkText(const RuleStep &step, const QString &text, const Place &place);
    bool checkPayload(const RuleStep &step, const QStringList &names, const Place &place);

    RuleContext &m_context;
    bool m_checksPayload = false; // the trigger's data have a known shape
    QStringList m_foreign; // what "payload" has under the other triggers only
};

} // namespace automation
