#include "model/sandbox/webhookmessage.h"

#include "model/sandbox/timetext.h"

#include <QCryptographicHash>

using namespace Qt::StringLiterals;

namespace automation {

namespace {

const QString anySubAccount = u"sandbox_subaccount"_s;

Error missing(QLatin1StringView field)
{
    return {ErrorCode::InvalidArgument, u"'%1' is required."_s.arg(field)};
}

QString withPlus(const QString &number)
{
    const bool digits = !number.isEmpty() && std::all_of(number.begin(), number.end(), [](QChar c) {
        return c >= QLatin1Char('0') && c <= QLatin1Char('9');
    });
    return digits ? QLatin1Char('+') + number : number;
}

QString withoutPlus(const QString &number)
{
    return number.startsWith(QLatin1Char('+')) ? number.mid(1) : number;
}

// In webhooks of version 3 WhatsApp names a person by an id that is made for the business and is no number.
QString businessScopedId(const QString &number)
{
    const QByteArray digest = QCryptographicHash::hash(number.toUtf8(), QCryptographicHash::Sha256);
    qulonglong digits = 0;
    for (int i = 0; i < 7; ++i)
        digits = digits * 256 + static_cast<uchar>(digest.at(i));
    return u"XX.%1"_s.arg(digits, 17, 10, QLatin1Char('0'));
}

JsonValue smsEnvelope(
    const JsonValue &body, const QString &from, const QString &subAccount, qint64 now, Randomness &random)
{
    const QString text = body["text"_L1].toString();
    const qint64 parts = qMax(qint64(1), (text.size() + 152) / 153);
    const JsonValue payload = JsonValue::object({{u"umid"_s, random.uuid()}, {u"subAccountId"_s, subAccount},
        {u"timestamp"_s, isoTime(now)}, {u"source"_s, withPlus(from)},
        {u"destination"_s, withPlus(body["to"_L1].toString(u"+6500000000"_s))}, {u"body"_s, text},
        {u"encoding"_s, u"GSM7"_s}, {u"smsCount"_s, JsonValue(text.size() <= 160 ? qint64(1) : parts)},
        {u"price"_s,
            JsonValue::object({{u"total"_s, JsonValue(0)}, {u"perSms"_s, JsonValue(0)}, {u"currency"_s, u"EUR"_s}})}});
    return JsonValue::object({{u"namespace"_s, u"SMS"_s}, {u"eventType"_s, u"inbound_message_received"_s},
        {u"description"_s, u"SMS inbound message"_s}, {u"payload"_s, payload}});
}

JsonValue chatEnvelope(
    const JsonValue &body, const QString &from, const QString &subAccount, qint64 now, Randomness &random)
{
    const bool isV3 = body["webhookVersion"_L1].toInteger(2) == 3;
    const QString channel = body["channel"_L1].toString();
    JsonValue user = JsonValue::object({{u"msisdn"_s, withPlus(from)}});
    // The same person as in an earlier message, when the caller knows the id that one had.
    if (body["channelUserId"_L1].isString())
        user.set(u"channelUserId"_s, body["channelUserId"_L1]);
    else if (!isV3)
        user.set(u"channelUserId"_s, withoutPlus(from));
    else if (channel.compare("whatsapp"_L1, Qt::CaseInsensitive) == 0)
        user.set(u"channelUserId"_s, businessScopedId(withoutPlus(from)));
    user.set(u"name"_s, body["name"_L1].toString(u"Rehearsal"_s));
    if (isV3)
        user.set(u"username"_s, body["username"_L1].isString() ? body["username"_L1] : JsonValue());

    const JsonValue &content = body["content"_L1];
    const JsonValue payload = JsonValue::object(
        {{u"umid"_s, random.uuid()}, {u"subAccountId"_s, subAccount}, {u"timestamp"_s, isoTime(now)}, {u"user"_s, user},
            {u"recipient"_s,
                JsonValue::object({{u"channel"_s, channel}, {u"channelId"_s, body["to"_L1].toString(random.uuid())}})},
            {u"type"_s, body["type"_L1].toString(u"text"_s)},
            {u"content"_s, content.isObject() ? content : JsonValue::object({{u"text"_s, body["text"_L1]}})}});
    JsonValue envelope = JsonValue::object({{u"namespace"_s, u"ChatApps"_s}});
    if (isV3)
        envelope.set(u"version"_s, JsonValue(3));
    envelope.set(u"eventType"_s, u"inbound_message_received"_s);
    envelope.set(u"description"_s, u"ChatApps inbound message"_s);
    envelope.set(u"payload"_s, payload);
    return envelope;
}

// Trigger, channel and sender from a webhook body.
Result<WebhookMessage> fromEnvelope(const JsonValue &envelope)
{
    const JsonValue &payload = envelope["payload"_L1];
    if (!payload.isObject())
        return missing("envelope.payload"_L1);
    WebhookMessage message;
    message.subAccountId = payload["subAccountId"_L1].toString();
    message.event.data = envelope;
    if (envelope["namespace"_L1].toString().compare("SMS"_L1, Qt::CaseInsensitive) == 0) {
        message.trigger = u"inbound_sms"_s;
        message.event.name = u"sms"_s;
        message.event.keys = {payload["source"_L1].toString()};
    } else {
        message.trigger = u"inbound_chat_apps"_s;
        message.event.name = payload["recipient"_L1]["channel"_L1].toString().trimmed().toLower();
        message.event.keys
            = {payload["user"_L1]["msisdn"_L1].toString(), payload["user"_L1]["channelUserId"_L1].toString()};
        if (message.event.name.isEmpty())
            return missing("envelope.payload.recipient.channel"_L1);
    }
    message.event.keys.removeAll(QString());
    if (message.event.keys.isEmpty())
        return Error {ErrorCode::InvalidArgument, u"The envelope names no sender."_s};
    return message;
}

} // namespace

JsonValue WebhookMessage::envelopeFor(const QString &definitionSubAccount) const
{
    JsonValue envelope = event.data;
    if (!subAccountId.isEmpty() || definitionSubAccount.isEmpty())
        return envelope;
    JsonValue payload = envelope["payload"_L1];
    payload.set(u"subAccountId"_s, definitionSubAccount);
    envelope.set(u"payload"_s, payload);
    return envelope;
}

Result<WebhookMessage> readWebhookMessage(const JsonValue &body, qint64 now, Randomness &randomness)
{
    if (!body.isObject())
        return Error {ErrorCode::InvalidArgument, u"The message must be a JSON object."_s};
    if (body["envelope"_L1].isObject())
        return fromEnvelope(body["envelope"_L1]);

    const QString kind = body["kind"_L1].toString();
    if (kind != "sms"_L1 && kind != "chat"_L1)
        return Error {ErrorCode::InvalidArgument, u"'kind' must be sms or chat."_s};
    const QString from = body["from"_L1].toString().trimmed();
    if (from.isEmpty())
        return missing("from"_L1);
    if (!body["text"_L1].isString() && !body["content"_L1].isObject())
        return missing("text"_L1);
    if (kind == "chat"_L1 && body["channel"_L1].toString().trimmed().isEmpty())
        return missing("channel"_L1);
    if (const JsonValue &version = body["webhookVersion"_L1];
        !version.isNull() && version.toInteger() != 2 && version.toInteger() != 3)
        return Error {ErrorCode::InvalidArgument, u"'webhookVersion' must be 2 or 3."_s};

    const QString subAccount = body["subAccountId"_L1].toString();
    const QString shown = subAccount.isEmpty() ? anySubAccount : subAccount;
    Result<WebhookMessage> message = fromEnvelope(kind == "sms"_L1 ? smsEnvelope(body, from, shown, now, randomness)
                                                                   : chatEnvelope(body, from, shown, now, randomness));
    if (message)
        message->subAccountId = subAccount;
    return message;
}

Result<InboundEvent> readDtmf(const JsonValue &body, qint64 now, Randomness &randomness)
{
    QString id;
    for (const QLatin1StringView name : {"dtmfRequestId"_L1, "clientRequestId"_L1, "uid"_L1}) {
        if (id.isEmpty())
            id = body[name].toString();
    }
    if (id.isEmpty())
        return missing("dtmfRequestId"_L1);
    const JsonValue &given = body["dtmf"_L1];
    const QString digits = given.isNumber() ? QString::fromLatin1(given.numberLexeme()) : given.toString();
    if (digits.isEmpty())
        return missing("dtmf"_L1);
    InboundEvent event;
    event.name = u"dtmf"_s;
    event.keys = {id};
    event.data = JsonValue::object({{u"uid"_s, body["uid"_L1].toString(randomness.uuid())},
        {u"status"_s, JsonValue::object({{u"code"_s, u"CALL_COMPLETED"_s}, {u"timestamp"_s, isoTime(now)}})},
        {u"destination"_s, body["destination"_L1]}, {u"clientRequestId"_s, id},
        {u"actionDetails"_s, JsonValue::object({{u"dtmf"_s, digits}})}});
    return event;
}

} // namespace automation
