#include "designer/canvas/noteinteraction.h"

#include "designer/canvas/canvasnotes.h"
#include "designer/canvas/graphview.h"

#include <algorithm>
#include <QGuiApplication>
#include <QStyleHints>

namespace automation {

NoteInteraction::NoteInteraction(
    GraphView &view, const QPointF &position, const QString &id, const QRectF &rect, bool resizes)
    : CanvasInteraction(view)
    , m_id(id)
    , m_before(rect)
    , m_now(rect)
    , m_press(position)
    , m_start(view.transform().toScene(position))
    , m_resizes(resizes)
{
}

void NoteInteraction::move(const QPointF &position, Qt::KeyboardModifiers)
{
    if (!m_isDragging && (position - m_press).manhattanLength() < QGuiApplication::styleHints()->startDragDistance())
        return;
    m_isDragging = true;
    constexpr qreal LeastWidth = 80;
    constexpr qreal LeastHeight = 40;
    const QPointF way = m_view.transform().toScene(position) - m_start;
    m_now = m_before;
    if (m_resizes)
        m_now.setSize(
            {std::max(LeastWidth, m_before.width() + way.x()), std::max(LeastHeight, m_before.height() + way.y())});
    else
        m_now.translate(way);
    m_view.notes().preview(m_id, m_now);
}

void NoteInteraction::finish(const QPointF &position, Qt::KeyboardModifiers modifiers)
{
    move(position, modifiers);
    if (m_isDragging && !m_view.notes().setRect(m_id, m_now))
        m_view.notes().preview(m_id, m_before);
}

void NoteInteraction::cancel()
{
    m_view.notes().preview(m_id, m_before);
}

bool NoteInteraction::sceneChanged()
{
    if (!m_view.notes().rectOf(m_id))
        return false;
    if (m_isDragging)
        m_view.notes().preview(m_id, m_now);
    return true;
}

} // namespace automation
