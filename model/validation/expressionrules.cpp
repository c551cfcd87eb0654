#include "model/expression/expressiontemplate.h"
#include "model/expression/scriptcheck.h"
#include "model/expression/scriptreferences.h"
#include "model/validation/rules.h"

#include <algorithm>

namespace automation {

// Where a value stands, without the cost of a pointer for each of the many values nothing is wrong with.
struct ExpressionRules::Place
{
    const Place *parent = nullptr;
    const JsonPointer *start = nullptr; // of the outermost place
    QString key; // member of an object
    qsizetype index = -1; // element of an array

    JsonPointer pointer() const
    {
        const JsonPointer before = parent ? parent->pointer() : *start;
        return index >= 0 ? before / index : before / key;
    }
};

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

bool isWordPart(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9') || c == u'_' || c == u'$';
}

// A quick look for expressions in which no rule can find anything: paths, calls, comparisons and plain literals in
// ASCII, with no word that could be a refused one. Everything else is scanned properly. Most expressions are like that,
// and scanning takes a hundred times longer.
bool isPlainScript(QStringView script, QStringView allowed)
{
    if (script.size() > maxScriptLength)
        return false;
    bool isEmpty = true;
    for (qsizetype i = 0; i < script.size(); ++i) {
        const QChar c = script[i];
        if (isWordPart(c)) {
            const qsizetype start = i;
            while (i + 1 < script.size() && isWordPart(script[i + 1]))
                ++i;
            static constexpr QStringView refused[]
                = {u"delete", u"new", u"class", u"function", u"let", u"const", u"var", u"import", u"await", u"yield"};
            const QStringView word = script.sliced(start, i - start + 1);
            if (std::find(std::begin(refused), std::end(refused), word) != std::end(refused))
                return false;
            isEmpty = false;
        } else if (c == u'=' || c == u'!') {
            if (i + 1 < script.size() && script[i + 1] == u'=')
                i += i + 2 < script.size() && script[i + 2] == u'=' ? 2 : 1;
            else if (c == u'=')
                return false;
        } else if (!allowed.contains(c)) {
            return false;
        }
    }
    return !isEmpty;
}

constexpr QStringView plainSigns(u" .,()[]'\"?:&|");

// The scripts of a text in the simplest form of templates: no brace but the pairs around them. False when it is not so.
bool plainScripts(QStringView text, QVarLengthArray<QStringView, 4> *scripts)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] != u'{') {
            if (text[i] == u'}')
                return false;
            continue;
        }
        if (i + 1 >= text.size() || text[i + 1] != u'{')
            return false;
        const qsizetype start = i + 2;
        qsizetype end = start;
        while (end < text.size() && text[end] != u'{' && text[end] != u'}')
            ++end;
        if (end + 1 >= text.size() || text[end] != u'}' || text[end + 1] != u'}')
            return false;
        scripts->append(text.sliced(start, end - start));
        i = end + 1;
    }
    return true;
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
    static constexpr QStringView payload(u"payload");
    m_checksPayload = std::none_of(context.steps().begin(), context.steps().end(),
        [](const RuleStep &step) { return step.view.outputs().contains(payload); });
}

void ExpressionRules::check(const RuleStep &step)
{
    static const QString inputs = QStringLiteral("inputs");
    static const QString outputs = QStringLiteral("outputs");
    static const QString selectNextStep = QStringLiteral("selectNextStep");
    checkValue(step, step.view.inputs(), Place {nullptr, &step.node->pointer, inputs});
    checkValue(step, step.view.outputs(), Place {nullptr, &step.node->pointer, outputs});
    checkValue(step, step.view.selectNextStep(), Place {nullptr, &step.node->pointer, selectNextStep});
}

void ExpressionRules::checkValue(const RuleStep &step, const JsonValue &value, const Place &place)
{
    if (value.isString()) {
        const QString text = value.toString();
        if (ExpressionTemplate::mayHaveExpressions(text) && !isPlain(text))
            checkText(step, text, place);
        return;
    }
    for (qsizetype i = 0; i < value.size(); ++i) {
        const JsonValue &child = value.at(i);
        if (child.isString() || child.size() > 0)
            checkValue(step, child,
                value.isArray() ? Place {&place, nullptr, {}, i} : Place {&place, nullptr, value.keyAt(i)});
    }
}

// Nothing can be wrong with it. False says nothing.
bool ExpressionRules::isPlain(QStringView text) const
{
    QVarLengthArray<QStringView, 4> scripts;
    if (!plainScripts(text, &scripts))
        return false;
    return std::all_of(scripts.begin(), scripts.end(), [this](QStringView script) {
        return isPlainScript(script, plainSigns) && !(m_checksPayload && mayReadForeign(script));
    });
}

// Fast test: false means that no member of data.payload is read that other triggers have.
bool ExpressionRules::mayReadForeign(QStringView script) const
{
    static constexpr QStringView payload(u"payload");
    for (qsizetype at = script.indexOf(payload); at >= 0; at = script.indexOf(payload, at + 1)) {
        qsizetype start = at + payload.size();
        while (start < script.size() && !isWordPart(script[start]))
            ++start;
        qsizetype end = start;
        while (end < script.size() && isWordPart(script[end]))
            ++end;
        const QStringView word = script.sliced(start, end - start);
        if (std::any_of(m_foreign.begin(), m_foreign.end(), [word](const QString &key) { return key == word; }))
            return true;
    }
    return false;
}

void ExpressionRules::checkText(const RuleStep &step, const QString &text, const Place &place)
{
    const ExpressionTemplate parts(text);
    if (parts.unclosedAt() >= 0) {
        m_context.report(Severity::Warning, QLatin1StringView("unclosed-expression"), step, place.pointer(),
            Text::tr("An expression is opened with {{ and never closed, so it is sent as plain text."));
    }
    for (const TemplatePart &part : parts.parts()) {
        if (!part.isExpression)
            continue;
        const QStringView script = parts.script(part);
        if (hasTypographicQuotes(script)) {
            const JsonPointer pointer = place.pointer();
            setFix(m_context.report(Severity::Error, QLatin1StringView("typographic-quotes"), step, pointer,
                       Text::tr("The expression has typographic quotes, which cannot be read; use straight ones.")),
                Text::tr("Use straight quotes"),
                JsonEdit::replace(m_context.root(), pointer, withStraightQuotes(parts)));
            return;
        }
        if (const std::optional<ScriptProblem> refused = checkScript(script)) {
            QLatin1StringView rule("script-forbidden");
            if (refused->kind == ScriptProblem::Kind::Empty)
                rule = QLatin1StringView("script-empty");
            else if (refused->kind == ScriptProblem::Kind::TooLong)
                rule = QLatin1StringView("script-too-long");
            m_context.report(Severity::Error, rule, step, place.pointer(), refused->message);
            return;
        }
        if (!m_checksPayload || !mayReadForeign(script))
            continue;
        for (const ScriptReference &reference : findReferences(script).references) {
            const QStringList names = reference.names();
            if (reference.root == u"data" && names.size() >= 2 && checkPayload(step, names, place))
                break;
        }
    }
}

bool ExpressionRules::checkPayload(const RuleStep &step, const QStringList &names, const Place &place)
{
    if (names.at(0) != u"payload" || !m_foreign.contains(names.at(1)))
        return false;
    const QString trigger = m_context.graph().nodes().first().type->label;
    m_context.report(Severity::Warning, QLatin1StringView("payload-mismatch"), step, place.pointer(),
        Text::tr("data.%1 is read here, but the data of the trigger \"%2\" have no \"%3\".")
            .arg(names.join(u'.'), trigger, names.at(1)));
    return true;
}

} // namespace automation
