#include "documenttools.h"

#include "model/json/jsonreader.h"

#include <random>

using namespace automation;

namespace {

constexpr quint32 seedsOfRow = 10;

// Random gestures on a document, sensible and senseless ones.
class Gestures
{
public:
    Gestures(WorkflowDocument &document, quint32 seed)
        : m_document(document)
        , m_random(seed)
    {
    }

    // False when the document refused an edit its own commands made.
    bool make()
    {
        const Result<DefinitionEdit> edit = any();
        return !edit || m_document.push(*edit).isOk();
    }

private:
    int below(qsizetype limit) { return limit < 1 ? 0 : int(m_random() % quint32(limit)); }

    const StepType &type()
    {
        const QList<StepType> &types = m_document.catalog().steps();
        return types.at(below(types.size()));
    }

    const GraphNode &node() { return m_document.graph().nodes().at(below(m_document.graph().nodes().size())); }

    QString outcome(const GraphNode &node)
    {
        switch (below(10)) {
        case 0:
            return u"new"_qs;
        case 1:
            return u"do:%1"_qs.arg(below(3));
        default:
            return node.outcomes.isEmpty() ? u"next"_qs : node.outcomes.at(below(node.outcomes.size())).key();
        }
    }

    Result<DefinitionEdit> any()
    {
        const WorkflowDefinition &definition = m_document.definition();
        const DefinitionGraph &graph = m_document.graph();
        const GraphNode &from = node();
        switch (below(11)) {
        case 0:
        case 1:
            return insertStepOnConnection(definition, graph, type(), from.key, outcome(from));
        case 2:
        case 3:
            return appendStep(definition, graph, type(), from.key, outcome(from));
        case 4:
            return addStep(definition, graph, type());
        case 5:
            return connectOutcome(definition, graph, from.key, outcome(from), node().key);
        case 6:
            return disconnectOutcome(definition, graph, from.key, outcome(from));
        case 7: {
            QStringList keys;
            for (int i = below(3); i >= 0; --i)
                keys += node().key;
            return deleteSteps(definition, graph, keys, below(2) == 0);
        }
        case 8: {
            static const QString places[] = {u"/inputs/text"_qs, u"/inputs/content/text"_qs, u"/outputs/x"_qs,
                u"/id"_qs, u"/nextStepId"_qs, u"/do"_qs, u"/selectNextStep"_qs};
            const QString place = places[below(std::size(places))];
            static const QString values[] = {u"a"_qs, u"b"_qs, u"ask_1"_qs};
            const QString value = values[below(3)];
            return setStepValue(definition, graph, from.key, pointer(place),
                below(4) == 0 ? std::nullopt : std::optional(JsonValue(value)), below(2) == 0 ? place : QString());
        }
        case 9:
            return renameStep(definition, graph, from.key, u"renamed_%1"_qs.arg(below(50)));
        default:
            return setRootValue(
                definition, pointer(u"/definition/name"), u"Name %1"_qs.arg(below(9)), u"name"_qs, u"n"_qs);
        }
    }

    WorkflowDocument &m_document;
    std::mt19937 m_random;
};

} // namespace

class TestUndoLaws : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anySequence_data();
    void anySequence();
};

void TestUndoLaws::anySequence_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<quint32>("first");
    bool given = false;
    const uint chosen = qEnvironmentVariable("AUTOMATION_TEST_SEED").toUInt(&given);
    const quint32 first = given ? chosen : 7100;
    for (const char *file : {"exported.json", "by-hand.json"}) {
        for (quint32 block = 0; block < 8; ++block)
            QTest::addRow("%s from %u", file, first + block * seedsOfRow)
                << QByteArray(file) << first + block * seedsOfRow;
    }
}

void TestUndoLaws::anySequence()
{
    QFETCH(QByteArray, file);
    QFETCH(quint32, first);
    const QByteArray text = dataText(file.constData());
    int commands = 0;
    for (quint32 seed = first; seed < first + seedsOfRow; ++seed) {
        const QByteArray where = "AUTOMATION_TEST_SEED=" + QByteArray::number(seed);
        const auto document = documentOf(text);
        Gestures gestures(*document, seed);
        for (int i = 0; i < 25; ++i) {
            QVERIFY2(gestures.make(), where.constData());
            if (seed % 5 == 0 && i % 7 == 0)
                document->undoStack()->undo(); // the rest of the way goes on from here
        }
        QUndoStack *stack = document->undoStack();
        commands += stack->count();
        QByteArrayList texts {document->text()};
        QVERIFY2(readJson(texts.first()).isOk() && *readJson(texts.first()) == document->definition().root(),
            where.constData());
        while (stack->canUndo()) {
            stack->undo();
            texts.prepend(document->text());
        }
        QVERIFY2(texts.first() == text, where.constData());
        for (qsizetype i = 1; stack->canRedo(); ++i) {
            stack->redo();
            QVERIFY2(document->text() == texts.at(i), where.constData());
        }
        QVERIFY2(document->text() == texts.last(), where.constData());
        stack->setIndex(0);
        QVERIFY2(document->text() == text, where.constData());
    }
    QVERIFY(commands > 80); // most gestures make sense
}

QTEST_GUILESS_MAIN(TestUndoLaws)
#include "tst_undolaws.moc"
