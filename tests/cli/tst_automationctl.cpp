#include "cliprogram.h"
#include "model/json/jsonreader.h"

#include <QtTest>

using namespace automation;
using namespace Qt::Literals::StringLiterals;

// What automationctl finds in definitions, and its usage.
class TestAutomationctl : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void help();
    void wrongUsage_data();
    void wrongUsage();
    void checkFindsNothing();
    void checkNamesThePlace();
    void checkJson();
    void checkNamesTheCharacter_data();
    void checkNamesTheCharacter();
    void checkOfWhatIsNoDefinition();
    void checkOfOneLongLine();
    void checkOfSeveralFiles();
    void checkOffersFixes();
    void standardInputIsRead();
    void diffOfTheSame();
    void diffForPeople();
    void diffJson();
    void diffShowsNoControlCharacters();

private:
    QString outPath(const QString &name) const { return m_folder->filePath(name); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestAutomationctl::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

void TestAutomationctl::help()
{
    const CliOutcome all = runCli({u"--help"_s});
    QCOMPARE(all.exitCode, 0);
    for (const char *command : {"check", "diff", "save", "set", "rename", "layout", "render"}) {
        QVERIFY(all.out.contains(command));
        const CliOutcome one = runCli({QString::fromLatin1(command), u"--help"_s});
        QCOMPARE(one.exitCode, 0);
        QVERIFY2(one.out.contains("FILE") || one.out.contains("diff A B"), command);
        QVERIFY(one.err.isEmpty());
    }
    QCOMPARE(runCli({u"--version"_s}).exitCode, 0);
}

void TestAutomationctl::wrongUsage_data()
{
    QTest::addColumn<QStringList>("arguments");
    const QString file = cliData(u"greeting.json"_s);
    QTest::newRow("nothing") << QStringList();
    QTest::newRow("unknown command") << QStringList {u"dance"_s};
    QTest::newRow("no file") << QStringList {u"check"_s};
    QTest::newRow("unknown option") << QStringList {u"check"_s, file, u"--loud"_s};
    QTest::newRow("missing file") << QStringList {u"check"_s, file + u".missing"_s};
    QTest::newRow("folder") << QStringList {u"check"_s, QStringLiteral(TEST_DATA_DIR)};
    QTest::newRow("diff of one") << QStringList {u"diff"_s, file};
    QTest::newRow("diff of three") << QStringList {u"diff"_s, file, file, file};
    QTest::newRow("diff with nothing") << QStringList {u"diff"_s, file, file + u".missing"_s};
    QTest::newRow("diff with an unknown option") << QStringList {u"diff"_s, file, file, u"--brief"_s};
    QTest::newRow("set with an unknown option") << QStringList {u"set"_s, file, u"/trigger"_s, u"1"_s, u"--force"_s};
    QTest::newRow("rename of one") << QStringList {u"rename"_s, file, u"hello"_s};
    QTest::newRow("save without output") << QStringList {u"save"_s, file};
    QTest::newRow("save of two") << QStringList {u"save"_s, file, file, u"-o"_s, u"x"_s};
    QTest::newRow("render without output") << QStringList {u"render"_s, file};
    QTest::newRow("render in plaid") << QStringList {u"render"_s, file, u"-o"_s, u"x.svg"_s, u"--theme"_s, u"plaid"_s};
    QTest::newRow("render at no size") << QStringList {u"render"_s, file, u"-o"_s, u"x.svg"_s, u"--scale"_s, u"0"_s};
    QTest::newRow("render as text") << QStringList {u"render"_s, file, u"-o"_s, u"x.txt"_s};
}

void TestAutomationctl::wrongUsage()
{
    QFETCH(QStringList, arguments);
    const CliOutcome outcome = runCli(arguments);
    QCOMPARE(outcome.exitCode, 2);
    QVERIFY2(outcome.err.startsWith(u"automationctl: "), qPrintable(outcome.err));
    QVERIFY(outcome.out.isEmpty() || !outcome.out.contains("rror"));
}

void TestAutomationctl::checkFindsNothing()
{
    const CliOutcome outcome = runCli({u"check"_s, cliData(u"greeting.json"_s), u"--json"_s});
    const auto answer = readJson(outcome.out);
    QVERIFY2(answer, outcome.out.constData());
    for (qsizetype i = 0; i < (*answer)["problems"_L1].size(); ++i)
        QCOMPARE_NE((*answer)["problems"_L1].at(i)["severity"_L1].toString(), u"error"_s);
    QCOMPARE(outcome.exitCode, 0);
}

void TestAutomationctl::checkNamesThePlace()
{
    const QString file = cliData(u"dangling.json"_s);
    const CliOutcome outcome = runCli({u"check"_s, file});
    QCOMPARE(outcome.exitCode, 1);
    QVERIFY2(outcome.out.contains(file.toUtf8() + ":11:"), outcome.out.constData());
    QVERIFY(outcome.out.contains("nowhere"));
    QVERIFY(outcome.err.isEmpty());
}

void TestAutomationctl::checkJson()
{
    const QString file = cliData(u"dangling.json"_s);
    const CliOutcome outcome = runCli({u"check"_s, u"--json"_s, cliData(u"greeting.json"_s), file});
    QCOMPARE(outcome.exitCode, 1);
    const auto answer = readJson(outcome.out);
    QVERIFY(answer);
    JsonValue found;
    for (qsizetype i = 0; i < (*answer)["problems"_L1].size(); ++i) {
        const JsonValue &problem = (*answer)["problems"_L1].at(i);
        if (problem["severity"_L1].toString() == u"error")
            found = problem;
    }
    QCOMPARE(found["file"_L1].toString(), file);
    QCOMPARE(found["step"_L1].toString(), u"hello"_s);
    QCOMPARE(found["pointer"_L1].toString(), u"/definition/steps/0/nextStepId"_s);
    QCOMPARE(found["line"_L1].toInteger(), 11);
    QCOMPARE(found["column"_L1].toInteger(), 23);
    for (const auto &key : {"rule"_L1, "message"_L1})
        QVERIFY(!found[key].toString().isEmpty());
    QVERIFY(found.contains("fix"_L1));
}

void TestAutomationctl::checkNamesTheCharacter_data()
{
    QTest::addColumn<QByteArray>("before"); // as written in the file, inside the quotes
    QTest::addColumn<int>("column");
    const auto row = [](const char *name, const char *before, int width) {
        // Twelve for the indent, eight for the key, its colon and the quote, one for counting from 1.
        QTest::newRow(name) << QByteArray(before) << 12 + 9 + width;
    };
    row("at the start", "", 0);
    row("plain", "Order ", 6);
    row("escapes", R"(A\n\"B\"\\ )", 11);
    row("escaped letter", R"(\u00e9 )", 7);
    row("escaped pair", R"(\ud83d\ude00 )", 13);
    row("letters of two bytes", "H\xC3\xA9l\xC3\xA8ne ", 7);
    row("letters of three bytes", "\xE2\x82\xAC\xE4\xBD\xA0 ", 3);
    row("beyond the basic plane", "\xF0\x9F\x98\x80\xF0\x9F\x91\x8D ", 3);
    row("all of it", "\xF0\x9F\x98\x80\\ud83d\\ude00\\t\xC3\xA9 ", 17);
}

// A mistake inside a long text is reported where it stands, counting the file's characters.
void TestAutomationctl::checkNamesTheCharacter()
{
    QFETCH(QByteArray, before);
    QFETCH(int, column);
    QFile file(outPath(u"text.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\r\n  \"trigger\": \"inbound_sms\",\r\n  \"definition\": {\r\n    \"name\": \"Caf\xC3\xA9\",\r\n"
               "    \"steps\": [\r\n      {\r\n        \"id\": \"a\",\r\n        \"stepType\": \"SMS\",\r\n"
               "        \"inputs\": {\r\n            \"subAccountId\": \"shop\", \"destination\": \"+4930901820\",\r\n"
               "            \"text\":\"");
    file.write(before + "{{data.payload.sauce}} and more\"\r\n        }\r\n      }\r\n    ]\r\n  }\r\n}\r\n");
    file.close();
    const CliOutcome outcome = runCli({u"check"_s, u"--json"_s, file.fileName()});
    const auto answer = readJson(outcome.out);
    QVERIFY2(answer, outcome.out.constData());
    QCOMPARE((*answer)["problems"_L1].size(), 1);
    const JsonValue &problem = (*answer)["problems"_L1].at(0);
    QCOMPARE(problem["rule"_L1].toString(), u"payload-unknown"_s);
    QCOMPARE(problem["line"_L1].toInteger(), 11);
    // What is read of the data begins behind the braces.
    QCOMPARE(problem["column"_L1].toInteger(), column + 2);
    const QByteArray place = ":11:" + QByteArray::number(column + 2) + ": ";
    QVERIFY(runCli({u"check"_s, file.fileName()}).out.contains(place));
}

void TestAutomationctl::checkOfWhatIsNoDefinition()
{
    QFile truncated(outPath(u"truncated.json"_s));
    QVERIFY(truncated.open(QIODevice::WriteOnly));
    truncated.write("{\n  \"definition\": {\n    \"steps\": [");
    truncated.close();
    const CliOutcome outcome = runCli({u"check"_s, truncated.fileName(), u"--json"_s});
    QCOMPARE(outcome.exitCode, 1);
    const auto answer = readJson(outcome.out);
    QVERIFY(answer);
    QCOMPARE((*answer)["problems"_L1].at(0)["rule"_L1].toString(), u"not-json"_s);
    QCOMPARE((*answer)["problems"_L1].at(0)["line"_L1].toInteger(), 3);

    QFile list(outPath(u"list.json"_s));
    QVERIFY(list.open(QIODevice::WriteOnly));
    list.write("[1, 2]");
    list.close();
    QFile noList(outPath(u"no-list.json"_s));
    QVERIFY(noList.open(QIODevice::WriteOnly));
    noList.write("{\n  \"definition\": {\n    \"steps\": {}\n  }\n}\n");
    noList.close();
    QVERIFY(runCli({u"check"_s, noList.fileName()}).out.contains("no-list.json:3:14: error: "));
    const CliOutcome other = runCli({u"check"_s, list.fileName()});
    QCOMPARE(other.exitCode, 1);
    QVERIFY(other.out.contains("not-a-definition"));
}

void TestAutomationctl::checkOfSeveralFiles()
{
    const QString good = cliData(u"greeting.json"_s);
    const QString bad = cliData(u"dangling.json"_s);
    const QString none = outPath(u"none.json"_s);
    QVERIFY(QFile(none).open(QIODevice::WriteOnly));
    const CliOutcome outcome = runCli({u"check"_s, good, bad, none});
    QCOMPARE(outcome.exitCode, 1);
    QVERIFY(outcome.out.contains(bad.toUtf8() + ":11:"));
    QVERIFY2(outcome.out.contains(none.toUtf8() + ":1:1: error: "), outcome.out.constData());
    const QByteArray last = outcome.out.trimmed().split('\n').last();
    QVERIFY2(last.contains(" errors") && last.endsWith(" in 3 files."), last.constData());
    // A file that cannot be read is no answer about the others.
    QCOMPARE(runCli({u"check"_s, good, none + u".missing"_s}).exitCode, 2);
}

void TestAutomationctl::checkOffersFixes()
{
    // Typed by hand in the wrong case.
    const QString file = outPath(u"case.json"_s);
    QFile copy(file);
    QVERIFY(copy.open(QIODevice::WriteOnly));
    copy.write(contentsOf(cliData(u"greeting.json"_s)).replace("\"SMS\"", "\"sms\""));
    copy.close();
    const auto answer = readJson(runCli({u"check"_s, u"--json"_s, file}).out);
    QVERIFY(answer);
    QString fix;
    for (qsizetype i = 0; i < (*answer)["problems"_L1].size(); ++i) {
        const JsonValue &problem = (*answer)["problems"_L1].at(i);
        if (problem["step"_L1].toString() == u"hello" && problem["fix"_L1].isString())
            fix = problem["fix"_L1].toString();
    }
    QVERIFY(!fix.isEmpty());
    const CliOutcome outcome = runCli({u"check"_s, file});
    QVERIFY2(outcome.out.contains("\n    fix: " + fix.toUtf8() + '\n'), outcome.out.constData());
}

void TestAutomationctl::standardInputIsRead()
{
    const QByteArray bad = contentsOf(cliData(u"dangling.json"_s));
    const CliOutcome outcome = runCli({u"check"_s, u"-"_s}, bad);
    QCOMPARE(outcome.exitCode, 1);
    QVERIFY2(outcome.out.startsWith("-:11:23: error: "), outcome.out.constData());
    // More than a pipe holds at once, and nothing at all.
    QByteArray padded = bad;
    padded.insert(padded.indexOf('{') + 1, QByteArray(1'000'000, '\n'));
    QVERIFY(runCli({u"check"_s, u"-"_s}, padded).out.startsWith("-:1000011:23: error: "));
    QCOMPARE(runCli({u"check"_s, u"-"_s}).exitCode, 1);

    const QString earlier = cliData(u"menu-1.json"_s);
    const QByteArray later = contentsOf(cliData(u"menu-2.json"_s));
    QCOMPARE(
        runCli({u"diff"_s, earlier, u"-"_s}, later).out, runCli({u"diff"_s, earlier, cliData(u"menu-2.json"_s)}).out);
    QVERIFY(runCli({u"layout"_s, u"-"_s}, later).out.contains(" ask\n"));
    // What is written needs a name.
    QCOMPARE(runCli({u"set"_s, u"-"_s, u"/status"_s, u"\"enabled\""_s}, later).exitCode, 2);
}

void TestAutomationctl::diffOfTheSame()
{
    const QString file = cliData(u"menu-1.json"_s);
    const CliOutcome same = runCli({u"diff"_s, file, file});
    QCOMPARE(same.exitCode, 0);
    QCOMPARE(same.out, QByteArray("No differences.\n"));
    const auto answer = readJson(runCli({u"diff"_s, file, file, u"--json"_s}).out);
    QVERIFY(answer && (*answer)["same"_L1].toBool());

    const QString other = outPath(u"other.json"_s);
    QFile compact(other);
    QVERIFY(compact.open(QIODevice::WriteOnly));
    compact.write(contentsOf(file).replace("\n", "\r\n").replace("  ", " "));
    compact.close();
    const CliOutcome written = runCli({u"diff"_s, file, other});
    QCOMPARE(written.exitCode, 0);
    QVERIFY(written.out.contains("written differently"));
}

void TestAutomationctl::diffForPeople()
{
    const CliOutcome outcome = runCli({u"diff"_s, cliData(u"menu-1.json"_s), cliData(u"menu-2.json"_s)});
    QCOMPARE(outcome.exitCode, 1);
    QVERIFY(outcome.err.isEmpty());
    QCOMPARE(QString::fromUtf8(outcome.out), uR"(~ the workflow
    /status: "disabled" → "enabled"
~ ask
    /inputs/text: "Coffee or tea?" → "Coffee, tea or water?"
~ choice
    renamed, was answer
+ tea (SMS)
    + next → bye
~ sort
    + when "{{stringContains(data.drink, 'tea', true)}}" → tea
)"_s);
    const CliOutcome back = runCli({u"diff"_s, cliData(u"menu-2.json"_s), cliData(u"menu-1.json"_s)});
    QVERIFY2(back.out.contains("- tea (SMS)\n    - next → bye\n"), back.out.constData());
}

void TestAutomationctl::diffJson()
{
    const CliOutcome outcome = runCli({u"diff"_s, u"--json"_s, cliData(u"menu-1.json"_s), cliData(u"menu-2.json"_s)});
    QCOMPARE(outcome.exitCode, 1);
    const auto answer = readJson(outcome.out);
    QVERIFY(answer);
    QVERIFY(!(*answer)["same"_L1].toBool(true));
    const JsonValue &workflow = (*answer)["workflow"_L1];
    QCOMPARE(workflow.size(), 1);
    QCOMPARE(workflow.at(0)["pointer"_L1].toString(), u"/status"_s);
    QCOMPARE(workflow.at(0)["before"_L1].toString(), u"disabled"_s);
    QCOMPARE(workflow.at(0)["after"_L1].toString(), u"enabled"_s);
    QCOMPARE((*answer)["added"_L1].at(0)["id"_L1].toString(), u"tea"_s);
    QCOMPARE((*answer)["added"_L1].at(0)["position"_L1]["index"_L1].toInteger(), 4);
    QCOMPARE((*answer)["renamed"_L1].at(0)["before"_L1].toString(), u"answer"_s);
    QCOMPARE((*answer)["renamed"_L1].at(0)["after"_L1].toString(), u"choice"_s);
    const JsonValue &field = (*answer)["fields"_L1].at(0);
    QCOMPARE(field["step"_L1].toString(), u"ask"_s);
    QCOMPARE(field["pointer"_L1].toString(), u"/inputs/text"_s);
    const JsonValue &connections = (*answer)["connections"_L1];
    QCOMPARE(connections.size(), 2);
    QCOMPARE(connections.at(0)["change"_L1].toString(), u"added"_s);
    QCOMPARE(connections.at(0)["from"_L1].toString(), u"sort"_s);
    QCOMPARE(connections.at(0)["outcome"_L1].toString(), u"condition"_s);
    QVERIFY(connections.at(0)["before"_L1].isNull());
    QCOMPARE(connections.at(0)["after"_L1].toString(), u"tea"_s);
    QVERIFY(connections.at(0)["conditionAfter"_L1].isString());
    QVERIFY(!connections.at(0).contains("conditionBefore"_L1));
    for (const QLatin1StringView list : {"removed"_L1, "retyped"_L1, "moved"_L1, "reordered"_L1})
        QVERIFY((*answer)[list].isArray() && (*answer)[list].isEmpty());
}

void TestAutomationctl::diffShowsNoControlCharacters()
{
    const QString other = outPath(u"other.json"_s);
    QFile hostile(other);
    QVERIFY(hostile.open(QIODevice::WriteOnly));
    hostile.write(contentsOf(cliData(u"menu-1.json"_s)).replace("\"coffee\"", "\"\\u001b[2Jcoffee\u202e\""));
    hostile.close();
    const CliOutcome outcome = runCli({u"diff"_s, cliData(u"menu-1.json"_s), other});
    QCOMPARE(outcome.exitCode, 1);
    QVERIFY2(outcome.out.contains("\\u001b[2Jcoffee\\u202e"), outcome.out.constData());
    QVERIFY(!outcome.out.contains('\x1b'));
}

// A file in one line, as programs write it: columns count code points from its start.
void TestAutomationctl::checkOfOneLongLine()
{
    QByteArray text
        = "\xEF\xBB\xBF{\"trigger\":\"inbound_sms\",\"definition\":{\"name\":\"\xF0\x9F\x98\x80\xC3\xA9\",\"steps\":[";
    QList<int> columns;
    for (int i = 0; i < 3000; ++i) {
        const QByteArray id = "\"\xC3\xA9" + QByteArray::number(i) + '"';
        text += (i > 0 ? ",{\"id\":" : "{\"id\":") + id + ",\"stepType\":\"Wait\",\"inputs\":{\"duration\":";
        columns += int(QString::fromUtf8(text).toUcs4().size()) + 1; // without the mark
        text += "\"x\"},\"nextStepId\":\"\xC3\xA9" + QByteArray::number(i + 1) + "\"}";
    }
    QFile file(outPath(u"line.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text + "]}}");
    file.close();
    const auto answer = readJson(runCli({u"check"_s, u"--json"_s, file.fileName()}).out);
    QVERIFY(answer);
    qsizetype found = 0;
    for (qsizetype i = 0; i < (*answer)["problems"_L1].size(); ++i) {
        const JsonValue &problem = (*answer)["problems"_L1].at(i);
        if (problem["rule"_L1].toString() != u"bad-duration")
            continue;
        QCOMPARE(problem["line"_L1].toInteger(), 1);
        QCOMPARE(problem["column"_L1].toInteger(), columns.at(found));
        ++found;
    }
    QCOMPARE(found, columns.size());
}

QTEST_GUILESS_MAIN(TestAutomationctl)
#include "tst_automationctl.moc"
