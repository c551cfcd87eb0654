#include "designer/canvas/picturejob.h"

#include <algorithm>

namespace automation {

PictureJob::PictureJob(QObject *parent)
    : QObject(parent)
{
}

PictureJob::~PictureJob() = default;

bool PictureJob::start(const QString &name, Work work)
{
    if (isRunning())
        return false;
    m_name = name;
    m_shared = std::make_shared<Shared>();
    m_work.start([this, shared = m_shared, work = std::move(work)]() -> BackgroundWork::Finish {
        int told = 0;
        const GoesOn goesOn = [&](qreal share) {
            const int percent = std::clamp(int(share * 100), 0, 100);
            if (percent > told) {
                told = percent;
                QMetaObject::invokeMethod(
                    this,
                    [this, shared, percent] {
                        if (shared == m_shared && isRunning())
                            Q_EMIT progressed(percent);
                    },
                    Qt::QueuedConnection);
            }
            return !shared->isCancelled;
        };
        return [this, shared, result = work(goesOn)] { end(result, shared->isCancelled); };
    });
    Q_EMIT started();
    return true;
}

void PictureJob::cancel()
{
    if (m_shared)
        m_shared->isCancelled = true;
}

void PictureJob::end(const Result<Finish> &result, bool wasCancelled)
{
    if (result) {
        if (*result)
            (*result)();
        Q_EMIT succeeded();
    } else if (wasCancelled && result.error().code == ErrorCode::Cancelled) {
        Q_EMIT cancelled();
    } else {
        Q_EMIT failed(result.error().message);
    }
}

} // namespace automation
