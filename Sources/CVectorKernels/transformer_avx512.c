#if defined(__x86_64__)

#include <immintrin.h>

#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512vnni,fma"))), \
    apply_to = function)

#define LANES 16
#define TILE 12
// The smaller magnitude with the first one's sign, in one instruction.
#define CLAMP(x, limit) (vf) _mm512_range_ps((__m512)(x), _mm512_set1_ps(limit), 2)
#define RECIPROCAL(x) (vf) reciprocal((__m512)(x))

/// 1 / x to 1 ulp or so by one of Newton's steps, in a fraction of a division's time.
static inline __attribute__((always_inline)) __m512 reciprocal(__m512 x) {
    __m512 y = _mm512_rcp14_ps(x);
    return _mm512_fmadd_ps(y, _mm512_fnmadd_ps(x, y, _mm512_set1_ps(1)), y);
}

#include "transformer_vector.h"

/// Codes of 16 columns in 32 bits each.
INLINE __m512i codes_of(const float *x, const float *factor, size_t c, vf inverse, vf offset) {
    return _mm512_cvtps_epi32((__m512)fma_(scaled(x, factor, c), inverse, offset));
}

// VPDPBUSD multiplies unsigned by signed bytes, so here codes are from 0 on.
INLINE void encode(
    const float *x, const float *factor, size_t columns, float low, float high, uint8_t *codes,
    float *scale, float *shift) {
    size_t whole = columns / 64 * 64, padded = (columns + 63) / 64 * 64;
    // Packing works within quarters of a register; this brings the quarters' words into order.
    const __m512i order = _mm512_set_epi32(15, 11, 7, 3, 14, 10, 6, 2, 13, 9, 5, 1, 12, 8, 4, 0);
    float inverse = high - low > 1e-30f ? 255 / (high - low) : 0;
    *scale = (high - low) / 255;
    *shift = low;
    vf f = all(inverse), o = all(-low * inverse);
    for (size_t c = 0; c < whole; c += 64) {
        __m512i a = codes_of(x, factor, c, f, o), b = codes_of(x, factor, c + 16, f, o);
        __m512i d = codes_of(x, factor, c + 32, f, o), e = codes_of(x, factor, c + 48, f, o);
        __m512i bytes = _mm512_packus_epi16(_mm512_packs_epi32(a, b), _mm512_packs_epi32(d, e));
        _mm512_storeu_si512(codes + c, _mm512_permutexvar_epi32(order, bytes));
    }
    for (size_t c = whole; c < columns; c++) {
        float code = rintf(fmaf(scaled_one(x, factor, c), inverse, -low * inverse));
        codes[c] = (uint8_t)fminf(fmaxf(code, 0), 255);
    }
    for (size_t c = columns; c < padded; c++) codes[c] = 0;
}

/// `count` rows by `panels` panels of 16 channels; both are constants in each caller.
INLINE void block(
    const uint8_t *codes, const float *scale, const float *shift, const vk_matrix_i8 *w, size_t n,
    int use_gelu, float *y, size_t count, size_t panels) {
    size_t k = w->k_padded;
    const int8_t *panel = w->codes + n * k;
    __m512i sum[12][2];
    EACH(r, count) EACH(p, panels) sum[r][p] = _mm512_setzero_si512();
    for (size_t i = 0; i < k; i += 4) {
        __m512i weights[2];
        EACH(p, panels) {
            const int8_t *from = panel + 16 * (p * k + i);
            weights[p] = _mm512_loadu_si512(from);
            // What the next columns need, from the last cache or from memory.
            _mm_prefetch((const char *)from + 16 * panels * k, _MM_HINT_T0);
        }
        EACH(r, count) {
            int four;
            memcpy(&four, codes + r * k + i, 4);
            __m512i a = _mm512_set1_epi32(four);
            EACH(p, panels) sum[r][p] = _mm512_dpbusd_epi32(sum[r][p], a, weights[p]);
        }
    }
    EACH(p, panels) {
        size_t c = n + 16 * p;
        if (c >= w->n) break;
        vf step = load(w->scale + c), bias = load(w->bias + c), after = load(w->after + c);
        vf total = (vf)_mm512_cvtepi32_ps(_mm512_loadu_si512(w->sum + c)) * step;
        EACH(r, count) {
            vf v = from_sum((vf)_mm512_cvtepi32_ps(sum[r][p]), step, total, bias, scale[r], shift[r]);
            if (use_gelu) v = gelu_near(v) * after;
            if (w->n - c >= 16)
                store(y + r * w->n + c, v);
            else
                store_part(y + r * w->n + c, v, w->n - c);
        }
    }
}

INLINE void columns(
    const uint8_t *codes, const float *scale, const float *shift, size_t rows,
    const vk_matrix_i8 *w, size_t n, int use_gelu, float *y, size_t panels) {
    size_t r = 0, k = w->k_padded;
    for (; r + 12 <= rows; r += 12)
        block(codes + r * k, scale + r, shift + r, w, n, use_gelu, y + r * w->n, 12, panels);
    for (; r + 8 <= rows; r += 8)
        block(codes + r * k, scale + r, shift + r, w, n, use_gelu, y + r * w->n, 8, panels);
    for (; r + 4 <= rows; r += 4)
        block(codes + r * k, scale + r, shift + r, w, n, use_gelu, y + r * w->n, 4, panels);
    for (; r < rows; r++)
        block(codes + r * k, scale + r, shift + r, w, n, use_gelu, y + r * w->n, 1, panels);
}

static void product_i8(
    const uint8_t *codes, const float *scale, const float *shift, size_t rows,
    const vk_matrix_i8 *w, int use_gelu, float *y) {
    size_t n = 0;
    if (use_gelu)
        for (; n + 32 <= w->n_padded; n += 32) columns(codes, scale, shift, rows, w, n, 1, y, 2);
    else
        for (; n + 32 <= w->n_padded; n += 32) columns(codes, scale, shift, rows, w, n, 0, y, 2);
    if (n < w->n_padded) columns(codes, scale, shift, rows, w, n, use_gelu, y, 1);
}

const vk_transformer_kernels vk_transformer_avx512 = {
    add_norm_f32, attention_f32, attention_f32, product_f32, quantize_rows, product_i8,
};

static void attention_bf16(
    const float *qkv, size_t tokens, size_t heads, size_t width, float scale, float *scratch,
    float *out) {
    if (width % 32)
        attention_f32(qkv, tokens, heads, width, scale, scratch, out);
    else
        vk_attention_bf16(qkv, tokens, heads, width, scale, scratch, out);
}

const vk_transformer_kernels vk_transformer_avx512_bf16 = {
    add_norm_f32, attention_f32, attention_bf16, product_f32, quantize_rows, product_i8,
};

#pragma clang attribute pop

#endif
