#pragma once

#include "designer/canvas/viewtransform.h"
#include "designer/drawing/theme.h"

#include <QPixmap>
#include <QWidget>

namespace automation {

class GraphView;

// The whole drawing in small, with the part the view shows as a frame; click or drag to go there. A child of the view.
class Minimap : public QWidget
{
    Q_OBJECT
public:
    explicit Minimap(GraphView *view);

    void setTheme(const Theme &theme);
    void sceneChanged();
    QSize sizeHint() const override { return {150, 104}; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;

private:
    void goTo(const QPointF &position);
    void paintCards(QPainter &painter, const ViewTransform &transform) const;
    ViewTransform fit() const;

    GraphView *m_view;
    Theme m_theme = Theme::light();
    QPixmap m_picture; // of the scene; null = draw again
};

} // namespace automation
