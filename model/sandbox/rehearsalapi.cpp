#include "model/sandbox/rehearsalapi.h"

#include "model/sandbox/timetext.h"
#include "model/sandbox/webhookmessage.h"

using namespace Qt::StringLiterals;

namespace automation {

namespace {

JsonValue deliveriesJson(const QList<WorkflowEngine::Delivery> &deliveries)
{
    JsonValue list = JsonValue::array();
    for (const WorkflowEngine::Delivery &delivery : deliveries)
        list.append(
            JsonValue::object({{u"workflowId"_s, delivery.workflowId}, {u"definitionId"_s, delivery.definitionId}}));
    return list;
}

} // namespace

RehearsalApi::RehearsalApi(ApiContext &context, qint64 firstChange)
    : m_context(context)
    , m_changes(firstChange)
{
}

void RehearsalApi::handle(const ApiRequest &request, const QStringList &path, const Reply &reply)
{
    struct Route
    {
        QStringList path;
        QByteArray method;
        std::function<void()> run;
    };
    const Route routes[] {
        {{u"state"_s}, "GET", [&] { reply(state()); }},
        {{u"changes"_s}, "GET",
            [&] {
                reply(ApiResponse::json(200, JsonValue::object({{u"counter"_s, JsonValue(m_changes)}})));
            }},
        {{u"outbox"_s}, "GET", [&] { reply(outbox(request)); }},
        {{u"inbound"_s}, "POST", [&] { reply(inbound(request)); }},
        {{u"dtmf"_s}, "POST", [&] { reply(dtmf(request)); }},
        {{u"clock"_s, u"advance"_s}, "POST", [&] { advance(request, reply); }},
        {{u"faults"_s}, "POST", [&] { reply(setFault(request)); }},
    };
    for (const Route &route : routes) {
        if (route.path != path)
            continue;
        if (route.method == request.method)
            route.run();
        else
            reply(m_context.wrongMethod(route.method));
        return;
    }
    reply(m_context.noSuchResource());
}

JsonValue RehearsalApi::clockJson() const
{
    return JsonValue::object({{u"kind"_s, m_context.clock().isVirtual() ? u"virtual"_s : u"real"_s},
        {u"now"_s, isoTime(m_context.clock().now())}});
}

ApiResponse RehearsalApi::state() const
{
    const Result<JsonValue> counts = m_context.store().counts();
    if (!counts)
        return m_context.internalError(counts.error());
    return ApiResponse::json(200,
        JsonValue::object({{u"version"_s, QStringLiteral(AUTOMATION_VERSION)}, {u"account"_s, m_context.account()},
            {u"clock"_s, clockJson()}, {u"idle"_s, JsonValue(m_context.engine().isIdle())},
            {u"changes"_s, JsonValue(m_changes)}, {u"counts"_s, *counts}}));
}

ApiResponse RehearsalApi::outbox(const ApiRequest &request) const
{
    constexpr qint64 highest = Q_INT64_C(1) << 53;
    const auto since = m_context.integer(request, u"since"_s, 0, 0, highest);
    if (const auto *refused = std::get_if<ApiResponse>(&since))
        return *refused;
    const auto limit = m_context.integer(request, u"limit"_s, 100, 1, 500);
    if (const auto *refused = std::get_if<ApiResponse>(&limit))
        return *refused;
    const auto messages = m_context.store().messages(std::get<qint64>(since), std::get<qint64>(limit),
        request.query.queryItemValue(u"workflowId"_s, QUrl::FullyDecoded));
    if (!messages)
        return m_context.internalError(messages.error());
    JsonValue list = JsonValue::array();
    for (const SentMessage &message : *messages)
        list.append(JsonValue::object({{u"sequence"_s, JsonValue(message.sequence)}, {u"kind"_s, message.kind},
            {u"id"_s, message.messageId}, {u"workflowId"_s, message.workflowId},
            {u"definitionId"_s, message.definitionId}, {u"version"_s, JsonValue(message.version)},
            {u"step"_s, message.step}, {u"sentAt"_s, isoTime(message.time)}, {u"to"_s, message.to},
            {u"text"_s, message.text}, {u"inputs"_s, message.inputs}}));
    return ApiResponse::json(200, list);
}

ApiResponse RehearsalApi::inbound(const ApiRequest &request)
{
    const auto body = m_context.objectBody(request);
    if (const auto *refused = std::get_if<ApiResponse>(&body))
        return *refused;
    const Result<WebhookMessage> message
        = readWebhookMessage(std::get<JsonValue>(body), m_context.clock().now(), m_context.randomness());
    if (!message)
        return m_context.error(400, ApiCode::badRequest, message.error().message);

    const QList<WorkflowEngine::Delivery> deliveries = m_context.engine().deliver(message->event);
    QStringList resumed;
    JsonValue notes = JsonValue::array();
    for (const WorkflowEngine::Delivery &delivery : deliveries) {
        resumed.append(delivery.definitionId);
        if (delivery.onlyByDigits)
            notes.append(
                JsonValue(u"Workflow %1 waits for the same number written differently (plus sign, blanks or "
                          u"dashes); the service may not take it as the same sender."_s.arg(delivery.workflowId)));
    }
    // A message that resumed an instance starts no new one of the same definition.
    const auto started = m_context.startTriggered(
        {message->trigger, message->subAccountId, message->subAccountId.isEmpty(),
            [&](const StoredDefinition &definition) { return message->envelopeFor(definition.subAccountId()); }},
        resumed);
    if (!started)
        return m_context.internalError(started.error());
    JsonValue startedJson = JsonValue::array();
    for (const ApiContext::Started &one : *started)
        startedJson.append(
            JsonValue::object({{u"workflowId"_s, one.workflowId}, {u"definitionId"_s, one.definitionId}}));
    return ApiResponse::json(200,
        JsonValue::object({{u"resumed"_s, deliveriesJson(deliveries)}, {u"started"_s, startedJson}, {u"notes"_s, notes},
            {u"envelope"_s, message->event.data}}));
}

ApiResponse RehearsalApi::dtmf(const ApiRequest &request)
{
    const auto body = m_context.objectBody(request);
    if (const auto *refused = std::get_if<ApiResponse>(&body))
        return *refused;
    const Result<InboundEvent> event
        = readDtmf(std::get<JsonValue>(body), m_context.clock().now(), m_context.randomness());
    if (!event)
        return m_context.error(400, ApiCode::badRequest, event.error().message);
    return ApiResponse::json(
        200, JsonValue::object({{u"resumed"_s, deliveriesJson(m_context.engine().deliver(*event))}}));
}

void RehearsalApi::advance(const ApiRequest &request, const Reply &reply)
{
    const auto body = m_context.objectBody(request);
    if (const auto *refused = std::get_if<ApiResponse>(&body)) {
        reply(*refused);
        return;
    }
    if (!m_context.clock().isVirtual()) {
        reply(m_context.error(400, ApiCode::badRequest, u"The clock is real; start with a virtual one to move it."_s));
        return;
    }
    const std::optional<qint64> by = readDuration(std::get<JsonValue>(body)["by"_L1].toString());
    if (!by) {
        reply(m_context.error(400, ApiCode::badRequest, u"'by' must be a duration, written d.HH:mm:ss."_s));
        return;
    }
    m_context.engine().advance(*by, [this, reply] {
        reply(ApiResponse::json(200, JsonValue::object({{u"clock"_s, clockJson()}})));
    });
}

ApiResponse RehearsalApi::setFault(const ApiRequest &request)
{
    const auto body = m_context.objectBody(request);
    if (const auto *refused = std::get_if<ApiResponse>(&body))
        return *refused;
    const JsonValue &fault = std::get<JsonValue>(body);
    const qint64 status = fault["status"_L1].toInteger(503);
    if (status < 400 || status > 599)
        return m_context.error(400, ApiCode::badRequest, u"'status' must be from 400 to 599."_s);
    m_faultStatus = static_cast<int>(status);
    m_faultCount = fault["count"_L1].toInteger(1);
    m_faultRetryAfter = fault["retryAfter"_L1].toInteger(-1);
    return {};
}

std::optional<ApiResponse> RehearsalApi::takeFault()
{
    if (m_faultCount <= 0)
        return std::nullopt;
    --m_faultCount;
    ApiResponse response = m_context.error(m_faultStatus, ApiCode::internal, u"A fault set for this rehearsal."_s);
    if (m_faultRetryAfter >= 0)
        response.headers.append({"Retry-After", QByteArray::number(m_faultRetryAfter)});
    return response;
}

} // namespace automation
