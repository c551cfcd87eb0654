#pragma once

#include <functional>
#include <QObject>
#include <thread>

namespace automation {

// One piece of work at a time on a thread of its own, and what is to be done with its outcome on the thread of this
// object: when the event loop comes to it, or when somebody waits. All functions on the thread of this object.
class BackgroundWork : public QObject
{
public:
    using Finish = std::function<void()>;

    explicit BackgroundWork(QObject *parent = nullptr);
    ~BackgroundWork() override; // waits for the work, without what would follow

    // work: runs on another thread and gives what is to be done here afterwards. Waits for what is running first.
    void start(std::function<Finish()> work);
    bool isRunning() const { return m_thread.joinable(); }
    void wait(); // until the work has ended and what follows is done

private:
    void finish(quint64 number);

    std::thread m_thread;
    Finish m_finish; // written by the thread before it ends
    quint64 m_number = 0; // of the work that was started last
};

} // namespace automation
