#include "designer/canvas/moveinteraction.h"

#include "designer/canvas/canvasarranger.h"
#include "designer/canvas/graphview.h"

#include <QCoreApplication>
#include <QGuiApplication>
#include <QStyleHints>

namespace automation {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(MoveInteraction)
};

constexpr qreal SnapPixels = 6;

} // namespace

MoveInteraction::MoveInteraction(GraphView &view, const QPointF &position, const QString &key)
    : CanvasInteraction(view)
    , m_key(key)
    , m_press(position)
    , m_start(view.transform().toScene(position))
{
    if (!view.selection().contains(key))
        view.setSelection({key});
}

void MoveInteraction::begin()
{
    m_isDragging = true;
    const CanvasArranger &arranger = m_view.arranger();
    m_keys = arranger.movableKeys();
    m_nodes = arranger.movedNodes(m_keys);
    m_place = {};
    for (int node : std::as_const(m_nodes))
        m_place |= m_view.scene()->nodes().at(node).box;
}

void MoveInteraction::move(const QPointF &position, Qt::KeyboardModifiers modifiers)
{
    if (!m_isDragging) {
        if ((position - m_press).manhattanLength() < QGuiApplication::styleHints()->startDragDistance())
            return;
        begin();
    }
    QPointF offset = m_view.transform().toScene(position) - m_start;
    m_guides.clear();
    if (!(modifiers & Qt::AltModifier)) {
        // Cards on the screen; what is far away is no line a person sees.
        const auto scene = m_view.scene();
        const QRectF shown = m_view.transform().toScene(QRectF(m_view.viewport()->rect()));
        QList<QRectF> others;
        constexpr qsizetype Most = 400;
        for (int node : scene->nodesIn(shown)) {
            if (!m_nodes.contains(node) && others.size() < Most)
                others.append(scene->nodes().at(node).box);
        }
        const Snap snap = snapTo(m_place.translated(offset), others, SnapPixels / m_view.transform().zoom);
        offset += snap.correction;
        m_guides = snap.guides;
    }
    show(offset);
}

void MoveInteraction::show(const QPointF &offset)
{
    m_offset = offset;
    m_view.displace(m_nodes, offset);
    m_view.repaintGuides(m_guides);
}

void MoveInteraction::finish(const QPointF &position, Qt::KeyboardModifiers modifiers)
{
    move(position, modifiers);
    if (!m_isDragging) {
        m_view.setSelection({m_key});
        return;
    }
    m_guides.clear();
    m_view.repaintGuides({});
    QHash<QString, QPointF> moves;
    for (const QString &key : std::as_const(m_keys))
        moves.insert(key, m_offset);
    // The cards stay where they were let go until the new scene is there.
    if (m_offset.isNull() || !m_view.arranger().move(moves, Text::tr("Move %n step(s)", nullptr, int(m_keys.size()))))
        m_view.displace({}, {});
}

void MoveInteraction::cancel()
{
    m_guides.clear();
    m_view.repaintGuides({});
    m_view.displace({}, {});
}

bool MoveInteraction::sceneChanged()
{
    if (m_view.scene()->indexOfKey(m_key) < 0)
        return false;
    if (m_isDragging) {
        begin();
        show(m_offset);
    }
    return true;
}

void MoveInteraction::paint(QPainter &painter)
{
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(QPen(m_view.painter().theme().accent, 0, Qt::DashLine));
    painter.drawLines(m_guides);
}

} // namespace automation
