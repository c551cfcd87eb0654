#include "model/document/backgroundwork.h"

#include <utility>

namespace automation {

BackgroundWork::BackgroundWork(QObject *parent)
    : QObject(parent)
{
}

BackgroundWork::~BackgroundWork()
{
    if (m_thread.joinable())
        m_thread.join();
}

void BackgroundWork::start(std::function<Finish()> work)
{
    wait();
    ++m_number;
    m_thread = std::thread([this, number = m_number, work = std::move(work)] {
        m_finish = work();
        QMetaObject::invokeMethod(
            this, [this, number] { finish(number); }, Qt::QueuedConnection);
    });
}

void BackgroundWork::wait()
{
    if (m_thread.joinable())
        finish(m_number);
}

void BackgroundWork::finish(quint64 number)
{
    if (number != m_number || !m_thread.joinable())
        return; // somebody waited for it
    m_thread.join();
    if (const Finish finish = std::exchange(m_finish, {}))
        finish();
}

} // namespace automation
