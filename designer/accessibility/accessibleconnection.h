#pragma once

#include "designer/accessibility/accessibleitem.h"

namespace automation {

// A connection: a link on the way out it leaves through. Pressing it goes to the step it leads to.
class AccessibleConnection : public AccessibleItem
{
public:
    using AccessibleItem::AccessibleItem;

    QAccessibleInterface *parent() const override;
    int childCount() const override { return 0; }
    QAccessibleInterface *child(int) const override { return nullptr; }
    QAccessible::Role role() const override { return QAccessible::Link; }
    // Controlled by the step it comes from, controls the one it leads to.
    QList<QPair<QAccessibleInterface *, QAccessible::Relation>> relations(QAccessible::Relation match) const override;

    QStringList actionNames() const override;
    void doAction(const QString &name) override;
    QString localizedActionName(const QString &name) const override;

protected:
    QRectF sceneRect() const override;
};

} // namespace automation
