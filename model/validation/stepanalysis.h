#pragma once

#include "model/expression/scriptanalysis.h"
#include "model/validation/problem.h"

#include <vector>

namespace automation {

// One script of a step: what stands between two braces somewhere in it.
struct ScriptUse
{
    enum class Where : quint8 { Inputs, Outputs, Condition };
    std::shared_ptr<const ScriptAnalysis> script;
    JsonPointer place; // of the text that holds it, from the step on: /inputs/text
    qsizetype offset = 0; // of the script in that text, UTF-16 units
    Where where = Where::Inputs;
    bool isWholeValue = false; // the text is this one expression and nothing else
};

// What the rules know of one step from its own JSON and the trigger alone. Made once, then kept by the Validator as
// long as the step stays the same.
struct StepAnalysis
{
    // data.NAME is read in scripts[script], by its references[reference].
    struct VariableRead
    {
        int variable = 0; // see RuleContext::variable()
        int script = 0;
        int reference = 0;
    };

    QList<Problem> problems; // of the local rules; stepKey and stepId are filled in when they are handed out
    std::vector<ScriptUse> scripts; // in the order of the step's text
    std::vector<VariableRead> reads; // of data, in that order
    std::vector<int> writes; // the variables of its outputs, in their order
};

} // namespace automation
