#include "model/definition/definitiongraph.h"

#include "model/definition/stepoutcomes.h"
#include "model/json/jsontextview.h"

#include <algorithm>
#include <QVarLengthArray>
#include <vector>

namespace automation {

namespace {

bool hasSteps(const JsonValue &sequences)
{
    return sequences.isArray() && !sequences.isEmpty();
}

bool leadAlike(const QList<Outcome> &a, const QList<Outcome> &b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Outcome &x, const Outcome &y) {
        return x.kind == y.kind && x.target == y.target && x.sequence == y.sequence;
    });
}

} // namespace

class GraphBuilder
{
public:
    GraphBuilder(const WorkflowDefinition &definition, const StepCatalog &catalog)
        : m_definition(definition)
        , m_steps(definition.steps())
        , m_catalog(catalog)
    {
    }

    DefinitionGraph build()
    {
        start(m_steps.size());
        constexpr qsizetype ahead = 4;
        for (qsizetype i = 0; i < m_steps.size(); ++i) {
            m_steps.prefetchAt(i + ahead);
            addTopLevel(i);
        }
        finish();
        return std::move(m_graph);
    }

    DefinitionGraph rebuild(DefinitionGraph earlier)
    {
        if (earlier.m_nodes.isEmpty())
            return build();
        const JsonValue before = earlier.m_steps;
        const qsizetype common = qMin(before.size(), m_steps.size());
        qsizetype head = 0;
        while (head < common && before.at(head).sharesDataWith(m_steps.at(head)))
            ++head;
        qsizetype tail = 0;
        while (tail < common - head
            && before.at(before.size() - 1 - tail).sharesDataWith(m_steps.at(m_steps.size() - 1 - tail)))
            ++tail;
        if (leadsAsBefore(earlier, head, m_steps.size() - tail))
            return earlier;

        m_earlier = std::move(earlier);
        m_earlierNodes = int(m_earlier.m_nodes.size());
        m_headNodes = m_earlier.nodesBefore(head);
        m_tailNodes = m_earlierNodes - m_earlier.nodesBefore(before.size() - tail);
        m_graph.m_steps = m_steps;
        m_isApart = true;
        for (qsizetype i = head; i < m_steps.size() - tail; ++i)
            addTopLevel(i);
        m_isApart = false;
        takeNodes(std::exchange(m_graph.m_nodes, {}));
        takeTopLevel(head, tail);
        takeKeys();
        finish();
        return std::move(m_graph);
    }

private:
    void start(qsizetype expectedNodes)
    {
        m_graph.m_steps = m_steps;
        // Steps inside others are more than expected; moving all nodes for them takes longer than room for some.
        m_graph.m_nodes.reserve(expectedNodes + expectedNodes / 4 + 1);
        m_graph.m_topLevel.reserve(m_steps.size());
        m_graph.m_byKey.reserve(expectedNodes + 1);
        setTrigger(m_graph.m_nodes.emplaceBack());
        addKey(0);
    }

    bool hasKey(const QString &key) const { return m_graph.indexOfKey(key) >= 0; }
    // False when another node of the graph has it.
    bool addKey(int node, size_t hash)
    {
        const auto keyOf = [this](int other) { return QStringView(m_graph.m_nodes.at(other).key); };
        return m_graph.m_byKey.findOrAdd(keyOf(node), hash, node, keyOf) == node;
    }
    bool addKey(int node) { return addKey(node, textHash(m_graph.m_nodes.at(node).key)); }

    // Adds the key of a node a little later, when its place in the table has come from memory.
    void addKeySoon(int node)
    {
        const size_t hash = textHash(m_graph.m_nodes.at(node).key);
        m_graph.m_byKey.prefetch(hash);
        m_keyless.append({node, hash});
        constexpr qsizetype most = 8;
        if (m_keyless.size() == most)
            addKeys();
    }
    void addKeys()
    {
        for (const auto &[node, hash] : m_keyless)
            m_mustMakeKeys = !addKey(node, hash) || m_mustMakeKeys;
        m_keyless.clear();
    }

    void finish()
    {
        addKeys();
        if (m_mustMakeKeys)
            makeKeys();
        connect();
    }

    void setTrigger(GraphNode &trigger)
    {
        trigger.key = DefinitionGraph::triggerKey();
        trigger.isTrigger = true;
        trigger.typeName = m_definition.trigger();
        trigger.type = m_catalog.trigger(trigger.typeName);
        trigger.outcomes = {nextOutcome(m_steps.at(0).value(u"id").toString())};
    }

    // A changed step that leads on as it did before: its node and the nodes inside it with their new outcomes.
    using Outcomes = std::pair<int, QList<Outcome>>;
    bool collectChanged(
        const DefinitionGraph &earlier, int *index, const JsonValue &json, int depth, std::vector<Outcomes> *changed)
    {
        if (*index >= earlier.m_nodes.size())
            return false;
        const StepView step(json);
        const int own = (*index)++;
        const GraphNode &node = earlier.m_nodes.at(own);
        if (!step.isValid() || step.id() != node.id || step.stepType() != node.typeName)
            return false;
        QList<Outcome> children;
        const JsonValue &sequences = step.sequences();
        qsizetype nested = 0;
        for (qsizetype i = 0; hasSteps(sequences) && i < sequences.size(); ++i) {
            const JsonValue &sequence = sequences.at(i);
            if (!sequence.isArray() || depth >= DefinitionGraph::maxDepth)
                return false; // odd enough to be read anew
            for (qsizetype k = 0; k < sequence.size(); ++k, ++nested) {
                const int child = *index;
                if (nested >= node.children.size() || node.children.at(nested) != child
                    || !collectChanged(earlier, index, sequence.at(k), depth + 1, changed)
                    || earlier.m_nodes.at(child).sequence != i)
                    return false;
            }
            if (!sequence.isEmpty())
                children += childOutcome(StepView(sequence.at(0)).id(), int(i));
        }
        changed->emplace_back(own, outcomesOf(step, node.type, children));
        return nested == node.children.size() && leadAlike(changed->back().second, node.outcomes);
    }

    // Puts the steps from first to end into the earlier graph when that is all there is to change.
    bool leadsAsBefore(DefinitionGraph &earlier, qsizetype first, qsizetype end)
    {
        constexpr qsizetype most = 64; // beyond it, building anew is as good
        if (earlier.m_steps.size() != m_steps.size() || end - first > most
            || earlier.m_nodes.first().typeName != m_definition.trigger())
            return false;
        std::vector<Outcomes> changed;
        for (qsizetype i = first; i < end; ++i) {
            int index = earlier.m_topLevel.at(i);
            if (!collectChanged(earlier, &index, m_steps.at(i), 0, &changed) || index != earlier.nodesBefore(i + 1))
                return false;
        }
        for (auto &[node, outcomes] : changed)
            earlier.m_nodes[node].outcomes = std::move(outcomes);
        earlier.m_steps = m_steps;
        return true;
    }

    // The nodes of the earlier graph, with the new ones in the place of those that changed.
    void takeNodes(QList<GraphNode> fresh)
    {
        QList<GraphNode> &nodes = m_graph.m_nodes;
        nodes = std::move(m_earlier.m_nodes);
        const int present = m_earlierNodes - m_headNodes - m_tailNodes;
        m_shift = int(fresh.size()) - present;
        if (m_shift > 0)
            nodes.insert(m_headNodes + present, m_shift, GraphNode());
        else if (m_shift < 0)
            nodes.remove(m_headNodes + present + m_shift, -m_shift);
        setTrigger(nodes.first());
        for (qsizetype i = 0; i < fresh.size(); ++i) {
            shiftLinks(fresh[i], m_headNodes);
            nodes[m_headNodes + i] = std::move(fresh[i]);
        }
        if (m_shift == 0)
            return;
        for (qsizetype i = nodes.size() - m_tailNodes; i < nodes.size(); ++i)
            shiftLinks(nodes[i], m_shift);
    }

    static void shiftLinks(GraphNode &node, int shift)
    {
        if (node.parent >= 0)
            node.parent += shift;
        if (node.children.isEmpty())
            return;
        for (int &child : node.children)
            child += shift;
    }

    // Which nodes are steps of the outermost list, and where that has them now.
    void takeTopLevel(qsizetype head, qsizetype tail)
    {
        const QList<int> fresh = std::exchange(m_graph.m_topLevel, {});
        const QList<int> &earlier = m_earlier.m_topLevel;
        QList<int> &now = m_graph.m_topLevel;
        now.reserve(m_steps.size());
        now.append(earlier.first(head));
        for (const int node : fresh)
            now.append(node + m_headNodes);
        for (qsizetype i = earlier.size() - tail; i < earlier.size(); ++i)
            now.append(earlier.at(i) + m_shift);
        if (earlier.size() != m_steps.size())
            moveTail(m_steps.size() - tail, m_steps.size() - earlier.size());
    }

    // The steps from first on have so many more before them than they had.
    void moveTail(qsizetype first, qsizetype more)
    {
        const auto nodeOf
            = [this](qsizetype step) -> GraphNode & { return m_graph.m_nodes[m_graph.m_topLevel.at(step)]; };
        const auto isMoved = [&](qsizetype step) { return step >= first && step < m_steps.size(); };
        // Most take the pointer of another one that moves, too, and which is yet to get its own.
        for (qsizetype k = 0; k < m_steps.size() - first; ++k) {
            const qsizetype step = more > 0 ? first + k : m_steps.size() - 1 - k;
            JsonPointer place = isMoved(step + more) ? std::move(nodeOf(step + more).pointer) : m_stepsPointer / step;
            const JsonPointer &before = nodeOf(isMoved(step - more) ? step - more : step).pointer;
            const int end = m_graph.nodesBefore(step + 1);
            for (int i = m_graph.m_topLevel.at(step) + 1; i < end; ++i) {
                GraphNode &inside = m_graph.m_nodes[i];
                inside.pointer = inside.pointer.moved(before, place);
            }
            nodeOf(step).pointer = std::move(place);
        }
    }

    // The keys of the nodes that stay, then the new ones. Where steps share an id their keys depend on each other: then
    // all are made anew.
    void takeKeys()
    {
        m_mustMakeKeys = m_mustMakeKeys || m_earlier.m_hasMadeKeys;
        if (m_mustMakeKeys)
            return;
        const int firstOfTail = m_earlierNodes - m_tailNodes;
        m_graph.m_byKey.reserve(m_graph.m_nodes.size());
        for (const NumberTable::Entry &entry : m_earlier.m_byKey.entries()) {
            if (entry.number >= firstOfTail)
                m_graph.m_byKey.add({entry.hash, entry.number + m_shift});
            else if (entry.number >= 0 && entry.number < m_headNodes)
                m_graph.m_byKey.add(entry);
        }
        for (qsizetype i = m_headNodes; i < m_graph.m_nodes.size() - m_tailNodes; ++i)
            addKeySoon(int(i));
    }

    void addTopLevel(qsizetype i)
    {
        m_graph.m_topLevel += int(m_graph.m_nodes.size());
        addStep(m_steps.at(i), m_stepsPointer / i, -1, -1, 0);
    }

    void addStep(const JsonValue &json, const JsonPointer &pointer, int parent, int sequence, int depth)
    {
        const StepView step(json);
        const int index = int(m_graph.m_nodes.size());
        GraphNode &node = m_graph.m_nodes.emplaceBack();
        node.id = node.key = step.id();
        const StepType *type = node.type = readType(step, &node.typeName);
        node.pointer = pointer;
        node.parent = parent;
        node.sequence = sequence;
        m_mustMakeKeys = m_mustMakeKeys || node.id.isEmpty();
        if (!m_mustMakeKeys && !m_isApart)
            addKeySoon(index);
        if (parent >= 0)
            m_graph.m_nodes[parent].children += index;
        if (!step.isValid())
            return; // not even an object: shown, but nothing can lead out of it

        const QList<Outcome> children = depth < DefinitionGraph::maxDepth
            ? addChildren(step.sequences(), pointer, index, depth)
            : QList<Outcome>();
        m_graph.m_nodes[index].outcomes = outcomesOf(step, type, children);
    }

    // A "do" is a list of lists of steps; a step that stands where a list should be is shown as well.
    QList<Outcome> addChildren(const JsonValue &sequences, const JsonPointer &pointer, int index, int depth)
    {
        QList<Outcome> result;
        if (!hasSteps(sequences))
            return result;
        const JsonPointer place = pointer / QStringLiteral("do");
        for (qsizetype i = 0; i < sequences.size(); ++i) {
            const JsonValue &sequence = sequences.at(i);
            const qsizetype first = m_graph.m_nodes.size();
            if (sequence.isArray()) {
                const JsonPointer list = place / i;
                for (qsizetype k = 0; k < sequence.size(); ++k)
                    addStep(sequence.at(k), list / k, index, int(i), depth + 1);
            } else if (sequence.isObject()) {
                addStep(sequence, place / i, index, int(i), depth + 1);
            }
            if (m_graph.m_nodes.size() == first)
                continue;
            result += childOutcome(m_graph.m_nodes.at(first).id, int(i));
        }
        return result;
    }

    // The type of a step and its name as in the file, which nearly always is that of the catalogue.
    const StepType *readType(const StepView &step, QString *name) const
    {
        const JsonValue &json = step.stepTypeJson();
        if (!json.isString())
            return m_catalog.step({});
        const JsonTextView written(json);
        for (const StepType &type : m_catalog.steps()) {
            if (written.is(type.name)) {
                *name = type.name;
                return &type;
            }
        }
        *name = json.toString();
        return m_catalog.step(*name);
    }

    // For definitions in which steps share an id or have none.
    void makeKeys()
    {
        m_graph.m_byKey = {};
        m_graph.m_byKey.reserve(m_graph.m_nodes.size());
        m_graph.m_hasMadeKeys = true;
        for (int i = 0; i < m_graph.m_nodes.size(); ++i) {
            GraphNode &node = m_graph.m_nodes[i];
            if (!node.isTrigger) {
                node.key = uniqueKey(node.id);
                if (node.key != node.id && !node.id.isEmpty() && m_graph.indexOfId(node.id) < 0)
                    m_graph.m_byId.insert(node.id, i);
            }
            addKey(i);
        }
    }

    QString uniqueKey(const QString &id)
    {
        if (!id.isEmpty() && !hasKey(id))
            return id;
        int &count = m_counts[id];
        if (count == 0 && !id.isEmpty())
            count = 1; // the first one goes by its id
        QString key;
        do {
            key = id + nodeKeySeparator + QString::number(++count);
        } while (hasKey(key)); // an id may itself look like a key made here
        return key;
    }

    void connect()
    {
        const int count = int(m_graph.m_nodes.size());
        m_graph.m_connections.reserve(count + count / 4);
        m_graph.m_firstOut.resize(count + 1);
        int *firstOut = m_graph.m_firstOut.data();
        for (int from = 0; from < count; ++from) {
            prefetchOutcomes(m_graph.m_nodes, from + 8);
            prefetchIds(m_graph.m_nodes, from + 4);
            firstOut[from] = int(m_graph.m_connections.size());
            if (!connectAsBefore(from))
                connectNode(from);
        }
        const int total = firstOut[count] = int(m_graph.m_connections.size());
        const Connection *connections = m_graph.m_connections.constData();
        m_graph.m_firstIn.fill(0, count + 1);
        int *firstIn = m_graph.m_firstIn.data();
        for (int i = 0; i < total; ++i)
            ++firstIn[connections[i].to];
        for (int node = 1; node <= count; ++node)
            firstIn[node] += firstIn[node - 1]; // where those of the node end, until they are put in from the back
        m_graph.m_in.resize(total);
        int *in = m_graph.m_in.data();
        for (int i = total - 1; i >= 0; --i)
            in[--firstIn[connections[i].to]] = i;
    }

    void connectNode(int from)
    {
        const GraphNode &node = m_graph.m_nodes.at(from);
        qsizetype child = 0;
        for (int i = 0; i < node.outcomes.size(); ++i) {
            const Outcome &outcome = node.outcomes.at(i);
            const int to = targetOf(from, outcome, &child);
            if (to >= 0)
                m_graph.m_connections += Connection {from, i, to};
            else if (!outcome.isOpen())
                m_graph.m_dangling += {from, i};
        }
    }

    // The connections of a node that was taken from the earlier graph, without looking for their targets again.
    bool connectAsBefore(int from)
    {
        const bool isHead = from > 0 && from < m_headNodes;
        if ((!isHead && from < m_graph.m_nodes.size() - m_tailNodes) || m_mustMakeKeys || m_earlier.m_hasMadeKeys)
            return false;
        const int before = isHead ? from : from - m_shift;
        if (m_earlier.m_dangling.size() > 0 && m_earlier.hasDangling(before))
            return false; // a step that came may be what it leads to
        const int firstOfTail = m_earlierNodes - m_tailNodes;
        const qsizetype start = m_graph.m_connections.size();
        for (int i = m_earlier.m_firstOut.at(before); i < m_earlier.m_firstOut.at(before + 1); ++i) {
            const Connection &old = m_earlier.m_connections.at(i);
            int to = old.to;
            if (to >= firstOfTail) {
                to += m_shift;
            } else if (to >= m_headNodes) {
                // It led to a step that was changed or taken away.
                m_graph.m_connections.resize(start);
                return false;
            }
            m_graph.m_connections += Connection {from, old.outcome, to};
        }
        return true;
    }

    // child: how far the node's children have been gone through; their sequences stand in the order of the outcomes.
    int targetOf(int from, const Outcome &outcome, qsizetype *child) const
    {
        const GraphNode &node = m_graph.m_nodes.at(from);
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
        return outcome.isOpen() ? -1 : indexOfTarget(from, outcome.target);
    }

    // Most steps lead to the one behind them: then no table is asked.
    int indexOfTarget(int from, const QString &target) const
    {
        const int next = from + 1;
        const bool isNext
            = !m_graph.m_hasMadeKeys && next < m_graph.m_nodes.size() && m_graph.m_nodes.at(next).id == target;
        return isNext ? next : m_graph.indexOfId(target);
    }

    const WorkflowDefinition &m_definition;
    const JsonValue m_steps;
    const StepCatalog &m_catalog;
    const JsonPointer m_stepsPointer = WorkflowDefinition::stepsPointer();
    DefinitionGraph m_graph;
    // The graph before the edit without its nodes, their number, and how many stay at its start and its end.
    DefinitionGraph m_earlier;
    int m_earlierNodes = 0;
    int m_headNodes = 0;
    int m_tailNodes = 0;
    int m_shift = 0; // of the nodes at the end
    bool m_isApart = false; // new nodes are made that are yet to get their places between those
    bool m_mustMakeKeys = false;
    QVarLengthArray<std::pair<int, size_t>, 8> m_keyless; // nodes with the hashes of their keys
    QHash<QString, int> m_counts; // how many steps there were of an id that is empty or taken
};

DefinitionGraph DefinitionGraph::build(const WorkflowDefinition &definition, const StepCatalog &catalog)
{
    return GraphBuilder(definition, catalog).build();
}

DefinitionGraph DefinitionGraph::rebuild(
    DefinitionGraph earlier, const WorkflowDefinition &definition, const StepCatalog &catalog)
{
    return GraphBuilder(definition, catalog).rebuild(std::move(earlier));
}

QString DefinitionGraph::triggerKey()
{
    static const QString key = nodeKeySeparator + QStringLiteral("trigger");
    return key;
}

int DefinitionGraph::indexOfId(const QString &stepId) const
{
    if (stepId.isEmpty())
        return -1;
    const int index = indexOfKey(stepId);
    if (!m_hasMadeKeys)
        return index > 0 ? index : -1;
    // The key of a second step of an id may look like the id of a third one.
    return index > 0 && m_nodes.at(index).id == stepId ? index : m_byId.value(stepId, -1);
}

int DefinitionGraph::nodesBefore(qsizetype step) const
{
    return step < m_topLevel.size() ? m_topLevel.at(step) : int(m_nodes.size());
}

bool DefinitionGraph::hasDangling(int node) const
{
    const auto found = std::lower_bound(m_dangling.begin(), m_dangling.end(), std::pair(node, 0));
    return found != m_dangling.end() && found->first == node;
}

int DefinitionGraph::topLevelNode(qsizetype step) const
{
    return step >= 0 && step < m_topLevel.size() ? m_topLevel.at(step) : -1;
}

std::span<const Connection> DefinitionGraph::connectionsOf(int node) const
{
    if (node < 0 || node >= m_nodes.size())
        return {};
    const int first = m_firstOut.at(node);
    return {m_connections.constData() + first, size_t(m_firstOut.at(node + 1) - first)};
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
