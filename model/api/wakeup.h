#pragma once

#include <coroutine>
#include <memory>

namespace automation {

// The one thing coroutines of this folder sleep on: woken once, resumes through the event loop and never from within
// wake(). So whoever wakes it (a finished reply, a timer, a stop callback, a destructor further up) has returned before
// the coroutine goes on. Lives in the frame that waits; one waiter; one thread.
class Wakeup
{
public:
    Wakeup();
    ~Wakeup();
    Wakeup(const Wakeup &) = delete;
    Wakeup &operator=(const Wakeup &) = delete;

    void wake(); // repeated calls do nothing

    struct State
    {
        std::coroutine_handle<> waiting;
        bool woken = false;
    };
    struct Awaiter
    {
        std::shared_ptr<State> state;
        bool await_ready() const noexcept { return false; }
        void await_suspend(std::coroutine_handle<> waiting) const;
        void await_resume() const noexcept { }
    };
    Awaiter operator co_await() const { return {m_state}; }

private:
    static void post(const std::shared_ptr<State> &state);

    std::shared_ptr<State> m_state;
};

} // namespace automation
