#pragma once

#include "designer/accessibility/accessibleitem.h"

#include <QAccessibleWidget>
#include <QHash>
#include <QSet>

#include <memory>
#include <optional>

namespace automation {

// A drawing as assistive technology sees it: a list of the trigger and all steps in reading order, each with its ways
// out as children and those with their connections; after them the notes and the widgets that lie on the drawing. A
// list, not a drawing area or a tree: readers step through list items, say which of how many one is on, and follow the
// focus from item to item; of a drawing area they say only that it is one, and of a tree they expect each level to be
// unfolded first, which a flow that meets and loops is not.
//
// Parts are made when they are asked for and removed when they are gone from the scene; events are sent only while
// some assistive technology listens. GUI thread; owned by Qt's cache of accessible objects.
class AccessibleCanvas : public QAccessibleWidget
{
    Q_DECLARE_TR_FUNCTIONS(AccessibleCanvas)
public:
    explicit AccessibleCanvas(GraphView *view);
    ~AccessibleCanvas() override;

    // From now on each GraphView gets one when it is asked for.
    static void install();

    GraphView *view() const; // null while it is being destroyed
    const GraphScene &scene() const { return *m_scene; } // as far as it was told to whoever listens
    QAccessibleInterface *item(const CanvasPart &part) const; // null when there is no such part
    // The part the keys work on: the step selected last, one of its ways out, or none.
    std::optional<CanvasPart> currentPart() const;
    bool isSelected(const CanvasPart &part) const;
    qsizetype madeItems() const { return m_items.size(); }

    static bool contains(const GraphScene &scene, const CanvasPart &part); // no note
    bool exists(const CanvasPart &part) const;
    static QString nameOf(const GraphScene &scene, const CanvasPart &part);
    static QRectF outcomeRect(const GraphScene &scene, int node, int outcome); // its cell, or round its port

    int childCount() const override;
    QAccessibleInterface *child(int index) const override;
    int indexOfChild(const QAccessibleInterface *child) const override;
    QAccessibleInterface *childAt(int x, int y) const override;
    QAccessibleInterface *focusChild() const override;
    QAccessible::Role role() const override { return QAccessible::List; }
    QAccessible::State state() const override;
    QString text(QAccessible::Text kind) const override;

private:
    void takeScene();
    void takeNotes();
    void takeSelection();
    void tellSelection();
    void tellFocus();
    void tell(const CanvasPart &part, QAccessible::Event event) const;
    void tellAdded(const GraphScene &before) const;
    QStringList notes() const; // their ids
    QList<QWidget *> widgetsOnTop() const;
    const QList<int> &order() const; // node numbers
    QSet<CanvasPart> selectedParts() const;

    QObject m_listener; // ends the connections to the view
    std::shared_ptr<const GraphScene> m_scene;
    mutable QList<int> m_order; // empty = to be found
    mutable QList<int> m_places; // in the order, by node
    mutable QHash<CanvasPart, QAccessible::Id> m_items;
    QHash<QString, QString> m_notes; // their texts by id, as far as it was told
    QSet<CanvasPart> m_selected; // as it was told
    std::optional<CanvasPart> m_focused; // as it was told
    bool m_isTelling = false; // the selection soon
};

} // namespace automation
