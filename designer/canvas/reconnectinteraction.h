#pragma once

#include "designer/canvas/canvasinteraction.h"

#include <QString>

namespace automation {

// The beginning of a wire on its way to another outcome; its end stays.
class ReconnectInteraction : public CanvasInteraction
{
public:
    ReconnectInteraction(GraphView &view, const QPointF &position, const QString &fromKey, const QString &outcomeKey);
    void move(const QPointF &position, Qt::KeyboardModifiers modifiers) override;
    void finish(const QPointF &position, Qt::KeyboardModifiers modifiers) override;
    void cancel() override;
    bool sceneChanged() override;
    void paint(QPainter &painter) override;
    bool scrollsAtEdge() const override { return m_isDragging; }
    Qt::CursorShape cursor() const override { return Qt::CrossCursor; }

private:
    int edge() const; // in the current scene; -1 when it is gone

    QString m_fromKey;
    QString m_outcomeKey;
    QPointF m_press; // view
    QPointF m_position; // view
    bool m_isDragging = false;
};

} // namespace automation
