#include "documenttools.h"

#include "model/document/commands/rootcommands.h"
#include "model/document/commands/typecommands.h"

using namespace automation;

// Other types of steps and other values of the workflow.
class TestTypeCommands : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void textsMoveToTheirNamesakes();
    void inputsOfTheOldTypeGo();
    void nextBecomesAnOutcome();
    void outcomesBecomeNext();
    void outcomesAreTranslated();
    void branchKeepsItsConditions();
    void unknownTypesKeepEverything();
    void containersWithSteps();
    void trigger();
    void nameStatusAndSubaccount();
    void rootMembersInEitherPlace();

private:
    Result<DefinitionEdit> retype(const QString &key, QStringView type)
    {
        return changeStepType(m_document->definition(), m_document->graph(), key, stepType(type));
    }
    JsonValue step(const QString &id) const { return stepOf(*m_document, id); }

    std::unique_ptr<WorkflowDocument> m_document;
};

void TestTypeCommands::init()
{
    m_document = documentOf(dataText("survey.json"));
    QVERIFY(m_document);
}

void TestTypeCommands::textsMoveToTheirNamesakes()
{
    const Result<DefinitionEdit> edit = retype(u"ask"_qs, u"ChatAppsMessage");
    QVERIFY(pushed(*m_document, edit));
    const JsonValue inputs = step(u"ask"_qs)[u"inputs"];
    QCOMPARE(inputs[u"user"][u"msisdn"].toString(), u"{{data.payload.source}}"_qs);
    QCOMPARE(inputs[u"content"][u"text"].toString(), u"How was it, {{data.caller}}?"_qs);
    QVERIFY(!inputs.contains(u"destination"));
    QCOMPARE(inputs[u"type"].toString(), u"text"_qs); // as in a fresh step
    QCOMPARE(step(u"ask"_qs)[u"outputs"].keyAt(0), u"sent"_qs);
    QCOMPARE(StepView(step(u"ask"_qs)).nextStepId(), u"listen"_qs);
    QVERIFY2(edit->notice.isEmpty(), qPrintable(edit->notice));
    QVERIFY(pushed(*m_document, retype(u"ask"_qs, u"SMS")));
    QCOMPARE(step(u"ask"_qs)[u"inputs"][u"text"].toString(), u"How was it, {{data.caller}}?"_qs);
}

void TestTypeCommands::inputsOfTheOldTypeGo()
{
    const Result<DefinitionEdit> edit = retype(u"log"_qs, u"Wait");
    QVERIFY(pushed(*m_document, edit));
    QVERIFY2(edit->notice.contains(u"url, method, body"), qPrintable(edit->notice));
    const JsonValue inputs = step(u"log"_qs)[u"inputs"];
    QCOMPARE(inputs.size(), 1);
    QVERIFY(inputs.contains(u"duration"));
    QCOMPARE(StepView(step(u"log"_qs)).nextStepId(), u"mark"_qs);
    m_document->undoStack()->undo();
    QCOMPARE(m_document->text(), dataText("survey.json"));
}

void TestTypeCommands::nextBecomesAnOutcome()
{
    QVERIFY(pushed(*m_document, retype(u"ask"_qs, u"Branch")));
    JsonValue select = step(u"ask"_qs)[u"selectNextStep"];
    QCOMPARE(select.size(), 1);
    QCOMPARE(select.keyAt(0), u"listen"_qs);
    QVERIFY(select.at(0).isNull());
    QVERIFY(StepView(step(u"ask"_qs)).nextStepId().isEmpty());
    QVERIFY(pushed(*m_document, retype(u"good"_qs, u"WaitForDTMF")));
    select = step(u"good"_qs)[u"selectNextStep"];
    QCOMPARE(select.value(u"check").toString(), stepType(u"WaitForDTMF").outcomeTemplates.first().condition);
}

void TestTypeCommands::outcomesBecomeNext()
{
    const Result<DefinitionEdit> edit = retype(u"listen"_qs, u"SMS");
    QVERIFY(pushed(*m_document, edit));
    QCOMPARE(StepView(step(u"listen"_qs)).nextStepId(), u"sort"_qs);
    QVERIFY(step(u"listen"_qs)[u"selectNextStep"].isEmpty());
    QVERIFY2(edit->notice.contains(u"“bye”"), qPrintable(edit->notice));
}

void TestTypeCommands::outcomesAreTranslated()
{
    QVERIFY(pushed(*m_document, retype(u"listen"_qs, u"WaitForDTMF")));
    JsonValue select = step(u"listen"_qs)[u"selectNextStep"];
    const QList<OutcomeTemplate> &templates = stepType(u"WaitForDTMF").outcomeTemplates;
    QCOMPARE(select.value(u"sort").toString(), templates.at(0).condition);
    QCOMPARE(select.value(u"bye").toString(), templates.at(1).condition);
    const Result<DefinitionEdit> edit = retype(u"listen"_qs, u"Branch");
    QVERIFY(pushed(*m_document, edit));
    select = step(u"listen"_qs)[u"selectNextStep"];
    QVERIFY(select.value(u"sort").isNull());
    QVERIFY(select.value(u"bye").isString());
    QVERIFY(edit->notice.contains(u"“bye”"));
}

void TestTypeCommands::branchKeepsItsConditions()
{
    const JsonValue before = step(u"sort"_qs)[u"selectNextStep"];
    for (const QStringView type : {u"SMS", u"WaitForReply", u"If", u"Branch"}) {
        QVERIFY(pushed(*m_document, retype(u"sort"_qs, type)));
        QVERIFY(step(u"sort"_qs)[u"selectNextStep"] == before);
        QVERIFY(StepView(step(u"sort"_qs)).nextStepId().isEmpty());
    }
}

void TestTypeCommands::unknownTypesKeepEverything()
{
    m_document = documentOf(R"({"trigger":"http_request","definition":{"name":"x","steps":[
        {"id":"t","stepType":"Teleport","inputs":{"to":"Mars","text":"hi"},"mood":"bold","nextStepId":"e"},
        {"id":"e","stepType":"SMS","inputs":{}}]}})");
    QVERIFY(pushed(*m_document, retype(u"t"_qs, u"SMS")));
    QCOMPARE(step(u"t"_qs)[u"inputs"][u"to"].toString(), u"Mars"_qs);
    QCOMPARE(step(u"t"_qs)[u"inputs"][u"text"].toString(), u"hi"_qs);
    QCOMPARE(step(u"t"_qs)[u"mood"].toString(), u"bold"_qs);
    QCOMPARE(StepView(step(u"t"_qs)).nextStepId(), u"e"_qs);
}

void TestTypeCommands::containersWithSteps()
{
    const Result<DefinitionEdit> edit = retype(u"check"_qs, u"SMS");
    QVERIFY(!edit.isOk());
    QVERIFY(edit.error().message.contains(u"“check”"));
    QVERIFY(pushed(*m_document, retype(u"empty"_qs, u"SMS")));
    QVERIFY(
        !changeStepType(m_document->definition(), m_document->graph(), DefinitionGraph::triggerKey(), stepType(u"SMS"))
             .isOk());
}

void TestTypeCommands::trigger()
{
    const QByteArray text = m_document->text();
    QVERIFY(pushed(*m_document, setTrigger(m_document->definition(), u"http_request"_qs)));
    const auto [gone, come] = changedLines(text, m_document->text());
    QCOMPARE(come, QByteArrayList {"  \"trigger\": \"http_request\","});
    QVERIFY(!setTrigger(m_document->definition(), u" "_qs).isOk());
    m_document = documentOf(R"({"definition":{"steps":[]}})");
    QVERIFY(pushed(*m_document, setTrigger(m_document->definition(), u"inbound_sms"_qs)));
    QCOMPARE(m_document->definition().trigger(), u"inbound_sms"_qs);
}

void TestTypeCommands::nameStatusAndSubaccount()
{
    QVERIFY(pushed(*m_document, setSubAccount(m_document->definition(), u"other"_qs)));
    QCOMPARE(m_document->definition().root()[u"subaccountId"].toString(), u"other"_qs); // the spelling of the file
    QVERIFY(!m_document->definition().root().contains(u"subAccountId"));
    QVERIFY(pushed(*m_document, setSubAccount(m_document->definition(), std::nullopt)));
    QVERIFY(m_document->definition().root()[u"subaccountId"].isNull());
    QVERIFY(pushed(*m_document, setStatus(m_document->definition(), u"enabled"_qs)));
    QVERIFY(!setStatus(m_document->definition(), u"maybe"_qs).isOk());

    m_document = documentOf("{\n  \"definition\": {\n    \"steps\": []\n  }\n}\n");
    QVERIFY(pushed(*m_document, setName(m_document->definition(), u"New"_qs)));
    QVERIFY(pushed(*m_document, setSubAccount(m_document->definition(), u"acme"_qs)));
    QVERIFY(pushed(*m_document, setStatus(m_document->definition(), u"disabled"_qs)));
    QCOMPARE(m_document->text(),
        QByteArray("{\n  \"definition\": {\n    \"name\": \"New\",\n    \"steps\": []\n  },\n"
                   "  \"subAccountId\": \"acme\",\n  \"status\": \"disabled\"\n}\n"));
    // The documented spelling counts when both are there.
    m_document = documentOf(R"({"subaccountId":"a","subAccountId":"b","definition":{"steps":[]}})");
    QVERIFY(pushed(*m_document, setSubAccount(m_document->definition(), u"c"_qs)));
    QCOMPARE(m_document->text(), QByteArray(R"({"subaccountId":"a","subAccountId":"c","definition":{"steps":[]}})"));
}

void TestTypeCommands::rootMembersInEitherPlace()
{
    const QByteArray text(R"({"id":"out","version":2,"trigger":"http_request","definition":{"version":3,"steps":[]}})");
    m_document = documentOf(text);
    for (const char *place : {"/id", "/version", "/definition/version", "/definition/id"}) {
        QVERIFY(pushed(*m_document,
            setRootValue(m_document->definition(), pointer(QString::fromLatin1(place)), JsonValue(9), u"Set"_qs)));
    }
    QCOMPARE(m_document->text(),
        QByteArray(R"({"id":9,"version":9,"trigger":"http_request","definition":{"version":9,"id":9,"steps":[]}})"));
    m_document->undoStack()->setIndex(0);
    QCOMPARE(m_document->text(), text);
}

QTEST_GUILESS_MAIN(TestTypeCommands)
#include "tst_typecommands.moc"
