#pragma once

#include "model/expression/scriptanalysis.h"
#include "model/validation/problem.h"

#include <QVarLengthArray>
#include <vector>

namespace automation {

// One script of a step: what stands between two braces somewhere in it.
struct ScriptUse
{
    enum class Where : quint8 { Inputs, Outputs, Condition };
    std::shared_ptr<const ScriptAnalysis> script;
    // The text that holds it: which element or member of the member of the step, of that one, and so on. Most scripts
    // are never talked about, so their pointers are made when they are; see placeOf().
    using Path = QVarLengthArray<qint32, 2>;
    Path path;
    qint32 offset = 0; // of the script in that text, UTF-16 units
    Where where = Where::Inputs;
    bool isWholeValue = false; // the text is this one expression and nothing else
};

// What the rules know of one step from its own JSON and the trigger alone. Made once, then kept by the Validator as
// long as the step stays the same. There is one for each of thousands of steps, and rules over all steps go through
// them all: what most steps have is in one piece, what those rules look at in front.
struct StepAnalysis
{
    // data.NAME is read in scripts[script], by its references[reference].
    struct VariableRead
    {
        int variable = 0; // see RuleContext::variables()
        int script = 0;
        int reference = 0;
    };
    // An output writes data.NAME.
    struct VariableWrite
    {
        enum class Value : quint8 {
            Literal, // a text without expressions, a number, …
            SmsReply, // the whole step.reply of a wait for an SMS
            ChatReply, // the same of a wait on a chat channel
            Other
        };
        int variable = 0;
        Value value = Value::Other;
    };
    // Something in scripts[script] that rules over all steps look at again.
    struct Doubt
    {
        int script = 0;
        int index = 0; // of the reference or name
    };

    // What few steps have.
    struct Seldom
    {
        std::vector<int> brokenReads; // the variables that scripts read which cannot be run
        std::vector<Doubt> payloadDoubts; // references into the trigger's message that do not fit the trigger
        std::vector<Doubt> names; // names in scripts that mean nothing
        // What to say of each of the writes when nobody reads it; made when first needed, so without a rule until then,
        // and without a place after the step has moved.
        std::vector<Problem> unread;
    };
    const Seldom &seldom() const
    {
        static const Seldom none;
        return m_seldom ? *m_seldom : none;
    }
    Seldom &makeSeldom() const // what is said of unread outputs is made when it is asked for
    {
        if (!m_seldom)
            m_seldom = std::make_unique<Seldom>();
        return *m_seldom;
    }

    bool readsAllData = false; // data as a whole, or a member whose name is computed
    bool waits = false; // for time, a reply or keys
    bool asksForKeys = false; // calls and collects keys
    bool waitsForKeys = false;
    QVarLengthArray<VariableRead, 2> reads; // of data, in the order of the scripts, without those that cannot be run
    QVarLengthArray<VariableWrite, 1> writes; // by its outputs, in their order
    QVarLengthArray<ScriptUse, 2> scripts; // in the order of the step's text
    QList<Problem> problems; // of the local rules; stepKey and stepId are filled in when they are handed out

private:
    mutable std::unique_ptr<Seldom> m_seldom;
};

} // namespace automation
