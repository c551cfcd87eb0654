#pragma once

#include "model/api/apiaccount.h"

#include <QObject>
#include <QProcess>
#include <QTimer>

namespace automation {

// The local service as a child process: started on demand on a free loopback port with a random key, ended with the
// program. The key goes to it by environment, never by argument. A crash there is a signal here and nothing more.
class SandboxProcess : public QObject
{
    Q_OBJECT
public:
    enum class State { Stopped, Starting, Running, Died };

    // dataDirectory: where it keeps its store, made when missing. program: empty = automation-sandbox beside the
    // running program.
    explicit SandboxProcess(QString dataDirectory, QObject *parent = nullptr, QString program = {});
    ~SandboxProcess() override; // ends the process

    State state() const { return m_state; }
    const ApiAccount &account() const { return m_account; } // valid while Running
    QString key() const { return m_key; } // for the client only: never show, log or store it
    qint64 processId() const { return m_process.processId(); } // 0 when not running

public slots:
    void start(); // does nothing while Starting; announces ready() again while Running
    void restart(); // same data, new process
    void stop();

signals:
    void ready(const automation::ApiAccount &account, const QString &key);
    void failed(const QString &message); // it could not be started; translated
    void died(const QString &message); // it ran and ended without being asked to; translated
    void stateChanged();

private:
    void setState(State state);
    void readOutput();
    void onFinished();
    void onError(QProcess::ProcessError error);
    void fail(const QString &message);
    void kill();
    QString lastWords() const;

    QString m_dataDirectory;
    QString m_program;
    QProcess m_process;
    QTimer m_startTimeout;
    QByteArray m_output;
    QByteArray m_complaints; // the last of stderr
    ApiAccount m_account;
    QString m_key;
    State m_state = State::Stopped;
};

} // namespace automation
