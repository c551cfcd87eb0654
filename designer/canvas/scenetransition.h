#pragma once

#include <QHash>
#include <QPointF>
#include <QVariantAnimation>

#include <functional>

namespace automation {

// Lets cards glide from where they were to where a new layout has them. GUI thread.
class SceneTransition : public QObject
{
    Q_OBJECT
public:
    static constexpr int Longest = 200; // ms
    static constexpr qsizetype Most = 300; // cards on the screen; with more the eye follows none

    // show: told how far each card is from its place.
    SceneTransition(std::function<void(const QHash<int, QPointF> &offsets)> show, QObject *parent);

    // duration in ms, at most Longest; 0 = at once.
    void start(const QHash<int, QPointF> &offsets, int duration);
    void stop(); // the cards are where they belong
    bool isRunning() const { return m_animation.state() == QAbstractAnimation::Running; }

private:
    std::function<void(const QHash<int, QPointF> &)> m_show;
    QHash<int, QPointF> m_offsets;
    QVariantAnimation m_animation;
};

} // namespace automation
