#include "designer/canvas/reconnectinteraction.h"

#include "designer/canvas/graphview.h"
#include "designer/canvas/sceneplaces.h"

#include <QGuiApplication>
#include <QStyleHints>

namespace automation {

ReconnectInteraction::ReconnectInteraction(
    GraphView &view, const QPointF &position, const QString &fromKey, const QString &outcomeKey)
    : CanvasInteraction(view)
    , m_fromKey(fromKey)
    , m_outcomeKey(outcomeKey)
    , m_press(position)
    , m_position(position)
{
}

int ReconnectInteraction::edge() const
{
    return edgeOfOutcome(*m_view.scene(), m_fromKey, m_outcomeKey);
}

void ReconnectInteraction::move(const QPointF &position, Qt::KeyboardModifiers)
{
    m_position = position;
    if (!m_isDragging) {
        if ((position - m_press).manhattanLength() < QGuiApplication::styleHints()->startDragDistance())
            return;
        m_isDragging = true;
    }
    const auto scene = m_view.scene();
    const AddPlace place = m_view.outcomeAt(m_view.transform().toScene(position));
    const int node = scene->indexOfKey(place.fromKey);
    m_view.changeState([&](SceneState &state) {
        state.hover = {};
        state.hiddenEdge = edge();
        state.targetOutcomeNode = node;
        state.targetOutcome = outcomeIndex(*scene, node, place.outcomeKey);
    });
}

void ReconnectInteraction::finish(const QPointF &position, Qt::KeyboardModifiers modifiers)
{
    move(position, modifiers);
    const bool wasDragged = m_isDragging;
    cancel();
    if (!wasDragged || edge() < 0)
        return;
    const QPointF point = m_view.transform().toScene(position);
    const AddPlace place = m_view.outcomeAt(point);
    const bool isSame = place.fromKey == m_fromKey && place.outcomeKey == m_outcomeKey;
    if (place.kind != AddPlace::Kind::Free) {
        if (!isSame)
            m_view.editor().reconnectFrom(m_fromKey, m_outcomeKey, place.fromKey, place.outcomeKey);
        return;
    }
    if (m_view.scene()->hit(point).node < 0)
        m_view.editor().disconnectFrom(m_fromKey, m_outcomeKey); // as with its other end
}

void ReconnectInteraction::cancel()
{
    m_isDragging = false;
    m_view.changeState([](SceneState &state) {
        state.hiddenEdge = -1;
        state.targetOutcomeNode = -1;
        state.targetOutcome = -1;
    });
}

bool ReconnectInteraction::sceneChanged()
{
    if (edge() < 0)
        return false;
    if (m_isDragging)
        move(m_position, {});
    return true;
}

void ReconnectInteraction::paint(QPainter &painter)
{
    const int number = edge();
    if (!m_isDragging || number < 0)
        return;
    const auto scene = m_view.scene();
    const SceneState &state = m_view.state();
    QPointF start = m_view.transform().toScene(m_position);
    if (state.targetOutcomeNode >= 0 && state.targetOutcome >= 0)
        start = scene->portPosition(state.targetOutcomeNode, state.targetOutcome);
    const QList<QPointF> &points = scene->edges().at(number).points;
    m_view.painter().paintWire(painter, start, points.isEmpty() ? start : points.last());
}

} // namespace automation
