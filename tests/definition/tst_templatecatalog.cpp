#include "model/definition/templatecatalog.h"

#include "model/json/jsonreader.h"
#include "model/validation/validator.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

using namespace automation;

class TestTemplateCatalog : public QObject
{
    Q_OBJECT

private slots:
    void offersTheUses();
    void opensWithoutAProblem_data();
    void opensWithoutAProblem();
    void sampleHasTheShapeOfThePictures();
    void loadReportsWhatIsMissing();
};

void TestTemplateCatalog::offersTheUses()
{
    QStringList ids;
    for (const WorkflowTemplate &item : TemplateCatalog::builtIn().templates())
        ids += item.id;
    QCOMPARE(ids.join(u' '),
        u"auto-reply out-of-office fallback split-messages custom-integration content-based-rule mix-and-match "
        "menu-with-replies"_qs);
    QVERIFY(!TemplateCatalog::builtIn().find(u"none"));
}

void TestTemplateCatalog::opensWithoutAProblem_data()
{
    QTest::addColumn<bool>("isSample");
    QTest::addColumn<QString>("id");
    for (const WorkflowTemplate &item : TemplateCatalog::builtIn().templates())
        QTest::newRow(qPrintable(item.id)) << false << item.id;
    for (const WorkflowTemplate &item : TemplateCatalog::samples().templates())
        QTest::newRow(qPrintable(item.id)) << true << item.id;
}

void TestTemplateCatalog::opensWithoutAProblem()
{
    QFETCH(bool, isSample);
    QFETCH(QString, id);
    const WorkflowTemplate *item = (isSample ? TemplateCatalog::samples() : TemplateCatalog::builtIn()).find(id);
    QVERIFY(item);
    QVERIFY(!item->title.isEmpty());
    QVERIFY(!item->sentence.isEmpty());
    QVERIFY(!item->payloadName.isEmpty());
    QVERIFY(item->payload.isObject());
    const auto json = readJson(item->definition);
    QVERIFY(json.isOk());
    const auto definition = WorkflowDefinition::fromJson(*json);
    QVERIFY(definition.isOk());
    // A template must not start anything by being published.
    QCOMPARE(definition->status(), u"disabled"_qs);
    const auto graph = DefinitionGraph::build(*definition, StepCatalog::builtIn());
    const QList<Problem> problems = validate(*definition, graph, StepCatalog::builtIn());
    QVERIFY2(problems.isEmpty(), problems.isEmpty() ? "" : qPrintable(problems.first().message));
}

void TestTemplateCatalog::sampleHasTheShapeOfThePictures()
{
    const WorkflowTemplate *item = TemplateCatalog::samples().find(u"appointment-reminder");
    QVERIFY(item);
    const auto definition = WorkflowDefinition::fromJson(*readJson(item->definition));
    QVERIFY(definition.isOk());
    const auto graph = DefinitionGraph::build(*definition, StepCatalog::builtIn());
    QCOMPARE(graph.stepCount(), 8);
    QCOMPARE(graph.connections().size(), 8);
    const int wait = graph.indexOfId(u"wait_for_reply"_qs);
    QVERIFY(wait > 0);
    QCOMPARE(graph.nodes().at(wait).outcomes.size(), 2);
}

void TestTemplateCatalog::loadReportsWhatIsMissing()
{
    QTemporaryDir folder;
    QCOMPARE(TemplateCatalog::load(folder.path()).error().code, ErrorCode::Unreadable);
    const auto writeIndex = [&folder](const char *text) {
        QFile file(folder.filePath(u"index.json"_qs));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    };
    writeIndex("[{");
    QCOMPARE(TemplateCatalog::load(folder.path()).error().code, ErrorCode::NotJson);
    writeIndex(R"([{"id":"../x","title":"T"}])");
    QCOMPARE(TemplateCatalog::load(folder.path()).error().code, ErrorCode::InvalidArgument);
    writeIndex(R"([{"id":"x","title":"T"}])");
    QCOMPARE(TemplateCatalog::load(folder.path()).error().code, ErrorCode::Unreadable);
}

QTEST_GUILESS_MAIN(TestTemplateCatalog)
#include "tst_templatecatalog.moc"
