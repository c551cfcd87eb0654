#pragma once

#include "designer/accessibility/accessibleitem.h"

namespace automation {

// A way out of a step: a button on the step's card. Its only child is the connection that leaves through it.
class AccessibleOutcome : public AccessibleItem
{
public:
    using AccessibleItem::AccessibleItem;

    QAccessibleInterface *parent() const override;
    int childCount() const override;
    QAccessibleInterface *child(int index) const override;
    QAccessible::Role role() const override { return QAccessible::Button; }
    // The step it leads to is controlled by it.
    QList<QPair<QAccessibleInterface *, QAccessible::Relation>> relations(QAccessible::Relation match) const override;

    QStringList actionNames() const override;
    void doAction(const QString &name) override;

protected:
    QRectF sceneRect() const override;
};

} // namespace automation
