#pragma once

#include <QtGlobal>
#include <random>

namespace automation {

// Random numbers for tests: the same seed gives the same sequence on every machine. Value type, reentrant.
class Random
{
public:
    explicit Random(quint64 seed)
        : m_seed(seed)
        , m_engine(seed)
    {
    }

    quint64 seed() const { return m_seed; }
    quint64 next() { return m_engine(); }
    // From 0 to limit - 1; limit is at least 1.
    int below(int limit) { return static_cast<int>(m_engine() % static_cast<quint64>(limit)); }
    // From least to most, both included.
    int between(int least, int most) { return least + below(most - least + 1); }
    bool chance(int percent) { return below(100) < percent; }
    // One element of a container or C array that is not empty.
    template <typename List> const auto &oneOf(const List &list)
    {
        return list[static_cast<decltype(std::size(list))>(below(static_cast<int>(std::size(list))))];
    }

private:
    quint64 m_seed;
    std::mt19937_64 m_engine;
};

} // namespace automation
