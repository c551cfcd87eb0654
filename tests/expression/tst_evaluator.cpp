#include "model/expression/processevaluator.h"
#include "model/json/jsonreader.h"
#include "model/json/jsonwriter.h"

#include <QtTest>
#include <thread>

using namespace automation;
using namespace Qt::Literals::StringLiterals;

// What expressions give, through the real helper program.
class TestEvaluator : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void values_data();
    void values();
    void conditions_data();
    void conditions();
    void errors_data();
    void errors();
    void errorsNameTheirPlace();
    void valuesWithoutBracesNeedNoHelper();
    void conditionsNeedBraces();
    void scriptsLeaveNothingBehind();
    void timeStandsWhereItIsPut();
    void identifiersDiffer();
    void deepValues();
    void worksFromAnyThread();
    void missingProgram();
    void manyEvaluations();

private:
    ProcessEvaluator m_evaluator {{QStringLiteral(PROGRAM_DIR "/automation-evaluator")}};
    EvaluationScope m_scope;
};

static JsonValue json(const char *text)
{
    auto value = readJson(QByteArray(text));
    return value ? value.value() : JsonValue(u"not JSON"_s);
}

void TestEvaluator::initTestCase()
{
    m_scope.data = json(R"({
        "source": "+6512345678", "channelUserId": "6512345678", "umid": "u-1", "count": 12, "price": 1.50,
        "nothing": null, "yes": true, "list": [3, 1, 2], "text": "Please Register me", "emoji": "a😀",
        "payload": {"user": {"msisdn": "+6581234567"}, "timestamp": "2021-05-24T03:20:39.3857479Z"}
    })");
    m_scope.step = json(R"({"reply": null, "responseCode": 200})");
    m_scope.now = QDateTime(QDate(2024, 2, 29), QTime(12, 0), Qt::UTC);
    const auto ready = m_evaluator.prepare();
    QVERIFY2(ready, ready ? "" : qPrintable(ready.error().message));
}

void TestEvaluator::values_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *text, const char *expected) {
        QTest::newRow(text) << QString::fromUtf8(text) << QByteArray(expected);
    };
    // A whole value keeps its type.
    row("{{data.count}}", "12");
    row("{{data.count / 4}}", "3");
    row("{{data.price}}", "1.5");
    row("{{data.yes}}", "true");
    row("{{data.nothing}}", "null");
    row("{{data.absent}}", "null");
    row("{{step.reply}}", "null");
    row("{{data.list}}", "[3,1,2]");
    row("{{data.payload.user}}", R"({"msisdn":"+6581234567"})");
    row("{{ {a: data.count} }}", R"({"a":12})");
    row("{{'umid: ' + data.umid}}", R"("umid: u-1")");
    row("{{0/0}}", "null");
    row("{{2**70}}", "1.1805916207174113e+21");
    row("{{-0}}", "0");
    row("{{() => 1}}", "null");
    // Within a text everything becomes text.
    row("umid: {{data.umid}}", R"("umid: u-1")");
    row("{{data.count}}{{data.price}}", R"("121.5")");
    row("[{{data.nothing}}{{data.absent}}]", R"("[]")");
    row("{{data.list}} {{data.payload.user}}", R"("[3,1,2] {\"msisdn\":\"+6581234567\"}")");
    row("{{data.yes}}!", R"("true!")");
    row(" {{data.count}}", R"(" 12")");
    row("{{{data.count}}}", R"("{12}")");
    row("{single}", R"("{single}")");
    // The functions of the service.
    row("{{isCountryCode('+6512345678', 'SG')}}", "true");
    row("{{isCountryCode(data.channelUserId, 'sg')}}", "true");
    row("{{isCountryCode(6512345678, 'SG')}}", "true");
    row("{{isCountryCode('+6512345678', 'PH')}}", "false");
    row("{{isCountryCode('+14165550123', 'CA')}}", "true");
    row("{{isCountryCode('+14165550123', 'US')}}", "true");
    row("{{isCountryCode('+14165550123', 'JM')}}", "false");
    row("{{isCountryCode('nobody', 'SG')}}", "false");
    row("{{isCountryCode(data.nothing, 'SG')}}", "false");
    row("{{isCountryCode('+6512345678', '?\?')}}", "false");
    row("{{stringContains(data.text, 'Register')}}", "true");
    row("{{stringContains(data.text, 'register')}}", "false");
    row("{{stringContains(data.text, 'register', true)}}", "true");
    row("{{stringContains(data.text, 'register', false)}}", "false");
    row("{{stringContains(null, 'a')}}", "false");
    row("{{stringContains(data.count, '2')}}", "true");
    row("{{isTimeOfDayBetween(data.payload.timestamp, '09:00:00', '18:00:00', 'Singapore Standard Time')}}", "true");
    row("{{isTimeOfDayBetween(data.payload.timestamp, '09:00:00', '18:00:00', 'UTC')}}", "false");
    row("{{isTimeOfDayBetween('2021-05-24T10:00:00Z', '09:00:00', '18:00:00', 'Singapore Standard Time')}}", "true");
    row("{{isTimeOfDayBetween('2021-05-24T10:00:01Z', '09:00:00', '18:00:00', 'Singapore Standard Time')}}", "false");
    row("{{isTimeOfDayBetween('2021-05-24T10:00:00.5Z', '09:00:00', '18:00:00', 'Singapore Standard Time')}}", "false");
    row("{{isTimeOfDayBetween('2021-05-24T09:00:00+08:00', '09:00:00', '18:00:00', 'Singapore Standard Time')}}",
        "true");
    row("{{isTimeOfDayBetween('2021-05-24T23:30:00', '22:00:00', '06:00:00', 'UTC')}}", "true");
    row("{{isTimeOfDayBetween('2021-05-24T12:00:00', '22:00:00', '06:00:00', 'UTC')}}", "false");
    row("{{isTimeOfDayBetween('2021-07-01T07:30:00Z', '09:00:00', '10:00:00', 'W. Europe Standard Time')}}", "true");
    row("{{isTimeOfDayBetween('2021-01-01T07:30:00Z', '09:00:00', '10:00:00', 'W. Europe Standard Time')}}", "false");
    row("{{isTimeOfDayBetween(Date.now(), '12:00:00', '12:00:00', 'UTC')}}", "true");
    row("{{isDayOfWeek('2021-05-24', 'Monday')}}", "true");
    row("{{isDayOfWeek('2021-05-24T23:00:00-05:00', 'MONDAY')}}", "true");
    row("{{isDayOfWeek('2021-05-25', 'Monday')}}", "false");
    // The language of 2023.
    row("{{data.list.at(-1)}}", "2");
    row("{{data.list.findLast(x => x > 1)}}", "2");
    row("{{data.list.toSorted()}}", "[1,2,3]");
    row("{{ {...data.payload.user, a: 1} }}", R"({"msisdn":"+6581234567","a":1})");
    row("{{Math.max(...data.list)}}", "3");
    row("{{data.absent?.b ?? 'none'}}", R"("none")");
    row("{{'a-b-c'.replaceAll('-', '')}}", R"("abc")");
    row("{{Object.hasOwn(data, 'umid')}}", "true");
    row("{{`${data.count} of ${20}`}}", R"("12 of 20")");
    row("{{JSON.parse('{\"a\":[1]}').a[0]}}", "1");
    row("{{/(?<=R)eg/.test(data.text)}}", "true");
    row("{{200 == '200'}}", "true");
    row("{{data.emoji}}", "\"a😀\"");
    row("{{data.emoji.slice(0, 2)}}", "\"a\xef\xbf\xbd\"");
    row("{{ {e: data.emoji.slice(0, 2)} }}", R"({"e":"a\ufffd"})");
    row("{{1 // one\n}}", "1");
}

void TestEvaluator::values()
{
    QFETCH(QString, text);
    QFETCH(QByteArray, expected);
    const auto result = m_evaluator.evaluate(text, m_scope);
    QVERIFY2(result, result ? "" : qPrintable(result.error().message));
    const auto wanted = readJson(expected);
    QVERIFY(wanted);
    QCOMPARE(writeJson(*result, JsonStyle::compact()), writeJson(*wanted, JsonStyle::compact()));
}

void TestEvaluator::conditions_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("expected");
    QTest::newRow("blanks") << u"{{ step.reply == null }}"_s << true;
    QTest::newRow("outer blanks") << u" {{step.reply != null}} "_s << false;
    QTest::newRow("loose") << u"{{step.responseCode == '200'}}"_s << true;
    QTest::newRow("text") << u"{{'false'}}"_s << true;
    QTest::newRow("empty text") << u"{{''}}"_s << false;
    QTest::newRow("number") << u"{{0}}"_s << false;
    QTest::newRow("null") << u"{{null}}"_s << false;
    QTest::newRow("undefined") << u"{{data.absent}}"_s << false;
    QTest::newRow("object") << u"{{data.payload}}"_s << true;
}

void TestEvaluator::conditions()
{
    QFETCH(QString, text);
    QFETCH(bool, expected);
    const auto result = m_evaluator.evaluateCondition(text, m_scope);
    QVERIFY2(result, result ? "" : qPrintable(result.error().message));
    QCOMPARE(*result, expected);
}

void TestEvaluator::errors_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("words");
    QTest::addColumn<int>("column");
    QTest::newRow("null") << u"{{step.reply.payload}}"_s << u"null is not an object"_s << 13;
    QTest::newRow("behind text") << u"😀 {{step.reply.payload}}"_s << u"null is not an object"_s << 15;
    QTest::newRow("unknown name") << u"{{payload.x}}"_s << u"payload"_s << 10;
    QTest::newRow("assignment") << u"{{data.a = 1}}"_s << u"assign"_s << 10;
    QTest::newRow("empty") << u"{{ }}"_s << u"no expression"_s << 3;
    QTest::newRow("too long") << u"{{"_s + u"1+"_s.repeated(500) + u"1}}"_s << u"1001 characters"_s << 3;
    QTest::newRow("unfinished") << u"{{1 +}}"_s << u"ends too early"_s << 6;
    QTest::newRow("two statements") << u"{{1; 2}}"_s << u"Unexpected token ';'"_s << 3;
    QTest::newRow("unknown zone") << u"{{isTimeOfDayBetween('2021-05-24', '09:00:00', '18:00:00', 'Moon Time')}}"_s
                                  << u"“Moon Time”"_s << -1;
    QTest::newRow("bad time") << u"{{isTimeOfDayBetween('2021-05-24', '9 am', '18:00:00', 'UTC')}}"_s << u"“9 am”"_s
                              << -1;
    QTest::newRow("no timestamp") << u"{{isTimeOfDayBetween(null, '09:00:00', '18:00:00', 'UTC')}}"_s
                                  << u"timestamp is missing"_s << -1;
    QTest::newRow("bad day") << u"{{isDayOfWeek('2021-05-24', 'Montag')}}"_s << u"“Montag”"_s << -1;
    QTest::newRow("bad date") << u"{{isDayOfWeek('soon', 'Monday')}}"_s << u"“soon”"_s << -1;
    QTest::newRow("thrown") << u"{{(() => { throw 'own words' })()}}"_s << u"own words"_s << -1;
    QTest::newRow("big integer") << u"{{10n}}"_s << u"BigInt"_s << -1;
}

void TestEvaluator::errors()
{
    QFETCH(QString, text);
    QFETCH(QString, words);
    QFETCH(int, column);
    const auto result = m_evaluator.evaluate(text, m_scope);
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::Expression);
    QVERIFY2(result.error().message.contains(words), qPrintable(result.error().message));
    if (column >= 0)
        QCOMPARE(result.error().column, column);
}

void TestEvaluator::errorsNameTheirPlace()
{
    const JsonValue value = json(R"({"user": {"name": ["ok", "{{data.umid}}", "{{step.reply.x}}"]}})");
    const auto result = m_evaluator.evaluate(value, m_scope);
    QVERIFY(!result);
    QVERIFY2(result.error().message.contains(u"/user/name/2"), qPrintable(result.error().message));
    QVERIFY(result.error().message.contains(u"{{step.reply.x}}"));
}

void TestEvaluator::valuesWithoutBracesNeedNoHelper()
{
    ProcessEvaluator evaluator({QStringLiteral("/nowhere/automation-evaluator")});
    const JsonValue value = json(R"({"a": 1.50, "b": ["{x}", null]})");
    const auto result = evaluator.evaluate(value, m_scope);
    QVERIFY(result);
    QCOMPARE(*result, value);
    QCOMPARE(evaluator.helperProcessId(), -1);
}

void TestEvaluator::conditionsNeedBraces()
{
    for (const QString &text : {u"true"_s, u""_s, u"{{1}} == 1"_s, u"{{1}}{{2}}"_s}) {
        const auto result = m_evaluator.evaluateCondition(text, m_scope);
        QVERIFY2(!result, qPrintable(text));
        QCOMPARE(result.error().code, ErrorCode::Expression);
    }
}

void TestEvaluator::scriptsLeaveNothingBehind()
{
    const JsonValue value = json(R"(["{{Object.assign(globalThis, {leak: 1}).leak}}", "{{typeof leak}}",
        "{{data.list.sort()}}", "{{data.list}}", "{{Object.assign(Array.prototype, {leak: 1}) && 1}}",
        "{{[].leak}}", "{{Object.freeze(data) && 1}}", "{{data.count}}"])");
    const auto result = m_evaluator.evaluate(value, m_scope);
    QVERIFY2(result, result ? "" : qPrintable(result.error().message));
    const JsonValue expected = json(R"([1, "undefined", [1,2,3], [3,1,2], 1, null, 1, 12])");
    QCOMPARE(*result, expected);
    const auto later = m_evaluator.evaluate(u"{{typeof leak}}"_s, m_scope);
    QVERIFY(later);
    QCOMPARE(later->toString(), u"undefined"_s);
}

void TestEvaluator::timeStandsWhereItIsPut()
{
    const JsonValue value = json(R"(["{{Date.now()}}", "{{Date()}}", "{{Reflect.construct(Date, []).getTime()}}",
        "{{Date.parse('1970-01-01T00:00:01Z')}}", "{{Date.UTC(1970, 0)}}", "{{Reflect.construct(Date, [5]).getTime()}}"])");
    const auto result = m_evaluator.evaluate(value, m_scope);
    QVERIFY2(result, result ? "" : qPrintable(result.error().message));
    const JsonValue expected = json(R"json([1709208000000,
        "Thu Feb 29 2024 12:00:00 GMT+0000 (Coordinated Universal Time)", 1709208000000, 1000, 0, 5])json");
    QCOMPARE(*result, expected);
}

void TestEvaluator::identifiersDiffer()
{
    const auto result = m_evaluator.evaluate(json(R"(["{{uuid()}}", "{{uuid()}}"])"), m_scope);
    QVERIFY(result);
    QVERIFY(!QUuid::fromString(result->at(0).toString()).isNull());
    QCOMPARE_NE(result->at(0).toString(), result->at(1).toString());
}

void TestEvaluator::deepValues()
{
    JsonValue value(u"{{data.count}}"_s);
    for (int i = 0; i < 510; ++i)
        value = JsonValue::array({value});
    const auto result = m_evaluator.evaluate(value, m_scope);
    QVERIFY2(result, result ? "" : qPrintable(result.error().message));
    QVERIFY(writeJson(*result, JsonStyle::compact()).contains("[12]"));
}

void TestEvaluator::worksFromAnyThread()
{
    for (int i = 0; i < 3; ++i) {
        bool isRight = false;
        std::thread worker([&] {
            const auto result = m_evaluator.evaluate(u"{{data.count}}"_s, m_scope);
            isRight = result && *result == JsonValue(12);
        });
        worker.join();
        QVERIFY(isRight);
    }
}

void TestEvaluator::missingProgram()
{
    ProcessEvaluator evaluator({QStringLiteral("/nowhere/automation-evaluator")});
    const auto result = evaluator.evaluate(u"{{1}}"_s, m_scope);
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::Internal);
    QVERIFY(result.error().message.contains(u"/nowhere/automation-evaluator"));

    ProcessEvaluator wrong({QStringLiteral("/bin/true")});
    const auto noAnswer = wrong.evaluate(u"{{1}}"_s, m_scope);
    QVERIFY(!noAnswer);
    QCOMPARE(noAnswer.error().code, ErrorCode::Internal);
}

void TestEvaluator::manyEvaluations()
{
    const auto measure = [&](const char *what, const QString &text) {
        QElapsedTimer timer;
        timer.start();
        for (int i = 0; i < 1000; ++i) {
            if (!m_evaluator.evaluate(text, m_scope))
                return false;
        }
        qInfo("%s: %lld us an evaluation", what, timer.nsecsElapsed() / 1'000'000);
        return true;
    };
    QVERIFY(measure("only looking", u"{{data.payload.user.msisdn}}"_s));
    QVERIFY(measure("calling methods", u"{{data.list.map(x => x + 1)}}"_s));
}

QTEST_GUILESS_MAIN(TestEvaluator)
#include "tst_evaluator.moc"
