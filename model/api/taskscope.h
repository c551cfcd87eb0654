#pragma once

#include "model/json/result.h"

#include <chrono>
#include <functional>
#include <memory>
#include <QCoroTask>
#include <stop_token>
#include <type_traits>

namespace automation {

// The owner of running coroutines. A QCoro task that is dropped runs on, and one that resumes after its owner died
// touches freed memory; so every object that starts coroutines has a TaskScope as its last member (or stops it first
// in its destructor).
//
// The rules for a coroutine run in a scope: arguments by value; take the scope's token; after every co_await test it
// before touching the owner; no capturing lambda coroutines; wait only on leaves that always wake (sleepFor and the
// requests of the clients do, by queued stop callbacks).
//
// Threading: one thread, that of the event loop. The destructor asks all to stop and returns at once; they end in the
// next turns of the event loop. Before the application ends, drainAll() lets them.
class TaskScope
{
public:
    using ErrorHandler = std::function<void(const Error &)>;

    // onError: gets what a root coroutine returned as an error; not Cancelled, and nothing after the stop.
    explicit TaskScope(ErrorHandler onError = {});
    ~TaskScope();
    TaskScope(const TaskScope &) = delete;
    TaskScope &operator=(const TaskScope &) = delete;

    std::stop_token token() const;
    void requestStop();
    int liveCount() const; // coroutines started here and not ended

    // Takes a running task. Its error goes to onError.
    void start(QCoro::Task<Result<void>> task);
    // Takes a running task; its result goes to then, unless the scope was stopped meanwhile. then(Result<T>) runs in
    // the event loop turn the task ends in.
    template <typename T, typename Then> void start(QCoro::Task<Result<T>> task, Then then)
    {
        run<T>(m_state, std::move(task), std::function<void(Result<T>)>(std::move(then)));
    }

    // Runs the event loop until no coroutine of any scope lives, at most so long. False when some still do.
    static bool drainAll(std::chrono::milliseconds patience = std::chrono::milliseconds(5000));

private:
    struct State
    {
        std::stop_source stop;
        ErrorHandler onError;
        int live = 0;
    };
    // Counts a root coroutine as long as its frame lives.
    class Presence
    {
    public:
        explicit Presence(std::shared_ptr<State> state);
        ~Presence();
        Presence(const Presence &) = delete;
        Presence &operator=(const Presence &) = delete;

    private:
        std::shared_ptr<State> m_state;
    };

    template <typename T>
    static QCoro::Task<> run(
        std::shared_ptr<State> state, QCoro::Task<Result<T>> task, std::function<void(Result<T>)> then)
    {
        const Presence presence(state);
        Result<T> result = co_await task;
        if (!state->stop.stop_requested())
            then(std::move(result));
    }

    std::shared_ptr<State> m_state;
};

// Waits, then true; false at once (through the event loop) when a stop is requested.
QCoro::Task<bool> sleepFor(std::chrono::milliseconds duration, std::stop_token stop);

} // namespace automation
