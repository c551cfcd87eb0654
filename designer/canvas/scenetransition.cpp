#include "designer/canvas/scenetransition.h"

#include <algorithm>

namespace automation {

SceneTransition::SceneTransition(std::function<void(const QHash<int, QPointF> &)> show, QObject *parent)
    : QObject(parent)
    , m_show(std::move(show))
{
    m_animation.setStartValue(1.0);
    m_animation.setEndValue(0.0);
    m_animation.setEasingCurve(QEasingCurve::OutCubic);
    connect(&m_animation, &QVariantAnimation::valueChanged, this, [this](const QVariant &value) {
        QHash<int, QPointF> offsets;
        if (value.toDouble() > 0) {
            offsets = m_offsets;
            for (QPointF &offset : offsets)
                offset *= value.toDouble();
        }
        m_show(offsets);
    });
}

void SceneTransition::start(const QHash<int, QPointF> &offsets, int duration)
{
    stop();
    if (duration <= 0 || offsets.isEmpty() || offsets.size() > Most)
        return;
    m_offsets = offsets;
    m_animation.setDuration(std::min(duration, Longest));
    // At once: the animation itself shows its first value when time has passed, and the end would be seen before.
    m_show(m_offsets);
    m_animation.start();
}

void SceneTransition::stop()
{
    if (!isRunning())
        return;
    m_animation.stop();
    m_show({});
}

} // namespace automation
