#include "designer/canvas/graphwalk.h"

#include <cmath>

namespace automation {

namespace {

// Of the cards a line leads to (or comes from), the one that is least to the side.
int alongLines(const GraphScene &scene, int from, bool down)
{
    const bool sideways = scene.nodes().at(from).card.isSideways;
    const auto across = [&](int node) {
        const QPointF centre = scene.nodes().at(node).box.center();
        return sideways ? centre.y() : centre.x();
    };
    const qreal here = across(from);
    int best = -1;
    qreal least = 0;
    for (int number : down ? scene.edgesFrom(from) : scene.edgesTo(from)) {
        const SceneEdge &edge = scene.edges().at(number);
        const int other = down ? edge.to : edge.from;
        if (other == from || edge.isBack)
            continue;
        constexpr qreal Last = 1e9; // jumps only where there is no line to follow
        const qreal away = std::abs(across(other) - here) + (edge.isJump() ? Last : 0);
        if (best < 0 || away < least) {
            best = other;
            least = away;
        }
    }
    return best;
}

int byEye(const GraphScene &scene, int from, Qt::Key direction)
{
    const QPointF here = scene.nodes().at(from).box.center();
    const bool sideways = direction == Qt::Key_Left || direction == Qt::Key_Right;
    const qreal sign = direction == Qt::Key_Left || direction == Qt::Key_Up ? -1 : 1;
    int best = -1;
    qreal least = 0;
    for (int i = 0; i < scene.nodes().size(); ++i) {
        const QPointF away = scene.nodes().at(i).box.center() - here;
        const qreal along = sign * (sideways ? away.x() : away.y());
        if (i == from || along < 1)
            continue;
        const qreal score = along + 3 * std::abs(sideways ? away.y() : away.x());
        if (best < 0 || score < least) {
            best = i;
            least = score;
        }
    }
    return best;
}

} // namespace

int neighbourOf(const GraphScene &scene, int from, Qt::Key direction)
{
    if (scene.nodes().isEmpty())
        return -1;
    if (from < 0 || from >= scene.nodes().size())
        return 0;
    const bool sideways = scene.nodes().at(from).card.isSideways;
    const Qt::Key on = sideways ? Qt::Key_Right : Qt::Key_Down;
    if (direction == on || direction == (sideways ? Qt::Key_Left : Qt::Key_Up)) {
        const int next = alongLines(scene, from, direction == on);
        if (next >= 0)
            return next;
    }
    return byEye(scene, from, direction);
}

} // namespace automation
