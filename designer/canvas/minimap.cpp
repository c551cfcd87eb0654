#include "designer/canvas/minimap.h"

#include "designer/canvas/graphview.h"

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
        QHash<QRgb, QList<QRectF>> boxes;
        for (const SceneNode &node : m_view->scene()->nodes()) {
            // At least a visible speck each.
            QRectF box = transform.toView(node.box);
            if (box.height() < 2)
                box.setHeight(2);
            if (box.width() < 3)
                box.setWidth(3);
            boxes[m_theme.category(node.card.category).rgb()].append(box);
        }
        picture.setPen(Qt::NoPen);
        picture.setOpacity(0.8);
        for (auto group = boxes.cbegin(); group != boxes.cend(); ++group) {
            picture.setBrush(QColor::fromRgb(group.key()));
            if (transform.zoom > 0.03) {
                for (const QRectF &box : *group)
                    picture.drawRoundedRect(box, 1.5, 1.5);
            } else {
                picture.drawRects(*group);
            }
        }
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
