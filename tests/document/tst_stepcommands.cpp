#include "documenttools.h"

#include "model/json/jsonwriter.h"

using namespace automation;

namespace {

QStringList ids(const JsonValue &steps)
{
    QStringList result;
    for (qsizetype i = 0; i < steps.size(); ++i)
        result += StepView(steps.at(i)).id();
    return result;
}

} // namespace

class TestStepCommands : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void newStepFollowsTheStyle();
    void newIdAvoidsStepsAndTargets();
    void insertAfterTrigger();
    void insertOnNext();
    void insertOnConditionKeepsOrderAndCondition();
    void insertedStepLeadsOnByItsMainOutcome_data();
    void insertedStepLeadsOnByItsMainOutcome();
    void insertIntoSequence();
    void appendToOpenOutcomes();
    void appendStartsSequence();
    void connectAndDisconnect();
    void connectNewCondition();
    void connectTriggerMovesTheStep();
    void refusals_data();
    void refusals();
    void deleteOpensOutcomes();
    void deleteAndHeal();
    void deleteNested();
    void deleteMany();
};

void TestStepCommands::newStepFollowsTheStyle()
{
    const auto exported = documentOf(dataText("exported.json"));
    const JsonValue full = newStep(exported->definition(), exported->graph(), stepType(u"SMS"));
    QStringList keys;
    for (qsizetype i = 0; i < full.size(); ++i)
        keys += full.keyAt(i);
    QCOMPARE(keys, u"stepType,id,do,nextStepId,inputs,outputs,selectNextStep"_qs.split(u','));
    QVERIFY(full[u"nextStepId"].isNull());

    const auto byHand = documentOf(dataText("by-hand.json"));
    const JsonValue lean = newStep(byHand->definition(), byHand->graph(), stepType(u"SMS"));
    QCOMPARE(lean.size(), 3);
    QCOMPARE(lean.keyAt(0), u"id"_qs);
    QCOMPARE(lean.keyAt(1), u"stepType"_qs);
    QVERIFY(lean[u"inputs"].isObject());
}

void TestStepCommands::newIdAvoidsStepsAndTargets()
{
    const QString prefix = stepType(u"SMS").idPrefix;
    // One is taken by a nested step, two is where a step leads that is not there.
    const QByteArray text = R"({"trigger":"inbound_sms","definition":{"name":"x","steps":[{"id":"a","stepType":"If",
        "inputs":{"condition":"{{true}}"},"do":[[{"id":"%_1","stepType":"SMS","inputs":{}}]],"nextStepId":"%_2"}]}})";
    const auto document = documentOf(QByteArray(text).replace("%", prefix.toUtf8()));
    QVERIFY(document);
    const JsonValue step = newStep(document->definition(), document->graph(), stepType(u"SMS"));
    QCOMPARE(StepView(step).id(), prefix + u"_3"_qs);
}

void TestStepCommands::insertAfterTrigger()
{
    const QByteArray text = dataText("exported.json");
    const auto document = documentOf(text);
    const QString trigger = DefinitionGraph::triggerKey();
    const Result<DefinitionEdit> edit = insertStepOnConnection(document->definition(), document->graph(),
        stepType(u"SMS"), trigger, document->graph().nodes().first().outcomes.first().key());
    QVERIFY(pushed(*document, edit));
    const QString id = edit->reveal;
    QCOMPARE(ids(document->definition().steps()).first(), id);
    QCOMPARE(StepView(document->definition().steps().at(0)).nextStepId(), u"ask_1"_qs);
    const auto [gone, come] = changedLines(text, document->text());
    QVERIFY(gone.isEmpty());
    QVERIFY(come.size() > 7);
    document->undoStack()->undo();
    QCOMPARE(document->text(), text);
}

void TestStepCommands::insertOnNext()
{
    const QByteArray text = dataText("exported.json");
    const auto document = documentOf(text);
    const Result<DefinitionEdit> edit = insertStepOnConnection(
        document->definition(), document->graph(), stepType(u"HttpRequest"), u"ask_1"_qs, u"next"_qs);
    QVERIFY(pushed(*document, edit));
    const QString id = edit->reveal;
    QCOMPARE(ids(document->definition().steps()).mid(0, 3), QStringList({u"ask_1"_qs, id, u"answer_1"_qs}));
    QCOMPARE(StepView(stepOf(*document, u"ask_1"_qs)).nextStepId(), id);
    QCOMPARE(StepView(stepOf(*document, id)).nextStepId(), u"answer_1"_qs);
    // The neighbour's line and the lines of the step, nothing else.
    QByteArray expected = text;
    expected.replace(text.indexOf("\"nextStepId\": \"answer_1\""), 24, "\"nextStepId\": \"" + id.toUtf8() + '"');
    const auto [gone, come] = changedLines(expected, document->text());
    QVERIFY(gone.isEmpty());
    QVERIFY(!come.isEmpty());
}

void TestStepCommands::insertOnConditionKeepsOrderAndCondition()
{
    const auto document = documentOf(dataText("exported.json"));
    const JsonValue before = stepOf(*document, u"sort_1"_qs)[u"selectNextStep"];
    const Result<DefinitionEdit> edit = insertStepOnConnection(
        document->definition(), document->graph(), stepType(u"SMS"), u"sort_1"_qs, u"when:late_1"_qs);
    QVERIFY(pushed(*document, edit));
    const JsonValue after = stepOf(*document, u"sort_1"_qs)[u"selectNextStep"];
    QCOMPARE(after.size(), 3);
    QCOMPARE(after.keyAt(1), edit->reveal);
    QVERIFY(after.at(1) == before.at(1));
    QCOMPARE(StepView(stepOf(*document, edit->reveal)).nextStepId(), u"late_1"_qs);
    const QStringList order = ids(document->definition().steps());
    QCOMPARE(order.indexOf(edit->reveal), order.indexOf(u"sort_1"_qs) + 1);
}

void TestStepCommands::insertedStepLeadsOnByItsMainOutcome_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("member");
    QTest::newRow("single") << u"SMS"_qs << u"nextStepId"_qs;
    QTest::newRow("container") << u"If"_qs << u"nextStepId"_qs;
    QTest::newRow("fixed") << u"WaitForReply"_qs << u"selectNextStep"_qs;
    QTest::newRow("conditions") << u"Branch"_qs << u"selectNextStep"_qs;
}

void TestStepCommands::insertedStepLeadsOnByItsMainOutcome()
{
    QFETCH(QString, type);
    QFETCH(QString, member);
    for (const char *file : {"exported.json", "by-hand.json"}) {
        const auto document = documentOf(dataText(file));
        const QString first = document->graph().nodes().at(1).id;
        const Result<DefinitionEdit> edit = insertStepOnConnection(
            document->definition(), document->graph(), stepType(type), DefinitionGraph::triggerKey(), u"next"_qs);
        QVERIFY(pushed(*document, edit));
        const JsonValue step = stepOf(*document, edit->reveal);
        if (member == u"nextStepId") {
            QCOMPARE(step[u"nextStepId"].toString(), first);
        } else {
            QCOMPARE(step[u"selectNextStep"].size(), 1);
            QCOMPARE(step[u"selectNextStep"].keyAt(0), first);
            QVERIFY(StepView(step).nextStepId().isEmpty());
            const JsonValue condition = step[u"selectNextStep"].at(0);
            QCOMPARE(condition.isNull(), type == u"Branch");
            if (type != u"Branch")
                QCOMPARE(condition.toString(), stepType(type).outcomeTemplates.first().condition);
        }
        QVERIFY(document->graph().danglingOutcomes().isEmpty());
    }
}

void TestStepCommands::insertIntoSequence()
{
    const QByteArray text = dataText("by-hand.json");
    const auto document = documentOf(text);
    const Result<DefinitionEdit> front
        = insertStepOnConnection(document->definition(), document->graph(), stepType(u"Wait"), u"hours"_qs, u"do:0"_qs);
    QVERIFY(pushed(*document, front));
    const Result<DefinitionEdit> middle
        = insertStepOnConnection(document->definition(), document->graph(), stepType(u"SMS"), u"tell"_qs, u"next"_qs);
    QVERIFY(pushed(*document, middle));
    const JsonValue sequence = stepOf(*document, u"hours"_qs)[u"do"].at(0);
    QCOMPARE(ids(sequence), QStringList({front->reveal, u"tell"_qs, middle->reveal, u"note"_qs}));
    QCOMPARE(StepView(sequence.at(0)).nextStepId(), u"tell"_qs);
    QCOMPARE(StepView(sequence.at(1)).nextStepId(), middle->reveal);
    QCOMPARE(StepView(sequence.at(2)).nextStepId(), u"note"_qs);
    // New steps stand on one line as their neighbours do: two come, one changes.
    const auto [gone, come] = changedLines(text, document->text());
    QCOMPARE(gone.size(), 1);
    QCOMPARE(come.size(), 3);
}

void TestStepCommands::appendToOpenOutcomes()
{
    const auto document = documentOf(dataText("by-hand.json"));
    const Result<DefinitionEdit> wait
        = appendStep(document->definition(), document->graph(), stepType(u"WaitForReply"), u"log"_qs, u"next"_qs);
    QVERIFY(pushed(*document, wait));
    const JsonValue log = stepOf(*document, u"log"_qs);
    QCOMPARE(log[u"nextStepId"].toString(), wait->reveal);
    QCOMPARE(log.indexOf(u"nextStepId"), log.indexOf(u"inputs") + 1);

    // The second way out first: the order of the templates is kept all the same.
    const QList<OutcomeTemplate> &templates = stepType(u"WaitForReply").outcomeTemplates;
    for (const qsizetype i : {1, 0}) {
        QVERIFY(pushed(*document,
            appendStep(document->definition(), document->graph(), stepType(u"SMS"), wait->reveal,
                u"open:"_qs + templates.at(i).key)));
    }
    const JsonValue select = stepOf(*document, wait->reveal)[u"selectNextStep"];
    QCOMPARE(select.size(), 2);
    QCOMPARE(select.at(0).toString(), templates.at(0).condition);
    QCOMPARE(select.at(1).toString(), templates.at(1).condition);
    QVERIFY(document->graph().danglingOutcomes().isEmpty());

    const auto empty = WorkflowDocument::createEmpty(u"inbound_sms"_qs, u"Fresh"_qs);
    QCOMPARE(empty->graph().stepCount(), 0);
    QVERIFY(pushed(*empty,
        appendStep(empty->definition(), empty->graph(), stepType(u"SMS"), DefinitionGraph::triggerKey(), u"next"_qs)));
    QCOMPARE(empty->graph().stepCount(), 1);
    QCOMPARE(empty->graph().connections().size(), 1);
}

void TestStepCommands::appendStartsSequence()
{
    const auto document = documentOf(dataText("by-hand.json"));
    QVERIFY(pushed(
        *document, appendStep(document->definition(), document->graph(), stepType(u"SMS"), u"hours"_qs, u"do:1"_qs)));
    QCOMPARE(stepOf(*document, u"hours"_qs)[u"do"].size(), 2);

    const Result<DefinitionEdit> container = addStep(document->definition(), document->graph(), stepType(u"If"));
    QVERIFY(pushed(*document, container));
    QVERIFY(pushed(*document,
        appendStep(document->definition(), document->graph(), stepType(u"SMS"), container->reveal, u"do:0"_qs)));
    const JsonValue sequences = stepOf(*document, container->reveal)[u"do"];
    QCOMPARE(sequences.size(), 1);
    QCOMPARE(sequences.at(0).size(), 1);
}

void TestStepCommands::connectAndDisconnect()
{
    const QByteArray text = dataText("exported.json");
    const auto document = documentOf(text);
    QVERIFY(pushed(*document,
        connectOutcome(document->definition(), document->graph(), u"sort_1"_qs, u"when:early_1"_qs, u"remind_1"_qs)));
    const JsonValue select = stepOf(*document, u"sort_1"_qs)[u"selectNextStep"];
    QCOMPARE(select.keyAt(0), u"remind_1"_qs);
    QCOMPARE(select.size(), 3);
    QCOMPARE(changedLines(text, document->text()).second.size(), 1);
    document->undoStack()->undo();

    QVERIFY(pushed(*document, disconnectOutcome(document->definition(), document->graph(), u"ask_1"_qs, u"next"_qs)));
    QVERIFY(stepOf(*document, u"ask_1"_qs).contains(u"nextStepId"));
    QVERIFY(stepOf(*document, u"ask_1"_qs)[u"nextStepId"].isNull());
    QCOMPARE(changedLines(text, document->text()).second, QByteArrayList {"        \"nextStepId\": null,"});
    QVERIFY(pushed(
        *document, connectOutcome(document->definition(), document->graph(), u"ask_1"_qs, u"next"_qs, u"answer_1"_qs)));
    QCOMPARE(document->text(), text);
    QVERIFY(pushed(
        *document, disconnectOutcome(document->definition(), document->graph(), u"sort_1"_qs, u"when:ask_1"_qs)));
    QCOMPARE(stepOf(*document, u"sort_1"_qs)[u"selectNextStep"].size(), 2);

    const auto byHand = documentOf(dataText("by-hand.json"));
    QVERIFY(pushed(*byHand, disconnectOutcome(byHand->definition(), byHand->graph(), u"hours"_qs, u"next"_qs)));
    QVERIFY(!stepOf(*byHand, u"hours"_qs).contains(u"nextStepId"));
}

void TestStepCommands::connectNewCondition()
{
    const auto document = documentOf(dataText("exported.json"));
    QVERIFY(pushed(
        *document, connectOutcome(document->definition(), document->graph(), u"sort_1"_qs, u"new"_qs, u"remind_1"_qs)));
    const JsonValue select = stepOf(*document, u"sort_1"_qs)[u"selectNextStep"];
    QCOMPARE(select.size(), 4);
    QCOMPARE(select.keyAt(2), u"remind_1"_qs); // before the default
    QVERIFY(select.at(2).isString());
    QVERIFY(select.at(3).isNull());
}

void TestStepCommands::connectTriggerMovesTheStep()
{
    const auto document = documentOf(dataText("exported.json"));
    QVERIFY(pushed(*document,
        connectOutcome(
            document->definition(), document->graph(), DefinitionGraph::triggerKey(), u"next"_qs, u"late_1"_qs)));
    QCOMPARE(ids(document->definition().steps()).first(), u"late_1"_qs);
    QCOMPARE(document->graph().stepCount(), 6);
}

void TestStepCommands::refusals_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("outcome");
    QTest::addColumn<QString>("to"); // empty: disconnect
    QTest::addColumn<QString>("words");
    const QString trigger = DefinitionGraph::triggerKey();
    QTest::newRow("target taken") << QByteArray("exported.json") << u"sort_1"_qs << u"when:early_1"_qs << u"late_1"_qs
                                  << u"“late_1” already"_qs;
    QTest::newRow("to the trigger") << QByteArray("exported.json") << u"ask_1"_qs << u"next"_qs << trigger
                                    << u"trigger"_qs;
    QTest::newRow("no such step") << QByteArray("exported.json") << u"nobody"_qs << u"next"_qs << u"ask_1"_qs
                                  << u"“nobody”"_qs;
    QTest::newRow("no such target") << QByteArray("exported.json") << u"ask_1"_qs << u"next"_qs << u"nobody"_qs
                                    << u"“nobody”"_qs;
    QTest::newRow("no such outcome") << QByteArray("exported.json") << u"ask_1"_qs << u"when:x"_qs << u"late_1"_qs
                                     << u"no such way out"_qs;
    QTest::newRow("trigger into a container")
        << QByteArray("by-hand.json") << trigger << u"next"_qs << u"tell"_qs << u"inside “hours”"_qs;
    QTest::newRow("sequence to a step outside")
        << QByteArray("by-hand.json") << u"hours"_qs << u"do:0"_qs << u"log"_qs << u"outside"_qs;
    QTest::newRow("disconnect the trigger")
        << QByteArray("exported.json") << trigger << u"next"_qs << QString() << u"first step"_qs;
    QTest::newRow("disconnect a sequence")
        << QByteArray("by-hand.json") << u"hours"_qs << u"do:0"_qs << QString() << u"inside it"_qs;
    QTest::newRow("disconnect an open end")
        << QByteArray("by-hand.json") << u"log"_qs << u"next"_qs << QString() << u"nowhere"_qs;
}

void TestStepCommands::refusals()
{
    QFETCH(QByteArray, file);
    QFETCH(QString, from);
    QFETCH(QString, outcome);
    QFETCH(QString, to);
    QFETCH(QString, words);
    const auto document = documentOf(dataText(file.constData()));
    const Result<DefinitionEdit> edit = to.isEmpty()
        ? disconnectOutcome(document->definition(), document->graph(), from, outcome)
        : connectOutcome(document->definition(), document->graph(), from, outcome, to);
    QVERIFY(!edit.isOk());
    QCOMPARE(edit.error().code, ErrorCode::InvalidArgument);
    QVERIFY2(edit.error().message.contains(words), qPrintable(edit.error().message));
}

void TestStepCommands::deleteOpensOutcomes()
{
    const QByteArray text = dataText("exported.json");
    const auto document = documentOf(text);
    QVERIFY(pushed(*document, deleteSteps(document->definition(), document->graph(), {u"answer_1"_qs}, false)));
    QCOMPARE(ids(document->definition().steps()), u"ask_1,sort_1,early_1,late_1,remind_1"_qs.split(u','));
    QVERIFY(stepOf(*document, u"ask_1"_qs)[u"nextStepId"].isNull());
    QVERIFY(stepOf(*document, u"remind_1"_qs)[u"nextStepId"].isNull());
    QVERIFY(document->graph().danglingOutcomes().isEmpty());
    document->undoStack()->undo();
    QCOMPARE(document->text(), text);
    QVERIFY(!deleteSteps(document->definition(), document->graph(), {DefinitionGraph::triggerKey()}, false).isOk());
    QVERIFY(!deleteSteps(document->definition(), document->graph(), {u"nobody"_qs}, false).isOk());
    QVERIFY(!deleteSteps(document->definition(), document->graph(), {}, false).isOk());
}

void TestStepCommands::deleteAndHeal()
{
    const auto document = documentOf(dataText("exported.json"));
    QVERIFY(pushed(*document, deleteSteps(document->definition(), document->graph(), {u"remind_1"_qs}, true)));
    // It led back to the step it came from: healing would make a step lead to itself.
    QCOMPARE(stepOf(*document, u"answer_1"_qs)[u"selectNextStep"].size(), 1);
    document->undoStack()->undo();

    // Two at once: the chain is followed through both, and the condition stays.
    QVERIFY(pushed(*document,
        insertStepOnConnection(
            document->definition(), document->graph(), stepType(u"SMS"), u"sort_1"_qs, u"when:late_1"_qs)));
    const QString first = stepOf(*document, u"sort_1"_qs)[u"selectNextStep"].keyAt(1);
    const JsonValue condition = stepOf(*document, u"sort_1"_qs)[u"selectNextStep"].at(1);
    QVERIFY(pushed(*document,
        insertStepOnConnection(document->definition(), document->graph(), stepType(u"SMS"), first, u"next"_qs)));
    const QString second = StepView(stepOf(*document, first)).nextStepId();
    QVERIFY(pushed(*document, deleteSteps(document->definition(), document->graph(), {second, first}, true)));
    QCOMPARE(stepOf(*document, u"sort_1"_qs)[u"selectNextStep"].keyAt(1), u"late_1"_qs);
    QVERIFY(stepOf(*document, u"sort_1"_qs)[u"selectNextStep"].at(1) == condition);
    QCOMPARE(document->text(), dataText("exported.json"));

    // The first step goes: the one behind it becomes the first.
    QVERIFY(pushed(
        *document, connectOutcome(document->definition(), document->graph(), u"ask_1"_qs, u"next"_qs, u"late_1"_qs)));
    QVERIFY(pushed(*document, deleteSteps(document->definition(), document->graph(), {u"ask_1"_qs}, true)));
    QCOMPARE(ids(document->definition().steps()).first(), u"late_1"_qs);
}

void TestStepCommands::deleteNested()
{
    const QByteArray text = dataText("by-hand.json");
    const auto document = documentOf(text);
    QVERIFY(pushed(*document, deleteSteps(document->definition(), document->graph(), {u"tell"_qs}, true)));
    QCOMPARE(ids(stepOf(*document, u"hours"_qs)[u"do"].at(0)), QStringList {u"note"_qs});
    QVERIFY(pushed(*document, deleteSteps(document->definition(), document->graph(), {u"note"_qs}, false)));
    QVERIFY(stepOf(*document, u"hours"_qs)[u"do"].isEmpty());
    document->undoStack()->setIndex(0);
    QCOMPARE(document->text(), text);

    QVERIFY(pushed(*document,
        deleteSteps(document->definition(), document->graph(), {u"note"_qs, u"hours"_qs, u"log"_qs}, false)));
    QCOMPARE(document->graph().stepCount(), 0);
    document->undoStack()->undo();
    QCOMPARE(document->text(), text);
}

void TestStepCommands::deleteMany()
{
    JsonValue steps = JsonValue::array();
    for (int i = 0; i < 1000; ++i) {
        steps.append(JsonValue::object({{u"id"_qs, u"s%1"_qs.arg(i)}, {u"stepType"_qs, u"SMS"_qs},
            {u"inputs"_qs, JsonValue::object()}, {u"nextStepId"_qs, u"s%1"_qs.arg(i + 1)}}));
    }
    const QByteArray text = writeJson(JsonValue::object({{u"trigger"_qs, u"inbound_sms"_qs},
        {u"definition"_qs, JsonValue::object({{u"name"_qs, u"many"_qs}, {u"steps"_qs, steps}})}}));
    const auto document = documentOf(text);
    QStringList odd;
    for (int i = 1; i < 1000; i += 2)
        odd += u"s%1"_qs.arg(i);
    QVERIFY(pushed(*document, deleteSteps(document->definition(), document->graph(), odd, true)));
    QCOMPARE(document->graph().stepCount(), 500);
    QCOMPARE(StepView(stepOf(*document, u"s2"_qs)).nextStepId(), u"s4"_qs);
    QVERIFY(pushed(*document, deleteSteps(document->definition(), document->graph(), {u"s0"_qs}, false)));
    document->undoStack()->setIndex(0);
    QCOMPARE(document->text(), text);
}

QTEST_GUILESS_MAIN(TestStepCommands)
#include "tst_stepcommands.moc"
