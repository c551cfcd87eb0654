#pragma once

// The containers behind JsonValue, for this folder only.

#include "model/json/jsonvalue.h"

#include <QSharedData>
#include <vector>

namespace automation {

struct JsonValue::ArrayData : QSharedData
{
    std::vector<JsonValue> values;
};

struct JsonValue::ObjectData : QSharedData
{
    std::vector<JsonMember> members;
};

} // namespace automation
