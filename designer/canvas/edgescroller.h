#pragma once

#include <QPointF>
#include <QRectF>
#include <QTimer>

#include <functional>

namespace automation {

// Scrolls while something is dragged past the edge of a view: the further out, the faster. GUI thread.
class EdgeScroller : public QObject
{
    Q_OBJECT
public:
    // scroll: told how far the drawing moves, in pixels of the view.
    EdgeScroller(std::function<void(const QPointF &pixels)> scroll, QObject *parent);

    // Where the pointer is while something is dragged; view: the visible part.
    void follow(const QPointF &position, const QRectF &view);
    void stop() { m_timer.stop(); }
    bool isScrolling() const { return m_timer.isActive(); }

private:
    std::function<void(const QPointF &)> m_scroll;
    QTimer m_timer;
    QPointF m_speed; // pixels a tick
};

} // namespace automation
