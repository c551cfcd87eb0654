#include "model/api/wakeup.h"

#include <QCoreApplication>
#include <utility>

namespace automation {

Wakeup::Wakeup()
    : m_state(std::make_shared<State>())
{
}

Wakeup::~Wakeup()
{
    m_state->waiting = nullptr;
}

void Wakeup::wake()
{
    if (std::exchange(m_state->woken, true))
        return;
    if (m_state->waiting)
        post(m_state);
}

void Wakeup::Awaiter::await_suspend(std::coroutine_handle<> waiting) const
{
    state->waiting = waiting;
    if (state->woken)
        post(state);
}

void Wakeup::post(const std::shared_ptr<State> &state)
{
    // The application is the receiver: resuming may destroy everything else that could be one.
    if (QCoreApplication *application = QCoreApplication::instance()) {
        QMetaObject::invokeMethod(
            application,
            [state] {
                if (std::coroutine_handle<> waiting = std::exchange(state->waiting, nullptr))
                    waiting.resume();
            },
            Qt::QueuedConnection);
    }
}

} // namespace automation
