// The events of GraphView: which gesture starts where, and what the keys do.

#include "designer/canvas/graphview.h"
#include "designer/canvas/interactions.h"
#include "designer/canvas/minimap.h"
#include "designer/canvas/quickadd.h"

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
    cancelInteraction();
    m_interaction = std::move(interaction);
    updateCursor();
}

void GraphView::endInteraction()
{
    m_interaction.reset();
    updateCursor();
    viewport()->update();
}

bool GraphView::cancelInteraction()
{
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
    if (dynamic_cast<PanInteraction *>(m_interaction.get()))
        viewport()->setCursor(Qt::ClosedHandCursor);
    else if (m_isSpaceHeld)
        viewport()->setCursor(Qt::OpenHandCursor);
    else if (dynamic_cast<ConnectInteraction *>(m_interaction.get()))
        viewport()->setCursor(Qt::CrossCursor);
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
    m_quickAdd->cancel();
    m_showsFocus = false;
    const QPointF position = event->position();
    if (event->button() == Qt::MiddleButton || (event->button() == Qt::LeftButton && m_isSpaceHeld)) {
        startInteraction(std::make_unique<PanInteraction>(*this, position));
        return;
    }
    if (event->button() == Qt::LeftButton)
        press(position, event->modifiers());
}

void GraphView::press(const QPointF &position, Qt::KeyboardModifiers modifiers)
{
    m_pressPosition = position;
    m_pressHit = m_scene->hit(m_transform.toScene(position), slack());
    const SceneHit &hit = m_pressHit;
    const bool wires = m_editor.isEditable() && modifiers == Qt::NoModifier;
    if (wires && hit.edge >= 0 && hit.part == SceneHit::Part::EdgeEnd) {
        const SceneEdge &edge = m_scene->edges().at(hit.edge);
        const SceneNode &from = m_scene->nodes().at(edge.from);
        const QString outcomeKey = from.card.outcomes.at(edge.outcome).key;
        selectConnection(from.key, outcomeKey);
        startInteraction(std::make_unique<ConnectInteraction>(*this, position, from.key, outcomeKey));
        return;
    }
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
    startInteraction(std::make_unique<SelectInteraction>(*this, position, modifiers, hit));
}

void GraphView::mouseMoveEvent(QMouseEvent *event)
{
    if (m_interaction) {
        m_interaction->move(event->position(), event->modifiers());
        return;
    }
    if (event->buttons() == Qt::NoButton)
        setHover(m_scene->hit(m_transform.toScene(event->position()), slack()));
}

void GraphView::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton && event->button() != Qt::MiddleButton)
        return;
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
    // A click on a "+".
    const SceneHit hit = m_scene->hit(m_transform.toScene(position), slack());
    if (!(hit == m_pressHit))
        return;
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
                m_transform.toView(m_scene->portPosition(hit.node, hit.outcome)) + QPointF(0, 44));
        }
    }
}

void GraphView::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton) {
        mousePressEvent(event);
        return;
    }
    const SceneHit hit = m_scene->hit(m_transform.toScene(event->position()), slack());
    if (hit.part == SceneHit::Part::Card || (hit.part == SceneHit::Part::Outcome && m_isReadOnly))
        Q_EMIT editRequested(m_scene->keyOf(hit.node));
    else if (hit.part == SceneHit::Part::Nothing)
        openQuickAdd({}, event->position());
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
        m_interaction->move(event->position(), event->modifiers());
}

void GraphView::contextMenuEvent(QContextMenuEvent *event)
{
    QString key;
    QPoint place = event->globalPos();
    if (event->reason() == QContextMenuEvent::Keyboard) {
        const int node = m_selection.isEmpty() ? -1 : m_scene->indexOfKey(m_selection.first());
        if (node >= 0) {
            key = m_selection.first();
            place = viewport()->mapToGlobal(m_transform.toView(m_scene->nodes().at(node).box.center()).toPoint());
        }
    } else {
        const SceneHit hit = m_scene->hit(m_transform.toScene(QPointF(event->pos())), slack());
        key = m_scene->keyOf(hit.node);
        if (!key.isEmpty() && !m_selection.contains(key)) {
            setSelection({key});
        } else if (hit.edge >= 0) {
            const SceneEdge &edge = m_scene->edges().at(hit.edge);
            const SceneNode &from = m_scene->nodes().at(edge.from);
            selectConnection(from.key, from.card.outcomes.at(edge.outcome).key);
        }
    }
    Q_EMIT contextMenuRequested(key, place);
}

// Keys

bool GraphView::event(QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        // Tab is quick-add here; Shift+Tab still leaves the drawing.
        auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Tab && key->modifiers() == Qt::NoModifier && m_editor.isEditable()) {
            quickAdd();
            return true;
        }
    }
    return QAbstractScrollArea::event(event);
}

void GraphView::keyPressEvent(QKeyEvent *event)
{
    const Qt::KeyboardModifiers modifiers = event->modifiers() & ~Qt::KeypadModifier;
    const bool plain = modifiers == Qt::NoModifier;
    const bool control = modifiers == Qt::ControlModifier;
    switch (event->key()) {
    case Qt::Key_Escape:
        if (cancelInteraction())
            return;
        if (!m_selection.isEmpty() || m_selectedConnection)
            setSelection({});
        else
            event->ignore();
        return;
    case Qt::Key_Space:
        if (!event->isAutoRepeat() && plain) {
            m_isSpaceHeld = true;
            updateCursor();
        }
        return;
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
        if (plain || control) {
            deleteSelection(control);
            return;
        }
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (plain && m_selection.size() == 1) {
            Q_EMIT editRequested(m_selection.first());
            return;
        }
        break;
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down:
        if (plain || modifiers == Qt::ShiftModifier) {
            walk(event->key(), modifiers == Qt::ShiftModifier);
            return;
        }
        break;
    case Qt::Key_A:
        if (control) {
            selectAll();
            return;
        }
        break;
    case Qt::Key_0:
        if (control) {
            zoomActual();
            return;
        }
        break;
    case Qt::Key_1:
        if (control) {
            zoomToFit();
            return;
        }
        break;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        if (modifiers & Qt::ControlModifier) {
            zoomIn();
            return;
        }
        break;
    case Qt::Key_Minus:
        if (control) {
            zoomOut();
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

// Down and up follow the lines, then the eye; left and right go by the eye alone.
void GraphView::walk(int key, bool extend)
{
    if (m_scene->nodes().isEmpty())
        return;
    const int from = m_selection.isEmpty() ? -1 : m_scene->indexOfKey(m_selection.last());
    int best = -1;
    if (from < 0) {
        best = 0;
    } else {
        const QPointF here = m_scene->nodes().at(from).box.center();
        const auto nearer = [&](int a, int b) {
            const auto away = [&](int n) { return std::abs(m_scene->nodes().at(n).box.center().x() - here.x()); };
            return b < 0 || away(a) < away(b);
        };
        if (key == Qt::Key_Down) {
            for (int edge : m_scene->edgesFrom(from)) {
                const int to = m_scene->edges().at(edge).to;
                if (to != from && !m_scene->edges().at(edge).isBack && nearer(to, best))
                    best = to;
            }
        } else if (key == Qt::Key_Up) {
            for (int edge : m_scene->edgesTo(from)) {
                const int source = m_scene->edges().at(edge).from;
                if (source != from && !m_scene->edges().at(edge).isBack && nearer(source, best))
                    best = source;
            }
        }
        if (best < 0) {
            qreal bestScore = 0;
            for (int i = 0; i < m_scene->nodes().size(); ++i) {
                const QPointF away = m_scene->nodes().at(i).box.center() - here;
                const qreal along = key == Qt::Key_Left ? -away.x()
                    : key == Qt::Key_Right              ? away.x()
                    : key == Qt::Key_Up                 ? -away.y()
                                                        : away.y();
                const qreal across
                    = key == Qt::Key_Left || key == Qt::Key_Right ? std::abs(away.y()) : std::abs(away.x());
                if (i == from || along < 1)
                    continue;
                const qreal score = along + 3 * across;
                if (best < 0 || score < bestScore) {
                    best = i;
                    bestScore = score;
                }
            }
        }
    }
    if (best < 0)
        return;
    const QString next = m_scene->keyOf(best);
    QStringList keys = extend ? m_selection : QStringList();
    keys.removeAll(next);
    keys.append(next);
    setSelection(keys);
    ensureVisible(m_scene->nodes().at(best).box);
}

void GraphView::focusInEvent(QFocusEvent *event)
{
    const Qt::FocusReason reason = event->reason();
    m_showsFocus
        = reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason || reason == Qt::ShortcutFocusReason;
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void GraphView::focusOutEvent(QFocusEvent *event)
{
    m_isSpaceHeld = false;
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
    startInteraction(std::make_unique<InsertInteraction>(*this, droppedType(event->mimeData())));
    m_interaction->move(event->position(), event->modifiers());
    event->setDropAction(Qt::CopyAction);
    event->accept();
}

void GraphView::dragMoveEvent(QDragMoveEvent *event)
{
    if (!dynamic_cast<InsertInteraction *>(m_interaction.get())) {
        event->ignore();
        return;
    }
    m_interaction->move(event->position(), event->modifiers());
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
    const SceneHit hit = m_scene->hit(m_transform.toScene(position), slack());
    QStringList lines;
    if (hit.part == SceneHit::Part::EdgeAdd && !m_isReadOnly) {
        lines.append(tr("Insert a step here"));
    } else if (hit.part == SceneHit::Part::OpenAdd && !m_isReadOnly) {
        lines.append(tr("Add the next step"));
    } else if (hit.node >= 0) {
        const SceneNode &node = m_scene->nodes().at(hit.node);
        if (hit.outcome >= 0 && !m_scene->nodes().at(hit.node).card.outcomes.at(hit.outcome).text.isEmpty())
            lines.append(node.card.outcomes.at(hit.outcome).text);
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
    placeMinimap();
}

void GraphView::scrollContentsBy(int, int)
{
    // Scrolling is ours; see scrollBy().
}

} // namespace automation
