#include "model/definition/conditionreading.h"
#include "model/json/jsontextview.h"
#include "model/json/prefetch.h"
#include "model/validation/dataflow.h"
#include "model/validation/rules.h"

#include <algorithm>

namespace automation {

namespace {

using Severity = Problem::Severity;
using Text = RuleText;
using State = DataFlow::State;
using Value = StepAnalysis::VariableWrite::Value;

// A read of a variable that steps write or should have written.
struct DataUse
{
    const RuleStep *step;
    const StepAnalysis::VariableRead *read;

    const ScriptUse &use() const { return step->analysis->scripts[read->script]; }
    const ScriptReference &reference() const { return use().script->references.references.at(read->reference); }
};

// Whether a reference is only asked whether there is something: data.x == null, !data.x, data.x ? … : …
bool isTest(QStringView script, const ScriptReference &reference)
{
    const QStringView before = script.first(reference.offset).trimmed();
    const QStringView after = script.sliced(reference.offset + reference.length).trimmed();
    if (script.sliced(reference.offset, reference.length).contains(u"?.") || after.startsWith(u"??")
        || after.startsWith(u"||") || after.startsWith(u"?."))
        return true;
    for (const QStringView sign : {u"===", u"!==", u"==", u"!="}) {
        const QStringView right = after.startsWith(sign) ? after.sliced(sign.size()).trimmed() : QStringView();
        if (right.startsWith(u"null") || right.startsWith(u"undefined"))
            return true;
        const QStringView left = before.endsWith(sign) ? before.chopped(sign.size()).trimmed() : QStringView();
        if (left.endsWith(u"null") || left.endsWith(u"undefined"))
            return true;
    }
    // What is below it cannot be asked for when it is not there.
    if (reference.path.size() > 1)
        return false;
    const bool isAlone = before.isEmpty() || QStringView(u"(!,[:?{&|").contains(before.back());
    return before.endsWith(u"typeof") || before.endsWith(u"Boolean(") || before.endsWith(u'!')
        || (isAlone && (after.startsWith(u"&&") || after.startsWith(u'?')));
}

// Whether the script reckons with there being nothing: it asks for that somewhere.
bool isGuarded(const DataUse &found)
{
    const QString &script = found.use().script->script;
    const QString &name = found.reference().path.first().name;
    for (const ScriptReference &reference : found.use().script->references.references) {
        if (reference.root == u"data" && !reference.path.isEmpty() && reference.path.first().name == name
            && isTest(script, reference))
            return true;
    }
    // A condition that is nothing but the variable asks for it, too.
    const bool isWhole = script.trimmed().size() == found.reference().length;
    if (isWhole && found.reference().path.size() == 1 && found.use().isWholeValue
        && found.use().where == ScriptUse::Where::Condition)
        return true;
    for (const QString &key : {u'\'' + name + u'\'', u'"' + name + u'"'}) {
        const qsizetype at = script.indexOf(key);
        if (at < 0)
            continue;
        const QStringView after = QStringView(script).sliced(at + key.size()).trimmed();
        const QStringView before = QStringView(script).first(at).trimmed();
        if (after.startsWith(u"in ") || (before.endsWith(u'(') && script.contains(u"hasOwnProperty"))
            || (before.endsWith(u',') && script.contains(u"hasOwn")))
            return true;
    }
    return false;
}

// What is said of an output that nobody reads.
const Problem &unread(const RuleStep &step, size_t write, const QString &name)
{
    static const QString outputsKey = QStringLiteral("outputs");
    std::vector<Problem> &known = step.analysis->makeSeldom().unread;
    known.resize(size_t(step.analysis->writes.size()));
    Problem &problem = known[write];
    if (problem.rule.isEmpty()) {
        JsonEdit removal;
        removal.kind = JsonEdit::Kind::Remove;
        const JsonValue &outputs = step.view.outputs();
        const auto usual = qsizetype(write); // but for double keys
        removal.index = usual < outputs.size() && outputs.keyAt(usual) == name ? usual : outputs.indexOf(name);
        removal.key = name;
        removal.before = step.view.outputs().at(removal.index);
        static const QString rule = QLatin1StringView("output-unread");
        problem.rule = rule;
        problem.severity = Severity::Hint;
        problem.message
            = Text::with(Text::tr("No step reads data.%1; it only shows in the data of the instance."), name);
        problem.fixText = Text::tr("Remove the output");
        problem.fix = {removal};
    }
    if (problem.pointer.isRoot()) {
        JsonEdit &removal = problem.fix.first();
        removal.container = step.node->pointer / outputsKey;
        problem.pointer = removal.container / removal.key;
    }
    return problem;
}

class DataRules
{
public:
    explicit DataRules(RuleContext &context)
        : m_context(context)
        , m_isPosted(!context.hasMessage())
    {
    }

    void check()
    {
        for (const DataFacts::DoubtfulRead &found : m_context.facts().doubtfulReads()) {
            const RuleStep *step = m_context.stepOf(found.node);
            reportUse({step, &step->analysis->reads[found.read]}, found.state);
        }
        const std::vector<DataFacts::DoubtfulWrite> &writes = m_context.facts().doubtfulWrites();
        for (size_t i = 0; i < writes.size(); ++i) {
            prefetchBehind(writes, i);
            const DataFacts::DoubtfulWrite &found = writes[i];
            const RuleStep &step = *m_context.stepOf(found.node);
            const StepAnalysis::VariableWrite &write = step.analysis->writes[found.write];
            if (found.isOfTrigger)
                reportOverwriting(step, write);
            else
                m_context.report(step, unread(step, size_t(found.write), m_context.variables().name(write.variable)));
        }
    }

private:
    // A hint for the processor: what is known of the steps of the writes behind one will be looked at soon.
    void prefetchBehind(const std::vector<DataFacts::DoubtfulWrite> &writes, size_t write) const
    {
        constexpr size_t ahead = 4;
        if (write + 2 * ahead < writes.size())
            prefetch(m_context.stepOf(writes[write + 2 * ahead].node), sizeof(RuleStep));
        if (write + ahead >= writes.size())
            return;
        const RuleStep &step = *m_context.stepOf(writes[write + ahead].node);
        prefetch(step.analysis, sizeof(StepAnalysis));
        prefetch(step.node, sizeof(GraphNode));
        prefetch(&step.view.outputs(), sizeof(JsonValue));
    }

    void reportUse(const DataUse &found, State state)
    {
        const QString &name = m_context.variables().name(found.read->variable);
        const bool isWritten = m_context.facts().isWritten(found.read->variable);
        if (state == State::Sometimes) {
            if (!isGuarded(found))
                report(found, Severity::Warning, QLatin1StringView("data-maybe-undefined"),
                    Text::tr("data.%1 is written on some of the ways to this step only; on the others it is empty.")
                        .arg(name));
        } else if (isWritten) {
            if (m_isPosted) {
                report(found, Severity::Hint, QLatin1StringView("data-undefined"),
                    Text::tr("data.%1 must be posted with the request: the steps that write it do not run before this "
                             "one.")
                        .arg(name));
                return;
            }
            report(found, Severity::Warning, QLatin1StringView("data-undefined"),
                Text::tr("data.%1 is written by steps that do not run before this one, so it is empty here.")
                    .arg(name));
        } else {
            reportUnknown(found, name);
        }
    }

    // The variable that is probably meant. Comparing with all of them takes its time, so not without end.
    QString nearestWritten(const QString &name)
    {
        constexpr qsizetype mostCompared = 200'000;
        if (m_compared == 0)
            m_written = m_context.writtenNames();
        m_compared += m_written.size() + 1;
        return m_compared > mostCompared ? QString() : nearestWord(name, m_written);
    }

    void reportUnknown(const DataUse &found, const QString &name)
    {
        const QString meant = nearestWritten(name);
        if (m_isPosted && meant.isEmpty())
            return; // whoever posts the data decides on their names
        const ScriptReference::Member &member = found.reference().path.first();
        Problem &problem = m_isPosted
            ? m_context.report(Severity::Hint, QLatin1StringView("data-undefined"), *found.step, found.use(),
                member.offset, member.length,
                Text::tr("No step writes data.%1; if it is not posted, data.%2 is probably meant.").arg(name, meant))
            : m_context.report(Severity::Warning, QLatin1StringView("data-undefined"), *found.step, found.use(),
                member.offset, member.length,
                Text::tr("data.%1 is read here, but neither the trigger nor a step brings it.").arg(name));
        if (!meant.isEmpty()) {
            setTextFix(problem, m_context, meant);
            return;
        }
        if (!m_isPosted && MessageShape::isPayloadKey(m_context.messageKind(), name))
            setTextFix(problem, m_context, u"payload."_qs + name);
    }

    void report(const DataUse &found, Severity severity, QLatin1StringView rule, const QString &message)
    {
        const ScriptReference &reference = found.reference();
        m_context.report(severity, rule, *found.step, found.use(), reference.offset, reference.length, message);
    }

    JsonPointer placeOfWrite(const RuleStep &step, const StepAnalysis::VariableWrite &write) const
    {
        return step.node->pointer / QLatin1StringView("outputs") / m_context.variables().name(write.variable);
    }

    void reportOverwriting(const RuleStep &step, const StepAnalysis::VariableWrite &write)
    {
        const QString &name = m_context.variables().name(write.variable);
        m_context.report(Severity::Warning, QLatin1StringView("output-overwrites-trigger"), step,
            placeOfWrite(step, write),
            write.value == Value::Literal
                ? Text::tr("The output replaces data.%1, which the trigger brings, by a fixed text.").arg(name)
                : Text::tr("The output replaces data.%1, which the trigger brings.").arg(name));
    }

    RuleContext &m_context;
    const bool m_isPosted;
    QStringList m_written;
    qsizetype m_compared = 0;
};

} // namespace

void noteWrites(RuleContext &context, const RuleStep &step, StepAnalysis &analysis)
{
    const JsonValue &outputs = step.view.outputs();
    if (!outputs.isObject())
        return;
    MessageShape::Kind kind = MessageShape::Kind::Sms;
    const bool hasReply = step.node->type && step.node->type->role == StepType::Role::WaitForReply && outputs.size() > 0
        && MessageShape::kindOfChannel(step.view.inputs()[QLatin1StringView("channel")].toString(), &kind);
    for (qsizetype i = 0; i < outputs.size(); ++i) {
        const JsonValue &value = outputs.at(i);
        auto written = Value::Other;
        if (!JsonTextView(value).hasBraces())
            written = value.isObject() || value.isArray() ? Value::Other : Value::Literal;
        else if (hasReply && withoutBraces(value.toString()) == u"step.reply")
            written = kind == MessageShape::Kind::Sms ? Value::SmsReply : Value::ChatReply;
        analysis.writes.push_back({context.variables().number(outputs.keyAt(i)), written});
    }
}

void checkData(RuleContext &context)
{
    DataRules(context).check();
}

} // namespace automation
