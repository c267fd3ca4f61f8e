#if defined(__x86_64__)

#include <immintrin.h>

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)

#define LANES 8
#define TILE 6
#include "transformer_vector.h"

INLINE void encode(
    const float *x, const float *factor, size_t columns, float low, float high, uint8_t *codes,
    float *scale, float *shift) {
    encode_signed(x, factor, columns, low, high, codes, scale, shift);
}

/// `count` rows by one panel of 16 channels; `count` is a constant in each caller.
///
/// VPMADDUBSW wants one unsigned operand, so the sign moves: |a| times w with a's sign. As |a| <= 128
/// and |w| <= 127, two such products fit 16 bits: 2 * 128 * 127 = 32512.
INLINE void block(
    const uint8_t *codes, const float *scale, const float *shift, const vk_matrix_i8 *w, size_t n,
    int use_gelu, float *y, size_t count) {
    const int8_t *panel = w->codes + n * w->k_padded;
    __m256i ones = _mm256_set1_epi16(1), sum[4][2];
    EACH(r, count) sum[r][0] = sum[r][1] = _mm256_setzero_si256();
    for (size_t g = 0; g < w->k_padded / 4; g++) {
        __m256i w0 = _mm256_loadu_si256((const __m256i *)(panel + 64 * g));
        __m256i w1 = _mm256_loadu_si256((const __m256i *)(panel + 64 * g + 32));
        EACH(r, count) {
            int four;
            memcpy(&four, codes + r * w->k_padded + 4 * g, 4);
            __m256i a = _mm256_set1_epi32(four), m = _mm256_abs_epi8(a);
            __m256i p0 = _mm256_maddubs_epi16(m, _mm256_sign_epi8(w0, a));
            __m256i p1 = _mm256_maddubs_epi16(m, _mm256_sign_epi8(w1, a));
            sum[r][0] = _mm256_add_epi32(sum[r][0], _mm256_madd_epi16(p0, ones));
            sum[r][1] = _mm256_add_epi32(sum[r][1], _mm256_madd_epi16(p1, ones));
        }
    }
    EACH(p, 2) {
        size_t c = n + 8 * p;
        if (c >= w->n) break;
        vf step = load(w->scale + c), bias = load(w->bias + c), after = load(w->after + c);
        __m256i codes_sum = _mm256_loadu_si256((const __m256i *)(w->sum + c));
        vf total = (vf)_mm256_cvtepi32_ps(codes_sum) * step;
        EACH(r, count) {
            vf v = from_sum((vf)_mm256_cvtepi32_ps(sum[r][p]), step, total, bias, scale[r], shift[r]);
            if (use_gelu) v = gelu_near(v) * after;
            if (w->n - c >= 8)
                store(y + r * w->n + c, v);
            else
                store_part(y + r * w->n + c, v, w->n - c);
        }
    }
}

static void product_i8(
    const uint8_t *codes, const float *scale, const float *shift, size_t rows,
    const vk_matrix_i8 *w, int use_gelu, float *y) {
    for (size_t n = 0; n < w->n; n += 16) {
        size_t r = 0;
        for (; r + 4 <= rows; r += 4)
            block(codes + r * w->k_padded, scale + r, shift + r, w, n, use_gelu, y + r * w->n, 4);
        for (; r < rows; r++)
            block(codes + r * w->k_padded, scale + r, shift + r, w, n, use_gelu, y + r * w->n, 1);
    }
}

const vk_transformer_kernels vk_transformer_avx2 = {
    add_norm_f32, attention_f32, attention_f32, product_f32, quantize_rows, product_i8,
};

#pragma clang attribute pop

#endif
