#pragma once

#include "designer/canvas/canvaseditor.h"
#include "designer/canvas/placehistory.h"
#include "designer/canvas/viewtransform.h"
#include "designer/drawing/graphpainter.h"

#include <QAbstractScrollArea>

#include <functional>
#include <optional>

namespace automation {

class CanvasArranger;
class CanvasClipboard;
class CanvasFinder;
class CanvasInteraction;
class CanvasNotes;
class EdgeScroller;
class InPlaceEditor;
class Minimap;
class OutcomeConnector;
class QuickAdd;
class SceneBuilder;
class SceneTransition;

// Where a step chosen in quick-add goes.
struct AddPlace
{
    enum class Kind { Free, Outcome, Connection };
    Kind kind = Kind::Free;
    QString fromKey;
    QString outcomeKey;
};

// The drawing of one document: shows it, lays it out again after each edit, and turns gestures into commands on the
// document. Selection, zoom and scrolling are its own and never touch the undo stack. GUI thread; does not own the
// document and stands its destruction.
class GraphView : public QAbstractScrollArea
{
    Q_OBJECT
public:
    static constexpr qreal MinimumZoom = 0.05; // less where the whole of a huge drawing needs it
    static constexpr qreal MaximumZoom = 4;

    explicit GraphView(QWidget *parent = nullptr);
    ~GraphView() override;

    void setDocument(WorkflowDocument *document); // may be null
    WorkflowDocument *document() const { return m_editor.document(); }
    void setTheme(const Theme &theme);
    const Theme &theme() const { return m_theme; }
    // No edits; for watching runs. Selecting, panning and zooming stay.
    void setReadOnly(bool readOnly);
    bool isReadOnly() const { return m_isReadOnly; }
    // What happened in an instance, painted over the drawing instead of problems. An empty one ends it.
    void setRunOverlay(const RunOverlay &overlay);
    const RunOverlay &runOverlay() const { return m_overlay; }
    // Takes the problems of the document again; happens by itself when they change.
    void setProblems();
    // Room at the view's edges that something lies on; the drawing starts and fits inside of it.
    void setViewMargins(const QMargins &margins);

    // Keys of selected steps, the trigger's included, in the order they were selected.
    QStringList selection() const { return m_selection; }
    void setSelection(const QStringList &keys); // unknown keys are dropped
    // The selected connection as (from key, outcome key), if a connection is selected.
    std::optional<std::pair<QString, QString>> selectedConnection() const { return m_selectedConnection; }
    void selectConnection(const QString &fromKey, const QString &outcomeKey);
    // The way out the keys are on, as (from key, outcome key): that of the selected connection, or an open one of the
    // selected step. None while they are on a step.
    std::optional<std::pair<QString, QString>> currentOutcome() const;
    void setCurrentOutcome(const QString &fromKey, const QString &outcomeKey);
    // After an edit that gives an outcome another key: the first of these that there is becomes the current one, once
    // the edit is shown; else the step is selected.
    void keepOutcomeCurrent(const QString &fromKey, const QStringList &outcomeKeys);
    // Selects the step and scrolls it into view. While a layout is under way, when that is done.
    void revealStep(const QString &key);
    void showStep(const QString &key); // scrolls it into view, no more
    // As revealStep(), for whoever asks for this very step: comes near where its card would be too small to read.
    void goToStep(const QString &key);

    qreal zoom() const { return m_transform.zoom; }
    // Whole percent; 0 below one, which whole drawings of thousands of steps need.
    int zoomPercent() const { return m_transform.zoom < 0.01 ? 0 : qRound(m_transform.zoom * 100); }
    void setZoom(qreal zoom, const QPointF &viewAnchor); // the scene point under the anchor stays there
    const ViewTransform &transform() const { return m_transform; }
    void scrollBy(const QPointF &pixels);
    void centerOn(const QPointF &scenePoint);
    bool isMinimapVisible() const; // wanted; it shows only while a part of the drawing is outside the view

    std::shared_ptr<const GraphScene> scene() const { return m_scene; }
    const SceneState &state() const { return m_state; }
    void layOutAnew(); // as when the document was opened, wherever cards came to stand by edits
    bool isLayoutPending() const; // a layout of a large graph is under way
    bool hasInteraction() const { return m_interaction != nullptr; } // a gesture is half done
    CanvasEditor &editor() { return m_editor; }
    GraphPainter &painter() { return m_painter; }
    CanvasClipboard &clipboard() { return *m_clipboard; }
    CanvasFinder &finder() { return *m_finder; }
    CanvasArranger &arranger() { return *m_arranger; }
    CanvasNotes &notes() { return *m_notes; }
    OutcomeConnector &connector() { return *m_connector; }
    bool canGoBack() const { return m_places.canGoBack(); }
    bool canGoForward() const { return m_places.canGoForward(); }

    // For the gestures: what they highlight. Repaints.
    void changeState(const std::function<void(SceneState &)> &change);
    // Draws cards, by index, beside their place, and the lines on them; all others at theirs. Repaints what that
    // touches.
    void displace(const QSet<int> &nodes, const QPointF &offset);
    void displace(const QHash<int, QPointF> &offsets);
    void repaintGuides(const QList<QLineF> &guides); // scene; these and those of the last call
    // Opens quick-add at a point of the view; with a wire from an outcome that place is the wire's end.
    void openQuickAdd(const AddPlace &place, const QPointF &viewPoint);
    // The place a step dropped or added at this point of the scene goes to.
    AddPlace placeAt(const QPointF &scenePoint) const;
    // The outcome under this point, where a connection may begin: a port, a cell, or the card that has only one; of a
    // Branch's card a new condition.
    AddPlace outcomeAt(const QPointF &scenePoint) const;
    // Where the person points on the drawing, in scene units: where the context menu was opened, then at the pointer.
    // None while that is elsewhere or the keys are used to go about.
    std::optional<QPointF> takePointedPlace();
    // The place behind the selected step: its first open outcome, else the one connection that leaves it, else one more
    // condition of a branch; free without any of them.
    AddPlace placeBehindSelection() const;
    bool takesConditions(const QString &key) const; // a step that may get more ways out
    bool addAt(const QString &typeName, const AddPlace &place);
    // Whether a connection drawn as a jump is selected.
    bool isOnJump() const;
    // Shows and selects the step at the other end; going back leads here again.
    void followJump(int edge, bool toTarget);

public Q_SLOTS:
    void zoomIn();
    void zoomOut();
    void zoomToFit();
    void zoomActual();
    void zoomToSelection();
    void goBack(); // to the place looked at before
    void goForward();
    // The keys' way through the drawing: all steps in reading order, and the ways out of the current one.
    void walkInOrder(bool forward);
    void walkOutcomes(bool forward);
    void editSelected(); // of a jump: shows the step it leads to
    void renameSelected(); // in place, on the card
    // Another type for the selected step, its wiring kept.
    void changeSelectedType(const QString &typeName);
    void selectAll();
    void quickAdd(); // behind the selected step if it has an open outcome, else free
    void deleteSelection(bool heal = false);
    // As quickAdd() with the step type already chosen.
    void addStepOfType(const QString &typeName);
    void addNote(); // where the context menu was opened, else in the middle
    void setMinimapVisible(bool visible);

Q_SIGNALS:
    void selectionChanged(const QStringList &keys);
    void zoomChanged(int percent);
    void editRequested(const QString &key); // Enter or double click on a step
    void contextMenuRequested(const QString &key, const QPoint &globalPosition); // key empty on canvas and edges
    void message(const QString &text); // why something was not done; plain text
    void sceneChanged(); // a new layout is shown
    void readOnlyChanged(bool readOnly);

protected:
    bool viewportEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void keyReleaseEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragMoveEvent(QDragMoveEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;

private:
    void takeChange(const DocumentChange &change);
    void takeDrawing();
    QRegion displacedRegion() const;
    QHash<int, QPointF> wayFrom(const GraphScene &before, const ViewTransform &shown) const;
    void takeScene(const std::shared_ptr<const GraphScene> &scene);
    void requestScene();
    void bindState();
    void applyPendingReveal();
    void applyPendingOutcome();
    PlaceHistory::Place currentPlace() const;
    void goTo(std::optional<PlaceHistory::Place> (PlaceHistory::*way)(const PlaceHistory::Place &));
    void startInteraction(std::unique_ptr<CanvasInteraction> interaction);
    void endInteraction();
    bool cancelInteraction();
    void press(const QPointF &position, Qt::KeyboardModifiers modifiers);
    bool pressOnWire(const QPointF &position);
    void moveInteraction(const QPointF &position, Qt::KeyboardModifiers modifiers);
    void paintGrips(QPainter &painter) const;
    void setHover(const SceneHit &hit);
    void updateLitEdges();
    void updateCursor();
    void repaintChanged(const QSet<int> &before, const QSet<int> &now);
    void repaintNode(int node);
    void repaintEdge(int edge);
    QRegion regionOf(int edge, const QList<QPointF> &points) const;
    SceneHit hitAt(const QPointF &position) const;
    void selectNextJump(const SceneHit &hit, const QPointF &position);
    QString jumpToolTip(const SceneHit &hit, const QPointF &position) const;
    void setTransform(const ViewTransform &transform);
    void showInitialView();
    QRectF usableArea() const;
    QPointF zoomAnchor() const;
    QRectF selectedPart() const;
    qreal leastZoom() const;
    bool scrollPicture(const ViewTransform &before);
    QRegion uncoveredRegion() const;
    void ensureVisible(const QRectF &sceneRect);
    void placeFields();
    void takeAddChoice(const QString &typeName, const QString &stepKey);
    void takeName(const QString &key, const QString &name, bool *accepted);
    void walk(Qt::Key direction, bool extend);
    void goToNode(int node, bool extend);
    QRectF focusRing() const;
    void updateFocusRing();
    void paintFocusRing(QPainter &painter);
    QString toolTipAt(const QPointF &position) const;
    qreal slack() const; // how far beside a line counts, in scene units

    CanvasEditor m_editor;
    GraphPainter m_painter;
    SceneBuilder *m_builder;
    QuickAdd *m_quickAdd;
    Minimap *m_minimap;
    CanvasClipboard *m_clipboard;
    CanvasFinder *m_finder;
    InPlaceEditor *m_nameField;
    EdgeScroller *m_scroller;
    CanvasArranger *m_arranger;
    CanvasNotes *m_notes;
    OutcomeConnector *m_connector;
    SceneTransition *m_transition;
    PlaceHistory m_places;
    DrawingLayout m_drawing; // as the scene shows it or will show it
    bool m_keepsView = false; // the next scene is arranged by hand: nothing needs to be held in place
    QList<QLineF> m_guides;
    std::shared_ptr<const GraphScene> m_scene;
    SceneState m_state;
    RunOverlay m_overlay;
    Theme m_theme = Theme::light();
    ViewTransform m_transform;
    QMargins m_margins {24, 56, 24, 24}; // the view switch lies at the top
    bool m_isReadOnly = false;
    bool m_wantsMinimap = true; // shown while a part of the drawing is outside
    bool m_isViewTouched = false; // zoomed or scrolled by the person, so the first view is no longer adjusted
    bool m_isSpaceHeld = false;
    bool m_showsFocus = false; // the keyboard is used, not the mouse
    QRectF m_shownRing; // view

    QStringList m_selection;
    std::optional<std::pair<QString, QString>> m_selectedConnection;
    std::optional<std::pair<QString, QString>> m_currentOutcome; // an open one
    std::pair<QString, QStringList> m_pendingOutcome; // see keepOutcomeCurrent()
    QString m_pendingReveal;
    bool m_comesNear = false; // when it reveals that
    QStringList m_pendingSelection; // steps that come with the next scene
    std::unique_ptr<CanvasInteraction> m_interaction;
    Qt::MouseButton m_button = Qt::NoButton; // whose release ends the gesture
    QPointF m_pointer; // view; where the pointer was moved last
    Qt::KeyboardModifiers m_modifiers;
    SceneHit m_pressHit;
    bool m_wasPressedEdgeSelected = false;
    std::optional<AddPlace> m_addPlace; // while quick-add is open
    QPointF m_addPoint; // scene
    std::optional<QPointF> m_menuPoint; // scene; where the context menu was opened last
};

} // namespace automation
