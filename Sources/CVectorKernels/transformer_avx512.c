#if defined(__x86_64__)

#include <immintrin.h>

#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512vnni,fma"))), \
    apply_to = function)

#define LANES 16
#include "transformer_vector.h"

// VPDPBUSD multiplies unsigned by signed bytes, so here codes and zeros are from 0 on.
static void quantize_rows(
    const float *x, const float *factor, size_t rows, size_t columns, uint8_t *codes, float *scale,
    int32_t *zero) {
    quantize(x, factor, rows, columns, codes, scale, zero, 0x80);
}

/// `count` rows by `panels` panels of 16 channels; both are constants in each caller.
INLINE void block(
    const uint8_t *codes, const float *scale, const int32_t *zero, const vk_matrix_i8 *w, size_t n,
    int use_gelu, float *y, size_t count, size_t panels) {
    const int8_t *panel = w->codes + n * w->k_padded;
    size_t panel_bytes = 16 * w->k_padded;
    __m512i sum[6][4];
    for (size_t p = 0; p < panels; p++) {
        __m512i channel = _mm512_loadu_si512(w->sum + n + 16 * p);
        for (size_t r = 0; r < count; r++)
            sum[r][p] = _mm512_mullo_epi32(channel, _mm512_set1_epi32(-zero[r]));
    }
    for (size_t g = 0; g < w->k_padded / 4; g++) {
        __m512i weights[4];
        for (size_t p = 0; p < panels; p++)
            weights[p] = _mm512_loadu_si512(panel + p * panel_bytes + 64 * g);
        for (size_t r = 0; r < count; r++) {
            int four;
            memcpy(&four, codes + r * w->k_padded + 4 * g, 4);
            __m512i a = _mm512_set1_epi32(four);
            for (size_t p = 0; p < panels; p++)
                sum[r][p] = _mm512_dpbusd_epi32(sum[r][p], a, weights[p]);
        }
    }
    for (size_t r = 0; r < count; r++)
        for (size_t p = 0; p < panels && n + 16 * p < w->n; p++) {
            size_t c = n + 16 * p, left = w->n - c;
            vf v = fma_(
                (vf)_mm512_cvtepi32_ps(sum[r][p]), all(scale[r]) * load(w->scale + c),
                load(w->bias + c));
            if (use_gelu) v = gelu(v);
            if (left >= 16)
                store(y + r * w->n + c, v);
            else
                store_part(y + r * w->n + c, v, left);
        }
}

INLINE void columns(
    const uint8_t *codes, const float *scale, const int32_t *zero, size_t rows,
    const vk_matrix_i8 *w, size_t n, int use_gelu, float *y, size_t panels) {
    size_t r = 0;
    for (; r + 6 <= rows; r += 6)
        block(codes + r * w->k_padded, scale + r, zero + r, w, n, use_gelu, y + r * w->n, 6, panels);
    for (; r + 2 <= rows; r += 2)
        block(codes + r * w->k_padded, scale + r, zero + r, w, n, use_gelu, y + r * w->n, 2, panels);
    if (r < rows) block(codes + r * w->k_padded, scale + r, zero + r, w, n, use_gelu, y + r * w->n, 1, panels);
}

static void product_i8(
    const uint8_t *codes, const float *scale, const int32_t *zero, size_t rows,
    const vk_matrix_i8 *w, int use_gelu, float *y) {
    size_t n = 0;
    for (; n + 64 <= w->n_padded; n += 64) columns(codes, scale, zero, rows, w, n, use_gelu, y, 4);
    for (; n < w->n_padded; n += 16) columns(codes, scale, zero, rows, w, n, use_gelu, y, 1);
}

const vk_transformer_kernels vk_transformer_avx512 = {
    bias_f32, bias_gelu_f32, add_norm_f32, attention_f32, quantize_rows, product_i8,
};

#pragma clang attribute pop

#endif
