#include "model/expression/expressiontemplate.h"
#include "model/expression/scriptcheck.h"
#include "model/expression/scriptreferences.h"
#include "model/validation/rules.h"

namespace automation {

namespace {

using Severity = Problem::Severity;
using Text = RuleText;

bool isTypographicQuote(QChar c)
{
    return (c >= QChar(0x2018) && c <= QChar(0x201f)) || c == QChar(0x00ab) || c == QChar(0x00bb);
}

// Typographic quotes outside of proper literals: JavaScript does not read them as quotes.
bool hasTypographicQuotes(QStringView script)
{
    QChar quote;
    for (qsizetype i = 0; i < script.size(); ++i) {
        const QChar c = script[i];
        if (!quote.isNull()) {
            if (c == u'\\')
                ++i;
            else if (c == quote)
                quote = QChar();
        } else if (c == u'\'' || c == u'"' || c == u'`') {
            quote = c;
        } else if (isTypographicQuote(c)) {
            return true;
        }
    }
    return false;
}

// Straight quotes for the typographic ones, in the expressions of a text only.
QString withStraightQuotes(const ExpressionTemplate &text)
{
    QString result;
    for (const TemplatePart &part : text.parts()) {
        QString piece = text.literal(part).toString();
        if (part.isExpression && hasTypographicQuotes(text.script(part))) {
            for (QChar &c : piece) {
                if (isTypographicQuote(c))
                    c = u'\'';
            }
        }
        result += piece;
    }
    return result;
}

QStringList keysOf(const JsonValue &object)
{
    QStringList keys;
    for (qsizetype i = 0; i < object.size(); ++i)
        keys += object.keyAt(i);
    return keys;
}

} // namespace

ExpressionRules::ExpressionRules(RuleContext &context)
    : m_context(context)
{
    const StepType *trigger = context.catalog().trigger(context.definition().trigger());
    // Posted data may have any shape; only messages come in a known one.
    if (!trigger || trigger->name == u"http_request")
        return;
    QStringList own;
    for (const auto &[name, payload] : trigger->payloads)
        own += keysOf(payload.value(u"payload"));
    for (const StepType &other : context.catalog().triggers()) {
        for (const auto &[name, payload] : other.payloads) {
            for (const QString &key : keysOf(payload.value(u"payload"))) {
                if (other.name != u"http_request" && !own.contains(key) && !m_foreign.contains(key))
                    m_foreign += key;
            }
        }
    }
    // A step that writes data.payload makes it something else.
    m_checksPayload = std::none_of(context.steps().begin(), context.steps().end(),
        [](const RuleStep &step) { return step.view.outputs().contains(u"payload"); });
}

void ExpressionRules::check(const RuleStep &step)
{
    for (const QLatin1StringView key :
        {QLatin1StringView("inputs"), QLatin1StringView("outputs"), QLatin1StringView("selectNextStep")})
        checkValue(step, step.view.json()[key], step.node->pointer / key);
}

void ExpressionRules::checkValue(const RuleStep &step, const JsonValue &value, const JsonPointer &pointer)
{
    if (value.isString()) {
        if (ExpressionTemplate::mayHaveExpressions(value.toString()))
            checkText(step, value.toString(), pointer);
        return;
    }
    for (qsizetype i = 0; i < value.size(); ++i) {
        const JsonValue &child = value.at(i);
        // Pointers are only made where they are needed: most values are short texts without expressions.
        if (child.isString() ? ExpressionTemplate::mayHaveExpressions(child.toString()) : child.size() > 0)
            checkValue(step, child, value.isArray() ? pointer / i : pointer / value.keyAt(i));
    }
}

void ExpressionRules::checkText(const RuleStep &step, const QString &text, const JsonPointer &pointer)
{
    const ExpressionTemplate parts(text);
    if (parts.unclosedAt() >= 0) {
        m_context.report(Severity::Warning, QLatin1StringView("unclosed-expression"), step, pointer,
            Text::tr("An expression is opened with {{ and never closed, so it is sent as plain text."));
    }
    for (const TemplatePart &part : parts.parts()) {
        if (!part.isExpression)
            continue;
        const QStringView script = parts.script(part);
        if (hasTypographicQuotes(script)) {
            setFix(m_context.report(Severity::Error, QLatin1StringView("typographic-quotes"), step, pointer,
                       Text::tr("The expression has typographic quotes, which cannot be read; use straight ones.")),
                Text::tr("Use straight quotes"),
                JsonEdit::replace(m_context.root(), pointer, withStraightQuotes(parts)));
            return;
        }
        if (const std::optional<ScriptProblem> refused = checkScript(script)) {
            static constexpr QLatin1StringView rules[] = {QLatin1StringView("script-empty"),
                QLatin1StringView("script-too-long"), QLatin1StringView("script-forbidden")};
            m_context.report(Severity::Error, rules[int(refused->kind)], step, pointer, refused->message);
            return;
        }
        if (!m_checksPayload || !script.contains(u"payload"))
            continue;
        for (const ScriptReference &reference : findReferences(script).references) {
            const QStringList names = reference.names();
            if (reference.root == u"data" && names.size() >= 2 && checkPayload(step, names, pointer))
                break;
        }
    }
}

bool ExpressionRules::checkPayload(const RuleStep &step, const QStringList &names, const JsonPointer &pointer)
{
    if (names.at(0) != u"payload" || !m_foreign.contains(names.at(1)))
        return false;
    const QString trigger = m_context.graph().nodes().first().type->label;
    m_context.report(Severity::Warning, QLatin1StringView("payload-mismatch"), step, pointer,
        Text::tr("data.%1 is read here, but the data of the trigger \"%2\" have no \"%3\".")
            .arg(names.join(u'.'), trigger, names.at(1)));
    return true;
}

} // namespace automation
