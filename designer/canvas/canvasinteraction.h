#pragma once

#include <QPainter>
#include <QPointF>

namespace automation {

class GraphView;

// One gesture with the mouse, from press to release: selecting, panning, connecting, inserting. Previews only; what it
// changes in the document is one command when it is finished. Holds step and outcome keys, never indices, because the
// document may change meanwhile.
class CanvasInteraction
{
public:
    explicit CanvasInteraction(GraphView &view)
        : m_view(view)
    {
    }
    virtual ~CanvasInteraction() = default;
    CanvasInteraction(const CanvasInteraction &) = delete;
    CanvasInteraction &operator=(const CanvasInteraction &) = delete;

    // Positions in the view's pixels.
    virtual void move(const QPointF &position, Qt::KeyboardModifiers modifiers) = 0;
    virtual void finish(const QPointF &position, Qt::KeyboardModifiers modifiers) = 0;
    virtual void cancel() { } // puts back what the preview changed
    // The scene was replaced. False when the gesture has lost what it was about; it is then cancelled.
    virtual bool sceneChanged() { return true; }
    // Whether the drawing scrolls while the pointer is past the view's edge.
    virtual bool scrollsAtEdge() const { return true; }
    virtual Qt::CursorShape cursor() const { return Qt::ArrowCursor; }
    // Above the scene, in scene coordinates.
    virtual void paint(QPainter &) { }

protected:
    GraphView &m_view;
};

} // namespace automation
