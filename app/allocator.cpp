// Part of every program that uses the allocator mimalloc.

#include <mimalloc.h>

namespace {

// What a large drawing needed is needed again at the next edit, often by another thread. Asking the system for fresh
// pages costs a tenth of the time of opening, so what was freed is kept for a while.
constexpr long keptFor = 10000; // milliseconds

[[maybe_unused]] const bool isSet = [] {
    mi_option_set(mi_option_decommit_delay, keptFor);
    // Beyond the first 32 MB, which are there by now, memory comes in large pages where the system has some: what is
    // known of a large drawing is spread over so many small ones that finding them takes longer than reading them.
    mi_option_set(mi_option_large_os_pages, 1);
    return true;
}();

} // namespace
