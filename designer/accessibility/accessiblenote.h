#pragma once

#include "designer/accessibility/accessibleitem.h"

namespace automation {

// A note on the drawing: its name is how it begins, its value all of it.
class AccessibleNote : public AccessibleItem
{
public:
    using AccessibleItem::AccessibleItem;

    QAccessibleInterface *parent() const override;
    int childCount() const override { return 0; }
    QAccessibleInterface *child(int) const override { return nullptr; }
    QAccessible::Role role() const override { return QAccessible::Note; }
    QString text(QAccessible::Text kind) const override;

    QStringList actionNames() const override;
    void doAction(const QString &name) override;

protected:
    QRectF sceneRect() const override;
};

} // namespace automation
