#pragma once

#include "model/json/jsonvalue.h"
#include "model/json/result.h"

namespace automation {

// What the service does with the body of POST and PUT definitions before it stores it (API reference §1, §3, §8, C34).
// The result holds the known fields only, in their order, values untouched; "status" is always there (default
// disabled), the other spelling of subAccountId is written as subAccountId, and id, version and accountId are ignored.
// Refused: a missing name or trigger, no step, ids that are missing or used twice, successors that do not exist, both
// kinds of successor on one step, unknown types, unreadable durations, scripts that are too long or hold what
// expressions may not. The error's message is the service's. Pure function.
Result<JsonValue> acceptDefinition(const JsonValue &body);

} // namespace automation
