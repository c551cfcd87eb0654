// Journals of long sessions stay small, and give back what they shall.

#include "model/document/recoveryjournal.h"
#include "model/document/recoverysearch.h"
#include "recoverytools.h"

#include <QTemporaryDir>
#include <QThread>

using namespace automation;

namespace {

constexpr int all = 1'000'000;

} // namespace

class TestRecoveryGrowth : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void everythingComesBack_data();
    void everythingComesBack();
    void olderCommandsAreLeftOut();
    void undoneBeyondWhatIsKept();
    void typingGoesOnAfterwards();
    void staysSmall();
    void formattingComesBackExactly();
    void attachmentComesBack();
    void unfinishedFilesGo();
    void fullDisk();
    void restoringCanBeCancelled();
    void restoresOnAnotherThread();

private:
    QString journals() const { return m_folder->filePath(u"recovery"_qs); }
    QStringList journalFiles() const { return QDir(journals()).entryList(QDir::Files); }
    qint64 journalSize() const { return QFileInfo(QDir(journals()).filePath(journalFiles().value(0))).size(); }
    std::unique_ptr<WorkflowDocument> opened(const QByteArray &text)
    {
        const QString path = m_folder->filePath(u"a.json"_qs);
        if (!writeFile(path, text))
            return nullptr;
        Result<std::unique_ptr<WorkflowDocument>> document = WorkflowDocument::open(path);
        return document ? std::move(document).value() : nullptr;
    }
    static bool name(WorkflowDocument &document, const QString &name, const QString &mergeKey = {})
    {
        return pushed(document,
            setRootValue(document.definition(), pointer(u"/definition/name"), JsonValue(name), u"name"_qs, mergeKey));
    }
    // What another program finds that begins now.
    std::unique_ptr<WorkflowDocument> restored()
    {
        m_writer->waitUntilWritten();
        const QString copy = m_folder->filePath(u"copy"_qs);
        QDir(copy).removeRecursively();
        QDir().mkpath(copy);
        for (const QString &file : journalFiles())
            QFile::copy(QDir(journals()).filePath(file), QDir(copy).filePath(file));
        const RecoverySearch search = findLeftDocuments(copy);
        if (search.documents.size() != 1 || !search.failures.isEmpty() || search.documents.first()->isDamaged)
            return nullptr;
        Result<RestoredDocument> document = restoreDocument(*search.documents.first());
        return document && document->note.isEmpty() ? std::move(document->document) : nullptr;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<JournalWriter> m_writer;
};

void TestRecoveryGrowth::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_writer = std::make_unique<JournalWriter>(std::chrono::milliseconds(5));
}

void TestRecoveryGrowth::cleanup()
{
    m_writer.reset();
    m_folder.reset();
}

void TestRecoveryGrowth::everythingComesBack_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<quint32>("seed");
    QTest::addColumn<int>("commands");
    for (const char *file : {"exported.json", "by-hand.json"}) {
        for (quint32 seed = 1; seed <= 10; ++seed) {
            for (const int commands : {all, 12})
                QTest::addRow("%s, seed %u, %d", file, seed, commands) << QByteArray(file) << seed << commands;
        }
    }
}

void TestRecoveryGrowth::everythingComesBack()
{
    QFETCH(QByteArray, file);
    QFETCH(quint32, seed);
    QFETCH(int, commands);
    const auto document = opened(dataText(file.constData()));
    RecoveryJournal journal(*document, *m_writer, journals(), {-100'000, commands}); // written anew each time
    ScriptedSession session(*document, seed);
    for (int i = 0; i < 90; ++i) {
        session.next();
        if (i % 40 == 20)
            QVERIFY(document->save().isOk());
        if (i == 50 && seed % 3 == 0) {
            QVERIFY(writeFile(document->filePath(), dataText("by-hand.json")));
            QVERIFY(document->reload().isOk());
        }
        if (i % 15 != 14 || !document->isModified())
            continue;
        const auto again = restored();
        QVERIFY(again);
        QCOMPARE(wholeState(*again), wholeState(*document));
        QVERIFY(again->isModified());
        QVERIFY(!again->changedOnDisk());
        QUndoStack *one = document->undoStack();
        QUndoStack *other = again->undoStack();
        const int dropped = one->count() - other->count();
        QCOMPARE(other->index(), one->index() - dropped);
        QCOMPARE(other->cleanIndex(), one->cleanIndex() < dropped ? -1 : one->cleanIndex() - dropped);
        // Looked at in another document: this one goes on.
        QList<QByteArray> states;
        const QSignalBlocker quiet(document.get());
        const int index = one->index();
        for (int i2 = dropped; i2 <= one->count(); ++i2) {
            one->setIndex(i2);
            states += wholeState(*document);
        }
        one->setIndex(index);
        for (int i2 = 0; i2 < states.size(); ++i2) {
            other->setIndex(i2);
            QCOMPARE(wholeState(*again), states.at(i2));
            QCOMPARE(other->text(qMax(0, i2 - 1)), one->text(qMax(0, i2 - 1) + dropped));
        }
    }
    journal.discard();
}

void TestRecoveryGrowth::olderCommandsAreLeftOut()
{
    const auto document = opened(dataText("exported.json"));
    RecoveryJournal journal(*document, *m_writer, journals(), {-100'000, 3});
    for (int i = 0; i < 10; ++i) {
        QVERIFY(name(*document, u"Name %1"_qs.arg(i)));
        m_writer->waitUntilWritten();
    }
    const auto again = restored();
    QVERIFY(again);
    QCOMPARE(again->text(), document->text());
    QCOMPARE(again->undoStack()->count(), 3);
    again->undoStack()->setIndex(0);
    QCOMPARE(again->definition().name(), u"Name 6"_qs);
    QVERIFY(again->isModified()); // the file is further back
    journal.discard();
}

void TestRecoveryGrowth::undoneBeyondWhatIsKept()
{
    const QByteArray original = dataText("exported.json");
    const auto document = opened(original);
    RecoveryJournal journal(*document, *m_writer, journals(), {-100'000, 3});
    for (int i = 0; i < 10; ++i) {
        QVERIFY(name(*document, u"Name %1"_qs.arg(i)));
        m_writer->waitUntilWritten();
    }
    m_writer->waitUntilWritten();
    document->undoStack()->setIndex(4);
    auto again = restored();
    QVERIFY(again);
    QCOMPARE(again->definition().name(), u"Name 3"_qs);
    QCOMPARE(again->undoStack()->index(), 3);
    QCOMPARE(again->undoStack()->count(), 9);
    document->undoStack()->redo();
    again = restored();
    QVERIFY(again);
    QCOMPARE(again->text(), document->text());
    document->undoStack()->setIndex(1);
    again = restored();
    QVERIFY(again);
    again->undoStack()->setIndex(0);
    QCOMPARE(again->text(), original);
    QVERIFY(!again->isModified());
    journal.discard();
}

// The command that typing is at is written as a whole, and typing still belongs to it.
void TestRecoveryGrowth::typingGoesOnAfterwards()
{
    const QByteArray original = dataText("exported.json");
    const auto document = opened(original);
    RecoveryJournal journal(*document, *m_writer, journals(), {0, all});
    QString text;
    for (int i = 0; i < 400; ++i) {
        text += QChar(u'a' + i % 26);
        QVERIFY(name(*document, text.right(60), u"typing"_qs));
        if (i % 10 == 0)
            m_writer->waitUntilWritten();
    }
    QVERIFY(name(*document, u"Other"_qs, u"other"_qs));
    const auto again = restored();
    QVERIFY(again);
    QCOMPARE(again->undoStack()->count(), 2);
    again->undoStack()->undo();
    QCOMPARE(again->definition().name(), text.right(60));
    again->undoStack()->undo();
    QCOMPARE(again->text(), original);
    journal.discard();
}

void TestRecoveryGrowth::staysSmall()
{
    const QByteArray original = dataText("exported.json");
    const auto document = opened(original);
    const JournalLimits limits {50'000, 100};
    RecoveryJournal journal(*document, *m_writer, journals(), limits);
    qint64 largest = 0;
    for (int i = 0; i < 8000; ++i) {
        if (i % 5 == 4)
            document->undoStack()->undo();
        else
            QVERIFY(name(*document, u"Name %1"_qs.arg(i), i % 3 == 0 ? u"typing"_qs : QString()));
        if (i % 100 == 0) {
            m_writer->waitUntilWritten();
            largest = qMax(largest, journalSize());
        }
    }
    qInfo("8000 changes: the journal had at most %lld bytes", largest);
    // Three times what it begins with, which is the document and 100 commands, and what came since the last look.
    QVERIFY(largest < limits.bytes + 4 * (original.size() + 100 * 500) + 100 * 500);
    const auto again = restored();
    QVERIFY(again);
    QCOMPARE(again->text(), document->text());
    QVERIFY(again->undoStack()->index() >= 100);
    journal.discard();
}

// What the first text looked like counts for what undone steps look like, also when it is not what a journal begins at.
void TestRecoveryGrowth::formattingComesBackExactly()
{
    const QByteArray odd = R"({"definition":{"name":"N", "steps":[ {"id":"a" ,"stepType":"SMS",
   "nextStepId" : "b"},{"id":"b","stepType":"SMS"   }]},"trigger":"http_request"})";
    const auto document = opened(odd);
    RecoveryJournal journal(*document, *m_writer, journals(), {-100'000, 1});
    QVERIFY(pushed(*document, deleteSteps(document->definition(), document->graph(), {u"a"_qs}, true)));
    QVERIFY(name(*document, u"M"_qs));
    document->undoStack()->undo();
    document->undoStack()->undo();
    QVERIFY(name(*document, u"Other"_qs));
    QVERIFY(name(*document, u"Another"_qs));
    const auto again = restored();
    QVERIFY(again);
    QCOMPARE(again->text(), QByteArray(odd).replace("\"N\"", "\"Another\""));
    again->undoStack()->undo();
    QCOMPARE(again->text(), QByteArray(odd).replace("\"N\"", "\"Other\""));
    QCOMPARE(again->snapshot().base.text, odd);
    journal.discard();
}

void TestRecoveryGrowth::attachmentComesBack()
{
    const auto document = WorkflowDocument::createEmpty(u"http_request"_qs, u"Fetched"_qs);
    RecoveryJournal journal(*document, *m_writer, journals());
    const JsonValue link = JsonValue::object({{u"sandbox"_qs, JsonValue::object({{u"id"_qs, u"wf-1"_qs}})}});
    document->setAttachment(link);
    QVERIFY(!document->isModified());
    m_writer->waitUntilWritten();
    QVERIFY(journalFiles().isEmpty()); // nothing to lose yet
    const QByteArray text = document->text();
    QVERIFY(name(*document, u"Edited"_qs));
    auto again = restored();
    QVERIFY(again);
    QVERIFY(again->attachment() == link);
    // Also when it comes after the last edit, and it is not undone.
    document->setAttachment(u"other"_qs);
    again = restored();
    QVERIFY(again);
    QVERIFY(again->attachment() == JsonValue(u"other"_qs));
    again->undoStack()->undo();
    QVERIFY(again->attachment() == JsonValue(u"other"_qs));
    QCOMPARE(again->text(), text);
    journal.discard();
}

void TestRecoveryGrowth::unfinishedFilesGo()
{
    QVERIFY(QDir().mkpath(journals()));
    const QString left = journals() + u"/x"_qs + JournalFile::unfinishedSuffix();
    QVERIFY(writeFile(left, "half a jour"));
    QVERIFY(findLeftDocuments(journals()).documents.isEmpty());
    QVERIFY(!QFile::exists(left));
}

void TestRecoveryGrowth::fullDisk()
{
    const auto document = opened(dataText("exported.json"));
    RecoveryJournal journal(*document, *m_writer, journals(), {-100'000, all});
    QVERIFY(name(*document, u"One"_qs));
    m_writer->waitUntilWritten();
    // A folder in the way of the new file: it cannot be written anew, and the old one stays as it is.
    QString inTheWay = QDir(journals()).filePath(journalFiles().first());
    inTheWay.chop(JournalFile::suffix().size());
    inTheWay += JournalFile::unfinishedSuffix();
    QVERIFY(QDir().mkpath(inTheWay + u"/x"_qs));
    QSignalSpy failed(m_writer.get(), &JournalWriter::failed);
    QSignalSpy recovered(m_writer.get(), &JournalWriter::recovered);
    QVERIFY(name(*document, u"Two"_qs));
    QTRY_COMPARE(failed.size(), 1);
    auto again = restored();
    QVERIFY(again);
    QCOMPARE(again->definition().name(), u"One"_qs);
    QVERIFY(name(*document, u"Three"_qs));
    QVERIFY(QDir(inTheWay).removeRecursively());
    QTRY_COMPARE(recovered.size(), 1);
    again = restored();
    QVERIFY(again);
    QCOMPARE(again->definition().name(), u"Three"_qs);
    QCOMPARE(again->undoStack()->count(), 3);
    journal.discard();
}

void TestRecoveryGrowth::restoringCanBeCancelled()
{
    const auto document = opened(dataText("exported.json"));
    auto journal = std::make_unique<RecoveryJournal>(*document, *m_writer, journals());
    for (int i = 0; i < 50; ++i)
        QVERIFY(name(*document, u"Name %1"_qs.arg(i)));
    m_writer->waitUntilWritten();
    const QString copy = m_folder->filePath(u"copy"_qs);
    QVERIFY(QDir().mkpath(copy));
    const QByteArray bytes = fileContent(QDir(journals()).filePath(journalFiles().first())) + "a torn tail";
    QVERIFY(writeFile(copy + u"/x.journal"_qs, bytes));
    const RecoverySearch search = findLeftDocuments(copy);
    QCOMPARE(search.documents.size(), 1);
    RestoreProgress progress;
    progress.isCancelled = true;
    const Result<RestoredDocument> given
        = restoreDocument(*search.documents.first(), StepCatalog::builtIn(), &progress);
    QVERIFY(!given.isOk());
    QCOMPARE(given.error().code, ErrorCode::Cancelled);
    QCOMPARE(fileContent(copy + u"/x.journal"_qs), bytes);
    QCOMPARE(QDir(copy).entryList(QDir::Files), QStringList {u"x.journal"_qs});
    // And can be had later.
    RestoreProgress again;
    const Result<RestoredDocument> taken = restoreDocument(*search.documents.first(), StepCatalog::builtIn(), &again);
    QVERIFY(taken.isOk());
    QVERIFY(again.percent > 90);
    QCOMPARE(taken->document->text(), document->text());
    journal->discard();
}

void TestRecoveryGrowth::restoresOnAnotherThread()
{
    const auto document = opened(dataText("exported.json"));
    RecoveryJournal journal(*document, *m_writer, journals());
    QVERIFY(name(*document, u"One"_qs));
    std::unique_ptr<WorkflowDocument> again;
    QThread *here = QThread::currentThread();
    const std::unique_ptr<QThread> thread(QThread::create([&] {
        again = restored();
        if (again)
            again->moveTo(here);
    }));
    thread->start();
    QVERIFY(thread->wait());
    QVERIFY(again);
    QCOMPARE(again->thread(), here);
    QCOMPARE(again->undoStack()->thread(), here);
    QVERIFY(name(*again, u"Two"_qs));
    QVERIFY(again->saveInBackground().isOk());
    QSignalSpy saved(again.get(), &WorkflowDocument::saved);
    QVERIFY(saved.wait());
    journal.discard();
}

QTEST_GUILESS_MAIN(TestRecoveryGrowth)
#include "tst_recoverygrowth.moc"
