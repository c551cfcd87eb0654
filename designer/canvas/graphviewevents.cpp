// The events of GraphView: which gesture starts where, and what the keys do.

#include "designer/canvas/canvasfinder.h"
#include "designer/canvas/canvasnotes.h"
#include "designer/canvas/edgescroller.h"
#include "designer/canvas/graphview.h"
#include "designer/canvas/inplaceeditor.h"
#include "designer/canvas/interactions.h"
#include "designer/canvas/minimap.h"
#include "designer/canvas/moveinteraction.h"
#include "designer/canvas/noteeditor.h"
#include "designer/canvas/outcomeconnector.h"
#include "designer/canvas/quickadd.h"
#include "designer/canvas/reconnectinteraction.h"
#include "designer/canvas/sceneplaces.h"
#include "designer/canvas/scenetransition.h"

#include <cmath>
#include <QGestureEvent>
#include <QHelpEvent>
#include <QMimeData>
#include <QNativeGestureEvent>
#include <QPinchGesture>
#include <QtEvents>
#include <QToolTip>

namespace automation {

using namespace Qt::StringLiterals;

namespace {

constexpr qreal WheelZoom = 1.2; // a notch
constexpr qreal WheelPan = 0.6; // pixels an eighth of a degree
constexpr auto StepTypeMime = "application/x-automation-step-type"_L1;
constexpr qsizetype LongestTypeName = 200; // what is dragged in may come from another program

QString droppedType(const QMimeData *data)
{
    return QString::fromUtf8(data->data(StepTypeMime).left(LongestTypeName));
}

} // namespace

qreal GraphView::slack() const
{
    constexpr qreal Pixels = 5;
    return Pixels / m_transform.zoom;
}

void GraphView::startInteraction(std::unique_ptr<CanvasInteraction> interaction)
{
    const SceneHit hit = m_pressHit;
    cancelInteraction();
    m_pressHit = hit;
    m_transition->stop();
    m_interaction = std::move(interaction);
    updateCursor();
}

void GraphView::endInteraction()
{
    m_interaction.reset();
    m_scroller->stop();
    updateCursor();
    viewport()->update();
}

bool GraphView::cancelInteraction()
{
    m_scroller->stop();
    m_pressHit = {}; // the release is no click any more
    if (!m_interaction)
        return false;
    const std::unique_ptr<CanvasInteraction> interaction = std::move(m_interaction);
    interaction->cancel();
    updateCursor();
    viewport()->update();
    return true;
}

void GraphView::updateCursor()
{
    if (m_interaction)
        viewport()->setCursor(m_interaction->cursor());
    else if (m_isSpaceHeld)
        viewport()->setCursor(Qt::OpenHandCursor);
    else if (!m_isReadOnly
        && (m_state.hover.part == SceneHit::Part::EdgeAdd || m_state.hover.part == SceneHit::Part::OpenAdd))
        viewport()->setCursor(Qt::PointingHandCursor);
    else if (!m_isReadOnly
        && (m_state.hover.part == SceneHit::Part::Outcome || m_state.hover.part == SceneHit::Part::EdgeEnd))
        viewport()->setCursor(Qt::CrossCursor);
    else
        viewport()->setCursor(Qt::ArrowCursor);
}

// Mouse

void GraphView::mousePressEvent(QMouseEvent *event)
{
    if (m_interaction && m_button != Qt::NoButton)
        return; // another button while a gesture is half done
    m_quickAdd->cancel();
    m_connector->cancel();
    m_showsFocus = false;
    updateFocusRing();
    m_menuPoint.reset();
    const QPointF position = event->position();
    m_button = event->button();
    m_pointer = position;
    m_modifiers = event->modifiers();
    if (event->button() == Qt::MiddleButton || (event->button() == Qt::LeftButton && m_isSpaceHeld)) {
        startInteraction(std::make_unique<PanInteraction>(*this, position));
        return;
    }
    if (event->button() == Qt::LeftButton)
        press(position, event->modifiers());
}

// The grips of the selected connection, and the ends of any other.
bool GraphView::pressOnWire(const QPointF &position)
{
    const QPointF point = m_transform.toScene(position);
    const auto isNear = [&](const QPointF &grip) { return (point - grip).manhattanLength() <= std::max(slack(), 9.0); };
    int number = m_state.selectedEdge;
    bool atStart = false;
    if (number >= 0 && isNear(startGrip(m_scene->edges().at(number)))) {
        atStart = true;
    } else if (number < 0 || !isNear(endGrip(m_scene->edges().at(number)))) {
        if (m_pressHit.part == SceneHit::Part::Edge)
            atStart = isNear(startGrip(m_scene->edges().at(m_pressHit.edge)));
        if (m_pressHit.part != SceneHit::Part::EdgeEnd && !atStart)
            return false;
        number = m_pressHit.edge;
    }
    const SceneEdge &edge = m_scene->edges().at(number);
    const SceneNode &from = m_scene->nodes().at(edge.from);
    const OutcomeCell &cell = from.card.outcomes.at(edge.outcome);
    if (cell.kind == Outcome::Kind::Child)
        return false; // what is inside a container is led by its place in the file, not by a wire
    const QString fromKey = from.key;
    const QString outcomeKey = cell.key;
    selectConnection(fromKey, outcomeKey);
    if (atStart)
        startInteraction(std::make_unique<ReconnectInteraction>(*this, position, fromKey, outcomeKey));
    else
        startInteraction(std::make_unique<ConnectInteraction>(*this, position, fromKey, outcomeKey));
    return true;
}

void GraphView::press(const QPointF &position, Qt::KeyboardModifiers modifiers)
{
    cancelInteraction();
    m_pressHit = hitAt(position);
    m_wasPressedEdgeSelected = m_pressHit.edge >= 0 && m_pressHit.edge == m_state.selectedEdge;
    const SceneHit hit = m_pressHit;
    const bool wires = m_editor.isEditable() && modifiers == Qt::NoModifier;
    if (wires && pressOnWire(position))
        return;
    if (wires && hit.node >= 0 && hit.outcome >= 0) {
        const SceneNode &from = m_scene->nodes().at(hit.node);
        const OutcomeCell &cell = from.card.outcomes.at(hit.outcome);
        if (hit.part == SceneHit::Part::Outcome)
            setSelection({from.key});
        // What is inside a container is led by its place in the file, not by a wire.
        if (cell.kind != Outcome::Kind::Child)
            startInteraction(std::make_unique<ConnectInteraction>(*this, position, from.key, cell.key));
        return;
    }
    if (wires && hit.part == SceneHit::Part::EdgeAdd)
        return; // opens quick-add on release
    if (wires && hit.part == SceneHit::Part::Card) {
        startInteraction(std::make_unique<MoveInteraction>(*this, position, m_scene->keyOf(hit.node)));
        return;
    }
    if (wires && hit.part == SceneHit::Part::Nothing) {
        const QString note = m_notes->noteAt(m_transform.toScene(position));
        if (!note.isEmpty()) {
            m_notes->select(note);
            startInteraction(m_notes->interactionAt(note, position));
            return;
        }
    }
    startInteraction(std::make_unique<SelectInteraction>(*this, position, modifiers, hit));
}

void GraphView::mouseMoveEvent(QMouseEvent *event)
{
    m_pointer = event->position();
    if (m_interaction) {
        // The release went elsewhere: to a menu, a dialog, another window.
        if (m_button != Qt::NoButton && !(event->buttons() & m_button))
            cancelInteraction();
        else
            moveInteraction(event->position(), event->modifiers());
        return;
    }
    if (event->buttons() == Qt::NoButton) {
        m_menuPoint.reset(); // no menu is open any more
        setHover(hitAt(event->position()));
    }
}

void GraphView::moveInteraction(const QPointF &position, Qt::KeyboardModifiers modifiers)
{
    m_pointer = position;
    m_modifiers = modifiers;
    m_interaction->move(position, modifiers);
    if (m_interaction && m_interaction->scrollsAtEdge())
        m_scroller->follow(position, viewport()->rect());
}

void GraphView::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != m_button)
        return;
    m_button = Qt::NoButton;
    m_scroller->stop();
    const QPointF position = event->position();
    bool wasDragged = false;
    if (m_interaction) {
        // Kept here while it ends, because what it does may start or cancel another one.
        const std::unique_ptr<CanvasInteraction> interaction = std::move(m_interaction);
        interaction->finish(position, event->modifiers());
        if (const auto *wire = dynamic_cast<ConnectInteraction *>(interaction.get()))
            wasDragged = wire->isDragging();
        else
            wasDragged = true;
        endInteraction();
    }
    if (wasDragged || event->button() != Qt::LeftButton || !m_editor.isEditable())
        return;
    // A click on a "+" or a pill.
    const SceneHit hit = hitAt(position);
    if (!(hit == m_pressHit))
        return;
    if (hit.part == SceneHit::Part::EdgeEnd && m_wasPressedEdgeSelected)
        selectNextJump(hit, position);
    if (hit.part == SceneHit::Part::EdgeAdd) {
        const SceneEdge &edge = m_scene->edges().at(hit.edge);
        const SceneNode &from = m_scene->nodes().at(edge.from);
        openQuickAdd({AddPlace::Kind::Connection, from.key, from.card.outcomes.at(edge.outcome).key},
            m_transform.toView(edge.addButton) + QPointF(0, 16));
    } else if (hit.node >= 0 && hit.outcome >= 0) {
        const SceneNode &from = m_scene->nodes().at(hit.node);
        const OutcomeCell &cell = from.card.outcomes.at(hit.outcome);
        if (cell.isOpen) {
            openQuickAdd({AddPlace::Kind::Outcome, from.key, cell.key},
                m_transform.toView(m_scene->portPosition(hit.node, hit.outcome)) + from.card.way(44));
        }
    }
}

void GraphView::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton) {
        mousePressEvent(event);
        return;
    }
    const SceneHit hit = hitAt(event->position());
    if (hit.part == SceneHit::Part::EdgeEnd && m_scene->edges().at(hit.edge).isJump())
        followJump(hit.edge, !m_scene->edges().at(hit.edge).isTargetEnd(m_transform.toScene(event->position())));
    else if (hit.part == SceneHit::Part::Card || (hit.part == SceneHit::Part::Outcome && m_isReadOnly))
        Q_EMIT editRequested(m_scene->keyOf(hit.node));
    else if (hit.part == SceneHit::Part::Nothing) {
        const QString note = m_notes->noteAt(m_transform.toScene(event->position()));
        if (!note.isEmpty())
            m_notes->edit(note);
        else
            openQuickAdd({}, event->position());
    }
}

void GraphView::wheelEvent(QWheelEvent *event)
{
    event->accept();
    if (event->modifiers() & Qt::ControlModifier) {
        const int delta = event->angleDelta().y() != 0 ? event->angleDelta().y() : event->angleDelta().x();
        if (delta != 0)
            setZoom(m_transform.zoom * std::pow(WheelZoom, delta / 120.0), event->position());
        return;
    }
    QPointF move
        = event->pixelDelta().isNull() ? QPointF(event->angleDelta()) * WheelPan : QPointF(event->pixelDelta());
    if ((event->modifiers() & Qt::ShiftModifier) && qFuzzyIsNull(move.x()))
        move = {move.y(), 0};
    scrollBy(move);
    if (m_interaction)
        moveInteraction(event->position(), event->modifiers());
}

void GraphView::contextMenuEvent(QContextMenuEvent *event)
{
    cancelInteraction();
    QString key;
    QPoint place = event->globalPos();
    if (event->reason() == QContextMenuEvent::Keyboard) {
        const int node = m_selection.isEmpty() ? -1 : m_scene->indexOfKey(m_selection.first());
        if (node >= 0) {
            key = m_selection.first();
            place = viewport()->mapToGlobal(m_transform.toView(m_scene->nodes().at(node).box.center()).toPoint());
        }
    } else {
        const SceneHit hit = hitAt(QPointF(event->pos()));
        key = m_scene->keyOf(hit.node);
        if (!key.isEmpty()) {
            if (!m_selection.contains(key))
                setSelection({key});
        } else if (hit.edge >= 0) {
            const SceneEdge &edge = m_scene->edges().at(hit.edge);
            const SceneNode &from = m_scene->nodes().at(edge.from);
            selectConnection(from.key, from.card.outcomes.at(edge.outcome).key);
        } else {
            m_notes->select(m_notes->noteAt(m_transform.toScene(QPointF(event->pos()))));
        }
    }
    m_menuPoint.reset();
    if (event->reason() != QContextMenuEvent::Keyboard)
        m_menuPoint = m_transform.toScene(QPointF(event->pos()));
    Q_EMIT contextMenuRequested(key, place);
}

// Keys

void GraphView::keyPressEvent(QKeyEvent *event)
{
    // Keys with an action come through CanvasActions; these are parts of gestures.
    const Qt::KeyboardModifiers modifiers = event->modifiers() & ~Qt::KeypadModifier;
    const bool plain = modifiers == Qt::NoModifier;
    switch (event->key()) {
    case Qt::Key_Escape:
        if (cancelInteraction())
            return;
        if (m_quickAdd->isOpen() || m_connector->panel()->isOpen() || m_nameField->isOpen()
            || m_notes->editor()->isOpen()) {
            m_quickAdd->cancel();
            m_connector->cancel();
            m_nameField->cancel();
            m_notes->editor()->cancel();
            return;
        }
        if (!m_selection.isEmpty() || m_selectedConnection || !m_notes->selected().isEmpty())
            setSelection({});
        else if (m_finder->isOpen())
            m_finder->close();
        else
            event->ignore();
        return;
    case Qt::Key_Space:
        if (!event->isAutoRepeat() && plain) {
            m_isSpaceHeld = true;
            updateCursor();
        }
        return;
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down:
        if (plain || modifiers == Qt::ShiftModifier) {
            cancelInteraction();
            walk(Qt::Key(event->key()), modifiers == Qt::ShiftModifier);
            return;
        }
        break;
    default:
        break;
    }
    event->ignore();
}

void GraphView::keyReleaseEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Space && !event->isAutoRepeat()) {
        m_isSpaceHeld = false;
        updateCursor();
        return;
    }
    QAbstractScrollArea::keyReleaseEvent(event);
}

void GraphView::editSelected()
{
    if (m_selection.size() == 1)
        Q_EMIT editRequested(m_selection.first());
    else if (isOnJump())
        followJump(m_state.selectedEdge, true);
    else if (!m_notes->selected().isEmpty())
        m_notes->edit(m_notes->selected());
}

void GraphView::renameSelected()
{
    cancelInteraction(); // which may take a selection back
    if (!m_editor.isEditable() || m_selection.size() != 1)
        return;
    const QString key = m_selection.first();
    if (key == DefinitionGraph::triggerKey()) {
        Q_EMIT message(tr("The trigger has no id to rename; the workflow's name is in the inspector."));
        return;
    }
    const int node = document()->graph().indexOfKey(key);
    if (node < 0 || m_scene->indexOfKey(key) < 0)
        return;
    showStep(key);
    m_nameField->open(key, document()->graph().nodes().at(node).id);
    placeFields();
}

void GraphView::takeName(const QString &key, const QString &name, bool *accepted)
{
    *accepted = m_editor.rename(key, name);
}

void GraphView::changeSelectedType(const QString &typeName)
{
    cancelInteraction();
    if (m_selection.size() == 1)
        m_editor.changeType(m_selection.first(), typeName);
}

void GraphView::focusInEvent(QFocusEvent *event)
{
    const Qt::FocusReason reason = event->reason();
    // Back from a panel or another window it is as it was.
    if (reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason || reason == Qt::ShortcutFocusReason)
        m_showsFocus = true;
    else if (reason == Qt::MouseFocusReason)
        m_showsFocus = false;
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void GraphView::focusOutEvent(QFocusEvent *event)
{
    m_isSpaceHeld = false;
    // The release of the button may never come.
    if (event->reason() == Qt::ActiveWindowFocusReason && m_button != Qt::NoButton)
        cancelInteraction();
    QAbstractScrollArea::focusOutEvent(event);
    updateCursor();
    viewport()->update();
}

// Dropping step types

void GraphView::dragEnterEvent(QDragEnterEvent *event)
{
    if (!event->mimeData()->hasFormat(StepTypeMime) || !m_editor.isEditable()) {
        event->ignore();
        return;
    }
    m_quickAdd->cancel();
    m_button = Qt::NoButton;
    startInteraction(std::make_unique<InsertInteraction>(*this, droppedType(event->mimeData())));
    moveInteraction(event->position(), event->modifiers());
    event->setDropAction(Qt::CopyAction);
    event->accept();
}

void GraphView::dragMoveEvent(QDragMoveEvent *event)
{
    if (!dynamic_cast<InsertInteraction *>(m_interaction.get())) {
        event->ignore();
        return;
    }
    moveInteraction(event->position(), event->modifiers());
    event->setDropAction(Qt::CopyAction);
    event->accept();
}

void GraphView::dragLeaveEvent(QDragLeaveEvent *event)
{
    cancelInteraction();
    event->accept();
}

void GraphView::dropEvent(QDropEvent *event)
{
    if (!dynamic_cast<InsertInteraction *>(m_interaction.get())) {
        event->ignore();
        return;
    }
    const std::unique_ptr<CanvasInteraction> interaction = std::move(m_interaction);
    event->setDropAction(Qt::CopyAction);
    event->accept();
    interaction->finish(event->position(), event->modifiers());
    endInteraction();
    setFocus(Qt::MouseFocusReason);
}

// Viewport

bool GraphView::viewportEvent(QEvent *event)
{
    switch (event->type()) {
    case QEvent::Leave:
        if (!m_interaction)
            setHover({});
        break;
    case QEvent::ToolTip: {
        auto *help = static_cast<QHelpEvent *>(event);
        const QString text = toolTipAt(help->pos());
        if (text.isEmpty())
            QToolTip::hideText();
        else
            QToolTip::showText(help->globalPos(), text, viewport());
        return true;
    }
    case QEvent::Gesture: {
        auto *gesture = static_cast<QGestureEvent *>(event);
        if (auto *pinch = static_cast<QPinchGesture *>(gesture->gesture(Qt::PinchGesture))) {
            if (pinch->changeFlags() & QPinchGesture::ScaleFactorChanged)
                setZoom(m_transform.zoom * pinch->scaleFactor(), viewport()->mapFromGlobal(pinch->centerPoint()));
            gesture->accept(pinch);
            return true;
        }
        break;
    }
    case QEvent::NativeGesture: {
        auto *gesture = static_cast<QNativeGestureEvent *>(event);
        if (gesture->gestureType() == Qt::ZoomNativeGesture) {
            setZoom(m_transform.zoom * (1 + gesture->value()), gesture->position());
            return true;
        }
        break;
    }
    default:
        break;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

QString GraphView::toolTipAt(const QPointF &position) const
{
    const SceneHit hit = hitAt(position);
    QStringList lines;
    if (hit.part == SceneHit::Part::EdgeAdd && !m_isReadOnly) {
        lines.append(tr("Insert a step here"));
    } else if (hit.part == SceneHit::Part::OpenAdd && !m_isReadOnly) {
        lines.append(tr("Add the next step"));
    } else if (hit.part == SceneHit::Part::EdgeEnd && m_scene->edges().at(hit.edge).isJump()) {
        lines.append(jumpToolTip(hit, position));
    } else if (hit.node >= 0) {
        const SceneNode &node = m_scene->nodes().at(hit.node);
        if (const QString text = node.card.textOf(hit.outcome); !text.isEmpty())
            lines.append(text);
        else
            lines.append(node.card.title + u" · "_s + node.card.typeLabel);
        constexpr int Most = 8;
        int shown = 0;
        for (const Problem &problem : document() ? document()->problems() : QList<Problem>()) {
            if (problem.stepKey == node.key && problem.severity != Problem::Severity::Hint && shown++ < Most)
                lines.append(u"• "_s + problem.message);
        }
    }
    if (lines.isEmpty())
        return {};
    // Text of a file, so it must not be taken for markup.
    return u"<qt>"_s + lines.join(u'\n').toHtmlEscaped().replace(u'\n', "<br/>"_L1) + u"</qt>"_s;
}

void GraphView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    if (!m_isViewTouched)
        showInitialView();
    placeFields();
}

void GraphView::scrollContentsBy(int, int)
{
    // Scrolling is ours; see scrollBy().
}

} // namespace automation
