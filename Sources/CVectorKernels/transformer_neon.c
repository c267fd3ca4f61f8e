#if defined(__aarch64__)

#include <arm_neon.h>

#define LANES 4
#define TILE 8
#include "transformer_vector.h"

INLINE void encode(
    const float *x, const float *factor, size_t columns, float low, float high, uint8_t *codes,
    float *scale, float *shift) {
    encode_signed(x, factor, columns, low, high, codes, scale, shift);
}

/// Four channels' sums of four products each, added pairwise: what SDOT does in one instruction,
/// which the first arm64 CPUs lack.
INLINE int32x4_t dot4(int32x4_t sum, int8x16_t a, int8x16_t w) {
    int16x8_t low = vmull_s8(vget_low_s8(a), vget_low_s8(w));
    int16x8_t high = vmull_high_s8(a, w);
    return vaddq_s32(sum, vpaddq_s32(vpaddlq_s16(low), vpaddlq_s16(high)));
}

static void product_i8(
    const uint8_t *codes, const float *scale, const float *shift, size_t rows,
    const vk_matrix_i8 *w, int use_gelu, float *y) {
    size_t groups = w->k_padded / 4;
    for (size_t n = 0; n < w->n; n += 16) {
        const int8_t *panel = w->codes + n * w->k_padded;
        for (size_t r = 0; r < rows; r++) {
            const uint8_t *a = codes + r * w->k_padded;
            int32x4_t sum[4];
            for (size_t p = 0; p < 4; p++) sum[p] = vdupq_n_s32(0);
            for (size_t g = 0; g < groups; g++) {
                int32_t four;
                memcpy(&four, a + 4 * g, 4);
                int8x16_t x = vreinterpretq_s8_s32(vdupq_n_s32(four));
                for (size_t p = 0; p < 4; p++)
                    sum[p] = dot4(sum[p], x, vld1q_s8(panel + 64 * g + 16 * p));
            }
            for (size_t p = 0; p < 4; p++) {
                size_t c = n + 4 * p;
                if (c >= w->n) break;
                vf step = load(w->scale + c), total = vcvtq_f32_s32(vld1q_s32(w->sum + c)) * step;
                vf v = from_sum(
                    (vf)vcvtq_f32_s32(sum[p]), step, total, load(w->bias + c), scale[r], shift[r]);
                if (use_gelu) v = gelu_near(v) * load(w->after + c);
                size_t left = w->n - c;
                if (left >= 4)
                    store(y + r * w->n + c, v);
                else
                    store_part(y + r * w->n + c, v, left);
            }
        }
    }
}

const vk_transformer_kernels vk_transformer_neon = {
    add_norm_f32, attention_f32, attention_f32, product_f32, quantize_rows, product_i8,
};

#endif
