#include "model/document/recoveryjournal.h"
#include "model/document/recoverysearch.h"
#include "model/json/jsonreader.h"
#include "model/json/jsonwriter.h"
#include "recoverytools.h"

#include <csignal>
#include <QTemporaryDir>
#include <sys/resource.h>
#include <sys/stat.h>

using namespace automation;

class TestRecovery : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void everythingComesBack_data();
    void everythingComesBack();
    void valuesComeBackAsTheyWere();
    void journalGoesOnAfterRestoring();
    void nothingToRestoreLeavesNothing();
    void savedIsNotOffered();
    void savingAndGoingOnKeepsTheHistory();
    void restoredAfterSavingWithoutRecord();
    void discardedIsGone();
    void livingOwnerIsLeftAlone();
    void onlyTheUserReadsIt();
    void anyTailMayBeMissing();
    void damageIsSaidAndKept();
    void foreignFilesAreKept();
    void eventsThatDoNotFitAreLeftOut();
    void fullDisk();
    void reloadIsPartOfTheHistory();
    void tenThousandEdits();

private:
    QString path(const QString &name) const { return m_folder->filePath(name); }
    QString journals() const { return path(u"recovery"_qs); }
    QStringList journalFiles() const { return QDir(journals()).entryList(QDir::Files); }
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
    // Keeps a journal and leaves it behind, as a program does that is killed.
    void abandon(std::unique_ptr<RecoveryJournal> &journal)
    {
        m_writer->waitUntilWritten();
        QDir().mkpath(path(u"abandoned"_qs));
        for (const QString &name : journalFiles())
            QVERIFY(QFile::copy(QDir(journals()).filePath(name), path(u"abandoned/"_qs + name)));
        journal->discard();
        journal.reset();
        m_writer->waitUntilWritten();
        for (const QString &name : QDir(path(u"abandoned"_qs)).entryList(QDir::Files))
            QVERIFY(QFile::rename(path(u"abandoned/"_qs + name), QDir(journals()).filePath(name)));
    }
    // Changes the bytes of the one journal there is.
    void alterJournal(const std::function<void(QByteArray &)> &alter)
    {
        const QString file = QDir(journals()).filePath(journalFiles().first());
        QByteArray bytes = fileContent(file);
        alter(bytes);
        QVERIFY(writeFile(file, bytes));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<JournalWriter> m_writer;
};

void TestRecovery::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
    m_writer = std::make_unique<JournalWriter>(std::chrono::milliseconds(5));
}

void TestRecovery::cleanup()
{
    m_writer.reset();
    m_folder.reset();
}

void TestRecovery::everythingComesBack_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<quint32>("seed");
    for (const char *file : {"exported.json", "by-hand.json"}) {
        for (quint32 seed = 1; seed <= 15; ++seed)
            QTest::addRow("%s, seed %u", file, seed) << QByteArray(file) << seed;
    }
}

void TestRecovery::everythingComesBack()
{
    QFETCH(QByteArray, file);
    QFETCH(quint32, seed);
    const QByteArray original = dataText(file.constData());
    const auto document = opened(u"a.json"_qs, original);
    auto journal = std::make_unique<RecoveryJournal>(*document, *m_writer, journals());
    ScriptedSession session(*document, seed);
    for (int i = 0; i < 60; ++i) {
        session.next();
        if (i == 20 && seed % 2 == 0)
            QVERIFY(document->save().isOk());
        if (i == 30 && seed % 3 == 0)
            QVERIFY(document->saveAs(path(u"b.json"_qs)).isOk());
    }
    if (!document->isModified())
        QVERIFY(rename(*document, u"Last"_qs));
    abandon(journal);

    const RecoverySearch search = findLeftDocuments(journals());
    QVERIFY(search.failures.isEmpty());
    QCOMPARE(search.documents.size(), 1);
    const LeftDocument &left = *search.documents.first();
    QCOMPARE(left.filePath, document->filePath());
    QCOMPARE(left.name, document->displayName());
    QVERIFY(left.changeCount > 0);
    QVERIFY(left.lastChange.secsTo(QDateTime::currentDateTime()) < 60);
    const Result<RestoredDocument> restored = restoreDocument(left);
    QVERIFY(restored.isOk());
    QVERIFY2(restored->note.isEmpty(), qPrintable(restored->note));
    WorkflowDocument &again = *restored->document;
    QCOMPARE(wholeState(again), wholeState(*document));
    QCOMPARE(again.filePath(), document->filePath());
    QCOMPARE(again.isModified(), document->isModified());
    QCOMPARE(again.changedOnDisk(), false);
    QCOMPARE(again.graph().stepCount(), document->graph().stepCount());
    QCOMPARE(again.problems().size(), document->problems().size());

    // The whole history, forwards and backwards.
    QUndoStack *one = document->undoStack();
    QUndoStack *other = again.undoStack();
    QCOMPARE(other->count(), one->count());
    QCOMPARE(other->index(), one->index());
    QCOMPARE(other->cleanIndex(), one->cleanIndex());
    for (int i = 0; i < one->count(); ++i)
        QCOMPARE(other->text(i), one->text(i));
    for (int index = one->count(); index >= 0; --index) {
        one->setIndex(index);
        other->setIndex(index);
        QCOMPARE(wholeState(again), wholeState(*document));
    }
    QCOMPARE(wholeState(again), wholeState(original, {}));
    other->setIndex(other->count());
    one->setIndex(one->count());
    QCOMPARE(wholeState(again), wholeState(*document));
}

void TestRecovery::valuesComeBackAsTheyWere()
{
    // Digits, duplicates, order, deep nesting and odd texts.
    const QByteArray odd = R"({"b":1.50e+0,"a":-0,"a":[1E400000,{"":null}],"t":"\u0000\u2028\ud83d\ude00\\/"})";
    QByteArray value = QByteArray(odd).replace("1E400000", "12345678901234567890.10");
    const Result<JsonValue> parsed = readJson(value);
    QVERIFY(parsed.isOk());
    JsonValue deep = *parsed;
    for (int i = 0; i < 400; ++i)
        deep = JsonValue::array({deep});
    const auto document = opened(u"a.json"_qs, dataText("by-hand.json"));
    auto journal = std::make_unique<RecoveryJournal>(*document, *m_writer, journals());
    QVERIFY(pushed(*document, setRootValue(document->definition(), pointer(u"/extra"), deep, u"extra"_qs)));
    abandon(journal);
    const RecoverySearch search = findLeftDocuments(journals());
    QCOMPARE(search.documents.size(), 1);
    const Result<RestoredDocument> restored = restoreDocument(*search.documents.first());
    QVERIFY(restored.isOk());
    QVERIFY(restored->document->definition().root() == document->definition().root());
    QCOMPARE(restored->document->text(), document->text());
    QVERIFY(restored->document->text().contains("12345678901234567890.10"));
}

void TestRecovery::journalGoesOnAfterRestoring()
{
    const QByteArray original = dataText("exported.json");
    const auto document = opened(u"a.json"_qs, original);
    auto journal = std::make_unique<RecoveryJournal>(*document, *m_writer, journals());
    QVERIFY(rename(*document, u"One"_qs));
    abandon(journal);
    QByteArray text;
    for (const QString &name : {u"Two"_qs, u"Three"_qs}) {
        const RecoverySearch search = findLeftDocuments(journals());
        QCOMPARE(search.documents.size(), 1);
        Result<RestoredDocument> restored = restoreDocument(*search.documents.first());
        QVERIFY(restored.isOk() && restored->journal);
        auto next = std::make_unique<RecoveryJournal>(*restored->document, *m_writer, std::move(restored->journal));
        search.documents.first()->journal.reset();
        QVERIFY(rename(*restored->document, name));
        text = restored->document->text();
        abandon(next);
    }
    const RecoverySearch search = findLeftDocuments(journals());
    const Result<RestoredDocument> restored = restoreDocument(*search.documents.first());
    QCOMPARE(restored->document->text(), text);
    QCOMPARE(restored->document->undoStack()->count(), 3);
    QCOMPARE(search.documents.first()->changeCount, 3);
    restored->document->undoStack()->setIndex(0);
    QCOMPARE(restored->document->text(), original);
}

void TestRecovery::nothingToRestoreLeavesNothing()
{
    const auto document = opened(u"a.json"_qs, dataText("exported.json"));
    {
        RecoveryJournal journal(*document, *m_writer, journals());
        m_writer->waitUntilWritten();
        QVERIFY(journalFiles().isEmpty()); // looking at a file leaves no trace
        QVERIFY(rename(*document, u"One"_qs));
        m_writer->waitUntilWritten();
        QCOMPARE(journalFiles().size(), 1);
        document->undoStack()->undo();
    }
    m_writer->waitUntilWritten();
    QVERIFY(journalFiles().isEmpty());
    {
        RecoveryJournal journal(*document, *m_writer, journals());
        QVERIFY(rename(*document, u"Two"_qs));
    }
    // Nobody gave the change up.
    m_writer->waitUntilWritten();
    QCOMPARE(journalFiles().size(), 1);
}

void TestRecovery::savedIsNotOffered()
{
    const auto document = opened(u"a.json"_qs, dataText("exported.json"));
    auto journal = std::make_unique<RecoveryJournal>(*document, *m_writer, journals());
    QVERIFY(rename(*document, u"One"_qs));
    QVERIFY(document->save().isOk());
    abandon(journal);
    const RecoverySearch search = findLeftDocuments(journals());
    QVERIFY(search.documents.isEmpty() && search.failures.isEmpty());
    QVERIFY(journalFiles().isEmpty());
    QVERIFY(findLeftDocuments(path(u"no such folder"_qs)).documents.isEmpty());
}

void TestRecovery::savingAndGoingOnKeepsTheHistory()
{
    const QByteArray original = dataText("exported.json");
    const auto document = opened(u"a.json"_qs, original);
    auto journal = std::make_unique<RecoveryJournal>(*document, *m_writer, journals());
    QVERIFY(rename(*document, u"One"_qs));
    QVERIFY(document->save().isOk());
    QVERIFY(rename(*document, u"Two"_qs));
    abandon(journal);
    const RecoverySearch search = findLeftDocuments(journals());
    QCOMPARE(search.documents.size(), 1);
    QCOMPARE(search.documents.first()->changeCount, 1);
    const Result<RestoredDocument> restored = restoreDocument(*search.documents.first());
    QUndoStack *stack = restored->document->undoStack();
    QVERIFY(restored->document->isModified());
    stack->undo();
    QVERIFY(!restored->document->isModified());
    QCOMPARE(restored->document->text(), fileContent(path(u"a.json"_qs)));
    stack->undo();
    QCOMPARE(restored->document->text(), original);
}

// Killed after the file was written and before that was recorded.
void TestRecovery::restoredAfterSavingWithoutRecord()
{
    const auto document = opened(u"a.json"_qs, dataText("exported.json"));
    auto journal = std::make_unique<RecoveryJournal>(*document, *m_writer, journals());
    QVERIFY(rename(*document, u"One"_qs));
    QVERIFY(writeFile(path(u"a.json"_qs), document->text()));
    abandon(journal);
    const RecoverySearch search = findLeftDocuments(journals());
    const Result<RestoredDocument> restored = restoreDocument(*search.documents.first());
    QVERIFY(restored.isOk());
    QVERIFY(restored->document->changedOnDisk());
    restored->document->keepMine();
    QVERIFY(!restored->document->changedOnDisk());
    QVERIFY(!restored->document->isModified()); // the file has the same bytes
}

void TestRecovery::discardedIsGone()
{
    const auto document = documentOf(dataText("exported.json"));
    auto journal = std::make_unique<RecoveryJournal>(*document, *m_writer, journals());
    QVERIFY(rename(*document, u"One"_qs));
    abandon(journal);
    const RecoverySearch search = findLeftDocuments(journals());
    QCOMPARE(search.documents.size(), 1);
    QCOMPARE(search.documents.first()->name, u"test"_qs);
    QVERIFY(search.documents.first()->filePath.isEmpty());
    discardDocument(*search.documents.first());
    QVERIFY(journalFiles().isEmpty());
}

void TestRecovery::livingOwnerIsLeftAlone()
{
    const auto document = opened(u"a.json"_qs, dataText("exported.json"));
    RecoveryJournal journal(*document, *m_writer, journals());
    QVERIFY(rename(*document, u"One"_qs));
    m_writer->waitUntilWritten();
    QCOMPARE(journalFiles().size(), 1);
    RecoverySearch search = findLeftDocuments(journals());
    QVERIFY(search.documents.isEmpty() && search.failures.isEmpty());
    QCOMPARE(journalFiles().size(), 1);
    journal.discard();
}

void TestRecovery::onlyTheUserReadsIt()
{
    const auto document = opened(u"a.json"_qs, dataText("exported.json"));
    RecoveryJournal journal(*document, *m_writer, journals());
    QVERIFY(rename(*document, u"One"_qs));
    m_writer->waitUntilWritten();
    struct stat status;
    QCOMPARE(::stat(QFile::encodeName(journals()).constData(), &status), 0);
    QCOMPARE(status.st_mode & 0777, 0700U);
    QCOMPARE(::stat(QFile::encodeName(QDir(journals()).filePath(journalFiles().first())).constData(), &status), 0);
    QCOMPARE(status.st_mode & 0777, 0600U);
    journal.discard();
}

void TestRecovery::anyTailMayBeMissing()
{
    const QByteArray original = dataText("exported.json");
    const auto document = opened(u"a.json"_qs, original);
    auto journal = std::make_unique<RecoveryJournal>(*document, *m_writer, journals());
    QByteArrayList texts {original};
    for (int i = 0; i < 4; ++i) {
        QVERIFY(rename(*document, u"Name %1"_qs.arg(i)));
        texts += document->text();
    }
    abandon(journal);
    const QString file = QDir(journals()).filePath(journalFiles().first());
    const QByteArray whole = fileContent(file);
    int previous = 4;
    for (qsizetype size = whole.size(); size >= 0; size -= size > 3000 ? 1 : 97) {
        QVERIFY(writeFile(file, whole.first(size)));
        const RecoverySearch search = findLeftDocuments(journals());
        QVERIFY2(search.failures.isEmpty(), qPrintable(search.failures.join(u' ')));
        if (search.documents.isEmpty()) {
            QVERIFY(journalFiles().isEmpty()); // nothing had happened yet
            previous = 0;
            continue;
        }
        const Result<RestoredDocument> restored = restoreDocument(*search.documents.first());
        QVERIFY(restored.isOk() && restored->note.isEmpty());
        const int index = restored->document->undoStack()->index();
        QVERIFY(index == previous || index == previous - 1);
        previous = index;
        QCOMPARE(restored->document->text(), texts.at(index));
    }
    QCOMPARE(previous, 0);
}

void TestRecovery::damageIsSaidAndKept()
{
    const auto document = opened(u"a.json"_qs, dataText("exported.json"));
    auto journal = std::make_unique<RecoveryJournal>(*document, *m_writer, journals());
    QByteArray half;
    for (int i = 0; i < 20; ++i) {
        if (i == 10)
            half = document->text();
        QVERIFY(rename(*document, u"Name %1"_qs.arg(i)));
    }
    abandon(journal);
    QByteArray damaged;
    alterJournal([&damaged](QByteArray &bytes) {
        const qsizetype place = bytes.indexOf("\"Name 10\"");
        QVERIFY(place > 0);
        bytes[place + 3] = 'X';
        damaged = bytes;
    });
    const RecoverySearch search = findLeftDocuments(journals());
    QVERIFY(search.failures.isEmpty());
    QCOMPARE(search.documents.size(), 1);
    QVERIFY(search.documents.first()->isDamaged);
    Result<RestoredDocument> restored = restoreDocument(*search.documents.first());
    QVERIFY(restored.isOk());
    QCOMPARE(restored->document->text(), half);
    QVERIFY2(restored->note.contains(u"a.json") && restored->note.contains(u".damaged"), qPrintable(restored->note));
    const QStringList kept = QDir(journals()).entryList({u"*.damaged"_qs}, QDir::Files);
    QCOMPARE(kept.size(), 1);
    QCOMPARE(fileContent(QDir(journals()).filePath(kept.first())), damaged);
    // What goes on goes on from there.
    auto next = std::make_unique<RecoveryJournal>(*restored->document, *m_writer, std::move(restored->journal));
    search.documents.first()->journal.reset();
    QVERIFY(rename(*restored->document, u"After"_qs));
    m_writer->waitUntilWritten();
    const Result<JournalContent> content = readJournal(
        fileContent(QDir(journals()).filePath(QDir(journals()).entryList({u"*.journal"_qs}, QDir::Files).first())));
    QVERIFY(content.isOk() && !content->isDamaged);
    QCOMPARE(content->events.size(), 11);
    next->discard();
}

void TestRecovery::foreignFilesAreKept()
{
    QVERIFY(QDir().mkpath(journals()));
    QVERIFY(writeFile(journals() + u"/notes.journal"_qs, "Dear diary,\nnothing happened."));
    QVERIFY(writeFile(journals() + u"/other.txt"_qs, "x"));
    QVERIFY(QFile::link(u"/dev/zero"_qs, journals() + u"/zero.journal"_qs));
    QCOMPARE(::mkfifo(QFile::encodeName(journals() + u"/pipe.journal"_qs).constData(), 0600), 0);
    const RecoverySearch search = findLeftDocuments(journals());
    QVERIFY(search.documents.isEmpty());
    QVERIFY(!search.failures.isEmpty());
    QVERIFY2(search.failures.filter(u"notes.journal.damaged"_qs).size() == 1, qPrintable(search.failures.join(u'\n')));
    QCOMPARE(fileContent(journals() + u"/notes.journal.damaged"_qs), QByteArray("Dear diary,\nnothing happened."));
    QVERIFY(QFile::exists(journals() + u"/other.txt"_qs));
    // Said once.
    QVERIFY(findLeftDocuments(journals()).failures.filter(u"notes"_qs).isEmpty());
}

void TestRecovery::eventsThatDoNotFitAreLeftOut()
{
    const QByteArray text = dataText("exported.json");
    const auto document = documentOf(text);
    QList<HistoryEvent> events;
    connect(document.get(), &WorkflowDocument::recorded, this, [&](const HistoryEvent &event) { events += event; });
    QVERIFY(rename(*document, u"One"_qs));
    QVERIFY(rename(*document, u"Two"_qs));
    const QByteArray two = document->text();
    QCOMPARE(events.size(), 2);
    const auto replayed = [&](const HistoryEvent &event) {
        const auto other = documentOf(text);
        const qsizetype done = other->replay({}, events + QList {event});
        return std::pair(done, other->text() == two);
    };
    const std::pair<qsizetype, bool> stopped(2, true);
    HistoryEvent far;
    far.after.index = 7;
    QCOMPARE(replayed(far), stopped);
    HistoryEvent nowhere = events.last();
    nowhere.edit.edits.first().container = pointer(u"/no/such/place");
    QCOMPARE(replayed(nowhere), stopped);
    HistoryEvent nothing = events.last();
    nothing.edit.edits.clear();
    QCOMPARE(replayed(nothing), stopped);
    // The first part fits, the second does not: neither is done.
    HistoryEvent partly = events.last();
    partly.edit.edits += JsonEdit {JsonEdit::Kind::Remove, pointer(u"/definition"), 99, u"x"_qs, {}, {}, {}};
    QCOMPARE(replayed(partly), stopped);
    HistoryEvent noDefinition = events.last();
    noDefinition.edit.edits = {*JsonEdit::remove(document->definition().root(), pointer(u"/definition"))};
    QCOMPARE(replayed(noDefinition), stopped);
    HistoryEvent noText;
    noText.kind = HistoryEvent::Kind::Reload;
    noText.text = "{";
    QCOMPARE(replayed(noText), stopped);
}

void TestRecovery::fullDisk()
{
    const auto document = opened(u"a.json"_qs, dataText("exported.json"));
    auto journal = std::make_unique<RecoveryJournal>(*document, *m_writer, journals());
    QVERIFY(rename(*document, u"One"_qs));
    m_writer->waitUntilWritten();
    QSignalSpy failed(m_writer.get(), &JournalWriter::failed);
    QSignalSpy recovered(m_writer.get(), &JournalWriter::recovered);
    rlimit before {};
    QCOMPARE(getrlimit(RLIMIT_FSIZE, &before), 0);
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    rlimit small = before;
    small.rlim_cur = rlim_t(QFileInfo(QDir(journals()).filePath(journalFiles().first())).size() + 40);
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &small), 0);
    for (int i = 0; i < 5; ++i)
        QVERIFY(rename(*document, u"More %1"_qs.arg(i)));
    m_writer->waitUntilWritten();
    QTRY_COMPARE(failed.size(), 1); // once
    QVERIFY2(failed.first().first().toString().contains(journals()), qPrintable(failed.first().first().toString()));
    QVERIFY(recovered.isEmpty());
    // What is on the disk can still be read.
    const QString file = QDir(journals()).filePath(journalFiles().first());
    const Result<JournalContent> content = readJournal(fileContent(file));
    QVERIFY(content.isOk() && !content->isDamaged);
    QCOMPARE(content->events.size(), 1);
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &before), 0);
    std::signal(SIGXFSZ, handler);
    QTRY_COMPARE(recovered.size(), 1); // by itself
    m_writer->waitUntilWritten();
    QCOMPARE(readJournal(fileContent(file))->events.size(), 6);
    journal->discard();
}

void TestRecovery::reloadIsPartOfTheHistory()
{
    const QByteArray original = dataText("exported.json");
    const auto document = opened(u"a.json"_qs, original);
    auto journal = std::make_unique<RecoveryJournal>(*document, *m_writer, journals());
    QVERIFY(rename(*document, u"Mine"_qs));
    const QByteArray mine = document->text();
    const QByteArray theirs = QByteArray(dataText("by-hand.json")).replace("\n", "\r\n");
    QVERIFY(writeFile(path(u"a.json"_qs), theirs));
    QVERIFY(document->reload().isOk());
    QVERIFY(rename(*document, u"After"_qs));
    const QByteArray after = document->text();
    abandon(journal);
    const RecoverySearch search = findLeftDocuments(journals());
    QCOMPARE(search.documents.size(), 1);
    const Result<RestoredDocument> restored = restoreDocument(*search.documents.first());
    QVERIFY(restored.isOk() && restored->note.isEmpty());
    WorkflowDocument &again = *restored->document;
    QCOMPARE(again.text(), after);
    QVERIFY(!again.changedOnDisk());
    again.undoStack()->undo();
    QCOMPARE(again.text(), theirs);
    QVERIFY(!again.isModified());
    again.undoStack()->undo();
    QCOMPARE(again.text(), mine);
    again.undoStack()->undo();
    QCOMPARE(again.text(), original);
    again.undoStack()->setIndex(3);
    QCOMPARE(again.text(), after);
}

void TestRecovery::tenThousandEdits()
{
    JsonValue steps = JsonValue::array();
    for (int i = 0; i < 1000; ++i) {
        steps.append(JsonValue::object({{u"id"_qs, u"s%1"_qs.arg(i)}, {u"stepType"_qs, u"SMS"_qs},
            {u"inputs"_qs, JsonValue::object({{u"text"_qs, u"x"_qs}, {u"destination"_qs, u"+6512345678"_qs}})},
            {u"nextStepId"_qs, i < 999 ? JsonValue(u"s%1"_qs.arg(i + 1)) : JsonValue()}}));
    }
    const QByteArray original = writeJson(JsonValue::object({{u"trigger"_qs, u"inbound_sms"_qs},
        {u"definition"_qs, JsonValue::object({{u"name"_qs, u"large"_qs}, {u"steps"_qs, steps}})}}));
    // The events as they are recorded; making them through commands would measure the commands.
    QList<HistoryEvent> events;
    JsonValue root = *readJson(original);
    QByteArray journal
        = journalBeginning({u"large"_qs, {original, root}, root, {}, {}, {}, 0}, QDateTime::currentDateTimeUtc());
    for (int i = 0; i < 10000; ++i) {
        HistoryEvent event;
        event.kind = HistoryEvent::Kind::Push;
        const JsonEdit edit = *JsonEdit::replace(
            root, pointer(u"/definition/steps/%1/inputs/text"_qs.arg(i * 7 % 1000)), u"text %1"_qs.arg(i));
        event.edit.text = u"Text"_qs;
        event.edit.edits = {edit};
        QVERIFY(applyEdit(root, edit));
        event.after = {i + 1, i + 1, 0, {}, {}, {}};
        events += event;
    }
    for (const HistoryEvent &event : std::as_const(events))
        journal += journalRecord(event, QDateTime::currentDateTimeUtc());
    QVERIFY(QDir().mkpath(journals()));
    QVERIFY(writeFile(journals() + u"/x.journal"_qs, journal));
    std::unique_ptr<WorkflowDocument> document;
    QBENCHMARK_ONCE
    {
        const RecoverySearch search = findLeftDocuments(journals());
        QCOMPARE(search.documents.size(), 1);
        Result<RestoredDocument> restored = restoreDocument(*search.documents.first());
        QVERIFY(restored.isOk() && restored->note.isEmpty());
        document = std::move(restored->document);
    }
    QVERIFY(document->definition().root() == root);
    QCOMPARE(document->undoStack()->count(), 10000);
    QUndoStack *stack = document->undoStack();
    stack->undo();
    QVERIFY(document->text().contains("text 9998") && !document->text().contains("text 9999"));
}

QTEST_GUILESS_MAIN(TestRecovery)
#include "tst_recovery.moc"
