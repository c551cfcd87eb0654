#pragma once

#include "designer/canvas/arrangement.h"
#include "model/document/drawinglayout.h"

#include <QObject>

namespace automation {

class GraphView;

// Arranges cards by hand: what it does is one command on the document each and changes the drawing only, never the
// definition. GUI thread; belongs to the view.
class CanvasArranger : public QObject
{
    Q_OBJECT
public:
    static constexpr qreal Grid = 20; // scene units

    explicit CanvasArranger(GraphView &view);

    // Moves cards, with what is nested in them, by a distance each; keys without distance stay.
    bool move(const QHash<QString, QPointF> &moves, const QString &text, const QString &mergeKey = {});
    void nudge(Qt::Key direction); // the selection, onto the next line of the grid
    void align(Alignment alignment);
    void distribute(Qt::Orientation direction);
    // Gives the selected cards back to the layout; without a selection all of them, each to the place it gets when the
    // document is opened.
    void tidy();
    DrawingLayout::Direction direction() const;
    void setDirection(DrawingLayout::Direction direction);

    // The selected cards, and the keys of those nested in a selected one left out.
    QStringList movableKeys() const;
    // Indices of cards that move with these.
    QSet<int> movedNodes(const QStringList &keys) const;

private:
    QList<QRectF> boxes(const QStringList &keys) const;
    void moveEach(const QStringList &keys, const QList<QPointF> &moves, const QString &text);

    GraphView &m_view;
};

} // namespace automation
