#include "designer/canvas/graphview.h"

#include "designer/canvas/interactions.h"
#include "designer/canvas/minimap.h"
#include "designer/canvas/quickadd.h"
#include "designer/canvas/scenebuilder.h"

#include <QPaintEvent>

#include <algorithm>

namespace automation {

namespace {

constexpr qreal ZoomSteps[] {
    0.05, 0.1, 0.15, 0.25, 0.33, 0.5, 0.67, 0.75, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4};
constexpr int MinimapMargin = 12;

} // namespace

GraphView::GraphView(QWidget *parent)
    : QAbstractScrollArea(parent)
    , m_builder(new SceneBuilder(this))
    , m_quickAdd(new QuickAdd(this))
    , m_minimap(new Minimap(this))
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
    m_builder->cancel();
    if (m_editor.document())
        m_editor.document()->disconnect(this);
    m_editor.setDocument(document);
    m_pendingReveal.clear();
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
    viewport()->update();
}

void GraphView::setReadOnly(bool readOnly)
{
    if (m_isReadOnly == readOnly)
        return;
    cancelInteraction();
    m_quickAdd->cancel();
    m_isReadOnly = readOnly;
    m_editor.setReadOnly(readOnly);
    m_state.showsAddButtons = !readOnly;
    viewport()->update();
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
    m_minimap->sceneChanged();
    placeMinimap();
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
        const int from = m_scene->indexOfKey(m_selectedConnection->first);
        for (int edge : from < 0 ? QList<int>() : m_scene->edgesFrom(from)) {
            const int outcome = m_scene->edges().at(edge).outcome;
            if (m_scene->nodes().at(from).card.outcomes.at(outcome).key == m_selectedConnection->second)
                m_state.selectedEdge = edge;
        }
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
    if (m_scene->indexOfKey(key) >= 0)
        revealStep(key);
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

// Selection

void GraphView::setSelection(const QStringList &keys)
{
    QStringList known;
    for (const QString &key : keys) {
        if (m_scene->indexOfKey(key) >= 0 && !known.contains(key))
            known.append(key);
    }
    if (m_selectedConnection) {
        m_selectedConnection.reset();
        repaintEdge(std::exchange(m_state.selectedEdge, -1));
    }
    if (known == m_selection)
        return;
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
    m_selectedConnection = {fromKey, outcomeKey};
    const int from = m_scene->indexOfKey(fromKey);
    for (int edge : from < 0 ? QList<int>() : m_scene->edgesFrom(from)) {
        if (m_scene->nodes().at(from).card.outcomes.at(m_scene->edges().at(edge).outcome).key == outcomeKey)
            m_state.selectedEdge = edge;
    }
    if (m_state.selectedEdge < 0)
        m_selectedConnection.reset();
    repaintEdge(m_state.selectedEdge);
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

// Zoom and position

QRectF GraphView::usableArea() const
{
    const QRectF area = QRectF(viewport()->rect()).marginsRemoved(QMarginsF(m_margins));
    return area.width() > 50 && area.height() > 50 ? area : QRectF(viewport()->rect());
}

void GraphView::setTransform(const ViewTransform &transform)
{
    ViewTransform next = transform;
    // Some of the drawing stays in view, so that nobody gets lost.
    constexpr qreal Least = 60;
    const QRectF bounds = next.toView(m_scene->bounds());
    const QRectF view = viewport()->rect();
    if (!bounds.isEmpty()) {
        if (bounds.right() < view.left() + Least)
            next.offset.rx() += view.left() + Least - bounds.right();
        if (bounds.left() > view.right() - Least)
            next.offset.rx() -= bounds.left() - (view.right() - Least);
        if (bounds.bottom() < view.top() + Least)
            next.offset.ry() += view.top() + Least - bounds.bottom();
        if (bounds.top() > view.bottom() - Least)
            next.offset.ry() -= bounds.top() - (view.bottom() - Least);
    }
    // Whole device pixels, so that texts look the same wherever they are scrolled to.
    const qreal ratio = devicePixelRatioF();
    next.offset = {std::round(next.offset.x() * ratio) / ratio, std::round(next.offset.y() * ratio) / ratio};
    const int before = zoomPercent();
    m_transform = next;
    viewport()->update();
    m_minimap->update();
    placeMinimap();
    if (zoomPercent() != before)
        Q_EMIT zoomChanged(zoomPercent());
}

void GraphView::showInitialView()
{
    // The whole drawing if it fits legibly, else its beginning.
    constexpr qreal Legible = 0.6;
    const QRectF bounds = m_scene->bounds();
    if (bounds.isEmpty())
        return;
    const QRectF area = usableArea();
    const qreal fit = std::min(area.width() / bounds.width(), area.height() / bounds.height());
    ViewTransform transform;
    transform.zoom = std::clamp(fit, Legible, 1.0);
    const QRectF trigger = m_scene->nodes().isEmpty() ? bounds : m_scene->nodes().first().box;
    const bool isWide = bounds.width() * transform.zoom > area.width();
    const qreal x = isWide ? trigger.center().x() : bounds.center().x();
    transform.offset = {area.center().x() - x * transform.zoom, area.top() - trigger.top() * transform.zoom};
    setTransform(transform);
}

void GraphView::setZoom(qreal zoom, const QPointF &viewAnchor)
{
    const QPointF fixed = m_transform.toScene(viewAnchor);
    ViewTransform transform;
    transform.zoom = std::clamp(zoom, MinimumZoom, MaximumZoom);
    transform.offset = viewAnchor - fixed * transform.zoom;
    m_isViewTouched = true;
    setTransform(transform);
}

void GraphView::zoomIn()
{
    const auto *next = std::find_if(
        std::begin(ZoomSteps), std::end(ZoomSteps), [this](qreal step) { return step > m_transform.zoom * 1.01; });
    setZoom(next == std::end(ZoomSteps) ? MaximumZoom : *next, usableArea().center());
}

void GraphView::zoomOut()
{
    qreal next = MinimumZoom;
    for (qreal step : ZoomSteps) {
        if (step < m_transform.zoom * 0.99)
            next = step;
    }
    setZoom(next, usableArea().center());
}

void GraphView::zoomActual()
{
    setZoom(1, usableArea().center());
}

void GraphView::zoomToFit()
{
    const QRectF bounds = m_scene->bounds();
    if (bounds.isEmpty())
        return;
    const QRectF area = usableArea();
    ViewTransform transform;
    transform.zoom
        = std::clamp(std::min(area.width() / bounds.width(), area.height() / bounds.height()), MinimumZoom, 1.0);
    transform.offset = area.center() - bounds.center() * transform.zoom;
    m_isViewTouched = true;
    setTransform(transform);
}

void GraphView::scrollBy(const QPointF &pixels)
{
    m_isViewTouched = true;
    setTransform({m_transform.zoom, m_transform.offset + pixels});
}

void GraphView::centerOn(const QPointF &scenePoint)
{
    m_isViewTouched = true;
    setTransform({m_transform.zoom, usableArea().center() - scenePoint * m_transform.zoom});
}

void GraphView::ensureVisible(const QRectF &sceneRect)
{
    const QRectF area = usableArea();
    const QRectF rect = m_transform.toView(sceneRect);
    if (area.contains(rect))
        return;
    QPointF move;
    if (rect.width() > area.width() || rect.left() < area.left())
        move.setX(area.left() - rect.left());
    else if (rect.right() > area.right())
        move.setX(area.right() - rect.right());
    if (rect.height() > area.height() || rect.top() < area.top())
        move.setY(area.top() - rect.top());
    else if (rect.bottom() > area.bottom())
        move.setY(area.bottom() - rect.bottom());
    scrollBy(move);
}

void GraphView::setMinimapVisible(bool visible)
{
    m_wantsMinimap = visible;
    placeMinimap();
}

bool GraphView::isMinimapVisible() const
{
    return m_wantsMinimap;
}

void GraphView::placeMinimap()
{
    // Where everything is on the screen an overview only hides a part of it.
    const QRectF drawing = m_transform.toView(m_scene->bounds());
    m_minimap->setVisible(m_wantsMinimap && !QRectF(viewport()->rect()).contains(drawing));
    m_minimap->move(width() - m_minimap->width() - MinimapMargin, height() - m_minimap->height() - MinimapMargin);
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
    if (m_showsFocus && hasFocus()) {
        painter.resetTransform();
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(m_theme.accent, 2));
        painter.drawRect(QRectF(viewport()->rect()).adjusted(1, 1, -1, -1));
    }
}

} // namespace automation
