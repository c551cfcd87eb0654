#include "model/expression/helperprocess.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <poll.h>
#include <QCoreApplication>
#include <QFile>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace automation {

namespace {

// What the helper may know of our environment. No key, no proxy, no options of the script engine.
QList<QByteArray> helperEnvironment()
{
    QList<QByteArray> environment {QByteArrayLiteral("TZ=UTC"), QByteArrayLiteral("LANG=C.UTF-8")};
    for (const char *name :
        {"PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "TZDIR", "ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"}) {
        if (qEnvironmentVariableIsSet(name))
            environment.append(QByteArray(name) + '=' + qgetenv(name));
    }
    return environment;
}

QByteArray readProcFile(qint64 pid, QLatin1StringView name)
{
    QFile file(QStringLiteral("/proc/%1/%2").arg(pid).arg(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

Error systemError(const QString &program, int code)
{
    return {ErrorCode::Internal,
        QCoreApplication::translate("automation::HelperProcess", "The program %1 could not be started: %2.")
            .arg(program, QString::fromLocal8Bit(std::strerror(code)))};
}

} // namespace

HelperProcess::~HelperProcess()
{
    kill();
}

Result<void> HelperProcess::start(const QString &program)
{
    kill();
    std::array<int, 2> sockets {-1, -1};
#ifdef SOCK_CLOEXEC
    const int type = SOCK_STREAM | SOCK_CLOEXEC;
#else
    const int type = SOCK_STREAM;
#endif
    if (::socketpair(AF_UNIX, type, 0, sockets.data()) != 0)
        return systemError(program, errno);
#ifdef SO_NOSIGPIPE
    const int on = 1;
    ::setsockopt(sockets[0], SOL_SOCKET, SO_NOSIGPIPE, &on, sizeof on);
#endif

    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, sockets[1], STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, sockets[1], STDOUT_FILENO);
#if defined(__GLIBC__) && __GLIBC_PREREQ(2, 34)
    // Whatever a library opened without close-on-exec is not for the helper.
    ::posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
#endif
    posix_spawnattr_t attributes;
    ::posix_spawnattr_init(&attributes);
    sigset_t none;
    ::sigemptyset(&none);
    sigset_t defaults;
    ::sigemptyset(&defaults);
    ::sigaddset(&defaults, SIGALRM);
    ::sigaddset(&defaults, SIGPIPE);
    ::posix_spawnattr_setsigmask(&attributes, &none);
    ::posix_spawnattr_setsigdefault(&attributes, &defaults);
    ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);

    QByteArray path = QFile::encodeName(program);
    std::array<char *, 2> arguments {path.data(), nullptr};
    QList<QByteArray> environment = helperEnvironment();
    std::vector<char *> variables;
    for (QByteArray &variable : environment)
        variables.push_back(variable.data());
    variables.push_back(nullptr);

    pid_t pid = -1;
    const int failure
        = ::posix_spawn(&pid, path.constData(), &actions, &attributes, arguments.data(), variables.data());
    ::posix_spawn_file_actions_destroy(&actions);
    ::posix_spawnattr_destroy(&attributes);
    ::close(sockets[1]);
    if (failure != 0) {
        ::close(sockets[0]);
        return systemError(program, failure);
    }
    m_pid = pid;
    m_socket = sockets[0];
    m_input.clear();
    return {};
}

void HelperProcess::kill()
{
    if (m_pid <= 0)
        return;
    ::close(m_socket);
    ::kill(m_pid, SIGKILL);
    while (::waitpid(m_pid, nullptr, 0) < 0 && errno == EINTR) { }
    m_pid = -1;
    m_socket = -1;
    m_input.clear();
}

bool HelperProcess::waitFor(short events, QDeadlineTimer deadline) const
{
    pollfd descriptor {m_socket, events, 0};
    for (;;) {
        const qint64 left = deadline.remainingTime();
        const int ready = ::poll(&descriptor, 1, static_cast<int>(left < 0 ? -1 : qMin<qint64>(left, 60'000)));
        if (ready > 0)
            return true;
        if ((ready == 0 || errno != EINTR) && deadline.hasExpired())
            return false;
        if (ready < 0 && errno != EINTR)
            return false;
    }
}

HelperProcess::Outcome HelperProcess::write(const QByteArray &bytes, QDeadlineTimer deadline)
{
    if (m_socket < 0)
        return Outcome::Ended;
    qsizetype written = 0;
    while (written < bytes.size()) {
#ifdef MSG_NOSIGNAL
        const int flags = MSG_DONTWAIT | MSG_NOSIGNAL;
#else
        const int flags = MSG_DONTWAIT;
#endif
        const ssize_t count = ::send(m_socket, bytes.constData() + written, size_t(bytes.size() - written), flags);
        if (count > 0) {
            written += count;
        } else if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
            if (!waitFor(POLLOUT, deadline))
                return Outcome::TimedOut;
        } else if (count == 0 || errno != EINTR) {
            return Outcome::Ended;
        }
    }
    return Outcome::Done;
}

HelperProcess::Outcome HelperProcess::readLine(QByteArray &line, QDeadlineTimer deadline, qsizetype maxLength)
{
    qsizetype searched = 0;
    for (;;) {
        const qsizetype end = m_input.indexOf('\n', searched);
        if (end >= 0) {
            line = m_input.left(end);
            m_input.remove(0, end + 1);
            return Outcome::Done;
        }
        searched = m_input.size();
        if (m_socket < 0 || m_input.size() > maxLength)
            return Outcome::Ended;
        if (!waitFor(POLLIN, deadline))
            return Outcome::TimedOut;
        std::array<char, 65536> buffer;
        const ssize_t count = ::recv(m_socket, buffer.data(), buffer.size(), MSG_DONTWAIT);
        if (count > 0)
            m_input.append(buffer.data(), count);
        else if (count == 0 || (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR))
            return Outcome::Ended;
    }
}

qint64 HelperProcess::residentMemory() const
{
    // Total and resident pages.
    const QList<QByteArray> fields = readProcFile(m_pid, QLatin1StringView("statm")).split(' ');
    return fields.size() > 1 ? fields[1].toLongLong() * ::sysconf(_SC_PAGESIZE) : -1;
}

qint64 HelperProcess::processorTime() const
{
    // Behind the name in brackets, which may hold anything, user and system time are the 12th and 13th field.
    const QByteArray text = readProcFile(m_pid, QLatin1StringView("stat"));
    const QList<QByteArray> fields = text.mid(text.lastIndexOf(')') + 2).split(' ');
    if (fields.size() < 13)
        return -1;
    return (fields[11].toLongLong() + fields[12].toLongLong()) * 1000 / ::sysconf(_SC_CLK_TCK);
}

} // namespace automation
