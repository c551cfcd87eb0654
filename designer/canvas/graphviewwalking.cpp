// The keys in GraphView: which step or way out they are on, how they go on from there, and the ring that shows it.

#include "designer/accessibility/accessiblecanvas.h"
#include "designer/canvas/canvasnotes.h"
#include "designer/canvas/floworder.h"
#include "designer/canvas/graphview.h"
#include "designer/canvas/graphwalk.h"
#include "designer/canvas/outcomeconnector.h"
#include "designer/canvas/quickadd.h"
#include "designer/canvas/sceneplaces.h"

namespace automation {

std::optional<std::pair<QString, QString>> GraphView::currentOutcome() const
{
    return m_currentOutcome ? m_currentOutcome : m_selectedConnection;
}

void GraphView::setCurrentOutcome(const QString &fromKey, const QString &outcomeKey)
{
    const int node = m_scene->indexOfKey(fromKey);
    const int outcome = outcomeIndex(*m_scene, node, outcomeKey);
    if (outcome < 0)
        return;
    if (m_scene->edgeOf(node, outcome) >= 0) {
        selectConnection(fromKey, outcomeKey);
        return;
    }
    setSelection({fromKey});
    m_currentOutcome = {fromKey, outcomeKey};
    updateFocusRing();
    Q_EMIT selectionChanged(m_selection);
}

void GraphView::keepOutcomeCurrent(const QString &fromKey, const QStringList &outcomeKeys)
{
    m_pendingOutcome = {fromKey, outcomeKeys};
    if (!isLayoutPending())
        applyPendingOutcome();
}

void GraphView::applyPendingOutcome()
{
    const auto [from, keys] = std::exchange(m_pendingOutcome, {});
    const int node = m_scene->indexOfKey(from);
    if (node < 0)
        return;
    for (const QString &key : keys) {
        if (outcomeIndex(*m_scene, node, key) >= 0) {
            setCurrentOutcome(from, key);
            return;
        }
    }
    setSelection({from});
}

void GraphView::walk(Qt::Key direction, bool extend)
{
    // From a way out to the step it leaves, or leads to, as if that were selected.
    const QString start
        = m_selectedConnection ? m_selectedConnection->first : m_selection.value(m_selection.size() - 1);
    goToNode(neighbourOf(*m_scene, m_scene->indexOfKey(start), direction), extend);
}

void GraphView::walkInOrder(bool forward)
{
    cancelInteraction();
    const QString start
        = m_selectedConnection ? m_selectedConnection->first : m_selection.value(m_selection.size() - 1);
    const QList<int> order = flowOrder(*m_scene);
    // Behind the last step come the notes.
    const QStringList notes = m_notes->ids();
    const qsizetype note = notes.indexOf(m_notes->selected());
    const qsizetype now = note >= 0 ? order.size() + note : order.indexOf(m_scene->indexOfKey(start));
    const qsizetype next = now < 0 ? 0 : now + (forward ? 1 : -1);
    if (next < order.size())
        goToNode(order.value(next, -1), false);
    else if (next - order.size() < notes.size())
        m_notes->goTo(notes.at(next - order.size()));
}

// The step itself is the place before its first way out and behind its last.
void GraphView::walkOutcomes(bool forward)
{
    cancelInteraction();
    const auto current = currentOutcome();
    const QString key = current ? current->first : m_selection.value(m_selection.size() - 1);
    const int node = m_scene->indexOfKey(key);
    if (node < 0)
        return;
    const QList<OutcomeCell> &cells = m_scene->nodes().at(node).card.outcomes;
    const int places = int(cells.size()) + 1;
    const int now = current ? outcomeIndex(*m_scene, node, current->second) + 1 : 0;
    const int next = (now + (forward ? 1 : places - 1)) % places;
    m_showsFocus = true;
    if (next == 0)
        setSelection({key});
    else
        setCurrentOutcome(key, cells.at(next - 1).key);
    ensureVisible(m_scene->nodes().at(node).box);
    updateFocusRing();
}

void GraphView::goToNode(int node, bool extend)
{
    if (node < 0)
        return;
    const QString key = m_scene->keyOf(node);
    QStringList keys = extend ? m_selection : QStringList();
    keys.removeAll(key);
    keys.append(key);
    m_showsFocus = true;
    setSelection(keys);
    ensureVisible(m_scene->nodes().at(node).box);
    updateFocusRing();
}

// The ring

// In the view; null while the mouse is used or something else has the keyboard, but for the question where to connect.
QRectF GraphView::focusRing() const
{
    if (!(m_showsFocus && hasFocus()) && !m_connector->panel()->isOpen())
        return {};
    constexpr qreal Off = 5; // view pixels round the card: beyond the outline of a selected one
    const auto current = currentOutcome();
    const QString key = current ? current->first : m_selection.value(m_selection.size() - 1);
    const int node = m_scene->indexOfKey(key);
    if (node < 0)
        return QRectF(viewport()->rect()).adjusted(1, 1, -1, -1);
    const int outcome = current ? outcomeIndex(*m_scene, node, current->second) : -1;
    if (outcome >= 0)
        return m_transform.toView(AccessibleCanvas::outcomeRect(*m_scene, node, outcome)).adjusted(-1, -1, 1, 1);
    return m_transform.toView(m_scene->nodes().at(node).box).adjusted(-Off, -Off, Off, Off);
}

void GraphView::updateFocusRing()
{
    const QRectF ring = focusRing();
    if (ring == m_shownRing)
        return;
    for (const QRectF &changed : {m_shownRing, ring})
        viewport()->update(changed.adjusted(-3, -3, 3, 3).toAlignedRect());
}

void GraphView::paintFocusRing(QPainter &painter)
{
    m_shownRing = focusRing();
    if (m_shownRing.isNull())
        return;
    const bool isWhole = m_shownRing.contains(QRectF(viewport()->rect()).adjusted(2, 2, -2, -2));
    const qreal radius
        = isWhole ? 0 : std::min(currentOutcome() ? 5.0 : CardMetrics::Radius * m_transform.zoom + 5, 15.0);
    painter.resetTransform();
    painter.setClipping(false);
    const int node = currentOutcome() || m_selection.isEmpty() ? -1 : m_scene->indexOfKey(m_selection.last());
    if (m_state.problems.contains(node) || m_state.runs.contains(node)) {
        // Not through the badge at the upper right corner.
        const QRectF box = m_scene->nodes().at(node).box;
        const qreal width = m_state.showsRun ? box.width() / 2 : 16;
        const QRectF badge(box.right() - width, box.top() - 13, width + 22, 26);
        painter.setClipRegion(QRegion(viewport()->rect()) - m_transform.toView(badge).toAlignedRect());
    }
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    // The text's colour stands out from the canvas and from the accent of what is selected.
    painter.setPen(QPen(isWhole ? m_theme.accent : m_theme.text, 2));
    painter.drawRoundedRect(m_shownRing, radius, radius);
}

} // namespace automation
