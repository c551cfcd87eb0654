#include "clientfixture.h"
#include "model/api/blocking.h"
#include "model/api/sandboxclient.h"
#include "model/api/taskscope.h"
#include "model/json/jsonreader.h"

#include <QTest>

using namespace automation;
using namespace std::chrono_literals;

class TestAutomationClient : public QObject
{
    Q_OBJECT
private slots:
    void cleanup() { QVERIFY(TaskScope::drainAll()); }
    void sendsKeyAndPath();
    void sendsOnlyWhatTheServiceTakes();
    void listsWithBothReadingsOfOffset_data();
    void listsWithBothReadingsOfOffset();
    void endlessPagesEnd();
    void emptyVersionListIsNotFound();
    void enablesBySendingTheLatestVersionAgain();
    void filtersInstances();
    void unknownDefinitionHasNoInstances();
    void startsAnInstance();
    void changesInstanceState();
    void readsErrorsAsListOrObject();
    void readsTheRest();
    void encodesIdentifiers();
    void refusesImpossibleIdentifiers();
    void tellsTheServicesWords();
    void tellsRefusalsInPlainWords_data();
    void tellsRefusalsInPlainWords();
    void brokenAnswersAreBadAnswers_data();
    void brokenAnswersAreBadAnswers();
    void sandboxCalls();
};

void TestAutomationClient::sendsKeyAndPath()
{
    Fixture f([](const ScriptedRequest &) { return reply(200, "[]"); });
    const auto result = blockingResult(f.client.listDefinitions());
    QVERIFY(result);
    QVERIFY(result->isEmpty());
    QCOMPARE(f.server.requests().size(), 1);
    const ScriptedRequest request = f.server.requests().first();
    QCOMPARE(request.method, "GET");
    QVERIFY(request.target.startsWith("/api/v1/accounts/acme%201/definitions?"));
    QCOMPARE(request.headers.value("authorization"), "Bearer " + secret.toUtf8());
    QVERIFY(!request.headers.contains("cookie"));
}

void TestAutomationClient::sendsOnlyWhatTheServiceTakes()
{
    Fixture f([](const ScriptedRequest &request) {
        return reply(request.method == "POST" ? 201 : 200, definitionJson("d1", request.method == "POST" ? 1 : 2));
    });
    const Result<WorkflowDefinition> definition = WorkflowDefinition::fromJson(*readJson(definitionJson("old", 9)));
    QVERIFY(definition);
    const auto created = blockingResult(f.client.createDefinition(*definition));
    QVERIFY(created);
    QCOMPARE(created->id, QStringLiteral("d1"));
    const auto updated = blockingResult(f.client.updateDefinition(QStringLiteral("d1"), *definition));
    QVERIFY(updated);
    QCOMPARE(updated->version, 2);
    QCOMPARE(f.server.requests().value(1).method, "PUT");
    for (const ScriptedRequest &request : f.server.requests()) {
        QCOMPARE(request.headers.value("content-type"), "application/json");
        const JsonValue body = *readJson(request.body);
        QVERIFY(body.contains(u"status"));
        QVERIFY(!body.contains(u"accountId"));
        QVERIFY(!body.contains(u"createdAt"));
        QVERIFY(!body.value(u"definition").contains(u"id"));
        QVERIFY(!body.value(u"definition").contains(u"version"));
    }
}

void TestAutomationClient::listsWithBothReadingsOfOffset_data()
{
    QTest::addColumn<bool>("countsItems");
    QTest::addColumn<int>("count");
    for (const bool countsItems : {false, true}) {
        for (const int count : {0, 1, 4, 5, 6, 10, 11, 23})
            QTest::addRow("%s %d", countsItems ? "items" : "pages", count) << countsItems << count;
    }
}

void TestAutomationClient::listsWithBothReadingsOfOffset()
{
    QFETCH(bool, countsItems);
    QFETCH(int, count);
    ClientOptions options = quickOptions();
    options.pageSize = 5;
    Fixture f(
        [countsItems, count](const ScriptedRequest &request) {
            const int limit = request.query("limit").toInt();
            const int offset = request.query("offset").toInt() * (countsItems ? 1 : limit);
            QByteArrayList items;
            for (int i = offset; i < std::min(count, offset + limit); ++i)
                items.append(definitionJson("d" + QByteArray::number(i)));
            return reply(200, '[' + items.join(',') + ']');
        },
        options);
    const auto result = blockingResult(f.client.listDefinitions());
    QVERIFY(result);
    QCOMPARE(result->size(), count);
    for (int i = 0; i < count; ++i)
        QCOMPARE(result->at(i).id, QStringLiteral("d%1").arg(i));
    QVERIFY(f.server.requests().size() <= count / 5 + 2);
}

void TestAutomationClient::endlessPagesEnd()
{
    // A service that ignores the offset must not be asked for ever.
    ClientOptions options = quickOptions();
    options.pageSize = 2;
    Fixture f(
        [](const ScriptedRequest &) { return reply(200, '[' + definitionJson("a") + ',' + definitionJson("b") + ']'); },
        options);
    const auto result = blockingResult(f.client.listDefinitions());
    QVERIFY(result);
    QCOMPARE(result->size(), 2);
    QCOMPARE(f.server.requests().size(), 2);
}

void TestAutomationClient::emptyVersionListIsNotFound()
{
    Fixture f([](const ScriptedRequest &) { return reply(200, "[]"); });
    const auto result = blockingResult(f.client.definitionVersions(QStringLiteral("d1")));
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::NotFound);
    QVERIFY(result.error().message.contains(QLatin1StringView("d1")));
}

void TestAutomationClient::enablesBySendingTheLatestVersionAgain()
{
    Fixture f([](const ScriptedRequest &request) {
        return request.method == "GET" ? reply(200, '[' + definitionJson("d1", 4) + ',' + definitionJson("d1", 3) + ']')
                                       : reply(200, definitionJson("d1", 5, "enabled"));
    });
    const auto enabled = blockingResult(f.client.setEnabled(QStringLiteral("d1"), true));
    QVERIFY(enabled);
    QVERIFY(enabled->isEnabled());
    QCOMPARE(enabled->version, 5);
    QCOMPARE(f.server.requests().size(), 2);
    QCOMPARE(readJson(f.server.requests().last().body)->value(u"status").toString(), QStringLiteral("enabled"));
    // Already so: no new version.
    const auto unchanged = blockingResult(f.client.setEnabled(QStringLiteral("d1"), false));
    QVERIFY(unchanged);
    QCOMPARE(unchanged->version, 4);
    QCOMPARE(f.server.requests().size(), 3);
}

void TestAutomationClient::filtersInstances()
{
    Fixture f(
        [](const ScriptedRequest &) { return reply(200, '[' + instanceJson("w1") + ',' + instanceJson("w2") + ']'); });
    InstanceFilter filter;
    filter.version = 3;
    filter.status = WorkflowInstance::Status::Suspended;
    filter.startedFrom = QDateTime::fromSecsSinceEpoch(0, Qt::UTC);
    filter.maximum = 1;
    const auto result = blockingResult(f.client.listInstances(QStringLiteral("d1"), filter));
    QVERIFY(result);
    QCOMPARE(result->size(), 1);
    const ScriptedRequest request = f.server.requests().first();
    QCOMPARE(request.query("version"), QStringLiteral("3"));
    QCOMPARE(request.query("status"), QStringLiteral("Suspended"));
    QCOMPARE(request.query("startTimeFrom"), QStringLiteral("1970-01-01T00:00:00.000Z"));
}

void TestAutomationClient::unknownDefinitionHasNoInstances()
{
    Fixture f([](const ScriptedRequest &) {
        return reply(404, R"({"code":1300,"message":"Definition d1 not found.","errorId":"e","timestamp":"t"})");
    });
    const auto result = blockingResult(f.client.listInstances(QStringLiteral("d1")));
    QVERIFY(result);
    QVERIFY(result->isEmpty());
}

void TestAutomationClient::startsAnInstance()
{
    QByteArray location = "/api/v1/accounts/acme/definitions/d1/workflows/abc123";
    Fixture f([&location](const ScriptedRequest &) { return reply(201, {}, {{"Location", location}}); });
    const JsonValue payload = JsonValue::object({{QStringLiteral("text"), QStringLiteral("hi")}});
    auto result = blockingResult(f.client.startInstance(QStringLiteral("d1"), payload, 2));
    QVERIFY(result);
    QCOMPARE(*result, QStringLiteral("abc123"));
    QCOMPARE(f.server.requests().last().query("version"), QStringLiteral("2"));
    QCOMPARE(f.server.requests().last().body, R"({"text":"hi"})");
    location.clear();
    result = blockingResult(f.client.startInstance(QStringLiteral("d1"), payload));
    QVERIFY(result);
    QVERIFY(result->isEmpty());
    QVERIFY(!blockingResult(f.client.startInstance(QStringLiteral("d1"), JsonValue(7))));
}

void TestAutomationClient::changesInstanceState()
{
    Fixture f([](const ScriptedRequest &) { return reply(200); });
    QVERIFY(
        blockingResult(f.client.setInstanceState(QStringLiteral("d1"), QStringLiteral("w1"), InstanceAction::Suspend)));
    QVERIFY(
        blockingResult(f.client.setInstanceState(QStringLiteral("d1"), QStringLiteral("w1"), InstanceAction::Resume)));
    QVERIFY(blockingResult(
        f.client.setInstanceState(QStringLiteral("d1"), QStringLiteral("w1"), InstanceAction::Terminate)));
    QByteArrayList bodies;
    for (const ScriptedRequest &request : f.server.requests()) {
        QCOMPARE(request.method, "PATCH");
        bodies.append(request.body);
    }
    QCOMPARE(
        bodies, QByteArrayList({R"({"status":"suspend"})", R"({"status":"resume"})", R"({"status":"terminate"})"}));
}

void TestAutomationClient::readsErrorsAsListOrObject()
{
    const QByteArray one
        = R"({"workflowId":"w1","step":"call","message":"no route","errorTime":"2024-01-01T10:00:00Z"})";
    QByteArray body = '[' + one + ']';
    Fixture f([&body](const ScriptedRequest &) { return reply(200, body); });
    for (const QByteArray &shape : {'[' + one + ']', one}) {
        body = shape;
        const auto errors = blockingResult(f.client.instanceErrors(QStringLiteral("d1"), QStringLiteral("w1")));
        QVERIFY(errors);
        QCOMPARE(errors->size(), 1);
        QCOMPARE(errors->first().step, QStringLiteral("call"));
        QCOMPARE(errors->first().message, QStringLiteral("no route"));
    }
}

void TestAutomationClient::readsTheRest()
{
    Fixture f([](const ScriptedRequest &request) {
        const QString path = request.path();
        if (path.endsWith(QLatin1StringView("/steps/timezones")))
            return reply(200, R"([{"id":"Romance Standard Time","name":"Paris"}])");
        if (path.endsWith(QLatin1StringView("/steps/functions")))
            return reply(200,
                R"([{"name":"uuid","description":"","parameters":[{"name":"a","type":"string","default":null}]}])");
        if (path.endsWith(QLatin1StringView("/usage/history")))
            return reply(200, R"([{"executedWorkflowCount":3,"month":2,"year":2024}])");
        if (path.endsWith(QLatin1StringView("/usage")))
            return reply(200, R"({"allowedWorkflowCount":5,"allowedOverage":true,"overagePrice":0.5})");
        if (request.method == "GET")
            return reply(200, instanceJson("w1", "Complete"));
        return reply(request.method == "DELETE" ? 202 : 200);
    });
    const auto zones = blockingResult(f.client.timezones(QStringLiteral("par+is &")));
    QVERIFY(zones);
    QCOMPARE(zones->first().name, QStringLiteral("Paris"));
    QCOMPARE(f.server.requests().last().query("contains"), QStringLiteral("par+is &"));
    const auto functions = blockingResult(f.client.functions());
    QVERIFY(functions);
    QCOMPARE(functions->first().parameters.size(), 1);
    const auto usage = blockingResult(f.client.usage());
    QVERIFY(usage);
    QCOMPARE(usage->overagePrice, 0.5);
    const auto history = blockingResult(f.client.usageHistory());
    QVERIFY(history);
    QCOMPARE(history->first().month, 2);
    const auto instance = blockingResult(f.client.instance(QStringLiteral("d1"), QStringLiteral("w1"), true));
    QVERIFY(instance);
    QVERIFY(instance->isFinished());
    QCOMPARE(f.server.requests().last().query("includeLogs"), QStringLiteral("true"));
    QVERIFY(blockingResult(f.client.deleteDefinition(QStringLiteral("d1"), 2)));
    QCOMPARE(f.server.requests().last().method, "DELETE");
    QCOMPARE(f.server.requests().last().query("version"), QStringLiteral("2"));
    QVERIFY(blockingResult(f.client.raiseHttpTrigger(JsonValue::object(), QStringLiteral("sub"))));
    QCOMPARE(f.server.requests().last().query("subAccountId"), QStringLiteral("sub"));
}

void TestAutomationClient::encodesIdentifiers()
{
    Fixture f([](const ScriptedRequest &) { return reply(200, instanceJson("w1")); });
    QVERIFY(blockingResult(f.client.instance(QStringLiteral("a/b?c#d"), QStringLiteral("é %2F"), false)));
    QCOMPARE(f.server.requests().first().target,
        "/api/v1/accounts/acme%201/definitions/a%2Fb%3Fc%23d/workflows/%C3%A9%20%252F");
}

void TestAutomationClient::refusesImpossibleIdentifiers()
{
    Fixture f([](const ScriptedRequest &) { return reply(200, "[]"); });
    for (const QString &id : {QString(), QStringLiteral("."), QStringLiteral("..")}) {
        const auto result = blockingResult(f.client.deleteDefinition(id));
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::InvalidArgument);
    }
    QVERIFY(f.server.requests().isEmpty());
}

void TestAutomationClient::tellsTheServicesWords()
{
    Fixture f([](const ScriptedRequest &) {
        return reply(400,
            R"({"code":1400,"message":"Cannot resume a workflow in status Terminated","errorId":"e-77","timestamp":"t"})");
    });
    const auto result
        = blockingResult(f.client.setInstanceState(QStringLiteral("d1"), QStringLiteral("w1"), InstanceAction::Resume));
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::Refused);
    const QString message = result.error().message;
    for (const QString &part : {f.host(), QStringLiteral("Cannot resume a workflow in status Terminated"),
             QStringLiteral("1400"), QStringLiteral("e-77")})
        QVERIFY2(message.contains(part), qPrintable(message));
}

void TestAutomationClient::tellsRefusalsInPlainWords_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("words");
    QTest::newRow("wrong key") << 401 << QByteArray() << int(ErrorCode::Unauthorized) << QStringLiteral("API key");
    QTest::newRow("forbidden") << 403 << QByteArray(R"({"code":1403,"message":"Not enabled"})")
                               << int(ErrorCode::Unauthorized) << QStringLiteral("Not enabled");
    QTest::newRow("page of a gateway") << 500 << QByteArray("<html><head><title>Bad\n Gateway</title></head></html>")
                                       << int(ErrorCode::Refused) << QStringLiteral("Bad Gateway");
    QTest::newRow("page, wrong key") << 401 << QByteArray("<html>401</html>") << int(ErrorCode::Unauthorized)
                                     << QStringLiteral("API key");
    QTest::newRow("no body") << 500 << QByteArray() << int(ErrorCode::Refused) << QStringLiteral("500");
    QTest::newRow("other JSON") << 500 << QByteArray("[1]") << int(ErrorCode::Refused) << QStringLiteral("500");
    QTest::newRow("key in the words") << 400 << ("{\"code\":1,\"message\":\"key " + secret.toUtf8() + " is odd\"}")
                                      << int(ErrorCode::Refused) << QStringLiteral("is odd");
    QTest::newRow("not found") << 404 << QByteArray() << int(ErrorCode::NotFound) << QStringLiteral("404");
}

void TestAutomationClient::tellsRefusalsInPlainWords()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(int, code);
    QFETCH(QString, words);
    Fixture f([status, body](const ScriptedRequest &) { return reply(status, body); });
    const auto result = blockingResult(f.client.listDefinitions());
    QVERIFY(!result);
    const QString message = result.error().message;
    QCOMPARE(int(result.error().code), code);
    QVERIFY2(message.contains(words), qPrintable(message));
    QVERIFY2(message.contains(f.host()), qPrintable(message));
    QVERIFY(!message.contains(u'<'));
    QVERIFY(!message.contains(u'\n'));
    QVERIFY(!message.contains(secret));
}

void TestAutomationClient::brokenAnswersAreBadAnswers_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("words");
    QTest::newRow("empty") << QByteArray() << QStringLiteral("empty");
    QTest::newRow("page") << QByteArray("<html>welcome</html>") << QStringLiteral("not JSON");
    QTest::newRow("truncated") << definitionJson("a").left(40).prepend('[') << QStringLiteral("not JSON");
    QTest::newRow("object") << QByteArray("{}") << QStringLiteral("not a list");
    QTest::newRow("numbers") << QByteArray("[1]") << QStringLiteral("element 1");
    QTest::newRow("no id") << QByteArray(R"([{"version":1,"definition":{}}])") << QStringLiteral("“id”");
    QTest::newRow("deep") << QByteArray(100'000, '[') << QStringLiteral("not JSON");
}

void TestAutomationClient::brokenAnswersAreBadAnswers()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, words);
    Fixture f([body](const ScriptedRequest &) { return reply(200, body); });
    const auto result = blockingResult(f.client.listDefinitions());
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::BadAnswer);
    QVERIFY2(result.error().message.contains(words), qPrintable(result.error().message));
    QVERIFY(result.error().message.contains(f.host()));
}

void TestAutomationClient::sandboxCalls()
{
    ScriptedServer server([](const ScriptedRequest &request) {
        return request.method == "GET" ? reply(200, R"([{"kind":"SMS","to":"+651","text":"hi","workflowId":"w1"}])")
                                       : reply(200, "{}");
    });
    SandboxClient client({QStringLiteral("n"), server.url(), QStringLiteral("acme")}, secret, quickOptions());
    InboundMessage message;
    message.kind = InboundMessage::Kind::Chat;
    message.from = QStringLiteral("+651");
    message.text = QStringLiteral("1");
    message.channel = QStringLiteral("whatsapp");
    QVERIFY(blockingResult(client.sendInbound(message)));
    QCOMPARE(server.requests().last().target, "/sandbox/inbound");
    const JsonValue body = *readJson(server.requests().last().body);
    QCOMPARE(body.value(u"kind").toString(), QStringLiteral("chat"));
    QCOMPARE(body.value(u"channel").toString(), QStringLiteral("whatsapp"));
    QVERIFY(blockingResult(client.advanceClock(5000ms)));
    QCOMPARE(server.requests().last().target, "/sandbox/clock/advance");
    QCOMPARE(readJson(server.requests().last().body)->value(u"by").toString(), QStringLiteral("0.00:00:05"));
    QVERIFY(blockingResult(client.sendDtmf(QStringLiteral("call"), QStringLiteral("12"))));
    const auto outbox = blockingResult(client.outbox());
    QVERIFY(outbox);
    QCOMPARE(outbox->size(), 1);
    QCOMPARE(outbox->first().to, QStringLiteral("+651"));
    QCOMPARE(outbox->first().instanceId, QStringLiteral("w1"));
}

QTEST_GUILESS_MAIN(TestAutomationClient)
#include "tst_automationclient.moc"
