// AVX2 and FMA. Nothing here runs unless `vk_tier_is_available(vk_tier_avx2)`.
#if defined(__x86_64__)

#include <immintrin.h>

#include <string.h>

#include "distance.h"
#include "graph.h"

#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx2,fma")
#endif

static inline float sum_f32(__m256 v) {
    __m128 s = _mm_add_ps(_mm256_castps256_ps128(v), _mm256_extractf128_ps(v, 1));
    s = _mm_add_ps(s, _mm_movehl_ps(s, s));
    return _mm_cvtss_f32(_mm_add_ss(s, _mm_movehdup_ps(s)));
}

static inline int32_t sum_i32(__m256i v) {
    __m128i s = _mm_add_epi32(_mm256_castsi256_si128(v), _mm256_extracti128_si256(v, 1));
    s = _mm_add_epi32(s, _mm_shuffle_epi32(s, 0x4e));
    return _mm_cvtsi128_si32(_mm_add_epi32(s, _mm_shuffle_epi32(s, 0xb1)));
}

/// The mask whose first `n` of 8 lanes are set.
static inline __m256i first_lanes(size_t n) {
    return _mm256_cmpgt_epi32(
        _mm256_set1_epi32((int)n), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
}

static float dot(const float *a, const float *b, size_t n) {
    __m256 s0 = _mm256_setzero_ps(), s1 = s0, s2 = s0, s3 = s0;
    size_t i = 0;
    for (; i + 32 <= n; i += 32) {
        s0 = _mm256_fmadd_ps(_mm256_loadu_ps(a + i), _mm256_loadu_ps(b + i), s0);
        s1 = _mm256_fmadd_ps(_mm256_loadu_ps(a + i + 8), _mm256_loadu_ps(b + i + 8), s1);
        s2 = _mm256_fmadd_ps(_mm256_loadu_ps(a + i + 16), _mm256_loadu_ps(b + i + 16), s2);
        s3 = _mm256_fmadd_ps(_mm256_loadu_ps(a + i + 24), _mm256_loadu_ps(b + i + 24), s3);
    }
    for (; i < n; i += 8) {
        __m256i mask = first_lanes(n - i);
        s0 = _mm256_fmadd_ps(
            _mm256_maskload_ps(a + i, mask), _mm256_maskload_ps(b + i, mask), s0);
    }
    return sum_f32(_mm256_add_ps(_mm256_add_ps(s0, s1), _mm256_add_ps(s2, s3)));
}

static float l2_squared(const float *a, const float *b, size_t n) {
    __m256 s0 = _mm256_setzero_ps(), s1 = s0;
    size_t i = 0;
    for (; i + 16 <= n; i += 16) {
        __m256 d0 = _mm256_sub_ps(_mm256_loadu_ps(a + i), _mm256_loadu_ps(b + i));
        __m256 d1 = _mm256_sub_ps(_mm256_loadu_ps(a + i + 8), _mm256_loadu_ps(b + i + 8));
        s0 = _mm256_fmadd_ps(d0, d0, s0);
        s1 = _mm256_fmadd_ps(d1, d1, s1);
    }
    for (; i < n; i += 8) {
        __m256i mask = first_lanes(n - i);
        __m256 d =
            _mm256_sub_ps(_mm256_maskload_ps(a + i, mask), _mm256_maskload_ps(b + i, mask));
        s0 = _mm256_fmadd_ps(d, d, s0);
    }
    return sum_f32(_mm256_add_ps(s0, s1));
}

static int32_t dot_i8(const int8_t *a, const int8_t *b, size_t n) {
    __m256i sum = _mm256_setzero_si256();
    size_t i = 0;
    for (; i + 16 <= n; i += 16) {
        __m256i x = _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)(a + i)));
        __m256i y = _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)(b + i)));
        sum = _mm256_add_epi32(sum, _mm256_madd_epi16(x, y));
    }
    int32_t total = sum_i32(sum);
    for (; i < n; i++) total += a[i] * b[i];
    return total;
}

// maddubs would saturate: 255·127·2 does not fit 16 bits. So both sides are widened first.
static int32_t dot_u8i8(const uint8_t *a, const int8_t *b, size_t n) {
    __m256i s0 = _mm256_setzero_si256(), s1 = s0;
    size_t i = 0;
    for (; i + 32 <= n; i += 32) {
        __m256i x0 = _mm256_cvtepu8_epi16(_mm_loadu_si128((const __m128i *)(a + i)));
        __m256i y0 = _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)(b + i)));
        __m256i x1 = _mm256_cvtepu8_epi16(_mm_loadu_si128((const __m128i *)(a + i + 16)));
        __m256i y1 = _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)(b + i + 16)));
        s0 = _mm256_add_epi32(s0, _mm256_madd_epi16(x0, y0));
        s1 = _mm256_add_epi32(s1, _mm256_madd_epi16(x1, y1));
    }
    int32_t total = sum_i32(_mm256_add_epi32(s0, s1));
    for (; i < n; i++) total += a[i] * b[i];
    return total;
}

// A nibble times a signed byte is at most 15·128, so pairs of products fit 16 bits, and so do sums
// of four such pairs (15 360): two groups of 64 bytes before they are widened.
static inline int32_t dot_u4i8(const uint8_t *plane, const int8_t *query, size_t n) {
    const __m256i nibble = _mm256_set1_epi8(15), ones = _mm256_set1_epi16(1);
    __m256i sum = _mm256_setzero_si256();
    for (size_t i = 0; i < n; i += 128) {
        const __m256i *q = (const __m256i *)(query + i);
        __m256i p0 = _mm256_loadu_si256((const __m256i *)(plane + i / 2));
        __m256i p1 = _mm256_loadu_si256((const __m256i *)(plane + i / 2 + 32));
        __m256i low0 = _mm256_maddubs_epi16(_mm256_and_si256(p0, nibble), _mm256_loadu_si256(q));
        __m256i low1 =
            _mm256_maddubs_epi16(_mm256_and_si256(p1, nibble), _mm256_loadu_si256(q + 1));
        __m256i high0 = _mm256_maddubs_epi16(
            _mm256_and_si256(_mm256_srli_epi16(p0, 4), nibble), _mm256_loadu_si256(q + 2));
        __m256i high1 = _mm256_maddubs_epi16(
            _mm256_and_si256(_mm256_srli_epi16(p1, 4), nibble), _mm256_loadu_si256(q + 3));
        __m256i pairs = _mm256_add_epi16(
            _mm256_add_epi16(low0, low1), _mm256_add_epi16(high0, high1));
        sum = _mm256_add_epi32(sum, _mm256_madd_epi16(pairs, ones));
    }
    return sum_i32(sum);
}

// Each 32-bit lane is a row; eight rows fill a register. Pairs of products are at most 3 840, so those of
// the low and of the high halves are added in 16 bits before they are widened.
static void dots_of_panel(
    const uint8_t *panel, const int8_t *query, size_t n, int32_t *dots) {
    const __m256i nibble = _mm256_set1_epi8(15), ones = _mm256_set1_epi16(1);
    __m256i s0 = _mm256_setzero_si256(), s1 = s0;
    for (size_t g = 0; g < n / 8; g++) {
        int32_t words[2];
        __builtin_memcpy(words, query + 8 * g, 8);
        __m256i q0 = _mm256_set1_epi32(words[0]), q1 = _mm256_set1_epi32(words[1]);
        __m256i p0 = _mm256_loadu_si256((const __m256i *)(panel + 64 * g));
        __m256i p1 = _mm256_loadu_si256((const __m256i *)(panel + 64 * g + 32));
        __m256i pairs0 = _mm256_add_epi16(
            _mm256_maddubs_epi16(_mm256_and_si256(p0, nibble), q0),
            _mm256_maddubs_epi16(_mm256_and_si256(_mm256_srli_epi16(p0, 4), nibble), q1));
        __m256i pairs1 = _mm256_add_epi16(
            _mm256_maddubs_epi16(_mm256_and_si256(p1, nibble), q0),
            _mm256_maddubs_epi16(_mm256_and_si256(_mm256_srli_epi16(p1, 4), nibble), q1));
        s0 = _mm256_add_epi32(s0, _mm256_madd_epi16(pairs0, ones));
        s1 = _mm256_add_epi32(s1, _mm256_madd_epi16(pairs1, ones));
    }
    _mm256_storeu_si256((__m256i *)dots, s0);
    _mm256_storeu_si256((__m256i *)(dots + 8), s1);
}

/// Bytes 16·high + low of 32 dimensions, from the low halves of the planes' bytes.
static inline __m256i joined(__m256i high, __m256i low) {
    const __m256i nibble = _mm256_set1_epi8(15);
    return _mm256_or_si256(
        _mm256_slli_epi16(_mm256_and_si256(high, nibble), 4), _mm256_and_si256(low, nibble));
}

static inline __m256i dot_codes(__m256i codes, const int8_t *query) {
    __m256i x = _mm256_cvtepu8_epi16(_mm256_castsi256_si128(codes));
    __m256i y = _mm256_cvtepu8_epi16(_mm256_extracti128_si256(codes, 1));
    return _mm256_add_epi32(
        _mm256_madd_epi16(x, _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)query))),
        _mm256_madd_epi16(
            y, _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)(query + 16)))));
}

static int32_t dot_planes(
    const uint8_t *high, const uint8_t *low, const int8_t *query, size_t n) {
    __m256i sum = _mm256_setzero_si256();
    for (size_t i = 0; i < n; i += 128) {
        for (size_t j = 0; j < 64; j += 32) {
            __m256i h = _mm256_loadu_si256((const __m256i *)(high + i / 2 + j));
            __m256i l = _mm256_loadu_si256((const __m256i *)(low + i / 2 + j));
            sum = _mm256_add_epi32(sum, dot_codes(joined(h, l), query + i + j));
            h = _mm256_srli_epi16(h, 4);
            l = _mm256_srli_epi16(l, 4);
            sum = _mm256_add_epi32(sum, dot_codes(joined(h, l), query + i + 64 + j));
        }
    }
    return sum_i32(sum);
}

VK_DEFINE_GATHER_U8I8(gather_u8i8, dot_u8i8)
VK_DEFINE_GATHER_PLANES(gather_planes, dot_planes)
VK_DEFINE_SCAN_U4(scan_u4, dot_u4i8)
VK_DEFINE_SCAN_PANELS(scan_panels, dots_of_panel)

#include "graph_walk.h"

#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif

const vk_distance_kernels vk_distance_avx2 = {
    .dot = dot,
    .l2_squared = l2_squared,
    .dot_i8 = dot_i8,
    .dot_u8i8 = dot_u8i8,
    .gather_u8i8 = gather_u8i8,
    .scan_u4 = scan_u4,
    .gather_planes = gather_planes,
    .scan_panels = scan_panels,
    .graph_search = walk,
};

#endif
