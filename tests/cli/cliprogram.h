#pragma once

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

namespace automation {

// automationctl as people and scripts use it: its exit code, what it prints and the files it writes.
struct CliOutcome
{
    int exitCode = -1; // -1: it crashed or took longer than a minute
    QByteArray out;
    QString err;
};

inline CliOutcome runCli(const QStringList &arguments, const QByteArray &input = {})
{
    QProcess program;
    program.start(QStringLiteral(PROGRAM_DIR "/automationctl"), arguments);
    program.write(input);
    program.closeWriteChannel();
    if (!program.waitForFinished(60'000) || program.exitStatus() != QProcess::NormalExit)
        return {-1, {}, program.errorString()};
    return {program.exitCode(), program.readAllStandardOutput(), QString::fromUtf8(program.readAllStandardError())};
}

// Of the data of these tests.
inline QString cliData(const QString &name)
{
    return QStringLiteral(TEST_DATA_DIR "/cli/") + name;
}

inline QByteArray contentsOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace automation
