#include "model/validation/availabledata.h"
#include "model/validation/validator.h"

#include <QRandomGenerator>
#include <QTest>

using namespace automation;
using namespace Qt::StringLiterals;
using When = DataRead::When;

class TestAvailableData : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void triggerBringsItsMessage();
    void postedDataAreExamples();
    void nothingForTheTriggerItself();
    void writtenVariables();
    void namesThatNeedBrackets();
    void overwrittenTriggerData();
    void agreesWithTheChecks();
};

namespace {

struct Subject
{
    WorkflowDefinition definition;
    DefinitionGraph graph;
    int node(const QString &id) const { return graph.indexOfId(id); }
    QList<AvailableData> at(const QString &id, When when = When::Running) const
    {
        return availableData(definition, graph, node(id), when);
    }
};

Subject subjectOf(const QString &trigger, const JsonValue &steps)
{
    const JsonValue root = JsonValue::object(
        {{u"trigger"_s, trigger}, {u"definition"_s, JsonValue::object({{u"name"_s, u"x"_s}, {u"steps"_s, steps}})}});
    Subject subject {WorkflowDefinition::fromJson(root).value(), {}};
    subject.graph = DefinitionGraph::build(subject.definition, StepCatalog::builtIn());
    return subject;
}

JsonValue step(const QString &id, const QString &type, const JsonValue &inputs, const JsonValue &outputs,
    const JsonValue &next = JsonValue())
{
    return JsonValue::object({{u"id"_s, id}, {u"stepType"_s, type}, {u"inputs"_s, inputs}, {u"outputs"_s, outputs},
        {u"nextStepId"_s, next}});
}

const AvailableData *find(const QList<AvailableData> &data, const QString &path)
{
    for (const AvailableData &entry : data) {
        if (entry.path == path)
            return &entry;
    }
    return nullptr;
}

} // namespace

void TestAvailableData::triggerBringsItsMessage()
{
    const Subject subject = subjectOf(
        u"inbound_sms"_s, JsonValue::array({step(u"a"_s, u"Wait"_s, JsonValue::object(), JsonValue::object())}));
    const QList<AvailableData> data = subject.at(u"a"_s);
    const AvailableData *body = find(data, u"data.payload.body"_s);
    QVERIFY(body);
    QVERIFY(body->isOfTrigger);
    QVERIFY(body->isCertain);
    QCOMPARE(body->type, u"text"_s);
    QCOMPARE(body->name, u"payload"_s);
    QVERIFY(body->sample.isString());
    QVERIFY(body->source.contains(u"SMS"));
    QVERIFY(find(data, u"data.accountId"_s)->isCertain);
    QCOMPARE(find(data, u"data.payload"_s)->type, u"object"_s);
    QCOMPARE(find(data, u"data.payload.smsCount"_s)->type, u"number"_s);
    // Only the newer of the two webhooks says its version.
    QVERIFY(!find(data, u"data.version"_s)->isCertain);
    QVERIFY(!find(data, u"data.payload.user"_s));
    QStringList paths;
    for (const AvailableData &entry : data)
        paths += entry.path;
    QCOMPARE(paths.removeDuplicates(), 0);
}

void TestAvailableData::postedDataAreExamples()
{
    const Subject subject = subjectOf(
        u"http_request"_s, JsonValue::array({step(u"a"_s, u"Wait"_s, JsonValue::object(), JsonValue::object())}));
    const QList<AvailableData> data = subject.at(u"a"_s);
    QVERIFY(find(data, u"data.triggeredAt"_s));
    QVERIFY(std::any_of(data.begin(), data.end(), [](const AvailableData &entry) { return !entry.source.isEmpty(); }));
}

void TestAvailableData::nothingForTheTriggerItself()
{
    const Subject subject = subjectOf(u"inbound_sms"_s, JsonValue::array());
    QVERIFY(availableData(subject.definition, subject.graph, 0, When::Running).isEmpty());
    QVERIFY(availableData(subject.definition, subject.graph, -1, When::Running).isEmpty());
    QVERIFY(availableData(subject.definition, subject.graph, 7, When::Running).isEmpty());
}

void TestAvailableData::writtenVariables()
{
    const JsonValue inputs = JsonValue::object();
    const JsonValue branch = JsonValue::object({{u"id"_s, u"b"_s}, {u"stepType"_s, u"Branch"_s}, {u"inputs"_s, inputs},
        {u"selectNextStep"_s,
            JsonValue::object({{u"http"_s, u"{{data.payload.body == '1'}}"_s}, {u"end"_s, JsonValue()}})}});
    const Subject subject = subjectOf(u"inbound_sms"_s,
        JsonValue::array({step(u"first"_s, u"SMS"_s, inputs,
                              JsonValue::object({{u"umid"_s, u"{{ step.umid }}"_s}, {u"fixed"_s, JsonValue(3)},
                                  {u"line"_s, u"To {{data.payload.source}}"_s}}),
                              u"b"_s),
            branch,
            step(u"http"_s, u"HttpRequest"_s, inputs, JsonValue::object({{u"answer"_s, u"{{step.responseBody.a}}"_s}}),
                u"end"_s),
            step(u"end"_s, u"Wait"_s, inputs, JsonValue::object({{u"late"_s, u"x"_s}}))}));
    QVERIFY(!find(subject.at(u"first"_s), u"data.umid"_s));
    QVERIFY(find(subject.at(u"first"_s, When::Leaving), u"data.umid"_s));
    const QList<AvailableData> data = subject.at(u"end"_s);
    QCOMPARE(find(data, u"data.umid"_s)->type, u"text"_s);
    QCOMPARE(find(data, u"data.fixed"_s)->type, u"number"_s);
    QCOMPARE(find(data, u"data.line"_s)->type, u"text"_s);
    QVERIFY(find(data, u"data.umid"_s)->isCertain);
    const AvailableData *answer = find(data, u"data.answer"_s);
    QVERIFY(answer);
    QVERIFY(!answer->isCertain);
    QCOMPARE(answer->type, u"any"_s);
    QCOMPARE(answer->writers, QStringList {u"http"_s});
    QVERIFY(!answer->isOfTrigger);
    QVERIFY(!find(data, u"data.late"_s));
}

void TestAvailableData::namesThatNeedBrackets()
{
    const Subject subject = subjectOf(u"inbound_sms"_s,
        JsonValue::array({step(u"a"_s, u"Wait"_s, JsonValue::object(),
                              JsonValue::object({{u"grand total"_s, JsonValue(1)}, {u"it's"_s, JsonValue(2)},
                                  {u"2nd"_s, JsonValue(3)}}),
                              u"b"_s),
            step(u"b"_s, u"Wait"_s, JsonValue::object(), JsonValue::object())}));
    const QList<AvailableData> data = subject.at(u"b"_s);
    QVERIFY(find(data, u"data['grand total']"_s));
    QVERIFY(find(data, u"data['it\\'s']"_s));
    QVERIFY(find(data, u"data['2nd']"_s));
}

void TestAvailableData::overwrittenTriggerData()
{
    const Subject subject = subjectOf(u"inbound_sms"_s,
        JsonValue::array(
            {step(u"a"_s, u"Wait"_s, JsonValue::object(), JsonValue::object({{u"payload"_s, u"gone"_s}}), u"b"_s),
                step(u"b"_s, u"Wait"_s, JsonValue::object(), JsonValue::object())}));
    const QList<AvailableData> data = subject.at(u"b"_s);
    QCOMPARE(find(data, u"data.payload"_s)->writers, QStringList {u"a"_s});
    QVERIFY(find(data, u"data.payload"_s)->isOfTrigger);
}

// For each step and variable of random workflows: what is offered is what the checks would let pass.
void TestAvailableData::agreesWithTheChecks()
{
    const quint32 seed = QRandomGenerator::global()->generate();
    qInfo("seed %u", seed);
    QRandomGenerator random(seed);
    constexpr int variables = 3;
    int offered = 0;
    int uncertain = 0;
    for (int round = 0; round < 60; ++round) {
        const int count = 2 + random.bounded(7);
        JsonValue steps = JsonValue::array();
        for (int i = 0; i < count; ++i) {
            JsonValue outputs = JsonValue::object();
            for (int v = 0; v < variables; ++v) {
                if (random.bounded(3) == 0)
                    outputs.set(u"v%1"_s.arg(v), JsonValue(v));
            }
            JsonValue made
                = step(u"s%1"_s.arg(i), u"Wait"_s, JsonValue::object({{u"duration"_s, u"0.00:05:00"_s}}), outputs);
            if (random.bounded(3) == 0) {
                made.remove(u"nextStepId");
                JsonValue ways = JsonValue::object();
                ways.set(u"s%1"_s.arg(random.bounded(count)), u"{{data.payload.body == '1'}}"_s);
                ways.set(u"s%1"_s.arg(random.bounded(count)), JsonValue());
                made.set(u"selectNextStep"_s, ways);
            } else if (random.bounded(5) > 0) {
                made.set(u"nextStepId"_s, u"s%1"_s.arg(random.bounded(count)));
            }
            steps.append(made);
        }
        const Subject subject = subjectOf(u"inbound_sms"_s, steps);
        for (int i = 0; i < count; ++i) {
            const QString id = u"s%1"_s.arg(i);
            for (int v = 0; v < variables; ++v) {
                const QString path = u"data.v%1"_s.arg(v);
                JsonValue probe = steps;
                JsonValue inputs = probe.at(i).value(u"inputs");
                inputs.set(u"duration"_s, u"{{%1}}"_s.arg(path));
                probe.mutableAt(i)->set(u"inputs"_s, inputs);
                const Subject probed = subjectOf(u"inbound_sms"_s, probe);
                QString rule;
                for (const Problem &problem : validate(probed.definition, probed.graph, StepCatalog::builtIn())) {
                    if (problem.stepId == id && problem.rule.startsWith(QLatin1StringView("data-")))
                        rule = problem.rule;
                }
                const QList<AvailableData> data = subject.at(id);
                const AvailableData *entry = find(data, path);
                if (!DataFlow(subject.graph, {}, 1).isReached(subject.node(id))) {
                    QVERIFY(!entry);
                    continue;
                }
                const QString expected = !entry ? u"data-undefined"_s
                    : entry->isCertain          ? QString()
                                                : u"data-maybe-undefined"_s;
                QVERIFY2(rule == expected, qPrintable(u"round %1, %2 at %3: %4"_s.arg(round).arg(path, id, rule)));
                offered += entry != nullptr;
                uncertain += entry && !entry->isCertain;
            }
        }
    }
    QVERIFY(offered > 100);
    QVERIFY(uncertain > 20);
}

QTEST_APPLESS_MAIN(TestAvailableData)
#include "tst_availabledata.moc"
