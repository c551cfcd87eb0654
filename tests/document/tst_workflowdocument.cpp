#include "documenttools.h"
#include "model/json/jsonreader.h"
#include "model/json/jsonwriter.h"

#include <QTemporaryDir>

#ifdef Q_OS_UNIX
#include <csignal>
#include <sys/resource.h>
#include <sys/stat.h>
#endif

using namespace automation;

class TestWorkflowDocument : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void openAndSaveGivesTheSameBytes_data();
    void openAndSaveGivesTheSameBytes();
    void openRefuses_data();
    void openRefuses();
    void openRefusesPlaces();
    void emptyWorkflow();
    void signalsComeAfterTheState();
    void revealIsAStepThatExists();
    void editThatNoLongerFitsIsRefused();
    void modifiedFollowsSaving();
    void undoAfterSavingGivesTheFirstBytes();
    void saveNeedsAFile();
    void saveAsMovesTheDocument();
    void saveFailures();
    void saveOntoAFullDisk();
    void brokenOffSaveLeavesTheOldFile();
    void saveKeepsPermissionsAndLinks();
    void changedFileIsNotOverwritten();
    void tooDeepIsRefused();
    void noticesAreTold();
    void largeDefinitionStaysFluid();

private:
    QString path(const QString &name) const { return m_folder->filePath(name); }
    std::unique_ptr<WorkflowDocument> opened(const QString &name, const QByteArray &text)
    {
        if (!writeFile(path(name), text))
            return nullptr;
        Result<std::unique_ptr<WorkflowDocument>> document = WorkflowDocument::open(path(name));
        return document ? std::move(document).value() : nullptr;
    }
    bool rename(WorkflowDocument &document, const QString &name)
    {
        return pushed(
            document, setRootValue(document.definition(), pointer(u"/definition/name"), JsonValue(name), u"name"_qs));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestWorkflowDocument::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

void TestWorkflowDocument::cleanup()
{
    m_folder.reset();
}

void TestWorkflowDocument::openAndSaveGivesTheSameBytes_data()
{
    QTest::addColumn<QByteArray>("text");
    const QByteArray exported = dataText("exported.json");
    QTest::newRow("exported") << exported;
    QTest::newRow("by hand") << dataText("by-hand.json");
    QTest::newRow("mark and CRLF") << "\xEF\xBB\xBF" + QByteArray(exported).replace("\n", "\r\n");
    QTest::newRow("no final newline") << exported.trimmed();
    QTest::newRow("one line") << QByteArray(exported).replace("\n", "").replace("  ", "");
    QTest::newRow("unknown, duplicate and odd members") << QByteArray(
        "{\"x\":1.0e0,\"x\":null,\"definition\":{\"steps\":[7,{\"id\":5,\"do\":{}},{\"stepType\":\"?\"}]}}");
}

void TestWorkflowDocument::openAndSaveGivesTheSameBytes()
{
    QFETCH(QByteArray, text);
    const auto document = opened(u"a.json"_qs, text);
    QVERIFY(document);
    QCOMPARE(document->displayName(), u"a.json"_qs);
    QCOMPARE(document->filePath(), path(u"a.json"_qs));
    QVERIFY(document->save().isOk());
    QCOMPARE(fileContent(path(u"a.json"_qs)), text);
    QVERIFY(rename(*document, u"Other"_qs));
    QVERIFY(document->save().isOk());
    QCOMPARE(fileContent(path(u"a.json"_qs)).contains("\r\n"), text.contains("\r\n"));
    QCOMPARE(fileContent(path(u"a.json"_qs)).startsWith("\xEF\xBB\xBF"), text.startsWith("\xEF\xBB\xBF"));
}

void TestWorkflowDocument::openRefuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<int>("line");
    QTest::addColumn<QString>("words");
    QTest::newRow("empty") << QByteArray() << ErrorCode::NotADefinition << 0 << u"empty"_qs;
    QTest::newRow("cut off") << dataText("exported.json").left(400) << ErrorCode::NotJson << 17 << u"too early"_qs;
    QTest::newRow("comments") << QByteArray("{\n// x\n}") << ErrorCode::NotJson << 2 << u"comments"_qs;
    QTest::newRow("list") << QByteArray("[1]") << ErrorCode::NotADefinition << 1 << u"object"_qs;
    QTest::newRow("other object") << QByteArray("\n{\"a\": 1}") << ErrorCode::NotADefinition << 2 << u"definition"_qs;
    QTest::newRow("steps are no list") << QByteArray("{\"definition\":\n{\n\"steps\":{}}}") << ErrorCode::NotADefinition
                                       << 3 << u"steps"_qs;
    QTest::newRow("deep") << QByteArray(10000, '[') << ErrorCode::Limit << 1 << u"nesting"_qs;
}

void TestWorkflowDocument::openRefuses()
{
    QFETCH(QByteArray, text);
    QFETCH(ErrorCode, code);
    QFETCH(int, line);
    QFETCH(QString, words);
    QVERIFY(writeFile(path(u"bad.json"_qs), text));
    const Result<std::unique_ptr<WorkflowDocument>> document = WorkflowDocument::open(path(u"bad.json"_qs));
    QVERIFY(!document.isOk());
    QCOMPARE(document.error().code, code);
    QCOMPARE(document.error().line, line);
    QVERIFY2(document.error().message.contains(u"bad.json"_qs), qPrintable(document.error().message));
    QVERIFY2(document.error().message.contains(words), qPrintable(document.error().message));
}

void TestWorkflowDocument::openRefusesPlaces()
{
    for (const QString &place :
        {path(u"missing.json"_qs), m_folder->path(), path(u"no/such/folder.json"_qs), u"/dev/zero"_qs, QString()}) {
        const Result<std::unique_ptr<WorkflowDocument>> document = WorkflowDocument::open(place);
        QVERIFY2(!document.isOk(), qPrintable(place));
        QCOMPARE(document.error().code, ErrorCode::Unreadable);
        QVERIFY(document.error().message.contains(place));
    }
}

void TestWorkflowDocument::emptyWorkflow()
{
    const auto document = WorkflowDocument::createEmpty(u"http_request"_qs, u"Fresh \"one\""_qs);
    QCOMPARE(document->definition().trigger(), u"http_request"_qs);
    QCOMPARE(document->definition().name(), u"Fresh \"one\""_qs);
    QCOMPARE(document->graph().stepCount(), 0);
    QVERIFY(document->filePath().isEmpty());
    QVERIFY(!document->isModified());
    const auto again = documentOf(document->text());
    QVERIFY(again && again->definition().root() == document->definition().root());
}

void TestWorkflowDocument::signalsComeAfterTheState()
{
    const auto document = documentOf(dataText("exported.json"));
    int steps = 0;
    QByteArray text;
    connect(document.get(), &WorkflowDocument::changed, this, [&](const DocumentChange &change) {
        steps = int(document->graph().stepCount());
        text = document->text();
        QVERIFY(change.structureChanged);
        QVERIFY(!change.everything);
    });
    QSignalSpy problems(document.get(), &WorkflowDocument::problemsChanged);
    QSignalSpy modified(document.get(), &WorkflowDocument::modifiedChanged);
    QVERIFY(pushed(*document, addStep(document->definition(), document->graph(), stepType(u"SMS"))));
    QCOMPARE(steps, 7);
    QCOMPARE(text, document->text());
    QCOMPARE(problems.size(), 1);
    QCOMPARE(modified.takeFirst().first().toBool(), true);
    document->undoStack()->undo();
    QCOMPARE(steps, 6);
    QCOMPARE(modified.takeFirst().first().toBool(), false);
}

void TestWorkflowDocument::revealIsAStepThatExists()
{
    const auto document = documentOf(dataText("exported.json"));
    QSignalSpy changes(document.get(), &WorkflowDocument::changed);
    const auto revealed = [&changes] { return changes.takeLast().first().value<DocumentChange>().reveal; };
    const Result<DefinitionEdit> edit
        = insertStepOnConnection(document->definition(), document->graph(), stepType(u"SMS"), u"ask_1"_qs, u"next"_qs);
    QVERIFY(pushed(*document, edit));
    QCOMPARE(revealed(), edit->reveal);
    document->undoStack()->undo();
    QCOMPARE(revealed(), u"ask_1"_qs);
    document->undoStack()->redo();
    QCOMPARE(revealed(), edit->reveal);
}

void TestWorkflowDocument::editThatNoLongerFitsIsRefused()
{
    const auto document = documentOf(dataText("exported.json"));
    const Result<DefinitionEdit> stale = setStepValue(
        document->definition(), document->graph(), u"remind_1"_qs, pointer(u"/inputs/text"), JsonValue(u"x"_qs));
    QVERIFY(stale.isOk());
    QVERIFY(pushed(*document, deleteSteps(document->definition(), document->graph(), {u"early_1"_qs}, false)));
    const QByteArray before = document->text();
    document->undoStack()->undo();
    document->undoStack()->redo();
    const Result<void> refused = document->push(*stale);
    QVERIFY(!refused.isOk());
    QCOMPARE(refused.error().code, ErrorCode::InvalidArgument);
    QCOMPARE(document->text(), before);
    QCOMPARE(document->undoStack()->count(), 1);
}

void TestWorkflowDocument::modifiedFollowsSaving()
{
    const auto document = opened(u"a.json"_qs, dataText("exported.json"));
    QSignalSpy modified(document.get(), &WorkflowDocument::modifiedChanged);
    QVERIFY(rename(*document, u"One"_qs));
    QVERIFY(document->isModified());
    QVERIFY(document->save().isOk());
    QVERIFY(!document->isModified());
    document->undoStack()->undo();
    QVERIFY(document->isModified());
    document->undoStack()->redo();
    QVERIFY(!document->isModified());
    QCOMPARE(modified.size(), 4);
    const auto [gone, come] = changedLines(dataText("exported.json"), fileContent(path(u"a.json"_qs)));
    QCOMPARE(come, QByteArrayList {"    \"name\": \"One\","});
}

void TestWorkflowDocument::undoAfterSavingGivesTheFirstBytes()
{
    const QByteArray text = dataText("by-hand.json");
    const auto document = opened(u"a.json"_qs, text);
    QVERIFY(pushed(*document, deleteSteps(document->definition(), document->graph(), {u"hours"_qs, u"log"_qs}, false)));
    QVERIFY(document->save().isOk());
    document->undoStack()->undo();
    QVERIFY(document->save().isOk());
    QCOMPARE(fileContent(path(u"a.json"_qs)), text);
}

void TestWorkflowDocument::saveNeedsAFile()
{
    const auto document = documentOf(dataText("exported.json"));
    const Result<void> saved = document->save();
    QVERIFY(!saved.isOk());
    QCOMPARE(saved.error().code, ErrorCode::InvalidArgument);
    QVERIFY(!document->changedOnDisk());
}

void TestWorkflowDocument::saveAsMovesTheDocument()
{
    const auto document = opened(u"a.json"_qs, dataText("exported.json"));
    QSignalSpy moved(document.get(), &WorkflowDocument::filePathChanged);
    QVERIFY(rename(*document, u"One"_qs));
    QVERIFY(document->saveAs(path(u"b.json"_qs)).isOk());
    QCOMPARE(moved.size(), 1);
    QCOMPARE(document->displayName(), u"b.json"_qs);
    QVERIFY(!document->isModified());
    QCOMPARE(fileContent(path(u"a.json"_qs)), dataText("exported.json"));
    QCOMPARE(fileContent(path(u"b.json"_qs)), document->text());
}

void TestWorkflowDocument::saveFailures()
{
    const auto document = opened(u"a.json"_qs, dataText("exported.json"));
    QVERIFY(rename(*document, u"One"_qs));
    QVERIFY(QDir(m_folder->path()).mkdir(u"folder"_qs));
    QVERIFY(writeFile(path(u"file"_qs), "x"));
    for (const QString &place : {path(u"folder"_qs), path(u"missing/a.json"_qs), path(u"file/a.json"_qs)}) {
        const Result<void> saved = document->saveAs(place);
        QVERIFY2(!saved.isOk(), qPrintable(place));
        QCOMPARE(saved.error().code, ErrorCode::Unwritable);
        QVERIFY2(saved.error().message.contains(place), qPrintable(saved.error().message));
        QVERIFY(document->isModified());
        QCOMPARE(document->filePath(), path(u"a.json"_qs));
    }
    QCOMPARE(fileContent(path(u"a.json"_qs)), dataText("exported.json"));
}

void TestWorkflowDocument::saveOntoAFullDisk()
{
#ifdef Q_OS_LINUX
    const auto document = opened(u"a.json"_qs, dataText("exported.json"));
    QVERIFY(rename(*document, u"One"_qs));
    const Result<void> saved = document->saveAs(u"/dev/full"_qs);
    QVERIFY(!saved.isOk());
    QCOMPARE(saved.error().code, ErrorCode::Unwritable);
    QVERIFY2(saved.error().message.contains(u"/dev/full"_qs), qPrintable(saved.error().message));
    QVERIFY(document->isModified());
    QVERIFY(!QFileInfo(u"/dev/full"_qs).isFile()); // still the device
#endif
}

void TestWorkflowDocument::brokenOffSaveLeavesTheOldFile()
{
#ifdef Q_OS_UNIX
    const QByteArray text = dataText("exported.json");
    const auto document = opened(u"a.json"_qs, text);
    QVERIFY(rename(*document, u"One"_qs));
    // The system stops the file in the middle, as a full disk does.
    rlimit before {};
    QCOMPARE(getrlimit(RLIMIT_FSIZE, &before), 0);
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    rlimit small = before;
    small.rlim_cur = 1000;
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &small), 0);
    const Result<void> saved = document->save();
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &before), 0);
    std::signal(SIGXFSZ, handler);
    QVERIFY(!saved.isOk());
    QCOMPARE(saved.error().code, ErrorCode::Unwritable);
    QCOMPARE(fileContent(path(u"a.json"_qs)), text);
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files), QStringList {u"a.json"_qs}); // nothing left behind
    QVERIFY(document->isModified());
    QVERIFY(document->save().isOk());
#endif
}

void TestWorkflowDocument::saveKeepsPermissionsAndLinks()
{
    const auto document = opened(u"real.json"_qs, dataText("exported.json"));
    const QFileDevice::Permissions permissions
        = QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ReadGroup;
    QVERIFY(QFile::setPermissions(path(u"real.json"_qs), permissions));
    const QFileDevice::Permissions before = QFile::permissions(path(u"real.json"_qs));
    QVERIFY(QFile::link(path(u"real.json"_qs), path(u"link.json"_qs)));

    Result<std::unique_ptr<WorkflowDocument>> linked = WorkflowDocument::open(path(u"link.json"_qs));
    QVERIFY(linked.isOk());
    QVERIFY(rename(**linked, u"One"_qs));
    QVERIFY((*linked)->save().isOk());
    QVERIFY(QFileInfo(path(u"link.json"_qs)).isSymLink());
    QCOMPARE(fileContent(path(u"real.json"_qs)), (*linked)->text());
    QCOMPARE(QFile::permissions(path(u"real.json"_qs)), before);
}

void TestWorkflowDocument::changedFileIsNotOverwritten()
{
    const auto document = opened(u"a.json"_qs, dataText("exported.json"));
    QVERIFY(!document->changedOnDisk());
    QVERIFY(rename(*document, u"One"_qs));
    QVERIFY(document->save().isOk());
    QVERIFY(!document->changedOnDisk()); // our own change is none
    // As long as before, so that neither size nor a coarse clock tells.
    const QByteArray theirs = fileContent(path(u"a.json"_qs)).replace("evening", "EVENING");
    QVERIFY(writeFile(path(u"a.json"_qs), theirs));
    QVERIFY(document->changedOnDisk());
    QVERIFY(rename(*document, u"Two"_qs));
    const Result<void> refused = document->save();
    QVERIFY(!refused.isOk());
    QCOMPARE(refused.error().code, ErrorCode::ChangedOnDisk);
    QVERIFY(refused.error().message.contains(path(u"a.json"_qs)));
    QVERIFY(document->isModified());
    QCOMPARE(fileContent(path(u"a.json"_qs)), theirs);
    QVERIFY(document->save(WorkflowDocument::Overwrite::Yes).isOk());
    QVERIFY(!document->changedOnDisk());
    QCOMPARE(fileContent(path(u"a.json"_qs)), document->text());
    // Gone is not changed: saving brings it back.
    QVERIFY(QFile::remove(path(u"a.json"_qs)));
    QVERIFY(!document->changedOnDisk());
    QVERIFY(document->save().isOk());
    QVERIFY(QFile::exists(path(u"a.json"_qs)));
}

// A file that nests deeper could be written and never be opened again.
void TestWorkflowDocument::tooDeepIsRefused()
{
    const auto document = documentOf(dataText("exported.json"));
    const QByteArray before = document->text();
    const auto edit = [&document](int depth) {
        JsonValue value = u"deepest"_qs;
        for (int i = 0; i < depth; ++i)
            value = i % 2 == 0 ? JsonValue::array({value}) : JsonValue::object({{u"in"_qs, value}});
        DefinitionEdit made;
        made.text = u"Deep"_qs;
        made.edits = {JsonEdit::insertMember(pointer(u"/definition"), 0, u"deep"_qs, value)};
        return made;
    };
    const int room = JsonLimits().depth - 2; // the root and "definition" are two levels
    const Result<void> refused = document->push(edit(room + 1));
    QVERIFY(!refused.isOk());
    QCOMPARE(refused.error().code, ErrorCode::Limit);
    QVERIFY2(refused.error().message.contains(u"512"), qPrintable(refused.error().message));
    QCOMPARE(document->text(), before);
    QCOMPARE(document->undoStack()->count(), 0);
    QVERIFY(document->push(edit(room)).isOk());
    QVERIFY(readJson(document->text()).isOk());
}

void TestWorkflowDocument::noticesAreTold()
{
    const auto document = documentOf(dataText("exported.json"));
    QSignalSpy noticed(document.get(), &WorkflowDocument::noticed);
    DefinitionEdit edit = *renameStep(document->definition(), document->graph(), u"ask_1"_qs, u"ask"_qs);
    QVERIFY(document->push(edit).isOk());
    QVERIFY(noticed.isEmpty());
    edit = *renameStep(document->definition(), document->graph(), u"ask"_qs, u"again"_qs);
    edit.notice = u"Look at <b>this</b>."_qs;
    QVERIFY(document->push(edit).isOk());
    QCOMPARE(noticed.size(), 1);
    QCOMPARE(noticed.first().first().toString(), edit.notice);
    edit.edits = {JsonEdit::insertElement(pointer(u"/no/such/place"), 0, 1)};
    QVERIFY(!document->push(edit).isOk());
    document->undoStack()->undo();
    QCOMPARE(noticed.size(), 1); // what is refused or taken back says nothing
}

void TestWorkflowDocument::largeDefinitionStaysFluid()
{
    JsonValue steps = JsonValue::array();
    for (int i = 0; i < 10000; ++i) {
        steps.append(JsonValue::object({{u"id"_qs, u"s%1"_qs.arg(i)}, {u"stepType"_qs, u"SMS"_qs},
            {u"inputs"_qs, JsonValue::object({{u"text"_qs, u"x"_qs}, {u"destination"_qs, u"+6512345678"_qs}})},
            {u"nextStepId"_qs, i < 9999 ? JsonValue(u"s%1"_qs.arg(i + 1)) : JsonValue()}}));
    }
    const auto document = documentOf(writeJson(JsonValue::object({{u"trigger"_qs, u"inbound_sms"_qs},
        {u"definition"_qs, JsonValue::object({{u"name"_qs, u"large"_qs}, {u"steps"_qs, steps}})}})));
    QVERIFY(document);
    int at = 0;
    QBENCHMARK
    {
        const QString key = u"s%1"_qs.arg(++at);
        QVERIFY(pushed(*document,
            setStepValue(document->definition(), document->graph(), key, pointer(u"/inputs/text"), JsonValue(at))));
    }
    document->undoStack()->setIndex(0);
    QCOMPARE(document->graph().stepCount(), 10000);
}

QTEST_GUILESS_MAIN(TestWorkflowDocument)
#include "tst_workflowdocument.moc"
