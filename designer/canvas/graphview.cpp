#include "designer/canvas/graphview.h"

#include "designer/canvas/canvasclipboard.h"
#include "designer/canvas/canvasfinder.h"
#include "designer/canvas/edgescroller.h"
#include "designer/canvas/inplaceeditor.h"
#include "designer/canvas/interactions.h"
#include "designer/canvas/minimap.h"
#include "designer/canvas/quickadd.h"
#include "designer/canvas/scenebuilder.h"
#include "designer/canvas/sceneplaces.h"
#include "designer/canvas/searchbar.h"

#include <QPaintEvent>

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
    , m_scene(std::make_shared<GraphScene>())
{
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
    connect(&m_editor, &CanvasEditor::noticed, this, &GraphView::message);
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
    m_nameField->cancel();
    m_finder->close();
    m_places.clear();
    m_builder->cancel();
    if (m_editor.document())
        m_editor.document()->disconnect(this);
    m_editor.setDocument(document);
    m_pendingReveal.clear();
    m_pendingSelection.clear();
    m_overlay = {};
    m_isViewTouched = false;
    setSelection({});
    if (!document) {
        takeScene(std::make_shared<GraphScene>());
        return;
    }
    connect(document, &WorkflowDocument::changed, this, &GraphView::takeChange);
    connect(document, &WorkflowDocument::problemsChanged, this, &GraphView::setProblems);
    connect(document, &QObject::destroyed, this, [this] { setDocument(nullptr); });
    requestScene();
}

void GraphView::setTheme(const Theme &theme)
{
    m_theme = theme;
    m_painter.setTheme(theme);
    m_quickAdd->setTheme(theme);
    m_minimap->setTheme(theme);
    m_finder->bar()->setTheme(theme);
    viewport()->update();
}

void GraphView::setReadOnly(bool readOnly)
{
    if (m_isReadOnly == readOnly)
        return;
    cancelInteraction();
    m_quickAdd->cancel();
    m_nameField->cancel();
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
    QHash<QString, ProblemCount> counts;
    if (document()) {
        for (const Problem &problem : document()->problems()) {
            // A problem of the definition as a whole is shown where the definition starts.
            ProblemCount &count = counts[problem.stepKey.isEmpty() ? DefinitionGraph::triggerKey() : problem.stepKey];
            if (problem.severity == Problem::Severity::Error)
                ++count.errors;
            else if (problem.severity == Problem::Severity::Warning)
                ++count.warnings;
        }
    }
    m_state.setProblems(*m_scene, counts);
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
        m_builder->request(document()->definition(), document()->graph(), m_scene);
}

bool GraphView::isLayoutPending() const
{
    return m_builder->isBusy();
}

void GraphView::takeChange(const DocumentChange &change)
{
    if (!change.reveal.isEmpty())
        m_pendingReveal = change.reveal;
    requestScene();
}

void GraphView::takeScene(const std::shared_ptr<const GraphScene> &scene)
{
    // The picture must not jump: a card that stays keeps its place on the screen. The selected one if it is to be
    // seen, else the one nearest to the middle.
    const QRectF shown = m_transform.toScene(QRectF(viewport()->rect()));
    QString anchor;
    QPointF anchorPlace;
    if (m_isViewTouched && !m_scene->nodes().isEmpty()) {
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
    } else if (!m_isViewTouched) {
        showInitialView();
    }
    bindState();
    if (m_interaction && !m_interaction->sceneChanged())
        cancelInteraction();
    if (m_nameField->isOpen() && scene->indexOfKey(m_nameField->key()) < 0)
        m_nameField->cancel();
    m_minimap->sceneChanged();
    m_finder->refresh();
    placeFields();
    applyPendingReveal();
    viewport()->update();
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
    m_state.setRun(*m_scene, m_overlay);
    setProblems();
    updateLitEdges();
    if (present != m_selection) {
        m_selection = present;
        Q_EMIT selectionChanged(m_selection);
    }
}

void GraphView::applyPendingReveal()
{
    if (m_pendingReveal.isEmpty() || m_builder->isBusy())
        return;
    const QString key = std::exchange(m_pendingReveal, {});
    const QStringList created = std::exchange(m_pendingSelection, {});
    if (m_scene->indexOfKey(key) < 0)
        return;
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
    for (const QString &key : keys) {
        if (m_scene->indexOfKey(key) >= 0 && !known.contains(key))
            known.append(key);
    }
    const bool hadConnection = m_selectedConnection.has_value();
    if (hadConnection) {
        m_selectedConnection.reset();
        repaintEdge(std::exchange(m_state.selectedEdge, -1));
    }
    if (known == m_selection) {
        if (hadConnection)
            Q_EMIT selectionChanged(m_selection);
        return;
    }
    // A rubber band on its way goes through selections that are no places.
    if (!m_interaction && !m_selection.isEmpty())
        m_places.leave(currentPlace());
    QSet<int> nodes;
    for (const QString &key : std::as_const(known))
        nodes.insert(m_scene->indexOfKey(key));
    const QSet<int> before = std::exchange(m_state.selectedNodes, nodes);
    m_selection = known;
    for (int node : (before - nodes) + (nodes - before))
        repaintNode(node);
    updateLitEdges();
    setAccessibleDescription(known.isEmpty() ? QString() : tr("Selected: %1").arg(known.join(tr(", "))));
    Q_EMIT selectionChanged(m_selection);
}

void GraphView::selectConnection(const QString &fromKey, const QString &outcomeKey)
{
    setSelection({});
    m_state.selectedEdge = edgeOfOutcome(*m_scene, fromKey, outcomeKey);
    if (m_state.selectedEdge >= 0)
        m_selectedConnection = {fromKey, outcomeKey};
    repaintEdge(m_state.selectedEdge);
    Q_EMIT selectionChanged(m_selection);
}

void GraphView::selectAll()
{
    QStringList keys;
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
    if (m_selectedConnection) {
        const auto [from, outcome] = *m_selectedConnection;
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

Result<void> GraphView::exportPicture(const QString &path, qreal scale) const
{
    PictureExport::Options options;
    options.theme = m_theme;
    options.scale = scale;
    options.title = document() ? document()->displayName() : QString();
    SceneState shown = m_state;
    shown.selectedNodes.clear();
    shown.selectedEdge = -1;
    shown.litEdges.clear();
    return PictureExport::write(m_scene, shown, path, options);
}

// Highlights

void GraphView::changeState(const std::function<void(SceneState &)> &change)
{
    change(m_state);
    viewport()->update();
}

void GraphView::repaintNode(int node)
{
    if (node < 0 || node >= m_scene->nodes().size())
        return;
    // With its badges, ports and the "+" below it.
    QRectF place = m_scene->nodes().at(node).box.adjusted(-14, -14, 14, 14);
    place.setBottom(place.bottom() + CardMetrics::OpenStub);
    viewport()->update(m_transform.toView(place).toAlignedRect());
}

void GraphView::repaintEdge(int edge)
{
    if (edge < 0 || edge >= m_scene->edges().size())
        return;
    const QRectF place = m_scene->edges().at(edge).bounds.adjusted(-4, -4, 4, 4);
    viewport()->update(m_transform.toView(place).toAlignedRect());
}

void GraphView::setHover(const SceneHit &hit)
{
    if (hit == m_state.hover)
        return;
    const SceneHit before = std::exchange(m_state.hover, hit);
    for (int node : {before.node, hit.node})
        repaintNode(node);
    for (int edge : {before.edge, hit.edge})
        repaintEdge(edge);
    if (before.node != hit.node)
        updateLitEdges();
    updateCursor();
}

void GraphView::updateLitEdges()
{
    QSet<int> lit;
    if (!m_state.showsRun) {
        int node = m_state.hover.node;
        if (node < 0 && m_state.selectedNodes.size() == 1)
            node = *m_state.selectedNodes.cbegin();
        const QList<int> path = m_scene->pathEdges(node);
        lit = QSet<int>(path.begin(), path.end());
    }
    if (lit == m_state.litEdges)
        return;
    const QSet<int> before = std::exchange(m_state.litEdges, lit);
    const QSet<int> changed = (before - lit) + (lit - before);
    constexpr qsizetype Few = 50; // beyond that one full frame is cheaper
    if (changed.size() > Few) {
        viewport()->update();
        return;
    }
    for (int edge : changed)
        repaintEdge(edge);
}

// Painting

void GraphView::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    painter.translate(m_transform.offset);
    painter.scale(m_transform.zoom, m_transform.zoom);
    m_painter.paint(painter, m_transform.toScene(QRectF(event->rect())), m_state, {true, false});
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
    if (m_showsFocus && hasFocus()) {
        painter.resetTransform();
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(m_theme.accent, 2));
        painter.drawRect(QRectF(viewport()->rect()).adjusted(1, 1, -1, -1));
    }
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
