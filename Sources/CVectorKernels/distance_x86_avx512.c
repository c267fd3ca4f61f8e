// AVX-512 with VNNI. Nothing here runs unless `vk_tier_is_available(vk_tier_avx512)`.
#if defined(__x86_64__)

#include <immintrin.h>

#include <string.h>

#include "distance.h"
#include "graph.h"

#if defined(__clang__)
#pragma clang attribute push(                                                                   \
    __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512vnni"))),                   \
    apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")
#endif

static inline __mmask16 first_16(size_t n) {
    return n >= 16 ? (__mmask16)0xffff : (__mmask16)((1u << n) - 1);
}

static inline __mmask64 first_64(size_t n) {
    return n >= 64 ? ~(__mmask64)0 : ((__mmask64)1 << n) - 1;
}

static float dot(const float *a, const float *b, size_t n) {
    __m512 s0 = _mm512_setzero_ps(), s1 = s0, s2 = s0, s3 = s0;
    size_t i = 0;
    for (; i + 64 <= n; i += 64) {
        s0 = _mm512_fmadd_ps(_mm512_loadu_ps(a + i), _mm512_loadu_ps(b + i), s0);
        s1 = _mm512_fmadd_ps(_mm512_loadu_ps(a + i + 16), _mm512_loadu_ps(b + i + 16), s1);
        s2 = _mm512_fmadd_ps(_mm512_loadu_ps(a + i + 32), _mm512_loadu_ps(b + i + 32), s2);
        s3 = _mm512_fmadd_ps(_mm512_loadu_ps(a + i + 48), _mm512_loadu_ps(b + i + 48), s3);
    }
    for (; i < n; i += 16) {
        __mmask16 mask = first_16(n - i);
        s0 = _mm512_fmadd_ps(
            _mm512_maskz_loadu_ps(mask, a + i), _mm512_maskz_loadu_ps(mask, b + i), s0);
    }
    return _mm512_reduce_add_ps(_mm512_add_ps(_mm512_add_ps(s0, s1), _mm512_add_ps(s2, s3)));
}

static float l2_squared(const float *a, const float *b, size_t n) {
    __m512 s0 = _mm512_setzero_ps(), s1 = s0;
    size_t i = 0;
    for (; i + 32 <= n; i += 32) {
        __m512 d0 = _mm512_sub_ps(_mm512_loadu_ps(a + i), _mm512_loadu_ps(b + i));
        __m512 d1 = _mm512_sub_ps(_mm512_loadu_ps(a + i + 16), _mm512_loadu_ps(b + i + 16));
        s0 = _mm512_fmadd_ps(d0, d0, s0);
        s1 = _mm512_fmadd_ps(d1, d1, s1);
    }
    for (; i < n; i += 16) {
        __mmask16 mask = first_16(n - i);
        __m512 d = _mm512_sub_ps(
            _mm512_maskz_loadu_ps(mask, a + i), _mm512_maskz_loadu_ps(mask, b + i));
        s0 = _mm512_fmadd_ps(d, d, s0);
    }
    return _mm512_reduce_add_ps(_mm512_add_ps(s0, s1));
}

static int32_t dot_i8(const int8_t *a, const int8_t *b, size_t n) {
    __m512i sum = _mm512_setzero_si512();
    size_t i = 0;
    for (; i + 32 <= n; i += 32) {
        __m512i x = _mm512_cvtepi8_epi16(_mm256_loadu_si256((const __m256i *)(a + i)));
        __m512i y = _mm512_cvtepi8_epi16(_mm256_loadu_si256((const __m256i *)(b + i)));
        sum = _mm512_dpwssd_epi32(sum, x, y);
    }
    if (i < n) {
        __mmask32 mask = ((__mmask32)1 << (n - i)) - 1;
        __m512i x = _mm512_cvtepi8_epi16(_mm256_maskz_loadu_epi8(mask, a + i));
        __m512i y = _mm512_cvtepi8_epi16(_mm256_maskz_loadu_epi8(mask, b + i));
        sum = _mm512_dpwssd_epi32(sum, x, y);
    }
    return _mm512_reduce_add_epi32(sum);
}

static inline int32_t dot_u8i8(const uint8_t *a, const int8_t *b, size_t n) {
    __m512i s0 = _mm512_setzero_si512(), s1 = s0;
    size_t i = 0;
    for (; i + 128 <= n; i += 128) {
        s0 = _mm512_dpbusd_epi32(s0, _mm512_loadu_si512(a + i), _mm512_loadu_si512(b + i));
        s1 = _mm512_dpbusd_epi32(
            s1, _mm512_loadu_si512(a + i + 64), _mm512_loadu_si512(b + i + 64));
    }
    for (; i < n; i += 64) {
        __mmask64 mask = first_64(n - i);
        s0 = _mm512_dpbusd_epi32(
            s0, _mm512_maskz_loadu_epi8(mask, a + i), _mm512_maskz_loadu_epi8(mask, b + i));
    }
    return _mm512_reduce_add_epi32(_mm512_add_epi32(s0, s1));
}

static inline __m512i dot_u4i8_lanes(const uint8_t *plane, const int8_t *query, size_t n) {
    const __m512i nibble = _mm512_set1_epi8(15);
    __m512i s0 = _mm512_setzero_si512(), s1 = s0;
    for (size_t i = 0; i < n; i += 128) {
        __m512i p = _mm512_loadu_si512(plane + i / 2);
        s0 = _mm512_dpbusd_epi32(
            s0, _mm512_and_si512(p, nibble), _mm512_loadu_si512(query + i));
        s1 = _mm512_dpbusd_epi32(
            s1, _mm512_and_si512(_mm512_srli_epi16(p, 4), nibble),
            _mm512_loadu_si512(query + i + 64));
    }
    return _mm512_add_epi32(s0, s1);
}

static inline int32_t dot_u4i8(const uint8_t *plane, const int8_t *query, size_t n) {
    return _mm512_reduce_add_epi32(dot_u4i8_lanes(plane, query, n));
}

/// Adds the two halves of `v`, each lane to its counterpart.
static inline __m256i halves(__m512i v) {
    return _mm256_add_epi32(_mm512_castsi512_si256(v), _mm512_extracti64x4_epi64(v, 1));
}

/// The sums of four vectors' lanes.
static inline __m128i sums_of_4(__m512i a, __m512i b, __m512i c, __m512i d) {
    __m256i ab = _mm256_hadd_epi32(halves(a), halves(b));
    __m256i cd = _mm256_hadd_epi32(halves(c), halves(d));
    __m256i all = _mm256_hadd_epi32(ab, cd);
    return _mm_add_epi32(_mm256_castsi256_si128(all), _mm256_extracti128_si256(all, 1));
}

/// The sums of the 16 rows from `row` on.
static inline __m512i dots_of_16(
    const uint8_t *row, size_t stride, const int8_t *query, size_t n) {
    __m512i dots = _mm512_setzero_si512();
#pragma GCC unroll 4
    for (int part = 0; part < 4; part++) {
        __m512i s[4];
#pragma GCC unroll 4
        for (int j = 0; j < 4; j++, row += stride) s[j] = dot_u4i8_lanes(row, query, n);
        __m128i four = sums_of_4(s[0], s[1], s[2], s[3]);
        dots = _mm512_mask_broadcast_i32x4(dots, (__mmask16)(0xf << (4 * part)), four);
    }
    return dots;
}

static size_t scan_u4(
    const vk_scan_query *q, const vk_scan_rows *rows, uint32_t first, uint32_t count,
    float threshold, uint32_t *hits, float *bounds) {
    const __m512 alpha = _mm512_set1_ps(q->alpha), t = _mm512_set1_ps(q->t);
    const __m512 z = _mm512_set1_ps(q->z), ea = _mm512_set1_ps(q->ea), c = _mm512_set1_ps(q->c);
    const __m512 least = _mm512_set1_ps(threshold);
    const __m512i lanes =
        _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    size_t found = 0;
    uint32_t i = first;
    const uint32_t end = first + count;
    for (; i + 16 <= end; i += 16) {
        const uint8_t *row = rows->planes + (size_t)i * rows->stride;
        __m512i dots = q->dimensions == 384
            ? dots_of_16(row, rows->stride, q->query, 384)
            : dots_of_16(row, rows->stride, q->query, q->dimensions);
        __m512 inner = _mm512_fmadd_ps(t, _mm512_cvtepi32_ps(dots), z);
        __m512 upper = _mm512_fmadd_ps(_mm512_loadu_ps(rows->s + i), inner, c);
        upper = _mm512_fmadd_ps(alpha, _mm512_loadu_ps(rows->a + i), upper);
        upper = _mm512_fmadd_ps(ea, _mm512_loadu_ps(rows->e + i), upper);
        if (rows->h) upper = _mm512_sub_ps(upper, _mm512_loadu_ps(rows->h + i));
        __mmask16 mask = _mm512_cmp_ps_mask(upper, least, _CMP_GE_OQ);
        if (mask) {
            __m512i numbers = _mm512_add_epi32(_mm512_set1_epi32((int)i), lanes);
            // Compressed in a register: compressing into memory is slow on Zen 4.
            numbers = _mm512_maskz_compress_epi32(mask, numbers);
            int several = __builtin_popcount(mask);
            _mm512_mask_storeu_epi32(hits + found, first_16((size_t)several), numbers);
            upper = _mm512_maskz_compress_ps(mask, upper);
            _mm512_mask_storeu_ps(bounds + found, first_16((size_t)several), upper);
            found += (size_t)several;
        }
    }
    for (; i < end; i++) {
        int32_t dot =
            dot_u4i8(rows->planes + (size_t)i * rows->stride, q->query, q->dimensions);
        hits[found] = i;
        bounds[found] = vk_upper(q, rows, i, dot);
        found += bounds[found] >= threshold;
    }
    return found;
}

static int32_t dot_planes(
    const uint8_t *high, const uint8_t *low, const int8_t *query, size_t n) {
    const __m512i nibble = _mm512_set1_epi8(15);
    __m512i s0 = _mm512_setzero_si512(), s1 = s0;
    for (size_t i = 0; i < n; i += 128) {
        __m512i h = _mm512_loadu_si512(high + i / 2), l = _mm512_loadu_si512(low + i / 2);
        // The low halves of `l` under what is shifted up from `h`, then the high halves of `h` over the rest.
        __m512i first = _mm512_ternarylogic_epi64(nibble, l, _mm512_slli_epi16(h, 4), 0xca);
        __m512i second = _mm512_ternarylogic_epi64(nibble, _mm512_srli_epi16(l, 4), h, 0xca);
        s0 = _mm512_dpbusd_epi32(s0, first, _mm512_loadu_si512(query + i));
        s1 = _mm512_dpbusd_epi32(s1, second, _mm512_loadu_si512(query + i + 64));
    }
    return _mm512_reduce_add_epi32(_mm512_add_epi32(s0, s1));
}

#include "panels_avx512.h"

VK_DEFINE_GATHER_U8I8(gather_u8i8, dot_u8i8)
VK_DEFINE_GATHER_PLANES(gather_planes, dot_planes)

#include "graph_walk_avx512.h"
#include "graph_walk.h"

#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif

const vk_distance_kernels vk_distance_avx512 = {
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
