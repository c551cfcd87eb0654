#include "designer/canvas/minimap.h"

#include "designer/canvas/graphview.h"

#include <QBitArray>
#include <QMap>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QWheelEvent>

namespace automation {

namespace {

constexpr qreal Inset = 7;

}

Minimap::Minimap(GraphView *view)
    : QWidget(view)
    , m_view(view)
{
    setObjectName(QStringLiteral("minimap"));
    setAccessibleName(tr("Overview of the drawing"));
    setToolTip(tr("Overview: click or drag to go there"));
    setFocusPolicy(Qt::NoFocus);
    setCursor(Qt::PointingHandCursor);
    resize(sizeHint());
}

void Minimap::setTheme(const Theme &theme)
{
    m_theme = theme;
    m_picture = QPixmap();
    update();
}

void Minimap::sceneChanged()
{
    m_picture = QPixmap();
    update();
}

ViewTransform Minimap::fit() const
{
    const QRectF bounds = m_view->scene()->bounds();
    const QRectF area = QRectF(rect()).adjusted(Inset, Inset, -Inset, -Inset);
    ViewTransform transform;
    if (bounds.isEmpty())
        return transform;
    transform.zoom = std::min({area.width() / bounds.width(), area.height() / bounds.height(), 0.16});
    transform.offset = area.center() - bounds.center() * transform.zoom;
    return transform;
}

// A colour at a time, always in the same order. From afar many cards fall on the same pixels: each of these is painted
// once, in the colour of the first card there, so that all colours show.
void Minimap::paintCards(QPainter &painter, const ViewTransform &transform) const
{
    constexpr qreal Rounded = 0.03; // the zoom from which corners can be seen
    constexpr QSizeF Speck(3, 2); // what a card is at least
    constexpr qsizetype Ahead = 16; // so many cards earlier memory is asked for one, which else takes most of the time
    QMap<QRgb, QList<QRectF>> groups;
    QBitArray specks(qsizetype(width()) * height()); // by pixel
    const QList<SceneNode> &nodes = m_view->scene()->nodes();
    for (qsizetype i = 0; i < nodes.size(); ++i) {
        __builtin_prefetch(&nodes.at(std::min(i + Ahead, nodes.size() - 1)).box);
        const SceneNode &node = nodes.at(i);
        QRectF box = transform.toView(node.box);
        if (box.width() < Speck.width() && box.height() < Speck.height() && rect().contains(box.topLeft().toPoint())) {
            const QPoint pixel = box.topLeft().toPoint();
            const qsizetype number = qsizetype(pixel.y()) * width() + pixel.x();
            if (specks.testBit(number))
                continue;
            specks.setBit(number);
            box = QRectF(pixel, Speck);
        }
        groups[m_theme.category(node.card.category).rgb()].append(QRectF(box.topLeft(), box.size().expandedTo(Speck)));
    }
    painter.setPen(Qt::NoPen);
    painter.setOpacity(0.8);
    for (auto group = groups.cbegin(); group != groups.cend(); ++group) {
        painter.setBrush(QColor::fromRgb(group.key()));
        if (transform.zoom > Rounded) {
            for (const QRectF &box : *group)
                painter.drawRoundedRect(box, 1.5, 1.5);
        } else {
            painter.drawRects(*group);
        }
    }
}

void Minimap::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF panel = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setPen(QPen(m_theme.line, 1));
    painter.setBrush(m_theme.panel);
    painter.drawRoundedRect(panel, 8, 8);

    const ViewTransform transform = fit();
    const qreal ratio = devicePixelRatioF();
    if (m_picture.isNull() || !qFuzzyCompare(m_picture.devicePixelRatio(), ratio)
        || m_picture.size() != size() * ratio) {
        m_picture = QPixmap((QSizeF(size()) * ratio).toSize());
        m_picture.setDevicePixelRatio(ratio);
        m_picture.fill(Qt::transparent);
        QPainter picture(&m_picture);
        picture.setRenderHint(QPainter::Antialiasing);
        paintCards(picture, transform);
    }
    painter.drawPixmap(0, 0, m_picture);

    QRectF shown = transform.toView(m_view->transform().toScene(QRectF(m_view->viewport()->rect())));
    shown = shown.intersected(panel.adjusted(4, 4, -4, -4));
    if (shown.isEmpty())
        return;
    QColor fill = m_theme.accent;
    fill.setAlpha(16);
    painter.setBrush(fill);
    painter.setPen(QPen(m_theme.accent, 1));
    painter.drawRoundedRect(QRectF(shown.toRect()).adjusted(0.5, 0.5, -0.5, -0.5), 2, 2);
}

void Minimap::goTo(const QPointF &position)
{
    m_view->centerOn(fit().toScene(position));
}

void Minimap::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        goTo(event->position());
    event->accept();
}

void Minimap::mouseMoveEvent(QMouseEvent *event)
{
    if (event->buttons() & Qt::LeftButton)
        goTo(event->position());
    event->accept();
}

void Minimap::mouseReleaseEvent(QMouseEvent *event)
{
    event->accept();
}

void Minimap::wheelEvent(QWheelEvent *event)
{
    event->accept(); // what lies below must not scroll
}

} // namespace automation
