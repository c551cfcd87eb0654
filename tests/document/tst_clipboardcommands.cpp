#include "documenttools.h"

#include "model/document/commands/clipboardcommands.h"
#include "model/json/jsonreader.h"

using namespace automation;

class TestClipboardCommands : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void copyGivesReadableSteps();
    void copyTakesNestedStepsOnce();
    void pasteMakesIdsUnique();
    void pasteIntoAnotherDefinition();
    void pasteOnAConnection();
    void pasteIntoSequences();
    void pasteOfCutOutText_data();
    void pasteOfCutOutText();
    void pasteRefuses_data();
    void pasteRefuses();
    void pasteRefusesTooDeep();
    void duplicateFollowsInnerReferences();
    void duplicateNestedAndSeveralLists();
    void idsFollowTheStyle_data();
    void idsFollowTheStyle();

private:
    Result<DefinitionEdit> paste(const QByteArray &text, const StepPlace &place = StepPlace::atEnd())
    {
        return pasteSteps(m_document->definition(), m_document->graph(), text, place);
    }
    QByteArray copied(const QStringList &keys)
    {
        const Result<QByteArray> text = copySteps(m_document->definition(), m_document->graph(), keys);
        return text ? *text : QByteArray();
    }
    QStringList ids(const JsonValue &steps) const
    {
        QStringList result;
        for (qsizetype i = 0; i < steps.size(); ++i)
            result += StepView(steps.at(i)).id();
        return result;
    }

    std::unique_ptr<WorkflowDocument> m_document;
};

void TestClipboardCommands::init()
{
    m_document = documentOf(dataText("survey.json"));
    QVERIFY(m_document);
}

void TestClipboardCommands::copyGivesReadableSteps()
{
    const Result<JsonValue> one = readJson(copied({u"ask"_qs}));
    QVERIFY(one && one->isObject());
    QVERIFY(*one == stepOf(*m_document, u"ask"_qs));
    const Result<JsonValue> two = readJson(copied({u"sort"_qs, u"ask"_qs}));
    QVERIFY(two && two->isArray());
    QCOMPARE(ids(*two), QStringList({u"ask"_qs, u"sort"_qs})); // in file order
    QVERIFY(!copySteps(m_document->definition(), m_document->graph(), {DefinitionGraph::triggerKey()}).isOk());
    QVERIFY(!copySteps(m_document->definition(), m_document->graph(), {}).isOk());
}

void TestClipboardCommands::copyTakesNestedStepsOnce()
{
    const Result<JsonValue> text = readJson(copied({u"log"_qs, u"check"_qs, u"mark"_qs}));
    QVERIFY(text && text->isObject());
    QCOMPARE((*text)[u"do"].at(0).size(), 2);
}

void TestClipboardCommands::pasteMakesIdsUnique()
{
    const QByteArray before = m_document->text();
    const Result<DefinitionEdit> edit = paste(copied({u"listen"_qs, u"sort"_qs}), StepPlace::after(u"sort"_qs));
    QVERIFY(pushed(*m_document, edit));
    QCOMPARE(edit->created, QStringList({u"listen_2"_qs, u"sort_2"_qs}));
    QCOMPARE(edit->reveal, u"listen_2"_qs);
    QCOMPARE(ids(m_document->definition().steps()).mid(2, 3), QStringList({u"sort"_qs, u"listen_2"_qs, u"sort_2"_qs}));
    const JsonValue listen = stepOf(*m_document, u"listen_2"_qs)[u"selectNextStep"];
    QCOMPARE(listen.keyAt(0), u"sort_2"_qs); // the inner one follows
    QCOMPARE(listen.keyAt(1), u"bye"_qs); // the outer one stays
    QCOMPARE(m_document->graph().danglingOutcomes().size(), 0);
    m_document->undoStack()->undo();
    QCOMPARE(m_document->text(), before);
}

void TestClipboardCommands::pasteIntoAnotherDefinition()
{
    const QByteArray text = copied({u"good"_qs, u"check"_qs});
    m_document = documentOf(dataText("by-hand.json"));
    const Result<DefinitionEdit> edit = paste(text);
    QVERIFY(pushed(*m_document, edit));
    // "log" is taken there by another step, "mark" is not.
    QCOMPARE(edit->created, QStringList({u"good"_qs, u"check"_qs}));
    const JsonValue inner = stepOf(*m_document, u"check"_qs)[u"do"].at(0);
    QCOMPARE(ids(inner), QStringList({u"log_2"_qs, u"mark"_qs}));
    QCOMPARE(StepView(stepOf(*m_document, u"good"_qs)).nextStepId(), u"check"_qs);
    // Nobody is called "bye" here: kept, and reported.
    QCOMPARE(StepView(stepOf(*m_document, u"check"_qs)).nextStepId(), u"bye"_qs);
    const QList<Problem> &problems = m_document->problems();
    QVERIFY(std::any_of(problems.begin(), problems.end(),
        [](const Problem &problem) { return problem.stepId == u"check" && problem.message.contains(u"bye"); }));
}

void TestClipboardCommands::pasteOnAConnection()
{
    const Result<DefinitionEdit> one = paste(copied({u"bad"_qs}), StepPlace::onConnection(u"ask"_qs, u"next"_qs));
    QVERIFY(pushed(*m_document, one));
    QCOMPARE(StepView(stepOf(*m_document, u"ask"_qs)).nextStepId(), u"bad_2"_qs);
    QCOMPARE(StepView(stepOf(*m_document, u"bad_2"_qs)).nextStepId(), u"listen"_qs);
    QCOMPARE(ids(m_document->definition().steps()).at(1), u"bad_2"_qs);

    // The condition stays with the connection; the last of the chain leads on.
    const Result<DefinitionEdit> chain
        = paste(copied({u"good"_qs, u"check"_qs}), StepPlace::onConnection(u"sort"_qs, u"when:bad"_qs));
    QVERIFY(pushed(*m_document, chain));
    const JsonValue select = stepOf(*m_document, u"sort"_qs)[u"selectNextStep"];
    QCOMPARE(select.keyAt(1), u"good_2"_qs);
    QCOMPARE(select.at(1).toString(), u"{{data?.answer == 'bad'}}"_qs);
    QCOMPARE(StepView(stepOf(*m_document, u"good_2"_qs)).nextStepId(), u"check_2"_qs);
    QCOMPARE(StepView(stepOf(*m_document, u"check_2"_qs)).nextStepId(), u"bad"_qs);

    // In front of everything.
    const Result<DefinitionEdit> first
        = paste(copied({u"mark"_qs}), StepPlace::onConnection(DefinitionGraph::triggerKey(), u"next"_qs));
    QVERIFY(pushed(*m_document, first));
    QCOMPARE(ids(m_document->definition().steps()).first(), first->reveal);
    QCOMPARE(StepView(stepOf(*m_document, first->reveal)).nextStepId(), u"ask"_qs);

    // A Branch leads on by default.
    const Result<DefinitionEdit> branch = paste(copied({u"sort"_qs}), StepPlace::onConnection(u"check"_qs, u"next"_qs));
    QVERIFY(pushed(*m_document, branch));
    QVERIFY(stepOf(*m_document, branch->reveal)[u"selectNextStep"].value(u"bye").isNull());
}

void TestClipboardCommands::pasteIntoSequences()
{
    QVERIFY(pushed(*m_document, paste(copied({u"mark"_qs}), StepPlace::inSequence(u"check"_qs, 0, 0))));
    QCOMPARE(ids(stepOf(*m_document, u"check"_qs)[u"do"].at(0)), QStringList({u"mark_2"_qs, u"log"_qs, u"mark"_qs}));
    QVERIFY(pushed(*m_document, paste(copied({u"mark"_qs}), StepPlace::inSequence(u"empty"_qs, 0))));
    QCOMPARE(ids(stepOf(*m_document, u"empty"_qs)[u"do"].at(0)), QStringList {u"mark_3"_qs});
    QVERIFY(pushed(*m_document, paste(copied({u"mark"_qs}), StepPlace::inSequence(u"check"_qs, 1))));
    QCOMPARE(stepOf(*m_document, u"check"_qs)[u"do"].size(), 2);
    QVERIFY(!paste(copied({u"mark"_qs}), StepPlace::inSequence(u"check"_qs, 7)).isOk());
    QVERIFY(!paste(copied({u"mark"_qs}), StepPlace::inSequence(u"ask"_qs, 0)).isOk());
}

void TestClipboardCommands::pasteOfCutOutText_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("steps");
    QTest::newRow("with a comma behind") << QByteArray("  {\"id\":\"n\",\"stepType\":\"SMS\"},\n") << 1;
    QTest::newRow("two with a comma") << QByteArray("{\"id\":\"n\"},\n{\"id\":\"m\"}") << 2;
    QTest::newRow("without id") << QByteArray("{\"stepType\":\"SMS\",\"inputs\":{}}") << 1;
    QTest::newRow("id that is none") << QByteArray("{\"id\":5,\"stepType\":\"SMS\"}") << 1;
    QTest::newRow("one id twice") << QByteArray("[{\"id\":\"n\"},{\"id\":\"n\"}]") << 2;
    QTest::newRow("whole definition") << dataText("survey.json") << 8;
    QTest::newRow("inner definition") << QByteArray("{\"name\":\"x\",\"steps\":[{\"id\":\"n\"}]}") << 1;
}

void TestClipboardCommands::pasteOfCutOutText()
{
    QFETCH(QByteArray, text);
    QFETCH(int, steps);
    const qsizetype before = m_document->definition().steps().size();
    const Result<DefinitionEdit> edit = paste(text);
    QVERIFY(pushed(*m_document, edit));
    QCOMPARE(m_document->definition().steps().size(), before + steps);
    QCOMPARE(edit->created.size(), steps);
    for (const GraphNode &node : m_document->graph().nodes())
        QVERIFY2(node.isTrigger || (!node.id.isEmpty() && node.key == node.id), qPrintable(node.key));
    QVERIFY(m_document->graph().danglingOutcomes().isEmpty());
}

void TestClipboardCommands::pasteRefuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("words");
    QTest::newRow("nothing") << QByteArray(" \n") << u"no text"_qs;
    QTest::newRow("prose") << QByteArray("Dear customer") << u"pasted as steps"_qs;
    QTest::newRow("half a step") << QByteArray("{\"id\":\"a\", ") << u"pasted as steps"_qs;
    QTest::newRow("a number") << QByteArray("5") << u"object in { }"_qs;
    QTest::newRow("some object") << QByteArray("{\"price\": 5}") << u"object in { }"_qs;
    QTest::newRow("no steps") << QByteArray("[]") << u"empty"_qs;
    QTest::newRow("one that is none") << QByteArray("[{\"id\":\"a\"}, 7]") << u"Number 2"_qs;
    QTest::newRow("no UTF-8") << QByteArray("{\"id\":\"\xff\"}") << u"pasted as steps"_qs;
}

void TestClipboardCommands::pasteRefuses()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, words);
    const Result<DefinitionEdit> edit = paste(text);
    QVERIFY(!edit.isOk());
    QVERIFY2(edit.error().message.contains(words), qPrintable(edit.error().message));
}

void TestClipboardCommands::pasteRefusesTooDeep()
{
    const int depth = JsonLimits().depth - 1;
    const QByteArray text
        = "{\"id\":\"deep\",\"inputs\":" + QByteArray(depth - 1, '[') + QByteArray(depth - 1, ']') + '}';
    const Result<DefinitionEdit> edit = paste(text);
    QVERIFY(!edit.isOk());
    QCOMPARE(edit.error().code, ErrorCode::Limit);
}

void TestClipboardCommands::duplicateFollowsInnerReferences()
{
    const QByteArray before = m_document->text();
    const Result<DefinitionEdit> edit
        = duplicateSteps(m_document->definition(), m_document->graph(), {u"bad"_qs, u"sort"_qs, u"good"_qs});
    QVERIFY(pushed(*m_document, edit));
    QCOMPARE(ids(m_document->definition().steps()).mid(2, 6),
        QStringList({u"sort"_qs, u"good"_qs, u"bad"_qs, u"sort_2"_qs, u"good_2"_qs, u"bad_2"_qs}));
    const JsonValue select = stepOf(*m_document, u"sort_2"_qs)[u"selectNextStep"];
    QCOMPARE(select.keyAt(0), u"good_2"_qs);
    QCOMPARE(select.keyAt(1), u"bad_2"_qs);
    QCOMPARE(select.keyAt(2), u"bye"_qs);
    const auto [gone, come] = changedLines(before, m_document->text());
    QVERIFY(gone.isEmpty());
    m_document->undoStack()->undo();
    QCOMPARE(m_document->text(), before);
}

void TestClipboardCommands::duplicateNestedAndSeveralLists()
{
    const Result<DefinitionEdit> edit = duplicateSteps(
        m_document->definition(), m_document->graph(), {u"ask"_qs, u"log"_qs, u"mark"_qs, u"empty"_qs});
    QVERIFY(pushed(*m_document, edit));
    QCOMPARE(ids(stepOf(*m_document, u"check"_qs)[u"do"].at(0)),
        QStringList({u"log"_qs, u"mark"_qs, u"log_2"_qs, u"mark_2"_qs}));
    QCOMPARE(StepView(stepOf(*m_document, u"log_2"_qs)).nextStepId(), u"mark_2"_qs);
    const QStringList top = ids(m_document->definition().steps());
    QCOMPARE(top.indexOf(u"empty_2"_qs), top.indexOf(u"ask_2"_qs) + 1); // one list, one block
    QVERIFY(!duplicateSteps(m_document->definition(), m_document->graph(), {u"nobody"_qs}).isOk());
}

void TestClipboardCommands::idsFollowTheStyle_data()
{
    QTest::addColumn<QStringList>("ids"); // the first one is duplicated
    QTest::addColumn<QString>("copy");
    QTest::newRow("plain") << QStringList {u"greet"_qs} << u"greet_2"_qs;
    QTest::newRow("numbered") << QStringList {u"ask_1"_qs, u"ask_2"_qs} << u"ask_3"_qs;
    QTest::newRow("zeros") << QStringList {u"step007"_qs} << u"step008"_qs;
    QTest::newRow("hyphens") << QStringList {u"say-hello"_qs, u"say-bye"_qs} << u"say-hello-2"_qs;
    QTest::newRow("a number only") << QStringList {u"12"_qs} << u"12_2"_qs;
    QTest::newRow("an order number") << QStringList {u"n20240131120000"_qs} << u"n20240131120000_2"_qs;
}

void TestClipboardCommands::idsFollowTheStyle()
{
    QFETCH(QStringList, ids);
    QFETCH(QString, copy);
    QByteArray steps;
    for (const QString &id : ids)
        steps += (steps.isEmpty() ? "" : ",") + ("{\"id\":\"" + id.toUtf8() + "\",\"stepType\":\"SMS\",\"inputs\":{}}");
    m_document = documentOf("{\"trigger\":\"http_request\",\"definition\":{\"name\":\"x\",\"steps\":[" + steps + "]}}");
    const Result<DefinitionEdit> edit = duplicateSteps(m_document->definition(), m_document->graph(), {ids.first()});
    QVERIFY(pushed(*m_document, edit));
    QCOMPARE(edit->reveal, copy);
}

QTEST_GUILESS_MAIN(TestClipboardCommands)
#include "tst_clipboardcommands.moc"
