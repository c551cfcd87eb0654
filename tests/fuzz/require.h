#pragma once

#include <cstdio>
#include <cstdlib>

namespace automation {

// Ends the program when a law does not hold, so that the fuzzer keeps the input.
inline void require(bool holds, const char *law)
{
    if (holds)
        return;
    std::fprintf(stderr, "Law broken: %s\n", law);
    std::abort();
}

} // namespace automation
