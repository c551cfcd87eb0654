#include "designer/accessibility/accessibleitem.h"

#include "designer/accessibility/accessiblecanvas.h"
#include "designer/canvas/graphview.h"

#include <QWindow>

namespace automation {

using namespace Qt::StringLiterals;

AccessibleItem::AccessibleItem(AccessibleCanvas &canvas, const CanvasPart &part)
    : m_canvas(canvas)
    , m_part(part)
{
}

GraphView *AccessibleItem::view() const
{
    return m_canvas.view();
}

const GraphScene &AccessibleItem::scene() const
{
    return m_canvas.scene();
}

int AccessibleItem::node() const
{
    return scene().indexOfKey(m_part.key);
}

int AccessibleItem::edge() const
{
    return scene().edgeOf(node(), m_part.outcome);
}

bool AccessibleItem::isValid() const
{
    return view() && m_canvas.exists(m_part);
}

QWindow *AccessibleItem::window() const
{
    return view() ? view()->window()->windowHandle() : nullptr;
}

QAccessibleInterface *AccessibleItem::childAt(int x, int y) const
{
    for (int i = 0; i < childCount(); ++i) {
        QAccessibleInterface *inner = child(i);
        if (inner && inner->rect().contains(x, y))
            return inner;
    }
    return nullptr;
}

int AccessibleItem::indexOfChild(const QAccessibleInterface *searched) const
{
    for (int i = 0; i < childCount(); ++i) {
        if (child(i) == searched)
            return i;
    }
    return -1;
}

QString AccessibleItem::text(QAccessible::Text kind) const
{
    if (!isValid())
        return {};
    switch (kind) {
    case QAccessible::Name:
        return AccessibleCanvas::nameOf(scene(), m_part);
    case QAccessible::Description:
        return description();
    default:
        return {};
    }
}

QRect AccessibleItem::rect() const
{
    if (!isValid())
        return {};
    const QRect onView = view()->transform().toView(sceneRect()).toAlignedRect();
    return {view()->viewport()->mapToGlobal(onView.topLeft()), onView.size()};
}

QAccessible::State AccessibleItem::state() const
{
    QAccessible::State state;
    if (!isValid()) {
        state.invalid = true;
        return state;
    }
    state.focusable = true;
    state.selectable = true;
    state.focused = view()->hasFocus() && m_canvas.currentPart() == m_part;
    state.selected = m_canvas.isSelected(m_part);
    const QRectF seen = view()->transform().toScene(QRectF(view()->viewport()->rect()));
    state.offscreen = !seen.intersects(sceneRect());
    state.invisible = !view()->isVisible();
    state.readOnly = view()->isReadOnly();
    return state;
}

void *AccessibleItem::interface_cast(QAccessible::InterfaceType type)
{
    return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface *>(this) : nullptr;
}

QString AccessibleItem::connectAction()
{
    return u"Connect"_s;
}

QString AccessibleItem::disconnectAction()
{
    return u"Disconnect"_s;
}

QString AccessibleItem::editAction()
{
    return u"Edit"_s;
}

QString AccessibleItem::renameAction()
{
    return u"Rename"_s;
}

QString AccessibleItem::localizedActionName(const QString &name) const
{
    if (name == connectAction())
        return tr("Connect to…");
    if (name == disconnectAction())
        return tr("Disconnect");
    if (name == editAction())
        return tr("Edit");
    if (name == renameAction())
        return tr("Rename");
    return QAccessibleActionInterface::localizedActionName(name);
}

} // namespace automation
