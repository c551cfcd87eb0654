#pragma once

#include <QLineF>
#include <QList>
#include <QPointF>
#include <QRectF>

namespace automation {

// Where cards go when they are aligned, distributed or dragged past each other. Pure; scene units.
enum class Alignment { Left, Centre, Right, Top, Middle, Bottom };

// How far each card moves to stand on one line, within what they take up together.
QList<QPointF> alignedMoves(const QList<QRectF> &cards, Alignment alignment);
// How far each card moves for the gaps between them to be equal; the outermost stay. Cards that do not fit between them
// are spread evenly all the same. Nothing moves with less than three.
QList<QPointF> distributedMoves(const QList<QRectF> &cards, Qt::Orientation direction);

// A dragged rectangle that comes near the lines of others.
struct Snap
{
    QPointF correction; // to add to its place
    QList<QLineF> guides; // where they are in line then
};
// reach: how near counts.
Snap snapTo(const QRectF &dragged, const QList<QRectF> &others, qreal reach);

} // namespace automation
