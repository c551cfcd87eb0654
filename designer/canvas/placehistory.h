#pragma once

#include <optional>
#include <QPointF>
#include <QStringList>

namespace automation {

// The places of a drawing a person looked at, to go back and forward through, as in a browser. Value type.
class PlaceHistory
{
public:
    struct Place
    {
        QStringList selection; // step keys; none of an overview
        QPointF centre; // scene point in the middle of the view
        qreal zoom = 1;
    };
    static constexpr qsizetype Most = 100;

    // The person leaves a place for another one.
    void leave(const Place &place);
    bool canGoBack() const { return !m_back.isEmpty(); }
    bool canGoForward() const { return !m_forward.isEmpty(); }
    // now: where the person is, to come back to. Nothing when there is nowhere to go.
    std::optional<Place> back(const Place &now) { return go(m_back, m_forward, now); }
    std::optional<Place> forward(const Place &now) { return go(m_forward, m_back, now); }
    void clear();

private:
    static std::optional<Place> go(QList<Place> &from, QList<Place> &to, const Place &now);

    QList<Place> m_back; // the last one is the nearest
    QList<Place> m_forward;
};

} // namespace automation
