#include "designer/inspector/rowgrip.h"

#include "designer/style/applicationstyle.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

namespace automation {

RowGrip::RowGrip(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::OpenHandCursor);
}

void RowGrip::paintEvent(QPaintEvent *)
{
    const Theme &theme = currentTheme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (hasFocus()) {
        painter.setPen(theme.accent);
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(hasFocus() || m_isDragging ? theme.accent : theme.muted);
    constexpr qreal radius = 1.3;
    constexpr qreal gap = 5;
    const QPointF middle = QRectF(rect()).center();
    for (const int x : {0, 1}) {
        for (const int y : {-1, 0, 1})
            painter.drawEllipse(middle + QPointF((x - 0.5) * gap, y * gap), radius, radius);
    }
}

void RowGrip::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    m_pressed = event->position().toPoint();
    m_isPressed = true;
}

void RowGrip::mouseMoveEvent(QMouseEvent *event)
{
    if (!m_isPressed)
        return;
    const QPoint way = event->position().toPoint() - m_pressed;
    if (!m_isDragging && way.manhattanLength() < QApplication::startDragDistance())
        return;
    if (!m_isDragging)
        setCursor(Qt::ClosedHandCursor);
    m_isDragging = true;
    update();
    Q_EMIT dragged(event->globalPosition().toPoint());
}

void RowGrip::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    const bool wasDragging = m_isDragging;
    m_isPressed = false;
    m_isDragging = false;
    setCursor(Qt::OpenHandCursor);
    update();
    if (wasDragging)
        Q_EMIT dropped(event->globalPosition().toPoint());
}

void RowGrip::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && m_isDragging)
        cancel();
    else
        QWidget::keyPressEvent(event);
}

void RowGrip::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    update();
}

void RowGrip::focusOutEvent(QFocusEvent *event)
{
    if (m_isDragging)
        cancel();
    QWidget::focusOutEvent(event);
    update();
}

void RowGrip::cancel()
{
    m_isPressed = false;
    m_isDragging = false;
    setCursor(Qt::OpenHandCursor);
    update();
    Q_EMIT cancelled();
}

} // namespace automation
