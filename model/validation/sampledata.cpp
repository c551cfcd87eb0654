#include "model/validation/sampledata.h"

#include "model/expression/expressiontemplate.h"
#include "model/expression/scriptreferences.h"
#include "model/validation/messageshape.h"

#include <QHash>
#include <QSet>

using namespace Qt::Literals::StringLiterals;

namespace automation {

namespace {

bool holdsExpressions(const JsonValue &value)
{
    if (value.isString())
        return ExpressionTemplate::mayHaveExpressions(value.toString());
    for (qsizetype i = 0; i < value.size(); ++i) {
        if (holdsExpressions(value.at(i)))
            return true;
    }
    return false;
}

// A message as it comes in on a channel: that of the trigger's first example.
JsonValue sampleReply(const QString &channel)
{
    MessageShape::Kind kind = MessageShape::Kind::Chat;
    MessageShape::kindOfChannel(channel, &kind);
    const StepType *trigger = StepCatalog::builtIn().trigger(
        kind == MessageShape::Kind::Sms ? QStringView(u"inbound_sms") : QStringView(u"inbound_chat_apps"));
    return trigger && !trigger->payloads.isEmpty() ? trigger->payloads.first().second : JsonValue();
}

JsonValue sampleMember(const QString &name, const JsonValue &inputs)
{
    static const QHash<QString, JsonValue> plain {
        {u"umid"_s, JsonValue(u"9e2a7b10-44d6-4f0c-8a3b-5d1c0e7f6a21"_s)},
        {u"requestId"_s, JsonValue(u"3c1f8d52-0b7e-4a96-b2d4-6f90a1e5c783"_s)},
        {u"status"_s, JsonValue(u"QUEUED"_s)},
        {u"description"_s, JsonValue(u"Message was accepted and queued"_s)},
        {u"destination"_s, JsonValue(u"+6591234567"_s)},
        {u"encoding"_s, JsonValue(u"GSM7"_s)},
        {u"responseCode"_s, JsonValue(200)},
        {u"reasonPhrase"_s, JsonValue(u"OK"_s)},
        {u"dtmfData"_s,
            JsonValue::object({{u"uid"_s, JsonValue(u"7d0b6f3e-9c41-4e58-a1f7-2b8c5d904e16"_s)},
                {u"status"_s, JsonValue(u"COMPLETED"_s)}, {u"destination"_s, JsonValue(u"+6591234567"_s)},
                {u"actionDetails"_s, JsonValue::object({{u"dtmf"_s, JsonValue(u"1"_s)}})}})},
        {u"response"_s, JsonValue::object({{u"uid"_s, JsonValue(u"7d0b6f3e-9c41-4e58-a1f7-2b8c5d904e16"_s)}})},
    };
    // What the step was given comes back as it is, unless that hangs on the data.
    if (const JsonValue *given = inputs.find(QStringView(name));
        given && (given->isString() || given->isNumber()) && !holdsExpressions(*given) && name != u"encoding")
        return *given;
    if (name == u"reply")
        return sampleReply(inputs.value(u"channel").toString());
    return plain.value(name);
}

// Where a path leads; nullptr when there is nothing.
const JsonValue *resolve(const JsonValue &root, const QList<ScriptReference::Member> &path)
{
    const JsonValue *at = &root;
    for (const ScriptReference::Member &member : path) {
        if (at->isArray()) {
            bool isNumber = false;
            const qsizetype index = member.name.toLongLong(&isNumber);
            at = isNumber && index >= 0 && index < at->size() ? &at->at(index) : nullptr;
        } else {
            at = at->isObject() ? at->find(QStringView(member.name)) : nullptr;
        }
        if (!at)
            return nullptr;
    }
    return at;
}

// The reference that a text is and nothing else.
std::optional<ScriptReference> wholeReference(const QString &text)
{
    const ExpressionTemplate parts(text);
    if (!parts.isWholeValue())
        return std::nullopt;
    const QStringView script = parts.script(parts.parts().first()).trimmed();
    const QList<ScriptReference> references = findReferences(script).references;
    if (references.size() != 1 || references.first().isOpen || references.first().length != script.size())
        return std::nullopt;
    return references.first();
}

// Whether it copies one of these variables, or a part of it.
bool isCopyOf(const JsonValue &written, const QSet<QString> &variables)
{
    const std::optional<ScriptReference> reference
        = written.isString() ? wholeReference(written.toString()) : std::nullopt;
    return reference && reference->root == u"data" && variables.contains(reference->names().value(0));
}

} // namespace

JsonValue sampleAnswer(const StepType &type, const JsonValue &inputs)
{
    JsonValue answer;
    for (const OfferedOutput &output : type.outputs) {
        const JsonValue member = sampleMember(output.name, inputs);
        if (member.isNull())
            continue;
        if (answer.isNull())
            answer = JsonValue::object();
        answer.set(output.name, member);
    }
    return answer;
}

std::optional<JsonValue> valueWithoutScript(const JsonValue &written, const JsonValue &data, const JsonValue &step)
{
    if (!holdsExpressions(written))
        return written;
    if (!written.isString())
        return std::nullopt;
    const std::optional<ScriptReference> reference = wholeReference(written.toString());
    if (!reference)
        return std::nullopt;
    // A member of a text or number (its length, say) is for the script engine.
    const JsonValue *found = resolve(reference->root == u"step" ? step : data, reference->path);
    if (!found && !reference->path.isEmpty()) {
        const JsonValue *parent
            = resolve(reference->root == u"step" ? step : data, reference->path.first(reference->path.size() - 1));
        if (parent && (parent->isString() || parent->isArray()))
            return std::nullopt;
    }
    return found ? *found : JsonValue();
}

SampleData sampleData(const QList<AvailableData> &available, const JsonValue &payload)
{
    SampleData sample;
    sample.data = payload.isObject() ? payload : JsonValue::object();
    const std::pair<QString, QString> added[] {
        {u"accountId"_s, u"acme"_s}, {u"subAccountId"_s, u"acme_sub"_s}, {u"triggeredAt"_s, u"2026-03-02T09:15:00Z"_s}};
    for (const auto &[name, value] : added) {
        if (!sample.data.contains(name))
            sample.data.set(name, JsonValue(value));
    }
    QSet<QString> computed;
    for (const AvailableData &entry : available) {
        if (entry.isOfTrigger || sample.data.contains(entry.name))
            continue;
        std::optional<JsonValue> value = valueWithoutScript(entry.written, sample.data, entry.answer);
        if (value && value->isNull() && isCopyOf(entry.written, computed))
            value.reset();
        if (!value)
            computed.insert(entry.name);
        if (!value)
            sample.computed.append({entry.name, entry.written, entry.answer});
        else if (value->isNull())
            sample.unknown += entry.name;
        else
            sample.data.set(entry.name, *value);
    }
    return sample;
}

QStringList missingIn(const QList<AvailableData> &available, const JsonValue &context)
{
    QStringList missing;
    for (const AvailableData &entry : available) {
        if (!entry.isOfTrigger && !context.contains(entry.name))
            missing += entry.name;
    }
    return missing;
}

} // namespace automation
