#include "designer/accessibility/accessibleconnection.h"

#include "designer/accessibility/accessiblecanvas.h"
#include "designer/canvas/graphview.h"
#include "designer/canvas/outcomeconnector.h"

namespace automation {

QAccessibleInterface *AccessibleConnection::parent() const
{
    return canvas().item({CanvasPart::Kind::Outcome, part().key, part().outcome});
}

QList<QPair<QAccessibleInterface *, QAccessible::Relation>> AccessibleConnection::relations(
    QAccessible::Relation match) const
{
    QList<QPair<QAccessibleInterface *, QAccessible::Relation>> related;
    if (!isValid())
        return related;
    const QString target = scene().keyOf(scene().edges().at(edge()).to);
    if (match & QAccessible::Controlled)
        related.append({canvas().item({CanvasPart::Kind::Step, target, -1}), QAccessible::Controlled});
    if (match & QAccessible::Controller)
        related.append({canvas().item({CanvasPart::Kind::Step, part().key, -1}), QAccessible::Controller});
    return related;
}

QStringList AccessibleConnection::actionNames() const
{
    if (!isValid())
        return {};
    QStringList names {pressAction(), setFocusAction()};
    if (view()->editor().isEditable())
        names += {connectAction(), disconnectAction()};
    return names;
}

void AccessibleConnection::doAction(const QString &name)
{
    if (!actionNames().contains(name))
        return;
    GraphView &drawing = *view();
    const SceneEdge &line = scene().edges().at(edge());
    if (name == pressAction()) {
        drawing.revealStep(scene().keyOf(line.to));
        drawing.setFocus(Qt::OtherFocusReason);
        return;
    }
    drawing.showStep(part().key);
    drawing.setCurrentOutcome(part().key, scene().nodes().at(line.from).card.outcomes.at(line.outcome).key);
    drawing.setFocus(Qt::OtherFocusReason);
    if (name == connectAction())
        drawing.connector().connectCurrent();
    else if (name == disconnectAction())
        drawing.connector().disconnectCurrent();
}

QString AccessibleConnection::localizedActionName(const QString &name) const
{
    return name == pressAction() ? tr("Go to the step it leads to") : AccessibleItem::localizedActionName(name);
}

QRectF AccessibleConnection::sceneRect() const
{
    // A jump is where it leaves; from one end to the other it would cover steps it has nothing to do with.
    const SceneEdge &line = scene().edges().at(edge());
    return line.isJump() ? line.sourcePill : line.bounds;
}

} // namespace automation
