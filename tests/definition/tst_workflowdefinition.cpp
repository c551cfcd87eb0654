#include "model/definition/workflowdefinition.h"

#include "model/json/jsonreader.h"
#include "model/json/jsonwriter.h"

#include <QtTest>

using namespace automation;

class TestWorkflowDefinition : public QObject
{
    Q_OBJECT

private slots:
    void refusesOtherShapes_data();
    void refusesOtherShapes();
    void refusesTooMuch();
    void readsBothPlaces_data();
    void readsBothPlaces();
    void toleratesWrongKinds();
    void definitionInput_data();
    void definitionInput();
    void stepView();
};

static JsonValue json(const char *text)
{
    const Result<JsonValue> value = readJson(text);
    return value ? *value : JsonValue();
}

void TestWorkflowDefinition::refusesOtherShapes_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("words");
    QTest::newRow("list") << QByteArray("[]") << u"object"_qs;
    QTest::newRow("null") << QByteArray("null") << u"object"_qs;
    QTest::newRow("nothing known") << QByteArray(R"({"a":1})") << u"\"definition\""_qs;
    QTest::newRow("bare definition") << QByteArray(R"({"name":"x","steps":[]})") << u"inside"_qs;
    QTest::newRow("definition is text") << QByteArray(R"({"definition":"x"})") << u"\"definition\""_qs;
    QTest::newRow("no steps") << QByteArray(R"({"definition":{}})") << u"\"steps\""_qs;
    QTest::newRow("steps are an object") << QByteArray(R"({"definition":{"steps":{}}})") << u"list"_qs;
}

void TestWorkflowDefinition::refusesOtherShapes()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, words);
    const auto result = WorkflowDefinition::fromJson(json(text.constData()));
    QVERIFY(!result.isOk());
    QCOMPARE(result.error().code, ErrorCode::NotADefinition);
    QVERIFY2(result.error().message.contains(words), qPrintable(result.error().message));
}

// Steps in the outermost list or inside others; conditions of a step.
void TestWorkflowDefinition::refusesTooMuch()
{
    const auto most = WorkflowDefinition::mostSteps;
    const auto with = [](const QByteArray &steps) {
        return WorkflowDefinition::fromJson(*readJson(R"({"definition":{"steps":[)" + steps + "]}}"));
    };
    const auto list = [](qsizetype count) { return QByteArray("{},").repeated(count).chopped(1); };
    QVERIFY(with(list(most)).isOk());
    QCOMPARE(with(list(most + 1)).error().code, ErrorCode::Limit);
    const auto nested = [&](qsizetype inside) {
        const qsizetype half = inside / 2;
        return R"({"do":[[)" + list(half) + R"(],[{"do":[[)" + list(inside - half) + "]]}]]}";
    };
    QVERIFY(with(nested(most - 2)).isOk());
    QCOMPARE(with(nested(most - 1)).error().code, ErrorCode::Limit);
    QVERIFY(with(nested(most - 1)).error().message.contains(QString::number(most)));
    const auto branch = [](qsizetype count) {
        QByteArray targets;
        for (qsizetype i = 0; i < count; ++i)
            targets += (i ? ",\"" : "\"") + QByteArray::number(i) + "\":null";
        return R"({"id":"ways","selectNextStep":{)" + targets + "}}";
    };
    QVERIFY(with(branch(WorkflowDefinition::mostTargets)).isOk());
    const Error error = with(branch(WorkflowDefinition::mostTargets + 1)).error();
    QCOMPARE(error.code, ErrorCode::Limit);
    QVERIFY2(error.message.contains(u"ways"), qPrintable(error.message));
}

void TestWorkflowDefinition::readsBothPlaces_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("inside") << QByteArray(
        R"({"definition":{"id":"d1","version":3,"name":"N","steps":[]},"subAccountId":"s","trigger":"t","status":"enabled"})");
    QTest::newRow("outside") << QByteArray(
        R"({"id":"d1","version":3,"subaccountId":"s","trigger":"t","status":"enabled","definition":{"name":"N","steps":[]}})");
}

void TestWorkflowDefinition::readsBothPlaces()
{
    QFETCH(QByteArray, text);
    const auto definition = WorkflowDefinition::fromJson(json(text.constData()));
    QVERIFY(definition.isOk());
    QCOMPARE(definition->id(), u"d1"_qs);
    QCOMPARE(definition->version(), 3);
    QCOMPARE(definition->name(), u"N"_qs);
    QCOMPARE(definition->subAccountId(), u"s"_qs);
    QCOMPARE(definition->trigger(), u"t"_qs);
    QCOMPARE(definition->status(), u"enabled"_qs);
}

void TestWorkflowDefinition::toleratesWrongKinds()
{
    const auto definition = WorkflowDefinition::fromJson(json(
        R"({"id":7,"version":1e99,"subAccountId":null,"trigger":[],"status":{},"definition":{"name":3,"steps":[]}})"));
    QVERIFY(definition.isOk());
    QVERIFY(definition->id().isEmpty());
    QCOMPARE(definition->version(), 0);
    QVERIFY(definition->subAccountId().isEmpty());
    QVERIFY(definition->trigger().isEmpty());
    QVERIFY(definition->status().isEmpty());
    QVERIFY(definition->name().isEmpty());
    QVERIFY(WorkflowDefinition().steps().isNull());
}

void TestWorkflowDefinition::definitionInput_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("sent");
    QTest::newRow("answer of the service")
        << QByteArray(
               R"({"accountId":"a","createdAt":"x","subAccountId":"s","trigger":"t","status":"enabled","definition":{"id":"d","version":2,"name":"N","steps":[]},"id":"d","version":2})")
        << QByteArray(R"({"subAccountId":"s","trigger":"t","status":"enabled","definition":{"name":"N","steps":[]}})");
    QTest::newRow("other spelling, no status, unknown member")
        << QByteArray(R"({"subaccountId":"s","x":1.50,"definition":{"steps":[],"y":null}})")
        << QByteArray(R"({"subAccountId":"s","x":1.50,"definition":{"steps":[],"y":null},"status":"disabled"})");
    QTest::newRow("both spellings") << QByteArray(
        R"({"subaccountId":"b","subAccountId":"s","status":null,"definition":{"steps":[]}})")
                                    << QByteArray(
                                           R"({"subAccountId":"s","status":"disabled","definition":{"steps":[]}})");
}

void TestWorkflowDefinition::definitionInput()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, sent);
    const auto definition = WorkflowDefinition::fromJson(json(text.constData()));
    QVERIFY(definition.isOk());
    QCOMPARE(writeJson(definition->toDefinitionInput(), JsonStyle::compact()), sent);
    QCOMPARE(writeJson(definition->root(), JsonStyle::compact()), text);
}

void TestWorkflowDefinition::stepView()
{
    const JsonValue step = json(
        R"({"id":"a","stepType":"SMS","nextStepId":null,"inputs":{"user":{"msisdn":"1"},"x":2},"outputs":{"o":"v"},"do":[]})");
    const StepView view(step);
    QVERIFY(view.isValid());
    QCOMPARE(view.id(), u"a"_qs);
    QCOMPARE(view.stepType(), u"SMS"_qs);
    QVERIFY(view.nextStepId().isEmpty());
    QCOMPARE(view.input(u"user.msisdn").toString(), u"1"_qs);
    QVERIFY(view.input(u"user.name").isNull());
    QVERIFY(view.input(u"x.y.z").isNull());
    QVERIFY(view.input(u"").isNull());
    QCOMPARE(view.outputs().size(), 1);
    QVERIFY(view.selectNextStep().isNull());
    QVERIFY(view.sequences().isArray());
    QVERIFY(!StepView().isValid());
    QVERIFY(StepView().inputs().isNull());
    const JsonValue number(4);
    QVERIFY(!StepView(number).isValid());
    QVERIFY(StepView(number).id().isEmpty());
}

QTEST_GUILESS_MAIN(TestWorkflowDefinition)
#include "tst_workflowdefinition.moc"
