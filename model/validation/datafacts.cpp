#include "model/validation/datafacts.h"

#include "model/definition/conditiontests.h"
#include "model/json/prefetch.h"
#include "model/validation/rulecontext.h"

namespace automation {

namespace {

// The first variable of the data flow is no variable: whether a call was made that asks for keys.
constexpr int callVariable = 0;
constexpr int firstVariable = 1;

using Value = StepAnalysis::VariableWrite::Value;

bool isReply(Value value)
{
    return value == Value::SmsReply || value == Value::ChatReply;
}

// A hint for the processor, for loops over all steps: what is known of those behind will be looked at soon.
void prefetchBehind(const RuleContext &context, const RuleStep &step)
{
    constexpr size_t ahead = 8;
    const size_t behind = size_t(step.index) - 1 + ahead;
    if (behind >= context.steps().size())
        return;
    prefetch(context.steps()[behind].analysis, sizeof(StepAnalysis));
}

bool isSame(const DataWrite &a, const DataWrite &b)
{
    return a.node == b.node && a.variable == b.variable;
}

bool isSame(const DataRead &a, const DataRead &b)
{
    return a.node == b.node && a.variable == b.variable && a.when == b.when;
}

template <typename T> bool isSame(const std::vector<T> &a, const std::vector<T> &b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const T &x, const T &y) { return isSame(x, y); });
}

} // namespace

void DataFacts::markTriggerNames(const RuleContext &context)
{
    static const QString added[] {
        QStringLiteral("accountId"), QStringLiteral("subAccountId"), QStringLiteral("triggeredAt")};
    static const QString envelope[] {QStringLiteral("payload"), QStringLiteral("namespace"),
        QStringLiteral("eventType"), QStringLiteral("description"), QStringLiteral("version")};
    m_isOfTrigger.assign(size_t(context.variables().count()), false);
    const auto mark = [&](const QString &name) {
        if (const int variable = context.variables().find(name); variable >= 0)
            m_isOfTrigger[size_t(variable)] = true;
    };
    for (const QString &name : added)
        mark(name);
    if (!context.hasMessage())
        return;
    for (const QString &name : envelope)
        mark(name);
}

void DataFacts::update(const RuleContext &context, bool isUnchanged)
{
    if (isUnchanged && m_flow && m_connections.constData() == context.graph().connections().constData()
        && size_t(context.variables().count()) == m_isWritten.size())
        return;
    markTriggerNames(context);
    m_isWritten.assign(size_t(context.variables().count()), false);
    std::vector<DataWrite> writes;
    std::vector<DataRead> reads;
    std::vector<DataRead> waits;
    writes.reserve(m_writes.size());
    reads.reserve(m_reads.size());
    bool holdsReplies = false;
    for (const RuleStep &step : context.steps()) {
        prefetchBehind(context, step);
        const StepAnalysis &analysis = *step.analysis;
        if (analysis.asksForKeys)
            writes.push_back({step.index, callVariable});
        if (analysis.waitsForKeys)
            waits.push_back({step.index, callVariable, DataRead::When::Running});
        for (const StepAnalysis::VariableWrite &write : analysis.writes) {
            writes.push_back({step.index, write.variable + firstVariable});
            m_isWritten[size_t(write.variable)] = true;
            holdsReplies = holdsReplies || isReply(write.value);
        }
        for (const StepAnalysis::VariableRead &read : analysis.reads) {
            if (isOfTrigger(read.variable))
                continue;
            // An output may look at those before it.
            const bool isRunning = analysis.scripts[read.script].where == ScriptUse::Where::Inputs;
            reads.push_back({step.index, read.variable + firstVariable,
                isRunning ? DataRead::When::Running : DataRead::When::Leaving});
        }
    }
    m_readCount = reads.size();
    reads.insert(reads.end(), waits.begin(), waits.end());
    const int variableCount = context.variables().count() + firstVariable;
    const bool isSameFlow = m_flow && variableCount <= m_flow->variableCount()
        && m_connections.constData() == context.graph().connections().constData() && isSame(m_writes, writes);
    if (!isSameFlow) {
        m_connections = context.graph().connections();
        m_writes = writes;
        // Typing a name makes a variable of each of its beginnings: they shall not all make the flow anew.
        constexpr int spare = 64;
        m_flow = std::make_unique<DataFlow>(context.graph(), std::move(writes), variableCount + spare);
    }
    if (!isSameFlow || !isSame(m_reads, reads)) {
        m_reads = std::move(reads);
        m_states = m_flow->states(m_reads);
    }
    collectDoubts(context);
    leaveOutGuarded(context);
    m_replyReads.clear();
    if (holdsReplies)
        collectReplyReads(context);
}

void DataFacts::collectDoubts(const RuleContext &context)
{
    m_doubtfulReads.clear();
    m_doubtfulWrites.clear();
    const bool isPosted = !context.hasMessage(); // then the trigger may bring anything
    const size_t variableCount = size_t(context.variables().count());
    std::vector<bool> isRead(variableCount, false);
    // Where data are posted: what is read before a step surely wrote it must have been posted.
    std::vector<bool> mustBePosted(variableCount, false);
    bool isAllRead = false;
    size_t number = 0;
    for (const RuleStep &step : context.steps()) {
        prefetchBehind(context, step);
        const StepAnalysis &analysis = *step.analysis;
        isAllRead = isAllRead || analysis.readsAllData;
        for (qsizetype i = 0; i < analysis.reads.size(); ++i) {
            const int variable = analysis.reads[i].variable;
            isRead[size_t(variable)] = true;
            if (isOfTrigger(variable))
                continue;
            const DataFlow::State state = m_states[number++];
            if (state == DataFlow::State::Always)
                continue;
            mustBePosted[size_t(variable)] = isPosted;
            if (m_flow->isReached(step.index))
                m_doubtfulReads.push_back({step.index, int(i), state});
        }
        for (const int variable : analysis.seldom().brokenReads)
            isRead[size_t(variable)] = true;
    }
    int node = -1;
    int place = 0; // of the write in its step
    for (const DataWrite &write : m_writes) {
        if (write.variable == callVariable)
            continue;
        place = std::exchange(node, write.node) == write.node ? place + 1 : 0;
        const int variable = write.variable - firstVariable;
        const bool overwrites = isOfTrigger(variable)
            || (mustBePosted[size_t(variable)]
                && context.stepOf(node)->analysis->writes[place].value == Value::Literal);
        if (overwrites || (!isRead[size_t(variable)] && !isAllRead))
            m_doubtfulWrites.push_back({node, place, overwrites});
    }
}

// Reads behind a condition that asks whether there is something to read.
void DataFacts::leaveOutGuarded(const RuleContext &context)
{
    const auto isUnsure = [](const DoubtfulRead &read) { return read.state == DataFlow::State::Sometimes; };
    if (std::none_of(m_doubtfulReads.begin(), m_doubtfulReads.end(), isUnsure))
        return;
    const auto variableOf
        = [&](const DoubtfulRead &read) { return context.stepOf(read.node)->analysis->reads[read.read].variable; };
    std::vector<bool> isAsked(size_t(context.variables().count()), false);
    for (const DoubtfulRead &read : m_doubtfulReads) {
        if (isUnsure(read))
            isAsked[size_t(variableOf(read))] = true;
    }
    std::vector<DataGuard> guards;
    const auto guard = [&](int node, int to, const QStringList &names) {
        for (const QString &name : names) {
            const int variable = context.variables().find(name);
            if (variable >= 0 && isAsked[size_t(variable)])
                guards.push_back({node, to, variable + firstVariable});
        }
    };
    for (const RuleStep &step : context.steps()) {
        const bool isContainer = step.node->type && step.node->type->outcomes == StepType::Outcomes::Container;
        int last = -1; // script that was looked at
        for (const StepAnalysis::VariableRead &read : step.analysis->reads) {
            if (!isAsked[size_t(read.variable)] || read.script == last)
                continue;
            last = read.script;
            const ScriptUse &use = step.analysis->scripts[read.script];
            const bool isCondition = use.where == ScriptUse::Where::Condition && use.path.size() == 1;
            if (!use.isWholeValue || !(isCondition || (isContainer && use.where == ScriptUse::Where::Inputs)))
                continue;
            const PresenceTests tests = readPresence(use.script->script);
            if (isCondition) {
                guard(step.index, context.graph().indexOfId(step.view.selectNextStep().keyAt(use.path.first())),
                    tests.whenTrue);
            } else {
                guard(step.index, -1, tests.whenFalse);
            }
            for (const Connection &connection : context.graph().connectionsOf(step.index)) {
                const Outcome::Kind kind = step.node->outcomes.at(connection.outcome).kind;
                if (isCondition && kind == Outcome::Kind::Default)
                    guard(step.index, connection.to, tests.whenFalse);
                else if (!isCondition && kind == Outcome::Kind::Child)
                    guard(step.index, connection.to, tests.whenTrue);
            }
        }
    }
    if (guards.empty())
        return;
    std::vector<DataRead> reads;
    for (const DoubtfulRead &read : m_doubtfulReads) {
        const StepAnalysis &analysis = *context.stepOf(read.node)->analysis;
        const StepAnalysis::VariableRead &use = analysis.reads[read.read];
        const bool isRunning = analysis.scripts[use.script].where == ScriptUse::Where::Inputs;
        reads.push_back(
            {read.node, use.variable + firstVariable, isRunning ? DataRead::When::Running : DataRead::When::Leaving});
    }
    const std::vector<DataFlow::State> states = m_flow->states(reads, guards);
    size_t number = 0;
    const auto isGuarded
        = [&](const DoubtfulRead &read) { return states[number++] == DataFlow::State::Always && isUnsure(read); };
    m_doubtfulReads.erase(
        std::remove_if(m_doubtfulReads.begin(), m_doubtfulReads.end(), isGuarded), m_doubtfulReads.end());
}

void DataFacts::collectReplyReads(const RuleContext &context)
{
    // What kind of reply each variable holds; Other when it may hold something else as well.
    std::vector<Value> held;
    for (const RuleStep &step : context.steps()) {
        for (const StepAnalysis::VariableWrite &write : step.analysis->writes) {
            if (held.empty() && !isReply(write.value))
                continue;
            if (held.empty())
                held.assign(size_t(context.variables().count()), Value::Literal);
            Value &value = held[size_t(write.variable)];
            value = isReply(write.value) && (value == Value::Literal || value == write.value) ? write.value
                                                                                              : Value::Other;
        }
    }
    if (held.empty())
        return;
    for (const RuleStep &step : context.steps()) {
        const auto &reads = step.analysis->reads;
        for (qsizetype i = 0; i < reads.size(); ++i) {
            const Value value = held[size_t(reads[i].variable)];
            if (isReply(value)) {
                m_replyReads.push_back({step.index, int(i),
                    value == Value::SmsReply ? MessageShape::Kind::Sms : MessageShape::Kind::Chat});
            }
        }
    }
}

} // namespace automation
