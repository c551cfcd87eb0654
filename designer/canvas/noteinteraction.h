#pragma once

#include "designer/canvas/canvasinteraction.h"

#include <QRectF>
#include <QString>

namespace automation {

// A note under the pointer: moved, or resized at its lower right corner.
class NoteInteraction : public CanvasInteraction
{
public:
    NoteInteraction(GraphView &view, const QPointF &position, const QString &id, const QRectF &rect, bool resizes);
    void move(const QPointF &position, Qt::KeyboardModifiers modifiers) override;
    void finish(const QPointF &position, Qt::KeyboardModifiers modifiers) override;
    void cancel() override;
    bool sceneChanged() override;
    bool scrollsAtEdge() const override { return m_isDragging; }
    Qt::CursorShape cursor() const override { return m_resizes ? Qt::SizeFDiagCursor : Qt::SizeAllCursor; }

private:
    QString m_id;
    QRectF m_before;
    QRectF m_now;
    QPointF m_press; // view
    QPointF m_start; // scene
    bool m_resizes;
    bool m_isDragging = false;
};

} // namespace automation
