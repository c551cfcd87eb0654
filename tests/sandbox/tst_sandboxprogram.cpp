#include "tests/sandbox/rehearsal.h"

#include <QFileInfo>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QProcess>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

using namespace automation;
using namespace Qt::StringLiterals;

// automation-sandbox as a process.
class SandboxProgramTest : public QObject
{
    Q_OBJECT
private slots:
    void saysWhereItIs();
    void takesTheKeyFromTheEnvironment();
    void endsWithItsParent();
    void refusesBadArguments_data();
    void refusesBadArguments();
    void namesATakenPort();
    void dataFolderIsForItsOwner();
    void killedInstancesGoOnAfterRestart();

private:
    struct Sandbox
    {
        ~Sandbox()
        {
            process.terminate();
            process.waitForFinished();
        }
        QProcess process;
        QString url;
        QString account;
        QByteArray key;
    };
    std::unique_ptr<Sandbox> start(const QStringList &arguments,
        const QProcessEnvironment &environment = QProcessEnvironment::systemEnvironment());
    JsonValue call(const Sandbox &sandbox, const QByteArray &method, const QString &path, const QByteArray &body = {},
        QByteArray *location = nullptr);

    QNetworkAccessManager m_network;
};

namespace {

const QString program = QStringLiteral(PROGRAM_DIR) + u"/automation-sandbox"_s;

} // namespace

std::unique_ptr<SandboxProgramTest::Sandbox> SandboxProgramTest::start(
    const QStringList &arguments, const QProcessEnvironment &environment)
{
    auto sandbox = std::make_unique<Sandbox>();
    sandbox->process.setProcessEnvironment(environment);
    sandbox->process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    sandbox->process.start(program, arguments);
    if (!QTest::qWaitFor([&] { return sandbox->process.canReadLine(); }, 20000))
        return nullptr;
    const JsonValue ready = Rehearsal::json(sandbox->process.readLine());
    sandbox->url = ready["url"_L1].toString();
    sandbox->account = ready["account"_L1].toString();
    sandbox->key = ready["key"_L1].toString().toUtf8();
    return sandbox;
}

JsonValue SandboxProgramTest::call(
    const Sandbox &sandbox, const QByteArray &method, const QString &path, const QByteArray &body, QByteArray *location)
{
    const QString full = path.startsWith(u'/') ? path : u"/api/v1/accounts/%1/%2"_s.arg(sandbox.account, path);
    QNetworkRequest request(QUrl(sandbox.url + full));
    request.setRawHeader("Authorization", "Bearer " + sandbox.key);
    request.setRawHeader("Content-Type", "application/json");
    const std::unique_ptr<QNetworkReply> reply(m_network.sendCustomRequest(request, method, body));
    if (!QTest::qWaitFor([&] { return reply->isFinished(); }, 20000))
        return {};
    if (location)
        *location = reply->rawHeader("Location");
    const QByteArray text = reply->readAll();
    return text.isEmpty() ? JsonValue() : Rehearsal::json(text);
}

void SandboxProgramTest::saysWhereItIs()
{
    const auto sandbox = start({u"--memory"_s, u"--account"_s, u"acme"_s, u"--key"_s, u"secret"_s});
    QVERIFY(sandbox);
    QVERIFY(sandbox->url.startsWith(u"http://127.0.0.1:"_s));
    QCOMPARE(sandbox->account, u"acme"_s);
    QCOMPARE(sandbox->key, QByteArray("secret"));
    QCOMPARE(call(*sandbox, "GET", u"/sandbox/state"_s)["clock"_L1]["kind"_L1].toString(), u"real"_s);
    sandbox->process.terminate();
    QTRY_COMPARE(sandbox->process.state(), QProcess::NotRunning);
    QCOMPARE(sandbox->process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(sandbox->process.exitCode(), 0);
    QCOMPARE(sandbox->process.readAllStandardOutput(), QByteArray());
}

void SandboxProgramTest::takesTheKeyFromTheEnvironment()
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"AUTOMATION_SANDBOX_KEY"_s, u"from-env"_s);
    const auto named = start({u"--clock"_s, u"virtual"_s}, environment);
    QVERIFY(named);
    QCOMPARE(named->key, QByteArray("from-env"));
    QCOMPARE(call(*named, "GET", u"/sandbox/state"_s)["clock"_L1]["kind"_L1].toString(), u"virtual"_s);
    const auto random = start({u"--memory"_s});
    QVERIFY(random);
    QVERIFY(random->key.size() >= 40);
}

void SandboxProgramTest::endsWithItsParent()
{
    const auto sandbox = start({u"--memory"_s, u"--exit-with-parent"_s});
    QVERIFY(sandbox);
    sandbox->process.closeWriteChannel();
    QTRY_COMPARE(sandbox->process.state(), QProcess::NotRunning);
    QCOMPARE(sandbox->process.exitCode(), 0);
}

void SandboxProgramTest::refusesBadArguments_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("complaint");
    QTest::newRow("unknown") << QStringList {u"--nonsense"_s} << QByteArray("nonsense");
    QTest::newRow("positional") << QStringList {u"file.json"_s} << QByteArray("file.json");
    QTest::newRow("port") << QStringList {u"--port"_s, u"70000"_s} << QByteArray("--port");
    QTest::newRow("clock") << QStringList {u"--clock"_s, u"sundial"_s} << QByteArray("--clock");
    QTest::newRow("both stores") << QStringList {u"--memory"_s, u"--data"_s, u"x"_s} << QByteArray("--memory");
    QTest::newRow("data is a file") << QStringList {u"--data"_s, program} << QByteArray("is not a folder");
    QTest::newRow("data below a file") << QStringList {u"--data"_s, program + u"/x"_s}
                                       << QByteArray("cannot be created");
}

void SandboxProgramTest::refusesBadArguments()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, complaint);
    QProcess process;
    process.start(program, arguments);
    QTRY_COMPARE(process.state(), QProcess::NotRunning);
    QCOMPARE(process.exitCode(), 2);
    QCOMPARE(process.readAllStandardOutput(), QByteArray());
    const QByteArray said = process.readAllStandardError();
    QVERIFY2(said.contains(complaint), said.constData());
    QCOMPARE(said.count('\n'), 1);
}

void SandboxProgramTest::namesATakenPort()
{
    QTcpServer taken;
    QVERIFY(taken.listen(QHostAddress::LocalHost));
    QProcess process;
    process.start(program, {u"--memory"_s, u"--port"_s, QString::number(taken.serverPort())});
    QTRY_COMPARE(process.state(), QProcess::NotRunning);
    QCOMPARE(process.exitCode(), 2);
    QVERIFY(process.readAllStandardError().contains(QByteArray::number(taken.serverPort())));
}

void SandboxProgramTest::dataFolderIsForItsOwner()
{
    QTemporaryDir folder;
    const QString data = folder.filePath(u"a/data"_s);
    const auto sandbox = start({u"--data"_s, data});
    QVERIFY(sandbox);
    const QFile::Permissions others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther
        | QFile::WriteOther | QFile::ExeOther;
    QVERIFY(!(QFileInfo(data).permissions() & others));
    sandbox->process.terminate();
    QTRY_COMPARE(sandbox->process.state(), QProcess::NotRunning);
}

void SandboxProgramTest::killedInstancesGoOnAfterRestart()
{
    QTemporaryDir folder;
    const QStringList arguments {u"--data"_s, folder.path(), u"--key"_s, u"k"_s};
    const QByteArray definition
        = R"({"trigger":"inbound_sms","status":"enabled","definition":{"name":"N","steps":[{"id":"wait",)"
          R"("stepType":"WaitForReply","inputs":{"from":"{{data.payload.source}}","channel":"sms"},)"
          R"("outputs":{"answer":"{{step.reply.payload.body}}"}}]}})";
    QString id;
    QString path;
    {
        const auto sandbox = start(arguments);
        QVERIFY(sandbox);
        id = call(*sandbox, "POST", u"definitions"_s, definition)["definition"_L1]["id"_L1].toString();
        QByteArray location;
        call(*sandbox, "POST", u"definitions/%1/workflows"_s.arg(id), R"({"payload":{"source":"+6591111111"}})",
            &location);
        path = u"definitions/%1/workflows/%2?includeLogs=true"_s.arg(id, QString::fromLatin1(location.right(24)));
        QTRY_COMPARE(call(*sandbox, "GET", path)["logs"_L1].at(0)["status"_L1].toString(), u"WaitingForEvent"_s);
        sandbox->process.kill();
        QTRY_COMPARE(sandbox->process.state(), QProcess::NotRunning);
    }
    const auto sandbox = start(arguments);
    QVERIFY(sandbox);
    QCOMPARE(call(*sandbox, "GET", u"definitions"_s).at(0)["definition"_L1]["id"_L1].toString(), id);
    QCOMPARE(call(*sandbox, "GET", path)["status"_L1].toString(), u"Runnable"_s);
    const JsonValue answer
        = call(*sandbox, "POST", u"/sandbox/inbound"_s, R"({"kind":"sms","from":"+6591111111","text":"back"})");
    QCOMPARE(answer["resumed"_L1].size(), 1);
    QTRY_COMPARE(call(*sandbox, "GET", path)["status"_L1].toString(), u"Complete"_s);
    QCOMPARE(call(*sandbox, "GET", path)["data"_L1]["answer"_L1].toString(), u"back"_s);
    sandbox->process.terminate();
    QTRY_COMPARE(sandbox->process.state(), QProcess::NotRunning);
}

QTEST_GUILESS_MAIN(SandboxProgramTest)
#include "tst_sandboxprogram.moc"
