#pragma once

#include "designer/canvas/canvasinteraction.h"

#include <QLineF>
#include <QList>
#include <QSet>
#include <QStringList>

namespace automation {

// Cards on their way under the pointer: the pressed one, or all selected ones when it is among them. They snap to the
// edges and middles of cards near by, Alt lets them free. A press without a drag selects.
class MoveInteraction : public CanvasInteraction
{
public:
    MoveInteraction(GraphView &view, const QPointF &position, const QString &key);
    void move(const QPointF &position, Qt::KeyboardModifiers modifiers) override;
    void finish(const QPointF &position, Qt::KeyboardModifiers modifiers) override;
    void cancel() override;
    bool sceneChanged() override;
    void paint(QPainter &painter) override;
    bool scrollsAtEdge() const override { return m_isDragging; }
    Qt::CursorShape cursor() const override { return m_isDragging ? Qt::SizeAllCursor : Qt::ArrowCursor; }

private:
    void begin();
    void show(const QPointF &offset);

    QString m_key; // of the pressed card
    QPointF m_press; // view
    QPointF m_start; // scene
    QPointF m_offset; // scene; how far they are from their place
    QStringList m_keys; // of the cards that are dragged
    QSet<int> m_nodes; // with what is nested in them
    QRectF m_place; // of the dragged cards, before
    QList<QLineF> m_guides;
    bool m_isDragging = false;
};

} // namespace automation
