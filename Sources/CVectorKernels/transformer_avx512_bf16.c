// Attention with factors in bfloat16, for CPUs that multiply pairs of those (VDPBF16PS).

#if defined(__x86_64__)

#include <immintrin.h>
#include <math.h>

#include "transformer_tables.h"

#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512bf16,fma"))), apply_to = function)

#define INLINE static inline __attribute__((always_inline))
#define EACH(i, n) _Pragma("clang loop unroll(full)") for (size_t i = 0; i < (n); i++)

/// The query rows of a tile.
#define ROWS 8

/// What one head works on: two values of 16 bits to a word everywhere.
typedef struct {
    /// Word `d * padded + j` is key `j`'s elements 2d and 2d + 1.
    uint32_t *keys;
    /// Word `j * width + c` is element `c` of values 2j and 2j + 1.
    uint32_t *values;
    uint32_t *queries, *weights;
    float *scores;
    size_t tokens, padded, hidden, width;
} head;

/// 32 floats in 16 bits each.
INLINE __m512i pack(const float *p) {
    return (__m512i)_mm512_cvtne2ps_pbh(_mm512_loadu_ps(p + 16), _mm512_loadu_ps(p));
}

INLINE void transpose(__m512i r[16]) {
    __m512i t[16];
    EACH(i, 8) {
        t[2 * i] = _mm512_unpacklo_epi32(r[2 * i], r[2 * i + 1]);
        t[2 * i + 1] = _mm512_unpackhi_epi32(r[2 * i], r[2 * i + 1]);
    }
    EACH(i, 4) {
        r[4 * i] = _mm512_unpacklo_epi64(t[4 * i], t[4 * i + 2]);
        r[4 * i + 1] = _mm512_unpackhi_epi64(t[4 * i], t[4 * i + 2]);
        r[4 * i + 2] = _mm512_unpacklo_epi64(t[4 * i + 1], t[4 * i + 3]);
        r[4 * i + 3] = _mm512_unpackhi_epi64(t[4 * i + 1], t[4 * i + 3]);
    }
    EACH(i, 2) EACH(j, 4) {
        t[8 * i + j] = _mm512_shuffle_i32x4(r[8 * i + j], r[8 * i + j + 4], 0x88);
        t[8 * i + j + 4] = _mm512_shuffle_i32x4(r[8 * i + j], r[8 * i + j + 4], 0xDD);
    }
    EACH(j, 8) {
        r[j] = _mm512_shuffle_i32x4(t[j], t[j + 8], 0x88);
        r[j + 8] = _mm512_shuffle_i32x4(t[j], t[j + 8], 0xDD);
    }
}

/// 2^x to 1e-4 for x <= 0; below -126 it stays what it is there.
///
/// Adding 1.5 * 2^23 rounds to an integer, which the low bits then hold: additions and shifts go to
/// other ports than the multiplications, which are what this waits for.
INLINE __m512 exp2_near(__m512 x) {
    const __m512 rounder = _mm512_set1_ps(12582912.0f);
    x = _mm512_max_ps(x, _mm512_set1_ps(-126));
    __m512 shifted = _mm512_add_ps(x, rounder);
    __m512 r = _mm512_sub_ps(x, _mm512_sub_ps(shifted, rounder)), p = _mm512_set1_ps(0.0551716685f);
    p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(0.242611125f));
    p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(0.693260968f));
    p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(0.999928057f));
    __m512i exponent = _mm512_slli_epi32((__m512i)shifted, 23);
    return (__m512)_mm512_add_epi32((__m512i)p, exponent);
}

/// Packs keys and values of a head, whose floats start at `k` and `v`.
INLINE void pack_head(const head *h, const float *k, const float *v) {
    size_t stride = 3 * h->hidden;
    const __m512i low = _mm512_set_epi16(
        47, 15, 46, 14, 45, 13, 44, 12, 43, 11, 42, 10, 41, 9, 40, 8, 39, 7, 38, 6, 37, 5, 36, 4, 35,
        3, 34, 2, 33, 1, 32, 0);
    const __m512i high = _mm512_add_epi16(low, _mm512_set1_epi16(16));
    for (size_t d = 0; d < h->width; d += 32) {
        for (size_t j = 0; j < h->padded; j += 16) {
            __m512i rows[16];
            EACH(i, 16)
            rows[i] = j + i < h->tokens ? pack(k + (j + i) * stride + d) : _mm512_setzero_si512();
            transpose(rows);
            EACH(i, 16) _mm512_storeu_si512(h->keys + (d / 2 + i) * h->padded + j, rows[i]);
        }
        for (size_t j = 0; j < h->tokens; j += 2) {
            __m512i a = pack(v + j * stride + d), b = _mm512_setzero_si512();
            if (j + 1 < h->tokens) b = pack(v + (j + 1) * stride + d);
            uint32_t *to = h->values + j / 2 * h->width + d;
            _mm512_storeu_si512(to, _mm512_permutex2var_epi16(a, low, b));
            _mm512_storeu_si512(to + 16, _mm512_permutex2var_epi16(a, high, b));
        }
    }
}

/// `rows` rows of `a`, words of `stride`, times two registers' columns of `b`, added up over `count`
/// words; `rows` is a constant in each caller.
INLINE void multiply(
    const uint32_t *a, size_t stride, const uint32_t *b, size_t columns, size_t count,
    __m512 sum[ROWS][2], size_t rows) {
    EACH(r, rows) sum[r][0] = sum[r][1] = _mm512_setzero_ps();
    for (size_t i = 0; i < count; i++) {
        __m512bh b0 = (__m512bh)_mm512_loadu_si512(b + i * columns);
        __m512bh b1 = (__m512bh)_mm512_loadu_si512(b + i * columns + 16);
        EACH(r, rows) {
            __m512bh x = (__m512bh)_mm512_set1_epi32((int)a[r * stride + i]);
            sum[r][0] = _mm512_dpbf16_ps(sum[r][0], x, b0);
            sum[r][1] = _mm512_dpbf16_ps(sum[r][1], x, b1);
        }
    }
}

/// Attention of `count` query rows, a constant in each caller.
INLINE void attend(const head *h, const float *q, float scale, float *out, size_t count) {
    size_t padded = h->padded, half = h->width / 2;
    __m512 sum[ROWS][2], largest[ROWS];
    EACH(r, count) {
        for (size_t d = 0; d < h->width; d += 32)
            _mm512_storeu_si512(h->queries + r * half + d / 2, pack(q + r * 3 * h->hidden + d));
        largest[r] = _mm512_set1_ps(-INFINITY);
    }
    for (size_t j = 0; j < padded; j += 32) {
        multiply(h->queries, half, h->keys + j, padded, half, sum, count);
        if (j + 32 > h->tokens) {
            // Columns past the last token hold no score.
            uint64_t real = (1ull << (h->tokens - j)) - 1;
            EACH(r, count) EACH(p, 2)
            sum[r][p] = _mm512_mask_mov_ps(
                _mm512_set1_ps(-INFINITY), (__mmask16)(real >> 16 * p), sum[r][p]);
        }
        EACH(r, count) {
            _mm512_storeu_ps(h->scores + r * padded + j, sum[r][0]);
            _mm512_storeu_ps(h->scores + r * padded + j + 16, sum[r][1]);
            largest[r] = _mm512_max_ps(largest[r], _mm512_max_ps(sum[r][0], sum[r][1]));
        }
    }
    float inverse[ROWS];
    const __m512 factor = _mm512_set1_ps(scale * 1.44269504f);
    EACH(r, count) {
        const float *row = h->scores + r * padded;
        __m512 top = _mm512_set1_ps(-scale * 1.44269504f * _mm512_reduce_max_ps(largest[r]));
        __m512 total = _mm512_setzero_ps();
        for (size_t j = 0; j < padded; j += 32) {
            __m512 e = exp2_near(_mm512_fmadd_ps(_mm512_loadu_ps(row + j), factor, top));
            __m512 f = exp2_near(_mm512_fmadd_ps(_mm512_loadu_ps(row + j + 16), factor, top));
            total = _mm512_add_ps(total, _mm512_add_ps(e, f));
            _mm512_storeu_si512(
                h->weights + (r * padded + j) / 2, (__m512i)_mm512_cvtne2ps_pbh(f, e));
        }
        inverse[r] = 1 / _mm512_reduce_add_ps(total);
    }
    for (size_t d = 0; d < h->width; d += 32) {
        multiply(h->weights, padded / 2, h->values + d, h->width, (h->tokens + 1) / 2, sum, count);
        EACH(r, count) EACH(p, 2)
        _mm512_storeu_ps(
            out + r * h->hidden + d + 16 * p, _mm512_mul_ps(sum[r][p], _mm512_set1_ps(inverse[r])));
    }
}

void vk_attention_bf16(
    const float *qkv, size_t tokens, size_t heads, size_t width, float scale, float *scratch,
    float *out) {
    size_t padded = (tokens + 31) / 32 * 32, half = width / 2;
    head h = {.tokens = tokens, .padded = padded, .hidden = heads * width, .width = width};
    h.keys = (uint32_t *)scratch;
    h.values = h.keys + half * padded;
    h.queries = h.values + half * padded;
    h.weights = h.queries + ROWS * half;
    h.scores = (float *)(h.weights + ROWS * padded / 2);
    for (size_t index = 0; index < heads; index++) {
        const float *q = qkv + index * width;
        float *o = out + index * width;
        pack_head(&h, q + h.hidden, q + 2 * h.hidden);
        size_t i = 0;
        for (; i + ROWS <= tokens; i += ROWS)
            attend(&h, q + i * 3 * h.hidden, scale, o + i * h.hidden, ROWS);
        for (; i < tokens; i++) attend(&h, q + i * 3 * h.hidden, scale, o + i * h.hidden, 1);
    }
}

#pragma clang attribute pop

#endif
