#pragma once

#include "model/definition/stepcatalog.h"
#include "model/validation/availabledata.h"

#include <optional>

namespace automation {

// Examples of what data and steps hold, for showing what an expression gives before anything has run.

// What a step of this type typically brings back as "step", given its inputs: the members of its catalogue entry that
// an example can be told of (API reference §5). Null for a type without any.
JsonValue sampleAnswer(const StepType &type, const JsonValue &inputs);

// What a value of a definition becomes with this data and step, when that can be told without running a script: it
// holds no expression, or is one {{data.x}} or {{step.x}} and nothing else. None for all others, and null where there
// is nothing in that place.
std::optional<JsonValue> valueWithoutScript(const JsonValue &written, const JsonValue &data, const JsonValue &step);

// An example of the workflow context at a step.
struct SampleData
{
    // An output that takes a script to know: to be evaluated with the data so far and this answer of its step.
    struct Computed
    {
        QString variable;
        JsonValue written;
        JsonValue answer;
    };
    JsonValue data;
    QList<Computed> computed; // in the order they are written
    QStringList unknown; // variables without an example: they hang on what another system answers, for instance
};

// The data at a step of which this is available, after the trigger brought this payload. Variables that outputs wrote
// are taken from the first step that writes each.
SampleData sampleData(const QList<AvailableData> &available, const JsonValue &payload);

// The variables of available that a context of a real instance does not hold, not (yet) written there for instance.
QStringList missingIn(const QList<AvailableData> &available, const JsonValue &context);

} // namespace automation
