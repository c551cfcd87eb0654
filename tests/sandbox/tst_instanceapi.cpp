#include "tests/sandbox/rehearsal.h"

#include <QSet>
#include <QTest>

using namespace automation;
using namespace Qt::StringLiterals;

namespace {

const QString unknownId = u"00000000-0000-4000-8000-000000000000"_s;
const QByteArray waiting = R"([{"id":"w","stepType":"Wait","inputs":{"duration":"1"}}])";
const QByteArray quick = R"([{"id":"b","stepType":"Branch","selectNextStep":{}}])";

JsonValue body(const QByteArray &steps, const QByteArray &name = "N")
{
    return Rehearsal::json(
        R"({"trigger":"http_request","definition":{"name":")" + name + R"(","steps":)" + steps + "}}");
}

} // namespace

// Endpoints 1 to 15, without sockets.
class InstanceApiTest : public QObject
{
    Q_OBJECT
private slots:
    void createsAndShowsDefinitions();
    void listsLatestVersionsNewestFirst();
    void pagesByPageIndex();
    void updatesMakeVersions();
    void deletesOneVersion();
    void deletesAll();
    void startsAnyVersion();
    void filtersInstances();
    void showsLogsOnlyWhenAsked();
    void refusesBadRequests_data();
    void refusesBadRequests();
    void errorBodiesAreComplete();
    void listsZonesAndFunctions();
    void countsUsage();
    void answersSetFaults();
    void movesOnlyVirtualClocksForward();
    void changeCounterGrows();
};

void InstanceApiTest::createsAndShowsDefinitions()
{
    Rehearsal sandbox;
    const auto created = sandbox.call("POST", u"definitions"_s, body(waiting, "First"));
    QCOMPARE(created.status, 201);
    const QString id = created.body["definition"_L1]["id"_L1].toString();
    QCOMPARE(created.location, QByteArray("/api/v1/accounts/acme_1A2b3/definitions/" + id.toLatin1()));
    QCOMPARE(created.body["definition"_L1]["version"_L1].toInteger(), 1);
    QCOMPARE(created.body["status"_L1].toString(), u"disabled"_s);
    QCOMPARE(created.body["accountId"_L1].toString(), Rehearsal::account());
    QCOMPARE(created.body["createdAt"_L1].toString(), u"2026-03-02T08:00:00Z"_s);
    const auto shown = sandbox.call("GET", u"definitions/"_s + id.toUpper());
    QCOMPARE(shown.status, 200);
    QCOMPARE(shown.body.size(), 1);
    QCOMPARE(shown.body.at(0), created.body);
    QCOMPARE(sandbox.call("GET", u"definitions/"_s + unknownId).body, JsonValue::array());
}

void InstanceApiTest::listsLatestVersionsNewestFirst()
{
    Rehearsal sandbox;
    const QString first = sandbox.create(waiting);
    sandbox.advance(u"00:01:00"_s);
    const QString second = sandbox.create(waiting);
    sandbox.advance(u"00:01:00"_s);
    sandbox.call("PUT", u"definitions/"_s + first, body(quick));
    const JsonValue list = sandbox.call("GET", u"definitions"_s).body;
    QCOMPARE(list.size(), 2);
    QCOMPARE(list.at(0)["definition"_L1]["id"_L1].toString(), first);
    QCOMPARE(list.at(0)["definition"_L1]["version"_L1].toInteger(), 2);
    QCOMPARE(list.at(1)["definition"_L1]["id"_L1].toString(), second);
}

void InstanceApiTest::pagesByPageIndex()
{
    Rehearsal sandbox;
    const QString definition = sandbox.create(quick);
    for (int i = 0; i < 5; ++i)
        QVERIFY(!sandbox.start(definition).isEmpty());
    QSet<QString> seen;
    const int sizes[] {2, 2, 1, 0};
    for (int page = 0; page < 4; ++page) {
        const JsonValue list
            = sandbox.call("GET", u"definitions/%1/workflows?limit=2&offset=%2"_s.arg(definition).arg(page)).body;
        QCOMPARE(list.size(), sizes[page]);
        for (qsizetype i = 0; i < list.size(); ++i)
            seen.insert(list.at(i)["workflowId"_L1].toString());
    }
    QCOMPARE(seen.size(), 5);
}

void InstanceApiTest::updatesMakeVersions()
{
    Rehearsal sandbox;
    const QString id = sandbox.create(waiting);
    const auto updated = sandbox.call("PUT", u"definitions/"_s + id, body(quick, "Second"));
    QCOMPARE(updated.status, 200);
    QCOMPARE(updated.body["definition"_L1]["version"_L1].toInteger(), 2);
    QCOMPARE(updated.body["status"_L1].toString(), u"disabled"_s);
    const JsonValue versions = sandbox.call("GET", u"definitions/"_s + id).body;
    QCOMPARE(versions.size(), 2);
    QCOMPARE(versions.at(0)["definition"_L1]["version"_L1].toInteger(), 2);
    const auto missing = sandbox.call("PUT", u"definitions/"_s + unknownId, body(quick));
    QCOMPARE(missing.status, 404);
    QCOMPARE(missing.body["code"_L1].toInteger(), 1300);
    QCOMPARE(missing.message(), u"Definition %1 not found."_s.arg(unknownId));
    // What is refused makes no version.
    QCOMPARE(sandbox.call("PUT", u"definitions/"_s + id, body("[]")).status, 400);
    QCOMPARE(sandbox.call("GET", u"definitions/"_s + id).body.size(), 2);
}

void InstanceApiTest::deletesOneVersion()
{
    Rehearsal sandbox;
    const QString id = sandbox.create(waiting);
    const QString old = sandbox.start(id);
    sandbox.call("PUT", u"definitions/"_s + id, body(waiting));
    const QString recent = sandbox.start(id);
    QCOMPARE(sandbox.call("DELETE", u"definitions/%1?version=2"_s.arg(id)).status, 202);
    QCOMPARE(sandbox.status(id, recent), u"Terminated"_s);
    QCOMPARE(sandbox.log(id, recent), QStringList());
    QCOMPARE(sandbox.status(id, old), u"Runnable"_s);
    QCOMPARE(sandbox.call("GET", u"definitions"_s).body.at(0)["definition"_L1]["version"_L1].toInteger(), 1);
    QCOMPARE(sandbox.call("DELETE", u"definitions/%1?version=2"_s.arg(id)).status, 404);
    const auto next = sandbox.call("PUT", u"definitions/"_s + id, body(quick));
    QCOMPARE(next.body["definition"_L1]["version"_L1].toInteger(), 3);
}

void InstanceApiTest::deletesAll()
{
    Rehearsal sandbox;
    const QString id = sandbox.create(waiting);
    const QString workflow = sandbox.start(id);
    QCOMPARE(sandbox.call("DELETE", u"definitions/"_s + id).status, 202);
    QCOMPARE(sandbox.call("GET", u"definitions/"_s + id).body.size(), 0);
    QCOMPARE(sandbox.call("GET", u"definitions/%1/workflows"_s.arg(id)).status, 404);
    QCOMPARE(sandbox.call("GET", u"definitions/%1/workflows/%2"_s.arg(id, workflow)).status, 404);
    QCOMPARE(sandbox.call("DELETE", u"definitions/"_s + id).status, 404);
    QVERIFY(sandbox.advance(u"2"_s));
    QCOMPARE(sandbox.call("GET", u"/sandbox/state"_s).body["counts"_L1]["instances"_L1].toInteger(), 0);
}

void InstanceApiTest::startsAnyVersion()
{
    Rehearsal sandbox;
    const QString id = sandbox.create(waiting);
    sandbox.call("PUT", u"definitions/"_s + id, body(quick));
    const auto started = sandbox.call("POST", u"definitions/%1/workflows?version=1"_s.arg(id),
        Rehearsal::json(R"({"payload":{"subAccountId":"sub"}})"));
    QCOMPARE(started.status, 201);
    QVERIFY(started.body.isNull());
    const QByteArray prefix = "/api/v1/accounts/acme_1A2b3/definitions/" + id.toLatin1() + "/workflows/";
    QVERIFY(started.location.startsWith(prefix));
    const QString workflow = QString::fromLatin1(started.location.mid(prefix.size()));
    QCOMPARE(workflow.size(), 24);
    const JsonValue instance = sandbox.instance(id, workflow);
    QCOMPARE(instance["version"_L1].toInteger(), 1);
    QCOMPARE(instance["data"_L1]["subAccountId"_L1].toString(), u"sub"_s);
    QCOMPARE(sandbox.call("POST", u"definitions/%1/workflows?version=3"_s.arg(id), JsonValue::object()).status, 404);
}

void InstanceApiTest::filtersInstances()
{
    Rehearsal sandbox;
    const QString id = sandbox.create(waiting);
    const QString first = sandbox.start(id);
    sandbox.advance(u"00:01:00"_s);
    const QString second = sandbox.start(id);
    sandbox.call("PATCH", u"definitions/%1/workflows/%2"_s.arg(id, second), Rehearsal::json(R"({"status":"suspend"})"));
    const auto ids = [&](const QString &query) {
        const JsonValue list = sandbox.call("GET", u"definitions/%1/workflows?%2"_s.arg(id, query)).body;
        QStringList found;
        for (qsizetype i = 0; i < list.size(); ++i)
            found.append(list.at(i)["workflowId"_L1].toString());
        return found;
    };
    QCOMPARE(ids({}), (QStringList {second, first}));
    QCOMPARE(ids(u"status=Suspended"_s), QStringList {second});
    QCOMPARE(ids(u"status=Complete"_s), QStringList());
    QCOMPARE(ids(u"startTimeFrom=2026-03-02T08:01:00Z"_s), QStringList {second});
    QCOMPARE(ids(u"startTimeTo=2026-03-02T08:00:00Z"_s), QStringList {first});
    QCOMPARE(ids(u"startTimeFrom=2026-03-02T16:00:00%2B08:00&startTimeTo=2026-03-02T08:01:00Z"_s),
        (QStringList {second, first}));
    sandbox.call("PUT", u"definitions/"_s + id, body(quick));
    QCOMPARE(ids({}), QStringList()); // of the latest version only
    QCOMPARE(ids(u"version=1"_s).size(), 2);
}

void InstanceApiTest::showsLogsOnlyWhenAsked()
{
    Rehearsal sandbox;
    const QString id = sandbox.create(waiting);
    const QString workflow = sandbox.start(id);
    const QString path = u"definitions/%1/workflows/%2"_s.arg(id, workflow);
    QVERIFY(!sandbox.call("GET", path).body.contains("logs"_L1));
    QVERIFY(!sandbox.call("GET", path + u"?includeLogs=false"_s).body.contains("logs"_L1));
    const JsonValue logs = sandbox.call("GET", path + u"?includeLogs=True"_s).body["logs"_L1];
    QCOMPARE(logs.size(), 1);
    QCOMPARE(logs.at(0)["stepName"_L1].toString(), u"w"_s);
    QVERIFY(logs.at(0)["completedAt"_L1].isNull());
    QCOMPARE(logs.at(0)["id"_L1].toString().size(), 36);
}

void InstanceApiTest::refusesBadRequests_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("code");
    const auto add
        = [](const char *name, const char *method, const QString &path, const char *text, int status, int code) {
              QTest::newRow(name) << QByteArray(method) << path << QByteArray(text) << status << code;
          };
    const QString workflows = u"definitions/KNOWN/workflows"_s;
    add("definition id", "GET", u"definitions/42"_s, "", 400, 1000);
    add("workflow id", "GET", workflows + u"/42"_s, "", 400, 1001);
    add("workflow", "GET", workflows + u"/0123456789abcdef01234567"_s, "", 404, 1301);
    add("errors of nothing", "GET", workflows + u"/0123456789abcdef01234567/errors"_s, "", 404, 1301);
    add("patch of nothing", "PATCH", workflows + u"/0123456789abcdef01234567"_s, R"({"status":"suspend"})", 404, 1301);
    add("limit 0", "GET", u"definitions?limit=0"_s, "", 400, 1400);
    add("limit 501", "GET", u"definitions?limit=501"_s, "", 400, 1400);
    add("limit text", "GET", u"definitions?limit=ten"_s, "", 400, 1400);
    add("offset", "GET", u"definitions?offset=-1"_s, "", 400, 1400);
    add("version", "GET", workflows + u"?version=0"_s, "", 400, 1400);
    add("status", "GET", workflows + u"?status=runnable"_s, "", 400, 1400);
    add("time", "GET", workflows + u"?startTimeFrom=today"_s, "", 400, 1400);
    add("not json", "POST", u"definitions"_s, "<html>", 400, 5000);
    add("truncated", "POST", u"definitions"_s, R"({"trigger":)", 400, 5000);
    add("empty", "POST", u"definitions"_s, "", 400, 5000);
    add("no object", "POST", workflows, "[]", 400, 5000);
    add("trigger body", "POST", u"triggers/http_request"_s, "1", 400, 5000);
    add("definition", "POST", u"definitions"_s, "{}", 400, 5001);
    add("unknown path", "GET", u"nothing"_s, "", 404, 1404);
    add("unknown root", "GET", u"/index.html"_s, "", 404, 1404);
    add("unknown sandbox path", "GET", u"/sandbox/nothing"_s, "", 404, 1404);
    add("method", "PATCH", u"definitions"_s, "{}", 405, 1405);
    add("other account", "GET", u"/api/v1/accounts/other/definitions"_s, "", 403, 1403);
    add("inbound kind", "POST", u"/sandbox/inbound"_s, R"({"kind":"fax","from":"1","text":""})", 400, 1400);
    add("inbound sender", "POST", u"/sandbox/inbound"_s, R"({"kind":"sms","text":""})", 400, 1400);
    add("inbound channel", "POST", u"/sandbox/inbound"_s, R"({"kind":"chat","from":"1","text":""})", 400, 1400);
    add("advance", "POST", u"/sandbox/clock/advance"_s, R"({"by":"soon"})", 400, 1400);
}

void InstanceApiTest::refusesBadRequests()
{
    QFETCH(QByteArray, method);
    QFETCH(QString, path);
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    QFETCH(int, code);
    Rehearsal sandbox;
    path.replace(u"KNOWN"_s, sandbox.create(waiting));
    const auto answer = sandbox.callRaw(method, path, body, "Bearer " + Rehearsal::key());
    QCOMPARE(answer.status, status);
    QCOMPARE(answer.body["code"_L1].toInteger(), code);
}

void InstanceApiTest::errorBodiesAreComplete()
{
    Rehearsal sandbox;
    for (const QByteArray &authorization : {QByteArray(), QByteArray("Bearer wrong"), QByteArray("Basic test-key"),
             QByteArray("Bearer"), QByteArray("Bearer test-key-and-more")}) {
        const auto refused = sandbox.callRaw("GET", u"definitions"_s, {}, authorization);
        QCOMPARE(refused.status, 401);
        QCOMPARE(refused.body["code"_L1].toInteger(), 1401);
        QVERIFY(!refused.message().isEmpty());
        QCOMPARE(refused.body["errorId"_L1].toString().size(), 36);
        QCOMPARE(refused.body["timestamp"_L1].toString(), u"2026-03-02T08:00:00Z"_s);
    }
    QCOMPARE(sandbox.callRaw("GET", u"/sandbox/state"_s, {}, {}).status, 401);
}

void InstanceApiTest::listsZonesAndFunctions()
{
    Rehearsal sandbox;
    const JsonValue zones = sandbox.call("GET", u"steps/timezones?contains=singapore"_s).body;
    QVERIFY(zones.size() >= 1);
    QCOMPARE(zones.at(0)["id"_L1].toString(), u"Singapore Standard Time"_s);
    const JsonValue functions = sandbox.call("GET", u"steps/functions"_s).body;
    QVERIFY(functions.size() >= 5);
    QVERIFY(functions.at(0)["parameters"_L1].isArray());
}

void InstanceApiTest::countsUsage()
{
    Rehearsal sandbox;
    const QString id = sandbox.create(quick);
    sandbox.start(id);
    sandbox.start(id);
    QVERIFY(sandbox.advance(u"31"_s));
    sandbox.start(id);
    const JsonValue usage = sandbox.call("GET", u"usage"_s).body;
    QCOMPARE(usage["executedWorkflowCount"_L1].toInteger(), 1);
    QCOMPARE(usage["countStartedMonth"_L1].toInteger(), 4);
    const JsonValue history = sandbox.call("GET", u"usage/history"_s).body;
    QCOMPARE(history.size(), 2);
    QCOMPARE(history.at(1)["executedWorkflowCount"_L1].toInteger(), 2);
    QCOMPARE(history.at(1)["month"_L1].toInteger(), 3);
    QCOMPARE(history.at(1)["year"_L1].toInteger(), 2026);
}

void InstanceApiTest::answersSetFaults()
{
    Rehearsal sandbox;
    QCOMPARE(sandbox.call("POST", u"/sandbox/faults"_s, Rehearsal::json(R"({"status":503,"count":2})")).status, 200);
    QCOMPARE(sandbox.call("GET", u"definitions"_s).status, 503);
    QCOMPARE(sandbox.call("GET", u"/sandbox/state"_s).status, 200);
    QCOMPARE(sandbox.call("GET", u"usage"_s).status, 503);
    QCOMPARE(sandbox.call("GET", u"definitions"_s).status, 200);
}

void InstanceApiTest::movesOnlyVirtualClocksForward()
{
    Rehearsal sandbox;
    const auto moved = sandbox.call("POST", u"/sandbox/clock/advance"_s, Rehearsal::json(R"({"by":"1.01:00:00"})"));
    QCOMPARE(moved.status, 200);
    QCOMPARE(moved.body["clock"_L1]["now"_L1].toString(), u"2026-03-03T09:00:00Z"_s);
}

void InstanceApiTest::changeCounterGrows()
{
    Rehearsal sandbox;
    const auto counter = [&] { return sandbox.call("GET", u"/sandbox/changes"_s).body["counter"_L1].toInteger(); };
    const qint64 before = counter();
    QCOMPARE(counter(), before);
    const QString id = sandbox.create(quick);
    const qint64 created = counter();
    QVERIFY(created > before);
    sandbox.start(id);
    QVERIFY(counter() > created);
}

QTEST_GUILESS_MAIN(InstanceApiTest)
#include "tst_instanceapi.moc"
