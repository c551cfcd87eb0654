#include "model/validation/validator.h"

#include "model/expression/scriptanalysis.h"
#include "model/json/jsonreader.h"

#include <QFile>
#include <QtTest>

using namespace automation;

class TestValidator : public QObject
{
    Q_OBJECT

private slots:
    void findsEachRule_data();
    void findsEachRule();
    void wellFormedDefinitionsAreClean_data();
    void wellFormedDefinitionsAreClean();
    void keywordFileHasItsDefects();
    void freshStepsAreReportedAsUnfinished();
    void fixesRemoveTheirProblem_data();
    void fixesRemoveTheirProblem();
    void errorsComeFirst();
    void pointersLeadSomewhere();
    void survivesAnyShape_data();
    void survivesAnyShape();
    void manyDoubleIdsAreQuick();
    void expressionsBehindTheLastOneLookedAtAreNotText();
    void longRequestIdsAreCompared();
    void checksThatTakeTurnsKeepTheirVariablesApart();
    void textsOfTheSameBytesAreTwo();
    void whatTextsHideIsVisibleInMessages();
    void hugeStepsHaveFewProblems_data();
    void hugeStepsHaveFewProblems();
};

namespace {

WorkflowDefinition definitionOf(const QByteArray &text)
{
    const auto json = readJson(text);
    if (!json)
        return {};
    const auto definition = WorkflowDefinition::fromJson(*json);
    return definition ? *definition : WorkflowDefinition();
}

QByteArray withSteps(const QByteArray &steps, const QByteArray &trigger = "inbound_sms")
{
    return R"({"trigger":")" + trigger + R"(","status":"disabled","definition":{"name":"n","steps":[)" + steps + "]}}";
}

QList<Problem> problemsOf(const WorkflowDefinition &definition)
{
    return validate(definition, DefinitionGraph::build(definition, StepCatalog::builtIn()), StepCatalog::builtIn());
}

// "rule@step /pointer", sorted as found.
QStringList described(const QList<Problem> &problems)
{
    QStringList result;
    for (const Problem &problem : problems) {
        static constexpr char letters[] = {'E', 'W', 'H'};
        result += QString(QLatin1Char(letters[int(problem.severity)])) + u' ' + problem.rule + u'@' + problem.stepId
            + u' ' + problem.pointer.toString();
    }
    return result;
}

const QByteArray sms = R"("stepType":"SMS","inputs":{"subAccountId":"s","destination":"+6591234567","text":"t"})";

} // namespace

void TestValidator::findsEachRule_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("found"); // all of it, parts joined by "|"
    const auto root = [](const char *name, const char *text, const char *found) {
        QTest::newRow(name) << QByteArray(text) << QString::fromUtf8(found);
    };
    const auto steps = [](const char *name, const QByteArray &list, const char *found) {
        QTest::newRow(name) << withSteps(list) << QString::fromUtf8(found);
    };
    root("no name, no trigger, no steps", R"({"definition":{"steps":[]}})",
        "E missing-name@ /definition/name|E missing-trigger@ /trigger|E empty-steps@ /definition/steps");
    root("unknown trigger",
        R"({"trigger":"smoke","definition":{"name":"n","steps":[{"id":"a","stepType":"Wait","inputs":{"duration":"0:05"}}]}})",
        "E unknown-trigger@ /trigger");
    root("trigger in capitals",
        R"({"trigger":"Inbound_SMS","definition":{"name":"n","steps":[{"id":"a","stepType":"Wait","inputs":{"duration":"0:05"}}]}})",
        "W case-variant@ /trigger");
    root("account, subaccount, status",
        R"({"accountId":"x","subaccountId":"y","status":"on","trigger":"inbound_sms","definition":{"name":"n","steps":[{"id":"a","stepType":"Wait","inputs":{"duration":"0:05"}}]}})",
        "E unknown-status@ /status|W subaccount-spelling@ /subaccountId|H account-id@ /accountId");
    steps("no id", R"({"stepType":"Wait","inputs":{"duration":"0:05"}})", "E missing-field@ /definition/steps/0/id");
    steps("no type", R"({"id":"a"})", "E missing-field@a /definition/steps/0/stepType");
    steps("unknown type", R"({"id":"a","stepType":"JumpTo"})", "E unknown-type@a /definition/steps/0/stepType");
    steps("type in lower case", R"({"id":"a","stepType":"wait","inputs":{"duration":"0:05"}})",
        "W case-variant@a /definition/steps/0/stepType");
    steps("double id", "{\"id\":\"a\",\"nextStepId\":\"a\"," + sms + "},{\"id\":\"a\"," + sms + "}",
        "E duplicate-id@a /definition/steps/1/id|W self-target@a /definition/steps/0/nextStepId|W unreachable-step@a "
        "/definition/steps/1");
    steps("double id across do",
        R"({"id":"i","stepType":"If","inputs":{"condition":"{{data.payload.body}}"},"do":[[{"id":"i",)" + sms + "}]]}",
        "E duplicate-id@i /definition/steps/0/do/0/0/id");
    steps("target that does not exist", "{\"id\":\"a\",\"nextStepId\":\"b\"," + sms + "}",
        "E dangling-target@a /definition/steps/0/nextStepId");
    steps("default that does not exist", R"({"id":"a","stepType":"Branch","selectNextStep":{"x":null}})",
        "E dangling-target@a /definition/steps/0/selectNextStep/x");
    steps("target without a name", R"({"id":"a","stepType":"Branch","selectNextStep":{"":null}})",
        "E dangling-target@a /definition/steps/0/selectNextStep/|E branch-empty@a /definition/steps/0/selectNextStep");
    steps("both successors",
        "{\"id\":\"a\",\"nextStepId\":\"b\",\"selectNextStep\":{\"c\":null}," + sms + "},{\"id\":\"b\"," + sms
            + "},{\"id\":\"c\"," + sms + "}",
        "E both-successors@a /definition/steps/0/nextStepId");
    steps("step that never runs", "{\"id\":\"a\"," + sms + "},{\"id\":\"b\"," + sms + "}",
        "W unreachable-step@b /definition/steps/1");
    steps("unchained step inside",
        R"({"id":"i","stepType":"If","inputs":{"condition":"{{data.payload.body}}"},"do":[[{"id":"a",)" + sms
            + R"(},{"id":"b",)" + sms + "}]]}",
        "W unchained-step@b /definition/steps/0/do/0/1");
    steps("inputs missing and empty", R"({"id":"a","stepType":"SMS","inputs":{"destination":" ","text":"x"}})",
        "E missing-input@a /definition/steps/0/inputs/subAccountId|E missing-input@a "
        "/definition/steps/0/inputs/destination");
    steps("branch without default",
        R"({"id":"a","stepType":"Branch","selectNextStep":{"b":"{{data.payload.body == 'y'}}"}},{"id":"b",)" + sms
            + "}",
        "W branch-default@a /definition/steps/0/selectNextStep");
    steps("branch without conditions", R"({"id":"a","stepType":"Branch"})",
        "E branch-empty@a /definition/steps/0/selectNextStep");
    steps("keyword in another",
        R"({"id":"a","stepType":"Branch","selectNextStep":{"b":"{{stringContains(data.payload.body,'1')}}","c":"{{stringContains(data.payload.body,'12')}}","d":null}},{"id":"b",)"
            + sms + R"(},{"id":"c",)" + sms + R"(},{"id":"d",)" + sms + "}",
        "W overlapping-conditions@a /definition/steps/0/selectNextStep/b");
    steps("condition without braces",
        R"({"id":"a","stepType":"Branch","selectNextStep":{"b":"data.payload.body == 'y'","c":true,"d":null}},{"id":"b",)"
            + sms + R"(},{"id":"c",)" + sms + R"(},{"id":"d",)" + sms + "}",
        "E condition-braces@a /definition/steps/0/selectNextStep/b|E wrong-kind@a "
        "/definition/steps/0/selectNextStep/c");
    steps("outputs in inputs",
        R"({"id":"a","stepType":"Wait","inputs":{"duration":"0:05","outputs":{"x":"{{data.payload.body}}"}}})",
        "W outputs-in-inputs@a /definition/steps/0/inputs/outputs");
    steps("no duration", R"({"id":"a","stepType":"Wait","inputs":{"duration":"five minutes"}})",
        "E bad-duration@a /definition/steps/0/inputs/duration");
    steps("days", R"({"id":"a","stepType":"Wait","inputs":{"duration":"5"}})",
        "W day-count@a /definition/steps/0/inputs/duration");
    steps(
        "duration by expression", R"({"id":"a","stepType":"Wait","inputs":{"duration":"{{data.payload.body}}"}})", "");
    steps("one end of a wait",
        R"({"id":"a","stepType":"WaitForReply","inputs":{"from":"1","channel":"sms"},"selectNextStep":{"b":"{{step.reply != null}}"}},{"id":"b",)"
            + sms + "}",
        "H open-outcome@a /definition/steps/0/selectNextStep");
    steps("request",
        R"({"id":"a","stepType":"HttpRequest","inputs":{"url":"ftp://x","method":"FETCH","timeoutSeconds":"soon","headers":{"content-type":"text/xml"}}})",
        "E bad-url@a /definition/steps/0/inputs/url|E http-content-type@a "
        "/definition/steps/0/inputs/headers/content-type|"
        "W unknown-choice@a /definition/steps/0/inputs/method|W not-a-number@a "
        "/definition/steps/0/inputs/timeoutSeconds");
    steps("condition of an If", R"({"id":"a","stepType":"If","inputs":{"condition":"data.payload.body"},"do":[]})",
        "E condition-braces@a /definition/steps/0/inputs/condition|W if-empty@a /definition/steps/0/do");
    steps("do where it has no effect", "{\"id\":\"a\",\"do\":[[{\"id\":\"b\"," + sms + "}]]," + sms + "}",
        "W do-ignored@a /definition/steps/0/do");
    steps("open braces",
        R"({"id":"a","stepType":"SMS","inputs":{"subAccountId":"s","destination":"+6591234567","text":"Hi {{data.payload.source"}})",
        "W unclosed-expression@a /definition/steps/0/inputs/text");
    steps("open braces behind an expression",
        R"({"id":"a","stepType":"SMS","inputs":{"subAccountId":"s","destination":"+6591234567","text":"Hi {{data.payload.source}} and {{data.payload.body"}})",
        "W unclosed-expression@a /definition/steps/0/inputs/text");
    steps("typographic quotes",
        R"({"id":"a","stepType":"SMS","inputs":{"subAccountId":"s","destination":"+6591234567","text":"“{{data.payload.body == ‘y’}}”"}})",
        "E typographic-quotes@a /definition/steps/0/inputs/text");
    steps("typographic quotes in a literal",
        R"({"id":"a","stepType":"SMS","inputs":{"subAccountId":"s","destination":"+6591234567","text":"{{data.payload.body == '“y”'}}"}})",
        "");
    steps("assignment",
        R"({"id":"a","stepType":"SMS","inputs":{"subAccountId":"s","destination":"+6591234567","text":"{{data.payload.body = 1}}"}})",
        "E script-forbidden@a /definition/steps/0/inputs/text");
    steps("empty expression",
        R"({"id":"a","stepType":"SMS","inputs":{"subAccountId":"s","destination":"+6591234567","text":"{{ }}"}})",
        "E script-empty@a /definition/steps/0/inputs/text");
    steps("long script",
        R"({"id":"a","stepType":"SMS","inputs":{"subAccountId":"s","destination":"+6591234567","text":"{{data.payload.)"
            + QByteArray(1000, 'x') + R"(}}"}})",
        "E script-too-long@a /definition/steps/0/inputs/text");
    steps("data of another trigger",
        R"({"id":"a","stepType":"SMS","inputs":{"subAccountId":"s","destination":"{{data.payload.user.msisdn}}","text":"{{data.payload['content'].text}}"}})",
        "W payload-mismatch@a /definition/steps/0/inputs/destination|W payload-mismatch@a "
        "/definition/steps/0/inputs/text");
    steps("fields of wrong kinds",
        R"({"id":"a","stepType":"Wait","inputs":{"duration":"0:05"},"outputs":[],"selectNextStep":1,"nextStepId":9,"do":{}})",
        "E wrong-kind@a /definition/steps/0/outputs|E wrong-kind@a /definition/steps/0/selectNextStep|"
        "E wrong-kind@a /definition/steps/0/nextStepId|E wrong-kind@a /definition/steps/0/do");
    steps("no object", "7", "E wrong-kind@ /definition/steps/0");
}

void TestValidator::findsEachRule()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, found);
    const QList<Problem> problems = problemsOf(definitionOf(text));
    QCOMPARE(described(problems).join(u'|'), found);
    for (const Problem &problem : problems) {
        QVERIFY(!problem.message.isEmpty());
        QCOMPARE(problem.fixText.isEmpty(), problem.fix.isEmpty());
    }
}

void TestValidator::wellFormedDefinitionsAreClean_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("warnings");
    QTest::newRow("reply by chat") << u"chat-reply.json"_qs << QString();
    QTest::newRow("nested by country") << u"closed-by-country.json"_qs << QString();
    QTest::newRow("builder's export") << u"../definition/menu-export.json"_qs
                                      << u"W branch-default@pick /definition/steps/2/selectNextStep"_qs;
}

void TestValidator::wellFormedDefinitionsAreClean()
{
    QFETCH(QString, file);
    QFETCH(QString, warnings);
    QFile data(QStringLiteral(TEST_DATA_DIR "/validation/") + file);
    QVERIFY(data.open(QIODevice::ReadOnly));
    const WorkflowDefinition definition = definitionOf(data.readAll());
    QVERIFY(!definition.steps().isEmpty());
    QCOMPARE(described(problemsOf(definition)).join(u'|'), warnings);
}

// A file as people write them by hand: small slips, each with its own finding.
void TestValidator::keywordFileHasItsDefects()
{
    QFile data(QStringLiteral(TEST_DATA_DIR "/validation/keyword-slips.json"));
    QVERIFY(data.open(QIODevice::ReadOnly));
    QCOMPARE(described(problemsOf(definitionOf(data.readAll()))),
        (QStringList {u"E dangling-target@word /definition/steps/0/selectNextStep/rest"_qs,
            u"W case-variant@word /definition/steps/0/stepType"_qs,
            u"W payload-mismatch@word /definition/steps/0/selectNextStep/book"_qs,
            u"W outputs-in-inputs@book /definition/steps/1/inputs/outputs"_qs}));
}

void TestValidator::freshStepsAreReportedAsUnfinished()
{
    for (const StepType &type : StepCatalog::builtIn().steps()) {
        const JsonValue step
            = JsonValue::object({{u"id"_qs, u"a"_qs}, {u"stepType"_qs, type.name}, {u"inputs"_qs, type.newInputs}});
        WorkflowDefinition definition = definitionOf(withSteps("{}"));
        JsonValue root = definition.root();
        *JsonPointer({u"definition"_qs, u"steps"_qs, u"0"_qs}).resolve(root) = step;
        definition = *WorkflowDefinition::fromJson(root);
        QStringList missing;
        for (const Problem &problem : problemsOf(definition)) {
            static const QStringList unfinished {
                u"missing-input"_qs, u"branch-empty"_qs, u"if-empty"_qs, u"dtmf-no-id"_qs, u"dtmf-without-call"_qs};
            QVERIFY2(unfinished.contains(problem.rule), qPrintable(problem.message));
            missing += problem.rule;
        }
        const bool isReady = type.name == u"Wait" || type.name == u"SendToConverse";
        QVERIFY2(missing.isEmpty() == isReady, qPrintable(type.name));
    }
}

void TestValidator::fixesRemoveTheirProblem_data()
{
    findsEachRule_data();
}

// Every fix offered takes its own problem away and makes no new error.
void TestValidator::fixesRemoveTheirProblem()
{
    QFETCH(QByteArray, text);
    const WorkflowDefinition definition = definitionOf(text);
    const QList<Problem> before = problemsOf(definition);
    for (const Problem &problem : before) {
        if (problem.fix.isEmpty())
            continue;
        JsonValue root = definition.root();
        QVERIFY2(applyEdits(root, problem.fix), qPrintable(problem.rule));
        const auto fixed = WorkflowDefinition::fromJson(root);
        QVERIFY(fixed.isOk());
        const QString description = described({problem}).first();
        QVERIFY2(described(problemsOf(*fixed)).count(description) < described(before).count(description),
            qPrintable(description));
    }
}

void TestValidator::errorsComeFirst()
{
    const QList<Problem> problems
        = problemsOf(definitionOf(withSteps("{\"id\":\"a\",\"stepType\":\"wait\",\"inputs\":{\"duration\":\"5\"}},"
                                            "{\"id\":\"b\",\"nextStepId\":\"x\","
            + sms + "},{\"stepType\":\"SMS\"}")));
    for (qsizetype i = 1; i < problems.size(); ++i)
        QVERIFY(problems.at(i - 1).severity <= problems.at(i).severity);
    QCOMPARE(problems.first().stepId, u"b"_qs);
    // A step without an id is still told apart.
    QVERIFY(std::any_of(problems.begin(), problems.end(),
        [](const Problem &problem) { return problem.stepId.isEmpty() && !problem.stepKey.isEmpty(); }));
}

void TestValidator::pointersLeadSomewhere()
{
    const WorkflowDefinition definition = definitionOf(
        withSteps(R"({"id":"a","stepType":"SMS","inputs":{"text":"{{x = 1}}"},"outputs":{"o/p~":"{{y = 2}}"}})"));
    const QList<Problem> problems = problemsOf(definition);
    QVERIFY(described(problems).contains(u"E script-forbidden@a /definition/steps/0/outputs/o~1p~0"_qs));
    for (const Problem &problem : problems) {
        if (problem.rule == u"script-forbidden")
            QVERIFY(problem.pointer.resolve(definition.root()));
    }
}

void TestValidator::survivesAnyShape_data()
{
    QTest::addColumn<QByteArray>("steps");
    QTest::newRow("no objects") << QByteArray(R"(null,1,"x",[],true)");
    QTest::newRow("do of anything") << QByteArray(R"({"id":"a","stepType":"If","do":[{"id":"b"},7,null,[4,[]]]})");
    QTest::newRow("inputs of wrong kinds") << QByteArray(
        R"({"id":"a","stepType":"HttpRequest","inputs":{"url":[],"method":{},"headers":7,"timeoutSeconds":{"a":[[]]}}})");
    QTest::newRow("user is text") << QByteArray(
        R"({"id":"a","stepType":"ChatAppsMessage","inputs":{"user":"{{data.u}}","content":[1]}})");
    QTest::newRow("everything wrong") << QByteArray(
        R"({"id":[],"stepType":{},"inputs":"{{","outputs":["{{}}"],"selectNextStep":["{{a=1}}"],"nextStepId":[],"do":"x"})");
    QTest::newRow("endless loop") << QByteArray(R"({"id":"a","nextStepId":"b"},{"id":"b","nextStepId":"a"})");
}

void TestValidator::survivesAnyShape()
{
    QFETCH(QByteArray, steps);
    const WorkflowDefinition definition = definitionOf(withSteps(steps));
    QVERIFY(!definition.steps().isEmpty());
    QVERIFY(!problemsOf(definition).isEmpty());
}

// Would take minutes if a free id were searched from the start for each of them.
void TestValidator::manyDoubleIdsAreQuick()
{
    QByteArray steps;
    for (int i = 0; i < 20000; ++i)
        steps += (i ? QByteArray(",") : QByteArray()) + R"({"id":"a","stepType":"Wait"})";
    const QList<Problem> problems = problemsOf(definitionOf(withSteps(steps)));
    QSet<QString> offered;
    for (const Problem &problem : problems) {
        if (problem.rule == u"duplicate-id")
            offered += problem.fixText;
    }
    QCOMPARE(offered.size(), 19999);
}

// The rest of such a text is no plain text, so it has no single braces.
void TestValidator::expressionsBehindTheLastOneLookedAtAreNotText()
{
    const QByteArray text = QByteArray("Order {{data.payload.body}}, ").repeated(600);
    const WorkflowDefinition definition
        = definitionOf(withSteps(R"({"id":"a","stepType":"SMS","inputs":{"subAccountId":)"
                                 R"("s","destination":"+6591234567","text":")"
            + text + "\"}}"));
    QStringList rules;
    for (const Problem &problem : problemsOf(definition))
        rules += problem.rule;
    QCOMPARE(rules, QStringList {u"text-too-long"_qs});
}

// What is known of a text this long is not remembered from one look at it to the next.
void TestValidator::longRequestIdsAreCompared()
{
    const QByteArray text = QByteArray(R"({"trigger": "inbound_sms", "definition": {"name": "n", "steps": [
        {"id": "v", "stepType": "VoiceMessage", "inputs": {"action": "say&capture", "params": {"text": "Press 1"},
         "clientRequestId": "LONG{{data.payload.umid}}"}, "nextStepId": "w"},
        {"id": "w", "stepType": "WaitForDTMF", "inputs": {"timeout": "0.00:01:00",
         "dtmfRequestId": "LONG{{data.payload.source}}"}}]}})")
                                .replace("LONG", QByteArray(2500, 'x'));
    const WorkflowDefinition definition = definitionOf(text);
    const StepCatalog &catalog = StepCatalog::builtIn();
    const QList<Problem> problems = validate(definition, DefinitionGraph::build(definition, catalog), catalog);
    const auto isOfRequestId = [](const Problem &problem) { return problem.rule == u"dtmf-request-id"; };
    QCOMPARE(std::count_if(problems.begin(), problems.end(), isOfRequestId), 1);
}

// What a script reads is known by a number, which is another one in each definition.
void TestValidator::checksThatTakeTurnsKeepTheirVariablesApart()
{
    const auto step = [](const QByteArray &id, const QByteArray &text, const QByteArray &more) {
        return "{\"id\":\"" + id
            + R"(","stepType":"SMS","inputs":{"subAccountId":"s","destination":"+6591234567","text":")" + text + "\"}"
            + more + "}";
    };
    const QByteArray first = withSteps(step("a", "t", R"(,"outputs":{"x":"1","y":"2"},"nextStepId":"b")") + ","
        + step("b", "{{data.x}} {{data.y}} {{data.z}}", ""));
    const QByteArray second = withSteps(step("a", "{{data.y}}", R"(,"outputs":{"z":"1"},"nextStepId":"b")") + ","
        + step("b", "{{data.z}} {{data.x}}", ""));
    const WorkflowDefinition definitions[] {definitionOf(first), definitionOf(second)};
    const QStringList expected[] {{u"W data-undefined@b /definition/steps/1/inputs/text"_qs},
        {u"W data-undefined@a /definition/steps/0/inputs/text"_qs,
            u"W data-undefined@b /definition/steps/1/inputs/text"_qs}};
    const StepCatalog &catalog = StepCatalog::builtIn();
    Validator validators[] {Validator(catalog), Validator(catalog)};
    for (int round = 0; round < 3; ++round) {
        for (int i = 0; i < 2; ++i) {
            const DefinitionGraph graph = DefinitionGraph::build(definitions[i], catalog);
            QCOMPARE(described(validators[i].check(definitions[i], graph)), expected[i]);
            QCOMPARE(described(problemsOf(definitions[i])), expected[i]);
        }
    }
}

void TestValidator::textsOfTheSameBytesAreTwo()
{
    const QByteArray narrow = "{{data.x}}";
    const QStringView wide(reinterpret_cast<const char16_t *>(narrow.constData()), narrow.size() / 2);
    for (int round = 0; round < 2; ++round) {
        QCOMPARE(analyseText(QLatin1StringView(narrow))->expressions.size(), 1);
        QCOMPARE(analyseText(wide)->expressions.size(), 0);
        QCOMPARE(analyseText(wide)->parts.text(), wide.toString());
        QCOMPARE(analyseText(u"{{data.x}}")->expressions.size(), 1);
        QCOMPARE(analyseText(QStringView())->expressions.size(), 0);
    }
}

void TestValidator::whatTextsHideIsVisibleInMessages()
{
    // Turned around, this reads as a good duration; joined emoji and letters stay what they are.
    const WorkflowDefinition definition = definitionOf(withSteps(
        "{\"id\":\"a\",\"stepType\":\"Wait\",\"inputs\":{\"duration\":\"\\u202e00:10:00\\nx👩‍💻ö\"}}"));
    const QList<Problem> problems = problemsOf(definition);
    QCOMPARE(problems.size(), 1);
    QCOMPARE(problems.first().rule, u"bad-duration"_qs);
    QVERIFY2(problems.first().message.contains(u"“\\u202e00:10:00\\u000ax👩‍💻ö”"),
        qPrintable(problems.first().message));
}

void TestValidator::hugeStepsHaveFewProblems_data()
{
    QTest::addColumn<QByteArray>("step");
    const auto row = [](const char *name, const QByteArray &before, const QByteArray &piece, const QByteArray &after) {
        QByteArray step = before;
        for (int i = 0; i < 30'000; ++i)
            step += QByteArray(piece).replace("%", QByteArray::number(i));
        step.chop(piece.endsWith(',') ? 1 : 0);
        QTest::newRow(name) << QByteArray(step + after);
    };
    row("type", R"({"id":"a","stepType":")", "S", "\"}");
    const QByteArray text = R"({"id":"a","stepType":"SMS","inputs":{"text":")";
    row("single braces", text, "{data.x%} ", "\"}}");
    row("expressions", text, "{{data.x%}} ", "\"}}");
    row("names in another case", text, "{{StringContains(data.x%, 'a')}} ", "\"}}");
    row("open braces", text, "{{", "\"}}");
    row("fields", R"({"id":"a","stepType":"Wait","inputs":{"duration":"00:01:00"},)", "\"field%\":1,", "}");
    row("double fields", R"({"id":"a","stepType":"Wait","inputs":{"duration":"00:01:00"},)", "\"field\":1,", "}");
    row("inputs", R"({"id":"a","stepType":"Wait","inputs":{)", "\"field%\":1,", "}}");
    row("headers", R"({"id":"a","stepType":"HttpRequest","inputs":{"url":"https://a.io","method":"PUT","headers":{)",
        "\"a b%\":\"1\",", "}}}");
    row("targets", R"({"id":"a","stepType":"Branch","selectNextStep":{)", "\"x%\":\"{{data.payload.body}}\",", "}}");
    row("conditions", R"({"id":"a","stepType":"Branch","selectNextStep":{)", "\"x%\":\"x\",", "}}");
    row("outputs", R"({"id":"a","stepType":"Wait","inputs":{"duration":"00:01:00"},"outputs":{)",
        "\"x%\":\"{{step.x}}\",", "}}");
}

// Of one step, however large it is: what takes long to find, to show and to read.
void TestValidator::hugeStepsHaveFewProblems()
{
    QFETCH(QByteArray, step);
    const WorkflowDefinition definition = definitionOf(withSteps(step));
    QCOMPARE(definition.steps().size(), 1);
    const QList<Problem> problems = problemsOf(definition);
    QVERIFY(!problems.isEmpty());
    qsizetype local = 0;
    for (const Problem &problem : problems) {
        QVERIFY(problem.message.size() <= 1001);
        local += problem.rule != u"output-unread" && problem.rule != u"data-undefined";
    }
    QVERIFY2(local <= 1200, qPrintable(QString::number(local)));
}

QTEST_GUILESS_MAIN(TestValidator)
#include "tst_validator.moc"
