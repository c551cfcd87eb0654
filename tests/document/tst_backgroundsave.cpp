// Saving and reloading without waiting for the disk.

#include "documenttools.h"
#include "model/document/commands/rootcommands.h"
#include "model/document/filewatch.h"
#include "model/document/recoveryjournal.h"
#include "model/document/recoveryrecord.h"

#include <fcntl.h>
#include <QTemporaryDir>
#include <sys/stat.h>
#include <time.h>

using namespace automation;

namespace {

// A definition of many steps.
QByteArray largeText(int steps)
{
    QByteArray text = "{\"definition\": {\"name\": \"Large\", \"steps\": [\n";
    for (int i = 0; i < steps; ++i) {
        text += "    {\"id\": \"s" + QByteArray::number(i) + "\", \"stepType\": \"SMS\", \"inputs\": {\"text\": \""
            + QByteArray(200, 'x') + "\"}}" + (i + 1 < steps ? ",\n" : "\n");
    }
    return text + "]}, \"trigger\": \"http_request\"}\n";
}

// By this thread.
qint64 spentNanoseconds()
{
    timespec now {};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return qint64(now.tv_sec) * 1'000'000'000 + now.tv_nsec;
}

} // namespace

class TestBackgroundSave : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void savesWithoutWaiting();
    void doesNotKeepTheCallerWaiting();
    void editsMeanwhileLeaveItModified();
    void undoneMeanwhileIsModified();
    void twiceQuickly();
    void otherNameWhileSaving();
    void failureSaysWhyAndStaysModified();
    void changedOnDiskIsNotOverwritten();
    void withoutAFile();
    void waitingNeedsNoEventLoop();
    void endsWithTheDocument();
    void journalKnowsWhenItIsWritten();
    void reloads();
    void reloadThatFails();
    void watchTakesNoSaveForAnotherProgram();
    void timeOfTheCaller();

private:
    QString path(const QString &name) const { return m_folder->filePath(name); }
    bool name(const QString &text, const QString &mergeKey = {})
    {
        return pushed(*m_document, setName(m_document->definition(), text, mergeKey));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<WorkflowDocument> m_document;
};

void TestBackgroundSave::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(writeFile(path(u"a.json"_qs), dataText("exported.json")));
    Result<std::unique_ptr<WorkflowDocument>> document = WorkflowDocument::open(path(u"a.json"_qs));
    QVERIFY(document.isOk());
    m_document = std::move(*document);
}

void TestBackgroundSave::cleanup()
{
    m_document.reset();
    m_folder.reset();
}

void TestBackgroundSave::savesWithoutWaiting()
{
    QSignalSpy saved(m_document.get(), &WorkflowDocument::saved);
    QVERIFY(name(u"New"_qs));
    QVERIFY(m_document->saveInBackground().isOk());
    QVERIFY(m_document->isSaving());
    QVERIFY(m_document->isModified()); // until it is on the disk
    QVERIFY(saved.wait());
    QVERIFY(!m_document->isSaving());
    QVERIFY(!m_document->isModified());
    QCOMPARE(fileContent(path(u"a.json"_qs)), m_document->text());
    QVERIFY(!m_document->changedOnDisk());
}

void TestBackgroundSave::doesNotKeepTheCallerWaiting()
{
    // A pipe that nobody reads stands for the slowest of all disks.
    const QString pipe = path(u"pipe"_qs);
    QCOMPARE(::mkfifo(QFile::encodeName(pipe).constData(), 0600), 0);
    DrawingLayout drawing;
    drawing.positions.insert(u"ask_1"_qs, {1, 2});
    QVERIFY(m_document->pushDrawing(drawing, u"move"_qs).isOk());
    QSignalSpy saved(m_document.get(), &WorkflowDocument::saved);
    QVERIFY(m_document->saveAsInBackground(pipe));
    QVERIFY(name(u"Goes on"_qs)); // the caller goes on while nothing is written
    QVERIFY(m_document->isSaving());
    QFile reader(pipe);
    QVERIFY(reader.open(QIODevice::ReadOnly)); // meets the writer here
    const QByteArray written = reader.readAll();
    QVERIFY(saved.size() == 1 || saved.wait());
    QCOMPARE(written, dataText("exported.json"));
    QVERIFY(m_document->isModified());
    QVERIFY(!QFile::exists(path(u"pipe.layout.json"_qs)));
}

void TestBackgroundSave::editsMeanwhileLeaveItModified()
{
    QSignalSpy saved(m_document.get(), &WorkflowDocument::saved);
    QVERIFY(name(u"One"_qs, u"typing"_qs));
    const QByteArray one = m_document->text();
    QVERIFY(m_document->saveInBackground().isOk());
    QVERIFY(name(u"Two"_qs, u"typing"_qs)); // becomes one command with what is being written
    QVERIFY(saved.wait());
    QCOMPARE(fileContent(path(u"a.json"_qs)), one);
    QVERIFY(m_document->isModified());
    m_document->undoStack()->undo();
    QVERIFY(m_document->isModified()); // the file does not hold that either
    m_document->undoStack()->redo();
    QVERIFY(m_document->save().isOk());
    QVERIFY(!m_document->isModified());
    QCOMPARE(fileContent(path(u"a.json"_qs)), m_document->text());
}

void TestBackgroundSave::undoneMeanwhileIsModified()
{
    QSignalSpy saved(m_document.get(), &WorkflowDocument::saved);
    QVERIFY(name(u"One"_qs));
    QVERIFY(m_document->saveInBackground().isOk());
    m_document->undoStack()->undo(); // what the file held before
    QVERIFY(saved.wait());
    QVERIFY(fileContent(path(u"a.json"_qs)) != m_document->text());
    QVERIFY(m_document->isModified());
}

void TestBackgroundSave::twiceQuickly()
{
    QSignalSpy saved(m_document.get(), &WorkflowDocument::saved);
    for (int i = 0; i < 20; ++i) {
        QVERIFY(name(u"Name %1"_qs.arg(i)));
        QVERIFY(m_document->saveInBackground().isOk());
    }
    QTRY_VERIFY(!m_document->isSaving());
    QVERIFY(!m_document->isModified());
    QVERIFY(fileContent(path(u"a.json"_qs)).contains("Name 19"));
    QVERIFY(saved.size() >= 2 && saved.size() < 20);
}

void TestBackgroundSave::otherNameWhileSaving()
{
    QVERIFY(name(u"One"_qs));
    QVERIFY(m_document->saveInBackground().isOk());
    QVERIFY(m_document->saveAsInBackground(path(u"b.json"_qs)));
    QVERIFY(m_document->saveAsInBackground(path(u"c.json"_qs)));
    m_document->finishSaving();
    QCOMPARE(m_document->filePath(), path(u"c.json"_qs));
    QVERIFY(!m_document->isModified());
    for (const QString &file : {u"a.json"_qs, u"b.json"_qs, u"c.json"_qs})
        QCOMPARE(fileContent(path(file)), m_document->text());
}

void TestBackgroundSave::failureSaysWhyAndStaysModified()
{
    QSignalSpy failed(m_document.get(), &WorkflowDocument::saveFailed);
    QSignalSpy saved(m_document.get(), &WorkflowDocument::saved);
    QVERIFY(name(u"One"_qs));
    QVERIFY(m_document->saveAsInBackground(path(u"no/such/folder.json"_qs)));
    QVERIFY(failed.wait());
    const auto error = failed.first().first().value<Error>();
    QCOMPARE(error.code, ErrorCode::Unwritable);
    QVERIFY2(error.message.contains(u"folder.json"), qPrintable(error.message));
    QVERIFY(m_document->isModified());
    QCOMPARE(m_document->filePath(), path(u"a.json"_qs));
    QVERIFY(saved.isEmpty());
    // What was asked for meanwhile is given up with it: it would fail the same way.
    QVERIFY(writeFile(path(u"a.json"_qs), "theirs"));
    QVERIFY(m_document->saveInBackground().isOk());
    QVERIFY(m_document->saveInBackground().isOk());
    m_document->finishSaving();
    QCOMPARE(failed.size(), 2);
    QCOMPARE(fileContent(path(u"a.json"_qs)), QByteArray("theirs"));
}

void TestBackgroundSave::changedOnDiskIsNotOverwritten()
{
    QVERIFY(name(u"Mine"_qs));
    QVERIFY(writeFile(path(u"a.json"_qs), "theirs"));
    // Whoever is asked may decide at once.
    connect(m_document.get(), &WorkflowDocument::saveFailed, this, [this](const Error &error) {
        QCOMPARE(error.code, ErrorCode::ChangedOnDisk);
        QCOMPARE(fileContent(path(u"a.json"_qs)), QByteArray("theirs"));
        QVERIFY(m_document->saveInBackground(WorkflowDocument::Overwrite::Yes).isOk());
    });
    QVERIFY(m_document->saveInBackground().isOk());
    m_document->finishSaving();
    QVERIFY(!m_document->isModified());
    QCOMPARE(fileContent(path(u"a.json"_qs)), m_document->text());
}

void TestBackgroundSave::withoutAFile()
{
    const auto document = WorkflowDocument::createEmpty(u"http_request"_qs, u"Fresh"_qs);
    const Result<void> begun = document->saveInBackground();
    QVERIFY(!begun.isOk());
    QCOMPARE(begun.error().code, ErrorCode::InvalidArgument);
    QVERIFY(!document->isSaving());
}

void TestBackgroundSave::waitingNeedsNoEventLoop()
{
    QVERIFY(name(u"One"_qs));
    QVERIFY(m_document->saveInBackground().isOk());
    m_document->finishSaving();
    QVERIFY(!m_document->isModified());
    QVERIFY(m_document->saveInBackground().isOk());
    QVERIFY(m_document->save().isOk()); // waits for the other
    QVERIFY(!m_document->isSaving());
    QCoreApplication::processEvents(); // what was announced before is over
    QVERIFY(!m_document->isModified());
}

void TestBackgroundSave::endsWithTheDocument()
{
    QVERIFY(name(u"One"_qs));
    const QByteArray text = m_document->text();
    QVERIFY(m_document->saveInBackground().isOk());
    m_document.reset();
    QCOMPARE(fileContent(path(u"a.json"_qs)), text);
}

// A journal that called a document saved before it is would give up what is not.
void TestBackgroundSave::journalKnowsWhenItIsWritten()
{
    QList<HistoryState> states;
    connect(m_document.get(), &WorkflowDocument::recorded, this,
        [&states](const HistoryEvent &event) { states += event.after; });
    QVERIFY(name(u"One"_qs));
    const QByteArray before = m_document->historyState().fileHash;
    QVERIFY(m_document->saveInBackground().isOk());
    QVERIFY(name(u"Two"_qs));
    for (const HistoryState &state : std::as_const(states)) {
        QVERIFY(state.cleanIndex != state.index);
        QCOMPARE(state.fileHash, before);
    }
    m_document->finishSaving();
    QVERIFY(states.last().fileHash != before);
    QVERIFY(states.last().cleanIndex != states.last().index);
    QVERIFY(m_document->saveInBackground().isOk());
    m_document->finishSaving();
    QCOMPARE(states.last().cleanIndex, states.last().index);
}

void TestBackgroundSave::reloads()
{
    QVERIFY(name(u"Mine"_qs));
    const QByteArray mine = m_document->text();
    const QByteArray theirs = dataText("by-hand.json");
    QVERIFY(writeFile(path(u"a.json"_qs), theirs));
    QSignalSpy changed(m_document.get(), &WorkflowDocument::changed);
    m_document->reloadInBackground();
    QVERIFY(changed.isEmpty());
    QVERIFY(changed.wait());
    QCOMPARE(m_document->text(), theirs);
    QVERIFY(!m_document->isModified());
    m_document->undoStack()->undo();
    QCOMPARE(m_document->text(), mine);
}

void TestBackgroundSave::reloadThatFails()
{
    QVERIFY(writeFile(path(u"a.json"_qs), "{"));
    const QByteArray mine = m_document->text();
    QSignalSpy failed(m_document.get(), &WorkflowDocument::reloadFailed);
    m_document->reloadInBackground();
    QVERIFY(failed.wait());
    QCOMPARE(failed.first().first().value<Error>().code, ErrorCode::NotJson);
    QCOMPARE(m_document->text(), mine);
    QCOMPARE(m_document->undoStack()->count(), 0);
}

void TestBackgroundSave::watchTakesNoSaveForAnotherProgram()
{
    QVERIFY(writeFile(path(u"large.json"_qs), largeText(3000)));
    Result<std::unique_ptr<WorkflowDocument>> opened = WorkflowDocument::open(path(u"large.json"_qs));
    QVERIFY(opened.isOk());
    m_document = std::move(*opened);
    FileWatch watch(*m_document);
    QSignalSpy states(&watch, &FileWatch::stateChanged);
    for (int i = 0; i < 8; ++i) {
        QVERIFY(name(u"Name %1"_qs.arg(i)));
        QVERIFY(m_document->saveInBackground().isOk());
        watch.check();
        QSignalSpy saved(m_document.get(), &WorkflowDocument::saved);
        QVERIFY(saved.wait());
    }
    QVERIFY(writeFile(path(u"large.json"_qs), "theirs"));
    QTRY_COMPARE(watch.state(), WorkflowDocument::DiskState::Changed);
    QCOMPARE(states.size(), 1);
}

// What the thread of the window spends on saving one edit in 10,000 steps: processor time, the longest of several.
void TestBackgroundSave::timeOfTheCaller()
{
    QVERIFY(writeFile(path(u"large.json"_qs), largeText(10'000)));
    Result<std::unique_ptr<WorkflowDocument>> opened = WorkflowDocument::open(path(u"large.json"_qs));
    QVERIFY(opened.isOk());
    m_document = std::move(*opened);
    qint64 longest = 0;
    for (int i = 0; i < 10; ++i) {
        QVERIFY(pushed(*m_document,
            setStepValue(m_document->definition(), m_document->graph(), u"s%1"_qs.arg(i * 900),
                pointer(u"/inputs/text"), JsonValue(u"other"_qs))));
        QSignalSpy saved(m_document.get(), &WorkflowDocument::saved);
        const qint64 before = spentNanoseconds();
        QVERIFY(m_document->saveInBackground().isOk());
        longest = qMax(longest, spentNanoseconds() - before);
        m_document->finishSaving();
        QCOMPARE(saved.size(), 1);
    }
    QTest::setBenchmarkResult(double(longest) / 1e6, QTest::WalltimeMilliseconds);
}

QTEST_GUILESS_MAIN(TestBackgroundSave)
#include "tst_backgroundsave.moc"
