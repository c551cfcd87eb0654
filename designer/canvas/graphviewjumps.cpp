// The pills of jumps in GraphView: what is under the pointer, which of several jumps is meant, and the way to the other
// end.

#include "designer/canvas/graphview.h"
#include "designer/canvas/sceneplaces.h"

namespace automation {

// Of jumps that share a pill, the selected one is meant.
SceneHit GraphView::hitAt(const QPointF &position) const
{
    const QPointF point = m_transform.toScene(position);
    SceneHit hit = m_scene->hit(point, slack());
    if (hit.part != SceneHit::Part::EdgeEnd || m_state.selectedEdge < 0)
        return hit;
    const SceneEdge &selected = m_scene->edges().at(m_state.selectedEdge);
    const SceneEdge &found = m_scene->edges().at(hit.edge);
    if (selected.isJump() && found.isJump() && selected.to == found.to && found.isTargetEnd(point))
        hit.edge = m_state.selectedEdge;
    return hit;
}

bool GraphView::isOnJump() const
{
    return m_state.selectedEdge >= 0 && m_scene->edges().at(m_state.selectedEdge).isJump();
}

// A click on the pill of several jumps that was on one of them already.
void GraphView::selectNextJump(const SceneHit &hit, const QPointF &position)
{
    const SceneEdge &edge = m_scene->edges().at(hit.edge);
    const QList<int> jumps = m_scene->jumpsTo(edge.to);
    if (!edge.isJump() || jumps.size() < 2 || !edge.isTargetEnd(m_transform.toScene(position)))
        return;
    const SceneEdge &next = m_scene->edges().at(jumps.at((jumps.indexOf(hit.edge) + 1) % jumps.size()));
    const SceneNode &from = m_scene->nodes().at(next.from);
    selectConnection(from.key, from.card.outcomes.at(next.outcome).key);
}

void GraphView::followJump(int edge, bool toTarget)
{
    const SceneEdge &jump = m_scene->edges().at(edge);
    const QString here = m_scene->keyOf(toTarget ? jump.from : jump.to);
    const QString there = m_scene->keyOf(toTarget ? jump.to : jump.from);
    // Going back leads to this end, though only the jump is selected here.
    PlaceHistory::Place place = currentPlace();
    place.selection = {here};
    m_places.leave(place);
    goToStep(there);
    updateFocusRing();
}

QString GraphView::jumpToolTip(const SceneHit &hit, const QPointF &position) const
{
    constexpr int Most = 12;
    const SceneEdge &edge = m_scene->edges().at(hit.edge);
    const auto titleOf = [this](int node) { return m_scene->nodes().at(node).card.title; };
    if (!edge.targetPill.contains(m_transform.toScene(position)))
        return tr("Jumps to “%1”. Double-click to go there.").arg(titleOf(edge.to));
    const QList<int> jumps = m_scene->jumpsTo(edge.to);
    if (jumps.size() == 1)
        return tr("Jumped to from “%1”. Double-click to go there.").arg(titleOf(edge.from));
    QStringList lines {tr("Jumped to from several steps. Click for the next one, double-click to go there.")};
    for (qsizetype i = 0; i < jumps.size() && i < Most; ++i)
        lines.append(u"• "_qs + titleOf(m_scene->edges().at(jumps.at(i)).from));
    if (jumps.size() > Most)
        lines.append(u"…"_qs);
    return lines.join(u'\n');
}

} // namespace automation
