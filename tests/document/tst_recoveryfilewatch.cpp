// What a document says and does when another program works on its file.

#include "documenttools.h"
#include "model/document/drawingjson.h"
#include "model/document/filewatch.h"

#include <QTemporaryDir>

using namespace automation;

using DiskState = WorkflowDocument::DiskState;

class TestFileWatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void reloadTakesTheirsAndUndoGivesMine();
    void reloadOfTheSameIsNoCommand();
    void reloadRefusesWhatIsNoDefinition();
    void keepMineOverwritesWithoutAsking();
    void changeIsNoticed_data();
    void changeIsNoticed();
    void deletedFileIsSaid();
    void replacedByAFolder();
    void ownSavesAreSilent();
    void sameChangeOnBothSides();
    void eachChangeIsTold();
    void movesWithTheDocument();
    void anotherArrangementIsTold();
    void aLostArrangementIsTold();
    void sameArrangementOnBothSides();
    void ownArrangementsAreSilent();

private:
    QString layoutPath() const { return path(u"a.layout.json"_qs); }
    QString aStep() const { return m_document->graph().nodes().at(1).key; }
    DrawingLayout standingAt(const QPointF &place) const
    {
        DrawingLayout drawing;
        drawing.positions.insert(aStep(), place);
        return drawing;
    }
    bool arrange(const QPointF &place) { return m_document->pushDrawing(standingAt(place), u"move"_qs).isOk(); }
    QString path(const QString &name) const { return m_folder->filePath(name); }
    void open()
    {
        QVERIFY(writeFile(path(u"a.json"_qs), m_original));
        Result<std::unique_ptr<WorkflowDocument>> document = WorkflowDocument::open(path(u"a.json"_qs));
        QVERIFY(document.isOk());
        m_document = std::move(document).value();
        m_watch = std::make_unique<FileWatch>(*m_document);
        m_states = std::make_unique<QSignalSpy>(m_watch.get(), &FileWatch::stateChanged);
    }
    bool rename(const QString &name)
    {
        return pushed(*m_document,
            setRootValue(m_document->definition(), pointer(u"/definition/name"), JsonValue(name), u"name"_qs));
    }

    QByteArray m_original = dataText("exported.json");
    QByteArray m_theirs = QByteArray(dataText("by-hand.json")).replace("\n", "\r\n");
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<WorkflowDocument> m_document;
    std::unique_ptr<FileWatch> m_watch;
    std::unique_ptr<QSignalSpy> m_states;
};

void TestFileWatch::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
    open();
}

void TestFileWatch::cleanup()
{
    m_states.reset();
    m_watch.reset();
    m_document.reset();
    m_folder.reset();
}

void TestFileWatch::reloadTakesTheirsAndUndoGivesMine()
{
    QVERIFY(rename(u"Mine"_qs));
    const QByteArray mine = m_document->text();
    QVERIFY(writeFile(path(u"a.json"_qs), m_theirs));
    QSignalSpy changes(m_document.get(), &WorkflowDocument::changed);
    QVERIFY(m_document->reload().isOk());
    QCOMPARE(changes.size(), 1);
    QVERIFY(changes.first().first().value<DocumentChange>().everything);
    QCOMPARE(m_document->text(), m_theirs);
    QVERIFY(!m_document->isModified());
    QVERIFY(m_document->save().isOk());
    QCOMPARE(fileContent(path(u"a.json"_qs)), m_theirs);
    // One command; what follows is an edit of theirs, in their style.
    QUndoStack *stack = m_document->undoStack();
    QCOMPARE(stack->count(), 2);
    QVERIFY(rename(u"After"_qs));
    const auto [gone, come] = changedLines(m_theirs, m_document->text());
    QCOMPARE(come.size(), 1);
    stack->undo();
    stack->undo();
    QCOMPARE(m_document->text(), mine);
    QVERIFY(m_document->isModified());
    QVERIFY(m_document->save().isOk()); // nobody has to be asked: theirs was seen
    QCOMPARE(fileContent(path(u"a.json"_qs)), mine);
    stack->undo();
    QCOMPARE(m_document->text(), m_original);
    stack->setIndex(3);
    QVERIFY(m_document->text().contains("After") && m_document->text().contains("\r\n"));
}

void TestFileWatch::reloadOfTheSameIsNoCommand()
{
    QVERIFY(rename(u"Mine"_qs));
    QVERIFY(writeFile(path(u"a.json"_qs), m_document->text()));
    QVERIFY(m_document->reload().isOk());
    QCOMPARE(m_document->undoStack()->count(), 1);
    QVERIFY(!m_document->isModified());
}

void TestFileWatch::reloadRefusesWhatIsNoDefinition()
{
    QVERIFY(rename(u"Mine"_qs));
    const QByteArray mine = m_document->text();
    for (const QByteArray &bad : {QByteArray("{"), QByteArray(), QByteArray("[1]")}) {
        QVERIFY(writeFile(path(u"a.json"_qs), bad));
        const Result<void> reloaded = m_document->reload();
        QVERIFY(!reloaded.isOk());
        QVERIFY(reloaded.error().message.contains(u"a.json"));
        QCOMPARE(m_document->text(), mine);
        QVERIFY(m_document->isModified() && m_document->changedOnDisk());
    }
    QVERIFY(QFile::remove(path(u"a.json"_qs)));
    QVERIFY(!m_document->reload().isOk());
    QCOMPARE(m_document->text(), mine);
}

void TestFileWatch::keepMineOverwritesWithoutAsking()
{
    QVERIFY(writeFile(path(u"a.json"_qs), m_theirs));
    QVERIFY(!m_document->isModified());
    QVERIFY(!m_document->save().isOk());
    m_document->keepMine();
    QVERIFY(m_document->isModified()); // closing asks: what is here is nowhere else
    QVERIFY(!m_document->changedOnDisk());
    QVERIFY(m_document->save().isOk());
    QCOMPARE(fileContent(path(u"a.json"_qs)), m_original);
    QVERIFY(!m_document->isModified());
}

void TestFileWatch::changeIsNoticed_data()
{
    QTest::addColumn<QString>("way");
    QTest::newRow("written in place") << u"write"_qs;
    QTest::newRow("same size") << u"same size"_qs;
    QTest::newRow("replaced") << u"replace"_qs;
    QTest::newRow("deleted and made again") << u"delete"_qs;
}

void TestFileWatch::changeIsNoticed()
{
    QFETCH(QString, way);
    if (way == u"replace") {
        QVERIFY(writeFile(path(u"new"_qs), m_theirs));
        QCOMPARE(
            ::rename(QFile::encodeName(path(u"new"_qs)).constData(), QFile::encodeName(path(u"a.json"_qs)).constData()),
            0);
    } else if (way == u"delete") {
        QVERIFY(QFile::remove(path(u"a.json"_qs)));
        QVERIFY(writeFile(path(u"a.json"_qs), m_theirs));
    } else {
        QVERIFY(writeFile(
            path(u"a.json"_qs), way == u"same size" ? QByteArray(m_original).replace("evening", "EVENING") : m_theirs));
    }
    QTRY_COMPARE(m_watch->state(), DiskState::Changed);
    QCOMPARE(m_states->size(), 1);
    QVERIFY(m_document->reload().isOk());
    QCOMPARE(m_watch->state(), DiskState::Same); // at once
    QCOMPARE(m_states->size(), 2);
}

void TestFileWatch::deletedFileIsSaid()
{
    QVERIFY(QFile::remove(path(u"a.json"_qs)));
    QTRY_COMPARE(m_watch->state(), DiskState::Missing);
    QVERIFY(m_document->isModified());
    QCOMPARE(m_document->text(), m_original);
    QVERIFY(m_document->save().isOk());
    QCOMPARE(fileContent(path(u"a.json"_qs)), m_original);
    QTRY_COMPARE(m_watch->state(), DiskState::Same);
    QVERIFY(!m_document->isModified());
    // Gone and back as it was: nothing is left to say.
    QVERIFY(QFile::rename(path(u"a.json"_qs), path(u"b.json"_qs)));
    QTRY_COMPARE(m_watch->state(), DiskState::Missing);
    QVERIFY(QFile::rename(path(u"b.json"_qs), path(u"a.json"_qs)));
    QTRY_COMPARE(m_watch->state(), DiskState::Same);
    QVERIFY(!m_document->isModified());
}

void TestFileWatch::replacedByAFolder()
{
    QVERIFY(QFile::remove(path(u"a.json"_qs)));
    QVERIFY(QDir(m_folder->path()).mkdir(u"a.json"_qs));
    QTRY_COMPARE(m_watch->state(), DiskState::Unreadable);
    QVERIFY(m_document->isModified());
    QVERIFY(!m_document->save().isOk());
    QVERIFY(QFileInfo(path(u"a.json"_qs)).isDir());
    QVERIFY(m_document->saveAs(path(u"b.json"_qs)).isOk());
    QTRY_COMPARE(m_watch->state(), DiskState::Same);
}

void TestFileWatch::ownSavesAreSilent()
{
    for (int i = 0; i < 20; ++i) {
        QVERIFY(rename(u"Name %1"_qs.arg(i)));
        QVERIFY(m_document->save().isOk());
        QCoreApplication::processEvents();
    }
    // A look that began after the last of them has ended.
    QVERIFY(writeFile(path(u"a.json"_qs), m_theirs));
    QTRY_COMPARE(m_watch->state(), DiskState::Changed);
    QCOMPARE(m_states->size(), 1);
}

void TestFileWatch::sameChangeOnBothSides()
{
    QVERIFY(rename(u"Both"_qs));
    QVERIFY(m_document->isModified());
    QVERIFY(writeFile(path(u"a.json"_qs), m_document->text()));
    QTRY_VERIFY(!m_document->isModified());
    QVERIFY(m_states->isEmpty());
}

void TestFileWatch::eachChangeIsTold()
{
    QVERIFY(writeFile(path(u"a.json"_qs), m_theirs));
    QTRY_COMPARE(m_states->size(), 1);
    QVERIFY(writeFile(path(u"a.json"_qs), m_theirs + ' '));
    QTRY_COMPARE(m_states->size(), 2);
    QCOMPARE(m_watch->state(), DiskState::Changed);
    QVERIFY(writeFile(path(u"a.json"_qs), m_original)); // as it was read
    QTRY_COMPARE(m_watch->state(), DiskState::Same);
}

void TestFileWatch::movesWithTheDocument()
{
    QVERIFY(rename(u"Moved"_qs));
    QVERIFY(m_document->saveAs(path(u"b.json"_qs)).isOk());
    QVERIFY(writeFile(path(u"a.json"_qs), m_theirs)); // not ours any more
    QVERIFY(writeFile(path(u"b.json"_qs), m_theirs));
    QTRY_COMPARE(m_watch->state(), DiskState::Changed);
    QVERIFY(m_document->reload().isOk());
    QCOMPARE(m_watch->state(), DiskState::Same);
}

void TestFileWatch::anotherArrangementIsTold()
{
    QVERIFY(arrange({40, 50}));
    QVERIFY(m_document->save().isOk());
    QVERIFY(rename(u"Mine"_qs));
    const DrawingLayout mine = m_document->drawing();
    const QByteArray text = m_document->text();
    QSignalSpy told(m_watch.get(), &FileWatch::arrangementChanged);
    const QByteArray theirs = writeDrawingLayout(standingAt({400, 500}));
    QVERIFY(writeFile(layoutPath(), theirs));
    QTRY_COMPARE(told.size(), 1);
    QVERIFY(m_watch->isArrangementChanged());
    QCOMPARE(m_watch->state(), DiskState::Same);
    QVERIFY(m_states->isEmpty());
    QCOMPARE(m_document->drawing(), mine); // nothing happens by itself

    QVERIFY(m_watch->reloadArrangement().isOk());
    QVERIFY(!m_watch->isArrangementChanged());
    QCOMPARE(m_document->drawing(), standingAt({400, 500}));
    QCOMPARE(m_document->text(), text); // the edit stays
    QVERIFY(m_document->isModified());
    m_document->undoStack()->undo();
    QCOMPARE(m_document->drawing(), mine);
    m_document->undoStack()->redo();

    // What was not asked for stays a file of its own when saving.
    QVERIFY(writeFile(layoutPath(), writeDrawingLayout(standingAt({1, 2}))));
    QTRY_VERIFY(m_watch->isArrangementChanged());
    m_watch->keepArrangement();
    QVERIFY(!m_watch->isArrangementChanged());
    QVERIFY(m_document->save().isOk());
    QCOMPARE(fileContent(layoutPath()), theirs);
    QVERIFY(!QFileInfo::exists(layoutPath() + u".bak"_qs)); // the person knew
}

void TestFileWatch::aLostArrangementIsTold()
{
    QVERIFY(arrange({40, 50}));
    QVERIFY(m_document->save().isOk());
    QVERIFY(!m_document->isModified());
    QVERIFY(QFile::remove(layoutPath()));
    QTRY_VERIFY(m_watch->isArrangementChanged());
    m_watch->keepArrangement();
    QVERIFY(m_document->isModified());
    QVERIFY(m_document->save().isOk());
    QVERIFY(QFileInfo::exists(layoutPath()));
    QVERIFY(QFile::remove(layoutPath()));
    QTRY_VERIFY(m_watch->isArrangementChanged());
    QVERIFY(m_watch->reloadArrangement().isOk());
    QVERIFY(m_document->drawing().isDefault());
    QVERIFY(!m_document->isModified());
}

void TestFileWatch::sameArrangementOnBothSides()
{
    QSignalSpy told(m_watch.get(), &FileWatch::arrangementChanged);
    QVERIFY(arrange({40, 50}));
    const int commands = m_document->undoStack()->count();
    QVERIFY(writeFile(layoutPath(), writeDrawingLayout(standingAt({40, 50}))));
    QTRY_COMPARE(m_document->historyState().layoutHash, contentHash(fileContent(layoutPath())));
    // One that cannot be used is none: it stays as it is, and nobody is asked.
    QVERIFY(writeFile(layoutPath(), "no arrangement"));
    QVERIFY(writeFile(path(u"a.json"_qs), m_theirs)); // a look that comes after it
    QTRY_COMPARE(m_watch->state(), DiskState::Changed);
    QCOMPARE(m_document->undoStack()->count(), commands);
    QVERIFY(told.isEmpty());
}

void TestFileWatch::ownArrangementsAreSilent()
{
    QSignalSpy told(m_watch.get(), &FileWatch::arrangementChanged);
    for (int i = 0; i < 20; ++i) {
        QVERIFY(arrange({40.0 + i, 50}));
        QVERIFY(m_document->save().isOk());
        QCoreApplication::processEvents();
    }
    QVERIFY(writeFile(path(u"a.json"_qs), m_theirs));
    QTRY_COMPARE(m_watch->state(), DiskState::Changed);
    QVERIFY(told.isEmpty());
}

QTEST_GUILESS_MAIN(TestFileWatch)
#include "tst_recoveryfilewatch.moc"
