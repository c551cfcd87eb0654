#pragma once

#include "designer/accessibility/accessibleitem.h"

namespace automation {

// The trigger or a step: an item of the drawing's list, its ways out are its children. Its description tells what is
// wrong with it, what it is inside of and what happened to it in the run that is shown.
class AccessibleStep : public AccessibleItem
{
public:
    using AccessibleItem::AccessibleItem;

    QAccessibleInterface *parent() const override;
    int childCount() const override;
    QAccessibleInterface *child(int index) const override;
    QAccessible::Role role() const override { return QAccessible::ListItem; }
    // The steps it leads to are controlled by it, those that lead to it control it: the nearest to “flows to” and
    // “flows from” that Qt knows before 6.6.
    QList<QPair<QAccessibleInterface *, QAccessible::Relation>> relations(QAccessible::Relation match) const override;

    QStringList actionNames() const override;
    void doAction(const QString &name) override;

protected:
    QString description() const override;
    QRectF sceneRect() const override;
};

} // namespace automation
