#include "tests/sandbox/rehearsal.h"

#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace automation;
using namespace Qt::StringLiterals;

namespace {

// Answers every connection with fixed bytes once a whole request has arrived, and remembers the requests.
class CannedServer : public QTcpServer
{
public:
    explicit CannedServer(const QByteArray &answer)
        : m_answer(answer)
    {
        connect(this, &QTcpServer::newConnection, this, [this] {
            while (QTcpSocket *socket = nextPendingConnection()) {
                connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(socket); });
                connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
            }
        });
        listen(QHostAddress::LocalHost);
    }
    QByteArray url(const QByteArray &path = "/hook") const
    {
        return "http://127.0.0.1:" + QByteArray::number(serverPort()) + path;
    }
    // Answers what was asked so far.
    void release()
    {
        for (const QPointer<QTcpSocket> &socket : std::exchange(m_waiting, {})) {
            if (!socket)
                continue;
            socket->write(m_answer);
            socket->disconnectFromHost();
        }
    }
    QByteArrayList requests;
    bool holdsAnswers = false;

private:
    void read(QTcpSocket *socket)
    {
        const QByteArray received = socket->property("received").toByteArray() + socket->readAll();
        socket->setProperty("received", received);
        const qsizetype head = received.indexOf("\r\n\r\n");
        const qsizetype length = received.toLower().indexOf("content-length: ");
        const qsizetype expected
            = length < 0 ? 0 : received.mid(length + 16, received.indexOf('\r', length) - length - 16).toInt();
        if (head < 0 || received.size() < head + 4 + expected)
            return;
        requests.append(received);
        m_waiting.append(socket);
        if (!holdsAnswers && !m_answer.isEmpty())
            release();
    }
    QByteArray m_answer; // empty: never answers
    QList<QPointer<QTcpSocket>> m_waiting;
};

QByteArray answer(const QByteArray &status, const QByteArray &body, const QByteArray &headers = {})
{
    return "HTTP/1.1 " + status + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\nConnection: close\r\n"
        + headers + "\r\n" + body;
}

QByteArray step(const QByteArray &url, const QByteArray &more = R"("method":"POST","body":{"a":"{{data.a}}"})")
{
    return R"([{"id":"call","stepType":"HttpRequest","inputs":{"url":")" + url + R"(",)" + more
        + R"(},"outputs":{"code":"{{step.responseCode}}","reason":"{{step.reasonPhrase}}","body":"{{step.responseBody}}"}}])";
}

} // namespace

class HttpStepTest : public QObject
{
    Q_OBJECT
private slots:
    void sendsAndReads();
    void keepsErrorsOfTheServerAsAnswers();
    void getSendsNoEmptyBody();
    void unreachableServerTerminates();
    void faults_data();
    void faults();
    void timesOut();
    void terminateEndsACallUnderWay();
    void suspendLetsACallEnd();
};

void HttpStepTest::sendsAndReads()
{
    CannedServer server(answer("200 Fine", R"({"id":12345678901234567890})"));
    Rehearsal sandbox;
    const QString definition = sandbox.create(step(server.url("/hook?x=1"),
        R"("method":"post","headers":{"X-One":"{{data.a}}","Host":"evil"},"parameters":{"q":"a b&c"},"body":{"a":"{{data.a}}"})"));
    const QString workflow = sandbox.start(definition, R"({"a":7})");
    QCOMPARE(sandbox.status(definition, workflow), u"Complete"_s);
    const JsonValue data = sandbox.instance(definition, workflow)["data"_L1];
    QCOMPARE(data["code"_L1].toInteger(), 200);
    QCOMPARE(data["reason"_L1].toString(), u"Fine"_s);
    QCOMPARE(server.requests.size(), 1);
    const QByteArray request = server.requests.first();
    QVERIFY2(request.startsWith("POST /hook?x=1&q=a%20b%26c HTTP/1.1\r\n"), request.constData());
    QVERIFY(request.toLower().contains("x-one: 7\r\n"));
    QVERIFY(request.toLower().contains("content-type: application/json\r\n"));
    QVERIFY(!request.contains("evil"));
    QVERIFY(request.endsWith(R"({"a":7})"));
}

void HttpStepTest::keepsErrorsOfTheServerAsAnswers()
{
    for (const QByteArray &status : {QByteArray("404 Not Found"), QByteArray("500 Oops"), QByteArray("401 No")}) {
        CannedServer server(answer(status, R"({"why":"because"})"));
        Rehearsal sandbox;
        const QString definition = sandbox.create(step(server.url()));
        const QString workflow = sandbox.start(definition);
        QCOMPARE(sandbox.status(definition, workflow), u"Complete"_s);
        const JsonValue data = sandbox.instance(definition, workflow)["data"_L1];
        QCOMPARE(data["code"_L1].toInteger(), status.left(3).toInt());
        QCOMPARE(data["body"_L1]["why"_L1].toString(), u"because"_s);
    }
}

void HttpStepTest::getSendsNoEmptyBody()
{
    CannedServer server(answer("204 No Content", {}));
    Rehearsal sandbox;
    const QString definition = sandbox.create(
        step(server.url(), R"("method":"GET","body":{},"headers":{"content-Type":"application/json"})"));
    const QString workflow = sandbox.start(definition);
    QCOMPARE(sandbox.status(definition, workflow), u"Complete"_s);
    QVERIFY(server.requests.first().startsWith("GET /hook HTTP/1.1\r\n"));
    QVERIFY(server.requests.first().endsWith("\r\n\r\n"));
    QVERIFY(sandbox.instance(definition, workflow)["data"_L1]["body"_L1].isNull());
}

void HttpStepTest::unreachableServerTerminates()
{
    QByteArray url;
    {
        CannedServer closed({});
        url = closed.url();
    }
    Rehearsal sandbox;
    const QString definition = sandbox.create(step(url));
    const QString workflow = sandbox.start(definition);
    QCOMPARE(sandbox.status(definition, workflow), u"Terminated"_s);
    const JsonValue errors = sandbox.errors(definition, workflow);
    QCOMPARE(errors.size(), 1);
    QCOMPARE(errors.at(0)["step"_L1].toString(), u"call"_s);
    const QString message = errors.at(0)["message"_L1].toString();
    QVERIFY2(message.startsWith(u"Call failed. "_s), qPrintable(message));
    QVERIFY2(message.endsWith(u": POST "_s + QString::fromLatin1(url)), qPrintable(message));
}

void HttpStepTest::faults_data()
{
    QTest::addColumn<QByteArray>("response");
    QTest::addColumn<QString>("message");
    QTest::newRow("html") << answer("200 OK", "<html></html>")
                          << u"Unexpected character encountered while parsing value: <. Path '', line 0, position 0."_s;
    QTest::newRow("text") << answer("200 OK", "Hello")
                          << u"Unexpected character encountered while parsing value: H. Path '', line 0, position 0."_s;
    QTest::newRow("broken json") << answer("200 OK", "{\"a\":") << u"The answer is not JSON"_s;
    QTest::newRow("too large") << answer("200 OK", '"' + QByteArray(5 * 1024 * 1024, 'x') + '"')
                               << u"larger than 4 MiB"_s;
    QTest::newRow("not http") << QByteArray("SSH-2.0-x\r\n") << u"Call failed. "_s;
    QTest::newRow("cut off") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{") << u"Call failed. "_s;
    QTest::newRow("other host") << answer("302 Found", {}, "Location: http://127.0.0.2:9/\r\n")
                                << u"redirect to another host"_s;
}

void HttpStepTest::faults()
{
    QFETCH(QByteArray, response);
    QFETCH(QString, message);
    CannedServer server(response);
    Rehearsal sandbox;
    const QString definition = sandbox.create(step(server.url()));
    const QString workflow = sandbox.start(definition);
    QCOMPARE(sandbox.status(definition, workflow), u"Terminated"_s);
    const QString found = sandbox.errors(definition, workflow).at(0)["message"_L1].toString();
    QVERIFY2(found.contains(message), qPrintable(found));
}

void HttpStepTest::timesOut()
{
    CannedServer silent({});
    Rehearsal sandbox;
    const QString definition = sandbox.create(step(silent.url(), R"("method":"GET","timeoutSeconds":0.1)"));
    const QString workflow = sandbox.start(definition);
    QCOMPARE(sandbox.status(definition, workflow), u"Terminated"_s);
    QVERIFY(sandbox.errors(definition, workflow).at(0)["message"_L1].toString().contains(u"timed out"_s));
}

void HttpStepTest::terminateEndsACallUnderWay()
{
    CannedServer silent({});
    Rehearsal sandbox;
    const QString definition = sandbox.create(step(silent.url()));
    const QByteArray location
        = sandbox.call("POST", u"definitions/%1/workflows"_s.arg(definition), JsonValue::object()).location;
    const QString workflow = QString::fromLatin1(location.mid(location.lastIndexOf('/') + 1));
    QTRY_COMPARE(silent.requests.size(), 1);
    QCOMPARE(sandbox.log(definition, workflow), QStringList {u"call:Running"_s});
    QVERIFY(!sandbox.call("GET", u"/sandbox/state"_s).body["idle"_L1].toBool());
    QCOMPARE(sandbox
                 .call("PATCH", u"definitions/%1/workflows/%2"_s.arg(definition, workflow),
                     Rehearsal::json(R"({"status":"terminate"})"))
                 .status,
        200);
    QVERIFY(sandbox.settle());
    QCOMPARE(sandbox.status(definition, workflow), u"Terminated"_s);
    QCOMPARE(sandbox.errors(definition, workflow).size(), 0);
}

void HttpStepTest::suspendLetsACallEnd()
{
    CannedServer server(answer("200 OK", "{}"));
    server.holdsAnswers = true;
    Rehearsal sandbox;
    const QString definition = sandbox.create(step(server.url()).chopped(2)
        + R"(,"nextStepId":"end"},{"id":"end","stepType":"Branch","selectNextStep":{}}])");
    const QByteArray location
        = sandbox.call("POST", u"definitions/%1/workflows"_s.arg(definition), JsonValue::object()).location;
    const QString path = u"definitions/%1/workflows/%2"_s.arg(
        definition, QString::fromLatin1(location.mid(location.lastIndexOf('/') + 1)));
    QTRY_COMPARE(server.requests.size(), 1);
    QCOMPARE(sandbox.log(definition, path.section(u'/', -1)), QStringList {u"call:Running"_s});
    QCOMPARE(sandbox.call("PATCH", path, Rehearsal::json(R"({"status":"suspend"})")).status, 200);
    server.release();
    QVERIFY(sandbox.settle());
    QCOMPARE(sandbox.log(definition, path.section(u'/', -1)), (QStringList {u"call:Complete"_s, u"end:Pending"_s}));
    QCOMPARE(sandbox.call("PATCH", path, Rehearsal::json(R"({"status":"resume"})")).status, 200);
    QVERIFY(sandbox.settle());
    QCOMPARE(sandbox.status(definition, path.section(u'/', -1)), u"Complete"_s);
}

QTEST_GUILESS_MAIN(HttpStepTest)
#include "tst_httpstep.moc"
