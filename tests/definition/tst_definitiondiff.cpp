#include "model/definition/definitiondiff.h"
#include "model/json/jsonreader.h"
#include "model/json/jsonwriter.h"
#include "random.h"

#include <QElapsedTimer>
#include <QtTest>

using namespace automation;

namespace {

using Kind = ConnectionDifference::Kind;

WorkflowDefinition definitionOf(const QByteArray &steps, const QByteArray &rootMembers = "\"trigger\":\"inbound_sms\"")
{
    const Result<JsonValue> list = readJson('[' + steps + ']');
    const Result<JsonValue> members = readJson('{' + rootMembers + '}');
    if (!list || !members)
        qFatal("%s", steps.constData());
    JsonValue root = *members;
    root.set(u"definition"_qs, JsonValue::object({{u"name"_qs, u"N"_qs}, {u"steps"_qs, *list}}));
    return WorkflowDefinition::fromJson(root).value();
}

QByteArray sms(const char *id, const char *text, const char *next = nullptr)
{
    JsonValue step = JsonValue::object({{u"id"_qs, QString::fromLatin1(id)}, {u"stepType"_qs, u"SMS"_qs},
        {u"inputs"_qs, JsonValue::object({{u"text"_qs, QString::fromLatin1(text)}})}});
    if (next)
        step.set(u"nextStepId"_qs, QString::fromLatin1(next));
    return writeJson(step, JsonStyle::compact());
}

// What a difference says, a word a fact, for comparing: "+a -b a>b moved:c c/inputs/text next:a>b…".
QString told(const DefinitionDiff &difference)
{
    QStringList words;
    for (const FieldChange &field : difference.fields)
        words += field.pointer.toString();
    for (const StepDifference &step : difference.steps) {
        if (step.isAdded())
            words += u'+' + step.idAfter;
        else if (step.isRemoved())
            words += u'-' + step.idBefore;
        if (step.isRenamed())
            words += step.idBefore + u'>' + step.idAfter;
        if (step.isRetyped())
            words += step.idAfter + u':' + step.typeBefore + u'>' + step.typeAfter;
        if (step.moved)
            words += u"moved:"_qs + step.idAfter;
        if (step.outcomesReordered)
            words += u"reordered:"_qs + step.idAfter;
        for (const FieldChange &field : step.fields)
            words += step.idAfter + field.pointer.toString();
    }
    for (const ConnectionDifference &connection : difference.connections) {
        const QString sign = connection.kind == Kind::Added ? u"+"_qs
            : connection.kind == Kind::Removed              ? u"-"_qs
            : connection.kind == Kind::Retargeted           ? u"~"_qs
                                                            : u"?"_qs;
        words += sign + connection.from + u'.' + connection.outcome + u'=' + connection.targetBefore + u'>'
            + connection.targetAfter;
    }
    return words.join(u' ');
}

} // namespace

class TestDefinitionDiff : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tells_data();
    void tells();
    void valuesBeforeAndAfter();
    void sameInOtherWords_data();
    void sameInOtherWords();
    void ofAnythingWithItselfIsEmpty();
    void namesWhatWasChanged();
    void manySteps_data();
    void manySteps();
};

void TestDefinitionDiff::tells_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<QString>("words");
    const QByteArray a = sms("a", "hello", "b");
    const QByteArray b = sms("b", "what is your name", "c");
    const QByteArray c = sms("c", "bye");
    const QByteArray abc = a + ',' + b + ',' + c;
    QTest::newRow("a field") << abc << a + ',' + sms("b", "who", "c") + ',' + c << u"b/inputs/text"_qs;
    QTest::newRow("added at the end") << a + ',' + b << abc << u"+c"_qs;
    QTest::newRow("removed in the middle") << abc << a + ',' + c << u"-b -b.next=c>"_qs;
    QTest::newRow("inserted") << sms("a", "hello", "c") + ',' + c << abc << u"+b ~a.next=c>b +b.next=>c"_qs;
    // References follow, so nothing but the name is different.
    QTest::newRow("renamed") << abc << sms("a", "hello", "ask") + ',' + sms("ask", "what is your name", "c") + ',' + c
                             << u"b>ask"_qs;
    QTest::newRow("renamed and changed") << abc
                                         << sms("a", "hello", "ask") + ','
            + R"({"id":"ask","stepType":"SMS","inputs":{"text":"what is your name","source":"X"},"nextStepId":"c"},)"
            + c << u"b>ask ask/inputs/source"_qs;
    QTest::newRow("first renamed") << abc << sms("start", "hello", "b") + ',' + b + ',' + c << u"a>start"_qs;
    QTest::newRow("all renamed") << abc
                                 << sms("x", "hello", "y") + ',' + sms("y", "what is your name", "z") + ','
            + sms("z", "bye") << u"a>x b>y c>z"_qs;
    QTest::newRow("another one instead") << abc << sms("a", "hello", "d") + ',' + sms("d", "nothing alike", "c") + ',' + c
                                         << u"+d -b ~a.next=b>d +d.next=>c -b.next=c>"_qs;
    QTest::newRow("retyped") << abc << a + ',' + QByteArray(b).replace("SMS", "Wait") + ',' + c << u"b:SMS>Wait"_qs;
    QTest::newRow("moved") << abc << b + ',' + c + ',' + a << u"moved:a ~.next=a>b"_qs;
    QTest::newRow("retargeted") << abc << sms("a", "hello", "c") + ',' + b + ',' + c << u"~a.next=b>c"_qs;
    QTest::newRow("disconnected") << abc << sms("a", "hello") + ',' + b + ',' + c << u"-a.next=b>"_qs;
    QTest::newRow("dangling") << abc << sms("a", "hello", "zz") + ',' + b + ',' + c << u"~a.next=b>zz"_qs;

    const auto branch = [&](const char *entries) {
        return QByteArray(R"({"id":"r","stepType":"Branch","selectNextStep":{)") + entries + "}}," + abc;
    };
    const QByteArray two = branch(R"("a":"{{x}}","b":null)");
    QTest::newRow("condition") << two << branch(R"("a":"{{y}}","b":null)") << u"?r.condition=a>a"_qs;
    QTest::newRow("condition led elsewhere") << two << branch(R"("c":"{{x}}","b":null)") << u"~r.condition=a>c"_qs;
    QTest::newRow("one more") << two << branch(R"("a":"{{x}}","c":"{{z}}","b":null)") << u"+r.condition=>c"_qs;
    QTest::newRow("one less") << two << branch(R"("b":null)") << u"-r.condition=a>"_qs;
    QTest::newRow("other order") << two << branch(R"("b":null,"a":"{{x}}")") << u"reordered:r"_qs;
    QTest::newRow("default and condition swapped")
        << two << branch(R"("a":null,"b":"{{x}}")") << u"?r.default=a>a ?r.condition=b>b"_qs;

    const auto box = [](const QByteArray &inner, const QByteArray &outer) {
        return R"({"id":"i","stepType":"If","inputs":{"condition":"{{1}}"},"do":[)" + inner + "]}," + outer;
    };
    QTest::newRow("into a sequence") << box("", abc) << box('[' + b + ']', a + ',' + c) << u"moved:b +i.do:0=>b"_qs;
    QTest::newRow("to another sequence") << box('[' + a + ',' + b + "],[" + c + ']', "0")
                                         << box('[' + a + "],[" + c + ',' + b + ']', "0") << u"moved:b"_qs;
    QTest::newRow("nested field") << box('[' + a + ']', b + ',' + c)
                                  << box('[' + sms("a", "hi", "b") + ']', b + ',' + c) << u"a/inputs/text"_qs;

    QTest::newRow("equal ids by content")
        << a + ',' + sms("a", "second") << sms("a", "second") + ',' + a << u"moved:a ~.next=a>a"_qs;
    QTest::newRow("without id") << QByteArray(R"({"stepType":"SMS","inputs":{"text":"1"}},{"stepType":"Wait"})")
                                << QByteArray(R"({"stepType":"Wait"})") << u"- ~.next=>"_qs;
    QTest::newRow("odd id") << a << QByteArray(a).replace("\"a\"", "5") << u"a> /id"_qs;
}

void TestDefinitionDiff::tells()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    QFETCH(QString, words);
    QCOMPARE(told(diff(definitionOf(before), definitionOf(after))), words);
    QVERIFY(diff(definitionOf(before), definitionOf(before)).isEmpty());
}

void TestDefinitionDiff::valuesBeforeAndAfter()
{
    const WorkflowDefinition before
        = definitionOf(R"({"id":"a","stepType":"SMS","inputs":{"n":1.0,"list":[1,2],"gone":{"x":null}}})",
            R"("trigger":"inbound_sms","subaccountId":"s","status":"enabled","id":"7")");
    const WorkflowDefinition after
        = definitionOf(R"({"id":"a","stepType":"SMS","inputs":{"n":1,"list":[1,3],"new":null}})",
            R"("trigger":"http_request","subAccountId":"s","version":3)");
    const DefinitionDiff difference = diff(before, after);
    QCOMPARE(told(difference),
        u"/definition/id /definition/version /trigger /status "
        "a/inputs/n a/inputs/list/1 a/inputs/gone a/inputs/new"_qs);
    const QList<FieldChange> &fields = difference.steps.first().fields;
    QCOMPARE(fields.at(0).before->numberLexeme(), QByteArray("1.0"));
    QCOMPARE(fields.at(0).after->numberLexeme(), QByteArray("1"));
    QVERIFY(fields.at(2).before && !fields.at(2).after);
    QVERIFY(!fields.at(3).before && fields.at(3).after->isNull());
    const QList<FieldChange> &root = difference.fields;
    QCOMPARE(root.at(2).before->toString(), u"inbound_sms"_qs);
    QCOMPARE(root.at(2).after->toString(), u"http_request"_qs);
}

void TestDefinitionDiff::sameInOtherWords_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    const QByteArray plain = R"({"trigger":"inbound_sms","definition":{"name":"N","steps":[
        {"id":"a","stepType":"SMS","inputs":{"x":1,"y":2},"nextStepId":"b"},{"id":"b","stepType":"SMS"}]}})";
    QTest::newRow("layout") << plain << QByteArray(plain).replace("\n", "").replace(":", " : ");
    QTest::newRow("order of members") << plain
                                      << QByteArray(R"({"definition":{"steps":[{"stepType":"SMS","nextStepId":"b",
        "inputs":{"y":2,"x":1},"id":"a"},{"stepType":"SMS","id":"b"}],"name":"N"},"trigger":"inbound_sms"})");
    QTest::newRow("all seven members") << plain
                                       << QByteArray(plain).replace(R"("id":"b")",
                                              R"("id":"b","do":[],"nextStepId":null,"inputs":{},"outputs":{},
                                              "selectNextStep":{})");
    QTest::newRow("spelling of the subaccount")
        << QByteArray(plain).replace("{\"trigger", "{\"subaccountId\":\"s\",\"trigger")
        << QByteArray(plain).replace("{\"trigger", "{\"subAccountId\":\"s\",\"trigger");
    QTest::newRow("no subaccount") << plain
                                   << QByteArray(plain).replace("{\"trigger", "{\"subAccountId\":null,\"trigger");
    QTest::newRow("place of id and version")
        << QByteArray(plain).replace("{\"trigger", "{\"id\":\"1\",\"version\":2,\"trigger")
        << QByteArray(plain).replace("{\"name", "{\"id\":\"1\",\"version\":2,\"name");
}

void TestDefinitionDiff::sameInOtherWords()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    const WorkflowDefinition a = WorkflowDefinition::fromJson(readJson(before).value()).value();
    const WorkflowDefinition b = WorkflowDefinition::fromJson(readJson(after).value()).value();
    QCOMPARE(told(diff(a, b)), QString());
    QCOMPARE(told(diff(b, a)), QString());
}

namespace {

// A workflow of many kinds of steps; odd ones among them.
JsonValue anyRoot(Random &random, int count)
{
    static const QString types[] = {u"SMS"_qs, u"Branch"_qs, u"If"_qs, u"WaitForReply"_qs, u"Teleport"_qs};
    const auto id = [&](int i) { return random.chance(3) ? u"twin"_qs : u"s%1"_qs.arg(i); };
    const auto target = [&] { return u"s%1"_qs.arg(random.below(count + 2)); };
    const auto step = [&](int i) {
        JsonValue json = JsonValue::object({{u"id"_qs, id(i)}, {u"stepType"_qs, random.oneOf(types)},
            {u"inputs"_qs, JsonValue::object({{u"text"_qs, u"t%1"_qs.arg(random.below(5))}})}});
        if (random.chance(5))
            json.remove(u"id");
        if (random.chance(50))
            json.set(u"nextStepId"_qs, target());
        else if (random.chance(60))
            json.set(u"selectNextStep"_qs,
                JsonValue::object({{target(), u"{{data.x}}"_qs}, {target(), JsonValue()}, {target(), u"{{1}}"_qs}}));
        return json;
    };
    JsonValue steps = JsonValue::array();
    for (int i = 0; i < count; ++i) {
        JsonValue json = random.chance(2) ? JsonValue(5) : step(i);
        if (json.isObject() && random.chance(20))
            json.set(u"do"_qs, JsonValue::array({JsonValue::array({step(++i), step(++i)}), JsonValue::array()}));
        steps.append(json);
    }
    return JsonValue::object({{u"trigger"_qs, u"inbound_sms"_qs},
        {u"definition"_qs, JsonValue::object({{u"name"_qs, u"N"_qs}, {u"steps"_qs, steps}})}});
}

} // namespace

void TestDefinitionDiff::ofAnythingWithItselfIsEmpty()
{
    for (quint64 seed = 1; seed <= 400; ++seed) {
        Random random(seed);
        const JsonValue root = anyRoot(random, 1 + random.below(12));
        const WorkflowDefinition a = WorkflowDefinition::fromJson(root).value();
        // Read again, so that nothing is shared.
        const WorkflowDefinition b = WorkflowDefinition::fromJson(readJson(writeJson(root)).value()).value();
        QVERIFY2(diff(a, b).isEmpty(), qPrintable(QString::number(seed) + u": "_qs + told(diff(a, b))));
    }
}

// Of one change in one step nothing but that step is told.
void TestDefinitionDiff::namesWhatWasChanged()
{
    for (quint64 seed = 1; seed <= 400; ++seed) {
        Random random(seed);
        const JsonValue root = anyRoot(random, 1 + random.below(12));
        const WorkflowDefinition a = WorkflowDefinition::fromJson(root).value();
        const DefinitionGraph graph = DefinitionGraph::build(a, StepCatalog::builtIn());
        const GraphNode &node = graph.nodes().at(1 + random.below(int(graph.stepCount())));
        JsonValue changed = root;
        JsonValue *step = node.pointer.resolve(changed);
        if (!step->isObject())
            continue;
        step->set(u"note"_qs, u"added"_qs);
        const DefinitionDiff difference = diff(a, WorkflowDefinition::fromJson(changed).value());
        const QByteArray where = QByteArray::number(seed) + ": " + told(difference).toUtf8();
        QVERIFY2(difference.connections.isEmpty() && difference.fields.isEmpty(), where.constData());
        if (node.id.isEmpty() || node.id == u"twin")
            continue; // told apart by content only
        QVERIFY2(difference.steps.size() == 1, where.constData());
        QCOMPARE(difference.steps.first().keyAfter, node.key);
        QCOMPARE(difference.steps.first().fields.size(), 1);
    }
}

void TestDefinitionDiff::manySteps_data()
{
    QTest::addColumn<QString>("kind");
    for (const char *kind : {"same", "renamed", "reversed", "alike", "other"})
        QTest::newRow(kind) << QString::fromLatin1(kind);
}

void TestDefinitionDiff::manySteps()
{
    QFETCH(QString, kind);
    constexpr int count = 10'000;
    const auto chain = [&](bool later) {
        JsonValue steps = JsonValue::array();
        for (int i = 0; i < count; ++i) {
            const int at = later && kind == u"reversed" ? count - 1 - i : i;
            const bool renames = later && (kind == u"renamed" || kind == u"alike" || kind == u"other");
            const QString prefix = renames ? u"renamed"_qs : u"s"_qs;
            const QString text = kind == u"alike" ? u"same"_qs
                : later && kind == u"other"       ? u"other %1"_qs.arg(at)
                                                  : u"text %1"_qs.arg(at);
            steps.append(JsonValue::object({{u"id"_qs, prefix + QString::number(at)}, {u"stepType"_qs, u"SMS"_qs},
                {u"inputs"_qs, JsonValue::object({{u"text"_qs, text}})},
                {u"nextStepId"_qs, prefix + QString::number((at + 1) % count)}}));
        }
        return WorkflowDefinition::fromJson(
            JsonValue::object({{u"definition"_qs, JsonValue::object({{u"steps"_qs, steps}})}}))
            .value();
    };
    const WorkflowDefinition before = chain(false);
    const WorkflowDefinition after = chain(true);
    DefinitionDiff difference;
    QBENCHMARK_ONCE
    {
        difference = diff(before, after);
    }
    const auto count_if
        = [&](auto what) { return std::count_if(difference.steps.begin(), difference.steps.end(), what); };
    if (kind == u"same")
        QVERIFY(difference.isEmpty());
    else if (kind == u"reversed")
        QCOMPARE(count_if([](const StepDifference &step) { return step.moved; }), count - 1);
    else if (kind == u"other")
        QVERIFY(!difference.isEmpty());
    else
        QCOMPARE(count_if([](const StepDifference &step) { return step.isRenamed(); }), count);
    if (kind == u"renamed")
        QVERIFY(difference.connections.isEmpty());
}

QTEST_GUILESS_MAIN(TestDefinitionDiff)
#include "tst_definitiondiff.moc"
