#include "designer/canvas/placehistory.h"

namespace automation {

void PlaceHistory::leave(const Place &place)
{
    m_forward.clear();
    // The same steps seen from a little aside are no place of their own.
    if (!m_back.isEmpty() && m_back.last().selection == place.selection)
        m_back.removeLast();
    m_back.append(place);
    if (m_back.size() > Most)
        m_back.removeFirst();
}

std::optional<PlaceHistory::Place> PlaceHistory::go(QList<Place> &from, QList<Place> &to, const Place &now)
{
    if (from.isEmpty())
        return std::nullopt;
    to.append(now);
    return from.takeLast();
}

void PlaceHistory::clear()
{
    m_back.clear();
    m_forward.clear();
}

} // namespace automation
