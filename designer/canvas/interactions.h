#pragma once

#include "designer/canvas/canvasinteraction.h"
#include "designer/drawing/graphscene.h"

#include <QStringList>

namespace automation {

// Drags the drawing under the pointer.
class PanInteraction : public CanvasInteraction
{
public:
    PanInteraction(GraphView &view, const QPointF &position);
    void move(const QPointF &position, Qt::KeyboardModifiers modifiers) override;
    void finish(const QPointF &position, Qt::KeyboardModifiers modifiers) override;
    bool scrollsAtEdge() const override { return false; }
    Qt::CursorShape cursor() const override { return Qt::ClosedHandCursor; }

private:
    QPointF m_last;
};

// A press on a card or on empty canvas: a click selects, a drag on empty canvas selects with a rubber band. Ctrl adds
// or takes away, Shift adds.
class SelectInteraction : public CanvasInteraction
{
public:
    SelectInteraction(GraphView &view, const QPointF &position, Qt::KeyboardModifiers modifiers, const SceneHit &hit);
    void move(const QPointF &position, Qt::KeyboardModifiers modifiers) override;
    void finish(const QPointF &position, Qt::KeyboardModifiers modifiers) override;
    void cancel() override;
    void paint(QPainter &painter) override;
    bool scrollsAtEdge() const override { return m_hasMoved; }

private:
    QPointF m_start; // scene
    QPointF m_now; // scene
    bool m_isBand = false; // pressed on empty canvas
    bool m_hasMoved = false;
    QStringList m_before; // selection that the band adds to or takes from
    QStringList m_atPress; // what was selected
};

// A wire on its way from an outcome to a step; also an existing wire whose end is led elsewhere.
class ConnectInteraction : public CanvasInteraction
{
public:
    ConnectInteraction(GraphView &view, const QPointF &position, const QString &fromKey, const QString &outcomeKey);
    ~ConnectInteraction() override;
    void move(const QPointF &position, Qt::KeyboardModifiers modifiers) override;
    void finish(const QPointF &position, Qt::KeyboardModifiers modifiers) override;
    void cancel() override;
    bool sceneChanged() override;
    void paint(QPainter &painter) override;
    bool scrollsAtEdge() const override { return m_isDragging; }
    Qt::CursorShape cursor() const override { return Qt::CrossCursor; }

    // Whether the pointer was moved far enough from the press; before that it is a click.
    bool isDragging() const { return m_isDragging; }

private:
    void begin();
    void clear();

    QString m_fromKey;
    QString m_outcomeKey;
    QPointF m_press; // view
    QPointF m_now; // scene
    int m_node = -1; // both of the current scene
    int m_outcome = -1;
    bool m_isDragging = false;
};

// A step type dragged over the drawing: onto an edge, an open outcome or empty canvas.
class InsertInteraction : public CanvasInteraction
{
public:
    InsertInteraction(GraphView &view, const QString &typeName);
    void move(const QPointF &position, Qt::KeyboardModifiers modifiers) override;
    void finish(const QPointF &position, Qt::KeyboardModifiers modifiers) override;
    void cancel() override;
    bool sceneChanged() override;

private:
    QString m_typeName;
    QPointF m_position; // view
};

} // namespace automation
