#include "model/expression/processevaluator.h"
#include "model/sandbox/sandboxserver.h"
#include "tests/sandbox/rehearsal.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSignalSpy>
#include <QTcpSocket>
#include <QTest>

using namespace automation;
using namespace Qt::StringLiterals;

namespace {

const QByteArray quick = R"({"trigger":"http_request","definition":{"name":"N","steps":[)"
                         R"({"id":"b","stepType":"Branch","selectNextStep":{}}]}})";

SandboxOptions memoryOptions()
{
    SandboxOptions options;
    options.account = Rehearsal::account();
    options.key = Rehearsal::key();
    options.evaluator = [] { return std::make_unique<ProcessEvaluator>(); };
    return options;
}

} // namespace

// The HTTP front over loopback.
class SandboxServerTest : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void answersEveryEndpoint();
    void listensOnLoopbackOnly();
    void namesATakenPort();
    void demandsTheKey();
    void realClockRunsTimers();
    void refusesToMoveARealClock();
    void refusesHugeBodies();
    void refusesDeepJson();
    void answersRawRequests_data();
    void answersRawRequests();
    void readsChunkedBodiesInPieces();
    void answersSeveralRequestsOnOneConnection();
    void survivesClientsThatLeave();
    void endsWhileStepsRun();

private:
    struct Answer
    {
        int status = 0;
        JsonValue body;
        QByteArray location;
        QByteArray contentType;
    };
    Answer call(const QByteArray &method, const QString &path, const QByteArray &body = {},
        const QByteArray &key = "Bearer test-key");
    QByteArray raw(const QByteArrayList &pieces);

    std::unique_ptr<SandboxServer> m_server;
    QNetworkAccessManager m_network;
};

void SandboxServerTest::init()
{
    m_server = std::make_unique<SandboxServer>(memoryOptions());
    const Result<void> started = m_server->start();
    QVERIFY2(started.isOk(), started ? "" : qPrintable(started.error().message));
}

void SandboxServerTest::cleanup()
{
    m_server.reset();
    m_network.clearConnectionCache();
}

SandboxServerTest::Answer SandboxServerTest::call(
    const QByteArray &method, const QString &path, const QByteArray &body, const QByteArray &key)
{
    const QString full = path.startsWith(u'/') ? path : u"/api/v1/accounts/%1/%2"_s.arg(Rehearsal::account(), path);
    QNetworkRequest request(QUrl(m_server->url().toString() + full));
    if (!key.isEmpty())
        request.setRawHeader("Authorization", key);
    if (!body.isEmpty())
        request.setRawHeader("Content-Type", "application/json");
    const std::unique_ptr<QNetworkReply> reply(m_network.sendCustomRequest(request, method, body));
    if (!QTest::qWaitFor([&] { return reply->isFinished(); }, 20000))
        return {};
    Answer answer;
    answer.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    answer.location = reply->rawHeader("Location");
    answer.contentType = reply->rawHeader("Content-Type");
    const QByteArray text = reply->readAll();
    if (!text.isEmpty())
        answer.body = Rehearsal::json(text);
    return answer;
}

// Sends each piece when the one before has left; everything the server sends until it closes the connection.
QByteArray SandboxServerTest::raw(const QByteArrayList &pieces)
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress(QHostAddress::LocalHost), static_cast<quint16>(m_server->url().port()));
    if (!QTest::qWaitFor([&] { return socket.state() == QAbstractSocket::ConnectedState; }))
        return {};
    QByteArray received;
    connect(&socket, &QTcpSocket::readyRead, &socket, [&] { received += socket.readAll(); });
    for (const QByteArray &piece : pieces) {
        socket.write(piece);
        if (!QTest::qWaitFor([&] { return socket.bytesToWrite() == 0; }))
            return {};
    }
    if (!QTest::qWaitFor([&] { return socket.state() == QAbstractSocket::UnconnectedState; }, 10000))
        return "the connection stayed open: " + received;
    return received;
}

void SandboxServerTest::answersEveryEndpoint()
{
    auto answer = call("POST", u"definitions"_s, quick);
    QCOMPARE(answer.status, 201);
    QCOMPARE(answer.contentType, QByteArray("application/json; charset=utf-8"));
    const QString id = answer.body["definition"_L1]["id"_L1].toString();
    QCOMPARE(answer.location, "/api/v1/accounts/acme_1A2b3/definitions/" + id.toLatin1());
    QCOMPARE(call("GET", u"definitions?limit=1&offset=0"_s).body.size(), 1);
    QCOMPARE(call("GET", u"definitions/"_s + id).body.size(), 1);
    QCOMPARE(call("PUT", u"definitions/"_s + id, quick).status, 200);

    answer = call("POST", u"definitions/%1/workflows"_s.arg(id), R"({"name":"Zoë 😀"})");
    QCOMPARE(answer.status, 201);
    const QString path = u"definitions/%1/workflows/%2"_s.arg(id, QString::fromLatin1(answer.location.right(24)));
    QTRY_COMPARE(call("GET", path).body["status"_L1].toString(), u"Complete"_s);
    QCOMPARE(call("GET", path + u"?includeLogs=true"_s).body["logs"_L1].size(), 1);
    QCOMPARE(call("GET", path).body["data"_L1]["name"_L1].toString(), u"Zoë 😀"_s);
    QCOMPARE(call("GET", u"definitions/%1/workflows?status=Complete"_s.arg(id)).body.size(), 1);
    answer = call("PATCH", path, R"({"status":"resume"})");
    QCOMPARE(answer.status, 400);
    QCOMPARE(answer.body["message"_L1].toString(), u"Cannot resume a workflow in status Complete"_s);
    QCOMPARE(call("GET", path + u"/errors"_s).body, JsonValue::array());

    QCOMPARE(call("POST", u"triggers/http_request?subAccountId=s"_s, "{}").status, 200);
    QVERIFY(call("GET", u"steps/timezones"_s).body.size() > 100);
    QVERIFY(call("GET", u"steps/functions"_s).body.size() >= 5);
    QCOMPARE(call("GET", u"usage"_s).body["executedWorkflowCount"_L1].toInteger(), 1);
    QCOMPARE(call("GET", u"usage/history"_s).body.size(), 1);
    QCOMPARE(call("DELETE", u"definitions/"_s + id).status, 202);
    QCOMPARE(call("GET", u"definitions"_s).body.size(), 0);
}

void SandboxServerTest::listensOnLoopbackOnly()
{
    QCOMPARE(m_server->url().host(), u"127.0.0.1"_s);
    QTcpSocket socket;
    socket.connectToHost(QHostAddress(u"127.0.0.2"_s), static_cast<quint16>(m_server->url().port()));
    QTRY_COMPARE(socket.error(), QAbstractSocket::ConnectionRefusedError);
}

void SandboxServerTest::namesATakenPort()
{
    SandboxOptions options = memoryOptions();
    options.port = static_cast<quint16>(m_server->url().port());
    SandboxServer second(options);
    const Result<void> started = second.start();
    QVERIFY(!started);
    QVERIFY(started.error().message.contains(QString::number(options.port)));
}

void SandboxServerTest::demandsTheKey()
{
    QCOMPARE(call("GET", u"definitions"_s, {}, {}).status, 401);
    const Answer wrong = call("GET", u"/sandbox/state"_s, {}, "Bearer other");
    QCOMPARE(wrong.status, 401);
    QCOMPARE(wrong.body["code"_L1].toInteger(), 1401);
}

void SandboxServerTest::realClockRunsTimers()
{
    const QByteArray definition = R"({"trigger":"http_request","definition":{"name":"N","steps":[)"
                                  R"({"id":"w","stepType":"Wait","inputs":{"duration":"00:00:01"},"nextStepId":"b"},)"
                                  R"({"id":"b","stepType":"Branch","selectNextStep":{}}]}})";
    const QString id = call("POST", u"definitions"_s, definition).body["definition"_L1]["id"_L1].toString();
    const Answer started = call("POST", u"definitions/%1/workflows"_s.arg(id), "{}");
    const QString path = u"definitions/%1/workflows/%2"_s.arg(id, QString::fromLatin1(started.location.right(24)));
    QTRY_COMPARE_WITH_TIMEOUT(call("GET", path).body["status"_L1].toString(), u"Complete"_s, 20000);
}

void SandboxServerTest::refusesToMoveARealClock()
{
    QCOMPARE(call("POST", u"/sandbox/clock/advance"_s, R"({"by":"1"})").status, 400);
}

void SandboxServerTest::refusesHugeBodies()
{
    const QByteArray head = "POST /api/v1/accounts/acme_1A2b3/definitions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                            "test-key\r\n";
    const QByteArray announced = raw({head + "Content-Length: 4194305\r\n\r\n"});
    QVERIFY2(announced.startsWith("HTTP/1.1 413 "), announced.constData());
    QVERIFY(announced.contains("\"code\":1413"));
    const QByteArray chunked = raw({head + "Transfer-Encoding: chunked\r\n\r\n", "400001\r\n"});
    QVERIFY2(chunked.startsWith("HTTP/1.1 413 "), chunked.constData());
    // Just below the limit it is read.
    const QByteArray text = R"({"x":")" + QByteArray(4 * 1024 * 1024 - 8, 'x') + R"("})";
    QCOMPARE(call("POST", u"definitions"_s, text).body["code"_L1].toInteger(), 5001);
}

void SandboxServerTest::refusesDeepJson()
{
    const Answer answer = call("POST", u"definitions"_s, QByteArray(2'000'000, '['));
    QCOMPARE(answer.status, 400);
    QCOMPARE(answer.body["code"_L1].toInteger(), 5000);
}

void SandboxServerTest::answersRawRequests_data()
{
    QTest::addColumn<QByteArrayList>("pieces");
    QTest::addColumn<QByteArray>("status");
    const QByteArray line = "GET /sandbox/state HTTP/1.1\r\n";
    const QByteArray key = "Authorization: Bearer test-key\r\nConnection: close\r\n";
    QTest::newRow("plain") << QByteArrayList {line + key + "\r\n"} << QByteArray("200");
    QTest::newRow("blank lines first") << QByteArrayList {"\r\n\r\n" + line + key + "\r\n"} << QByteArray("200");
    QTest::newRow("byte by byte") << QByteArrayList {line.left(1), line.mid(1), key.left(3), key.mid(3), "\r", "\n"}
                                  << QByteArray("200");
    QTest::newRow("HTTP/1.0")
        << QByteArrayList {"GET /sandbox/state HTTP/1.0\r\nAuthorization: bearer test-key\r\n\r\n"}
        << QByteArray("200");
    QTest::newRow("HEAD") << QByteArrayList {"HEAD /sandbox/state HTTP/1.1\r\n" + key + "\r\n"} << QByteArray("405");
    QTest::newRow("no http") << QByteArrayList {"hello\r\n\r\n"} << QByteArray("400");
    QTest::newRow("tls") << QByteArrayList {QByteArray("\x16\x03\x01\x02\x00\x01\r\n\r\n", 10)} << QByteArray("400");
    QTest::newRow("HTTP/2") << QByteArrayList {"PRI * HTTP/2.0\r\n\r\n"} << QByteArray("400");
    QTest::newRow("HTTP/9") << QByteArrayList {"GET / HTTP/9.0\r\n\r\n"} << QByteArray("505");
    QTest::newRow("no colon") << QByteArrayList {line + "nonsense\r\n\r\n"} << QByteArray("400");
    QTest::newRow("negative length") << QByteArrayList {line + "Content-Length: -1\r\n\r\n"} << QByteArray("400");
    QTest::newRow("two lengths") << QByteArrayList {line + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n"}
                                 << QByteArray("400");
    QTest::newRow("length and chunks") << QByteArrayList {line
        + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n"}
                                       << QByteArray("400");
    QTest::newRow("gzip") << QByteArrayList {line + "Transfer-Encoding: gzip\r\n\r\n"} << QByteArray("400");
    QTest::newRow("chunk size") << QByteArrayList {line + "Transfer-Encoding: chunked\r\n\r\n-5\r\n"}
                                << QByteArray("400");
    QTest::newRow("chunk end") << QByteArrayList {line + "Transfer-Encoding: chunked\r\n\r\n1\r\nabc"}
                               << QByteArray("400");
    QTest::newRow("endless head") << QByteArrayList {line + "X: " + QByteArray(70'000, 'x')} << QByteArray("431");
    QTest::newRow("invalid escapes") << QByteArrayList {"GET /%zz%00%ff HTTP/1.1\r\n" + key + "\r\n"}
                                     << QByteArray("404");
}

void SandboxServerTest::answersRawRequests()
{
    QFETCH(QByteArrayList, pieces);
    QFETCH(QByteArray, status);
    const QByteArray answer = raw(pieces);
    QVERIFY2(answer.startsWith("HTTP/1.1 " + status + ' '), answer.constData());
    QCOMPARE(call("GET", u"/sandbox/state"_s).status, 200);
}

void SandboxServerTest::readsChunkedBodiesInPieces()
{
    const QByteArray answer = raw({"POST /api/v1/accounts/acme_1A2b3/triggers/http_request HTTP/1.1\r\nAuthorization: "
                                   "Bearer test-key\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n",
        "1", "\r\n{", "\r", "\n1;ext=1\r\n}\r\n0", "\r\nTrailer: x\r\n", "\r\n"});
    QVERIFY2(answer.startsWith("HTTP/1.1 200 "), answer.constData());
}

void SandboxServerTest::answersSeveralRequestsOnOneConnection()
{
    const QByteArray request = "GET /sandbox/changes HTTP/1.1\r\nAuthorization: Bearer test-key\r\n";
    const QByteArray answer = raw({request + "\r\n" + request + "\r\n" + request + "Connection: close\r\n\r\n"});
    QCOMPARE(answer.count("HTTP/1.1 200 OK"), 3);
}

void SandboxServerTest::survivesClientsThatLeave()
{
    for (int i = 0; i < 20; ++i) {
        QTcpSocket socket;
        socket.connectToHost(QHostAddress(QHostAddress::LocalHost), static_cast<quint16>(m_server->url().port()));
        QTRY_COMPARE(socket.state(), QAbstractSocket::ConnectedState);
        socket.write("GET /sandbox/state HTTP/1.1\r\nAuthorization: Bearer test-key\r\n\r\n");
        socket.flush();
        socket.abort();
    }
    QCOMPARE(call("GET", u"/sandbox/state"_s).status, 200);
}

void SandboxServerTest::endsWhileStepsRun()
{
    const QByteArray loop
        = R"({"trigger":"http_request","definition":{"name":"N","steps":[{"id":"b","stepType":"Branch",)"
          R"("outputs":{"n":"{{(data.n || 0) + 1}}"},"nextStepId":"b","selectNextStep":{}}]}})";
    const QString id = call("POST", u"definitions"_s, loop).body["definition"_L1]["id"_L1].toString();
    QCOMPARE(call("POST", u"definitions/%1/workflows"_s.arg(id), "{}").status, 201);
    QCOMPARE(call("GET", u"/sandbox/state"_s).status, 200);
    m_server.reset();
    QVERIFY(!m_server);
}

QTEST_GUILESS_MAIN(SandboxServerTest)
#include "tst_sandboxserver.moc"
