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

OutboxMessage outboxMessage(const JsonValue &json)
{
    OutboxMessage message;
    message.id = json[QLatin1StringView("id")].toString();
    message.kind = json[QLatin1StringView("kind")].toString();
    message.to = json[QLatin1StringView("to")].toString();
    message.text = json[QLatin1StringView("text")].toString();
    message.time = parseServiceTime(json[QLatin1StringView("sentAt")].toString());
    message.instanceId = json[QLatin1StringView("workflowId")].toString();
    message.stepName = json[QLatin1StringView("step")].toString();
    message.raw = json;
    return message;
}

QCoro::Task<Result<QList<OutboxMessage>>> outboxOf(Transport transport, std::stop_token stop)
{
    constexpr int pageSize = 500;
    QList<OutboxMessage> messages;
    qint64 since = 0;
    while (true) {
        HttpRequest request;
        request.path = "/sandbox/outbox";
        request.addQuery(QLatin1StringView("limit"), QString::number(pageSize));
        request.addQuery(QLatin1StringView("since"), QString::number(since));
        QCoro::Task<Result<JsonValue>> asking = HttpTransport::sendForJson(transport, request, stop);
        Result<JsonValue> json = co_await asking;
        if (!json)
            co_return json.error();
        if (!json->isArray())
            co_return transport->unusable(request, Texts::tr("it is not a list"));
        const qint64 before = since;
        for (qsizetype i = 0; i < json->size(); ++i) {
            messages.append(outboxMessage(json->at(i)));
            since = std::max(since, json->at(i)[QLatin1StringView("sequence")].toInteger());
        }
        // A page that does not lead on is the last one.
        if (json->size() < pageSize || since == before)
            co_return messages;
    }
}

// "d.HH:mm:ss", rounded up to a second.
QString durationText(std::chrono::milliseconds duration)
{
    const qint64 seconds = std::max<qint64>(0, std::chrono::ceil<std::chrono::seconds>(duration).count());
    const auto two = [](qint64 number) { return QString::number(number).rightJustified(2, u'0'); };
    return QStringLiteral("%1.%2:%3:%4")
        .arg(QString::number(seconds / 86'400), two(seconds / 3'600 % 24), two(seconds / 60 % 60), two(seconds % 60));
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
    if (isChat) {
        setUnlessEmpty(body, QStringLiteral("channel"), message.channel);
        setUnlessEmpty(body, QStringLiteral("channelUserId"), message.channelUserId);
        body.set(QStringLiteral("webhookVersion"), message.webhookVersion);
    }
    setUnlessEmpty(body, QStringLiteral("subAccountId"), message.subAccountId);
    return jsonOrNothing(m_transport, post("/sandbox/inbound", body), stop);
}

QCoro::Task<Result<JsonValue>> SandboxClient::sendDtmf(QString requestId, QString digits, std::stop_token stop)
{
    const JsonValue body
        = JsonValue::object({{QStringLiteral("dtmfRequestId"), requestId}, {QStringLiteral("dtmf"), digits}});
    return jsonOrNothing(m_transport, post("/sandbox/dtmf", body), stop);
}

QCoro::Task<Result<QList<OutboxMessage>>> SandboxClient::outbox(std::stop_token stop)
{
    return outboxOf(m_transport, stop);
}

QCoro::Task<Result<void>> SandboxClient::advanceClock(std::chrono::milliseconds by, std::stop_token stop)
{
    const JsonValue body = JsonValue::object({{QStringLiteral("by"), durationText(by)}});
    return nothing(m_transport, post("/sandbox/clock/advance", body), stop);
}

} // namespace automation
