#include "designer/canvas/edgescroller.h"

#include <algorithm>
#include <chrono>

namespace automation {

namespace {

constexpr qreal Margin = 12; // pixels inside the edge where it starts
constexpr qreal Share = 0.25; // of the way past that, a tick
constexpr qreal Fastest = 40;
constexpr std::chrono::milliseconds Tick {16};

qreal speed(qreal position, qreal low, qreal high)
{
    if (position < low + Margin)
        return std::min(Fastest, 1 + (low + Margin - position) * Share);
    if (position > high - Margin)
        return -std::min(Fastest, 1 + (position - (high - Margin)) * Share);
    return 0;
}

} // namespace

EdgeScroller::EdgeScroller(std::function<void(const QPointF &)> scroll, QObject *parent)
    : QObject(parent)
    , m_scroll(std::move(scroll))
{
    m_timer.setInterval(Tick);
    connect(&m_timer, &QTimer::timeout, this, [this] { m_scroll(m_speed); });
}

void EdgeScroller::follow(const QPointF &position, const QRectF &view)
{
    m_speed = {speed(position.x(), view.left(), view.right()), speed(position.y(), view.top(), view.bottom())};
    if (m_speed.isNull())
        m_timer.stop();
    else if (!m_timer.isActive())
        m_timer.start();
}

} // namespace automation
