#include "model/definition/definitiongraph.h"

#include "model/json/jsonreader.h"

#include <QFile>
#include <QtTest>

using namespace automation;

class TestDefinitionGraph : public QObject
{
    Q_OBJECT

private slots:
    void menuOfTheBuilder();
    void outcomesOfOneStep_data();
    void outcomesOfOneStep();
    void triggerLeadsToTheFirstStep();
    void containerHasChildren();
    void keysAreUnique();
    void danglingTargets();
    void connectionsByNode();
    void survivesAnyShape_data();
    void survivesAnyShape();
    void deepNestingEnds();
    void summaries_data();
    void summaries();
};

namespace {

WorkflowDefinition definitionOf(const QByteArray &steps)
{
    const auto json = readJson(R"({"trigger":"inbound_sms","definition":{"name":"n","steps":)" + steps + "}}");
    if (!json)
        return {};
    const auto definition = WorkflowDefinition::fromJson(*json);
    return definition ? *definition : WorkflowDefinition();
}

DefinitionGraph graphOf(const QByteArray &steps)
{
    return DefinitionGraph::build(definitionOf(steps), StepCatalog::builtIn());
}

// "key>target label|…": enough to compare a step's ways out.
QString described(const GraphNode &node)
{
    QStringList parts;
    for (const Outcome &outcome : node.outcomes) {
        parts
            += outcome.key() + u'>' + outcome.target + (outcome.label().isEmpty() ? QString() : u' ' + outcome.label());
    }
    return parts.join(u'|');
}

} // namespace

void TestDefinitionGraph::menuOfTheBuilder()
{
    QFile file(QStringLiteral(TEST_DATA_DIR "/definition/menu-export.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto definition = WorkflowDefinition::fromJson(*readJson(file.readAll()));
    QVERIFY(definition.isOk());
    const auto graph = DefinitionGraph::build(*definition, StepCatalog::builtIn());
    QCOMPARE(graph.stepCount(), 6);
    QCOMPARE(graph.connections().size(), 6);
    QVERIFY(graph.danglingOutcomes().isEmpty());
    const GraphNode &wait = graph.nodes().at(graph.indexOfId(u"wait_1"_qs));
    QCOMPARE(described(wait), u"when:pick>pick Replied|when:bye>bye No reply"_qs);
    QCOMPARE(wait.outcomes.at(0).templateKey(), u"replied"_qs);
    QCOMPARE(wait.outcomes.at(1).tone(), OutcomeTemplate::Tone::Negative);
    const GraphNode &pick = graph.nodes().at(graph.indexOfId(u"pick"_qs));
    QCOMPARE(described(pick), u"when:tea>tea 'Tea'|when:coffee>coffee 'Coffee'|open:otherwise> otherwise"_qs);
    QCOMPARE(described(graph.nodes().at(graph.indexOfId(u"bye"_qs))), u"next>"_qs);
    QCOMPARE(pick.pointer.toString(), u"/definition/steps/2"_qs);
}

void TestDefinitionGraph::outcomesOfOneStep_data()
{
    QTest::addColumn<QByteArray>("step");
    QTest::addColumn<QString>("outcomes");
    const auto row = [](const char *name, const char *step, const char *outcomes) {
        QTest::newRow(name) << QByteArray(step) << QString::fromUtf8(outcomes);
    };
    row("single, open", R"({"id":"a","stepType":"SMS"})", "next>");
    row("single, connected", R"({"id":"a","stepType":"SMS","nextStepId":"b"})", "next>b");
    row("single, empty next", R"({"id":"a","stepType":"SMS","nextStepId":"","selectNextStep":{}})", "next>");
    row("single with conditions",
        R"({"id":"a","stepType":"HttpRequest","selectNextStep":{"b":"{{step.responseCode == 200}}","c":null}})",
        "when:b>b 200|when:c>c otherwise");
    row("both successors", R"({"id":"a","stepType":"SMS","nextStepId":"b","selectNextStep":{"c":null}})",
        "next>b|when:c>c otherwise");
    row("wait without outcomes", R"({"id":"a","stepType":"WaitForReply"})",
        "open:replied> Replied|open:noReply> No reply");
    row("wait, one known", R"({"id":"a","stepType":"waitforreply","selectNextStep":{"b":"{{ step.reply==null }}"}})",
        "when:b>b No reply|open:replied> Replied");
    row("wait through a variable",
        R"({"id":"a","stepType":"WaitForReply","outputs":{"r":"{{ step.reply }}"},"selectNextStep":{"b":"{{data.r != null}}","c":"{{data['r'] === null}}"}})",
        "when:b>b Replied|when:c>c No reply");
    row("wait with another condition",
        R"({"id":"a","stepType":"WaitForReply","selectNextStep":{"b":"{{data.r != null}}"}})",
        "when:b>b data.r != null|open:replied> Replied|open:noReply> No reply");
    row("wait with a plain successor", R"({"id":"a","stepType":"WaitForReply","nextStepId":"b"})",
        "next>b|open:replied> Replied|open:noReply> No reply");
    row("keys pressed", R"({"id":"a","stepType":"WaitForDTMF","selectNextStep":{"b":"{{step.dtmfData != null}}"}})",
        "when:b>b Keys pressed|open:nothing> No keys");
    row("branch without conditions", R"({"id":"a","stepType":"Branch"})", "open:otherwise> otherwise");
    row("branch", R"({"id":"a","stepType":"branch","selectNextStep":{"b":"{{data.x == 'y'}}","c":null}})",
        "when:b>b 'y'|when:c>c otherwise");
    row("branch with next", R"({"id":"a","stepType":"Branch","nextStepId":"b"})", "next>b|open:otherwise> otherwise");
    row("empty container", R"({"id":"a","stepType":"If","do":[]})", "do:0> then|next>");
    row("unknown type", R"({"id":"a","stepType":"JumpTo","nextStepId":"b"})", "next>b");
    row("unknown type, open", R"({"id":"a","stepType":"JumpTo"})", "next>");
    row("double target", R"({"id":"a","stepType":"Branch","selectNextStep":{"b":"{{1}}","c":"{{2}}","b":null}})",
        "when:c>c 2|when:b>b otherwise");
    row("odd conditions", R"({"id":"a","stepType":"SMS","selectNextStep":{"b":true,"c":{"x":1},"d":""}})",
        "when:b>b true|when:c>c {\"x\":1}|when:d>d no condition");
    row("no object", R"("text")", "");
}

void TestDefinitionGraph::outcomesOfOneStep()
{
    QFETCH(QByteArray, step);
    QFETCH(QString, outcomes);
    const auto graph = graphOf('[' + step + ']');
    QCOMPARE(graph.nodes().size(), 2);
    QCOMPARE(described(graph.nodes().at(1)), outcomes);
}

void TestDefinitionGraph::triggerLeadsToTheFirstStep()
{
    const auto graph = graphOf(R"([{"id":"a","stepType":"SMS"},{"id":"b","stepType":"SMS"}])");
    const GraphNode &trigger = graph.nodes().first();
    QVERIFY(trigger.isTrigger);
    QCOMPARE(trigger.key, DefinitionGraph::triggerKey());
    QVERIFY(trigger.type && trigger.type->isTrigger);
    QCOMPARE(described(trigger), u"next>a"_qs);
    QCOMPARE(graph.connections(), (QList<Connection> {{0, 0, 1}}));
    const auto empty = graphOf("[]");
    QCOMPARE(empty.nodes().size(), 1);
    QVERIFY(empty.nodes().first().outcomes.first().isOpen());
    QVERIFY(empty.connections().isEmpty());
    // A first step without an id is still the entry.
    QCOMPARE(graphOf("[{}]").connections(), (QList<Connection> {{0, 0, 1}}));
}

void TestDefinitionGraph::containerHasChildren()
{
    const auto graph = graphOf(R"([{"id":"if","stepType":"If","nextStepId":"end","do":[
        [{"id":"a","stepType":"SMS","nextStepId":"b"},{"id":"b","stepType":"SMS"}], [], [{"id":"c","stepType":"SMS"}]]},
        {"id":"end","stepType":"SMS"}])");
    QCOMPARE(graph.stepCount(), 5);
    const GraphNode &container = graph.nodes().at(1);
    QCOMPARE(described(container), u"do:0>a then|do:2>c then|next>end"_qs);
    QCOMPARE(container.children, (QList<int> {2, 3, 4}));
    QCOMPARE(graph.nodes().at(4).parent, 1);
    QCOMPARE(graph.nodes().at(4).sequence, 2);
    QCOMPARE(graph.nodes().at(4).pointer.toString(), u"/definition/steps/0/do/2/0"_qs);
    QCOMPARE(graph.connections(), (QList<Connection> {{0, 0, 1}, {1, 0, 2}, {1, 1, 4}, {1, 2, 5}, {2, 0, 3}}));
}

void TestDefinitionGraph::keysAreUnique()
{
    const auto graph
        = graphOf("[{\"id\":\"a\\u001f2\"},{\"id\":\"a\"},{\"id\":\"a\"},{},{\"id\":7},{\"id\":\"\\u001ftrigger\"}]");
    QSet<QString> keys;
    for (const GraphNode &node : graph.nodes())
        keys += node.key;
    QCOMPARE(keys.size(), 7);
    QCOMPARE(graph.indexOfId(u"a"_qs), 2);
    QCOMPARE(graph.nodes().at(2).key, u"a"_qs);
    for (int i = 0; i < graph.nodes().size(); ++i)
        QCOMPARE(graph.indexOfKey(graph.nodes().at(i).key), i);
    QCOMPARE(graph.indexOfId(QString()), -1);
}

void TestDefinitionGraph::danglingTargets()
{
    const auto graph = graphOf(R"([{"id":"a","stepType":"Branch","selectNextStep":{"x":"{{1}}","a":null}}])");
    QCOMPARE(graph.danglingOutcomes(), (QList<std::pair<int, int>> {{1, 0}}));
    QCOMPARE(graph.connections(), (QList<Connection> {{0, 0, 1}, {1, 1, 1}}));
}

void TestDefinitionGraph::connectionsByNode()
{
    const auto graph = graphOf(R"([{"id":"a","stepType":"Branch","selectNextStep":{"c":"{{1}}","b":null}},
        {"id":"b","stepType":"SMS","nextStepId":"c"},{"id":"c","stepType":"SMS","nextStepId":"a"}])");
    QCOMPARE(graph.connectionsFrom(1), (QList<int> {1, 2}));
    QCOMPARE(graph.connectionsTo(3), (QList<int> {1, 3}));
    QCOMPARE(graph.connectionsTo(1), (QList<int> {0, 4}));
    QVERIFY(graph.connectionsTo(0).isEmpty());
    QVERIFY(graph.connectionsTo(99).isEmpty());
    QVERIFY(graph.connectionsFrom(-1).isEmpty());
    QVERIFY(DefinitionGraph().connectionsFrom(0).isEmpty());
}

void TestDefinitionGraph::survivesAnyShape_data()
{
    QTest::addColumn<QByteArray>("steps");
    QTest::addColumn<int>("count");
    QTest::newRow("no objects") << QByteArray(R"([null,1,"x",[],true])") << 5;
    QTest::newRow("empty objects") << QByteArray("[{},{}]") << 2;
    QTest::newRow("fields of wrong kinds") << QByteArray(
        R"([{"id":{},"stepType":[],"inputs":3,"outputs":[],"selectNextStep":[1,2],"nextStepId":9,"do":"x"}])")
                                           << 1;
    QTest::newRow("do with objects") << QByteArray(R"([{"id":"a","stepType":"If","do":[{"id":"b"},7,null,[4]]}])") << 3;
    QTest::newRow("do on another type") << QByteArray(R"([{"id":"a","stepType":"SMS","do":[[{"id":"b"}]]}])") << 2;
    QTest::newRow("empty target") << QByteArray(R"([{"id":"a","stepType":"SMS","selectNextStep":{"":null}}])") << 1;
}

void TestDefinitionGraph::survivesAnyShape()
{
    QFETCH(QByteArray, steps);
    QFETCH(int, count);
    const WorkflowDefinition definition = definitionOf(steps);
    const auto graph = DefinitionGraph::build(definition, StepCatalog::builtIn());
    QCOMPARE(graph.stepCount(), count);
    for (const GraphNode &node : graph.nodes()) {
        summarise(node, definition);
        QVERIFY(node.pointer.resolve(definition.root()));
    }
    for (const Connection &connection : graph.connections())
        QVERIFY(connection.to > 0 && connection.to < graph.nodes().size());
}

void TestDefinitionGraph::deepNestingEnds()
{
    JsonValue step = JsonValue::object({{u"id"_qs, u"inner"_qs}, {u"stepType"_qs, u"If"_qs}});
    for (int i = 0; i < 1000; ++i) {
        step = JsonValue::object({{u"id"_qs, QString::number(i)}, {u"stepType"_qs, u"If"_qs},
            {u"do"_qs, JsonValue::array({JsonValue::array({step})})}});
    }
    const auto definition = WorkflowDefinition::fromJson(
        JsonValue::object({{u"definition"_qs, JsonValue::object({{u"steps"_qs, JsonValue::array({step})}})}}));
    QVERIFY(definition.isOk());
    const auto graph = DefinitionGraph::build(*definition, StepCatalog::builtIn());
    QCOMPARE(graph.stepCount(), DefinitionGraph::maxDepth + 1);
}

void TestDefinitionGraph::summaries_data()
{
    QTest::addColumn<QByteArray>("step");
    QTest::addColumn<QString>("summary");
    const auto row = [](const char *name, const char *step, const char *summary) {
        QTest::newRow(name) << QByteArray(step) << QString::fromUtf8(summary);
    };
    row("expression", R"({"stepType":"SMS","inputs":{"destination":"{{ data.payload.source }}"}})",
        "To `data.payload.source`");
    row("value", R"({"stepType":"SMS","inputs":{"destination":"+65 1"}})", "To *+65 1*");
    row("nothing", R"({"stepType":"SMS"})", "");
    row("text of a message",
        "{\"stepType\":\"ChatAppsMessage\",\"inputs\":{\"content\":{\"text\":\"Hi\\r\\n {{data.name}}!\"}}}",
        "Hi `data.name`!");
    row("template",
        R"({"stepType":"ChatAppsMessage","inputs":{"user":{"msisdn":"{{data.a}}"},"content":{"template":{}}}})",
        "To `data.a`");
    row("duration", R"({"stepType":"Wait","inputs":{"duration":"1.06:00:00"}})", "For *1 day 6 hours*");
    row("odd duration", R"({"stepType":"Wait","inputs":{"duration":"soon"}})", "For *soon*");
    row("default", R"({"stepType":"WaitForReply"})", "Up to *1 day*");
    row("request", R"({"stepType":"HttpRequest","inputs":{"method":"POST","url":"https://a.example/{{data.id}}"}})",
        "POST https://a.example/`data.id`");
    row("branch",
        R"({"stepType":"Branch","selectNextStep":{"b":"{{data.x == 'y'}}","c":"{{stringContains(data.x,'z')}}","d":null}})",
        "on `data.x`");
    row("branch on two things",
        R"({"stepType":"Branch","selectNextStep":{"b":"{{data.x == 'y'}}","c":"{{data.z == 'y'}}"}})", "");
    row("condition", R"({"stepType":"If","inputs":{"condition":"{{data.a > 3}}"}})", "When `data.a > 3`");
    row("unknown type", R"({"stepType":"Magic","inputs":{"a":"b"}})", "");
}

void TestDefinitionGraph::summaries()
{
    QFETCH(QByteArray, step);
    QFETCH(QString, summary);
    const WorkflowDefinition definition = definitionOf('[' + step + ']');
    const auto graph = DefinitionGraph::build(definition, StepCatalog::builtIn());
    QString text;
    for (const SummaryPiece &piece : summarise(graph.nodes().at(1), definition)) {
        const QString mark = piece.style == SummaryPiece::Style::Value ? u"*"_qs
            : piece.style == SummaryPiece::Style::Expression           ? u"`"_qs
                                                                       : QString();
        text += mark + piece.text + mark;
    }
    QCOMPARE(text, summary);
    QCOMPARE(hasSummary(graph.nodes().at(1), definition), !summary.isEmpty());
}

QTEST_GUILESS_MAIN(TestDefinitionGraph)
#include "tst_definitiongraph.moc"
