#include "model/definition/definitiondiff.h"

#include "model/definition/stepmatching_p.h"
#include "model/json/jsonwriter.h"

#include <algorithm>
#include <QSet>

namespace automation {

namespace {

bool isNothing(const JsonValue *value)
{
    return !value || value->isNull() || ((value->isObject() || value->isArray()) && value->isEmpty());
}

std::optional<JsonValue> optionalOf(const JsonValue *value)
{
    return value ? std::optional(*value) : std::nullopt;
}

// The values in which two values differ, whatever the order of members; of members that stand twice the last counts.
void compare(const JsonPointer &place, const JsonValue &before, const JsonValue &after, QList<FieldChange> &changes)
{
    if (before == after)
        return;
    if (before.isObject() && after.isObject()) {
        for (qsizetype i = 0; i < before.size(); ++i) {
            const QString &key = before.keyAt(i);
            if (i + 1 < before.size() && before.indexOf(key) != i)
                continue;
            if (const JsonValue *other = after.find(key))
                compare(place / key, before.at(i), *other, changes);
            else
                changes += {place / key, before.at(i), std::nullopt};
        }
        for (qsizetype i = 0; i < after.size(); ++i) {
            if (!before.contains(after.keyAt(i)) && after.indexOf(after.keyAt(i)) == i)
                changes += {place / after.keyAt(i), std::nullopt, after.at(i)};
        }
        return;
    }
    if (before.isArray() && after.isArray() && before.size() == after.size()) {
        for (qsizetype i = 0; i < before.size(); ++i)
            compare(place / i, before.at(i), after.at(i), changes);
        return;
    }
    changes += {place, before, after};
}

bool isLists(const JsonValue &sequences)
{
    for (qsizetype i = 0; i < sequences.size(); ++i) {
        const JsonValue &list = sequences.at(i);
        if (list.isObject())
            continue;
        if (!list.isArray())
            return false;
        for (qsizetype k = 0; k < list.size(); ++k) {
            if (!list.at(k).isObject())
                return false;
        }
    }
    return sequences.isArray();
}

// Whether a member is what the graph reads, so that its differences are those of steps and connections.
bool isReadByGraph(QStringView member, const JsonValue &value)
{
    if (isNothing(&value))
        return true;
    if (member == u"nextStepId")
        return value.isString();
    if (member == u"selectNextStep")
        return value.isObject();
    return isLists(value); // do
}

class Differ
{
public:
    Differ(const WorkflowDefinition &before, const WorkflowDefinition &after, const StepCatalog &catalog)
        : m_before(before)
        , m_after(after)
        , m_graphBefore(DefinitionGraph::build(before, catalog))
        , m_graphAfter(DefinitionGraph::build(after, catalog))
        , m_matching(matchSteps(before, m_graphBefore, after, m_graphAfter))
    {
    }

    DefinitionDiff run()
    {
        if (m_before.root() == m_after.root())
            return {};
        compareRoots();
        findMoves();
        for (int i = 0; i < m_graphAfter.nodes().size(); ++i)
            compareNode(m_matching.toBefore.at(i), i);
        for (int i = 1; i < m_graphBefore.nodes().size(); ++i) {
            if (m_matching.toAfter.at(i) < 0)
                compareNode(i, -1);
        }
        return std::move(m_diff);
    }

private:
    static const JsonValue &stepOf(const WorkflowDefinition &definition, const GraphNode &node)
    {
        static const JsonValue nothing;
        const JsonValue *json = node.pointer.resolve(definition.root());
        return json ? *json : nothing;
    }

    // The members of the root and of "definition" under the names and places they are read by.
    static JsonValue rootFields(const JsonValue &root)
    {
        JsonValue fields = JsonValue::object();
        JsonValue inner = JsonValue::object();
        const JsonValue &definition = root.value(u"definition");
        for (qsizetype i = 0; i < definition.size(); ++i) {
            const QString &key = definition.keyAt(i);
            if (key != u"steps" && !isNothing(&definition.at(i)))
                inner.set(key, definition.at(i));
        }
        for (qsizetype i = 0; i < root.size(); ++i) {
            const QString &key = root.keyAt(i);
            if (key == u"definition" || isNothing(&root.at(i)))
                continue;
            // Both places and both spellings are read (API reference §9, §10).
            if ((key == u"id" || key == u"version") && !inner.contains(key))
                inner.set(key, root.at(i));
            else if (key == u"subaccountId" && !root.contains(u"subAccountId"))
                fields.set(QStringLiteral("subAccountId"), root.at(i));
            else if (!((key == u"id" || key == u"version") && definition.contains(key)))
                fields.set(key, root.at(i));
        }
        fields.insertMember(0, QStringLiteral("definition"), inner);
        return fields;
    }

    void compareRoots() { compare({}, rootFields(m_before.root()), rootFields(m_after.root()), m_diff.fields); }

    static StepPosition positionOf(const DefinitionGraph &graph, const GraphNode &node)
    {
        StepPosition position;
        if (node.parent >= 0)
            position.container = graph.nodes().at(node.parent).key;
        position.sequence = node.sequence;
        position.index = node.pointer.lastToken().toLongLong();
        return position;
    }

    // Of the steps that stay in a list the fewest that explain the new order (all but a longest rising row).
    void findMoves()
    {
        m_moved.fill(false, m_graphAfter.nodes().size());
        QHash<JsonPointer, QList<int>> lists; // list after -> its nodes that were in the same list
        for (int i = 1; i < m_graphAfter.nodes().size(); ++i) {
            const int earlier = m_matching.toBefore.at(i);
            if (earlier < 0)
                continue;
            const GraphNode &after = m_graphAfter.nodes().at(i);
            const GraphNode &before = m_graphBefore.nodes().at(earlier);
            const int parent = after.parent < 0 ? -1 : m_matching.toBefore.at(after.parent);
            const bool sameContainer = (after.parent < 0) == (before.parent < 0) && parent == before.parent;
            if (sameContainer && after.sequence == before.sequence)
                lists[after.pointer.parent()] += earlier;
            else
                m_moved[i] = true;
        }
        for (const QList<int> &list : std::as_const(lists))
            markOutOfOrder(list);
    }

    void markOutOfOrder(const QList<int> &nodes)
    {
        QList<qsizetype> tails; // of the best row of each length, its last place
        QList<qsizetype> previous(nodes.size(), -1);
        for (qsizetype i = 0; i < nodes.size(); ++i) {
            const auto place = std::lower_bound(tails.begin(), tails.end(), nodes.at(i),
                [&nodes](qsizetype tail, int node) { return nodes.at(tail) < node; });
            previous[i] = place == tails.begin() ? -1 : *(place - 1);
            if (place == tails.end())
                tails += i;
            else
                *place = i;
        }
        QList<bool> stays(nodes.size(), false);
        for (qsizetype i = tails.isEmpty() ? -1 : tails.last(); i >= 0; i = previous.at(i))
            stays[i] = true;
        for (qsizetype i = 0; i < nodes.size(); ++i) {
            if (!stays.at(i))
                m_moved[m_matching.toAfter.at(nodes.at(i))] = true;
        }
    }

    // -1 for what is only in the other definition. The trigger has connections only.
    void compareNode(int before, int after)
    {
        const GraphNode *earlier = before < 0 ? nullptr : &m_graphBefore.nodes().at(before);
        const GraphNode *later = after < 0 ? nullptr : &m_graphAfter.nodes().at(after);
        if ((earlier ? earlier : later)->isTrigger) {
            compareConnections(earlier, later);
            return;
        }
        StepDifference step;
        if (earlier) {
            step.keyBefore = earlier->key;
            step.idBefore = earlier->id;
            step.typeBefore = earlier->typeName;
            step.positionBefore = positionOf(m_graphBefore, *earlier);
        }
        if (later) {
            step.keyAfter = later->key;
            step.idAfter = later->id;
            step.typeAfter = later->typeName;
            step.positionAfter = positionOf(m_graphAfter, *later);
            step.moved = m_moved.at(after);
        }
        if (earlier && later) {
            const JsonValue &a = stepOf(m_before, *earlier);
            const JsonValue &b = stepOf(m_after, *later);
            compareFields(a, b, step.fields);
            step.outcomesReordered = entriesReordered(a, b);
        }
        if (step.isChanged())
            m_diff.steps += step;
        compareConnections(earlier, later);
    }

    static void compareFields(const JsonValue &before, const JsonValue &after, QList<FieldChange> &changes)
    {
        if (!before.isObject() || !after.isObject()) {
            compare({}, before, after, changes);
            return;
        }
        const auto compareMember = [&](const QString &key) {
            const JsonValue *a = before.find(key);
            const JsonValue *b = after.find(key);
            if (key == u"id" || key == u"stepType") {
                // A text that differs is a new name or type; anything else is no id at all.
                const bool areTexts = (!a || a->isString()) && (!b || b->isString());
                if (areTexts)
                    return;
            }
            const bool isWiring = key == u"nextStepId" || key == u"selectNextStep" || key == u"do";
            if (isWiring && (!a || isReadByGraph(key, *a)) && (!b || isReadByGraph(key, *b)))
                return;
            const bool mayBeMissing = isWiring || key == u"inputs" || key == u"outputs";
            if (mayBeMissing && isNothing(a) && isNothing(b))
                return;
            const JsonPointer place({key});
            if (a && b) {
                compare(place, *a, *b, changes);
            } else if (mayBeMissing && (a ? a : b)->isObject()) {
                compare(place, a ? *a : JsonValue::object(), b ? *b : JsonValue::object(), changes);
            } else {
                changes += {place, optionalOf(a), optionalOf(b)};
            }
        };
        for (qsizetype i = 0; i < before.size(); ++i) {
            if (before.indexOf(before.keyAt(i)) == i)
                compareMember(before.keyAt(i));
        }
        for (qsizetype i = 0; i < after.size(); ++i) {
            if (!before.contains(after.keyAt(i)) && after.indexOf(after.keyAt(i)) == i)
                compareMember(after.keyAt(i));
        }
    }

    // A way out as it stands in the file.
    struct Exit
    {
        Outcome::Kind kind = Outcome::Kind::Next;
        int sequence = -1;
        QString target;
        int node = -1; // it leads to, -1 = none of that id
        std::optional<JsonValue> condition;
    };

    static QList<Exit> exitsOf(
        const WorkflowDefinition &definition, const DefinitionGraph &graph, const GraphNode *node)
    {
        QList<Exit> exits;
        if (!node)
            return exits;
        const StepView step(node->isTrigger ? definition.root() : stepOf(definition, *node));
        qsizetype child = 0;
        for (const Outcome &outcome : node->outcomes) {
            const bool entersList = node->isTrigger || outcome.kind == Outcome::Kind::Child;
            if (outcome.isOpen() && !entersList) {
                // An entry whose key is empty leads nowhere, but it is there.
                const bool isEntry = outcome.kind == Outcome::Kind::Condition || outcome.kind == Outcome::Kind::Default;
                if (!isEntry || !step.selectNextStep().contains(QString()))
                    continue;
            }
            Exit exit {outcome.kind, outcome.sequence, outcome.target, -1, std::nullopt};
            if (node->isTrigger) {
                exit.node = graph.nodes().size() > 1 ? 1 : -1;
            } else if (outcome.kind == Outcome::Kind::Child) {
                while (child < node->children.size()
                    && graph.nodes().at(node->children.at(child)).sequence < outcome.sequence)
                    ++child;
                const bool isThere = child < node->children.size()
                    && graph.nodes().at(node->children.at(child)).sequence == outcome.sequence;
                exit.node = isThere ? node->children.at(child) : -1;
            } else {
                exit.node = graph.indexOfId(outcome.target);
                if (outcome.kind != Outcome::Kind::Next)
                    exit.condition = step.selectNextStep().value(outcome.target);
            }
            if (entersList && exit.node < 0)
                continue;
            exits += exit;
        }
        return exits;
    }

    bool sameTarget(const Exit &before, const Exit &after) const
    {
        if (before.node >= 0 && m_matching.toAfter.at(before.node) >= 0)
            return m_matching.toAfter.at(before.node) == after.node;
        if (after.node >= 0 && m_matching.toBefore.at(after.node) >= 0)
            return false;
        return before.target == after.target && (before.node < 0 || after.node < 0 || !before.target.isEmpty());
    }

    // What the target of an exit is called in the second definition.
    QString nameAfter(const Exit &exit) const
    {
        const int node = exit.node < 0 ? -1 : m_matching.toAfter.at(exit.node);
        return node < 0 ? exit.target : u'\x1f' + QString::number(node);
    }

    QString nameNow(const Exit &exit) const
    {
        const bool isKnown = exit.node >= 0 && m_matching.toBefore.at(exit.node) >= 0;
        return isKnown ? u'\x1f' + QString::number(exit.node) : exit.target;
    }

    static QByteArray conditionText(const Exit &exit)
    {
        const QByteArray place = QByteArray::number(int(exit.kind == Outcome::Kind::Next))
            + QByteArray::number(exit.kind == Outcome::Kind::Child ? exit.sequence : -1) + ' ';
        return place + (exit.condition ? writeJson(*exit.condition, JsonStyle::compact()) : QByteArray());
    }

    static bool isEntry(const Exit &exit) { return exit.condition.has_value(); }

    void compareConnections(const GraphNode *earlier, const GraphNode *later)
    {
        const QList<Exit> before = exitsOf(m_before, m_graphBefore, earlier);
        const QList<Exit> after = exitsOf(m_after, m_graphAfter, later);
        if (before.isEmpty() && after.isEmpty())
            return;
        const GraphNode &from = later ? *later : *earlier;
        m_fromRemoved = !later;
        QList<qsizetype> partner(after.size(), -1);
        QList<bool> taken(before.size(), false);
        // Entries are known by their target, the others by what they are.
        QHash<QString, qsizetype> byTarget;
        QHash<QByteArray, QList<qsizetype>> byCondition;
        for (qsizetype i = 0; i < before.size(); ++i) {
            if (isEntry(before.at(i)))
                byTarget.insert(nameAfter(before.at(i)), i);
        }
        for (qsizetype i = 0; i < after.size(); ++i) {
            const qsizetype found = isEntry(after.at(i)) ? byTarget.value(nameNow(after.at(i)), -1) : -1;
            if (found >= 0 && !taken.at(found) && sameTarget(before.at(found), after.at(i))) {
                partner[i] = found;
                taken[found] = true;
            }
        }
        for (qsizetype i = before.size() - 1; i >= 0; --i) {
            if (!taken.at(i))
                byCondition[conditionText(before.at(i))] += i;
        }
        for (qsizetype i = 0; i < after.size(); ++i) {
            if (partner.at(i) >= 0)
                continue;
            QList<qsizetype> &waiting = byCondition[conditionText(after.at(i))];
            if (!waiting.isEmpty()) {
                partner[i] = waiting.takeLast();
                taken[partner.at(i)] = true;
            }
        }
        for (qsizetype i = 0; i < after.size(); ++i) {
            const Exit *other = partner.at(i) < 0 ? nullptr : &before.at(partner.at(i));
            if (!other)
                report(ConnectionDifference::Kind::Added, from, nullptr, &after.at(i));
            else if (!sameTarget(*other, after.at(i)))
                report(ConnectionDifference::Kind::Retargeted, from, other, &after.at(i));
            else if (other->condition != after.at(i).condition)
                report(ConnectionDifference::Kind::ConditionChanged, from, other, &after.at(i));
        }
        for (qsizetype i = 0; i < before.size(); ++i) {
            if (!taken.at(i))
                report(ConnectionDifference::Kind::Removed, from, &before.at(i), nullptr);
        }
    }

    void report(ConnectionDifference::Kind kind, const GraphNode &from, const Exit *before, const Exit *after)
    {
        const Exit &exit = after ? *after : *before;
        ConnectionDifference connection;
        connection.kind = kind;
        connection.fromKey = from.key;
        connection.from = from.id;
        connection.fromRemoved = m_fromRemoved;
        connection.outcome = wordFor(exit);
        if (before) {
            connection.targetBefore = before->target;
            connection.conditionBefore = before->condition;
        }
        if (after) {
            connection.targetAfter = after->target;
            connection.conditionAfter = after->condition;
        }
        m_diff.connections += connection;
    }

    static QString wordFor(const Exit &exit)
    {
        switch (exit.kind) {
        case Outcome::Kind::Next:
            break;
        case Outcome::Kind::Condition:
            return QStringLiteral("condition");
        case Outcome::Kind::Default:
            return QStringLiteral("default");
        case Outcome::Kind::Child:
            return QStringLiteral("do:%1").arg(exit.sequence);
        }
        return QStringLiteral("next");
    }

    // Whether entries that lead to the same steps stand in another order.
    bool entriesReordered(const JsonValue &before, const JsonValue &after) const
    {
        const JsonValue &a = before.value(u"selectNextStep");
        const JsonValue &b = after.value(u"selectNextStep");
        if (!a.isObject() || !b.isObject() || a.size() < 2 || b.size() < 2)
            return false;
        QHash<QString, qsizetype> places;
        for (qsizetype i = 0; i < b.size(); ++i)
            places.insert(b.keyAt(i), i);
        qsizetype last = -1;
        QSet<QString> seen;
        for (qsizetype i = 0; i < a.size(); ++i) {
            const int node = m_graphBefore.indexOfId(a.keyAt(i));
            const int other = node < 0 ? -1 : m_matching.toAfter.at(node);
            const QString name = other < 0 ? a.keyAt(i) : m_graphAfter.nodes().at(other).id;
            if (a.indexOf(a.keyAt(i)) != i || seen.contains(name) || !places.contains(name))
                continue;
            seen.insert(name);
            if (places.value(name) < last)
                return true;
            last = places.value(name);
        }
        return false;
    }

    const WorkflowDefinition &m_before;
    const WorkflowDefinition &m_after;
    DefinitionGraph m_graphBefore;
    DefinitionGraph m_graphAfter;
    StepMatching m_matching;
    QList<bool> m_moved; // by node of the second graph
    bool m_fromRemoved = false; // the step whose connections are compared is only in the first definition
    DefinitionDiff m_diff;
};

} // namespace

bool StepDifference::isChanged() const
{
    return isAdded() || isRemoved() || isRenamed() || isRetyped() || moved || outcomesReordered || !fields.isEmpty();
}

DefinitionDiff diff(const WorkflowDefinition &before, const WorkflowDefinition &after, const StepCatalog &catalog)
{
    return Differ(before, after, catalog).run();
}

} // namespace automation
