#include "model/validation/dataflow.h"

#include "model/json/jsonwriter.h"
#include "tests/tools/caserunner.h"

#include <QElapsedTimer>
#include <QtTest>
#include <set>

using namespace automation;
using namespace Qt::Literals::StringLiterals;
using State = DataFlow::State;
using When = DataRead::When;

class TestDataFlow : public QObject
{
    Q_OBJECT

private slots:
    void branchesMeet();
    void stepsInsideAnIf();
    void ownOutputsCountWhenLeaving();
    void unreachedStepsHaveNothing();
    void availableNamesWritersInOrder();
    void agreesWithWalkingAllPaths();
    void longChainsAndManyVariablesAreQuick();
};

namespace {

struct Case
{
    WorkflowDefinition definition;
    DefinitionGraph graph;
    std::vector<DataWrite> writes;

    int node(const QString &id) const { return graph.indexOfId(id); }
};

// Outputs are named v0, v1, …
void addWrites(Case *made)
{
    for (int i = 1; i < made->graph.nodes().size(); ++i) {
        const JsonValue *step = made->graph.nodes().at(i).pointer.resolve(made->definition.root());
        const JsonValue &outputs = StepView(*step).outputs();
        for (qsizetype k = 0; k < outputs.size(); ++k)
            made->writes.push_back({i, outputs.keyAt(k).mid(1).toInt()});
    }
}

Case caseOf(const JsonValue &steps)
{
    Case made;
    made.definition = WorkflowDefinition::fromJson(
        JsonValue::object({{u"trigger"_s, u"inbound_sms"_s},
            {u"definition"_s, JsonValue::object({{u"name"_s, u"n"_s}, {u"steps"_s, steps}})}}))
                          .value();
    made.graph = DefinitionGraph::build(made.definition, StepCatalog::builtIn());
    addWrites(&made);
    return made;
}

JsonValue step(const QString &id, const QString &next, const QList<int> &outputs = {})
{
    JsonValue json = JsonValue::object({{u"id"_s, id}, {u"stepType"_s, u"Wait"_s}});
    for (const int output : outputs) {
        JsonValue map = json.value(u"outputs");
        map.set(u"v%1"_s.arg(output), u"x"_s);
        json.set(u"outputs"_s, map);
    }
    if (!next.isEmpty())
        json.set(u"nextStepId"_s, next);
    return json;
}

JsonValue branch(const QString &id, const QStringList &conditions, const QString &otherwise)
{
    JsonValue select = JsonValue::object();
    for (const QString &target : conditions)
        select.set(target, u"{{data.x}}"_s);
    if (!otherwise.isEmpty())
        select.set(otherwise, nullptr);
    return JsonValue::object({{u"id"_s, id}, {u"stepType"_s, u"Branch"_s}, {u"selectNextStep"_s, select}});
}

JsonValue container(
    const QString &id, const QString &next, const QList<JsonValue> &sequences, const QList<int> &outputs = {})
{
    JsonValue json = step(id, next, outputs);
    json.set(u"stepType"_s, u"If"_s);
    JsonValue list = JsonValue::array();
    for (const JsonValue &sequence : sequences)
        list.append(sequence);
    json.set(u"do"_s, list);
    return json;
}

// What the engine may do, one state after the other: a step that begins, with the Ifs around it, innermost first, and
// whether the variable is written. The stack is cut at a depth that small cases reach only by going in circles.
class Walk
{
public:
    Walk(const Case &walked, int variable)
        : m_case(walked)
        , m_variable(variable)
    {
        begin(1, {}, false);
        while (!m_open.empty()) {
            const Place place = m_open.back();
            m_open.pop_back();
            go(place);
        }
    }
    State at(const DataRead &read) const
    {
        const auto &seen = read.when == When::Running ? m_running : m_leaving;
        const bool isWritten = seen.count({read.node, true}) > 0;
        const bool isUnwritten = seen.count({read.node, false}) > 0;
        return !isWritten ? State::Never : isUnwritten ? State::Sometimes : State::Always;
    }

private:
    struct Place
    {
        int node;
        bool isBehind; // an If whose steps have ended
        std::vector<int> scope;
        bool isWritten;
        auto operator<=>(const Place &) const = default;
    };
    const GraphNode &node(int index) const { return m_case.graph.nodes().at(index); }

    void add(const Place &place)
    {
        if (place.scope.size() <= 4 && m_seen.insert(place).second)
            m_open.push_back(place);
    }
    void begin(int index, const std::vector<int> &scope, bool isWritten)
    {
        if (index > 0 && index < m_case.graph.nodes().size())
            add({index, false, scope, isWritten});
    }
    void go(const Place &place)
    {
        if (!place.isBehind) {
            m_running.insert({place.node, place.isWritten});
            std::vector<int> inner = place.scope;
            inner.insert(inner.begin(), place.node);
            int sequence = -1;
            for (const int child : node(place.node).children) {
                if (node(child).sequence != sequence)
                    begin(child, inner, place.isWritten);
                sequence = node(child).sequence;
            }
        }
        leave(place);
    }
    void leave(const Place &place)
    {
        bool isWritten = place.isWritten;
        for (const DataWrite &write : m_case.writes)
            isWritten = isWritten || (write.node == place.node && write.variable == m_variable);
        m_leaving.insert({place.node, isWritten});
        bool ends = true;
        for (const Outcome &outcome : node(place.node).outcomes) {
            if (outcome.kind == Outcome::Kind::Child || outcome.isOpen() || m_case.node(outcome.target) < 0)
                continue;
            begin(m_case.node(outcome.target), place.scope, isWritten);
            ends = ends && outcome.kind == Outcome::Kind::Condition;
        }
        if (ends && !place.scope.empty()) {
            add({place.scope.front(), true, std::vector<int>(place.scope.begin() + 1, place.scope.end()), isWritten});
        }
    }

    const Case &m_case;
    const int m_variable;
    std::set<Place> m_seen;
    std::vector<Place> m_open;
    std::set<std::pair<int, bool>> m_running;
    std::set<std::pair<int, bool>> m_leaving;
};

// Random steps, some of them inside Ifs, that lead anywhere.
class Maker
{
public:
    Maker(Random &random, bool crosses)
        : m_random(random)
        , m_crosses(crosses)
        , m_left(random.between(2, 9))
    {
    }
    JsonValue steps(int depth = 0)
    {
        const int count = qMin(m_left, depth == 0 ? m_left : m_random.between(1, 3));
        m_left -= count;
        const int first = m_count;
        m_count += count;
        JsonValue list = JsonValue::array();
        for (int i = 0; i < count; ++i)
            list.append(make(first + i, first, count, depth));
        return list;
    }

private:
    QString target(int first, int count)
    {
        const int index = m_crosses && m_random.chance(30) ? m_random.below(10) : first + m_random.below(count);
        return u"s%1"_s.arg(index);
    }
    JsonValue make(int index, int first, int count, int depth)
    {
        const QString id = u"s%1"_s.arg(index);
        QList<int> outputs;
        for (int i = 0; i < 3; ++i) {
            if (m_random.chance(20))
                outputs += i;
        }
        if (m_random.chance(30)) {
            QStringList conditions;
            for (int i = m_random.below(3); i > 0; --i)
                conditions += target(first, count);
            JsonValue made = branch(id, conditions, m_random.chance(50) ? target(first, count) : QString());
            if (!outputs.isEmpty())
                made.set(u"outputs"_s, step(id, {}, outputs).value(u"outputs"));
            return made;
        }
        const QString next = m_random.chance(70) ? target(first, count) : QString();
        if (depth < 3 && m_left > 0 && m_random.chance(40)) {
            QList<JsonValue> sequences;
            for (int i = m_random.between(1, 2); i > 0 && m_left > 0; --i)
                sequences += steps(depth + 1);
            return container(id, next, sequences, outputs);
        }
        return step(id, next, outputs);
    }

    Random &m_random;
    const bool m_crosses;
    int m_left;
    int m_count = 0;
};

QString words(State state)
{
    return state == State::Never ? u"never"_s : state == State::Always ? u"always"_s : u"sometimes"_s;
}

} // namespace

void TestDataFlow::branchesMeet()
{
    const Case made = caseOf(JsonValue::array({branch(u"b"_s, {u"l"_s}, u"r"_s), step(u"l"_s, u"end"_s, {0, 1}),
        step(u"r"_s, u"end"_s, {0}), step(u"end"_s, {})}));
    const DataFlow flow(made.graph, made.writes, 3);
    const int end = made.node(u"end"_s);
    QCOMPARE(flow.state({end, 0}), State::Always); // by one or the other
    QCOMPARE(flow.state({end, 1}), State::Sometimes);
    QCOMPARE(flow.state({end, 2}), State::Never);
    QCOMPARE(flow.state({made.node(u"r"_s), 1}), State::Never);
}

void TestDataFlow::stepsInsideAnIf()
{
    const Case made = caseOf(JsonValue::array({container(u"if"_s, u"after"_s,
                                                   {JsonValue::array({step(u"a"_s, u"b"_s, {0}), step(u"b"_s, {})}),
                                                       JsonValue::array({step(u"c"_s, {}, {1})})},
                                                   {2}),
        step(u"after"_s, {})}));
    const DataFlow flow(made.graph, made.writes, 3);
    QCOMPARE(flow.state({made.node(u"b"_s), 0}), State::Always);
    QCOMPARE(flow.state({made.node(u"b"_s), 1}), State::Never); // the other sequence runs beside it
    QCOMPARE(flow.state({made.node(u"b"_s), 2}), State::Never); // the If's own outputs come last
    QCOMPARE(flow.state({made.node(u"after"_s), 0}), State::Sometimes); // the condition may be false
    QCOMPARE(flow.state({made.node(u"after"_s), 1}), State::Sometimes);
    QCOMPARE(flow.state({made.node(u"after"_s), 2}), State::Always);
}

void TestDataFlow::ownOutputsCountWhenLeaving()
{
    const Case made = caseOf(JsonValue::array({step(u"a"_s, u"a"_s, {0})}));
    const DataFlow flow(made.graph, made.writes, 1);
    QCOMPARE(flow.state({1, 0, When::Running}), State::Sometimes); // the second time round
    QCOMPARE(flow.state({1, 0, When::Leaving}), State::Always);
}

void TestDataFlow::unreachedStepsHaveNothing()
{
    const Case made = caseOf(JsonValue::array({step(u"a"_s, {}, {0}), step(u"b"_s, u"c"_s, {0}), step(u"c"_s, {})}));
    const DataFlow flow(made.graph, made.writes, 1);
    QVERIFY(flow.isReached(1));
    QVERIFY(!flow.isReached(made.node(u"c"_s)));
    QCOMPARE(flow.state({made.node(u"c"_s), 0}), State::Never);
    QVERIFY(flow.availableAt(made.node(u"c"_s), When::Leaving).empty());
}

void TestDataFlow::availableNamesWritersInOrder()
{
    const Case made
        = caseOf(JsonValue::array({branch(u"b"_s, {u"l"_s, u"end"_s}, u"r"_s), step(u"l"_s, u"end"_s, {0, 1}),
            step(u"r"_s, u"end"_s, {0}), step(u"end"_s, u"late"_s), step(u"late"_s, {}, {0})}));
    const DataFlow flow(made.graph, made.writes, 3);
    const auto found = flow.availableAt(made.node(u"end"_s), When::Running);
    QCOMPARE(found.size(), size_t(2));
    QCOMPARE(found[0].variable, 0);
    QCOMPARE(found[0].writers, (std::vector<int> {made.node(u"l"_s), made.node(u"r"_s)}));
    QVERIFY(!found[0].onAllPaths);
    QCOMPARE(found[1].writers, std::vector<int> {made.node(u"l"_s)});
    QVERIFY(flow.availableAt(made.node(u"late"_s), When::Leaving)[0].onAllPaths);
}

// Jumps into and out of an If make ways in the analysis that no run takes; they may only add "sometimes".
void TestDataFlow::agreesWithWalkingAllPaths()
{
    qint64 asked = 0;
    const QString failure
        = runCases("data flow as by walking all paths", 3000, [&](Random &random) -> std::optional<QString> {
              const bool crosses = random.chance(50);
              const Case made = caseOf(Maker(random, crosses).steps());
              const DataFlow flow(made.graph, made.writes, 3);
              std::vector<DataRead> reads;
              for (int node = 1; node < made.graph.nodes().size(); ++node) {
                  for (int variable = 0; variable < 3; ++variable) {
                      reads.push_back({node, variable, When::Running});
                      reads.push_back({node, variable, When::Leaving});
                  }
              }
              const std::vector<State> found = flow.states(reads);
              const Walk walks[] {Walk(made, 0), Walk(made, 1), Walk(made, 2)};
              for (size_t i = 0; i < reads.size(); ++i) {
                  ++asked;
                  const State expected = walks[reads[i].variable].at(reads[i]);
                  const auto available = flow.availableAt(reads[i].node, reads[i].when);
                  const auto entry = std::find_if(available.begin(), available.end(),
                      [&](const DataFlow::Available &a) { return a.variable == reads[i].variable; });
                  const State listed = entry == available.end() ? State::Never
                      : entry->onAllPaths                       ? State::Always
                                                                : State::Sometimes;
                  const bool isRight
                      = found[i] == expected || (crosses && expected == State::Never && found[i] == State::Sometimes);
                  if (!isRight || listed != found[i]) {
                      return u"v%1 at %2 (%3): %4, listed %5, walked %6\n%7"_s.arg(reads[i].variable)
                          .arg(made.graph.nodes().at(reads[i].node).id)
                          .arg(int(reads[i].when))
                          .arg(words(found[i]), words(listed), words(expected),
                              QString::fromUtf8(writeJson(made.definition.root())));
                  }
              }
              return std::nullopt;
          });
    QVERIFY2(failure.isEmpty(), qPrintable(failure));
    QVERIFY(asked > 0);
}

void TestDataFlow::longChainsAndManyVariablesAreQuick()
{
    // A chain in which every step writes a variable of its own on a way beside the chain.
    constexpr int count = 50000;
    JsonValue steps = JsonValue::array();
    for (int i = 0; i < count; i += 2) {
        steps.append(branch(u"s%1"_s.arg(i), {u"s%1"_s.arg(i + 1)}, u"s%1"_s.arg(i + 2)));
        steps.append(step(u"s%1"_s.arg(i + 1), u"s%1"_s.arg(i + 2), {i / 2 % 1000}));
    }
    steps.append(step(u"s%1"_s.arg(count), u"s0"_s));
    const Case made = caseOf(steps);
    std::vector<DataRead> reads;
    for (int i = 0; i < 1000; ++i)
        reads.push_back({made.node(u"s%1"_s.arg(count)), i});
    QElapsedTimer timer;
    timer.start();
    const DataFlow flow(made.graph, made.writes, 1000);
    const auto made_ms = timer.elapsed();
    for (const State state : flow.states(reads))
        QCOMPARE(state, State::Sometimes);
    qInfo("50,000 steps: %lld ms to make, %lld ms for 1,000 variables", static_cast<long long>(made_ms),
        static_cast<long long>(timer.elapsed() - made_ms));
    QVERIFY(timer.elapsed() < 5000);
}

QTEST_GUILESS_MAIN(TestDataFlow)
#include "tst_dataflow.moc"
