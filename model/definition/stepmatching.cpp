#include "model/definition/stepmatching_p.h"

#include "model/json/jsonwriter.h"

#include <algorithm>
#include <QSet>

namespace automation {

namespace {

// Steps that are neither the same nor next to the same are not compared; of those next to the same at most this many.
constexpr qsizetype mostCandidates = 16;
// Of all the values that two steps have, this share must be common for the one to be the other with another name.
constexpr double leastSimilarity = 0.5;

bool isWiring(QStringView member)
{
    return member == u"id" || member == u"nextStepId" || member == u"selectNextStep" || member == u"do";
}

// What a step says whatever it is called and wherever it leads.
QByteArray contentOf(const JsonValue &step)
{
    JsonValue content = JsonValue::object();
    for (qsizetype i = 0; i < step.size(); ++i) {
        const bool isNothing = step.at(i).isNull()
            || (!step.at(i).isString() && step.at(i).isEmpty() && (step.at(i).isObject() || step.at(i).isArray()));
        if (step.isObject() && !isWiring(step.keyAt(i)) && !isNothing)
            content.append(JsonValue::array({step.keyAt(i), step.at(i)}));
    }
    return writeJson(step.isObject() ? content : step, JsonStyle::compact());
}

void collectLeaves(const JsonValue &value, size_t place, QList<size_t> &leaves)
{
    if (value.isObject() || value.isArray()) {
        for (qsizetype i = 0; i < value.size(); ++i)
            collectLeaves(value.at(i), value.isObject() ? qHash(value.keyAt(i), place) : place, leaves);
        return;
    }
    const size_t text
        = value.isString() ? qHash(value.toString(), place) : qHash(writeJson(value, JsonStyle::compact()), place);
    leaves += text;
}

// The values of a step with their places, as sorted hashes.
QList<size_t> leavesOf(const JsonValue &step)
{
    QList<size_t> leaves;
    for (qsizetype i = 0; i < step.size(); ++i) {
        if (step.isObject() && !isWiring(step.keyAt(i)))
            collectLeaves(step.at(i), qHash(step.keyAt(i)), leaves);
    }
    std::sort(leaves.begin(), leaves.end());
    return leaves;
}

double similarity(const QList<size_t> &a, const QList<size_t> &b)
{
    qsizetype common = 0;
    qsizetype i = 0;
    qsizetype k = 0;
    while (i < a.size() && k < b.size()) {
        if (a.at(i) == b.at(k)) {
            ++common;
            ++i;
            ++k;
        } else if (a.at(i) < b.at(k)) {
            ++i;
        } else {
            ++k;
        }
    }
    const qsizetype all = a.size() + b.size() - common;
    return all == 0 ? 1 : double(common) / double(all);
}

struct Side
{
    const WorkflowDefinition &definition;
    const DefinitionGraph &graph;

    const JsonValue &step(int node) const
    {
        static const JsonValue nothing;
        const JsonValue *json = graph.nodes().at(node).pointer.resolve(definition.root());
        return json ? *json : nothing;
    }
};

class Matcher
{
public:
    Matcher(const Side &before, const Side &after)
        : m_before(before)
        , m_after(after)
    {
        m_matching.toAfter.fill(-1, before.graph.nodes().size());
        m_matching.toBefore.fill(-1, after.graph.nodes().size());
        pair(0, 0);
    }

    StepMatching run()
    {
        matchByUniqueId();
        matchEqualIds();
        matchByContent();
        // A pair found makes its neighbours comparable.
        for (int round = 0; round < 4 && matchByNeighbours(); ++round) { }
        return std::move(m_matching);
    }

private:
    void pair(int before, int after)
    {
        m_matching.toAfter[before] = after;
        m_matching.toBefore[after] = before;
    }

    static QHash<QString, QList<int>> byId(const DefinitionGraph &graph)
    {
        QHash<QString, QList<int>> result;
        for (int i = 1; i < graph.nodes().size(); ++i)
            result[graph.nodes().at(i).id] += i;
        return result;
    }

    void matchByUniqueId()
    {
        m_idsBefore = byId(m_before.graph);
        m_idsAfter = byId(m_after.graph);
        for (auto it = m_idsBefore.cbegin(); it != m_idsBefore.cend(); ++it) {
            const QList<int> others = m_idsAfter.value(it.key());
            if (!it.key().isEmpty() && it->size() == 1 && others.size() == 1)
                pair(it->first(), others.first());
        }
    }

    // Steps of one id, or without one: equal ones first, the rest in order.
    void matchEqualIds()
    {
        for (auto it = m_idsBefore.cbegin(); it != m_idsBefore.cend(); ++it) {
            const QList<int> others = m_idsAfter.value(it.key());
            if (others.isEmpty() || m_matching.toAfter.at(it->first()) >= 0)
                continue;
            QHash<QByteArray, QList<int>> waiting;
            for (auto other = others.crbegin(); other != others.crend(); ++other)
                waiting[contentOf(m_after.step(*other))] += *other;
            for (const int node : *it) {
                QList<int> &equal = waiting[contentOf(m_before.step(node))];
                if (!equal.isEmpty())
                    pair(node, equal.takeLast());
            }
            if (it.key().isEmpty())
                continue; // nothing says that what is left belongs together
            auto other = others.cbegin();
            for (const int node : *it) {
                if (m_matching.toAfter.at(node) >= 0)
                    continue;
                while (other != others.cend() && m_matching.toBefore.at(*other) >= 0)
                    ++other;
                if (other == others.cend())
                    break;
                pair(node, *other);
            }
        }
    }

    // Renamed and otherwise as it was. Of several alike, those with the same neighbours first, then in order.
    void matchByContent()
    {
        QHash<QByteArray, QList<int>> before;
        QHash<QByteArray, QList<int>> after;
        QList<QByteArray> order;
        for (int i = 1; i < m_matching.toAfter.size(); ++i) {
            if (m_matching.toAfter.at(i) >= 0)
                continue;
            const QByteArray content = contentOf(m_before.step(i));
            if (!before.contains(content))
                order += content;
            before[content] += i;
        }
        for (int i = 1; i < m_matching.toBefore.size(); ++i) {
            if (m_matching.toBefore.at(i) < 0)
                after[contentOf(m_after.step(i))] += i;
        }
        for (const QByteArray &content : order) {
            const QList<int> &ours = before[content];
            const QList<int> theirs = after.value(content);
            const QSet<int> alike(theirs.begin(), theirs.end());
            if (ours.size() == 1 && theirs.size() == 1) {
                pair(ours.first(), theirs.first());
                continue;
            }
            for (const int node : ours) {
                for (const int candidate : candidatesOf(node)) {
                    if (alike.contains(candidate) && m_matching.toBefore.at(candidate) < 0) {
                        pair(node, candidate);
                        break;
                    }
                }
            }
            auto next = theirs.cbegin();
            for (const int node : ours) {
                while (next != theirs.cend() && m_matching.toBefore.at(*next) >= 0)
                    ++next;
                if (next == theirs.cend())
                    break;
                if (m_matching.toAfter.at(node) < 0)
                    pair(node, *next);
            }
        }
    }

    bool matchByNeighbours()
    {
        bool any = false;
        for (int i = 1; i < m_matching.toAfter.size(); ++i) {
            if (m_matching.toAfter.at(i) >= 0)
                continue;
            const QList<size_t> leaves = leavesOf(m_before.step(i));
            int best = -1;
            double bestSimilarity = 0;
            for (const int candidate : candidatesOf(i)) {
                if (m_after.graph.nodes().at(candidate).typeName != m_before.graph.nodes().at(i).typeName)
                    continue;
                const double alike = similarity(leaves, leavesOf(m_after.step(candidate)));
                if (alike >= leastSimilarity && alike > bestSimilarity) {
                    best = candidate;
                    bestSimilarity = alike;
                }
            }
            if (best >= 0) {
                pair(i, best);
                any = true;
            }
        }
        return any;
    }

    // Steps of the second definition without partner that have the same neighbour as a step of the first one.
    QList<int> candidatesOf(int node) const
    {
        QList<int> result;
        const auto take = [&](int candidate) {
            if (candidate > 0 && m_matching.toBefore.at(candidate) < 0 && !result.contains(candidate)
                && result.size() < mostCandidates)
                result += candidate;
        };
        const QList<Connection> &connections = m_before.graph.connections();
        for (const int i : limited(m_before.graph.connectionsTo(node))) {
            const int from = m_matching.toAfter.at(connections.at(i).from);
            if (from < 0)
                continue;
            for (const int k : limited(m_after.graph.connectionsFrom(from)))
                take(m_after.graph.connections().at(k).to);
        }
        for (const int i : limited(m_before.graph.connectionsFrom(node))) {
            const int to = m_matching.toAfter.at(connections.at(i).to);
            if (to < 0)
                continue;
            for (const int k : limited(m_after.graph.connectionsTo(to)))
                take(m_after.graph.connections().at(k).from);
        }
        // What stands beside the same step in the file.
        for (const int offset : {-1, 1}) {
            const int beside = node + offset;
            if (beside < 0 || beside >= m_matching.toAfter.size() || m_matching.toAfter.at(beside) < 0)
                continue;
            const int other = m_matching.toAfter.at(beside) - offset;
            if (other > 0 && other < m_matching.toBefore.size())
                take(other);
        }
        return result;
    }

    static QList<int> limited(const QList<int> &connections) { return connections.mid(0, mostCandidates); }

    Side m_before;
    Side m_after;
    StepMatching m_matching;
    QHash<QString, QList<int>> m_idsBefore;
    QHash<QString, QList<int>> m_idsAfter;
};

} // namespace

StepMatching matchSteps(const WorkflowDefinition &before, const DefinitionGraph &graphBefore,
    const WorkflowDefinition &after, const DefinitionGraph &graphAfter)
{
    return Matcher({before, graphBefore}, {after, graphAfter}).run();
}

} // namespace automation
