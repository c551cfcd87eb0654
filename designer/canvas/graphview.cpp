#include "designer/canvas/graphview.h"

#include "designer/accessibility/accessiblecanvas.h"
#include "designer/canvas/canvasarranger.h"
#include "designer/canvas/canvasclipboard.h"
#include "designer/canvas/canvasfinder.h"
#include "designer/canvas/canvasnotes.h"
#include "designer/canvas/edgescroller.h"
#include "designer/canvas/inplaceeditor.h"
#include "designer/canvas/interactions.h"
#include "designer/canvas/minimap.h"
#include "designer/canvas/noteeditor.h"
#include "designer/canvas/outcomeconnector.h"
#include "designer/canvas/quickadd.h"
#include "designer/canvas/scenebuilder.h"
#include "designer/canvas/sceneplaces.h"
#include "designer/canvas/scenetransition.h"
#include "designer/canvas/searchbar.h"

#include <QPaintEvent>
#include <QStyle>
#include <QTimer>

#include <algorithm>

namespace automation {

GraphView::GraphView(QWidget *parent)
    : QAbstractScrollArea(parent)
    , m_builder(new SceneBuilder(this))
    , m_quickAdd(new QuickAdd(this))
    , m_minimap(new Minimap(this))
    , m_clipboard(new CanvasClipboard(*this))
    , m_finder(new CanvasFinder(*this))
    , m_nameField(new InPlaceEditor(this))
    , m_scroller(new EdgeScroller(
          [this](const QPointF &pixels) {
              scrollBy(pixels);
              if (m_interaction)
                  m_interaction->move(m_pointer, m_modifiers);
          },
          this))
    , m_arranger(new CanvasArranger(*this))
    , m_notes(new CanvasNotes(*this))
    , m_connector(new OutcomeConnector(*this))
    , m_transition(new SceneTransition([this](const QHash<int, QPointF> &offsets) { displace(offsets); }, this))
    , m_scene(std::make_shared<GraphScene>())
{
    AccessibleCanvas::install();
    setObjectName(QStringLiteral("graphView"));
    setAccessibleName(tr("Workflow drawing"));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    // Like a map: panning, not scroll bars; the minimap says where one is.
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setMouseTracking(true);
    viewport()->setAcceptDrops(true);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    viewport()->grabGesture(Qt::PinchGesture);
    m_painter.setScene(m_scene);

    connect(m_builder, &SceneBuilder::built, this, &GraphView::takeScene);
    connect(&m_editor, &CanvasEditor::refused, this, &GraphView::message);
    connect(&m_editor, &CanvasEditor::creating, this, [this](const QStringList &keys) { m_pendingSelection = keys; });
    connect(m_nameField, &InPlaceEditor::finished, this, &GraphView::takeName);
    connect(m_quickAdd, &QuickAdd::typeChosen, this, [this](const QString &name) { takeAddChoice(name, {}); });
    connect(m_quickAdd, &QuickAdd::stepChosen, this, [this](const QString &key) { takeAddChoice({}, key); });
    connect(m_quickAdd, &QuickAdd::cancelled, this, [this] { takeAddChoice({}, {}); });
}

GraphView::~GraphView()
{
    m_interaction.reset(); // its end looks at the view
}

void GraphView::setDocument(WorkflowDocument *document)
{
    if (document && m_editor.document() == document)
        return;
    cancelInteraction();
    m_quickAdd->cancel();
    m_connector->cancel();
    m_nameField->cancel();
    m_notes->editor()->cancel();
    m_transition->stop();
    m_finder->close();
    m_places.clear();
    m_builder->cancel();
    m_builder->forget();
    if (m_editor.document())
        m_editor.document()->disconnect(this);
    m_editor.setDocument(document);
    m_pendingReveal.clear();
    m_comesNear = false;
    m_pendingOutcome = {};
    m_pendingSelection.clear();
    m_overlay = {};
    m_isViewTouched = false;
    setSelection({});
    m_drawing = document ? document->drawing() : DrawingLayout();
    if (!document) {
        takeScene(std::make_shared<GraphScene>());
        return;
    }
    connect(document, &WorkflowDocument::changed, this, &GraphView::takeChange);
    connect(document, &WorkflowDocument::problemsChanged, this, &GraphView::setProblems);
    connect(document, &WorkflowDocument::drawingChanged, this, &GraphView::takeDrawing);
    connect(document, &QObject::destroyed, this, [this] { setDocument(nullptr); });
    requestScene();
}

void GraphView::setTheme(const Theme &theme)
{
    m_theme = theme;
    m_painter.setTheme(theme);
    m_quickAdd->setTheme(theme);
    m_connector->panel()->setTheme(theme);
    m_minimap->setTheme(theme);
    m_finder->bar()->setTheme(theme);
    m_notes->editor()->setTheme(theme);
    viewport()->update();
}

void GraphView::setReadOnly(bool readOnly)
{
    if (m_isReadOnly == readOnly)
        return;
    cancelInteraction();
    m_quickAdd->cancel();
    m_connector->cancel();
    m_nameField->cancel();
    m_notes->editor()->finish();
    m_isReadOnly = readOnly;
    m_editor.setReadOnly(readOnly);
    m_state.showsAddButtons = !readOnly;
    viewport()->update();
    Q_EMIT readOnlyChanged(readOnly);
}

void GraphView::setRunOverlay(const RunOverlay &overlay)
{
    m_overlay = overlay;
    m_state.setRun(*m_scene, m_overlay);
    viewport()->update();
}

void GraphView::setProblems()
{
    if (isLayoutPending())
        return; // the next scene takes them
    m_state.problems.clear();
    const QString trigger = DefinitionGraph::triggerKey();
    const QString *known = nullptr; // of the problem before, mostly of the same step
    int node = -1;
    const QList<Problem> problems = document() ? document()->problems() : QList<Problem>();
    for (const Problem &problem : problems) {
        // A problem of the definition as a whole is shown where the definition starts.
        const QString &key = problem.stepKey.isEmpty() ? trigger : problem.stepKey;
        if (!known || *known != key)
            node = m_scene->indexOfKey(key);
        known = &key;
        const bool isError = problem.severity == Problem::Severity::Error;
        if (node < 0 || (!isError && problem.severity != Problem::Severity::Warning))
            continue;
        ProblemCount &count = m_state.problems[node];
        ++(isError ? count.errors : count.warnings);
    }
    viewport()->update();
}

void GraphView::setViewMargins(const QMargins &margins)
{
    m_margins = margins;
    if (!m_isViewTouched)
        showInitialView();
}

// Scene

void GraphView::requestScene()
{
    if (document())
        m_builder->request(document()->definition(), document()->graph(), document()->drawing());
}

void GraphView::layOutAnew()
{
    m_builder->forget();
    requestScene();
}

bool GraphView::isLayoutPending() const
{
    return m_builder->isBusy();
}

void GraphView::takeChange(const DocumentChange &change)
{
    if (!change.reveal.isEmpty()) {
        m_pendingReveal = change.reveal;
        m_comesNear = false;
    }
    m_drawing = document()->drawing();
    m_keepsView = false;
    requestScene();
}

void GraphView::takeDrawing()
{
    const DrawingLayout before = std::exchange(m_drawing, document()->drawing());
    m_notes->refresh();
    if (before.positions == m_drawing.positions && before.direction == m_drawing.direction)
        return;
    m_keepsView = before.direction == m_drawing.direction;
    requestScene();
}

// How far cards that a person sees are from their new place: by node of the present scene. shown: how the earlier one
// was shown.
QHash<int, QPointF> GraphView::wayFrom(const GraphScene &before, const ViewTransform &shown) const
{
    QHash<int, QPointF> way;
    if (!qFuzzyCompare(shown.zoom, m_transform.zoom) || before.nodes().isEmpty())
        return way;
    const QRectF seen = QRectF(viewport()->rect());
    QSet<int> nodes;
    for (int node : m_scene->nodesIn(m_transform.toScene(seen)))
        nodes.insert(node);
    for (int node : before.nodesIn(shown.toScene(seen))) {
        const int now = m_scene->indexOfKey(before.keyOf(node));
        if (now >= 0)
            nodes.insert(now);
    }
    for (int node : std::as_const(nodes)) {
        const int was = before.indexOfKey(m_scene->keyOf(node));
        if (was < 0)
            continue;
        const QPointF place = before.nodes().at(was).box.topLeft() + m_state.offsets.value(was);
        const QPointF offset = m_transform.toScene(shown.toView(place)) - m_scene->nodes().at(node).box.topLeft();
        if (offset.manhattanLength() > 1)
            way.insert(node, offset);
    }
    return way;
}

void GraphView::takeScene(const std::shared_ptr<const GraphScene> &scene)
{
    // The picture must not jump: a card that stays keeps its place on the screen. The selected one if it is to be
    // seen, else the one nearest to the middle.
    m_transition->stop();
    std::shared_ptr<const GraphScene> before = m_scene;
    const ViewTransform transformBefore = m_transform;
    const bool keepsView = std::exchange(m_keepsView, false);
    const QRectF shown = m_transform.toScene(QRectF(viewport()->rect()));
    QString anchor;
    QPointF anchorPlace;
    if (m_isViewTouched && !keepsView && !m_scene->nodes().isEmpty()) {
        qreal best = 0;
        for (int node : m_scene->nodesIn(shown)) {
            const SceneNode &card = m_scene->nodes().at(node);
            if (!card.box.intersects(shown) || scene->indexOfKey(card.key) < 0)
                continue;
            const QPointF away = card.box.center() - shown.center();
            const qreal distance = m_selection.contains(card.key) ? -1 : away.manhattanLength();
            if (anchor.isEmpty() || distance < best) {
                anchor = card.key;
                anchorPlace = card.box.topLeft();
                best = distance;
            }
        }
    }

    m_scene = scene;
    m_painter.setScene(scene);
    if (!anchor.isEmpty()) {
        const QPointF place = scene->nodes().at(scene->indexOfKey(anchor)).box.topLeft();
        setTransform({m_transform.zoom, m_transform.offset + (anchorPlace - place) * m_transform.zoom});
    } else if (!m_isViewTouched && !keepsView) {
        showInitialView();
    }
    const QHash<int, QPointF> way = m_interaction ? QHash<int, QPointF>() : wayFrom(*before, transformBefore);
    bindState();
    if (m_interaction && !m_interaction->sceneChanged())
        cancelInteraction();
    if (m_nameField->isOpen() && scene->indexOfKey(m_nameField->key()) < 0)
        m_nameField->cancel();
    m_minimap->sceneChanged();
    m_finder->refresh();
    placeFields();
    applyPendingReveal();
    m_builder->drop(std::move(before));
    m_transition->start(way, style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, this));
    viewport()->update();
    // What was just opened is shown first: a timer comes after what waits to be painted, but one without delay is none.
    if (document() && !document()->isChecked())
        QTimer::singleShot(1, document(), &WorkflowDocument::checkInBackground);
    Q_EMIT sceneChanged();
}

// What is kept by key, in the indices of the scene that is shown now.
void GraphView::bindState()
{
    m_state = {};
    m_state.showsAddButtons = !m_isReadOnly;
    QStringList present;
    for (const QString &key : std::as_const(m_selection)) {
        const int node = m_scene->indexOfKey(key);
        if (node < 0)
            continue;
        present.append(key);
        m_state.selectedNodes.insert(node);
    }
    if (m_selectedConnection) {
        m_state.selectedEdge = edgeOfOutcome(*m_scene, m_selectedConnection->first, m_selectedConnection->second);
        if (m_state.selectedEdge < 0)
            m_selectedConnection.reset();
    }
    if (m_currentOutcome
        && outcomeIndex(*m_scene, m_scene->indexOfKey(m_currentOutcome->first), m_currentOutcome->second) < 0)
        m_currentOutcome.reset();
    m_state.setRun(*m_scene, m_overlay);
    m_notes->refresh();
    setProblems();
    updateLitEdges();
    if (present != m_selection) {
        m_selection = present;
        // What is revealed in a moment takes the place of what went, such as a step with its new id: nobody needs to
        // hear of nothing in between.
        const bool isFollowed = present.isEmpty() && !m_builder->isBusy() && m_pendingOutcome.first.isEmpty()
            && m_scene->indexOfKey(m_pendingReveal) >= 0;
        if (!isFollowed)
            Q_EMIT selectionChanged(m_selection);
    }
}

void GraphView::applyPendingReveal()
{
    if (m_builder->isBusy())
        return;
    if (!m_pendingOutcome.first.isEmpty()) {
        m_pendingReveal.clear();
        applyPendingOutcome();
        return;
    }
    if (m_pendingReveal.isEmpty())
        return;
    const QString key = std::exchange(m_pendingReveal, {});
    const bool comesNear = std::exchange(m_comesNear, false);
    const QStringList created = std::exchange(m_pendingSelection, {});
    if (m_scene->indexOfKey(key) < 0)
        return;
    if (comesNear)
        goToStep(key);
    else
        revealStep(key);
    if (created.size() > 1 && created.contains(key))
        setSelection(created);
}

void GraphView::revealStep(const QString &key)
{
    const int node = m_scene->indexOfKey(key);
    if (node < 0) {
        if (m_builder->isBusy())
            m_pendingReveal = key;
        return;
    }
    setSelection({key});
    ensureVisible(m_scene->nodes().at(node).box);
}

void GraphView::goToStep(const QString &key)
{
    const int node = m_scene->indexOfKey(key);
    const bool comesNear = node >= 0 && m_transform.zoom < GraphPainter::DetailZoom;
    if (comesNear && m_selection.isEmpty())
        m_places.leave(currentPlace()); // an overview is a place to come back to
    revealStep(key);
    m_comesNear = node < 0 && m_builder->isBusy();
    if (comesNear)
        setTransform({1, usableArea().center() - m_scene->nodes().at(node).box.center()});
}

void GraphView::showStep(const QString &key)
{
    const int node = m_scene->indexOfKey(key);
    if (node >= 0)
        ensureVisible(m_scene->nodes().at(node).box);
}

// Selection

void GraphView::setSelection(const QStringList &keys)
{
    QStringList known;
    QSet<int> nodes;
    known.reserve(keys.size());
    nodes.reserve(keys.size());
    for (const QString &key : keys) {
        const int node = m_scene->indexOfKey(key);
        if (node < 0)
            continue;
        const qsizetype before = nodes.size();
        nodes.insert(node);
        if (nodes.size() > before)
            known.append(key);
    }
    const bool hadOutcome = m_currentOutcome.has_value();
    m_currentOutcome.reset();
    const bool hadConnection = m_selectedConnection.has_value();
    if (hadConnection) {
        m_selectedConnection.reset();
        repaintEdge(std::exchange(m_state.selectedEdge, -1));
    }
    const bool hadNote = !m_notes->selected().isEmpty();
    m_notes->clearSelection();
    if (known == m_selection) {
        updateFocusRing();
        if (hadConnection || hadNote || hadOutcome)
            Q_EMIT selectionChanged(m_selection);
        return;
    }
    // A rubber band on its way goes through selections that are no places.
    if (!m_interaction && !m_selection.isEmpty())
        m_places.leave(currentPlace());
    const QSet<int> before = std::exchange(m_state.selectedNodes, nodes);
    m_selection = known;
    repaintChanged(before, nodes);
    updateLitEdges();
    updateFocusRing();
    Q_EMIT selectionChanged(m_selection);
}

void GraphView::selectConnection(const QString &fromKey, const QString &outcomeKey)
{
    setSelection({});
    m_state.selectedEdge = edgeOfOutcome(*m_scene, fromKey, outcomeKey);
    if (m_state.selectedEdge >= 0)
        m_selectedConnection = {fromKey, outcomeKey};
    repaintEdge(m_state.selectedEdge);
    updateFocusRing();
    Q_EMIT selectionChanged(m_selection);
}

void GraphView::selectAll()
{
    QStringList keys;
    keys.reserve(m_scene->nodes().size());
    for (const SceneNode &node : m_scene->nodes()) {
        if (!node.isTrigger)
            keys.append(node.key);
    }
    setSelection(keys);
}

void GraphView::deleteSelection(bool heal)
{
    if (!m_editor.isEditable())
        return;
    cancelInteraction();
    if (m_notes->removeSelected())
        return;
    if (const auto current = currentOutcome()) {
        const auto [from, outcome] = *current;
        m_editor.disconnectFrom(from, outcome);
        return;
    }
    QStringList keys = m_selection;
    if (keys.removeAll(DefinitionGraph::triggerKey()) > 0 && keys.isEmpty()) {
        Q_EMIT message(tr("The trigger cannot be deleted; every workflow starts with one."));
        return;
    }
    m_editor.remove(keys, heal);
}

// Painting

void GraphView::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    painter.translate(m_transform.offset);
    painter.scale(m_transform.zoom, m_transform.zoom);
    // Two cards far apart are two parts, not all that lies between them; many small ones are better done at once.
    constexpr int Most = 60;
    QList<QRectF> parts;
    if (event->region().rectCount() <= Most) {
        for (const QRect &part : event->region())
            parts.append(m_transform.toScene(QRectF(part)));
    } else {
        parts.append(m_transform.toScene(QRectF(event->rect())));
    }
    m_painter.paint(painter, parts, m_state, {true, false});
    if (m_addPlace && m_addPlace->kind == AddPlace::Kind::Outcome) {
        const int node = m_scene->indexOfKey(m_addPlace->fromKey);
        if (node >= 0) {
            const QList<OutcomeCell> &cells = m_scene->nodes().at(node).card.outcomes;
            for (qsizetype i = 0; i < cells.size(); ++i) {
                if (cells.at(i).key == m_addPlace->outcomeKey)
                    m_painter.paintWire(painter, m_scene->portPosition(node, int(i)), m_addPoint);
            }
        }
    }
    if (m_interaction)
        m_interaction->paint(painter);
    else if (!m_isReadOnly)
        paintGrips(painter);
    paintFocusRing(painter);
}

// Where the ends of the selected connection can be taken.
void GraphView::paintGrips(QPainter &painter) const
{
    if (m_state.selectedEdge < 0 || m_state.selectedEdge >= m_scene->edges().size())
        return;
    constexpr qreal Radius = 4.5;
    const SceneEdge &edge = m_scene->edges().at(m_state.selectedEdge);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_theme.accent, 2));
    painter.setBrush(m_theme.card);
    for (const QPointF &grip : {startGrip(edge), endGrip(edge)})
        painter.drawEllipse(grip, Radius, Radius);
}

} // namespace automation
