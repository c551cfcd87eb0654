#pragma once

#include "model/json/result.h"

#include <QByteArray>
#include <QDeadlineTimer>
#include <QString>
#include <sys/types.h>

namespace automation {

// A child program that is talked to in lines over its stdin and stdout, watched from outside. Not a QProcess: that one
// is bound to the thread it was made in, while an evaluator may be used by one worker thread after the other. Not
// thread-safe; blocking. The destructor closes the program's stdin and kills it.
class HelperProcess
{
public:
    HelperProcess() = default;
    ~HelperProcess();
    HelperProcess(const HelperProcess &) = delete;
    HelperProcess &operator=(const HelperProcess &) = delete;

    // Starts a program with a small environment of its own: secrets of ours do not reach it.
    Result<void> start(const QString &program);
    // Ends it at once, if it runs.
    void kill();
    bool isRunning() const { return m_pid > 0; }
    qint64 processId() const { return m_pid; }

    enum class Outcome { Done, Ended, TimedOut };
    // Writes all of it.
    Outcome write(const QByteArray &bytes, QDeadlineTimer deadline);
    // Reads up to the next newline, which is left out. Bytes read before a timeout are kept for the next call.
    Outcome readLine(QByteArray &line, QDeadlineTimer deadline, qsizetype maxLength);

    // Memory it has in use, in bytes; -1 when the system does not tell.
    qint64 residentMemory() const;
    // Processor time it has used, in milliseconds; -1 when the system does not tell.
    qint64 processorTime() const;

private:
    bool waitFor(short events, QDeadlineTimer deadline) const;

    pid_t m_pid = -1;
    int m_socket = -1;
    QByteArray m_input;
};

} // namespace automation
