#pragma once

// The two loops over every character of a text, for this folder only: sixteen bytes at a time where the processor can.

#include <algorithm>
#include <QByteArrayView>
#include <QtGlobal>

#ifdef __SSE2__
#include <bit>
#include <emmintrin.h>
#endif

namespace automation {

// The first byte from at that is not plain ASCII text inside quotes: a quote, a backslash, a control character or the
// start of a longer character; end when there is none.
inline const char *endOfPlainText(const char *at, const char *end)
{
#ifdef __SSE2__
    const __m128i quote = _mm_set1_epi8('"');
    const __m128i backslash = _mm_set1_epi8('\\');
    const __m128i blank = _mm_set1_epi8(0x20);
    for (; end - at >= 16; at += 16) {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i *>(at));
        // Signed: bytes from 0x80 are below the blank as well.
        const __m128i special = _mm_or_si128(
            _mm_or_si128(_mm_cmpeq_epi8(bytes, quote), _mm_cmpeq_epi8(bytes, backslash)), _mm_cmplt_epi8(bytes, blank));
        const auto mask = static_cast<unsigned>(_mm_movemask_epi8(special));
        if (mask != 0)
            return at + std::countr_zero(mask);
    }
#endif
    while (at < end && static_cast<signed char>(*at) >= 0x20 && *at != '"' && *at != '\\')
        ++at;
    return at;
}

// Writes the ASCII bytes from start to stop as UTF-16. The room at out must be a multiple of eight code units; end is
// where reading must stop.
inline void widen(char16_t *out, const char *start, const char *stop, [[maybe_unused]] const char *end)
{
#ifdef __SSE2__
    for (; start < stop && end - start >= 8; start += 8, out += 8) {
        const __m128i bytes = _mm_loadl_epi64(reinterpret_cast<const __m128i *>(start));
        _mm_storeu_si128(reinterpret_cast<__m128i *>(out), _mm_unpacklo_epi8(bytes, _mm_setzero_si128()));
    }
#endif
    for (; start < stop; ++start, ++out)
        *out = static_cast<uchar>(*start);
}

} // namespace automation
