#include "model/expression/templateevaluator.h"

#include "model/expression/evaluatorprotocol.h"
#include "model/expression/expressiontemplate.h"
#include "model/expression/scriptcheck.h"
#include "model/json/jsonreader.h"

using namespace Qt::Literals::StringLiterals;

namespace automation {

namespace {

namespace protocol = evaluatorprotocol;

constexpr double scriptLimitSeconds = protocol::scriptLimitMs / 1000.0;

int columnAt(const QString &text, qsizetype offset)
{
    int column = 1;
    for (qsizetype i = 0; i < qMin(offset, text.size()); ++i) {
        if (!text[i].isLowSurrogate())
            ++column;
    }
    return column;
}

QLatin1StringView errorName(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Timeout:
        return protocol::timeoutError;
    case ErrorCode::Limit:
        return protocol::limitError;
    case ErrorCode::Internal:
        return protocol::internalError;
    default:
        return protocol::expressionError;
    }
}

QByteArray textOf(const QByteArray &request, const JsonValue &message, QLatin1StringView key)
{
    const JsonValue *value = message.find(key);
    if (!value || !value->span().isValid())
        return "null";
    return request.mid(value->span().start, value->span().end - value->span().start);
}

JsonValue internalAnswer(const QString &words)
{
    return JsonValue::object({{protocol::errorKey, protocol::internalError}, {protocol::messageKey, words}});
}

} // namespace

TemplateEvaluator::TemplateEvaluator()
    : m_group(JSContextGroupCreate())
{
}

TemplateEvaluator::~TemplateEvaluator()
{
    m_context.reset();
    JSContextGroupRelease(m_group);
}

bool TemplateEvaluator::ensureContext()
{
    if (!m_context) {
        m_context = std::make_unique<ScriptContext>(m_group);
        m_isScopeSet = false;
    }
    if (!m_isScopeSet && !m_data.isEmpty())
        m_isScopeSet = m_context->setScope(m_data, m_step, m_nowMs);
    return m_isScopeSet;
}

JsonValue TemplateEvaluator::answer(const QByteArray &requestLine)
{
    const auto message = readJson(requestLine, {qsizetype(256) * 1024 * 1024, protocol::maxDepth});
    if (!message || !message->isObject())
        return internalAnswer(u"The request is no JSON object."_s);
    m_data = textOf(requestLine, *message, protocol::dataKey);
    m_step = textOf(requestLine, *message, protocol::stepKey);
    m_nowMs = (*message)[protocol::nowKey].toInteger();
    m_isScopeSet = false;
    m_lengthLeft = protocol::maxResultLength;
    m_elapsed.start();
    ScriptContext::allowTime(m_group, scriptLimitSeconds);

    const JsonValue &value = (*message)[protocol::valueKey];
    Outcome<JsonValue> outcome;
    if ((*message)[protocol::conditionKey].toBool()) {
        const auto answer = truth(value.toString());
        if (const auto *failed = std::get_if<Failure>(&answer))
            outcome = *failed;
        else
            outcome = JsonValue(std::get<bool>(answer));
    } else {
        outcome = transform(value, {});
    }
    if (const auto *failed = std::get_if<Failure>(&outcome)) {
        JsonValue error = JsonValue::object(
            {{protocol::errorKey, errorName(failed->cause.code)}, {protocol::messageKey, failed->cause.words},
                {protocol::placeKey, failed->place}, {protocol::columnKey, failed->column}});
        if (!failed->script.isNull())
            error.set(protocol::scriptKey, failed->script);
        return error;
    }
    return JsonValue::object({{protocol::resultKey, std::get<JsonValue>(outcome)}});
}

auto TemplateEvaluator::transform(const JsonValue &value, const JsonPointer &place) -> Outcome<JsonValue>
{
    if (value.isString()) {
        const QString text = value.toString();
        return ExpressionTemplate::mayHaveExpressions(text) ? transformText(text, place) : Outcome<JsonValue>(value);
    }
    JsonValue result = value;
    for (qsizetype i = 0; i < value.size(); ++i) {
        const JsonValue &before = value.at(i);
        const bool isContainer = before.isArray() || before.isObject();
        if (!isContainer && !(before.isString() && ExpressionTemplate::mayHaveExpressions(before.toString())))
            continue;
        auto after = transform(before, value.isArray() ? place / i : place / value.keyAt(i));
        if (auto *failed = std::get_if<Failure>(&after))
            return *failed;
        result.replace(i, std::get<JsonValue>(std::move(after)));
    }
    return result;
}

auto TemplateEvaluator::transformText(const QString &text, const JsonPointer &place) -> Outcome<JsonValue>
{
    const ExpressionTemplate parts(text);
    QString built;
    for (const TemplatePart &part : parts.parts()) {
        if (!part.isExpression) {
            built += parts.literal(part);
            continue;
        }
        const QStringView script = parts.script(part);
        const auto value = run(text, script, part.scriptStart, place);
        if (const auto *failed = std::get_if<Failure>(&value))
            return *failed;
        const auto failedAt = [&](const ScriptFailure &cause) {
            return Failure {cause, script.toString(), place.toString(), columnAt(text, part.scriptStart)};
        };
        if (parts.isWholeValue()) {
            auto json = m_context->toJson(std::get<JSValueRef>(value), m_lengthLeft);
            if (ScriptContext::wasTerminated() || !isPureScript(script))
                m_context.reset();
            if (const auto *failed = std::get_if<ScriptFailure>(&json))
                return failedAt(*failed);
            const JsonValue &result = std::get<JsonValue>(json);
            m_lengthLeft -= result.isString() ? result.toString().size() : 16;
            return result;
        }
        auto piece = m_context->toText(std::get<JSValueRef>(value), m_lengthLeft);
        if (ScriptContext::wasTerminated() || !isPureScript(script))
            m_context.reset();
        if (const auto *failed = std::get_if<ScriptFailure>(&piece))
            return failedAt(*failed);
        built += std::get<QString>(piece);
        m_lengthLeft -= std::get<QString>(piece).size();
    }
    return JsonValue(built);
}

auto TemplateEvaluator::truth(const QString &text) -> Outcome<bool>
{
    const ExpressionTemplate parts(text.trimmed());
    if (!parts.isWholeValue()) {
        return Failure {
            {ErrorCode::Expression,
                parts.hasExpressions() ? u"A condition is one expression in double braces and nothing else."_s
                                       : u"A condition needs double braces, {{…}}."_s,
                -1},
            {}, {}, 0};
    }
    const TemplatePart &part = parts.parts().first();
    const QStringView script = parts.script(part);
    const auto value = run(parts.text(), script, part.scriptStart, {});
    if (const auto *failed = std::get_if<Failure>(&value))
        return *failed;
    const bool isTrue = m_context->toBool(std::get<JSValueRef>(value));
    if (!isPureScript(script))
        m_context.reset();
    return isTrue;
}

auto TemplateEvaluator::run(const QString &text, QStringView script, qsizetype scriptStart, const JsonPointer &place)
    -> Outcome<JSValueRef>
{
    const auto failed = [&](const ScriptFailure &cause) {
        const int column = cause.offset < 0 ? 0 : columnAt(text, scriptStart + cause.offset);
        return Failure {cause, script.isNull() ? u""_s : script.toString(), place.toString(), column};
    };
    if (const auto problem = checkScript(script))
        return failed({ErrorCode::Expression, problem->message, problem->offset});
    const double used = static_cast<double>(m_elapsed.elapsed()) / 1000.0;
    if (used >= scriptLimitSeconds)
        return failed({ErrorCode::Timeout, {}, -1});
    if (used > scriptLimitSeconds / 10)
        ScriptContext::allowTime(m_group, scriptLimitSeconds - used);
    if (!ensureContext())
        return failed({ErrorCode::Internal, u"The engine does not take the workflow's data."_s, -1});
    const auto value = m_context->run(script);
    if (const auto *cause = std::get_if<ScriptFailure>(&value)) {
        m_context.reset();
        return failed(*cause);
    }
    return std::get<JSValueRef>(value);
}

} // namespace automation
