// Zoom and position of GraphView, and the way back through places.

#include "designer/canvas/canvasfinder.h"
#include "designer/canvas/canvasnotes.h"
#include "designer/canvas/graphview.h"
#include "designer/canvas/inplaceeditor.h"
#include "designer/canvas/minimap.h"
#include "designer/canvas/quickadd.h"
#include "designer/canvas/searchbar.h"

#include <algorithm>

namespace automation {

namespace {

// Which place of a drawing stands in the middle of the room for it: its own middle if all fits, else the start, as far
// as no room stays empty beside a side that is cut off.
qreal shownMiddle(qreal from, qreal to, qreal start, qreal room)
{
    if (to - from <= room)
        return (from + to) / 2;
    return std::max(from + room / 2, std::min(start, to - room / 2));
}

} // namespace

QRectF GraphView::usableArea() const
{
    const QRectF area = QRectF(viewport()->rect()).marginsRemoved(QMarginsF(m_margins));
    return area.width() > 50 && area.height() > 50 ? area : QRectF(viewport()->rect());
}

void GraphView::setTransform(const ViewTransform &transform)
{
    const int before = zoomPercent();
    const ViewTransform shown = m_transform;
    m_transform = transform.keptInView(m_scene->bounds(), viewport()->rect(), devicePixelRatioF());
    if (!scrollPicture(shown))
        viewport()->update();
    m_minimap->update();
    placeFields();
    if (zoomPercent() != before)
        Q_EMIT zoomChanged(zoomPercent());
}

// Moves what is painted already where only the place changed, so that only the strips that come into view are painted.
bool GraphView::scrollPicture(const ViewTransform &before)
{
    const QPointF way = m_transform.offset - before.offset;
    const QPoint whole = way.toPoint();
    const qreal ratio = devicePixelRatioF();
    const bool isStep = m_transform.zoom == before.zoom && QPointF(whole) == way && ratio == std::floor(ratio);
    // The mark of the focus lies on the view, not on the drawing.
    if (!isStep || (m_showsFocus && hasFocus()) || std::abs(whole.x()) >= viewport()->width()
        || std::abs(whole.y()) >= viewport()->height())
        return false;
    if (whole.isNull())
        return true;
    const QRegion uncovered = uncoveredRegion();
    for (const QRect &part : uncovered)
        viewport()->scroll(whole.x(), whole.y(), part);
    viewport()->update(QRegion(viewport()->rect()) - uncovered);
    return true;
}

// The parts of the viewport that nothing lies on: only these can be moved.
QRegion GraphView::uncoveredRegion() const
{
    QRegion region(viewport()->rect());
    for (const QWidget *widget = viewport(); !widget->isWindow() && widget->parentWidget();
         widget = widget->parentWidget()) {
        const QObjectList &siblings = widget->parentWidget()->children();
        const auto self = std::find(siblings.cbegin(), siblings.cend(), widget);
        for (auto other = std::next(self); other != siblings.cend(); ++other) {
            const auto *above = qobject_cast<const QWidget *>(*other);
            if (above && above->isVisible() && !above->isWindow())
                region -= QRect(viewport()->mapFrom(widget->parentWidget(), above->pos()), above->size());
        }
    }
    return region;
}

qreal GraphView::leastZoom() const
{
    const QRectF bounds = m_scene->bounds();
    const QRectF area = usableArea();
    if (bounds.isEmpty())
        return MinimumZoom;
    constexpr qreal Floor = 1e-4; // beyond it a drawing is a point
    return std::clamp(std::min(area.width() / bounds.width(), area.height() / bounds.height()), Floor, MinimumZoom);
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
    const QSizeF room = area.size() / transform.zoom;
    const auto x = [&](qreal start) { return shownMiddle(bounds.left(), bounds.right(), start, room.width()); };
    const auto y = [&](qreal start) { return shownMiddle(bounds.top(), bounds.bottom(), start, room.height()); };
    if (!m_scene->nodes().isEmpty() && m_scene->nodes().first().card.isSideways) {
        const QPointF middle(x(trigger.left() + room.width() / 2), y(trigger.center().y()));
        transform.offset = area.center() - middle * transform.zoom;
    } else {
        transform.offset.setX(area.center().x() - x(trigger.center().x()) * transform.zoom);
        transform.offset.setY(area.top() - trigger.top() * transform.zoom);
    }
    setTransform(transform);
}

void GraphView::setZoom(qreal zoom, const QPointF &viewAnchor)
{
    const QPointF fixed = m_transform.toScene(viewAnchor);
    ViewTransform transform;
    transform.zoom = std::clamp(zoom, leastZoom(), MaximumZoom);
    transform.offset = viewAnchor - fixed * transform.zoom;
    m_isViewTouched = true;
    setTransform(transform);
}

// The place that stays where it is when keys zoom: what is selected, if that is in view, else the middle.
QPointF GraphView::zoomAnchor() const
{
    const QRectF area = usableArea();
    const QRectF selected = m_transform.toView(selectedPart());
    return selected.isEmpty() || !area.contains(selected.center()) ? area.center() : selected.center();
}

void GraphView::zoomIn()
{
    setZoom(nextZoom(m_transform.zoom, true, leastZoom(), MaximumZoom), zoomAnchor());
}

void GraphView::zoomOut()
{
    setZoom(nextZoom(m_transform.zoom, false, leastZoom(), MaximumZoom), zoomAnchor());
}

void GraphView::zoomActual()
{
    setZoom(1, zoomAnchor());
    if (m_selection.size() == 1) // one at the edge of the view would be cut off
        showStep(m_selection.first());
}

void GraphView::zoomToFit()
{
    if (m_scene->bounds().isEmpty())
        return;
    m_isViewTouched = true;
    setTransform(ViewTransform::fitting(m_scene->bounds(), usableArea(), leastZoom(), 1));
}

// Empty without a selection. Scene coordinates.
QRectF GraphView::selectedPart() const
{
    QRectF part;
    for (const QString &key : std::as_const(m_selection)) {
        const SceneNode &node = m_scene->nodes().at(m_scene->indexOfKey(key));
        part |= node.box | node.frame;
    }
    if (m_state.selectedEdge >= 0)
        part |= m_scene->edges().at(m_state.selectedEdge).bounds;
    return part;
}

void GraphView::zoomToSelection()
{
    const QRectF part = selectedPart();
    if (part.isEmpty()) {
        zoomToFit();
        return;
    }
    constexpr qreal Room = 24;
    constexpr qreal Closest = 1.5; // one card alone need not fill the screen
    m_isViewTouched = true;
    setTransform(ViewTransform::fitting(part.adjusted(-Room, -Room, Room, Room), usableArea(), leastZoom(), Closest));
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
    if (!area.contains(m_transform.toView(sceneRect)))
        scrollBy(m_transform.moveInto(area, sceneRect));
}

// Back and forward

PlaceHistory::Place GraphView::currentPlace() const
{
    return {m_selection, m_transform.toScene(usableArea().center()), m_transform.zoom};
}

void GraphView::goBack()
{
    goTo(&PlaceHistory::back);
}

void GraphView::goForward()
{
    goTo(&PlaceHistory::forward);
}

void GraphView::goTo(std::optional<PlaceHistory::Place> (PlaceHistory::*way)(const PlaceHistory::Place &))
{
    cancelInteraction();
    const auto isThere = [this](const QString &key) { return m_scene->indexOfKey(key) >= 0; };
    const PlaceHistory::Place now = currentPlace();
    std::optional<PlaceHistory::Place> place = (m_places.*way)(now);
    // Past places whose steps are gone, and the one where the person is.
    while (place
        && ((!place->selection.isEmpty() && std::none_of(place->selection.cbegin(), place->selection.cend(), isThere))
            || place->selection == now.selection))
        place = (m_places.*way)(now);
    if (!place)
        return;
    const PlaceHistory kept = m_places;
    setSelection(place->selection);
    m_places = kept; // going back is no new way
    m_isViewTouched = true;
    setTransform({place->zoom, usableArea().center() - place->centre * place->zoom});
    Q_EMIT selectionChanged(m_selection);
}

void GraphView::setMinimapVisible(bool visible)
{
    m_wantsMinimap = visible;
    placeFields();
}

bool GraphView::isMinimapVisible() const
{
    return m_wantsMinimap;
}

// What lies on the drawing: overview, search, the name being edited.
void GraphView::placeFields()
{
    constexpr int Margin = 12;
    // Where everything is on the screen, or the screen is small, an overview only hides a part of it.
    const QRectF drawing = m_transform.toView(m_scene->bounds());
    const bool hasRoom = width() >= 3 * m_minimap->width() && height() >= 3 * m_minimap->height();
    m_minimap->setVisible(m_wantsMinimap && hasRoom && !QRectF(viewport()->rect()).contains(drawing));
    m_minimap->move(width() - m_minimap->width() - Margin, height() - m_minimap->height() - Margin);
    m_finder->bar()->place({width() - Margin, m_margins.top() - 4}); // below the view switch
    m_quickAdd->setTopMargin(m_margins.top() - 4);
    m_notes->placeEditor();
    if (m_nameField->isOpen()) {
        const int node = m_scene->indexOfKey(m_nameField->key());
        if (node < 0)
            return;
        constexpr int Least = 170; // of a card far away
        const QRectF card = m_transform.toView(m_scene->nodes().at(node).box);
        const qreal left = card.left() + (CardMetrics::TextLeft - 6) * m_transform.zoom;
        const int height = m_nameField->sizeHint().height();
        const qreal middle = card.top() + CardMetrics::HeadHeight / 2 * m_transform.zoom;
        m_nameField->setGeometry(
            qRound(left), qRound(middle) - height / 2, std::max(Least, qRound(card.right() - left - 6)), height);
    }
}

} // namespace automation
