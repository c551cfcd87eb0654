#pragma once

#include "model/definition/stepcatalog.h"

#include <QVarLengthArray>

namespace automation {

// The inputs of a step by the numbers that the catalogue gives their keys, so that rules which ask for many fields look
// each key up once. Valid as long as the values are.
class GivenInputs
{
public:
    void read(const JsonValue &inputs, const StepType *type) // type: nullptr = unknown
    {
        m_values.clear();
        m_hasOthers = false;
        if (!type)
            return;
        m_values.resize(type->inputKeys.count());
        std::fill(m_values.begin(), m_values.end(), &none());
        const qsizetype count = inputs.isObject() ? inputs.size() : 0;
        for (qsizetype i = 0; i < count; ++i) {
            if (const int number = type->inputKeys.find(inputs.keyAt(i)); number >= 0)
                m_values[number] = &inputs.at(i); // of double keys the last one counts
            else
                m_hasOthers = true;
        }
    }

    // The object a field stands in: content.text stands in content, any other one is its own. Null value without it.
    const JsonValue &outerOf(const InputField &field) const { return *m_values[field.keyNumber]; }
    // The same of what a condition asks for; that is among the inputs of its type.
    const JsonValue &outerOf(const InputField::Condition &condition) const { return *m_values[condition.keyNumber]; }
    bool hasOthers() const { return m_hasOthers; } // that the type does not know

private:
    static const JsonValue &none()
    {
        static const JsonValue value;
        return value;
    }

    QVarLengthArray<const JsonValue *, 24> m_values;
    bool m_hasOthers = false;
};

} // namespace automation
