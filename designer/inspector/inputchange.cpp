#include "designer/inspector/inputchange.h"

#include <algorithm>

namespace automation {

namespace {

bool isBlank(const JsonValue *value)
{
    return !value || value->isNull() || (value->isString() && value->toString().isEmpty())
        || ((value->isObject() || value->isArray()) && value->isEmpty());
}

JsonValue withInputFrom(
    const JsonValue &inputs, const QStringList &keys, qsizetype from, const std::optional<JsonValue> &value)
{
    if (!inputs.isObject() && !inputs.isNull())
        return inputs;
    JsonValue changed = inputs.isNull() ? JsonValue::object() : inputs;
    const QString &key = keys.at(from);
    const bool isLast = from + 1 == keys.size();
    if (isLast && value) {
        changed.set(key, *value);
    } else if (isLast) {
        changed.remove(key);
    } else if (value || changed.contains(key)) {
        const JsonValue inner = withInputFrom(changed.value(key), keys, from + 1, value);
        if (!value && inner.isObject() && inner.isEmpty() && !changed.value(key).isEmpty())
            changed.remove(key);
        else
            changed.set(key, inner);
    }
    return changed;
}

} // namespace

JsonValue withInput(const JsonValue &inputs, const QStringList &keys, const std::optional<JsonValue> &value)
{
    return keys.isEmpty() ? inputs : withInputFrom(inputs, keys, 0, value);
}

JsonValue InputChange::apply(const JsonValue &before, const JsonValue &after)
{
    QList<const InputField *> come;
    QList<const InputField *> stay; // and what has a meaning at any time
    QList<const InputField *> go;
    for (const InputField &field : m_fields) {
        const bool isMeant = field.isMeant(after);
        if (isMeant)
            stay.append(&field);
        if (isMeant && !field.isMeant(before))
            come.append(&field);
        if (!isMeant)
            go.append(&field);
    }
    const bool areSame = std::none_of(m_fields.begin(), m_fields.end(),
        [&](const InputField &field) { return field.isMeant(after) != field.isMeant(before); });
    // A word that nothing is known about says nothing about what fits.
    const bool isKnown
        = std::any_of(stay.begin(), stay.end(), [](const InputField *field) { return field->group > 0; });
    if (areSame || !isKnown)
        return after;
    JsonValue changed = after;
    for (const InputField *field : std::as_const(go)) {
        const JsonValue *value = field->find(changed);
        const bool isUsed = std::any_of(stay.begin(), stay.end(), [field](const InputField *other) {
            return other->editor != InputField::Editor::Content && other->keys == field->keys;
        });
        if (!value || isUsed)
            continue;
        if (!isBlank(value)) {
            m_kept.removeIf([field](const Kept &kept) { return kept.field->keys == field->keys; });
            m_kept.append({field, *value});
        }
        changed = withInput(changed, field->keys, std::nullopt);
    }
    for (const InputField *field : std::as_const(come)) {
        const auto fits = [field](const Kept &kept) {
            return kept.field->keys == field->keys
                || (kept.field->label == field->label && kept.field->editor == field->editor);
        };
        const auto found = std::find_if(m_kept.crbegin(), m_kept.crend(), fits);
        if (found != m_kept.crend() && isBlank(field->find(changed)))
            changed = withInput(changed, field->keys, found->value);
    }
    return changed;
}

} // namespace automation
