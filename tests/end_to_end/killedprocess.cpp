#include "tests/end_to_end/killedprocess.h"

#include <cstring>

namespace automation {

KilledProcess::KilledProcess(const QString &program, const QStringList &arguments)
{
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.setProgram(program);
    m_process.setArguments(arguments);
}

void KilledProcess::kill()
{
    m_killed = sharedClock();
    m_process.kill();
}

QList<LoggedChange> KilledProcess::changes()
{
    m_log += m_process.readAllStandardOutput();
    QList<LoggedChange> changes;
    for (qsizetype at = 0; at + qsizetype(sizeof(LoggedChange)) <= m_log.size(); at += sizeof(LoggedChange)) {
        LoggedChange change;
        std::memcpy(&change, m_log.constData() + at, sizeof change);
        changes += change;
    }
    return changes;
}

double KilledProcess::lackingMilliseconds(const QByteArray &hash)
{
    const QList<LoggedChange> all = changes();
    for (qsizetype i = all.size() - 1; i >= 0; --i) {
        if (QByteArrayView(all.at(i).textHash, sizeof all.at(i).textHash) == hash)
            return i + 1 == all.size() ? 0 : double(m_killed - all.at(i + 1).nanoseconds) / 1e6;
    }
    return -1;
}

double KilledProcess::lackingMilliseconds(qsizetype events)
{
    const QList<LoggedChange> all = changes();
    if (events >= all.size())
        return -1;
    return events + 1 == all.size() ? 0 : double(m_killed - all.at(events + 1).nanoseconds) / 1e6;
}

} // namespace automation
