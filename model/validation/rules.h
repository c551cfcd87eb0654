#pragma once

#include "model/validation/rulecontext.h"

namespace automation {

// The rules, by what they look at. Each reports into the context. Facts: API reference §3 to §8, §10 and §11.

// Local rules look at one step's own JSON, its type and the trigger only: never at other steps, nor at
// RuleStep::analysis. What they find is kept while the step stays the same.
void checkShape(RuleContext &context, const RuleStep &step); // type and the kind of each field
void checkInputs(RuleContext &context, const RuleStep &step); // by the fields of the catalogue
void checkConditions(RuleContext &context, const RuleStep &step); // successors, conditions, defaults
// Texts with expressions, at any depth of inputs, outputs and conditions. Also notes down in the analysis what the
// step reads and writes.
void checkExpressions(RuleContext &context, const RuleStep &step, StepAnalysis &analysis);

// Global rules look at all steps. They run at every check, so they must be quick when nothing is wrong: no work with
// texts and no allocation for each step.
void checkRoot(RuleContext &context); // name, trigger, status, account and subaccount
void checkIds(RuleContext &context); // missing and double ids
void checkTargets(RuleContext &context); // of steps that do not exist
void checkReachability(RuleContext &context); // steps that never run
void checkPayload(RuleContext &context); // what is read of the trigger's data

inline void checkLocally(RuleContext &context, const RuleStep &step, StepAnalysis &analysis)
{
    checkShape(context, step);
    if (!step.view.isValid())
        return;
    checkInputs(context, step);
    checkConditions(context, step);
    checkExpressions(context, step, analysis);
}

inline void checkGlobally(RuleContext &context)
{
    checkRoot(context);
    checkIds(context);
    checkTargets(context);
    checkReachability(context);
    checkPayload(context);
}

} // namespace automation
