// Editing sessions killed at random moments: what the next start restores.

#include "model/document/recoverysearch.h"
#include "tests/document/documenttools.h"
#include "tests/end_to_end/killedprocess.h"

#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTimer>

using namespace automation;

namespace {

constexpr int batches = 10;
constexpr int sessionsInBatch = 20;
constexpr double allowedLoss = 1000; // ms

} // namespace

class KilledSessionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void batch_data();
    void batch();
    void cleanupTestCase();

private:
    struct Session
    {
        std::unique_ptr<KilledProcess> subject;
        QString file;
        QString journals;
        bool isWrittenAnew = false; // its journal, again and again
    };
    void check(Session &session, const QByteArray &original);

    int m_kills = 0;
    int m_restored = 0;
    int m_saved = 0;
    int m_untouched = 0;
    qint64 m_commands = 0;
    qint64 m_undone = 0;
    int m_writtenAnew = 0;
    double m_worst = 0;
};

void KilledSessionTest::batch_data()
{
    QTest::addColumn<quint32>("seed");
    bool given = false;
    const uint chosen = qEnvironmentVariable("AUTOMATION_TEST_SEED").toUInt(&given);
    const quint32 first = given ? chosen : QRandomGenerator::global()->generate();
    for (quint32 i = 0; i < batches; ++i)
        QTest::addRow("AUTOMATION_TEST_SEED=%u", first + i) << first + i;
}

void KilledSessionTest::batch()
{
    QFETCH(quint32, seed);
    QRandomGenerator random(seed);
    QTemporaryDir folder;
    const QByteArray original = dataText(seed % 2 == 0 ? "exported.json" : "by-hand.json");
    std::vector<Session> sessions;
    int running = 0;
    for (int i = 0; i < sessionsInBatch; ++i) {
        const QString base = folder.filePath(QString::number(i));
        QVERIFY(QDir().mkpath(base));
        Session session {nullptr, base + u"/a.json"_qs, base + u"/recovery"_qs, i % 2 == 1};
        QVERIFY(writeFile(session.file, original));
        session.subject = std::make_unique<KilledProcess>(QStringLiteral(TEST_PROGRAM_DIR "/editingsubject"),
            QStringList {session.file, session.journals, QString::number(random.generate())}
                + (session.isWrittenAnew ? QStringList {u"-10000"_qs} : QStringList()));
        QProcess &process = session.subject->process();
        connect(&process, &QProcess::finished, this, [&running] { --running; });
        const auto killIn = [subject = session.subject.get()](int milliseconds) {
            QTimer::singleShot(milliseconds, &subject->process(), [subject] { subject->kill(); });
        };
        // Some in their first moments, most when there is more than a second of editing to lose, however long the
        // program takes to start.
        if (i % 4 == 0) {
            connect(&process, &QProcess::started, this, [killIn, wait = random.bounded(300)] { killIn(wait); });
        } else {
            connect(&process, &QProcess::readyReadStandardOutput, this,
                [killIn, wait = random.bounded(1000, 2500), isEditing = false]() mutable {
                    if (!std::exchange(isEditing, true))
                        killIn(wait);
                });
        }
        ++running;
        process.start();
        sessions.push_back(std::move(session));
    }
    QTRY_COMPARE_WITH_TIMEOUT(running, 0, 60'000);
    for (Session &session : sessions) {
        QCOMPARE(session.subject->process().exitStatus(), QProcess::CrashExit);
        check(session, original);
        if (QTest::currentTestFailed())
            return;
    }
}

void KilledSessionTest::check(Session &session, const QByteArray &original)
{
    ++m_kills;
    m_commands += session.subject->changes().size();
    const QByteArray onDisk = fileContent(session.file);
    // What the journal holds, before the search deletes one without unsaved changes.
    qsizetype events = 0;
    for (const QString &name : QDir(session.journals).entryList(QDir::Files)) {
        if (const Result<JournalContent> content = readJournal(fileContent(session.journals + u'/' + name)))
            events = content->events.size();
    }
    const RecoverySearch search = findLeftDocuments(session.journals);
    QVERIFY2(search.failures.isEmpty(), qPrintable(search.failures.join(u' ')));
    QVERIFY(search.documents.size() <= 1);
    if (session.subject->changes().isEmpty()) { // killed before it had opened the file
        QCOMPARE(onDisk, original);
        ++m_untouched;
        return;
    }
    QByteArray text = wholeState(onDisk, readLayoutFile(session.file).drawing);
    if (search.documents.isEmpty()) {
        ++m_saved;
    } else {
        const LeftDocument &left = *search.documents.first();
        QCOMPARE(left.filePath, session.file);
        QVERIFY(!left.isDamaged);
        const Result<RestoredDocument> restored = restoreDocument(left);
        QVERIFY(restored.isOk());
        QVERIFY2(restored->note.isEmpty(), qPrintable(restored->note));
        WorkflowDocument &document = *restored->document;
        text = wholeState(document);
        QUndoStack *stack = document.undoStack();
        m_undone += stack->index();
        // Back to the first bytes, and forth again.
        const int index = stack->index();
        stack->setIndex(0);
        QCOMPARE(wholeState(document), wholeState(original, {}));
        stack->setIndex(index);
        QCOMPARE(wholeState(document), text);
        ++m_restored;
    }
    if (session.isWrittenAnew) { // what it holds is not one event for each that happened
        const double lacking = session.subject->lackingMilliseconds(textHash(text));
        QVERIFY2(lacking >= 0, "what came back was never there");
        QVERIFY2(lacking <= allowedLoss, qPrintable(u"%1 ms are lost"_qs.arg(lacking)));
        m_worst = std::max(m_worst, lacking);
        ++m_writtenAnew;
        return;
    }
    double lacking = session.subject->lackingMilliseconds(events);
    QVERIFY2(lacking >= 0, "the journal knows more than there was");
    const LoggedChange state = session.subject->changes().at(events);
    if (textHash(text) != QByteArray(state.textHash, sizeof state.textHash)) {
        // Saved, and killed before the journal had what led there: the file is ahead.
        QVERIFY2(search.documents.isEmpty(), "what came back is not what the journal's events had led to");
        lacking = session.subject->lackingMilliseconds(textHash(text));
        QVERIFY2(lacking >= 0, "the file holds what was never there");
    }
    QVERIFY2(lacking <= allowedLoss, qPrintable(u"%1 ms are lost"_qs.arg(lacking)));
    m_worst = std::max(m_worst, lacking);
}

void KilledSessionTest::cleanupTestCase()
{
    qInfo(
        "%d kills after %lld changes: %d sessions restored (%lld commands undone to the first bytes), %d with nothing "
        "unsaved, %d before the file was open; %d journals were written anew all the time; at most the last %.1f ms "
        "lost",
        m_kills, m_commands, m_restored, m_undone, m_saved, m_untouched, m_writtenAnew, m_worst);
    QVERIFY(QTest::currentTestFailed() || m_restored > m_kills / 2);
}

QTEST_GUILESS_MAIN(KilledSessionTest)
#include "tst_killedsession.moc"
