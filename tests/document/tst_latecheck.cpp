// A file that is shown before it is checked.

#include "documenttools.h"
#include "model/document/commands/rootcommands.h"
#include "model/validation/validator.h"

#include <QTemporaryDir>

using namespace automation;

namespace {

// Many steps, each with the problem that it sends no text.
QByteArray faultyText(int steps)
{
    QByteArray text = "{\"definition\": {\"name\": \"Faulty\", \"steps\": [\n";
    for (int i = 0; i < steps; ++i) {
        text += "    {\"id\": \"s" + QByteArray::number(i) + "\", \"stepType\": \"SMS\", \"inputs\": {}}";
        text += i + 1 < steps ? ",\n" : "\n";
    }
    return text + "]}, \"trigger\": \"http_request\"}\n";
}

QStringList messages(const QList<Problem> &problems)
{
    QStringList result;
    for (const Problem &problem : problems)
        result += problem.stepKey + u": "_qs + problem.message;
    return result;
}

} // namespace

class TestLateCheck : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        const QString path = m_folder->filePath(u"faulty.json"_qs);
        QVERIFY(writeFile(path, faultyText(700)));
        m_document = WorkflowDocument::openUnchecked(path).value();
        const std::unique_ptr<WorkflowDocument> checked = WorkflowDocument::open(path).value();
        QVERIFY(checked->isChecked());
        m_wanted = messages(checked->problems());
        QVERIFY(m_wanted.size() >= 700);
    }
    void cleanup()
    {
        m_document.reset();
        m_folder.reset();
    }

    void comesWithoutProblems()
    {
        QVERIFY(!m_document->isChecked());
        QVERIFY(m_document->problems().isEmpty());
        QCOMPARE(m_document->graph().stepCount(), 700);
    }

    void checksBesideTheCaller()
    {
        QSignalSpy found(m_document.get(), &WorkflowDocument::problemsChanged);
        m_document->checkInBackground();
        m_document->checkInBackground(); // once is enough
        QVERIFY(!m_document->isChecked());
        QVERIFY(found.wait());
        QVERIFY(m_document->isChecked());
        QCOMPARE(messages(m_document->problems()), m_wanted);
        m_document->checkInBackground();
        QCoreApplication::processEvents();
        QCOMPARE(found.size(), 1);
    }

    void waitsForWhoNeedsThem_data()
    {
        QTest::addColumn<bool>("isUnderWay");
        QTest::newRow("not begun") << false;
        QTest::newRow("under way") << true;
    }
    void waitsForWhoNeedsThem()
    {
        QFETCH(bool, isUnderWay);
        QSignalSpy found(m_document.get(), &WorkflowDocument::problemsChanged);
        if (isUnderWay)
            m_document->checkInBackground();
        m_document->check();
        QVERIFY(m_document->isChecked());
        QCOMPARE(messages(m_document->problems()), m_wanted);
        QVERIFY(found.size() == 1 || found.wait());
    }

    // Nobody waits for problems of all steps when their text is replaced; whoever edits or asks meanwhile has them.
    void textReplacedInHundredsOfPlaces()
    {
        m_document->check();
        QCoreApplication::processEvents();
        const auto wanted = [this] {
            return messages(validate(m_document->definition(), m_document->graph(), m_document->catalog()));
        };
        const QByteArray before = m_document->text();
        QByteArray after = before;
        after.replace("SMS", "Wait");
        QSignalSpy found(m_document.get(), &WorkflowDocument::problemsChanged);
        QVERIFY(m_document->pushText(after, u"Replace all"_qs));
        QCOMPARE(m_document->text(), after);
        QVERIFY(!m_document->isChecked());
        QVERIFY(m_document->problems().isEmpty());
        QTRY_VERIFY(m_document->isChecked());
        QCOMPARE(messages(m_document->problems()), wanted());
        QVERIFY(wanted() != m_wanted);
        m_document->undoStack()->undo();
        QCOMPARE(m_document->text(), before);
        QVERIFY(pushed(*m_document, setName(m_document->definition(), u"Other"_qs)));
        QVERIFY(m_document->isChecked());
        QCOMPARE(messages(m_document->problems()), wanted());
        m_document->undoStack()->undo();
        QCOMPARE(messages(m_document->problems()), m_wanted);
        m_document->undoStack()->redo();
        QVERIFY(m_document->pushText(after, u"Replace all"_qs));
        m_document->check();
        QCOMPARE(messages(m_document->problems()), wanted());
    }

    // A step of a large one comes or goes: what was known stays until the rest is.
    void stepsOfALargeOneComeAndGo()
    {
        m_document = WorkflowDocument::fromText(faultyText(5000), u"Faulty"_qs).value();
        const auto wanted = [this] {
            return messages(validate(m_document->definition(), m_document->graph(), m_document->catalog()));
        };
        const QStringList before = messages(m_document->problems());
        QCOMPARE(before, wanted());
        QVERIFY(before.size() >= 5000);
        QSignalSpy found(m_document.get(), &WorkflowDocument::problemsChanged);
        QVERIFY(pushed(*m_document, deleteSteps(m_document->definition(), m_document->graph(), {u"s3"_qs}, false)));
        QVERIFY(!m_document->isChecked());
        QCOMPARE(m_document->graph().stepCount(), 4999);
        QCOMPARE(messages(m_document->problems()), before);
        QCOMPARE(found.size(), 0);
        QVERIFY(found.wait());
        QVERIFY(m_document->isChecked());
        const QStringList after = messages(m_document->problems());
        QVERIFY(after != before);
        QCOMPARE(after, wanted());
        m_document->undoStack()->undo();
        QVERIFY(!m_document->isChecked());
        QVERIFY(pushed(*m_document, setName(m_document->definition(), u"Other"_qs))); // not waited for
        QVERIFY(m_document->isChecked());
        QCOMPARE(messages(m_document->problems()), before);
        m_document->undoStack()->undo();
        m_document->undoStack()->redo();
        QVERIFY(m_document->isChecked());
        QVERIFY(pushed(*m_document, deleteSteps(m_document->definition(), m_document->graph(), {u"s3"_qs}, false)));
        m_document->check();
        QCOMPARE(messages(m_document->problems()), after);
    }

    void editsNeedNotWaitForTheEventLoop_data() { waitsForWhoNeedsThem_data(); }
    void editsNeedNotWaitForTheEventLoop()
    {
        QFETCH(bool, isUnderWay);
        if (isUnderWay)
            m_document->checkInBackground();
        QVERIFY(pushed(*m_document, setName(m_document->definition(), u"Other"_qs)));
        QVERIFY(pushed(*m_document, deleteSteps(m_document->definition(), m_document->graph(), {u"s3"_qs}, false)));
        const QStringList wanted
            = messages(validate(m_document->definition(), m_document->graph(), m_document->catalog()));
        QVERIFY(m_document->isChecked());
        QCOMPARE(messages(m_document->problems()), wanted);
        QCoreApplication::processEvents(); // what the background had to tell
        QCOMPARE(messages(m_document->problems()), wanted);
        m_document->undoStack()->undo();
        m_document->undoStack()->undo();
        QCOMPARE(messages(m_document->problems()), m_wanted);
    }

    void endsWithTheDocument()
    {
        m_document->checkInBackground();
        m_document.reset();
        QCoreApplication::processEvents();
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<WorkflowDocument> m_document;
    QStringList m_wanted;
};

QTEST_GUILESS_MAIN(TestLateCheck)
#include "tst_latecheck.moc"
