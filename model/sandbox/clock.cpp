#include "model/sandbox/clock.h"

#include <QDateTime>

namespace automation {

qint64 RealClock::now() const
{
    return QDateTime::currentMSecsSinceEpoch();
}

} // namespace automation
