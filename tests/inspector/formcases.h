#pragma once

#include "model/definition/stepcatalog.h"

#include <QByteArray>

// The forms there are, for tests of all of them.
namespace automation::FormCases {

// Members that stand among the inputs and that nothing is known about.
extern const QByteArray ownKeys;

// A definition with a step of a type and another one, with keys that nobody knows beside them.
QByteArray documentWith(const QString &type, const QByteArray &inputs);

// What is typed into a field, and what stands in the definition then.
struct Typed
{
    QString keys;
    JsonValue value;
};
Typed typedFor(const InputField &field);

// Rows of a table "type", "inputs": one a trigger (without inputs) and step type, as the palette makes it, and one a
// kind of message as the messaging API has it.
void eachForm();

} // namespace automation::FormCases
