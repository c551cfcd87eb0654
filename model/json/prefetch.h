#pragma once

#include <QtGlobal>

namespace automation {

// A hint for the processor: that memory will be looked at soon. Addresses need not be of anything that exists.
inline void prefetch(quintptr first, quintptr bytes)
{
    constexpr quintptr line = 64;
    for (quintptr i = 0; i < bytes; i += line)
        __builtin_prefetch(reinterpret_cast<const void *>(first + i));
}
inline void prefetch(const void *first, quintptr bytes)
{
    prefetch(reinterpret_cast<quintptr>(first), bytes);
}

} // namespace automation
