#include "designer/canvas/canvasarranger.h"

#include "designer/canvas/graphview.h"

#include <algorithm>
#include <cmath>

namespace automation {

namespace {

// The next line of the grid in a direction.
qreal nextLine(qreal value, bool up)
{
    constexpr qreal Grid = CanvasArranger::Grid;
    constexpr qreal Near = 0.01;
    return up ? (std::floor((value + Near) / Grid) + 1) * Grid : (std::ceil((value - Near) / Grid) - 1) * Grid;
}

bool haveSamePlaces(const GraphScene &a, const GraphScene &b)
{
    return std::equal(a.nodes().begin(), a.nodes().end(), b.nodes().begin(), b.nodes().end(),
        [](const SceneNode &x, const SceneNode &y) { return x.box == y.box; });
}

} // namespace

CanvasArranger::CanvasArranger(GraphView &view)
    : QObject(&view)
    , m_view(view)
{
}

QStringList CanvasArranger::movableKeys() const
{
    const auto scene = m_view.scene();
    const QStringList selected = m_view.selection();
    const QSet<QString> all(selected.begin(), selected.end());
    QStringList keys;
    for (const QString &key : selected) {
        int outer = scene->indexOfKey(key);
        outer = outer < 0 ? -1 : scene->nodes().at(outer).parent;
        bool isInside = false;
        while (outer >= 0 && !isInside) {
            isInside = all.contains(scene->keyOf(outer));
            const int next = scene->nodes().at(outer).parent;
            outer = next < outer ? next : -1;
        }
        if (!isInside)
            keys.append(key);
    }
    return keys;
}

QSet<int> CanvasArranger::movedNodes(const QStringList &keys) const
{
    const auto scene = m_view.scene();
    QSet<int> moved;
    for (const QString &key : keys) {
        const int node = scene->indexOfKey(key);
        if (node >= 0)
            moved.insert(node);
    }
    // Nested ones stand behind their container.
    bool hasNested = false;
    for (int node : std::as_const(moved))
        hasNested = hasNested || !scene->nodes().at(node).frame.isNull();
    if (hasNested) {
        for (int i = 0; i < scene->nodes().size(); ++i) {
            if (moved.contains(scene->nodes().at(i).parent))
                moved.insert(i);
        }
    }
    return moved;
}

bool CanvasArranger::move(const QHash<QString, QPointF> &moves, const QString &text, const QString &mergeKey)
{
    if (!m_view.editor().isEditable() || moves.isEmpty())
        return false;
    const auto scene = m_view.scene();
    DrawingLayout drawing = m_view.document()->drawing();
    for (auto move = moves.cbegin(); move != moves.cend(); ++move) {
        const int node = scene->indexOfKey(move.key());
        if (node < 0 || move->isNull())
            continue;
        for (int i : movedNodes({move.key()})) {
            const SceneNode &card = scene->nodes().at(i);
            // What is nested goes with its container by itself, unless it was placed by hand.
            if (i == node || drawing.positions.contains(card.key))
                drawing.positions.insert(card.key, card.box.topLeft() + *move);
        }
    }
    return m_view.editor().arrange(drawing, text, mergeKey);
}

void CanvasArranger::nudge(Qt::Key direction)
{
    const QStringList keys = movableKeys();
    if (keys.isEmpty())
        return;
    // All as far as the first one, so that they stay as they are to each other.
    const QPointF place = boxes(keys).first().topLeft();
    QPointF move;
    if (direction == Qt::Key_Left || direction == Qt::Key_Right)
        move.setX(nextLine(place.x(), direction == Qt::Key_Right) - place.x());
    else
        move.setY(nextLine(place.y(), direction == Qt::Key_Down) - place.y());
    moveEach(keys, QList<QPointF>(keys.size(), move), tr("Move %n step(s)", nullptr, int(keys.size())));
}

void CanvasArranger::align(Alignment alignment)
{
    const QStringList keys = movableKeys();
    if (keys.size() > 1)
        moveEach(keys, alignedMoves(boxes(keys), alignment), tr("Align %n step(s)", nullptr, int(keys.size())));
}

void CanvasArranger::distribute(Qt::Orientation direction)
{
    const QStringList keys = movableKeys();
    if (keys.size() > 2)
        moveEach(
            keys, distributedMoves(boxes(keys), direction), tr("Distribute %n step(s)", nullptr, int(keys.size())));
}

void CanvasArranger::tidy()
{
    if (!m_view.editor().isEditable())
        return;
    DrawingLayout drawing = m_view.document()->drawing();
    const QStringList selected = m_view.selection();
    if (selected.isEmpty()) {
        drawing.positions.clear();
    } else {
        const auto scene = m_view.scene();
        for (int node : movedNodes(selected))
            drawing.positions.remove(scene->keyOf(node));
    }
    if (drawing.positions == m_view.document()->drawing().positions) {
        const auto before = m_view.scene();
        if (selected.isEmpty())
            m_view.layOutAnew();
        if (!m_view.isLayoutPending() && haveSamePlaces(*before, *m_view.scene()))
            Q_EMIT m_view.message(tr("Nothing was moved by hand here: the layout places it already."));
    } else {
        m_view.editor().arrange(drawing, selected.isEmpty() ? tr("Tidy the drawing") : tr("Tidy the selection"));
    }
}

DrawingLayout::Direction CanvasArranger::direction() const
{
    return m_view.document() ? m_view.document()->drawing().direction : DrawingLayout::Direction::TopToBottom;
}

void CanvasArranger::setDirection(DrawingLayout::Direction direction)
{
    if (!m_view.editor().isEditable() || direction == this->direction())
        return;
    DrawingLayout drawing = m_view.document()->drawing();
    drawing.direction = direction;
    // Places found for the one direction mean nothing in the other.
    drawing.positions.clear();
    m_view.editor().arrange(drawing,
        direction == DrawingLayout::Direction::LeftToRight ? tr("Draw from left to right")
                                                           : tr("Draw from top to bottom"));
}

QList<QRectF> CanvasArranger::boxes(const QStringList &keys) const
{
    QList<QRectF> result;
    for (const QString &key : keys)
        result.append(m_view.scene()->nodes().at(m_view.scene()->indexOfKey(key)).box);
    return result;
}

void CanvasArranger::moveEach(const QStringList &keys, const QList<QPointF> &moves, const QString &text)
{
    QHash<QString, QPointF> byKey;
    for (qsizetype i = 0; i < keys.size(); ++i) {
        if (!moves.at(i).isNull())
            byKey.insert(keys.at(i), moves.at(i));
    }
    move(byKey, text);
}

} // namespace automation
