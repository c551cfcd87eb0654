#include "app/session/sandboxprocess.h"

#include "model/json/jsonreader.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QRandomGenerator>

namespace automation {

namespace {

constexpr int startPatience = 15'000; // milliseconds
constexpr int endPatience = 2'000;
constexpr qsizetype longestLine = 64 * 1024;

QString randomKey()
{
    quint32 words[8];
    QRandomGenerator::system()->fillRange(words);
    return QString::fromLatin1(QByteArray(reinterpret_cast<const char *>(words), sizeof words).toHex());
}

} // namespace

SandboxProcess::SandboxProcess(QString dataDirectory, QObject *parent, QString program)
    : QObject(parent)
    , m_dataDirectory(std::move(dataDirectory))
    , m_program(std::move(program))
    , m_key(randomKey())
{
    if (m_program.isEmpty())
        m_program = QDir(QCoreApplication::applicationDirPath()).filePath(QStringLiteral("automation-sandbox"));
    m_startTimeout.setSingleShot(true);
    connect(&m_startTimeout, &QTimer::timeout, this,
        [this] { fail(tr("The local sandbox did not become ready in %n second(s).", nullptr, startPatience / 1000)); });
    connect(&m_process, &QProcess::readyReadStandardOutput, this, &SandboxProcess::readOutput);
    connect(&m_process, &QProcess::readyReadStandardError, this, [this] {
        m_complaints += m_process.readAllStandardError();
        m_complaints = m_complaints.right(4096);
    });
    connect(&m_process, &QProcess::finished, this, &SandboxProcess::onFinished);
    connect(&m_process, &QProcess::errorOccurred, this, &SandboxProcess::onError);
}

SandboxProcess::~SandboxProcess()
{
    disconnect(&m_process, nullptr, this, nullptr);
    kill();
}

void SandboxProcess::start()
{
    if (m_state == State::Starting)
        return;
    if (m_state == State::Running) {
        QMetaObject::invokeMethod(
            this,
            [this] {
                if (m_state == State::Running)
                    emit ready(m_account, m_key);
            },
            Qt::QueuedConnection);
        return;
    }
    m_output.clear();
    m_complaints.clear();
    setState(State::Starting);
    // Problems found here are told like those of the process itself: through the event loop.
    const auto failSoon = [this](const QString &message) {
        QMetaObject::invokeMethod(
            this, [this, message] { fail(message); }, Qt::QueuedConnection);
    };
    if (!QFileInfo(m_program).isExecutable()) {
        failSoon(tr("The local sandbox cannot be started: there is no program %1.")
                     .arg(QDir::toNativeSeparators(m_program)));
        return;
    }
    if (!QDir().mkpath(m_dataDirectory)) {
        failSoon(tr("The local sandbox cannot be started: the folder %1 cannot be made.")
                     .arg(QDir::toNativeSeparators(m_dataDirectory)));
        return;
    }
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    // Arguments can be read by every user of the computer, the environment cannot.
    environment.insert(QStringLiteral("AUTOMATION_SANDBOX_KEY"), m_key);
    m_process.setProcessEnvironment(environment);
    m_startTimeout.start(startPatience);
    m_process.start(m_program,
        {QStringLiteral("--port"), QStringLiteral("0"), QStringLiteral("--data"), m_dataDirectory,
            QStringLiteral("--exit-with-parent")});
}

void SandboxProcess::restart()
{
    stop();
    start();
}

void SandboxProcess::stop()
{
    if (m_state == State::Stopped)
        return;
    setState(State::Stopped); // first, so that its end is no surprise
    m_startTimeout.stop();
    kill();
}

void SandboxProcess::kill()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.terminate();
    if (!m_process.waitForFinished(endPatience)) {
        m_process.kill();
        m_process.waitForFinished(endPatience);
    }
}

void SandboxProcess::setState(State state)
{
    if (m_state == state)
        return;
    m_state = state;
    emit stateChanged();
}

void SandboxProcess::readOutput()
{
    m_output += m_process.readAllStandardOutput();
    if (m_state != State::Starting) {
        m_output.clear();
        return;
    }
    const qsizetype end = m_output.indexOf('\n');
    if (end < 0) {
        if (m_output.size() > longestLine)
            fail(tr("The local sandbox said something else than that it is ready."));
        return;
    }
    const Result<JsonValue> json = readJson(m_output.left(end));
    ApiAccount account;
    if (json) {
        account.name = tr("Local sandbox");
        account.baseUrl = QUrl(json->value(u"url").toString(), QUrl::StrictMode);
        account.accountId = json->value(u"account").toString();
        const QString key = json->value(u"key").toString();
        if (!key.isEmpty())
            m_key = key;
    }
    if (!json || !account.check() || !isLoopbackHost(account.baseUrl.host())) {
        fail(tr("The local sandbox said something else than that it is ready."));
        return;
    }
    m_output.clear();
    m_startTimeout.stop();
    m_account = account;
    setState(State::Running);
    emit ready(m_account, m_key);
}

void SandboxProcess::onFinished()
{
    if (m_state == State::Stopped || m_state == State::Died)
        return;
    const bool wasRunning = m_state == State::Running;
    m_startTimeout.stop();
    setState(State::Died);
    QString message
        = wasRunning ? tr("The local sandbox ended unexpectedly.") : tr("The local sandbox ended before it was ready.");
    if (const QString words = lastWords(); !words.isEmpty())
        message += u' ' + tr("It said: %1").arg(words);
    if (wasRunning)
        emit died(message);
    else
        emit failed(message);
}

void SandboxProcess::onError(QProcess::ProcessError error)
{
    // A crash is followed by finished(); only a process that never ran is not.
    if (error == QProcess::FailedToStart)
        fail(tr("The local sandbox cannot be started: %1").arg(m_process.errorString()));
}

void SandboxProcess::fail(const QString &message)
{
    if (m_state != State::Starting)
        return;
    m_startTimeout.stop();
    setState(State::Died);
    kill();
    emit failed(message);
}

QString SandboxProcess::lastWords() const
{
    const QStringList lines = QString::fromLocal8Bit(m_complaints).split(u'\n', Qt::SkipEmptyParts);
    return lines.isEmpty() ? QString() : lines.last().simplified().left(300);
}

} // namespace automation
