#pragma once

#include "model/json/result.h"
#include "model/sandbox/randomness.h"
#include "model/sandbox/workflowengine.h"

namespace automation {

// A message somebody sends to the account, as the webhook reports it (API reference §4).
struct WebhookMessage
{
    QString trigger; // "inbound_sms" or "inbound_chat_apps"
    QString subAccountId; // empty: reaches every subaccount
    InboundEvent event; // its data is the webhook envelope

    // The envelope as a definition bound to this subaccount sees it.
    JsonValue envelopeFor(const QString &definitionSubAccount) const;
};

// From the body of POST /sandbox/inbound. Either a whole webhook body in "envelope", or
//   kind "sms": from, text, optional to, subAccountId
//   kind "chat": from, channel, text or content with type, optional to, subAccountId, name, channelUserId,
//     webhookVersion (2 or 3)
// The error names the field that is missing or wrong.
Result<WebhookMessage> readWebhookMessage(const JsonValue &body, qint64 now, Randomness &randomness);

// From the body of POST /sandbox/dtmf: dtmfRequestId (or clientRequestId, or uid), dtmf, optional destination.
Result<InboundEvent> readDtmf(const JsonValue &body, qint64 now, Randomness &randomness);

} // namespace automation
