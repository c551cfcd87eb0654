// Adding steps in GraphView: where a new step goes, and quick-add.

#include "designer/canvas/canvasnotes.h"
#include "designer/canvas/graphview.h"
#include "designer/canvas/quickadd.h"
#include "designer/canvas/sceneplaces.h"

#include <algorithm>
#include <QCursor>

namespace automation {

using namespace Qt::StringLiterals;

AddPlace GraphView::placeAt(const QPointF &scenePoint) const
{
    constexpr qreal Generous = 16; // view pixels; a dropped step need not hit exactly
    const SceneHit hit = m_scene->hit(scenePoint, std::max(slack(), Generous / m_transform.zoom));
    const auto ofOutcome = [this](int node, int outcome) -> AddPlace {
        const SceneNode &card = m_scene->nodes().at(node);
        const bool connected = m_scene->edgeOf(node, outcome) >= 0;
        return {connected ? AddPlace::Kind::Connection : AddPlace::Kind::Outcome, card.key,
            card.card.outcomes.at(outcome).key};
    };
    if (hit.edge >= 0)
        return ofOutcome(m_scene->edges().at(hit.edge).from, m_scene->edges().at(hit.edge).outcome);
    if (hit.node >= 0 && hit.outcome >= 0)
        return ofOutcome(hit.node, hit.outcome);
    if (hit.node >= 0) {
        // On the card itself: behind it, by the first way that is open, else by the only one.
        const QList<OutcomeCell> &cells = m_scene->nodes().at(hit.node).card.outcomes;
        for (qsizetype i = 0; i < cells.size(); ++i) {
            if (cells.at(i).isOpen)
                return ofOutcome(hit.node, int(i));
        }
        if (cells.size() == 1 && !cells.first().isDangling)
            return ofOutcome(hit.node, 0);
    }
    return {};
}

AddPlace GraphView::outcomeAt(const QPointF &scenePoint) const
{
    const SceneHit hit = m_scene->hit(scenePoint, slack());
    if (hit.node < 0)
        return {};
    const SceneNode &node = m_scene->nodes().at(hit.node);
    int outcome = hit.outcome;
    if (outcome < 0) {
        if (takesConditions(node.key))
            return {AddPlace::Kind::Outcome, node.key, u"new"_s};
        if (node.card.outcomes.size() != 1)
            return {};
        outcome = 0;
    }
    const OutcomeCell &cell = node.card.outcomes.at(outcome);
    if (cell.kind == Outcome::Kind::Child)
        return {}; // what is inside a container is led by its place in the file
    return {cell.isOpen ? AddPlace::Kind::Outcome : AddPlace::Kind::Connection, node.key, cell.key};
}

std::optional<QPointF> GraphView::takePointedPlace()
{
    if (m_menuPoint)
        return std::exchange(m_menuPoint, std::nullopt);
    const bool isHere
        = viewport()->underMouse() && viewport()->rect().contains(viewport()->mapFromGlobal(QCursor::pos()));
    return isHere && !m_showsFocus ? std::optional(m_transform.toScene(m_pointer)) : std::nullopt;
}

AddPlace GraphView::placeBehindSelection() const
{
    if (m_selectedConnection)
        return {AddPlace::Kind::Connection, m_selectedConnection->first, m_selectedConnection->second};
    if (m_currentOutcome)
        return {AddPlace::Kind::Outcome, m_currentOutcome->first, m_currentOutcome->second};
    const int node = m_selection.size() == 1 ? m_scene->indexOfKey(m_selection.first())
        : m_scene->nodes().size() == 1       ? 0 // only the trigger
                                             : -1;
    if (node < 0)
        return {};
    const AddPlace place = placeAt(m_scene->nodes().at(node).box.center());
    const QString key = m_scene->keyOf(node);
    // A branch whose ways out all lead somewhere gets one more.
    return place.kind == AddPlace::Kind::Free && takesConditions(key)
        ? AddPlace {AddPlace::Kind::Outcome, key, u"new"_s}
        : place;
}

bool GraphView::takesConditions(const QString &key) const
{
    const int step = document() ? document()->graph().indexOfKey(key) : -1;
    const StepType *type = step < 0 ? nullptr : document()->graph().nodes().at(step).type;
    return type && type->outcomes == StepType::Outcomes::Conditions;
}

bool GraphView::addAt(const QString &typeName, const AddPlace &place)
{
    switch (place.kind) {
    case AddPlace::Kind::Connection:
        return m_editor.insertOnConnection(typeName, place.fromKey, place.outcomeKey);
    case AddPlace::Kind::Outcome:
        return m_editor.append(typeName, place.fromKey, place.outcomeKey);
    case AddPlace::Kind::Free:
        break;
    }
    return m_editor.add(typeName);
}

void GraphView::addStepOfType(const QString &typeName)
{
    addAt(typeName, placeBehindSelection());
}

void GraphView::quickAdd()
{
    if (!m_editor.isEditable())
        return;
    const AddPlace place = placeBehindSelection();
    QPointF point = usableArea().center() - QPointF(0, 120);
    const int node = m_scene->indexOfKey(place.fromKey);
    if (node >= 0) {
        const SceneNode &from = m_scene->nodes().at(node);
        ensureVisible(from.box);
        const int outcome = std::max(0, outcomeIndex(*m_scene, node, place.outcomeKey));
        point = m_transform.toView(m_scene->portPosition(node, outcome)) + from.card.way(44);
    }
    openQuickAdd(place, point);
}

void GraphView::openQuickAdd(const AddPlace &place, const QPointF &viewPoint)
{
    if (!m_editor.isEditable())
        return;
    setHover({});
    m_addPlace = place;
    m_addPoint = m_transform.toScene(viewPoint);
    const bool connects = place.kind == AddPlace::Kind::Outcome;
    m_quickAdd->open(
        viewPoint.toPoint() + viewport()->pos(), document()->catalog(), document()->graph(), connects, place.fromKey);
    viewport()->update();
}

void GraphView::takeAddChoice(const QString &typeName, const QString &stepKey)
{
    const std::optional<AddPlace> place = std::exchange(m_addPlace, std::nullopt);
    viewport()->update();
    if (!place)
        return;
    if (!typeName.isEmpty())
        addAt(typeName, *place);
    else if (!stepKey.isEmpty())
        m_editor.connectTo(place->fromKey, place->outcomeKey, stepKey);
}

void GraphView::addNote()
{
    setSelection({});
    m_notes->add(std::exchange(m_menuPoint, std::nullopt));
}

} // namespace automation
