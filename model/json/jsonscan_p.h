#pragma once

// The loops over every character of a text, for this folder only: sixteen bytes at a time where the processor can.

#include <cstring>
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

// The first byte from at that is not a blank (a tab or line end ends the search as well).
inline const char *endOfBlanks(const char *at, const char *end)
{
#ifdef __SSE2__
    const __m128i blank = _mm_set1_epi8(' ');
    for (; end - at >= 16; at += 16) {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i *>(at));
        const auto others = static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, blank))) ^ 0xFFFFu;
        if (others != 0)
            return at + std::countr_zero(others);
    }
#endif
    while (at < end && *at == ' ')
        ++at;
    return at;
}

// Whether the bytes from at to end begin with those of a word; the word is followed by more bytes than at is, as it
// stands before it in the same text.
inline bool startsWith(const char *at, const char *end, const char *word, qsizetype length)
{
#ifdef __SSE2__
    if (length <= 16 && end - at >= 16) {
        const __m128i a = _mm_loadu_si128(reinterpret_cast<const __m128i *>(at));
        const __m128i b = _mm_loadu_si128(reinterpret_cast<const __m128i *>(word));
        const auto same = static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(a, b)));
        const unsigned wanted = (1u << length) - 1;
        return (same & wanted) == wanted;
    }
#endif
    return end - at >= length && std::memcmp(at, word, static_cast<size_t>(length)) == 0;
}

} // namespace automation
