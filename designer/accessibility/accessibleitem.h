#pragma once

#include <QAccessibleActionInterface>
#include <QAccessibleInterface>
#include <QCoreApplication>

namespace automation {

class AccessibleCanvas;
class GraphScene;
class GraphView;

// What an accessible part of a drawing stands for. It stays the same over edits, so that a screen reader keeps its
// place; what it says and where it is follow the scene. Value type.
struct CanvasPart
{
    enum class Kind { Step, Outcome, Connection, Note };
    Kind kind = Kind::Step;
    QString key; // of the step, or of the step it leaves; of a note its id
    int outcome = -1; // its number on the card

    friend bool operator==(const CanvasPart &, const CanvasPart &) = default;
    friend size_t qHash(const CanvasPart &part, size_t seed = 0)
    {
        return qHashMulti(seed, int(part.kind), part.key, part.outcome);
    }
};

// A step, a way out of it, a connection or a note of a drawing as assistive technology sees it. Owned by Qt's cache of
// accessible objects; its AccessibleCanvas removes it there when the part is gone. GUI thread.
class AccessibleItem : public QAccessibleInterface, public QAccessibleActionInterface
{
    Q_DECLARE_TR_FUNCTIONS(AccessibleItem)
public:
    AccessibleItem(AccessibleCanvas &canvas, const CanvasPart &part);

    const CanvasPart &part() const { return m_part; }

    bool isValid() const override;
    QObject *object() const override { return nullptr; }
    QWindow *window() const override;
    QAccessibleInterface *childAt(int x, int y) const override;
    int indexOfChild(const QAccessibleInterface *child) const override;
    QString text(QAccessible::Text kind) const override;
    void setText(QAccessible::Text, const QString &) override { }
    QRect rect() const override;
    QAccessible::State state() const override;
    void *interface_cast(QAccessible::InterfaceType type) override;

    QString localizedActionName(const QString &name) const override;
    QStringList keyBindingsForAction(const QString &) const override { return {}; }

protected:
    AccessibleCanvas &canvas() const { return m_canvas; }
    GraphView *view() const; // null while it is being destroyed
    const GraphScene &scene() const;
    int node() const; // -1 when it is gone
    int edge() const; // that leaves the outcome; -1 without one
    virtual QString description() const { return {}; }
    virtual QRectF sceneRect() const = 0;

    static QString connectAction();
    static QString disconnectAction();
    static QString editAction();
    static QString renameAction();

private:
    AccessibleCanvas &m_canvas;
    CanvasPart m_part;
};

} // namespace automation
