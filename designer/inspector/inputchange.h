#pragma once

#include "model/definition/stepcatalog.h"

#include <optional>

namespace automation {

// An object with another value at a place below it, or without the one that is there. Objects on the way are made
// where there are none; those that the removal leaves empty go too, but for the outermost. Anything else on the way is
// kept and nothing changes.
JsonValue withInput(const JsonValue &inputs, const QStringList &keys, const std::optional<JsonValue> &value);

// What goes with a change of an input that decides which others have a meaning, such as the kind of a message: values
// of inputs that have none any more go, and come back when they have one again. A text goes over to an input of the
// same label. Whatever no input is about stays.
class InputChange
{
public:
    // fields outlive the change.
    explicit InputChange(const QList<InputField> &fields)
        : m_fields(fields)
    {
    }

    // before: as they are; after: with the one value changed.
    JsonValue apply(const JsonValue &before, const JsonValue &after);

private:
    struct Kept
    {
        const InputField *field = nullptr;
        JsonValue value;
    };
    const QList<InputField> &m_fields;
    QList<Kept> m_kept; // what went, the latest last
};

} // namespace automation
