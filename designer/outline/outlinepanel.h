#pragma once

#include <QPointer>
#include <QWidget>

class QStackedWidget;

namespace automation {

class CanvasActions;
class EmptyState;
class GraphView;
class OutlineModel;
class OutlineTree;

// The workflow as a tree beside its drawing, an equal way to edit it: what is selected in one is selected in the other,
// and the same actions work on both. Keys: F2 renames, Enter edits the step or leads the way out elsewhere, Insert adds
// a step behind, and those of the actions. GUI thread.
class OutlinePanel : public QWidget
{
    Q_OBJECT
public:
    explicit OutlinePanel(QWidget *parent = nullptr);

    // Their keys work in the tree too. Once; not owned, must outlive the panel.
    void setActions(CanvasActions *actions);
    // The drawing whose document is shown; may be null. Stands its destruction. Nothing is listed before the panel is
    // seen: opening a file does not wait for it.
    void setView(GraphView *view);
    OutlineTree *tree() const { return m_tree; }
    OutlineModel *model() const { return m_model; }

Q_SIGNALS:
    void contextMenuRequested(const QPoint &globalPosition);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void list();
    void showSelection(); // of the drawing
    void takeSelection(); // of the tree
    void showEmptiness();
    void editCurrent();

    QPointer<GraphView> m_view;
    CanvasActions *m_actions = nullptr;
    OutlineModel *m_model;
    OutlineTree *m_tree;
    EmptyState *m_empty;
    QStackedWidget *m_pages;
    bool m_isTaking = false; // the tree's selection, soon
    bool m_isShowing = false; // the tree takes over what is selected in the drawing
};

} // namespace automation
