#include "model/sandbox/stepmessages.h"

#include "model/json/jsonwriter.h"
#include "model/sandbox/timetext.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace automation {

namespace {

// Numbers where the service expects text are taken as their digits: "{{data.msisdn}}" may well be one.
QString textOf(const JsonValue &value)
{
    return value.isNumber() ? QString::fromLatin1(value.numberLexeme()) : value.toString();
}

Error fault(const QString &message)
{
    return {ErrorCode::Refused, message};
}

// Digits with an optional plus, blanks and dashes; 5 to 20 digits.
bool isPhoneNumber(const QString &text)
{
    int digits = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        if (c >= QLatin1Char('0') && c <= QLatin1Char('9'))
            ++digits;
        else if (!(c == QLatin1Char('+') && i == 0) && c != QLatin1Char(' ') && c != QLatin1Char('-'))
            return false;
    }
    return digits >= 5 && digits <= 20;
}

// "SG.1c7d0f92a6b84e": the id that webhooks of version 3 give a person on WhatsApp instead of a number (API reference
// §4). Published workflows answer to it, so it must reach its person here.
bool isBusinessScopedId(const QString &text)
{
    const auto isCountryLetter = [](QChar c) { return c >= QLatin1Char('A') && c <= QLatin1Char('Z'); };
    if (text.size() < 4 || !isCountryLetter(text.at(0)) || !isCountryLetter(text.at(1))
        || text.at(2) != QLatin1Char('.'))
        return false;
    return std::all_of(text.begin() + 3, text.end(), [](QChar c) { return c.unicode() < 128 && c.isLetterOrNumber(); });
}

// Members that the inputs have, as they are.
void offer(JsonValue &offered, const JsonValue &inputs, std::initializer_list<QLatin1StringView> names)
{
    for (const QLatin1StringView name : names)
        offered.set(QString(name), inputs[name]);
}

Result<StepMessage> sendSms(const JsonValue &inputs, qint64 now, Randomness &randomness)
{
    const auto failed = [&](const QString &why) {
        return fault(u"Failed to send sms because %1. Error id: %2"_s.arg(why, randomness.uuid()));
    };
    if (textOf(inputs["subAccountId"_L1]).isEmpty())
        return fault(u"Invalid subaccount id."_s);
    const QString to = textOf(inputs["destination"_L1]).trimmed();
    if (!isPhoneNumber(to))
        return failed(u"Invalid 'destination'."_s);
    const QString text = textOf(inputs["text"_L1]);
    if (text.isEmpty())
        return failed(u"Empty 'text'."_s);

    StepMessage sent;
    sent.message.kind = u"sms"_s;
    sent.message.to = to;
    sent.message.text = text;
    sent.message.messageId = randomness.uuid();
    const QString description = u"SMS is accepted and queued for processing"_s;
    sent.offered = JsonValue::object({{u"umid"_s, sent.message.messageId}, {u"requestId"_s, randomness.uuid()},
        {u"status"_s,
            JsonValue::object(
                {{u"code"_s, u"QUEUED"_s}, {u"description"_s, description}, {u"timestamp"_s, isoTime(now)}})},
        {u"description"_s, description}, {u"destination"_s, to}});
    const QString encoding = textOf(inputs["encoding"_L1]).toUpper();
    sent.offered.set(
        u"encoding"_s, encoding.isEmpty() || encoding == "AUTO"_L1 ? JsonValue("GSM7"_L1) : JsonValue(encoding));
    offer(sent.offered, inputs, {"clientMessageId"_L1});
    return sent;
}

Result<StepMessage> sendChat(const JsonValue &inputs, qint64 now, Randomness &randomness)
{
    const auto failed = [&](const QString &why) {
        return fault(u"Failed to send chat apps message because %1. Error id: %2"_s.arg(why, randomness.uuid()));
    };
    if (textOf(inputs["subAccountId"_L1]).isEmpty())
        return fault(u"Invalid subaccount id."_s);
    const JsonValue &user = inputs["user"_L1];
    if (!user.isObject() || user.isEmpty())
        return failed(u"Empty 'user'."_s);
    const QString number = textOf(user["msisdn"_L1]).trimmed();
    const QString channelUser = textOf(user["channelUserId"_L1]).trimmed();
    if (!isPhoneNumber(number) && !isBusinessScopedId(number) && (user.contains("msisdn"_L1) || channelUser.isEmpty()))
        return failed(u"Invalid 'msisdn'."_s);
    const QString type = textOf(inputs["type"_L1]);
    if (type.isEmpty())
        return failed(u"Empty 'type'."_s);
    const JsonValue &content = inputs["content"_L1];
    if (!content.isObject() || content.isEmpty())
        return failed(u"Empty 'content'."_s);

    StepMessage sent;
    sent.message.kind = u"chat"_s;
    sent.message.to = number.isEmpty() ? channelUser : number;
    sent.message.text = textOf(content["text"_L1]);
    if (sent.message.text.isEmpty())
        sent.message.text = textOf(content["template"_L1]["name"_L1]);
    sent.message.messageId = randomness.uuid();
    const QString description = u"Message is accepted and queued for processing"_s;
    sent.offered = JsonValue::object({{u"umid"_s, sent.message.messageId}, {u"requestId"_s, randomness.uuid()},
        {u"status"_s,
            JsonValue::object(
                {{u"code"_s, u"QUEUED"_s}, {u"description"_s, description}, {u"timestamp"_s, isoTime(now)}})},
        {u"description"_s, description}});
    offer(sent.offered, inputs, {"clientMessageId"_L1});
    return sent;
}

Result<StepMessage> sendVoice(const JsonValue &inputs, qint64 now, Randomness &randomness)
{
    const QString action = textOf(inputs["action"_L1]);
    if (action.isEmpty())
        return fault(u"Failed to make the call because Empty 'action'. Error id: %1"_s.arg(randomness.uuid()));
    const JsonValue &params = inputs["params"_L1];
    if (!params.isObject())
        return fault(u"Failed to make the call because Empty 'params'. Error id: %1"_s.arg(randomness.uuid()));

    StepMessage sent;
    sent.message.kind = u"voice"_s;
    sent.message.to = textOf(params["destination"_L1]);
    sent.message.text = textOf(params["text"_L1]);
    sent.message.messageId = randomness.uuid();
    JsonValue response = JsonValue::object({{u"uid"_s, sent.message.messageId},
        {u"status"_s,
            JsonValue::object(
                {{u"code"_s, u"QUEUED"_s}, {u"description"_s, u"The call is accepted and queued for processing"_s},
                    {u"timestamp"_s, isoTime(now)}})}});
    offer(response, inputs, {"clientRequestId"_L1});
    sent.offered = JsonValue::object({{u"response"_s, response}});
    return sent;
}

StepMessage sendToConverse(const JsonValue &inputs, Randomness &randomness)
{
    StepMessage sent;
    sent.message.kind = u"converse"_s;
    sent.message.messageId = randomness.uuid();
    const JsonValue &payload = inputs["payload"_L1];
    sent.message.text
        = payload.isString() ? payload.toString() : QString::fromUtf8(writeJson(payload, JsonStyle::compact()));
    sent.offered = JsonValue::object({{u"ticketId"_s, sent.message.messageId}});
    return sent;
}

} // namespace

Result<StepMessage> sendMessage(StepKind kind, const JsonValue &inputs, qint64 now, Randomness &randomness)
{
    Result<StepMessage> sent = fault(u"This step sends nothing."_s);
    switch (kind) {
    case StepKind::Sms:
        sent = sendSms(inputs, now, randomness);
        break;
    case StepKind::ChatAppsMessage:
        sent = sendChat(inputs, now, randomness);
        break;
    case StepKind::VoiceMessage:
        sent = sendVoice(inputs, now, randomness);
        break;
    case StepKind::SendToConverse:
        sent = sendToConverse(inputs, randomness);
        break;
    default:
        break;
    }
    if (sent) {
        sent->message.time = now;
        sent->message.inputs = inputs;
    }
    return sent;
}

} // namespace automation
