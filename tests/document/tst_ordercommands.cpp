#include "documenttools.h"

#include "model/document/commands/ordercommands.h"

using namespace automation;

class TestOrderCommands : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void moveWithinAList();
    void moveIntoContainers();
    void moveOutOfAContainer();
    void moveKeepsTheEntry();
    void moveSeveral();
    void moveRefuses();
    void orderOfOutcomes();
    void conditions();
    void sourceOfAConnection();
    void sourceRefuses();

private:
    Result<DefinitionEdit> move(const QStringList &keys, const StepPlace &place)
    {
        return moveSteps(m_document->definition(), m_document->graph(), keys, place);
    }
    Result<DefinitionEdit> source(const QString &from, const QString &outcome, const QString &to, const QString &other)
    {
        return reconnectSource(m_document->definition(), m_document->graph(), from, outcome, to, other);
    }
    static QStringList ids(const JsonValue &steps)
    {
        QStringList result;
        for (qsizetype i = 0; i < steps.size(); ++i)
            result += StepView(steps.at(i)).id();
        return result;
    }
    QStringList top() const { return ids(m_document->definition().steps()); }
    QStringList inside(const QString &id, qsizetype sequence) const
    {
        return ids(stepOf(*m_document, id)[u"do"].at(sequence));
    }
    JsonValue selection(const QString &id) const { return stepOf(*m_document, id)[u"selectNextStep"]; }
    bool refused(const Result<DefinitionEdit> &edit) const
    {
        return !edit.isOk() && edit.error().code == ErrorCode::InvalidArgument && !edit.error().message.isEmpty();
    }

    std::unique_ptr<WorkflowDocument> m_document;
};

void TestOrderCommands::init()
{
    m_document = documentOf(dataText("survey.json"));
    QVERIFY(m_document);
}

void TestOrderCommands::moveWithinAList()
{
    const QByteArray text = m_document->text();
    const JsonValue bye = stepOf(*m_document, u"bye"_qs);
    QVERIFY(pushed(*m_document, move({u"bye"_qs}, StepPlace::before(u"sort"_qs))));
    QCOMPARE(top().mid(1, 3), QStringList({u"listen"_qs, u"bye"_qs, u"sort"_qs}));
    QVERIFY(stepOf(*m_document, u"bye"_qs) == bye);
    QVERIFY(m_document->graph().danglingOutcomes().isEmpty());
    // To where it is.
    const Result<DefinitionEdit> nothing = move({u"bye"_qs}, StepPlace::after(u"listen"_qs));
    QVERIFY(nothing && nothing->edits.isEmpty());
    QVERIFY(pushed(*m_document, move({u"bye"_qs}, StepPlace::atEnd())));
    QCOMPARE(m_document->text(), text);
}

void TestOrderCommands::moveIntoContainers()
{
    QVERIFY(pushed(*m_document, move({u"bad"_qs}, StepPlace::inSequence(u"check"_qs, 0))));
    QCOMPARE(inside(u"check"_qs, 0), QStringList({u"log"_qs, u"mark"_qs, u"bad"_qs}));
    QVERIFY(pushed(*m_document, move({u"good"_qs}, StepPlace::inSequence(u"empty"_qs, 0))));
    QCOMPARE(inside(u"empty"_qs, 0), QStringList {u"good"_qs});
    QVERIFY(!top().contains(u"good"_qs));
    // The container moves with what is in it, into another one that stands before it.
    QVERIFY(pushed(*m_document, move({u"empty"_qs}, StepPlace::inSequence(u"check"_qs, 1))));
    QCOMPARE(inside(u"check"_qs, 1), QStringList {u"empty"_qs});
    QCOMPARE(inside(u"empty"_qs, 0), QStringList {u"good"_qs});
    // From the one sequence into the other.
    QVERIFY(pushed(*m_document, move({u"log"_qs, u"mark"_qs, u"bad"_qs}, StepPlace::inSequence(u"check"_qs, 1, 0))));
    QCOMPARE(stepOf(*m_document, u"check"_qs)[u"do"].size(), 1); // the empty one went
    QCOMPARE(inside(u"check"_qs, 0), QStringList({u"log"_qs, u"mark"_qs, u"bad"_qs, u"empty"_qs}));
}

void TestOrderCommands::moveOutOfAContainer()
{
    const QByteArray text = m_document->text();
    QVERIFY(pushed(*m_document, move({u"log"_qs, u"mark"_qs}, StepPlace::after(u"ask"_qs))));
    QCOMPARE(top().mid(0, 3), QStringList({u"ask"_qs, u"log"_qs, u"mark"_qs}));
    QVERIFY(stepOf(*m_document, u"check"_qs)[u"do"].isEmpty());
    m_document->undoStack()->undo();
    QCOMPARE(m_document->text(), text);
}

void TestOrderCommands::moveKeepsTheEntry()
{
    // "ask" started the workflow; what it leads to starts it now, not what happens to stand next.
    QVERIFY(pushed(*m_document, move({u"bye"_qs}, StepPlace::before(u"listen"_qs))));
    QVERIFY(pushed(*m_document, move({u"ask"_qs}, StepPlace::inSequence(u"empty"_qs, 0))));
    QCOMPARE(top().first(), u"listen"_qs);
    QCOMPARE(top().at(1), u"bye"_qs);
}

void TestOrderCommands::moveSeveral()
{
    QVERIFY(pushed(*m_document, move({u"bad"_qs, u"mark"_qs, u"ask"_qs}, StepPlace::atEnd())));
    QCOMPARE(top().last(3), QStringList({u"ask"_qs, u"bad"_qs, u"mark"_qs})); // in file order
    QCOMPARE(inside(u"check"_qs, 0), QStringList {u"log"_qs});
}

void TestOrderCommands::moveRefuses()
{
    QVERIFY(refused(move({u"check"_qs}, StepPlace::after(u"log"_qs))));
    QVERIFY(refused(move({u"check"_qs}, StepPlace::inSequence(u"check"_qs, 0))));
    QVERIFY(refused(move({DefinitionGraph::triggerKey()}, StepPlace::atEnd())));
    QVERIFY(refused(move({u"nobody"_qs}, StepPlace::atEnd())));
    QVERIFY(refused(move({u"ask"_qs}, StepPlace::after(u"nobody"_qs))));
    QVERIFY(refused(move({u"ask"_qs}, StepPlace::inSequence(u"bye"_qs, 0))));
    QVERIFY(refused(move({u"ask"_qs}, StepPlace::before(DefinitionGraph::triggerKey()))));
}

void TestOrderCommands::orderOfOutcomes()
{
    const auto order = [this](const QString &outcome, int position) {
        return moveOutcome(m_document->definition(), m_document->graph(), u"sort"_qs, outcome, position);
    };
    const QByteArray text = m_document->text();
    const JsonValue before = selection(u"sort"_qs);
    QVERIFY(pushed(*m_document, order(u"when:bad"_qs, 0)));
    QCOMPARE(selection(u"sort"_qs).keyAt(0), u"bad"_qs);
    QCOMPARE(selection(u"sort"_qs).keyAt(1), u"good"_qs);
    QVERIFY(selection(u"sort"_qs).at(0) == before.at(1));
    // The default where it is put.
    QVERIFY(pushed(*m_document, order(u"when:bye"_qs, 1)));
    QCOMPARE(selection(u"sort"_qs).keyAt(1), u"bye"_qs);
    QVERIFY(selection(u"sort"_qs).at(1).isNull());
    QVERIFY(refused(order(u"when:bad"_qs, 3)));
    QVERIFY(refused(order(u"when:nobody"_qs, 0)));
    QVERIFY(refused(moveOutcome(m_document->definition(), m_document->graph(), u"ask"_qs, u"next"_qs, 0)));
    m_document->undoStack()->setIndex(0);
    QCOMPARE(m_document->text(), text);
}

void TestOrderCommands::conditions()
{
    const auto set = [this](const QString &outcome, const std::optional<QString> &condition) {
        return setCondition(m_document->definition(), m_document->graph(), u"sort"_qs, outcome, condition);
    };
    QVERIFY(pushed(*m_document, set(u"when:good"_qs, u"{{data.answer == 1}}"_qs)));
    QCOMPARE(selection(u"sort"_qs).at(0).toString(), u"{{data.answer == 1}}"_qs);
    QVERIFY(pushed(*m_document, set(u"when:good"_qs, u" data.answer == 2 "_qs)));
    QCOMPARE(selection(u"sort"_qs).at(0).toString(), u"{{data.answer == 2}}"_qs);
    QVERIFY(refused(set(u"when:good"_qs, std::nullopt))); // there is a default
    QVERIFY(pushed(*m_document, set(u"when:bye"_qs, u"{{false}}"_qs)));
    QVERIFY(pushed(*m_document, set(u"when:good"_qs, std::nullopt)));
    QVERIFY(selection(u"sort"_qs).at(0).isNull()); // where it stood
    QCOMPARE(selection(u"sort"_qs).at(2).toString(), u"{{false}}"_qs);
    QVERIFY(refused(setCondition(m_document->definition(), m_document->graph(), u"ask"_qs, u"next"_qs, u"{{1}}"_qs)));
}

void TestOrderCommands::sourceOfAConnection()
{
    // From one step to another.
    QVERIFY(pushed(*m_document, source(u"bad"_qs, u"next"_qs, u"bye"_qs, u"next"_qs)));
    QVERIFY(StepView(stepOf(*m_document, u"bad"_qs)).nextStepId().isEmpty());
    QCOMPARE(StepView(stepOf(*m_document, u"bye"_qs)).nextStepId(), u"check"_qs);
    // A condition goes along to a new condition.
    QVERIFY(pushed(*m_document, source(u"listen"_qs, u"when:sort"_qs, u"sort"_qs, u"new"_qs)));
    QCOMPARE(selection(u"listen"_qs).size(), 1);
    QCOMPARE(selection(u"sort"_qs).value(u"sort").toString(), u"{{step.reply != null}}"_qs);
    QVERIFY(selection(u"sort"_qs).at(3).isNull()); // before the default
    // Within one step: what led to "good" is the default's business now.
    QVERIFY(pushed(*m_document, source(u"sort"_qs, u"when:good"_qs, u"sort"_qs, u"when:bye"_qs)));
    QVERIFY(selection(u"sort"_qs).value(u"good").isNull());
    QVERIFY(selection(u"sort"_qs).contains(u"good"));
    QVERIFY(!selection(u"sort"_qs).contains(u"bye"));
    // The trigger starts with the target.
    QVERIFY(pushed(*m_document, source(u"sort"_qs, u"when:bad"_qs, DefinitionGraph::triggerKey(), u"next"_qs)));
    QCOMPARE(top().first(), u"bad"_qs);
    QVERIFY(!selection(u"sort"_qs).contains(u"bad"));
    while (m_document->undoStack()->canUndo())
        m_document->undoStack()->undo();
    QCOMPARE(m_document->text(), dataText("survey.json"));
}

void TestOrderCommands::sourceRefuses()
{
    QVERIFY(refused(source(DefinitionGraph::triggerKey(), u"next"_qs, u"bye"_qs, u"next"_qs)));
    QVERIFY(refused(source(u"check"_qs, u"do:0"_qs, u"bye"_qs, u"next"_qs)));
    QVERIFY(refused(source(u"bye"_qs, u"next"_qs, u"bad"_qs, u"next"_qs))); // is open
    QVERIFY(refused(source(u"listen"_qs, u"when:bye"_qs, u"sort"_qs, u"new"_qs))); // leads there already
    QVERIFY(refused(source(u"log"_qs, u"next"_qs, DefinitionGraph::triggerKey(), u"next"_qs))); // nested
}

QTEST_GUILESS_MAIN(TestOrderCommands)
#include "tst_ordercommands.moc"
