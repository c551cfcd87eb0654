#include "cliprogram.h"
#include "model/json/jsonreader.h"

#include <QtTest>

using namespace automation;
using namespace Qt::Literals::StringLiterals;

// Lines of b that are not in a at the same place; only for texts of equally many lines.
static QStringList changedLines(const QByteArray &a, const QByteArray &b)
{
    const QStringList before = QString::fromUtf8(a).split(u'\n');
    const QStringList after = QString::fromUtf8(b).split(u'\n');
    QStringList changed;
    for (qsizetype i = 0; i < qMax(before.size(), after.size()); ++i) {
        if (before.value(i) != after.value(i))
            changed << after.value(i).trimmed();
    }
    return changed;
}

// What automationctl writes: edited definitions and drawings.
class TestAutomationctlWriting : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void saveKeepsTheBytes();
    void setChangesOneLine();
    void setByPointer();
    void setBehindTheLast();
    void setInPlace();
    void setMakesWhatIsMissing();
    void setExplainsMissingQuotes();
    void setRefuses_data();
    void setRefuses();
    void renameFollowsReferences();
    void renameOfAnUnknownStep();
    void layoutJson();
    void render_data();
    void render();
    void picturesCountInWords();
    void unwritableOutput();

private:
    QString outPath(const QString &name) const { return m_folder->filePath(name); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestAutomationctlWriting::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

void TestAutomationctlWriting::saveKeepsTheBytes()
{
    const QString file = cliData(u"greeting.json"_s);
    QCOMPARE(runCli({u"save"_s, file, u"-o"_s, outPath(u"same.json"_s)}).exitCode, 0);
    QCOMPARE(contentsOf(outPath(u"same.json"_s)), contentsOf(file));
}

void TestAutomationctlWriting::setChangesOneLine()
{
    const QString file = cliData(u"greeting.json"_s);
    const QString out = outPath(u"out.json"_s);
    const CliOutcome outcome
        = runCli({u"set"_s, file, u"/steps/@hello/inputs/text"_s, u"\"Good day\""_s, u"-o"_s, out});
    QVERIFY2(outcome.exitCode == 0, qPrintable(outcome.err));
    QCOMPARE(changedLines(contentsOf(file), contentsOf(out)), QStringList {u"\"text\": \"Good day\""_s});
}

void TestAutomationctlWriting::setByPointer()
{
    const QString file = cliData(u"greeting.json"_s);
    const QString out = outPath(u"out.json"_s);
    CliOutcome outcome
        = runCli({u"set"_s, file, u"/definition/steps/1/inputs/duration"_s, u"\"0.00:10:00\""_s, u"-o"_s, out});
    QVERIFY2(outcome.exitCode == 0, qPrintable(outcome.err));
    QCOMPARE(changedLines(contentsOf(file), contentsOf(out)),
        QStringList {u"\"inputs\": { \"duration\": \"0.00:10:00\" },"_s});

    outcome = runCli({u"set"_s, file, u"/definition/name"_s, u"\"Hello\""_s, u"-o"_s, out});
    QVERIFY2(outcome.exitCode == 0, qPrintable(outcome.err));
    QCOMPARE(changedLines(contentsOf(file), contentsOf(out)), QStringList {u"\"name\": \"Hello\","_s});
}

void TestAutomationctlWriting::setBehindTheLast()
{
    const QString file = outPath(u"list.json"_s);
    QFile text(file);
    QVERIFY(text.open(QIODevice::WriteOnly));
    text.write(
        "{\n  \"definition\": { \"name\": \"n\", \"steps\": [\n    { \"id\": \"a\", \"stepType\": \"HttpRequest\","
        " \"inputs\": { \"body\": [1, 2] } }\n  ] }\n}\n");
    text.close();
    for (const char *place : {"-", "3"}) {
        const CliOutcome outcome
            = runCli({u"set"_s, file, u"/steps/@a/inputs/body/"_s + QString::fromLatin1(place), u"0"_s});
        QVERIFY2(outcome.exitCode == 0, qPrintable(outcome.err));
    }
    QVERIFY2(contentsOf(file).contains("\"body\": [1, 2, 0, 0]"), contentsOf(file).constData());
    QCOMPARE(runCli({u"set"_s, file, u"/steps/@a/inputs/body/9"_s, u"0"_s}).exitCode, 2);
}

void TestAutomationctlWriting::setInPlace()
{
    const QString file = outPath(u"mine.json"_s);
    QVERIFY(QFile::copy(cliData(u"greeting.json"_s), file));
    QVERIFY(QFile::setPermissions(file, QFile::ReadOwner | QFile::WriteOwner));
    const QByteArray before = contentsOf(file);
    QCOMPARE(runCli({u"set"_s, file, u"/trigger"_s, u"\"inbound_chat_apps\""_s}).exitCode, 0);
    QCOMPARE(changedLines(before, contentsOf(file)), QStringList {u"\"trigger\": \"inbound_chat_apps\","_s});
}

void TestAutomationctlWriting::setMakesWhatIsMissing()
{
    const QString file = cliData(u"greeting.json"_s);
    const QString out = outPath(u"out.json"_s);
    // Objects on the way come in; the steps may be named from their list.
    QCOMPARE(runCli({u"set"_s, file, u"/steps/@wait/inputs/more/deep"_s, u"[1.50]"_s, u"-o"_s, out}).exitCode, 0);
    auto root = readJson(contentsOf(out));
    QVERIFY(root);
    const JsonValue &deep = root->value(u"definition")[u"steps"].at(1)[u"inputs"][u"more"][u"deep"];
    QCOMPARE(deep.at(0).numberLexeme(), QByteArray("1.50"));
    QCOMPARE(runCli({u"set"_s, file, u"/steps/0/outputs/umid"_s, u"\"{{step.umid}}\""_s, u"-o"_s, out}).exitCode, 0);
    root = readJson(contentsOf(out));
    QVERIFY(root && !root->contains(u"steps"));
    QCOMPARE(root->value(u"definition")[u"steps"].at(0)[u"outputs"].keyAt(0), u"umid"_s);
    // A step inside another one.
    const QString nested = outPath(u"nested.json"_s);
    QFile text(nested);
    QVERIFY(text.open(QIODevice::WriteOnly));
    text.write("{\"trigger\":\"inbound_sms\",\"definition\":{\"name\":\"n\",\"steps\":[{\"id\":\"box\",\"stepType\":"
               "\"If\",\"inputs\":{},\"do\":[[{\"id\":\"in/ner\",\"stepType\":\"SMS\",\"inputs\":{}}]]}]}}");
    text.close();
    QCOMPARE(runCli({u"set"_s, nested, u"/steps/@in~1ner/inputs/text"_s, u"\"Hi\""_s, u"-o"_s, out}).exitCode, 0);
    QVERIFY2(
        contentsOf(out).contains("\"stepType\":\"SMS\",\"inputs\":{\"text\":\"Hi\"}"), contentsOf(out).constData());
}

void TestAutomationctlWriting::setExplainsMissingQuotes()
{
    const QString out = outPath(u"out.json"_s);
    const CliOutcome outcome
        = runCli({u"set"_s, cliData(u"greeting.json"_s), u"/definition/name"_s, u"Good \"day\""_s, u"-o"_s, out});
    QCOMPARE(outcome.exitCode, 2);
    QVERIFY2(outcome.err.contains(u"'\"Good \\\"day\\\"\"'"_s), qPrintable(outcome.err));
}

void TestAutomationctlWriting::setRefuses_data()
{
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QString>("value");
    QTest::newRow("unknown step") << u"/steps/@nobody/inputs/text"_s << u"1"_s;
    QTest::newRow("no JSON") << u"/steps/@hello/inputs/text"_s << u"Good day"_s;
    QTest::newRow("no pointer") << u"steps"_s << u"1"_s;
    QTest::newRow("no such place in the list") << u"/steps/9/inputs/text"_s << u"1"_s;
    QTest::newRow("all steps") << u"/steps"_s << u"[]"_s;
    QTest::newRow("half a JSON") << u"/definition/name"_s << u"{\"a\":"_s;
    QTest::newRow("step that is none") << u"/steps/@hello"_s << u"5"_s;
}

void TestAutomationctlWriting::setRefuses()
{
    QFETCH(QString, pointer);
    QFETCH(QString, value);
    const QString out = outPath(u"out.json"_s);
    const CliOutcome outcome = runCli({u"set"_s, cliData(u"greeting.json"_s), pointer, value, u"-o"_s, out});
    QCOMPARE(outcome.exitCode, 2);
    QVERIFY(!outcome.err.isEmpty());
    QVERIFY(!QFile::exists(out));
}

void TestAutomationctlWriting::renameFollowsReferences()
{
    const QString file = cliData(u"greeting.json"_s);
    const QString out = outPath(u"out.json"_s);
    const CliOutcome outcome = runCli({u"rename"_s, file, u"wait"_s, u"pause"_s, u"-o"_s, out});
    QVERIFY2(outcome.exitCode == 0, qPrintable(outcome.err));
    QCOMPARE(changedLines(contentsOf(file), contentsOf(out)),
        QStringList({u"\"nextStepId\": \"pause\","_s, u"\"id\": \"pause\","_s}));
}

void TestAutomationctlWriting::renameOfAnUnknownStep()
{
    const CliOutcome outcome
        = runCli({u"rename"_s, cliData(u"greeting.json"_s), u"nobody"_s, u"x"_s, u"-o"_s, outPath(u"o"_s)});
    QCOMPARE(outcome.exitCode, 2);
    QVERIFY(outcome.err.contains(u"nobody"));
}

void TestAutomationctlWriting::layoutJson()
{
    const CliOutcome outcome = runCli({u"layout"_s, cliData(u"greeting.json"_s), u"--json"_s});
    QVERIFY2(outcome.exitCode == 0, qPrintable(outcome.err));
    const auto answer = readJson(outcome.out);
    QVERIFY(answer);
    const JsonValue &nodes = (*answer)["nodes"_L1];
    QCOMPARE(nodes.size(), 3);
    QCOMPARE(nodes.at(0)["id"_L1].toString(), u"trigger"_s);
    QCOMPARE(nodes.at(1)["id"_L1].toString(), u"hello"_s);
    QVERIFY(nodes.at(0)["y"_L1].toDouble() + nodes.at(0)["height"_L1].toDouble() < nodes.at(1)["y"_L1].toDouble());
    const JsonValue &edges = (*answer)["edges"_L1];
    QCOMPARE(edges.size(), 2);
    QCOMPARE(edges.at(1)["from"_L1].toString(), u"hello"_s);
    QCOMPARE(edges.at(1)["to"_L1].toString(), u"wait"_s);
    QCOMPARE(edges.at(1)["outcome"_L1].toString(), u"next"_s);
    QVERIFY(edges.at(1)["points"_L1].size() >= 2);
    QVERIFY((*answer)["milliseconds"_L1].isNumber());
}

void TestAutomationctlWriting::render_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("begin");
    QTest::newRow("svg") << u"out.svg"_s << QByteArray("<?xml");
    QTest::newRow("png") << u"out.png"_s << QByteArray("\x89PNG");
    QTest::newRow("pdf") << u"out.pdf"_s << QByteArray("%PDF");
}

void TestAutomationctlWriting::render()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, begin);
    const CliOutcome outcome = runCli({u"render"_s, cliData(u"greeting.json"_s), u"-o"_s, outPath(name), u"--theme"_s,
        u"dark"_s, u"--scale"_s, u"0.5"_s});
    QVERIFY2(outcome.exitCode == 0, qPrintable(outcome.err));
    const QByteArray picture = contentsOf(outPath(name));
    QVERIFY(picture.startsWith(begin));
    QVERIFY(picture.size() > 1000);
}

void TestAutomationctlWriting::picturesCountInWords()
{
    const QString name = outPath(u"again.svg"_s);
    const CliOutcome outcome = runCli({u"render"_s, cliData(u"again.json"_s), u"-o"_s, name});
    QVERIFY2(outcome.exitCode == 0, qPrintable(outcome.err));
    QVERIFY(contentsOf(name).contains("2 jumps<"));
}

void TestAutomationctlWriting::unwritableOutput()
{
    const QString nowhere = outPath(u"missing/out.json"_s);
    for (const QStringList &arguments : {QStringList {u"save"_s, cliData(u"greeting.json"_s), u"-o"_s, nowhere},
             QStringList {u"render"_s, cliData(u"greeting.json"_s), u"-o"_s, outPath(u"missing/out.png"_s)}}) {
        const CliOutcome outcome = runCli(arguments);
        QCOMPARE(outcome.exitCode, 2);
        QVERIFY2(outcome.err.contains(u"missing/out"), qPrintable(outcome.err));
    }
}

QTEST_GUILESS_MAIN(TestAutomationctlWriting)
#include "tst_automationctlwriting.moc"
