#include "designer/canvas/interactions.h"

#include "designer/canvas/graphview.h"
#include "designer/canvas/sceneplaces.h"

#include <QGuiApplication>
#include <QStyleHints>

namespace automation {

namespace {

bool isFar(const QPointF &a, const QPointF &b)
{
    return (a - b).manhattanLength() >= QGuiApplication::styleHints()->startDragDistance();
}

} // namespace

// Pan

PanInteraction::PanInteraction(GraphView &view, const QPointF &position)
    : CanvasInteraction(view)
    , m_last(position)
{
}

void PanInteraction::move(const QPointF &position, Qt::KeyboardModifiers)
{
    m_view.scrollBy(position - m_last);
    m_last = position;
}

void PanInteraction::finish(const QPointF &position, Qt::KeyboardModifiers modifiers)
{
    move(position, modifiers);
}

// Select

SelectInteraction::SelectInteraction(
    GraphView &view, const QPointF &position, Qt::KeyboardModifiers modifiers, const SceneHit &hit)
    : CanvasInteraction(view)
    , m_start(view.transform().toScene(position))
    , m_now(m_start)
    , m_before(view.selection())
    , m_atPress(m_before)
{
    const bool toggles = modifiers & Qt::ControlModifier;
    const bool adds = modifiers & Qt::ShiftModifier;
    if (hit.node >= 0) {
        const QString key = view.scene()->keyOf(hit.node);
        QStringList keys = m_before;
        if (toggles && keys.contains(key))
            keys.removeAll(key);
        else if (toggles || adds)
            keys.append(keys.contains(key) ? QStringList() : QStringList {key});
        else
            keys = {key};
        view.setSelection(keys);
    } else if (hit.edge >= 0) {
        const SceneEdge &edge = view.scene()->edges().at(hit.edge);
        const SceneNode &from = view.scene()->nodes().at(edge.from);
        view.selectConnection(from.key, from.card.outcomes.at(edge.outcome).key);
    } else {
        m_isBand = true;
        if (!toggles && !adds) {
            m_before.clear();
            view.setSelection({});
        }
    }
}

void SelectInteraction::move(const QPointF &position, Qt::KeyboardModifiers modifiers)
{
    if (!m_isBand)
        return;
    if (!m_hasMoved && !isFar(position, m_view.transform().toView(m_start)))
        return;
    m_hasMoved = true;
    m_now = m_view.transform().toScene(position);
    const QRectF band = QRectF(m_start, m_now).normalized();
    QStringList keys = m_before;
    const QSet<QString> before(m_before.begin(), m_before.end());
    const auto scene = m_view.scene();
    for (int node : scene->nodesIn(band)) {
        if (!scene->nodes().at(node).box.intersects(band))
            continue;
        const QString key = scene->keyOf(node);
        if (!before.contains(key))
            keys.append(key);
        else if (modifiers & Qt::ControlModifier)
            keys.removeAll(key);
    }
    m_view.setSelection(keys);
    m_view.viewport()->update();
}

void SelectInteraction::finish(const QPointF &position, Qt::KeyboardModifiers modifiers)
{
    move(position, modifiers);
    m_view.viewport()->update();
}

void SelectInteraction::cancel()
{
    if (m_hasMoved)
        m_view.setSelection(m_atPress);
    m_view.viewport()->update();
}

void SelectInteraction::paint(QPainter &painter)
{
    if (!m_isBand || !m_hasMoved)
        return;
    const Theme &theme = m_view.painter().theme();
    QColor fill = theme.accent;
    fill.setAlpha(28);
    painter.setBrush(fill);
    painter.setPen(QPen(theme.accent, 0));
    painter.drawRect(QRectF(m_start, m_now).normalized());
}

// Connect

ConnectInteraction::ConnectInteraction(
    GraphView &view, const QPointF &position, const QString &fromKey, const QString &outcomeKey)
    : CanvasInteraction(view)
    , m_fromKey(fromKey)
    , m_outcomeKey(outcomeKey)
    , m_press(position)
    , m_now(view.transform().toScene(position))
{
    sceneChanged();
}

ConnectInteraction::~ConnectInteraction() = default;

bool ConnectInteraction::sceneChanged()
{
    const auto scene = m_view.scene();
    m_node = scene->indexOfKey(m_fromKey);
    m_outcome = outcomeIndex(*scene, m_node, m_outcomeKey);
    if (m_outcome < 0)
        return false;
    if (m_isDragging)
        begin();
    return true;
}

void ConnectInteraction::begin()
{
    m_isDragging = true;
    const auto scene = m_view.scene();
    m_view.changeState([&](SceneState &state) {
        state.possibleTargets.clear();
        for (int i = 0; i < scene->nodes().size(); ++i) {
            if (!scene->nodes().at(i).isTrigger && i != m_node)
                state.possibleTargets.insert(i);
        }
        state.hover = {};
        state.targetNode = -1;
        state.hiddenEdge = scene->edgeOf(m_node, m_outcome);
    });
}

void ConnectInteraction::clear()
{
    m_view.changeState([](SceneState &state) {
        state.possibleTargets.clear();
        state.targetNode = -1;
        state.hiddenEdge = -1;
    });
}

void ConnectInteraction::move(const QPointF &position, Qt::KeyboardModifiers)
{
    if (!m_isDragging) {
        if (!isFar(position, m_press))
            return;
        begin();
    }
    m_now = m_view.transform().toScene(position);
    const SceneHit hit = m_view.scene()->hit(m_now);
    m_view.changeState(
        [&](SceneState &state) { state.targetNode = state.possibleTargets.contains(hit.node) ? hit.node : -1; });
}

void ConnectInteraction::finish(const QPointF &position, Qt::KeyboardModifiers modifiers)
{
    move(position, modifiers);
    if (!m_isDragging)
        return;
    const int target = m_view.state().targetNode;
    const QString targetKey = m_view.scene()->keyOf(target);
    const SceneHit hit = m_view.scene()->hit(m_now);
    const bool wasConnected = m_view.state().hiddenEdge >= 0;
    clear();
    if (target >= 0) {
        m_view.editor().connectTo(m_fromKey, m_outcomeKey, targetKey);
        return;
    }
    const int edge = m_view.scene()->edgeOf(m_node, m_outcome);
    const bool isOnPill = edge >= 0
        && (m_view.scene()->edges().at(edge).sourcePill.contains(m_now)
            || m_view.scene()->edges().at(edge).targetPill.contains(m_now));
    if (hit.node >= 0 || isOnPill)
        return; // back on its own card or pill: nothing meant
    if (wasConnected)
        m_view.editor().disconnectFrom(m_fromKey, m_outcomeKey);
    else
        m_view.openQuickAdd({AddPlace::Kind::Outcome, m_fromKey, m_outcomeKey}, position);
}

void ConnectInteraction::cancel()
{
    clear();
}

void ConnectInteraction::paint(QPainter &painter)
{
    if (!m_isDragging || m_node < 0)
        return;
    const auto scene = m_view.scene();
    const int target = m_view.state().targetNode;
    QPointF end = m_now;
    if (target >= 0) {
        const SceneNode &card = scene->nodes().at(target);
        end = card.card.isSideways ? QPointF(card.box.left(), card.box.center().y())
                                   : QPointF(card.box.center().x(), card.box.top());
    }
    m_view.painter().paintWire(painter, scene->portPosition(m_node, m_outcome), end);
}

// Insert

InsertInteraction::InsertInteraction(GraphView &view, const QString &typeName)
    : CanvasInteraction(view)
    , m_typeName(typeName)
{
}

void InsertInteraction::move(const QPointF &position, Qt::KeyboardModifiers)
{
    m_position = position;
    const auto scene = m_view.scene();
    const AddPlace place = m_view.placeAt(m_view.transform().toScene(position));
    const int node = scene->indexOfKey(place.fromKey);
    const int outcome = outcomeIndex(*scene, node, place.outcomeKey);
    m_view.changeState([&](SceneState &state) {
        state.hover = {};
        state.targetEdge = place.kind == AddPlace::Kind::Connection ? scene->edgeOf(node, outcome) : -1;
        state.targetOutcomeNode = place.kind == AddPlace::Kind::Outcome ? node : -1;
        state.targetOutcome = place.kind == AddPlace::Kind::Outcome ? outcome : -1;
    });
}

void InsertInteraction::finish(const QPointF &position, Qt::KeyboardModifiers)
{
    cancel();
    m_view.addAt(m_typeName, m_view.placeAt(m_view.transform().toScene(position)));
}

void InsertInteraction::cancel()
{
    m_view.changeState([](SceneState &state) {
        state.targetEdge = -1;
        state.targetOutcomeNode = -1;
        state.targetOutcome = -1;
    });
}

bool InsertInteraction::sceneChanged()
{
    move(m_position, {});
    return true;
}

} // namespace automation
