#include "model/api/sandboxclient.h"

#include "model/api/apivalues.h"
#include "model/api/httptransport.h"
#include "model/json/jsonwriter.h"

#include <QCoreApplication>

namespace automation {

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(automation::SandboxClient)
};

using Transport = std::shared_ptr<HttpTransport>;

HttpRequest post(const char *path, const JsonValue &body)
{
    HttpRequest request;
    request.verb = "POST";
    request.path = path;
    request.body = writeJson(body, JsonStyle::compact());
    request.repeatable = false;
    return request;
}

void setUnlessEmpty(JsonValue &object, const QString &key, const QString &value)
{
    if (!value.isEmpty())
        object.set(key, value);
}

QCoro::Task<Result<JsonValue>> jsonOrNothing(Transport transport, HttpRequest request, std::stop_token stop)
{
    QCoro::Task<Result<HttpAnswer>> sending = HttpTransport::sendForSuccess(transport, request, stop);
    Result<HttpAnswer> answer = co_await sending;
    if (!answer)
        co_return answer.error();
    if (answer->body.isEmpty())
        co_return JsonValue();
    co_return transport->json(request, *answer);
}

QCoro::Task<Result<void>> nothing(Transport transport, HttpRequest request, std::stop_token stop)
{
    QCoro::Task<Result<HttpAnswer>> sending = HttpTransport::sendForSuccess(transport, request, stop);
    Result<HttpAnswer> answer = co_await sending;
    if (!answer)
        co_return answer.error();
    co_return Result<void>();
}

// The first of the names that has a value.
QString textOf(const JsonValue &json, std::initializer_list<const char *> names)
{
    for (const char *name : names) {
        const JsonValue &value = json[QLatin1StringView(name)];
        if (value.isString() && !value.toString().isEmpty())
            return value.toString();
        if (value.isNumber())
            return QString::fromLatin1(value.numberLexeme());
    }
    return {};
}

OutboxMessage outboxMessage(const JsonValue &json)
{
    OutboxMessage message;
    message.id = textOf(json, {"id", "umid"});
    message.kind = textOf(json, {"kind", "stepType"});
    message.to = textOf(json, {"to", "destination"});
    message.text = textOf(json, {"text"});
    message.time = parseServiceTime(textOf(json, {"time", "createdAt", "timestamp"}));
    message.instanceId = textOf(json, {"workflowId", "instanceId"});
    message.stepName = textOf(json, {"stepId", "step", "stepName"});
    message.raw = json;
    return message;
}

QCoro::Task<Result<QList<OutboxMessage>>> outboxOf(Transport transport, std::stop_token stop)
{
    HttpRequest request;
    request.path = "/sandbox/outbox";
    QCoro::Task<Result<JsonValue>> asking = HttpTransport::sendForJson(transport, request, stop);
    Result<JsonValue> json = co_await asking;
    if (!json)
        co_return json.error();
    if (!json->isArray())
        co_return transport->unusable(request, Texts::tr("it is not a list"));
    QList<OutboxMessage> messages;
    messages.reserve(json->size());
    for (qsizetype i = 0; i < json->size(); ++i)
        messages.append(outboxMessage(json->at(i)));
    co_return messages;
}

} // namespace

SandboxClient::SandboxClient(ApiAccount account, QString key, ClientOptions options)
    : m_transport(std::make_shared<HttpTransport>(std::move(account), std::move(key), options))
{
}

SandboxClient::~SandboxClient()
{
    m_transport->setObserver({});
    m_transport->cancel();
}

void SandboxClient::setObserver(RequestObserver observer)
{
    m_transport->setObserver(std::move(observer));
}

void SandboxClient::cancel()
{
    m_transport->cancel();
}

QCoro::Task<Result<JsonValue>> SandboxClient::sendInbound(InboundMessage message, std::stop_token stop)
{
    const bool isChat = message.kind == InboundMessage::Kind::Chat;
    JsonValue body
        = JsonValue::object({{QStringLiteral("kind"), isChat ? QLatin1StringView("chat") : QLatin1StringView("sms")},
            {QStringLiteral("from"), message.from}, {QStringLiteral("text"), message.text}});
    setUnlessEmpty(body, QStringLiteral("to"), message.to);
    if (isChat)
        setUnlessEmpty(body, QStringLiteral("channel"), message.channel);
    setUnlessEmpty(body, QStringLiteral("subAccountId"), message.subAccountId);
    return jsonOrNothing(m_transport, post("/sandbox/inbound", body), stop);
}

QCoro::Task<Result<JsonValue>> SandboxClient::sendDtmf(QString requestId, QString digits, std::stop_token stop)
{
    const JsonValue body = JsonValue::object({{QStringLiteral("id"), requestId}, {QStringLiteral("dtmf"), digits}});
    return jsonOrNothing(m_transport, post("/sandbox/dtmf", body), stop);
}

QCoro::Task<Result<QList<OutboxMessage>>> SandboxClient::outbox(std::stop_token stop)
{
    return outboxOf(m_transport, stop);
}

QCoro::Task<Result<void>> SandboxClient::advanceClock(std::chrono::milliseconds by, std::stop_token stop)
{
    const JsonValue body = JsonValue::object({{QStringLiteral("milliseconds"), qint64(by.count())}});
    return nothing(m_transport, post("/sandbox/clock/advance", body), stop);
}

} // namespace automation
