#pragma once

#include "model/validation/giveninputs.h"
#include "model/validation/rulecontext.h"

#include <optional>
#include <span>

namespace automation {

// The rules, by what they look at. Each reports into the context. Facts: API reference §3 to §8, §10 and §11.

// Local rules look at one step's own JSON, its type and the trigger only: never at other steps, nor at
// RuleStep::analysis. What they find is kept while the step stays the same.
void checkShape(RuleContext &context, const RuleStep &step); // type and the kind of each field
// Double and misspelt keys. Where keys are double, the step as it counts, with the last member of each.
std::optional<JsonValue> checkKeys(RuleContext &context, const RuleStep &step, const GivenInputs &given);
void checkInputs(RuleContext &context, const RuleStep &step, const GivenInputs &given); // by the catalogue's fields
void checkSecrets(RuleContext &context, const RuleStep &step); // keys and passwords in plain sight
void checkConditions(RuleContext &context, const RuleStep &step); // successors, conditions, defaults
// Texts with expressions, at any depth of inputs, outputs and conditions. Also notes down in the analysis what the
// step reads, as the two below do for what it writes and what part it plays.
void checkExpressions(RuleContext &context, const RuleStep &step, StepAnalysis &analysis);
void noteWrites(RuleContext &context, const RuleStep &step, StepAnalysis &analysis);
void checkRole(RuleContext &context, const RuleStep &step, StepAnalysis &analysis);

// The members of an object that do not count, because their keys come again; and what is said of one of them.
QList<qsizetype> doubleMembers(const JsonValue &object);
Problem &reportDoubleKey(RuleContext &context, const JsonValue &object, qsizetype member, const JsonPointer &container);

// Parts of checkInputs() and checkExpressions().
void checkPhoneNumber(
    RuleContext &context, const RuleStep &step, const JsonPointer &place, const QString &label, const JsonValue &value);
void checkUrl(RuleContext &context, const RuleStep &step, const InputField &field, const JsonValue &value);
JsonPointer placeOf(const RuleStep &step, const InputField &field);
QString inBraces(const QString &text); // a condition without braces, or with too few, as it is meant
void checkRequest(RuleContext &context, const RuleStep &step); // headers and body of an HTTP request
void checkSms(RuleContext &context, const RuleStep &step); // country, sender and times of an SMS
bool isPayloadDoubtful(const RuleContext &context, const ScriptReference &reference);
void checkReply(RuleContext &context, const RuleStep &step, const ScriptUse &use, const ScriptReference &reference);

// Global rules look at all steps. They run at every check, so they must be quick when nothing is wrong: no work with
// texts and no allocation for each step.
void checkRoot(RuleContext &context); // name, trigger, status, account and subaccount
void checkIds(RuleContext &context); // missing and double ids
void checkTargets(RuleContext &context); // of steps that do not exist
void checkReachability(RuleContext &context); // steps that never run
void checkLoops(RuleContext &context); // circles in which nothing waits
void checkPayload(RuleContext &context); // what is read of the trigger's message
void checkReplies(RuleContext &context); // what is read of replies kept in variables
void checkNames(RuleContext &context); // names in scripts that mean nothing
void checkData(RuleContext &context); // variables that are read and not written, and the reverse
void checkCalls(RuleContext &context); // waits for keys and the calls before them

// A step that the local rules have not looked at yet.
struct UncheckedStep
{
    RuleStep step;
    StepAnalysis *analysis;
    GivenInputs inputs; // of step
    std::optional<JsonValue> counting; // the step as it counts, if that is not as it stands
};

inline void checkLocally(RuleContext &context, std::span<UncheckedStep> steps)
{
    const auto forEach = [&](auto check) {
        for (UncheckedStep &unchecked : steps) {
            context.setStep(*unchecked.analysis);
            if (unchecked.step.view.isValid())
                check(unchecked);
            else
                unchecked.analysis->waits = true;
        }
    };
    for (UncheckedStep &unchecked : steps) {
        context.setStep(*unchecked.analysis);
        checkShape(context, unchecked.step);
    }
    forEach([&](UncheckedStep &unchecked) {
        const RuleStep &step = unchecked.step;
        unchecked.inputs.read(step.view.inputs(), step.node->type);
        unchecked.counting = checkKeys(context, step, unchecked.inputs);
        if (unchecked.counting) {
            unchecked.step.view = StepView(*unchecked.counting);
            unchecked.inputs.read(step.view.inputs(), step.node->type);
        }
    });
    forEach([&](UncheckedStep &unchecked) { checkInputs(context, unchecked.step, unchecked.inputs); });
    forEach([&](UncheckedStep &unchecked) { checkSecrets(context, unchecked.step); });
    forEach([&](UncheckedStep &unchecked) { checkConditions(context, unchecked.step); });
    forEach([&](UncheckedStep &unchecked) { checkExpressions(context, unchecked.step, *unchecked.analysis); });
    forEach([&](UncheckedStep &unchecked) {
        noteWrites(context, unchecked.step, *unchecked.analysis);
        checkRole(context, unchecked.step, *unchecked.analysis);
    });
}

inline void checkGlobally(RuleContext &context)
{
    checkRoot(context);
    checkIds(context);
    checkTargets(context);
    checkReachability(context);
    checkLoops(context);
    checkPayload(context);
    checkReplies(context);
    checkNames(context);
    checkData(context);
    checkCalls(context);
}

} // namespace automation
