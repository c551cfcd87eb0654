#include "model/definition/duration.h"
#include "model/validation/rules.h"

namespace automation {

namespace {

using Severity = Problem::Severity;
using Text = RuleText;

JsonPointer placeOf(const RuleStep &step, const InputField &field)
{
    return JsonPointer(step.node->pointer.tokens() + QStringList {QStringLiteral("inputs")} + field.name.split(u'.'));
}

bool hasContent(const JsonValue &value)
{
    if (value.isString())
        return !value.toString().trimmed().isEmpty();
    if (value.isObject()) {
        for (qsizetype i = 0; i < value.size(); ++i) {
            if (hasContent(value.at(i)))
                return true;
        }
        return false;
    }
    return value.isArray() ? !value.isEmpty() : !value.isNull();
}

bool isExpression(const JsonValue &value)
{
    return value.isString() && value.toString().contains(u"{{");
}

// A dotted input such as content.text stands for its object: content may hold something else or be an expression.
bool isGiven(const StepView &step, const InputField &field)
{
    if (hasContent(step.input(field.name)))
        return true;
    const qsizetype dot = field.name.indexOf(u'.');
    return dot > 0 && hasContent(step.input(QStringView(field.name).first(dot)));
}

void checkDuration(RuleContext &context, const RuleStep &step, const InputField &field, const JsonValue &value)
{
    const JsonPointer place = placeOf(step, field);
    const QString text = value.isNumber() ? QString::fromLatin1(value.numberLexeme()) : value.toString();
    const std::optional<qint64> seconds = durationSeconds(text);
    if (!seconds) {
        context.report(Severity::Error, QLatin1StringView("bad-duration"), step, place,
            Text::tr("%1: \"%2\" is no duration; write days.hours:minutes:seconds, such as 0.00:05:00.")
                .arg(field.label, text));
    } else if (isDayCount(text) && *seconds > 0) {
        setFix(context.report(Severity::Warning, QLatin1StringView("day-count"), step, place,
                   Text::tr("%1: \"%2\" means %3, not minutes or seconds.")
                       .arg(field.label, text, secondsInWords(*seconds))),
            Text::tr("Write %1").arg(durationText(*seconds)),
            JsonEdit::replace(context.root(), place, durationText(*seconds)));
    }
}

void checkChoice(RuleContext &context, const RuleStep &step, const InputField &field, const JsonValue &value)
{
    if (field.openChoices || field.choices.contains(value.toString(), Qt::CaseInsensitive))
        return;
    context.report(Severity::Warning, QLatin1StringView("unknown-choice"), step, placeOf(step, field),
        Text::tr("%1: \"%2\" is none of %3.")
            .arg(field.label, value.toString(), field.choices.join(QStringLiteral(", "))));
}

void checkUrl(RuleContext &context, const RuleStep &step, const InputField &field, const QString &url)
{
    if (url.startsWith(u"https://", Qt::CaseInsensitive) || url.startsWith(u"http://", Qt::CaseInsensitive))
        return;
    context.report(Severity::Error, QLatin1StringView("bad-url"), step, placeOf(step, field),
        Text::tr("%1: a URL starts with https:// or http://.").arg(field.label));
}

void checkField(RuleContext &context, const RuleStep &step, const InputField &field)
{
    const JsonValue &value = step.view.input(field.name);
    if (field.required && !isGiven(step.view, field)) {
        context.report(Severity::Error, QLatin1StringView("missing-input"), step, placeOf(step, field),
            Text::tr("\"%1\" is required and empty.").arg(field.label));
        return;
    }
    if (!hasContent(value))
        return;
    using Editor = InputField::Editor;
    if (field.editor == Editor::Expression && !isExpression(value)) {
        const JsonPointer place = placeOf(step, field);
        Problem &problem = context.report(Severity::Error, QLatin1StringView("condition-braces"), step, place,
            Text::tr("%1: it must be an expression in {{ }}.").arg(field.label));
        if (value.isString()) {
            setFix(problem, Text::tr("Put it in braces"),
                JsonEdit::replace(context.root(), place, QStringLiteral("{{%1}}").arg(value.toString().trimmed())));
        }
        return;
    }
    if (isExpression(value))
        return;
    if (field.editor == Editor::Duration)
        checkDuration(context, step, field, value);
    else if (field.editor == Editor::Choice)
        checkChoice(context, step, field, value);
    else if (field.editor == Editor::Url)
        checkUrl(context, step, field, value.toString());
    else if (field.editor == Editor::Integer && value.toInteger(-1) < 0) {
        context.report(Severity::Warning, QLatin1StringView("not-a-number"), step, placeOf(step, field),
            Text::tr("%1: it must be a whole number.").arg(field.label));
    }
}

// Outputs written one level too deep would be sent along and never stored.
void checkOutputsInInputs(RuleContext &context, const RuleStep &step)
{
    const JsonValue *misplaced = step.view.inputs().find(u"outputs");
    if (!misplaced || !misplaced->isObject() || (step.node->type && step.node->type->input(u"outputs")))
        return;
    const JsonPointer place = step.node->pointer / QLatin1StringView("inputs") / QLatin1StringView("outputs");
    Problem &problem = context.report(Severity::Warning, QLatin1StringView("outputs-in-inputs"), step, place,
        Text::tr("\"outputs\" stands inside \"inputs\", where it has no effect; it belongs beside it."));
    const Result<JsonEdit> removal = JsonEdit::remove(context.root(), place);
    const JsonValue *present = step.view.json().find(u"outputs");
    if (!removal || (present && !present->isNull() && !present->isEmpty()))
        return;
    const JsonPointer target = step.node->pointer / QLatin1StringView("outputs");
    const Result<JsonEdit> arrival = present
        ? JsonEdit::replace(context.root(), target, *misplaced)
        : Result<JsonEdit>(JsonEdit::insertMember(
            step.node->pointer, step.view.json().indexOf(u"inputs") + 1, QStringLiteral("outputs"), *misplaced));
    if (arrival)
        setFixes(problem, Text::tr("Move it out"), {*removal, *arrival});
}

// The service sends every body as JSON, whatever a header says (API reference §5).
void checkContentType(RuleContext &context, const RuleStep &step)
{
    const JsonValue &headers = step.view.input(u"headers");
    if (!headers.isObject() || !step.node->type || !step.node->type->input(u"headers"))
        return;
    for (qsizetype i = 0; i < headers.size(); ++i) {
        const JsonValue &value = headers.at(i);
        if (headers.keyAt(i).compare(u"Content-Type", Qt::CaseInsensitive) != 0 || !value.isString()
            || isExpression(value) || value.toString().trimmed().startsWith(u"application/json", Qt::CaseInsensitive))
            continue;
        const JsonPointer place
            = step.node->pointer / QLatin1StringView("inputs") / QLatin1StringView("headers") / headers.keyAt(i);
        setFix(context.report(Severity::Error, QLatin1StringView("http-content-type"), step, place,
                   Text::tr("The HTTP header Content-Type must be application/json.")),
            Text::tr("Set application/json"),
            JsonEdit::replace(context.root(), place, QStringLiteral("application/json")));
    }
}

} // namespace

void checkInputs(RuleContext &context, const RuleStep &step)
{
    if (step.node->type) {
        for (const InputField &field : step.node->type->inputs)
            checkField(context, step, field);
    }
    checkOutputsInInputs(context, step);
    checkContentType(context, step);
}

} // namespace automation
