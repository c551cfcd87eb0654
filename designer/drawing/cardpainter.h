#pragma once

#include "designer/drawing/boxpainter.h"
#include "designer/drawing/cardtext.h"
#include "designer/drawing/pixelgrid.h"
#include "designer/drawing/scenestate.h"
#include "designer/drawing/theme.h"

#include <memory>
#include <unordered_map>

namespace automation {

// Draws the cards of a scene: body, icon, texts, outcome row, ports, badges. Keeps the laid out texts of the cards it
// has drawn. Belongs to one thread.
class CardPainter
{
public:
    void setTheme(const Theme &theme) { m_theme = theme; }
    // Texts of another scene are of no use.
    void forgetTexts() { m_texts.clear(); }

    void paintCard(
        QPainter &painter, const PixelGrid &grid, const GraphScene &scene, int node, const SceneState &state);
    void paintBadges(
        QPainter &painter, const PixelGrid &grid, const GraphScene &scene, int node, const SceneState &state);
    // "+" in a circle.
    void paintAddButton(QPainter &painter, const PixelGrid &grid, const QPointF &centre, bool isHot) const;
    // How to add the first step, beside the "+" of a trigger that leads nowhere.
    void paintBeginning(QPainter &painter, const QPointF &add, bool isSideways) const;
    // A step far away: no text.
    void paintSmall(QPainter &painter, const PixelGrid &grid, const QList<int> &nodes, const GraphScene &scene,
        const SceneState &state) const;
    qsizetype cachedTexts() const { return qsizetype(m_texts.size()); }

private:
    const CardText &textOf(const SceneNode &node, int index);
    void paintBody(QPainter &painter, const PixelGrid &grid, const SceneNode &node, int index, const SceneState &state);
    void paintTexts(
        QPainter &painter, const PixelGrid &grid, const SceneNode &node, int index, const SceneState &state);
    void paintPorts(
        QPainter &painter, const PixelGrid &grid, const GraphScene &scene, int node, const SceneState &state);
    qreal paintBadge(QPainter &painter, const PixelGrid &grid, const QPointF &rightMiddle, const QColor &fill,
        const QString &sign, const QString &text, qreal radius) const;
    bool isDimmed(int node, const SceneState &state) const;

    Theme m_theme = Theme::light();
    BoxPainter m_boxes;
    std::unordered_map<int, std::unique_ptr<CardText>> m_texts; // by node
};

} // namespace automation
