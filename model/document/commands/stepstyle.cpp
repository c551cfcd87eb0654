#include "model/document/commands/stepstyle.h"

#include <functional>
#include <QSet>

namespace automation {

namespace {

const QStringList &exportOrder()
{
    static const QStringList order {
        u"stepType"_qs, u"id"_qs, u"do"_qs, u"nextStepId"_qs, u"inputs"_qs, u"outputs"_qs, u"selectNextStep"_qs};
    return order;
}

} // namespace

StepStyle::StepStyle(const WorkflowDefinition &definition)
{
    look(definition.steps(), 0);
    m_allSeven = m_allSeven && m_steps > 0;
    if (m_allSeven) {
        m_order = exportOrder();
        m_nullNext = true;
        return;
    }
    m_order = m_typeFirst ? QStringList {u"stepType"_qs, u"id"_qs} : QStringList {u"id"_qs, u"stepType"_qs};
    if (m_nextBeforeInputs)
        m_order += u"nextStepId"_qs;
    m_order += {u"inputs"_qs, u"outputs"_qs};
    if (!m_nextBeforeInputs)
        m_order += u"nextStepId"_qs;
    m_order += {u"selectNextStep"_qs, u"do"_qs};
}

void StepStyle::look(const JsonValue &steps, int depth)
{
    if (!steps.isArray() || depth > DefinitionGraph::maxDepth)
        return;
    const StepView none;
    constexpr qsizetype ahead = 4;
    for (qsizetype i = 0; i < steps.size(); ++i) {
        steps.prefetchAt(i + ahead);
        const JsonValue &json = steps.at(i);
        if (!json.isObject())
            continue;
        if (m_steps++ == 0)
            m_typeFirst = json.contains(u"stepType") && json.indexOf(u"stepType") < json.indexOf(u"id");
        m_allSeven = m_allSeven
            && std::all_of(exportOrder().begin(), exportOrder().end(),
                [&json](const QString &member) { return json.contains(member); });
        const StepView step(json);
        const JsonValue *next = &step.nextStepIdJson();
        if (next != &none.nextStepIdJson()) {
            m_nullNext = m_nullNext || next->isNull();
            // Members lie one behind the other.
            m_nextBeforeInputs
                = m_nextBeforeInputs || (&step.inputs() != &none.inputs() && std::less<>()(next, &step.inputs()));
        }
        for (qsizetype j = 0; j < step.sequences().size(); ++j)
            look(step.sequences().at(j), depth + 1);
    }
}

qsizetype StepStyle::positionOf(const JsonValue &step, const QString &member) const
{
    const qsizetype rank = m_order.indexOf(member);
    if (rank < 0)
        return step.size();
    // Behind the last member that belongs before it.
    for (qsizetype i = step.size() - 1; i >= 0; --i) {
        const qsizetype other = m_order.indexOf(step.keyAt(i));
        if (other >= 0 && other < rank)
            return i + 1;
    }
    return 0;
}

JsonValue StepStyle::newStep(const StepType &type, const QString &id) const
{
    const JsonValue inputs = type.newInputs.isObject() ? type.newInputs : JsonValue::object();
    if (m_allSeven) {
        return JsonValue::object({{u"stepType"_qs, type.name}, {u"id"_qs, id}, {u"do"_qs, JsonValue::array()},
            {u"nextStepId"_qs, nullptr}, {u"inputs"_qs, inputs}, {u"outputs"_qs, JsonValue::object()},
            {u"selectNextStep"_qs, JsonValue::object()}});
    }
    JsonValue step = m_typeFirst ? JsonValue::object({{u"stepType"_qs, type.name}, {u"id"_qs, id}})
                                 : JsonValue::object({{u"id"_qs, id}, {u"stepType"_qs, type.name}});
    step.set(u"inputs"_qs, inputs);
    const bool hasNext = type.outcomes == StepType::Outcomes::Single || type.outcomes == StepType::Outcomes::Container;
    if (m_nullNext && hasNext)
        step.insertMember(positionOf(step, u"nextStepId"_qs), u"nextStepId"_qs, nullptr);
    return step;
}

void StepStyle::connectNewStep(JsonValue &step, const StepType &type, const QString &target) const
{
    QString member = u"nextStepId"_qs;
    JsonValue value(target);
    if (type.outcomes == StepType::Outcomes::Fixed || type.outcomes == StepType::Outcomes::Conditions) {
        const bool isDefault = type.outcomes == StepType::Outcomes::Conditions || type.outcomeTemplates.isEmpty()
            || type.outcomeTemplates.first().condition.isEmpty();
        member = u"selectNextStep"_qs;
        value = JsonValue::object(
            {{target, isDefault ? JsonValue() : JsonValue(type.outcomeTemplates.first().condition)}});
    }
    if (step.contains(member))
        step.set(member, value);
    else
        step.insertMember(positionOf(step, member), member, value);
}

QString freshStepId(const DefinitionGraph &graph, const StepType &type)
{
    QString prefix = type.idPrefix.isEmpty() ? type.name.toLower() : type.idPrefix;
    if (prefix.isEmpty())
        prefix = u"step"_qs;
    // An id something leads to already would connect the new step by accident.
    QSet<QString> targets;
    for (const auto &[node, outcome] : graph.danglingOutcomes())
        targets.insert(graph.nodes().at(node).outcomes.at(outcome).target);
    for (int number = 1;; ++number) {
        QString id = prefix + u'_' + QString::number(number);
        if (graph.indexOfId(id) < 0 && !targets.contains(id))
            return id;
    }
}

} // namespace automation
