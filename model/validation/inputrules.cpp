#include "model/definition/duration.h"
#include "model/expression/plainscript.h"
#include "model/expression/scriptlint.h"
#include "model/json/jsontextview.h"
#include "model/validation/rules.h"

#include <algorithm>

namespace automation {

namespace {

using Severity = Problem::Severity;
using Text = RuleText;

bool hasContent(const JsonValue &value)
{
    if (value.isString())
        return !JsonTextView(value).isBlank();
    if (value.isObject()) {
        for (qsizetype i = 0; i < value.size(); ++i) {
            if (hasContent(value.at(i)))
                return true;
        }
        return false;
    }
    return value.isArray() ? !value.isEmpty() : !value.isNull();
}

bool isMeant(const InputField &field, const GivenInputs &inputs)
{
    return std::all_of(field.when.begin(), field.when.end(), [&inputs](const InputField::Condition &condition) {
        const JsonValue *value = &inputs.outerOf(condition);
        for (qsizetype i = 1; i < condition.keys.size(); ++i)
            value = &value->value(QStringView(condition.keys.at(i)));
        const JsonTextView word(*value);
        return std::any_of(condition.values.begin(), condition.values.end(),
            [&word](const QString &wanted) { return word.isWord(wanted); });
    });
}

const JsonValue &valueOf(const JsonValue &outer, const InputField &field)
{
    const JsonValue *value = &outer;
    for (qsizetype i = 1; i < field.keys.size(); ++i)
        value = &value->value(QStringView(field.keys.at(i)));
    return *value;
}

// Whether the field's value would stand in objects only, as far as there are any.
bool isPlain(const JsonValue &outer, const InputField &field)
{
    const JsonValue *value = &outer;
    for (qsizetype i = 1; i < field.keys.size(); ++i) {
        if (!value->isObject())
            return value->isNull();
        value = &value->value(QStringView(field.keys.at(i)));
    }
    return true;
}

// "00:90:00" and "24:00:00" as they are most likely meant: with minutes or hours that make whole hours or days.
std::optional<qint64> overlongSeconds(QStringView text)
{
    const QList<QStringView> parts = text.trimmed().split(u':');
    if (parts.size() < 2 || parts.size() > 3)
        return std::nullopt;
    constexpr int units[] = {3600, 60, 1};
    qint64 seconds = 0;
    for (qsizetype i = 0; i < parts.size(); ++i) {
        bool isNumber = false;
        const uint value = parts[i].toUInt(&isNumber);
        if (!isNumber || parts[i].startsWith(u'+') || value > 9999)
            return std::nullopt;
        seconds += qint64(value) * units[i];
    }
    return seconds;
}

void checkDuration(RuleContext &context, const RuleStep &step, const InputField &field, const JsonValue &value)
{
    constexpr qint64 year = 366 * 24 * 3600;
    const QString text = value.isNumber() ? QString::fromLatin1(value.numberLexeme()) : value.toString();
    const std::optional<qint64> seconds = durationSeconds(text);
    if (seconds && *seconds > 0 && *seconds <= year && !isDayCount(text))
        return;
    const JsonPointer place = placeOf(step, field);
    if (!seconds) {
        QString message = Text::tr("%1: “%2” is no duration; write days.hours:minutes:seconds, such as 0.00:05:00.")
                              .arg(field.label, text);
        if (text.trimmed().startsWith(u'-'))
            message = Text::tr("%1: “%2” is negative; a duration cannot be.").arg(field.label, text);
        const std::optional<qint64> meant = overlongSeconds(text);
        Problem &problem = context.report(Severity::Error, QLatin1StringView("bad-duration"), step, place, message);
        if (meant)
            setFix(problem, Text::tr("Write %1").arg(durationText(*meant)),
                JsonEdit::replace(context.root(), place, durationText(*meant)));
    } else if (isDayCount(text) && *seconds > 0) {
        setFix(context.report(Severity::Warning, QLatin1StringView("day-count"), step, place,
                   Text::tr("%1: “%2” means %3, not minutes or seconds.")
                       .arg(field.label, text, secondsInWords(*seconds))),
            Text::tr("Write %1").arg(durationText(*seconds)),
            JsonEdit::replace(context.root(), place, durationText(*seconds)));
    } else if (*seconds == 0) {
        context.report(Severity::Warning, QLatin1StringView("duration-range"), step, place,
            Text::tr("%1: “%2” is no time at all.").arg(field.label, text));
    } else {
        context.report(Severity::Hint, QLatin1StringView("duration-range"), step, place,
            Text::tr("%1: “%2” means %3.").arg(field.label, text, secondsInWords(*seconds)));
    }
}

void checkChoice(RuleContext &context, const RuleStep &step, const InputField &field, const JsonValue &value)
{
    const JsonTextView written(value);
    const bool isChoice = std::any_of(
        field.choices.begin(), field.choices.end(), [&written](const QString &choice) { return written.is(choice); });
    if (isChoice)
        return;
    const QString text = value.toString();
    const JsonPointer place = placeOf(step, field);
    const QString trimmed = text.trimmed();
    const auto known = std::find_if(field.choices.begin(), field.choices.end(),
        [&trimmed](const QString &choice) { return choice.compare(trimmed, Qt::CaseInsensitive) == 0; });
    if (known != field.choices.end()) {
        if (!field.anyCase || trimmed.size() != text.size()) {
            setFix(context.report(Severity::Warning, QLatin1StringView("choice-case"), step, place,
                       Text::tr("%1: it is written “%2”; its name is “%3”.").arg(field.label, text, *known)),
                Text::tr("Write %1").arg(*known), JsonEdit::replace(context.root(), place, *known));
        }
        return;
    }
    const QString meant = nearestWord(text, field.choices);
    Problem &problem = context.report(field.openChoices ? Severity::Hint : Severity::Warning,
        QLatin1StringView("unknown-choice"), step, place,
        Text::tr("%1: “%2” is none of %3.").arg(field.label, text, field.choices.join(QStringLiteral(", "))));
    if (!meant.isEmpty())
        setFix(problem, Text::tr("Write %1").arg(meant), JsonEdit::replace(context.root(), place, meant));
}

void checkInteger(RuleContext &context, const RuleStep &step, const InputField &field, const JsonValue &value)
{
    constexpr qint64 hour = 3600;
    const qint64 number = value.toInteger(-1);
    if (number > 0 && number <= hour)
        return;
    const JsonPointer place = placeOf(step, field);
    if (number < 0) {
        bool isNumber = false;
        const qint64 meant = value.toString().trimmed().toLongLong(&isNumber);
        Problem &problem = context.report(Severity::Warning, QLatin1StringView("not-a-number"), step, place,
            Text::tr("%1: it must be a whole number.").arg(field.label));
        if (isNumber && meant > 0)
            setFix(
                problem, Text::tr("Write it as a number"), JsonEdit::replace(context.root(), place, JsonValue(meant)));
    } else if (number == 0) {
        context.report(Severity::Warning, QLatin1StringView("number-range"), step, place,
            Text::tr("%1: with 0, there is no time to answer.").arg(field.label));
    } else {
        context.report(Severity::Hint, QLatin1StringView("number-range"), step, place,
            Text::tr("%1: %2 are %3.").arg(field.label).arg(number).arg(secondsInWords(number)));
    }
}

// Whether a member of an element has a place: all that stands on the way to it is an object, or not there yet.
bool hasPlace(const JsonValue &element, const InputField &part)
{
    const JsonValue *at = &element;
    for (qsizetype i = 0; at && i < part.keys.size(); ++i) {
        if (!at->isObject())
            return at->isNull();
        at = at->find(QStringView(part.keys.at(i)));
    }
    return true;
}

// The members that each element of a list must have: of buttons, rows, values of a template.
void checkElements(RuleContext &context, const RuleStep &step, const InputField &field, const JsonPointer &place,
    const JsonValue &list, const QString &outer)
{
    for (qsizetype i = 0; list.isArray() && i < list.size(); ++i) {
        const JsonValue &element = list.at(i);
        if (!element.isObject())
            continue;
        const QString name = Text::tr("%1 %2", "Button 2").arg(field.itemLabel).arg(i + 1);
        const QString title = outer.isEmpty() ? name : Text::tr("%1, %2", "Section 1, Row 2").arg(outer, name);
        for (const InputField &part : field.items) {
            if (!part.isMeant(element) || !hasPlace(element, part))
                continue;
            const JsonValue *value = part.find(element);
            JsonPointer at = place / i;
            for (const QString &key : part.keys)
                at = at / key;
            if (part.required && !(value && hasContent(*value))) {
                context.report(Severity::Error, QLatin1StringView("missing-input"), step, at,
                    Text::tr("%1: “%2” is required and empty.").arg(title, part.label));
            } else if (value && part.editor == InputField::Editor::List) {
                checkElements(context, step, part, at, *value, title);
            }
        }
    }
}

// Of a filled value that is no text. What other rules say of durations, numbers, URLs and the like is enough.
bool hasRightKind(const InputField &field, const JsonValue &value)
{
    using Editor = InputField::Editor;
    if (field.editor == Editor::PhoneNumber)
        return value.isNumber();
    return field.editor != Editor::Text && field.editor != Editor::MultilineText && field.editor != Editor::Choice;
}

bool needsObject(const InputField &field)
{
    return field.keys.size() > 1 || field.editor == InputField::Editor::KeyValue
        || field.editor == InputField::Editor::Content;
}

// Whether something else stands where an object belongs, such as the whole content as a text.
bool lacksObject(const InputField &field, const JsonValue &outer)
{
    return needsObject(field) && !outer.isObject() && !outer.isNull()
        && !(outer.isString() && (JsonTextView(outer).hasBraces() || JsonTextView(outer).isBlank()));
}

void checkField(RuleContext &context, const RuleStep &step, const GivenInputs &inputs, const InputField &field)
{
    const JsonValue &outer = inputs.outerOf(field);
    if (outer.isNull() && !field.required)
        return;
    const JsonValue &value = valueOf(outer, field);
    const bool isFilled = hasContent(value);
    // The outer object may be an expression, or hold something else than the field unless that has its own conditions.
    if (field.required && !isFilled && (!hasContent(outer) || (field.group > 0 && isPlain(outer, field)))) {
        context.report(Severity::Error, QLatin1StringView("missing-input"), step, placeOf(step, field),
            Text::tr("“%1” is required and empty.").arg(field.label));
        return;
    }
    if (!isFilled)
        return;
    using Editor = InputField::Editor;
    const bool isExpression = JsonTextView(value).hasBraces();
    if (field.editor == Editor::Expression && !isExpression) {
        const JsonPointer place = placeOf(step, field);
        Problem &problem = context.report(Severity::Error, QLatin1StringView("condition-braces"), step, place,
            Text::tr("%1: it must be an expression in {{ }}.").arg(field.label));
        if (value.isString()) {
            setFix(problem, Text::tr("Put it in braces"),
                JsonEdit::replace(context.root(), place, inBraces(value.toString())));
        }
        return;
    }
    if (isExpression)
        return;
    if (!value.isString() && !hasRightKind(field, value)) {
        // A number is at least easily made a text.
        context.report(value.isNumber() ? Severity::Warning : Severity::Error, QLatin1StringView("wrong-kind"), step,
            placeOf(step, field), Text::tr("%1: it must be a text.").arg(field.label));
        return;
    }
    if (field.editor == Editor::Duration)
        checkDuration(context, step, field, value);
    else if (field.editor == Editor::Choice)
        checkChoice(context, step, field, value);
    else if (field.editor == Editor::Url)
        checkUrl(context, step, field, value);
    else if (field.editor == Editor::PhoneNumber)
        checkPhoneNumber(context, step, placeOf(step, field), field.label, value);
    else if (field.editor == Editor::Integer)
        checkInteger(context, step, field, value);
    else if (field.editor == Editor::List)
        checkElements(context, step, field, placeOf(step, field), value, {});
}

// Outputs written one level too deep would be sent along and never stored.
void checkOutputsInInputs(RuleContext &context, const RuleStep &step, const GivenInputs &given)
{
    if (step.node->type && !given.hasOthers())
        return;
    const JsonValue *misplaced = step.view.inputs().find(u"outputs");
    if (!misplaced || !misplaced->isObject() || (step.node->type && step.node->type->input(u"outputs")))
        return;
    const JsonPointer place = step.node->pointer / QLatin1StringView("inputs") / QLatin1StringView("outputs");
    Problem &problem = context.report(Severity::Warning, QLatin1StringView("outputs-in-inputs"), step, place,
        Text::tr("“outputs” stands inside “inputs”, where it has no effect; it belongs beside it."));
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

} // namespace

QString inBraces(const QString &text)
{
    QStringView script = QStringView(text).trimmed();
    if (script.startsWith(u"${"))
        script = script.sliced(1);
    if (script.size() > 2 && script.startsWith(u'{') && script.endsWith(u'}')
        && isPlainExpression(script.sliced(1, script.size() - 2)))
        script = script.sliced(1, script.size() - 2).trimmed();
    return u"{{%1}}"_qs.arg(script);
}

JsonPointer placeOf(const RuleStep &step, const InputField &field)
{
    JsonPointer place = step.node->pointer / QLatin1StringView("inputs");
    for (const QString &key : field.keys)
        place = place / key;
    return place;
}

void checkInputs(RuleContext &context, const RuleStep &step, const GivenInputs &given)
{
    const JsonValue &inputs = step.view.inputs();
    if (step.node->type) {
        int group = 0;
        bool isMeant = true;
        bool hasParts = false; // fields for the members of what is sent say what of it is missing
        int withoutObject = -1; // of its fields one says so for all
        for (const InputField &field : step.node->type->inputs) {
            if (field.group != group) {
                group = field.group;
                isMeant = automation::isMeant(field, given);
            }
            hasParts = hasParts || (isMeant && group > 0 && field.required);
            if (!isMeant || field.keyNumber == withoutObject || (!field.required && given.outerOf(field).isNull()))
                continue;
            if (lacksObject(field, given.outerOf(field))) {
                withoutObject = field.keyNumber;
                const QString &key = field.keys.first();
                context.report(Severity::Error, QLatin1StringView("wrong-kind"), step,
                    step.node->pointer / QLatin1StringView("inputs") / key,
                    Text::tr("“%1” must be an object in { }.").arg(key));
            } else if (!(hasParts && field.editor == InputField::Editor::Content)) {
                checkField(context, step, given, field);
            }
        }
    }
    checkOutputsInInputs(context, step, given);
    if (!step.node->type || !inputs.isObject())
        return;
    if (step.node->type->hasHeaders)
        checkRequest(context, step);
    if (step.node->type->hasSchedule)
        checkSms(context, step);
}

} // namespace automation
