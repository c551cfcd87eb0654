#include "model/definition/conditionreading.h"
#include "model/expression/plainscript.h"
#include "model/json/jsontextview.h"
#include "model/validation/rules.h"

#include <algorithm>
#include <utility>

namespace automation {

namespace {

using Severity = Problem::Severity;
using Text = RuleText;
using Where = ScriptUse::Where;

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

bool isPathPart(QChar c)
{
    return c.isLetterOrNumber() || c == u'_' || c == u'$' || c == u'.';
}

// How long a path such as data.payload.body is that begins at a place; 0 when none does.
qsizetype pathLength(QStringView text, qsizetype from)
{
    const QStringView rest = text.sliced(from);
    if (!rest.startsWith(u"data.") && !rest.startsWith(u"step."))
        return 0;
    qsizetype length = 5;
    while (length < rest.size() && isPathPart(rest[length]))
        ++length;
    return length > 5 && rest[length - 1] != u'.' ? length : 0;
}

// The same of what stands in one brace on each side: data['x'], data.list.length > 1 and the like as well.
qsizetype bracedLength(QStringView text, qsizetype from)
{
    const QStringView rest = text.sliced(from, qMin(text.size() - from, maxScriptLength));
    if (!(rest.startsWith(u"data") || rest.startsWith(u"step")) || rest.size() < 5
        || !QStringView(u".[?").contains(rest[4]))
        return 0;
    const qsizetype close = rest.indexOf(u'}');
    const QStringView script = close < 0 ? QStringView() : rest.first(close).trimmed();
    return !script.isEmpty() && isPlainExpression(script) ? script.size() : pathLength(text, from);
}

Severity severityOf(ScriptFinding::Weight weight)
{
    switch (weight) {
    case ScriptFinding::Weight::Error:
        return Severity::Error;
    case ScriptFinding::Weight::Warning:
        return Severity::Warning;
    case ScriptFinding::Weight::Hint:
        break;
    }
    return Severity::Hint;
}

QLatin1StringView ruleOf(ScriptProblem::Kind kind)
{
    switch (kind) {
    case ScriptProblem::Kind::Empty:
        return QLatin1StringView("script-empty");
    case ScriptProblem::Kind::TooLong:
        return QLatin1StringView("script-too-long");
    case ScriptProblem::Kind::Syntax:
        return QLatin1StringView("script-syntax");
    case ScriptProblem::Kind::Forbidden:
        break;
    }
    return QLatin1StringView("script-forbidden");
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

    void walk(const JsonValue &value, Where where)
    {
        m_where = where;
        walkValue(value);
    }

private:
    // Enough for any text that people read; a file may be of any size, and shall be looked at in little time all the
    // same.
    static constexpr qsizetype mostExpressions = 500; // of a text
    static constexpr qsizetype mostOfStep = 10'000;
    static constexpr qsizetype longestLiteral = 1'000'000;
    static constexpr int mostOfBraces = 20;

    void walkValue(const JsonValue &value)
    {
        if (value.isString()) {
            const JsonTextView text(value);
            const bool hasBrace = text.contains('{');
            const bool hasBraces = hasBrace && text.hasBraces();
            if (hasBraces && m_expressions >= mostOfStep)
                noteRest();
            else if (hasBraces)
                walkText(*analyseText(value.toStringView(), mostExpressions));
            else if (hasBrace || text.startsWith(QLatin1StringView("data."))
                || text.startsWith(QLatin1StringView("step."))) {
                if (!isConditionPlace()) // of a condition it is said that it is none
                    checkBraces(value.toString(), 0, text.size());
            }
            return;
        }
        const qsizetype count = value.size();
        for (qsizetype i = 0; i < count; ++i) {
            const JsonValue &child = value.at(i);
            if (child.isString() || child.size() > 0) {
                m_path.append(qint32(i));
                walkValue(child);
                m_path.removeLast();
            }
        }
    }

    // Where the text stands that is looked at.
    JsonPointer place() const { return placeOf(m_step, ScriptUse {nullptr, m_path, 0, m_where, false}); }

    // What is not looked at may read everything.
    void noteRest()
    {
        if (std::exchange(m_isCut, true))
            return;
        m_analysis.readsAllData = true;
        m_context.report(Severity::Hint, QLatin1StringView("text-too-long"), m_step, place(),
            Text::tr("The step has more than %1 expressions; those from here on are not checked.").arg(mostOfStep));
    }

    void walkText(const TextAnalysis &text)
    {
        m_expressions += text.expressions.size();
        bool isReported = false; // one mistake of a text at a time
        if (text.hasOnlyUsualBraces) {
            for (const TextAnalysis::Expression &expression : text.expressions)
                isReported = walkExpression(text, expression, isReported);
        } else {
            isReported = walkParts(text);
        }
        if (!isReported && !text.isWholeValue && !text.expressions.isEmpty() && isConditionPlace()) {
            m_context.report(Severity::Warning, QLatin1StringView("condition-text"), m_step, place(),
                Text::tr("A condition must be one expression and nothing else; with text around it, it is no longer "
                         "true or false."));
        }
    }

    // A text that has other braces than those of its expressions. Whether a mistake of these was reported.
    bool walkParts(const TextAnalysis &text)
    {
        const ExpressionTemplate &parts = text.parts;
        const TextAnalysis::Expression *expression = text.expressions.begin();
        if (parts.unclosedAt() >= 0) {
            Problem &problem = m_context.report(Severity::Warning, QLatin1StringView("unclosed-expression"), m_step,
                place(), Text::tr("An expression is opened with {{ and never closed, so it is sent as plain text."));
            problem.offset = parts.unclosedAt();
            problem.length = 2;
        }
        bool isReported = false;
        for (const TemplatePart &part : parts.parts()) {
            if (!part.isExpression) {
                if (parts.isCut() && &part == &parts.parts().back())
                    break; // holds the expressions that are not looked at
                const bool isOpen = parts.unclosedAt() >= part.start; // here or in a part behind
                const qsizetype length = isOpen ? std::min(part.length, parts.unclosedAt() - part.start) : part.length;
                checkBraces(parts.text(), part.start, length);
                continue;
            }
            isReported = walkExpression(text, *expression++, isReported);
        }
        if (parts.isCut()) {
            m_analysis.readsAllData = true;
            m_context.report(Severity::Hint, QLatin1StringView("text-too-long"), m_step, place(),
                Text::tr("The text has more than %1 expressions; those behind them are not checked.")
                    .arg(mostExpressions));
        }
        return isReported;
    }

    // Whether a mistake of the text has been reported then.
    bool walkExpression(const TextAnalysis &text, const TextAnalysis::Expression &expression, bool isReported)
    {
        const ScriptAnalysis &script = *expression.script;
        const ScriptUse &use = m_analysis.scripts.emplace_back(
            ScriptUse {expression.script, m_path, qint32(expression.start), m_where, text.isWholeValue});
        if (!script.onlyReads.isEmpty()) {
            noteRead(script.onlyReads, m_context.variables().number(script), 0);
            return isReported;
        }
        if (!isReported)
            isReported = checkScriptUse(use, text.parts);
        if (!noteReads(use))
            m_analysis.scripts.pop_back();
        return isReported;
    }

    // A reference of the script that was put down last.
    void noteRead(const QString &name, int variable, int reference)
    {
        static const QString payload = u"payload"_qs;
        const int script = int(m_analysis.scripts.size()) - 1;
        m_analysis.reads.push_back({variable, script, reference});
        if (isSameKey(name, payload)
            && isPayloadDoubtful(m_context, m_analysis.scripts.back().script->references.references.at(reference)))
            m_analysis.makeSeldom().payloadDoubts.push_back({script, reference});
    }

    // {data.x}, ${data.x} and data.x alone, which are sent as they stand.
    void checkBraces(QStringView text, qsizetype start, qsizetype length)
    {
        if (length == text.size() && pathLength(text, 0) == length) {
            reportBraces(0, length, text, QLatin1StringView("missing-braces"),
                Text::tr("“%1” is plain text here; to put its value in, write it in {{ }}.").arg(text));
            return;
        }
        const qsizetype end = start + qMin(length, longestLiteral);
        int count = 0;
        for (qsizetype at = text.indexOf(u'{', start); at >= 0 && at < end && count < mostOfBraces;
             at = text.indexOf(u'{', at + 1)) {
            qsizetype path = at + 1;
            while (path < text.size() && text[path].isSpace())
                ++path;
            const qsizetype found = path < text.size() ? bracedLength(text, path) : 0;
            qsizetype close = path + found;
            while (found > 0 && close < text.size() && text[close].isSpace())
                ++close;
            if (found == 0 || close >= text.size() || text[close] != u'}')
                continue;
            const qsizetype first = at > start && text[at - 1] == u'$' ? at - 1 : at;
            ++count;
            reportBraces(first, close + 1 - first, text.sliced(path, found), QLatin1StringView("single-braces"),
                Text::tr("“%1” is plain text: an expression stands in two braces on each side.")
                    .arg(text.sliced(first, close + 1 - first)));
        }
    }

    void reportBraces(
        qsizetype offset, qsizetype length, QStringView path, QLatin1StringView rule, const QString &message)
    {
        Problem &problem = m_context.report(Severity::Warning, rule, m_step, place(), message);
        problem.offset = offset;
        problem.length = length;
        if (m_where != Where::Inputs || !(path.startsWith(u"step.") || path.startsWith(u"step[")))
            setTextFix(problem, m_context, u"{{%1}}"_qs.arg(path));
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
            m_context.report(Severity::Error, ruleOf(refused->kind), m_step, use, refused->offset, refused->length,
                refused->message);
            return true;
        }
        for (const ScriptFinding &finding : script.findings) {
            Problem &problem = m_context.report(
                severityOf(finding.weight), finding.rule, m_step, use, finding.offset, finding.length, finding.message);
            if (!finding.replacement.isEmpty())
                setTextFix(problem, m_context, finding.replacement);
        }
        if (script.isConstant && use.isWholeValue && isConditionPlace())
            reportConstant(use);
        return false;
    }

    // Whether the text that is looked at decides which way a run takes.
    bool isConditionPlace() const
    {
        if (m_where == Where::Condition)
            return true;
        const StepType *type = m_step.node->type;
        return type && type->outcomes == StepType::Outcomes::Container && m_where == Where::Inputs
            && place().lastToken() == u"condition";
    }

    void reportConstant(const ScriptUse &use)
    {
        const QString script = use.script->script.trimmed();
        Problem &problem = m_context.report(Severity::Warning, QLatin1StringView("constant-condition"), m_step, use, 0,
            use.script->script.size(),
            Text::tr("The condition “%1” looks at nothing, so it is the same at every run.").arg(script));
        bool hasDefault = false;
        for (const Outcome &outcome : m_step.node->outcomes)
            hasDefault = hasDefault || (outcome.kind == Outcome::Kind::Default && !outcome.isOpen());
        if (use.where == Where::Condition && script == u"true" && !hasDefault) {
            setFix(problem, Text::tr("Make it the “otherwise”"),
                JsonEdit::replace(m_context.root(), placeOf(m_step, use), JsonValue()));
        }
    }

    // False when the script cannot be run.
    bool noteReads(const ScriptUse &use)
    {
        const int script = int(m_analysis.scripts.size()) - 1;
        const QList<ScriptReference> &references = use.script->references.references;
        if (use.script->refused || use.script->typographicQuote >= 0) {
            for (const ScriptReference &reference : references) {
                if (!reference.isOfStep() && !reference.path.isEmpty())
                    m_analysis.makeSeldom().brokenReads.push_back(
                        m_context.variables().number(reference.path.first().name));
            }
            m_analysis.readsAllData = m_analysis.readsAllData || use.script->script.size() > maxScriptLength;
            return false;
        }
        for (qsizetype i = 0; i < references.size(); ++i) {
            const ScriptReference &reference = references.at(i);
            if (reference.isOfStep()) {
                checkStepReference(use, reference);
            } else if (reference.path.isEmpty()) {
                m_analysis.readsAllData = true;
            } else {
                const QString &name = reference.path.first().name;
                noteRead(name, m_context.variables().number(name), int(i));
            }
        }
        const QList<ScriptName> &names = use.script->references.names;
        for (qsizetype i = 0; i < names.size(); ++i) {
            if (!isGlobalName(names.at(i).name))
                m_analysis.makeSeldom().names.push_back({script, int(i)});
        }
        return true;
    }

    void checkStepReference(const ScriptUse &use, const ScriptReference &reference)
    {
        if (use.where == Where::Inputs) {
            if (m_path.size() > 1 && m_step.view.inputs().keyAt(m_path.first()) == u"outputs")
                return; // said of the place where the outputs stand
            m_context.report(Severity::Warning, QLatin1StringView("step-outside"), m_step, use, reference.offset,
                reference.length,
                Text::tr("“step” is what the step itself brings back, which is not there yet when it begins; keep what "
                         "an earlier step brings in an output and read it from “data”."));
            return;
        }
        const StepType *type = m_step.node->type;
        if (!type || reference.path.isEmpty())
            return;
        const ScriptReference::Member &member = reference.path.first();
        if (std::any_of(type->outputs.begin(), type->outputs.end(),
                [&member](const OfferedOutput &output) { return output.name == member.name; })) {
            checkReply(m_context, m_step, use, reference);
            return;
        }
        QStringList offered;
        for (const OfferedOutput &output : type->outputs)
            offered += output.name;
        const QString meant = nearestWord(member.name, offered);
        Problem &problem = m_context.report(Severity::Warning, QLatin1StringView("step-unknown"), m_step, use,
            member.offset, member.length,
            offered.isEmpty()
                ? Text::tr("A step of type %1 brings nothing back, so there is no “%2”.").arg(type->label, member.name)
                : Text::tr("A step of type %1 brings back %2, but no “%3”.")
                      .arg(type->label, offered.join(QStringLiteral(", ")), member.name));
        if (!meant.isEmpty())
            setTextFix(problem, m_context, meant);
    }

    RuleContext &m_context;
    const RuleStep &m_step;
    StepAnalysis &m_analysis;
    qsizetype m_expressions = 0; // seen so far
    bool m_isCut = false;
    Where m_where = Where::Inputs;
    ScriptUse::Path m_path; // to the text that is looked at, as in ScriptUse
};

} // namespace

void checkExpressions(RuleContext &context, const RuleStep &step, StepAnalysis &analysis)
{
    TextWalker walker(context, step, analysis);
    walker.walk(step.view.inputs(), Where::Inputs);
    walker.walk(step.view.outputs(), Where::Outputs);
    walker.walk(step.view.selectNextStep(), Where::Condition);
}

void checkNames(RuleContext &context)
{
    for (const RuleStep &step : context.steps()) {
        if (!step.hasDoubts)
            continue;
        for (const StepAnalysis::Doubt &doubt : step.analysis->seldom().names) {
            const ScriptUse &use = step.analysis->scripts[doubt.script];
            const ScriptName &name = use.script->references.names.at(doubt.index);
            Problem &problem = context.report(Severity::Error, QLatin1StringView("unknown-name"), step, use,
                name.offset, name.length,
                Text::tr("“%1” is not known: what the trigger and earlier steps bring is in “data”.").arg(name.name));
            if (context.facts().isWritten(context.variables().find(name.name))
                || MessageShape::isEnvelopeKey(name.name))
                setTextFix(problem, context, u"data."_qs + name.name);
        }
    }
}

} // namespace automation
