#include "model/definition/definitiongraph.h"

#include "model/definition/conditionreading.h"
#include "model/json/jsonwriter.h"

#include <QCoreApplication>
#include <QSet>

namespace automation {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(DefinitionGraph)
};

// "reply1" of data.reply1 and data['reply1']; empty for anything else.
QString dataVariable(QStringView path)
{
    if (path.startsWith(u"data.")) {
        const QStringView name = path.sliced(5);
        return name.contains(u'.') || name.contains(u'[') ? QString() : name.toString();
    }
    for (const auto &[open, close] : {std::pair(u"data['", u"']"), std::pair(u"data[\"", u"\"]")}) {
        if (path.size() > 8 && path.startsWith(open) && path.endsWith(close))
            return path.sliced(6, path.size() - 8).toString();
    }
    return {};
}

// The template whose condition the expression is, perhaps through a variable in which the outputs keep the result.
const OutcomeTemplate *recognise(const StepType &type, const QString &expression, const JsonValue &outputs)
{
    const NullTest asked = readNullTest(expression);
    if (asked.subject.isEmpty())
        return nullptr;
    QString subject = asked.subject;
    if (const QString variable = dataVariable(subject); !variable.isEmpty())
        subject = withoutBraces(outputs.value(variable).toString()).toString();
    for (const OutcomeTemplate &candidate : type.outcomeTemplates) {
        const NullTest offered = readNullTest(candidate.condition);
        if (offered.subject == subject && offered.wantsValue == asked.wantsValue)
            return &candidate;
    }
    return nullptr;
}

Outcome nextOutcome(const QString &target)
{
    Outcome outcome;
    outcome.target = target;
    return outcome;
}

Outcome fromTemplate(const OutcomeTemplate &source)
{
    Outcome outcome;
    outcome.kind = source.condition.isEmpty() ? Outcome::Kind::Default : Outcome::Kind::Condition;
    outcome.label = source.label;
    outcome.expression = source.condition;
    outcome.tone = source.tone;
    outcome.templateKey = source.key;
    return outcome;
}

Outcome conditionOutcome(
    const QString &target, const JsonValue &condition, const StepType *type, const JsonValue &outputs)
{
    Outcome outcome;
    outcome.target = target;
    if (condition.isNull()) {
        outcome.kind = Outcome::Kind::Default;
        outcome.label = Text::tr("otherwise");
        if (type) {
            for (const OutcomeTemplate &candidate : type->outcomeTemplates) {
                if (candidate.condition.isEmpty()) {
                    outcome.label = candidate.label;
                    outcome.tone = candidate.tone;
                    outcome.templateKey = candidate.key;
                }
            }
        }
        return outcome;
    }
    outcome.kind = Outcome::Kind::Condition;
    outcome.expression
        = condition.isString() ? condition.toString() : QString::fromUtf8(writeJson(condition, JsonStyle::compact()));
    if (const OutcomeTemplate *known = type ? recognise(*type, outcome.expression, outputs) : nullptr) {
        outcome.label = known->label;
        outcome.tone = known->tone;
        outcome.templateKey = known->key;
    } else {
        outcome.label = readCondition(outcome.expression).label;
    }
    return outcome;
}

// The entries of selectNextStep. Of equal keys the last one counts, as for every reader of the file.
QList<Outcome> conditionOutcomes(const StepView &step, const StepType *type)
{
    QList<Outcome> result;
    const JsonValue &entries = step.selectNextStep();
    if (!entries.isObject())
        return result;
    QSet<QString> seen;
    for (qsizetype i = entries.size() - 1; i >= 0; --i) {
        const QString &target = entries.keyAt(i);
        if (entries.size() > 1) {
            if (seen.contains(target))
                continue;
            seen.insert(target);
        }
        result += conditionOutcome(target, entries.at(i), type, step.outputs());
    }
    std::reverse(result.begin(), result.end());
    return result;
}

QList<Outcome> openTemplates(const StepType &type, const QList<Outcome> &present)
{
    QList<Outcome> result;
    for (const OutcomeTemplate &candidate : type.outcomeTemplates) {
        const bool there = std::any_of(present.begin(), present.end(),
            [&candidate](const Outcome &outcome) { return outcome.templateKey == candidate.key; });
        if (!there)
            result += fromTemplate(candidate);
    }
    return result;
}

} // namespace

class GraphBuilder
{
public:
    GraphBuilder(const WorkflowDefinition &definition, const StepCatalog &catalog)
        : m_definition(definition)
        , m_catalog(catalog)
    {
    }

    DefinitionGraph build()
    {
        m_graph.m_nodes.reserve(m_definition.steps().size() + 1);
        addTrigger();
        const JsonValue &steps = m_definition.steps();
        if (steps.isArray())
            addSequence(steps, WorkflowDefinition::stepsPointer(), -1, -1, 0);
        connect();
        return std::move(m_graph);
    }

private:
    void addTrigger()
    {
        GraphNode trigger;
        trigger.key = DefinitionGraph::triggerKey();
        trigger.isTrigger = true;
        trigger.typeName = m_definition.trigger();
        trigger.type = m_catalog.trigger(trigger.typeName);
        trigger.outcomes += nextOutcome(StepView(m_definition.steps().at(0)).id());
        m_graph.m_byKey.insert(trigger.key, 0);
        m_graph.m_nodes += std::move(trigger);
    }

    void addSequence(const JsonValue &steps, const JsonPointer &pointer, int parent, int sequence, int depth)
    {
        for (qsizetype i = 0; i < steps.size(); ++i)
            addStep(steps.at(i), pointer / i, parent, sequence, depth);
    }

    void addStep(const JsonValue &json, const JsonPointer &pointer, int parent, int sequence, int depth)
    {
        const StepView step(json);
        const int index = int(m_graph.m_nodes.size());
        GraphNode node;
        node.id = step.id();
        node.key = uniqueKey(node.id);
        node.typeName = step.stepType();
        node.type = m_catalog.step(node.typeName);
        node.pointer = pointer;
        node.parent = parent;
        node.sequence = sequence;
        m_graph.m_byKey.insert(node.key, index);
        if (!node.id.isEmpty() && !m_graph.m_byId.contains(node.id))
            m_graph.m_byId.insert(node.id, index);
        const StepType *type = node.type;
        m_graph.m_nodes += std::move(node);
        if (parent >= 0)
            m_graph.m_nodes[parent].children += index;
        if (!step.isValid())
            return; // not even an object: shown, but nothing can lead out of it

        const QList<Outcome> children = depth < DefinitionGraph::maxDepth
            ? addChildren(step.sequences(), pointer, index, depth)
            : QList<Outcome>();
        m_graph.m_nodes[index].outcomes = outcomes(step, type, children);
    }

    // A "do" is a list of lists of steps; a step that stands where a list should be is shown as well.
    QList<Outcome> addChildren(const JsonValue &sequences, const JsonPointer &pointer, int index, int depth)
    {
        QList<Outcome> result;
        if (!sequences.isArray())
            return result;
        const JsonPointer place = pointer / QStringLiteral("do");
        for (qsizetype i = 0; i < sequences.size(); ++i) {
            const JsonValue &sequence = sequences.at(i);
            const qsizetype first = m_graph.m_nodes.size();
            if (sequence.isArray())
                addSequence(sequence, place / i, index, int(i), depth + 1);
            else if (sequence.isObject())
                addStep(sequence, place / i, index, int(i), depth + 1);
            if (m_graph.m_nodes.size() == first)
                continue;
            Outcome outcome;
            outcome.kind = Outcome::Kind::Child;
            outcome.target = m_graph.m_nodes.at(first).id;
            outcome.label = Text::tr("then");
            outcome.sequence = int(i);
            result += outcome;
        }
        return result;
    }

    static QList<Outcome> outcomes(const StepView &step, const StepType *type, const QList<Outcome> &children)
    {
        const StepType::Outcomes kind = type ? type->outcomes : StepType::Outcomes::Single;
        const bool isContainer = kind == StepType::Outcomes::Container;
        QList<Outcome> result = children;
        const QString next = step.nextStepId();
        if (!next.isEmpty())
            result += nextOutcome(next);
        const QList<Outcome> conditions = conditionOutcomes(step, type);
        result += conditions;

        if (isContainer && children.isEmpty()) {
            Outcome inside;
            inside.kind = Outcome::Kind::Child;
            inside.label = Text::tr("then");
            inside.sequence = 0;
            result += inside;
        }
        if (type)
            result += openTemplates(*type, conditions);
        const bool canHaveNext = kind == StepType::Outcomes::Single || isContainer;
        if (canHaveNext && next.isEmpty() && conditions.isEmpty())
            result += nextOutcome({});
        return result;
    }

    QString uniqueKey(const QString &id)
    {
        int &count = m_counts[id];
        ++count;
        QString key = count == 1 && !id.isEmpty() ? id : id + nodeKeySeparator + QString::number(count);
        // An id may itself look like a key made here.
        while (m_graph.m_byKey.contains(key))
            key = id + nodeKeySeparator + QString::number(++count);
        return key;
    }

    void connect()
    {
        QList<GraphNode> &nodes = m_graph.m_nodes;
        m_graph.m_connections.reserve(nodes.size());
        m_graph.m_firstOut.reserve(nodes.size() + 1);
        m_graph.m_firstIn.fill(0, nodes.size() + 1);
        for (int from = 0; from < nodes.size(); ++from) {
            m_graph.m_firstOut += int(m_graph.m_connections.size());
            const GraphNode &node = nodes.at(from);
            qsizetype child = 0;
            for (int i = 0; i < node.outcomes.size(); ++i) {
                const Outcome &outcome = node.outcomes.at(i);
                const int to = targetOf(node, outcome, &child);
                if (to >= 0) {
                    m_graph.m_connections += Connection {from, i, to};
                    ++m_graph.m_firstIn[to + 1];
                } else if (!outcome.isOpen()) {
                    m_graph.m_dangling += {from, i};
                }
            }
        }
        const int total = int(m_graph.m_connections.size());
        m_graph.m_firstOut += total;
        for (qsizetype i = 1; i < m_graph.m_firstIn.size(); ++i)
            m_graph.m_firstIn[i] += m_graph.m_firstIn.at(i - 1);
        m_graph.m_in.resize(total);
        QList<int> place = m_graph.m_firstIn;
        for (int i = 0; i < total; ++i)
            m_graph.m_in[place[m_graph.m_connections.at(i).to]++] = i;
    }

    // child: how far the node's children have been gone through; their sequences stand in the order of the outcomes.
    int targetOf(const GraphNode &node, const Outcome &outcome, qsizetype *child) const
    {
        if (node.isTrigger)
            return m_graph.m_nodes.size() > 1 ? 1 : -1;
        if (outcome.kind == Outcome::Kind::Child) {
            for (; *child < node.children.size(); ++*child) {
                const int index = node.children.at(*child);
                if (m_graph.m_nodes.at(index).sequence == outcome.sequence)
                    return index;
            }
            return -1;
        }
        return outcome.isOpen() ? -1 : m_graph.m_byId.value(outcome.target, -1);
    }

    const WorkflowDefinition &m_definition;
    const StepCatalog &m_catalog;
    DefinitionGraph m_graph;
    QHash<QString, int> m_counts; // how many steps of an id there were
};

QString Outcome::key() const
{
    if (kind == Kind::Child)
        return QStringLiteral("do:%1").arg(sequence);
    if (kind == Kind::Next)
        return QStringLiteral("next");
    return isOpen() ? QStringLiteral("open:") + templateKey : QStringLiteral("when:") + target;
}

DefinitionGraph DefinitionGraph::build(const WorkflowDefinition &definition, const StepCatalog &catalog)
{
    return GraphBuilder(definition, catalog).build();
}

QString DefinitionGraph::triggerKey()
{
    return nodeKeySeparator + QStringLiteral("trigger");
}

int DefinitionGraph::indexOfId(const QString &stepId) const
{
    return m_byId.value(stepId, -1);
}

QList<int> DefinitionGraph::connectionsFrom(int node) const
{
    QList<int> result;
    if (node < 0 || node >= m_nodes.size())
        return result;
    for (int i = m_firstOut.at(node); i < m_firstOut.at(node + 1); ++i)
        result += i;
    return result;
}

QList<int> DefinitionGraph::connectionsTo(int node) const
{
    if (node < 0 || node >= m_nodes.size())
        return {};
    return m_in.mid(m_firstIn.at(node), m_firstIn.at(node + 1) - m_firstIn.at(node));
}

} // namespace automation
