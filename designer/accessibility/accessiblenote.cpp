#include "designer/accessibility/accessiblenote.h"

#include "designer/accessibility/accessiblecanvas.h"
#include "designer/canvas/canvasnotes.h"
#include "designer/canvas/graphview.h"

namespace automation {

QAccessibleInterface *AccessibleNote::parent() const
{
    return &canvas();
}

QString AccessibleNote::text(QAccessible::Text kind) const
{
    if (!isValid())
        return {};
    constexpr qsizetype Beginning = 100;
    const QString all = view()->notes().textOf(part().key);
    if (kind == QAccessible::Name) {
        const QString line = all.left(4 * Beginning).simplified();
        return tr("Note: %1").arg(line.size() > Beginning ? line.left(Beginning) + QChar(0x2026) : line);
    }
    return kind == QAccessible::Value ? all : QString();
}

QStringList AccessibleNote::actionNames() const
{
    if (!isValid())
        return {};
    QStringList names {pressAction(), setFocusAction()};
    if (view()->editor().isEditable())
        names.append(editAction());
    return names;
}

void AccessibleNote::doAction(const QString &name)
{
    if (!actionNames().contains(name))
        return;
    GraphView &drawing = *view();
    drawing.notes().goTo(part().key);
    drawing.setFocus(Qt::OtherFocusReason);
    if (name == editAction())
        drawing.notes().edit(part().key);
}

QRectF AccessibleNote::sceneRect() const
{
    return view()->notes().rectOf(part().key).value_or(QRectF());
}

} // namespace automation
