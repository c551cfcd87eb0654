#pragma once

#include "designer/drawing/graphscene.h"

namespace automation {

// The scene with cards where a person put them: positions are their top left corners by node key, all others stay where
// the layout has them. What is nested in a moved card goes with it unless it has a position of its own; frames follow.
// Lines between cards that moved apart are led anew, each for itself. Any thread; O(n). The scene itself when no
// position is of one of its cards.
std::shared_ptr<const GraphScene> withPositions(std::shared_ptr<const GraphScene> scene, const DefinitionGraph &graph,
    const QHash<QString, QPointF> &positions, qreal framePadding);

// An orthogonal way from a port to the top of a card that keeps off both cards.
QList<QPointF> freeRoute(const QPointF &from, const QRectF &fromCard, const QPointF &to, const QRectF &toCard);

} // namespace automation
