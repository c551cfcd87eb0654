#include "model/api/taskscope.h"

#include "model/api/wakeup.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QTimer>

namespace automation {

namespace {

int liveInAllScopes = 0; // on the one thread that uses scopes

} // namespace

TaskScope::Presence::Presence(std::shared_ptr<State> state)
    : m_state(std::move(state))
{
    ++m_state->live;
    ++liveInAllScopes;
}

TaskScope::Presence::~Presence()
{
    --m_state->live;
    --liveInAllScopes;
}

TaskScope::TaskScope(ErrorHandler onError)
    : m_state(std::make_shared<State>())
{
    m_state->onError = std::move(onError);
}

TaskScope::~TaskScope()
{
    requestStop();
    m_state->onError = nullptr;
}

std::stop_token TaskScope::token() const
{
    return m_state->stop.get_token();
}

void TaskScope::requestStop()
{
    m_state->stop.request_stop();
}

int TaskScope::liveCount() const
{
    return m_state->live;
}

void TaskScope::start(QCoro::Task<Result<void>> task)
{
    const std::shared_ptr<State> state = m_state;
    start(std::move(task), [state](const Result<void> &result) {
        if (!result && result.error().code != ErrorCode::Cancelled && state->onError)
            state->onError(result.error());
    });
}

bool TaskScope::drainAll(std::chrono::milliseconds patience)
{
    const QDeadlineTimer deadline(patience);
    QTimer alarm; // so that waiting for events ends
    alarm.start(std::chrono::milliseconds(20));
    while (liveInAllScopes > 0 && !deadline.hasExpired())
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    return liveInAllScopes == 0;
}

QCoro::Task<bool> sleepFor(std::chrono::milliseconds duration, std::stop_token stop)
{
    Wakeup wakeup;
    QTimer timer;
    timer.setSingleShot(true);
    QObject::connect(&timer, &QTimer::timeout, &timer, [&wakeup] { wakeup.wake(); });
    timer.start(duration);
    const std::stop_callback onStop(stop, [&wakeup] { wakeup.wake(); });
    co_await wakeup;
    co_return !stop.stop_requested();
}

} // namespace automation
