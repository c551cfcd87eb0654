#pragma once

#include "tests/end_to_end/commandlog.h"

#include <memory>
#include <QProcess>

namespace automation {

// A program that logs its changes and is killed.
class KilledProcess
{
public:
    KilledProcess(const QString &program, const QStringList &arguments);

    QProcess &process() { return m_process; }
    void kill(); // with SIGKILL; remembers when

    // ---- After its end
    QList<LoggedChange> changes();
    // How many milliseconds of work a state lacks, by the hash of its text: 0 = nothing, -1 = it was never a state.
    // The state it fits latest counts.
    double lackingMilliseconds(const QByteArray &hash);
    // The same for a state that so many events of the history led to.
    double lackingMilliseconds(qsizetype events);

private:
    QProcess m_process;
    qint64 m_killed = 0;
    QByteArray m_log;
};

} // namespace automation
