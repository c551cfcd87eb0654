// What goes wrong on the way to the service and back.

#include "clientfixture.h"
#include "model/api/blocking.h"
#include "model/api/taskscope.h"

#include <QTest>

using namespace automation;
using namespace std::chrono_literals;

class TestHttpTransport : public QObject
{
    Q_OBJECT
private slots:
    void cleanup() { QVERIFY(TaskScope::drainAll()); }
    void oversizedAnswersAreNotRead();
    void unpackedAnswersAreBounded();
    void silentServersTimeOut();
    void hangingBodiesTimeOut();
    void cutBodiesAreNoAnswer();
    void refusedConnectionNamesHostAndCause();
    void unknownHostNamesIt();
    void refusesBrokenTls();
    void repeatsReadingAfter503();
    void obeysRetryAfter();
    void givesUpOnLongRetryAfter();
    void startsOnlyOnce_data();
    void startsOnlyOnce();
    void keepsTheKeyToItsHost();
    void followsRedirectionsOfTheSameHost();
    void redirectionCirclesEnd();
    void refusesPlainHttpElsewhere();
    void cancelsByTokenAndByClient();
    void recordsRequestsWithoutTheKey();
};

void TestHttpTransport::oversizedAnswersAreNotRead()
{
    ClientOptions options = quickOptions();
    options.maximumAnswerBytes = 10'000;
    Fixture f([](const ScriptedRequest &) { return reply(200, QByteArray(1'000'000, ' ')); }, options);
    const auto result = blockingResult(f.client.listDefinitions());
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::Limit);
    QVERIFY(result.error().message.contains(f.host()));
}

void TestHttpTransport::unpackedAnswersAreBounded()
{
    // 8 MiB of blanks, packed: what counts is what it unpacks to.
    QByteArray packed = qCompress(QByteArray(8 * 1024 * 1024, ' '), 9);
    packed.remove(0, 4); // the length Qt puts in front of the zlib stream
    ClientOptions options = quickOptions();
    options.maximumAnswerBytes = 100'000;
    Fixture f(
        [packed](const ScriptedRequest &) {
            return reply(200, packed, {{"Content-Encoding", "deflate"}});
        },
        options);
    const auto result = blockingResult(f.client.listDefinitions());
    QVERIFY(!result);
    QVERIFY(result.error().code == ErrorCode::Limit || result.error().code == ErrorCode::Unreachable);
}

void TestHttpTransport::silentServersTimeOut()
{
    ClientOptions options = quickOptions();
    options.idleTimeout = 50ms;
    Fixture f([](const ScriptedRequest &) { return fault(ScriptedReply::Fault::Silent); }, options);
    const auto result = blockingResult(f.client.listDefinitions());
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::Timeout);
    QVERIFY(result.error().message.contains(f.host()));
}

void TestHttpTransport::hangingBodiesTimeOut()
{
    ClientOptions options = quickOptions();
    options.idleTimeout = 60'000ms;
    options.totalTimeout = 80ms;
    Fixture f([](const ScriptedRequest &) { return fault(ScriptedReply::Fault::HangInBody, "[          ]"); }, options);
    const auto result = blockingResult(f.client.listDefinitions());
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::Timeout);
}

void TestHttpTransport::cutBodiesAreNoAnswer()
{
    Fixture f([](const ScriptedRequest &) { return fault(ScriptedReply::Fault::CutBody, "[]                  "); });
    const auto result = blockingResult(f.client.listDefinitions());
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::Unreachable);
    QVERIFY2(result.error().message.contains(QLatin1StringView("middle")), qPrintable(result.error().message));
}

void TestHttpTransport::refusedConnectionNamesHostAndCause()
{
    Fixture f({});
    f.server.goAway();
    const auto result = blockingResult(f.client.listDefinitions());
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::Unreachable);
    QVERIFY2(result.error().message.contains(f.host()), qPrintable(result.error().message));
    QVERIFY2(result.error().message.contains(QLatin1StringView("refused the connection")),
        qPrintable(result.error().message));
}

void TestHttpTransport::unknownHostNamesIt()
{
    AutomationClient client(
        {QStringLiteral("n"), QUrl(QStringLiteral("https://no-such-host.invalid")), QStringLiteral("acme")}, secret,
        quickOptions());
    const auto result = blockingResult(client.listDefinitions());
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::Unreachable);
    QVERIFY(result.error().message.contains(QLatin1StringView("no-such-host.invalid")));
}

void TestHttpTransport::refusesBrokenTls()
{
    // Somebody who cannot prove who they are: here, who does not even speak TLS.
    ScriptedServer server([](const ScriptedRequest &) { return reply(200, "[]"); });
    QUrl url = server.url();
    url.setScheme(QStringLiteral("https"));
    ClientOptions options = quickOptions();
    options.idleTimeout = 300ms; // the server waits for the end of a head that never comes
    AutomationClient client({QStringLiteral("n"), url, QStringLiteral("acme")}, secret, options);
    const auto result = blockingResult(client.listDefinitions());
    QVERIFY(!result);
    QVERIFY(result.error().code == ErrorCode::Unreachable || result.error().code == ErrorCode::Timeout);
    QVERIFY(result.error().message.contains(url.authority()));
    QVERIFY(server.requests().isEmpty()); // no key was readable
}

void TestHttpTransport::repeatsReadingAfter503()
{
    int count = 0;
    Fixture f(
        [&count](const ScriptedRequest &) { return ++count < 3 ? reply(503, "<html>busy</html>") : reply(200, "[]"); });
    QVERIFY(blockingResult(f.client.listDefinitions()));
    QCOMPARE(count, 3);
    count = -100;
    const auto result = blockingResult(f.client.listDefinitions());
    QVERIFY(!result);
    QCOMPARE(count, -100 + 4); // once and three times more
}

void TestHttpTransport::obeysRetryAfter()
{
    QList<qint64> times;
    QElapsedTimer clock;
    clock.start();
    Fixture f([&times, &clock](const ScriptedRequest &) {
        times.append(clock.elapsed());
        return times.size() == 1 ? reply(429, {}, {{"Retry-After", "1"}}) : reply(200, "[]");
    });
    QVERIFY(blockingResult(f.client.listDefinitions()));
    QCOMPARE(times.size(), 2);
    QVERIFY(times.at(1) - times.at(0) >= 900); // timers may be early by a fraction, never by half
}

void TestHttpTransport::givesUpOnLongRetryAfter()
{
    Fixture f([](const ScriptedRequest &) { return reply(429, {}, {{"Retry-After", "3600"}}); });
    const auto result = blockingResult(f.client.listDefinitions());
    QVERIFY(!result);
    QVERIFY(result.error().message.contains(QLatin1StringView("429")));
    QCOMPARE(f.server.requests().size(), 1);
}

void TestHttpTransport::startsOnlyOnce_data()
{
    QTest::addColumn<int>("status"); // 0 = closes the connection without an answer
    QTest::newRow("closed before the answer") << 0;
    QTest::newRow("503") << 503;
    QTest::newRow("429") << 429;
}

void TestHttpTransport::startsOnlyOnce()
{
    QFETCH(int, status);
    Fixture f([status](const ScriptedRequest &) {
        return status == 0 ? fault(ScriptedReply::Fault::CloseAtOnce) : reply(status);
    });
    const auto result = blockingResult(f.client.startInstance(QStringLiteral("d1"), JsonValue::object()));
    QVERIFY(!result);
    QVERIFY2(result.error().message.contains(f.host()), qPrintable(result.error().message));
    QCOMPARE(f.server.requests().size(), 1);
}

void TestHttpTransport::keepsTheKeyToItsHost()
{
    ScriptedServer thief([](const ScriptedRequest &) { return reply(200, "[]"); });
    Fixture f([&thief](const ScriptedRequest &) {
        return reply(302, {}, {{"Location", thief.url().toEncoded() + "/api"}});
    });
    const auto result = blockingResult(f.client.listDefinitions());
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::Refused);
    QVERIFY(thief.requests().isEmpty());
    // To plain http, to another user, to nowhere.
    for (const QByteArray &target : {QByteArray("http://example.com/"), QByteArray("//example.com/x"),
             QByteArray("http://u:p@127.0.0.1/"), QByteArray("")}) {
        f.server.setScript([target](const ScriptedRequest &) { return reply(307, {}, {{"Location", target}}); });
        QVERIFY(!blockingResult(f.client.listDefinitions()));
    }
}

void TestHttpTransport::followsRedirectionsOfTheSameHost()
{
    Fixture f([](const ScriptedRequest &request) {
        return request.path() == QLatin1StringView("/moved") ? reply(200, "[]")
                                                             : reply(302, {}, {{"Location", "/moved"}});
    });
    QVERIFY(blockingResult(f.client.listDefinitions()));
    QCOMPARE(f.server.requests().last().headers.value("authorization"), "Bearer " + secret.toUtf8());
    // A POST that would silently become something else is not followed.
    const auto started = blockingResult(f.client.startInstance(QStringLiteral("d"), JsonValue::object()));
    QVERIFY(!started);
    QCOMPARE(started.error().code, ErrorCode::Refused);
}

void TestHttpTransport::redirectionCirclesEnd()
{
    Fixture f([](const ScriptedRequest &) { return reply(302, {}, {{"Location", "/again"}}); });
    QVERIFY(!blockingResult(f.client.listDefinitions()));
    QVERIFY(f.server.requests().size() < 20);
}

void TestHttpTransport::refusesPlainHttpElsewhere()
{
    AutomationClient client({QStringLiteral("n"), QUrl(QStringLiteral("http://192.0.2.1")), QStringLiteral("acme")},
        secret, quickOptions());
    const auto result = blockingResult(client.listDefinitions());
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::InvalidArgument);
    QVERIFY(result.error().message.contains(QLatin1StringView("https")));
}

void TestHttpTransport::cancelsByTokenAndByClient()
{
    Fixture f([](const ScriptedRequest &) { return fault(ScriptedReply::Fault::Silent); });
    std::stop_source stop;
    QObject::connect(&f.server, &ScriptedServer::requested, &f.server, [&stop] { stop.request_stop(); });
    const auto byToken = blockingResult(f.client.listDefinitions(stop.get_token()));
    QVERIFY(!byToken);
    QCOMPARE(byToken.error().code, ErrorCode::Cancelled);
    QObject::connect(&f.server, &ScriptedServer::requested, &f.server, [&f] { f.client.cancel(); });
    const auto byClient = blockingResult(f.client.listDefinitions());
    QVERIFY(!byClient);
    QCOMPARE(byClient.error().code, ErrorCode::Cancelled);
    f.server.disconnect(SIGNAL(requested()));
    f.server.setScript([](const ScriptedRequest &) { return reply(200, "[]"); });
    QVERIFY(blockingResult(f.client.listDefinitions())); // still usable
}

void TestHttpTransport::recordsRequestsWithoutTheKey()
{
    QList<RequestRecord> records;
    Fixture f(
        [](const ScriptedRequest &request) { return reply(request.path().contains(secret) ? 500 : 200, R"([])"); });
    f.client.setObserver([&records](const RequestRecord &record) { records.append(record); });
    QVERIFY(blockingResult(f.client.listDefinitions()));
    QVERIFY(!blockingResult(f.client.definitionVersions(secret)));
    QCOMPARE(records.size(), 2);
    QCOMPARE(records.first().method, QStringLiteral("GET"));
    QCOMPARE(records.first().status, 200);
    QVERIFY(records.first().error.isEmpty());
    QVERIFY(records.first().path.startsWith(QLatin1StringView("/api/v1/accounts/acme%201/definitions")));
    QCOMPARE(records.last().status, 500);
    QVERIFY(!records.last().error.isEmpty());
    for (const RequestRecord &record : std::as_const(records))
        QVERIFY(!record.path.contains(secret) && !record.error.contains(secret));
}

QTEST_GUILESS_MAIN(TestHttpTransport)
#include "tst_httptransport.moc"
