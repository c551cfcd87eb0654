#pragma once

#include <QHash>
#include <QKeySequence>
#include <QObject>
#include <QPointer>

#include <functional>

class QAction;
class QMenu;

namespace automation {

class GraphView;
class PictureJob;

// The actions on a drawing, for menus, key, palette and context menus: one set for all drawings of a window, working on
// the one that is set. Keys that text fields need too work while the drawing has the focus only. GUI thread.
class CanvasActions : public QObject
{
    Q_OBJECT
public:
    enum class Id {
        // Edit
        Cut,
        Copy,
        CopyPicture,
        Paste,
        Duplicate,
        Delete,
        DeleteAndReconnect,
        SelectAll,
        Edit,
        Rename,
        ConnectTo,
        Disconnect,
        Find,
        FindNext,
        FindPrevious,
        // View
        ZoomIn,
        ZoomOut,
        ActualSize,
        Fit,
        FitSelection,
        Back,
        Forward,
        NextStep,
        PreviousStep,
        NextOutcome,
        PreviousOutcome,
        // Insert
        Step,
        Note,
        // Arrange
        MoveLeft,
        MoveRight,
        MoveUp,
        MoveDown,
        AlignLeft,
        AlignCentre,
        AlignRight,
        AlignTop,
        AlignMiddle,
        AlignBottom,
        DistributeHorizontally,
        DistributeVertically,
        Tidy,
        LeftToRight,
        Extract
    };

    explicit CanvasActions(QObject *parent = nullptr);

    // The drawing they work on from now on; may be null. Its keys work while it has the focus.
    void setView(GraphView *view);
    GraphView *view() const { return m_view; }
    // Makes the pictures of all drawings of the window, those for the clipboard by an action here. Owned.
    PictureJob *pictures() const { return m_pictures; }
    // Enables what can be done now; happens by itself when selection, document or drawing change.
    void update();

    QAction *action(Id id) const { return m_actions.value(int(id)); }
    void addTo(QMenu *menu, std::initializer_list<Id> ids) const;
    void addArrangements(QMenu *menu) const; // align and distribute
    // A menu of all step types for the selected step, the present one ticked. Filled whenever it is shown.
    QMenu *typeMenu() const { return m_typeMenu; }
    // What can be done with what is selected: a step, several, a connection or nothing.
    void fillContextMenu(QMenu *menu) const;

Q_SIGNALS:
    // The selected steps shall become a definition of their own.
    void extractRequested();

private:
    void add(Id id, const QString &icon, const QString &text, const QList<QKeySequence> &keys, bool onlyInDrawing,
        std::function<void(GraphView &)> run);
    void fillTypeMenu();

    QPointer<GraphView> m_view;
    QHash<int, QAction *> m_actions;
    QMenu *m_typeMenu; // owned
    PictureJob *m_pictures;
};

} // namespace automation
