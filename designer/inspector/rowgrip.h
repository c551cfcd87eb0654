#pragma once

#include <QWidget>

namespace automation {

// The handle by which a row of a list is dragged to another place. Tells where the pointer is; the list decides what
// that means. Esc ends a drag without a drop. GUI thread.
class RowGrip : public QWidget
{
    Q_OBJECT
public:
    explicit RowGrip(QWidget *parent = nullptr);

    QSize sizeHint() const override { return {14, 24}; }

Q_SIGNALS:
    void dragged(const QPoint &globalPosition);
    void dropped(const QPoint &globalPosition);
    void cancelled();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void cancel();

    QPoint m_pressed;
    bool m_isPressed = false;
    bool m_isDragging = false;
};

} // namespace automation
