#pragma once

#include "model/json/result.h"
#include "model/sandbox/instance.h"
#include "model/sandbox/randomness.h"

namespace automation {

// What a step that sends something does here: a message for the outbox, and the object its outputs see as "step"
// (API reference §5).
struct StepMessage
{
    SentMessage message; // kind, to, text, messageId and inputs are set
    JsonValue offered;
};

// kind: Sms, ChatAppsMessage, VoiceMessage or SendToConverse. inputs: after evaluation. An error is a fault of the
// step, with the service's words where they are known.
Result<StepMessage> sendMessage(StepKind kind, const JsonValue &inputs, qint64 now, Randomness &randomness);

} // namespace automation
