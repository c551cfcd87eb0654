#pragma once

#include "designer/drawing/cardpainter.h"
#include "designer/drawing/edgepainter.h"
#include "designer/drawing/pillpainter.h"

#include <functional>

namespace automation {

// Draws any part of a scene on any painter: the screen, the minimap, pictures. The painter's transform says where
// scene coordinates go; it may only scale and move. Below DetailZoom cards lose their text and lines their corners.
// Keeps texts it has laid out, so keep the object; belongs to one thread, of a program with a GUI application.
class GraphPainter
{
public:
    static constexpr qreal DetailZoom = 0.35;

    struct Options
    {
        bool dots = false; // the grid behind
        bool isVector = false; // for SVG and PDF: full detail, text stays text, no pixel grid
        // Asked now and then, with the share that is done (0 to 1): false ends the painting there. For pictures, which
        // are painted in full detail and take their time.
        std::function<bool(qreal share)> goesOn = {};
    };
    struct Counts
    { // of the last call, for tests and benchmarks
        int cards = 0;
        int edges = 0;
    };

    GraphPainter();
    void setTheme(const Theme &theme);
    const Theme &theme() const { return m_theme; }
    void setScene(std::shared_ptr<const GraphScene> scene); // never null
    const GraphScene &scene() const { return *m_scene; }

    // Draws what lies in exposed (scene coordinates), background included.
    void paint(QPainter &painter, const QRectF &exposed, const SceneState &state, const Options &options);
    // The same for several parts, on a painter that is clipped to them.
    void paint(QPainter &painter, const QList<QRectF> &parts, const SceneState &state, const Options &options);
    // A line from a port to a point, dashed: a connection on its way.
    void paintWire(QPainter &painter, const QPointF &from, const QPointF &to) const;
    Counts counts() const { return m_counts; }

    // Where a line runs while its cards are displaced.
    QList<QPointF> displacedPoints(const SceneEdge &edge, const SceneState &state) const;
    // The orthogonal way of such a line.
    static QList<QPointF> wirePoints(const QPointF &from, const QPointF &to, bool isSideways);

private:
    void paintDots(QPainter &painter, const PixelGrid &grid, const QRectF &exposed) const;
    void paintFrames(QPainter &painter, const PixelGrid &grid, const QList<int> &nodes, const QRectF &exposed);
    void paintAddButtons(QPainter &painter, const PixelGrid &grid, const QList<int> &nodes, const QRectF &exposed,
        const SceneState &state);
    class Course;
    void paintEdges(QPainter &painter, const PixelGrid &grid, const QList<int> &edges, const QRectF &exposed,
        const SceneState &state, Course &course);
    void paintJump(QPainter &painter, const PixelGrid &grid, int edge, const QPointF &fromOffset,
        const QPointF &toOffset, const QRectF &exposed, const SceneState &state, bool withTarget = true);
    QSet<int> displacedEdges(const SceneState &state) const;
    void findDisplacedHops(const QList<QRectF> &parts, const SceneState &state);
    void paintSmallEdges(QPainter &painter, const QList<int> &edges, const SceneState &state) const;
    void paintDisplaced(QPainter &painter, const QRectF &exposed, const SceneState &state, const Options &options);
    static bool isDisplaced(const SceneEdge &edge, const SceneState &state);
    EdgePainter::Style edgeStyle(int edge, const SceneState &state) const;
    QColor mixed(const QColor &colour, qreal share) const;

    std::shared_ptr<const GraphScene> m_scene;
    Theme m_theme = Theme::light();
    CardPainter m_cards;
    PillPainter m_pills;
    BoxPainter m_boxes;
    QHash<int, QList<QPointF>> m_hops; // of the lines that are painted, while some are displaced
    Counts m_counts;
};

} // namespace automation
