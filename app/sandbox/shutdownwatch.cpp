#include "app/sandbox/shutdownwatch.h"

#include <array>
#include <csignal>
#include <QSocketNotifier>
#include <unistd.h>

namespace automation {

namespace {

// A signal handler may do little more than write to a pipe.
std::array<int, 2> signalPipe {-1, -1};

} // namespace

ShutdownWatch::ShutdownWatch(QObject *parent)
    : QObject(parent)
{
    if (::pipe(signalPipe.data()) != 0)
        return;
    m_signals = new QSocketNotifier(signalPipe[0], QSocketNotifier::Read, this);
    connect(m_signals, &QSocketNotifier::activated, this, [this] {
        char byte = 0;
        if (::read(signalPipe[0], &byte, 1) == 1)
            emit shutdownRequested();
    });
    struct sigaction action = {};
    action.sa_handler = &ShutdownWatch::onSignal;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    sigaction(SIGTERM, &action, nullptr);
    sigaction(SIGINT, &action, nullptr);
}

ShutdownWatch::~ShutdownWatch()
{
    std::signal(SIGTERM, SIG_DFL);
    std::signal(SIGINT, SIG_DFL);
    ::close(signalPipe[0]);
    ::close(signalPipe[1]);
}

void ShutdownWatch::onSignal(int)
{
    const char byte = 1;
    [[maybe_unused]] const ssize_t written = ::write(signalPipe[1], &byte, 1);
}

void ShutdownWatch::watchStandardInput()
{
    m_input = new QSocketNotifier(STDIN_FILENO, QSocketNotifier::Read, this);
    connect(m_input, &QSocketNotifier::activated, this, [this] {
        std::array<char, 256> ignored {};
        if (::read(STDIN_FILENO, ignored.data(), ignored.size()) <= 0) {
            m_input->setEnabled(false);
            emit shutdownRequested();
        }
    });
}

} // namespace automation
