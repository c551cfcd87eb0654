#include "model/validation/availabledata.h"

#include "model/definition/conditionreading.h"
#include "model/expression/memberaccess.h"
#include "model/validation/sampledata.h"

#include <QHash>

namespace automation {

namespace {

// Payloads nest a few levels; hostile ones shall not fill a list.
constexpr int deepestMember = 6;
constexpr qsizetype mostMembers = 2000;

QString root()
{
    return QStringLiteral("data");
}

QString typeOf(const JsonValue &value)
{
    switch (value.type()) {
    case JsonValue::Type::String:
        return QStringLiteral("text");
    case JsonValue::Type::Number:
        return QStringLiteral("number");
    case JsonValue::Type::Bool:
        return QStringLiteral("truth");
    case JsonValue::Type::Object:
        return QStringLiteral("object");
    case JsonValue::Type::Array:
        return QStringLiteral("list");
    case JsonValue::Type::Null:
        break;
    }
    return QStringLiteral("any");
}

// What an output that writes a value makes the variable.
QString typeOfOutput(const StepType *type, const JsonValue &value)
{
    if (!value.isString() || !value.toString().contains(QLatin1StringView("{{")))
        return typeOf(value);
    const QString text = value.toString(); // lives as long as the view into it
    const QStringView script = withoutBraces(text);
    if (type) {
        for (const OfferedOutput &output : type->outputs) {
            if (script == QStringLiteral("step.") + output.name)
                return output.type;
        }
    }
    // Text around an expression makes a text of it.
    const QString trimmed = text.trimmed();
    return trimmed.startsWith(QLatin1StringView("{{")) && trimmed.endsWith(QLatin1StringView("}}"))
        ? QStringLiteral("any")
        : QStringLiteral("text");
}

// Collects what a trigger brings from its example payloads.
class TriggerData
{
public:
    explicit TriggerData(const StepType *trigger)
        : m_payloadCount(trigger ? trigger->payloads.size() : 0)
    {
        for (const QString &name :
            {QStringLiteral("accountId"), QStringLiteral("subAccountId"), QStringLiteral("triggeredAt")})
            add(JsonValue(), QStringLiteral("text"), root(), name, name, {});
        for (AvailableData &entry : m_entries)
            entry.isCertain = true;
        if (!trigger)
            return;
        for (const auto &[name, payload] : trigger->payloads)
            addMembers(payload, root(), {}, name, 1);
        for (AvailableData &entry : m_entries)
            entry.isCertain = entry.isCertain || m_counts.value(entry.path) == m_payloadCount;
    }

    QList<AvailableData> take() { return std::move(m_entries); }

private:
    void addMembers(
        const JsonValue &object, const QString &path, const QString &variable, const QString &source, int depth)
    {
        if (!object.isObject() || depth > deepestMember)
            return;
        for (qsizetype i = 0; i < object.size() && m_entries.size() < mostMembers; ++i) {
            const JsonValue &value = object.at(i);
            const QString place = memberAccess(path, object.keyAt(i));
            const QString name = variable.isEmpty() ? object.keyAt(i) : variable;
            add(value, typeOf(value), path, object.keyAt(i), name, source);
            ++m_counts[place];
            addMembers(value, place, name, source, depth + 1);
        }
    }

    void add(const JsonValue &sample, const QString &type, const QString &parent, const QString &member,
        const QString &name, const QString &source)
    {
        const QString path = memberAccess(parent, member);
        const auto known = m_places.constFind(path);
        if (known != m_places.cend()) {
            AvailableData &entry = m_entries[*known];
            if (entry.sample.isNull()) {
                entry.sample = sample;
                entry.source = source;
            }
            return;
        }
        m_places.insert(path, m_entries.size());
        AvailableData entry;
        entry.path = path;
        entry.name = name;
        entry.parent = parent;
        entry.member = member;
        entry.type = type;
        entry.sample = sample;
        entry.source = source;
        entry.isOfTrigger = true;
        m_entries += entry;
    }

    qsizetype m_payloadCount;
    QList<AvailableData> m_entries;
    QHash<QString, qsizetype> m_places;
    QHash<QString, qsizetype> m_counts; // in how many payloads
};

} // namespace

// All outputs, as the data flow wants them.
struct DataAtSteps::Outputs
{
    struct Variable
    {
        QString name;
        QString type;
        JsonValue written; // by the first step that does
        JsonValue answer;
        JsonValue sample;
    };
    QList<Variable> variables;
    std::vector<DataWrite> writes;

    Outputs(const WorkflowDefinition &definition, const DefinitionGraph &graph)
    {
        QHash<QString, int> numbers;
        for (qsizetype i = 1; i < graph.nodes().size(); ++i) {
            const GraphNode &node = graph.nodes().at(i);
            const JsonValue *json = node.pointer.resolve(definition.root());
            const JsonValue outputs = json ? StepView(*json).outputs() : JsonValue();
            for (qsizetype k = 0; outputs.isObject() && k < outputs.size(); ++k) {
                const QString &name = outputs.keyAt(k);
                if (!numbers.contains(name)) {
                    numbers.insert(name, int(variables.size()));
                    Variable variable;
                    variable.name = name;
                    variable.type = typeOfOutput(node.type, outputs.at(k));
                    variable.written = outputs.at(k);
                    if (node.type)
                        variable.answer = sampleAnswer(*node.type, json->value(u"inputs"));
                    variables += variable;
                }
                writes.push_back({int(i), numbers.value(name)});
            }
        }
    }

    // The samples they have after an example payload.
    void findSamples(JsonValue data)
    {
        for (Variable &variable : variables) {
            const std::optional<JsonValue> value = valueWithoutScript(variable.written, data, variable.answer);
            if (!value || value->isNull())
                continue;
            variable.sample = *value;
            if (variable.type == u"any")
                variable.type = typeOf(*value);
            if (!data.contains(variable.name))
                data.set(variable.name, *value);
        }
    }
};

DataAtSteps::DataAtSteps(const WorkflowDefinition &definition, const DefinitionGraph &graph)
    : m_ofTrigger(TriggerData(graph.nodes().first().type).take())
    , m_outputs(std::make_unique<Outputs>(definition, graph))
    , m_flow(std::make_unique<DataFlow>(graph, m_outputs->writes, int(m_outputs->variables.size())))
{
    m_keys.reserve(graph.nodes().size());
    for (const GraphNode &node : graph.nodes())
        m_keys += node.key;
    const StepType *trigger = graph.nodes().first().type;
    m_outputs->findSamples(
        trigger && !trigger->payloads.isEmpty() ? trigger->payloads.first().second : JsonValue::object());
}

DataAtSteps::~DataAtSteps() = default;

QList<AvailableData> DataAtSteps::at(int node, DataRead::When when) const
{
    if (node <= 0 || node >= m_keys.size())
        return {};
    QList<AvailableData> result = m_ofTrigger;
    if (!m_flow->isReached(node))
        return result;
    QHash<QString, qsizetype> ofTrigger;
    for (qsizetype i = 0; i < result.size(); ++i)
        ofTrigger.insert(result.at(i).path, i);
    for (const DataFlow::Available &found : m_flow->availableAt(node, when)) {
        const Outputs::Variable &variable = m_outputs->variables.at(found.variable);
        AvailableData entry;
        entry.name = variable.name;
        entry.parent = root();
        entry.member = entry.name;
        entry.path = memberAccess(entry.parent, entry.member);
        entry.type = variable.type;
        entry.sample = variable.sample;
        entry.written = variable.written;
        entry.answer = variable.answer;
        entry.isCertain = found.onAllPaths;
        for (const int writer : found.writers)
            entry.writers += m_keys.at(writer);
        if (const auto known = ofTrigger.constFind(entry.path); known != ofTrigger.cend())
            result[*known].writers = entry.writers;
        else
            result += entry;
    }
    return result;
}

QList<AvailableData> availableData(
    const WorkflowDefinition &definition, const DefinitionGraph &graph, int node, DataRead::When when)
{
    return node <= 0 ? QList<AvailableData>() : DataAtSteps(definition, graph).at(node, when);
}

} // namespace automation
