#include "model/expression/expressiontemplate.h"
#include "model/validation/rules.h"

namespace automation {

namespace {

using Severity = Problem::Severity;
using Text = RuleText;

// Straight quotes for the typographic ones, in the expressions of a text only.
QString withStraightQuotes(const ExpressionTemplate &text)
{
    QString result;
    for (const TemplatePart &part : text.parts()) {
        QString piece = text.literal(part).toString();
        if (part.isExpression && analyseScript(text.script(part))->typographicQuote >= 0) {
            for (QChar &c : piece) {
                if (isTypographicQuote(c))
                    c = u'\'';
            }
        }
        result += piece;
    }
    return result;
}

// Goes through the texts of one step.
class TextWalker
{
public:
    TextWalker(RuleContext &context, const RuleStep &step, StepAnalysis &analysis)
        : m_context(context)
        , m_step(step)
        , m_analysis(analysis)
    {
    }

    void walk(const JsonValue &value, const QString &member, ScriptUse::Where where)
    {
        if (value.isNull())
            return;
        m_where = where;
        walkValue(value, Place {nullptr, member, -1});
    }

private:
    // Where a value stands, without the cost of a pointer for each of the many that hold no expression.
    struct Place
    {
        const Place *parent = nullptr;
        QString key; // member of an object
        qsizetype index = -1; // element of an array

        JsonPointer pointer() const
        {
            const JsonPointer before = parent ? parent->pointer() : JsonPointer();
            return index >= 0 ? before / index : before / key;
        }
    };

    void walkValue(const JsonValue &value, const Place &place)
    {
        if (value.isString()) {
            const QString text = value.toString();
            if (ExpressionTemplate::mayHaveExpressions(text))
                walkText(text, place.pointer());
            return;
        }
        for (qsizetype i = 0; i < value.size(); ++i) {
            const JsonValue &child = value.at(i);
            if (child.isString() || child.size() > 0)
                walkValue(child, value.isArray() ? Place {&place, {}, i} : Place {&place, value.keyAt(i), -1});
        }
    }

    void walkText(const QString &text, const JsonPointer &place)
    {
        const ExpressionTemplate parts(text);
        if (parts.unclosedAt() >= 0) {
            Problem &problem = m_context.report(Severity::Warning, QLatin1StringView("unclosed-expression"), m_step,
                place.moved({}, m_step.node->pointer),
                Text::tr("An expression is opened with {{ and never closed, so it is sent as plain text."));
            problem.offset = parts.unclosedAt();
            problem.length = 2;
        }
        bool isReported = false; // one mistake of a text at a time
        for (const TemplatePart &part : parts.parts()) {
            if (!part.isExpression)
                continue;
            const ScriptUse use {
                analyseScript(parts.script(part)), place, part.scriptStart, m_where, parts.isWholeValue()};
            if (!isReported)
                isReported = checkScriptUse(use, parts);
            noteReads(use);
        }
    }

    bool checkScriptUse(const ScriptUse &use, const ExpressionTemplate &parts)
    {
        const ScriptAnalysis &script = *use.script;
        if (script.typographicQuote >= 0) {
            setFix(m_context.report(Severity::Error, QLatin1StringView("typographic-quotes"), m_step, use,
                       script.typographicQuote, 1,
                       Text::tr("The expression has typographic quotes, which cannot be read; use straight ones.")),
                Text::tr("Use straight quotes"),
                JsonEdit::replace(m_context.root(), placeOf(m_step, use), withStraightQuotes(parts)));
            return true;
        }
        if (const std::optional<ScriptProblem> &refused = script.refused) {
            QLatin1StringView rule("script-forbidden");
            if (refused->kind == ScriptProblem::Kind::Empty)
                rule = QLatin1StringView("script-empty");
            else if (refused->kind == ScriptProblem::Kind::TooLong)
                rule = QLatin1StringView("script-too-long");
            m_context.report(Severity::Error, rule, m_step, use, refused->offset, refused->length, refused->message);
            return true;
        }
        return false;
    }

    void noteReads(const ScriptUse &use)
    {
        const QList<ScriptReference> &references = use.script->references.references;
        for (qsizetype i = 0; i < references.size(); ++i) {
            const ScriptReference &reference = references.at(i);
            if (reference.root == u"data" && !reference.path.isEmpty()) {
                const int variable = m_context.variables().number(reference.path.first().name);
                m_analysis.reads.push_back({variable, int(m_analysis.scripts.size()), int(i)});
            }
        }
        m_analysis.scripts.push_back(use);
    }

    RuleContext &m_context;
    const RuleStep &m_step;
    StepAnalysis &m_analysis;
    ScriptUse::Where m_where = ScriptUse::Where::Inputs;
};

QStringList keysOf(const JsonValue &object)
{
    QStringList keys;
    for (qsizetype i = 0; i < object.size(); ++i)
        keys += object.keyAt(i);
    return keys;
}

} // namespace

void checkExpressions(RuleContext &context, const RuleStep &step, StepAnalysis &analysis)
{
    static const QString inputs = QStringLiteral("inputs");
    static const QString outputs = QStringLiteral("outputs");
    static const QString selectNextStep = QStringLiteral("selectNextStep");
    TextWalker walker(context, step, analysis);
    walker.walk(step.view.inputs(), inputs, ScriptUse::Where::Inputs);
    walker.walk(step.view.outputs(), outputs, ScriptUse::Where::Outputs);
    walker.walk(step.view.selectNextStep(), selectNextStep, ScriptUse::Where::Condition);
    const JsonValue &written = step.view.outputs();
    if (written.isObject()) {
        for (qsizetype i = 0; i < written.size(); ++i)
            analysis.writes.push_back(context.variables().number(written.keyAt(i)));
    }
}

void checkPayload(RuleContext &context)
{
    const StepType *trigger = context.trigger();
    const int payload = context.variables().find(QStringLiteral("payload"));
    // Posted data may have any shape; only messages come in a known one.
    if (!trigger || trigger->name == u"http_request" || payload < 0)
        return;
    // A step that writes data.payload makes it something else.
    for (const RuleStep &step : context.steps()) {
        const std::vector<int> &writes = step.analysis->writes;
        if (std::find(writes.begin(), writes.end(), payload) != writes.end())
            return;
    }
    QStringList own;
    for (const auto &[name, data] : trigger->payloads)
        own += keysOf(data.value(u"payload"));
    QStringList foreign; // what "payload" has under the other triggers only
    for (const StepType &other : context.catalog().triggers()) {
        for (const auto &[name, data] : other.payloads) {
            for (const QString &key : keysOf(data.value(u"payload"))) {
                if (other.name != u"http_request" && !own.contains(key) && !foreign.contains(key))
                    foreign += key;
            }
        }
    }
    for (const RuleStep &step : context.steps()) {
        for (const StepAnalysis::VariableRead &read : step.analysis->reads) {
            if (read.variable != payload)
                continue;
            const ScriptUse &use = step.analysis->scripts[size_t(read.script)];
            const ScriptReference &reference = use.script->references.references.at(read.reference);
            if (reference.path.size() < 2 || !foreign.contains(reference.path.at(1).name))
                continue;
            const QStringList names = reference.names();
            context.report(Severity::Warning, QLatin1StringView("payload-mismatch"), step, use, reference.offset,
                reference.length,
                Text::tr("data.%1 is read here, but the data of the trigger \"%2\" have no \"%3\".")
                    .arg(names.join(u'.'), trigger->label, names.at(1)));
        }
    }
}

} // namespace automation
