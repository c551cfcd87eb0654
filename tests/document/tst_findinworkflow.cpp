// Finding and replacing in definitions and in files of a folder.

#include "model/document/atomicfile.h"
#include "model/document/foldersearch.h"
#include "model/json/jsonreader.h"
#include "model/validation/validator.h"
#include "tests/document/documenttools.h"

#include <QSignalSpy>
#include <QTemporaryDir>

using namespace automation;

namespace {

const QByteArray shop = dataText("order-shop.json");

SearchQuery queryFor(const QString &text, const QString &replacement = {})
{
    SearchQuery query;
    query.text = text;
    query.replacement = replacement;
    return query;
}

QList<SearchHit> find(const WorkflowDocument &document, const SearchQuery &query)
{
    const Result<SearchPattern> pattern = SearchPattern::compile(query);
    return pattern ? findInDefinition(document.definition(), document.graph(), *pattern, 1000) : QList<SearchHit>();
}

// "kind place start" of each hit.
QStringList places(const QList<SearchHit> &hits)
{
    QStringList list;
    for (const SearchHit &hit : hits) {
        const char *kinds[] = {"id", "text", "expression", "value"};
        list += u"%1 %2%3 %4"_qs.arg(QLatin1StringView(kinds[int(hit.kind)]), hit.place.toString(),
            hit.isName ? u" (name)"_qs : QString(), QString::number(hit.start));
    }
    return list;
}

} // namespace

class TestFindInWorkflow : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void findsEachKind();
    void wordsCaseAndRegularExpressions();
    void mistakesInAnExpressionAreTold();
    void runawayExpressionEnds();
    void replacesAsOneCommand();
    void replacesWithItsOutcome();
    void idsThatChangePlaces();
    void tellsWhatCannotBeReplacedAndWhatWouldArise();
    void stoppedSearchEnds();
    void filesAreReplacedWhereTheyDiffer();
    void filesThatCannotBeUsedAreNamed();
    void changedFileIsLeftAlone();
    void layoutFollowsARenamedStep();
};

void TestFindInWorkflow::findsEachKind()
{
    const auto document = documentOf(shop);
    const QStringList all = places(find(*document, queryFor(u"order"_qs)));
    const QStringList expected {u"value /subAccountId 0"_qs, u"text /definition/name 0"_qs,
        u"id /definition/steps/0/id 0"_qs, u"value /definition/steps/0/inputs/url 25"_qs,
        u"value /definition/steps/0/inputs/body/order (name) 0"_qs,
        u"value /definition/steps/0/outputs/order_id (name) 0"_qs,
        u"expression /definition/steps/0/outputs/order_id 20"_qs,
        u"expression /definition/steps/1/selectNextStep/say 7"_qs,
        u"expression /definition/steps/1/selectNextStep/order 24"_qs,
        u"id /definition/steps/1/selectNextStep/lost_order (name) 5"_qs,
        u"value /definition/steps/2/inputs/subAccountId 0"_qs, u"text /definition/steps/2/inputs/text 5"_qs,
        u"expression /definition/steps/2/inputs/text 18"_qs, u"text /definition/steps/2/inputs/text 46"_qs};
    for (qsizetype i = 0; i < qMax(all.size(), expected.size()); ++i)
        QCOMPARE(all.value(i), expected.value(i));
    SearchQuery only = queryFor(u"order"_qs);
    only.inIds = only.inTexts = only.inValues = false;
    QCOMPARE(places(find(*document, only)).size(), 4);
    QCOMPARE(places(find(*document, queryFor(u"15"_qs))),
        QStringList {u"value /definition/steps/0/inputs/timeoutSeconds 0"_qs});
    // What is the catalogue's is not searched.
    QVERIFY(find(*document, queryFor(u"timeoutSeconds"_qs)).isEmpty());
    QVERIFY(find(*document, queryFor(u"HttpRequest"_qs)).isEmpty());
}

void TestFindInWorkflow::wordsCaseAndRegularExpressions()
{
    const auto document = documentOf(shop);
    SearchQuery query = queryFor(u"ORDER"_qs);
    query.matchesCase = true;
    QVERIFY(find(*document, query).isEmpty());
    query = queryFor(u"order"_qs);
    query.wholeWords = true;
    query.inIds = query.inValues = query.inExpressions = false;
    QCOMPARE(places(find(*document, query)),
        QStringList({u"text /definition/name 0"_qs, u"text /definition/steps/2/inputs/text 5"_qs}));
    query = queryFor(u"(\\w+)\\.example\\.(com|org)"_qs, u"www.\\1.\\2"_qs);
    query.isRegularExpression = true;
    const QList<SearchHit> hits = find(*document, query);
    QCOMPARE(hits.size(), 1);
    QCOMPARE(hits.first().replacement, u"www.shop.com"_qs);
    QCOMPARE(replacedText(hits.first().subject, hits), u"https://www.shop.com/order"_qs);
    // Characters of another expression are plain text without the switch.
    QVERIFY(find(*document, queryFor(u"(\\w+)"_qs)).isEmpty());
}

void TestFindInWorkflow::mistakesInAnExpressionAreTold()
{
    SearchQuery query = queryFor(u"ab(c"_qs);
    QVERIFY(SearchPattern::compile(query));
    query.isRegularExpression = true;
    const auto pattern = SearchPattern::compile(query);
    QVERIFY(!pattern);
    QCOMPARE(pattern.error().code, ErrorCode::InvalidArgument);
    QVERIFY2(pattern.error().message.contains(u"character 5"_qs), qPrintable(pattern.error().message));
    QVERIFY(!SearchPattern::compile(queryFor({})));
}

void TestFindInWorkflow::runawayExpressionEnds()
{
    SearchQuery query = queryFor(u"(a+)+$"_qs);
    query.isRegularExpression = true;
    const auto pattern = SearchPattern::compile(query);
    QVERIFY(pattern);
    QVERIFY(pattern->matches(QString(60, u'a') + u'!').isEmpty());
}

void TestFindInWorkflow::replacesAsOneCommand()
{
    const auto document = documentOf(shop);
    const QByteArray before = document->text();
    const auto replacement
        = replaceHits(document->definition(), document->graph(), find(*document, queryFor(u"order"_qs, u"ticket"_qs)));
    QVERIFY(replacement);
    QCOMPARE(replacement->refused, QStringList());
    QCOMPARE(replacement->replaced, 14);
    QVERIFY(replacement->arising.isEmpty()); // the connection that leads nowhere only has another name
    QVERIFY(pushed(*document, replacement->edit));
    QCOMPARE(document->undoStack()->count(), 1);
    QByteArray expected = shop;
    expected.replace("Order", "ticket").replace("Reorder", "Reticket").replace("order", "ticket");
    QCOMPARE(document->text(), expected);
    document->undoStack()->undo();
    QCOMPARE(document->text(), before);
}

// Pushed with what was worked out elsewhere it is the same command, and edits before, between and after it are, too.
void TestFindInWorkflow::replacesWithItsOutcome()
{
    const auto document = documentOf(shop);
    const auto inWords = [](const QList<Problem> &problems) {
        QStringList words;
        for (const Problem &problem : problems)
            words += problem.pointer.toString() + u' ' + problem.message;
        return words;
    };
    const auto isWhole = [&] {
        const QList<Problem> problems = validate(document->definition(), document->graph(), document->catalog());
        return *readJson(document->text()) == document->definition().root()
            && inWords(document->problems()) == inWords(problems)
            && document->graph().nodes().size()
            == DefinitionGraph::build(document->definition(), document->catalog()).nodes().size();
    };
    const auto rename = [&document](const QString &id, const QString &newId) {
        return pushed(*document, renameStep(document->definition(), document->graph(), id, newId));
    };
    QVERIFY(rename(u"say"_qs, u"tell"_qs));
    const QByteArray before = document->text();
    auto replacement
        = replaceHits(document->definition(), document->graph(), find(*document, queryFor(u"order"_qs, u"ticket"_qs)));
    QVERIFY(replacement);
    auto again = *replacement;
    QSignalSpy changes(document.get(), &WorkflowDocument::changed);
    QVERIFY(document->push(replacement->edit, replacement->outcome));
    QCOMPARE(changes.size(), 1);
    QCOMPARE(document->undoStack()->count(), 2);
    const QByteArray after = document->text();
    QVERIFY(!after.contains("order"));
    QVERIFY(document->graph().indexOfId(u"ticket"_qs) > 0);
    QVERIFY(isWhole());
    document->undoStack()->undo();
    QCOMPARE(document->text(), before);
    QVERIFY(document->graph().indexOfId(u"order"_qs) > 0);
    QVERIFY(isWhole());
    document->undoStack()->redo();
    QCOMPARE(document->text(), after);
    QVERIFY(isWhole());
    QVERIFY(rename(u"tell"_qs, u"whisper"_qs));
    QVERIFY(isWhole());
    while (document->undoStack()->canUndo()) {
        document->undoStack()->undo();
        QVERIFY(isWhole());
    }
    QCOMPARE(document->text(), shop);
    while (document->undoStack()->canRedo()) {
        document->undoStack()->redo();
        QVERIFY(isWhole());
    }
    QVERIFY(document->text().contains("whisper"));

    // An outcome for another definition is not taken for this one's.
    const auto other = documentOf(before);
    QVERIFY(rename(u"whisper"_qs, u"shout"_qs));
    QVERIFY(other->push(again.edit, again.outcome));
    QCOMPARE(other->text(), after);
    other->undoStack()->undo();
    QCOMPARE(other->text(), before);
}

void TestFindInWorkflow::idsThatChangePlaces()
{
    const auto document = documentOf(R"({"definition":{"name":"N","steps":[
        {"id":"a","stepType":"Branch","inputs":{},"selectNextStep":{"b":"{{data.x}}","c":null}},
        {"id":"b","stepType":"Wait","inputs":{"duration":"00:01:00"},"nextStepId":"c"},
        {"id":"c","stepType":"Wait","inputs":{"duration":"00:01:00"},"nextStepId":"b"}]},"trigger":"inbound_sms"})");
    const auto edit = renameSteps(document->definition(), document->graph(), {{u"b"_qs, u"c"_qs}, {u"c"_qs, u"b"_qs}});
    QVERIFY2(edit, edit ? "" : qPrintable(edit.error().message));
    QVERIFY(pushed(*document, *edit));
    QByteArray text = document->text();
    QVERIFY(text.contains(R"("selectNextStep":{"c":"{{data.x}}","b":null})"));
    QVERIFY(text.contains(R"({"id":"c","stepType":"Wait","inputs":{"duration":"00:01:00"},"nextStepId":"b"})"));
    QVERIFY(!renameSteps(document->definition(), document->graph(), {{u"a"_qs, u"b"_qs}}));
    QVERIFY(!renameSteps(document->definition(), document->graph(), {{u"a"_qs, u"z"_qs}, {u"b"_qs, u"z"_qs}}));
    QVERIFY(!renameSteps(document->definition(), document->graph(), {{u"a"_qs, u" "_qs}}));
}

void TestFindInWorkflow::tellsWhatCannotBeReplacedAndWhatWouldArise()
{
    const auto document = documentOf(shop);
    auto replacement
        = replaceHits(document->definition(), document->graph(), find(*document, queryFor(u"15"_qs, u"soon"_qs)));
    QVERIFY(replacement);
    QCOMPARE(replacement->replaced, 0);
    QCOMPARE(replacement->refused, QStringList {u"“order”: “soon” is no number and neither true nor false."_qs});
    QVERIFY(replacement->edit.edits.isEmpty());

    SearchQuery ids = queryFor(u"say"_qs, u"check"_qs);
    ids.inTexts = false;
    replacement = replaceHits(document->definition(), document->graph(), find(*document, ids));
    QVERIFY(replacement);
    QCOMPARE(replacement->refused, QStringList {u"“say”: another step has the id “check” already."_qs});

    replacement = replaceHits(
        document->definition(), document->graph(), find(*document, queryFor(u"!= null"_qs, u"!= null)"_qs)));
    QVERIFY(replacement);
    QCOMPARE(replacement->arising.size(), 1);
    QCOMPARE(replacement->arising.first().stepId, u"check"_qs);
    // What is wrong already does not arise.
    replacement = replaceHits(
        document->definition(), document->graph(), find(*document, queryFor(u"on its way"_qs, u"coming"_qs)));
    QVERIFY(replacement);
    QVERIFY(!document->problems().isEmpty());
    QVERIFY(replacement->arising.isEmpty());

    // Hits of another definition are refused as a whole.
    QList<SearchHit> stale = find(*document, queryFor(u"on its way"_qs, u"coming"_qs));
    stale.first().subject += u'!';
    QCOMPARE(replaceHits(document->definition(), document->graph(), stale).error().code, ErrorCode::InvalidArgument);
}

void TestFindInWorkflow::stoppedSearchEnds()
{
    const auto document = documentOf(shop);
    const auto pattern = SearchPattern::compile(queryFor(u"order"_qs));
    QVERIFY(
        findInDefinition(document->definition(), document->graph(), *pattern, 1000, [] { return false; }).size() < 14);
    QCOMPARE(findInDefinition(document->definition(), document->graph(), *pattern, 3).size(), 3);
}

void TestFindInWorkflow::filesAreReplacedWhereTheyDiffer()
{
    QTemporaryDir folder;
    QVERIFY(QDir(folder.path()).mkpath(u"below"_qs));
    QByteArray windows = shop;
    windows.replace("\n", "\r\n");
    const QString path = folder.filePath(u"below/shop.json"_qs);
    QVERIFY(writeFile(path, windows));
    QVERIFY(writeFile(folder.filePath(u"shop.layout.json"_qs), "{}"));
    QCOMPARE(definitionFilesIn(folder.path()), QStringList {path});
    const auto pattern = SearchPattern::compile(queryFor(u"order"_qs, u"ticket"_qs));
    auto found = findInFile(path, *pattern, 1000);
    QVERIFY(found);
    QCOMPARE(found->hits.size(), 14);
    // Only what was ticked.
    found->hits = {found->hits.at(1), found->hits.at(2)};
    const auto checked = checkReplacingInFile(path, *found);
    QVERIFY(checked);
    QCOMPARE(checked->replaced, 2);
    QCOMPARE(fileContent(path), windows);
    const auto replaced = replaceInFile(path, *found);
    QVERIFY2(replaced, replaced ? "" : qPrintable(replaced.error().message));
    QByteArray expected = windows;
    expected.replace("Order shop", "ticket shop").replace(R"("id": "order")", R"("id": "ticket")");
    expected.replace(R"(, "order": "{{data.payload.body == )", R"(, "ticket": "{{data.payload.body == )");
    QCOMPARE(fileContent(path), expected);
}

void TestFindInWorkflow::filesThatCannotBeUsedAreNamed()
{
    QTemporaryDir folder;
    const auto pattern = SearchPattern::compile(queryFor(u"order"_qs));
    const QList<std::pair<const char *, QByteArray>> files = {{"broken.json", "{\"definition\":"}, {"list.json", "[]"},
        {"bytes.json", "\xFF\xFE"}, {"deep.json", QByteArray(100'000, '[')}, {"empty.json", ""}};
    for (const auto &[name, text] : files) {
        const QString path = folder.filePath(QLatin1StringView(name));
        QVERIFY(writeFile(path, text));
        const auto found = findInFile(path, *pattern, 10);
        QVERIFY(!found);
        QVERIFY2(found.error().message.contains(QLatin1StringView(name)), qPrintable(found.error().message));
    }
    QVERIFY(!findInFile(folder.filePath(u"missing.json"_qs), *pattern, 10));
    QCOMPARE(definitionFilesIn(folder.path()).size(), files.size());
}

void TestFindInWorkflow::changedFileIsLeftAlone()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"shop.json"_qs);
    QVERIFY(writeFile(path, shop));
    const auto pattern = SearchPattern::compile(queryFor(u"Order shop"_qs, u"Other"_qs));
    const auto found = findInFile(path, *pattern, 10);
    QVERIFY(found);
    const QByteArray other = QByteArray(shop).replace("Reorder", "Again");
    QVERIFY(writeFile(path, other));
    const auto replaced = replaceInFile(path, *found);
    QVERIFY(!replaced);
    QCOMPARE(replaced.error().code, ErrorCode::ChangedOnDisk);
    QVERIFY(replaced.error().message.contains(u"shop.json"_qs));
    QCOMPARE(fileContent(path), other);
}

void TestFindInWorkflow::layoutFollowsARenamedStep()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"shop.json"_qs);
    QVERIFY(writeFile(path, shop));
    {
        auto document = WorkflowDocument::open(path);
        QVERIFY(document);
        DrawingLayout drawing = (*document)->drawing();
        drawing.positions.insert(u"say"_qs, QPointF(100, 200));
        QVERIFY((*document)->pushDrawing(drawing, u"Move"_qs));
        QVERIFY((*document)->save());
    }
    SearchQuery query = queryFor(u"say"_qs, u"tell"_qs);
    query.inTexts = false;
    const auto found = findInFile(path, *SearchPattern::compile(query), 10);
    QVERIFY(found);
    QCOMPARE(found->hits.size(), 1);
    QVERIFY(replaceInFile(path, *found));
    const auto document = WorkflowDocument::open(path);
    QVERIFY(document);
    QVERIFY((*document)->drawing().positions.contains(u"tell"_qs));
    QVERIFY((*document)->text().contains(R"("tell": "{{data.order_id != null}}")"));
}

QTEST_MAIN(TestFindInWorkflow)
#include "tst_findinworkflow.moc"
