#pragma once

#include "model/api/apiaccount.h"
#include "model/api/clientoptions.h"
#include "model/json/jsonvalue.h"
#include "model/json/result.h"

#include <chrono>
#include <memory>
#include <QCoroTask>
#include <QDateTime>
#include <stop_token>

namespace automation {

class HttpTransport;

// A message somebody sends to the sandbox's account: starts workflows of the message triggers or answers a wait.
struct InboundMessage
{
    enum class Kind { Sms, Chat };
    Kind kind = Kind::Sms;
    QString from; // number with "+", or a user id
    QString to; // the account's number or channel; may be empty
    QString text;
    QString channel; // of Chat: "whatsapp", "viber", …
    QString channelUserId; // of Chat: the sender's id on the channel; empty = made from the number
    QString subAccountId; // empty = any
    int webhookVersion = 2; // of Chat: 2 or 3, the shape of the data (API reference §4)
};

// What the sandbox's account sent: message, call.
struct OutboxMessage
{
    QString id;
    QString kind; // step type: "SMS", "ChatAppsMessage", "VoiceMessage"
    QString to;
    QString text;
    QDateTime time;
    QString instanceId;
    QString stepName;
    JsonValue raw;
};

// What only the local sandbox can: be somebody's phone, show what was sent, let time pass. Same transport, threading,
// ownership and errors as AutomationClient.
class SandboxClient
{
public:
    SandboxClient(ApiAccount account, QString key, ClientOptions options = {});
    ~SandboxClient();
    SandboxClient(const SandboxClient &) = delete;
    SandboxClient &operator=(const SandboxClient &) = delete;

    void setObserver(RequestObserver observer);
    void cancel();

    // The service's answer.
    QCoro::Task<Result<JsonValue>> sendInbound(InboundMessage message, std::stop_token stop = {});
    // digits typed in the call of that id (the voice step's clientRequestId or uid).
    QCoro::Task<Result<JsonValue>> sendDtmf(QString requestId, QString digits, std::stop_token stop = {});
    // Newest last.
    QCoro::Task<Result<QList<OutboxMessage>>> outbox(std::stop_token stop = {});
    // Only with a virtual clock; rounded up to seconds.
    QCoro::Task<Result<void>> advanceClock(std::chrono::milliseconds by, std::stop_token stop = {});

private:
    std::shared_ptr<HttpTransport> m_transport;
};

} // namespace automation
