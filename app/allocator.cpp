// Part of every program that uses the allocator mimalloc.

#include <mimalloc.h>

namespace {

// What a large drawing needed is needed again at the next edit, often by another thread. Asking the system for fresh
// pages costs a tenth of the time of opening, so what was freed is kept for a while.
constexpr long keptFor = 10000; // milliseconds

[[maybe_unused]] const bool isSet = [] {
    mi_option_set(mi_option_decommit_delay, keptFor);
    return true;
}();

} // namespace
