#pragma once

#include "model/json/texthash.h"

#include <memory>
#include <QString>
#include <unordered_map>

namespace automation {

// What was made of short texts, by the text: definitions say the same few things over and over. One thread; made to be
// a thread_local. Bounded: when it is full, all are forgotten, which is simple and rare.
template <typename Value> class Remembered
{
public:
    // What make(text) returns, a std::shared_ptr<const Value>, or returned the last time.
    template <typename Make> std::shared_ptr<const Value> of(QStringView text, const Make &make)
    {
        if (const auto known = m_values.find(text); known != m_values.end())
            return known->second;
        std::shared_ptr<const Value> value = make(text);
        if (m_values.size() >= most)
            m_values.clear();
        return m_values.emplace(text.toString(), std::move(value)).first->second;
    }

private:
    static constexpr size_t most = 20000; // some megabytes

    // Lets a view find the text it is equal to.
    struct Hash
    {
        using is_transparent = void;
        size_t operator()(QStringView text) const { return textHash(text); }
    };
    struct Equal
    {
        using is_transparent = void;
        bool operator()(QStringView a, QStringView b) const { return a == b; }
    };
    std::unordered_map<QString, std::shared_ptr<const Value>, Hash, Equal> m_values;
};

} // namespace automation
