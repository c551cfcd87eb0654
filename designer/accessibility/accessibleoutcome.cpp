#include "designer/accessibility/accessibleoutcome.h"

#include "designer/accessibility/accessiblecanvas.h"
#include "designer/canvas/graphview.h"
#include "designer/canvas/outcomeconnector.h"

namespace automation {

QAccessibleInterface *AccessibleOutcome::parent() const
{
    return canvas().item({CanvasPart::Kind::Step, part().key, -1});
}

int AccessibleOutcome::childCount() const
{
    return isValid() && edge() >= 0 ? 1 : 0;
}

QAccessibleInterface *AccessibleOutcome::child(int index) const
{
    return index == 0 ? canvas().item({CanvasPart::Kind::Connection, part().key, part().outcome}) : nullptr;
}

QList<QPair<QAccessibleInterface *, QAccessible::Relation>> AccessibleOutcome::relations(
    QAccessible::Relation match) const
{
    if (!isValid() || edge() < 0 || !(match & QAccessible::Controlled))
        return {};
    const QString target = scene().keyOf(scene().edges().at(edge()).to);
    return {{canvas().item({CanvasPart::Kind::Step, target, -1}), QAccessible::Controlled}};
}

QStringList AccessibleOutcome::actionNames() const
{
    if (!isValid())
        return {};
    QStringList names {pressAction(), setFocusAction()};
    if (view()->editor().isEditable()) {
        names.append(connectAction());
        if (edge() >= 0)
            names.append(disconnectAction());
    }
    return names;
}

void AccessibleOutcome::doAction(const QString &name)
{
    if (!actionNames().contains(name))
        return;
    GraphView &drawing = *view();
    drawing.showStep(part().key);
    drawing.setCurrentOutcome(part().key, scene().nodes().at(node()).card.outcomes.at(part().outcome).key);
    drawing.setFocus(Qt::OtherFocusReason);
    if (name == connectAction())
        drawing.connector().connectCurrent();
    else if (name == disconnectAction())
        drawing.connector().disconnectCurrent();
}

QRectF AccessibleOutcome::sceneRect() const
{
    return AccessibleCanvas::outcomeRect(scene(), node(), part().outcome);
}

} // namespace automation
