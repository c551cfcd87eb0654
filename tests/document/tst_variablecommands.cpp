#include "documenttools.h"

#include "model/document/commands/variablecommands.h"
#include "model/json/jsonwriter.h"

using namespace automation;

class TestVariableCommands : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void renamesEverywhere();
    void rewritesAccess_data();
    void rewritesAccess();
    void refuses_data();
    void refuses();
    void namesWhatItCannotFollow();
    void listsVariables();
};

namespace {

Result<DefinitionEdit> rename(const WorkflowDocument &document, const QString &from, const QString &to)
{
    return renameVariable(document.definition(), document.graph(), from, to);
}

} // namespace

void TestVariableCommands::renamesEverywhere()
{
    const QByteArray text = dataText("survey.json");
    const auto document = documentOf(text);
    const Result<DefinitionEdit> edit = rename(*document, u"answer"_qs, u"verdict"_qs);
    QVERIFY(pushed(*document, edit));
    QCOMPARE(edit->stepKeys, QStringList({u"listen"_qs, u"sort"_qs, u"good"_qs, u"check"_qs, u"log"_qs}));
    QCOMPARE(stepOf(*document, u"listen"_qs)[u"outputs"].keyAt(0), u"verdict"_qs);
    const JsonValue select = stepOf(*document, u"sort"_qs)[u"selectNextStep"];
    QCOMPARE(select.at(0).toString(), u"{{stringContains(data.verdict, 'good data.answer')}}"_qs); // not in a text
    QCOMPARE(select.at(1).toString(), u"{{data?.verdict == 'bad'}}"_qs);
    QCOMPARE(stepOf(*document, u"good"_qs)[u"inputs"][u"text"].toString(), u"Thanks for {{ data['verdict'] }}"_qs);
    QCOMPARE(stepOf(*document, u"check"_qs)[u"inputs"][u"condition"].toString(),
        u"{{data.verdict.length > 10 && step.data.answer != 1}}"_qs); // not of another root
    QCOMPARE(stepOf(*document, u"log"_qs)[u"inputs"][u"body"][u"list"].at(0).toString(), u"{{data.verdict}}"_qs);
    QVERIFY(pushed(*document, rename(*document, u"verdict"_qs, u"answer"_qs)));
    QCOMPARE(document->text(), text);
}

void TestVariableCommands::rewritesAccess_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    const QString a = u"a"_qs;
    const QString b = u"b"_qs;
    const QString odd = u"it's odd"_qs;
    const auto row = [](const char *name, const QString &from, const QString &to, const QString &before,
                         const QString &after) { QTest::newRow(name) << from << to << before << after; };
    row("dot", a, b, u"x {{data.a}} y {{ data.a.c + data.b2.a }}"_qs, u"x {{data.b}} y {{ data.b.c + data.b2.a }}"_qs);
    row("optional", a, b, u"{{data?.a?.a}}"_qs, u"{{data?.b?.a}}"_qs);
    row("blanks", a, b, u"{{ data /* data.a */ . a }}"_qs, u"{{ data /* data.a */ . b }}"_qs);
    row("bracket keeps its quotes", a, b, u"{{data[\"a\"] + data['a']}}"_qs, u"{{data[\"b\"] + data['b']}}"_qs);
    row("dot to bracket", a, odd, u"{{data.a.c}}"_qs, u"{{data['it\\'s odd'].c}}"_qs);
    row("optional dot to bracket", a, odd, u"{{data?.a}}"_qs, u"{{data?.['it\\'s odd']}}"_qs);
    row("bracket to dot", odd, b, u"{{data['it\\'s odd'].c + data[\"it's odd\"]}}"_qs, u"{{data.b.c + data.b}}"_qs);
    row("optional bracket to dot", odd, b, u"{{data?.[\"it's odd\"]}}"_qs, u"{{data?.b}}"_qs);
    row("a number", u"0"_qs, b, u"{{data[0] + data['0']}}"_qs, u"{{data.b + data.b}}"_qs);
    row("in templates", a, b, u"{{`data.a ${data.a} ${`${data.a}`}`}}"_qs, u"{{`data.a ${data.b} ${`${data.b}`}`}}"_qs);
    row("methods", a, b, u"{{data.a.trim().a + data.list.a}}"_qs, u"{{data.b.trim().a + data.list.a}}"_qs);
    row("not as a parameter", a, b, u"{{data.a}} {{data.list.map(data => data.a)}}"_qs,
        u"{{data.b}} {{data.list.map(data => data.a)}}"_qs);
    row("not outside braces", a, b, u"data.a {{data.a}} {data.a}"_qs, u"data.a {{data.b}} {data.a}"_qs);
    row("not in longer names", a, b, u"{{data.ab + xdata.a + my.data.a + data.a}}"_qs,
        u"{{data.ab + xdata.a + my.data.a + data.b}}"_qs);
    row("braces in a text", a, b, u"{{data.a == '}}' ? data.a : 1}}"_qs, u"{{data.b == '}}' ? data.b : 1}}"_qs);
}

void TestVariableCommands::rewritesAccess()
{
    QFETCH(QString, from);
    QFETCH(QString, to);
    QFETCH(QString, before);
    QFETCH(QString, after);
    const JsonValue text(before);
    const JsonValue steps = JsonValue::array({JsonValue::object({{u"id"_qs, u"s"_qs}, {u"stepType"_qs, u"If"_qs},
        {u"inputs"_qs, JsonValue::object({{u"deep"_qs, JsonValue::array({JsonValue::object({{u"x"_qs, text}})})}})},
        {u"outputs"_qs, JsonValue::object({{from, text}})},
        {u"selectNextStep"_qs, JsonValue::object({{u"a"_qs, text}})},
        {u"do"_qs,
            JsonValue::array({JsonValue::array(
                {JsonValue::object({{u"id"_qs, u"a"_qs}, {u"stepType"_qs, u"SMS"_qs}, {u"note"_qs, text}})})})}})});
    const auto document = documentOf(writeJson(JsonValue::object({{u"trigger"_qs, u"http_request"_qs},
        {u"definition"_qs, JsonValue::object({{u"name"_qs, u"x"_qs}, {u"steps"_qs, steps}})}})));
    QVERIFY(pushed(*document, rename(*document, from, to)));
    const JsonValue step = stepOf(*document, u"s"_qs);
    QCOMPARE(step[u"inputs"][u"deep"].at(0)[u"x"].toString(), after);
    QCOMPARE(step[u"outputs"].keyAt(0), to);
    QCOMPARE(step[u"outputs"].at(0).toString(), after);
    QCOMPARE(step[u"selectNextStep"].keyAt(0), u"a"_qs); // the id of a step is no variable
    QCOMPARE(step[u"selectNextStep"].at(0).toString(), after);
    QCOMPARE(stepOf(*document, u"a"_qs)[u"note"].toString(), after);
}

void TestVariableCommands::refuses_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::addColumn<QString>("words");
    QTest::newRow("not written") << u"nothing"_qs << u"x"_qs << u"No step writes"_qs;
    QTest::newRow("written already") << u"answer"_qs << u"sent"_qs << u"already"_qs;
    QTest::newRow("of the trigger") << u"answer"_qs << u"payload"_qs << u"trigger"_qs;
    QTest::newRow("read already") << u"answer"_qs << u"caller"_qs << u"“ask”"_qs;
    QTest::newRow("no name") << u"answer"_qs << u" "_qs << u"name"_qs;
    QTest::newRow("a line end") << u"answer"_qs << u"a\nb"_qs << u"character"_qs;
}

void TestVariableCommands::refuses()
{
    QFETCH(QString, from);
    QFETCH(QString, to);
    QFETCH(QString, words);
    const Result<DefinitionEdit> edit = rename(*documentOf(dataText("survey.json")), from, to);
    QVERIFY(!edit.isOk());
    QCOMPARE(edit.error().code, ErrorCode::InvalidArgument);
    QVERIFY2(edit.error().message.contains(words), qPrintable(edit.error().message));
}

void TestVariableCommands::namesWhatItCannotFollow()
{
    const auto document = documentOf(R"({"trigger":"http_request","definition":{"name":"x","steps":[
        {"id":"s","stepType":"SMS","inputs":{"text":"{{data[data.a]}}"},"outputs":{"a":"{{step.umid}}"}}]}})");
    const Result<DefinitionEdit> edit = rename(*document, u"a"_qs, u"b"_qs);
    QVERIFY(pushed(*document, edit));
    QVERIFY2(edit->notice.contains(u"“s”"), qPrintable(edit->notice));
    QCOMPARE(stepOf(*document, u"s"_qs)[u"inputs"][u"text"].toString(), u"{{data[data.b]}}"_qs);
}

void TestVariableCommands::listsVariables()
{
    const auto document = documentOf(dataText("survey.json"));
    QCOMPARE(writtenVariables(document->definition(), document->graph()), QStringList({u"sent"_qs, u"answer"_qs}));
}

QTEST_GUILESS_MAIN(TestVariableCommands)
#include "tst_variablecommands.moc"
