// Advanced SIMD of arm64, which every arm64 CPU has.
#if defined(__aarch64__)

#include <arm_neon.h>

#include <string.h>

#include "distance.h"
#include "graph.h"

static float dot(const float *a, const float *b, size_t n) {
    float32x4_t s0 = vdupq_n_f32(0), s1 = s0, s2 = s0, s3 = s0;
    size_t i = 0;
    for (; i + 16 <= n; i += 16) {
        s0 = vfmaq_f32(s0, vld1q_f32(a + i), vld1q_f32(b + i));
        s1 = vfmaq_f32(s1, vld1q_f32(a + i + 4), vld1q_f32(b + i + 4));
        s2 = vfmaq_f32(s2, vld1q_f32(a + i + 8), vld1q_f32(b + i + 8));
        s3 = vfmaq_f32(s3, vld1q_f32(a + i + 12), vld1q_f32(b + i + 12));
    }
    float sum = vaddvq_f32(vaddq_f32(vaddq_f32(s0, s1), vaddq_f32(s2, s3)));
    for (; i < n; i++) sum += a[i] * b[i];
    return sum;
}

static float l2_squared(const float *a, const float *b, size_t n) {
    float32x4_t s0 = vdupq_n_f32(0), s1 = s0;
    size_t i = 0;
    for (; i + 8 <= n; i += 8) {
        float32x4_t d0 = vsubq_f32(vld1q_f32(a + i), vld1q_f32(b + i));
        float32x4_t d1 = vsubq_f32(vld1q_f32(a + i + 4), vld1q_f32(b + i + 4));
        s0 = vfmaq_f32(s0, d0, d0);
        s1 = vfmaq_f32(s1, d1, d1);
    }
    float sum = vaddvq_f32(vaddq_f32(s0, s1));
    for (; i < n; i++) sum += (a[i] - b[i]) * (a[i] - b[i]);
    return sum;
}

static int32_t dot_i8(const int8_t *a, const int8_t *b, size_t n) {
    int32x4_t sum = vdupq_n_s32(0);
    size_t i = 0;
    for (; i + 16 <= n; i += 16) {
        int8x16_t x = vld1q_s8(a + i), y = vld1q_s8(b + i);
        sum = vpadalq_s16(sum, vmull_s8(vget_low_s8(x), vget_low_s8(y)));
        sum = vpadalq_s16(sum, vmull_high_s8(x, y));
    }
    int32_t total = vaddvq_s32(sum);
    for (; i < n; i++) total += a[i] * b[i];
    return total;
}

// An unsigned byte times a signed one may need 17 bits, so both are widened to 16 first.
static int32_t dot_u8i8(const uint8_t *a, const int8_t *b, size_t n) {
    int32x4_t s0 = vdupq_n_s32(0), s1 = s0;
    size_t i = 0;
    for (; i + 16 <= n; i += 16) {
        uint8x16_t x = vld1q_u8(a + i);
        int8x16_t y = vld1q_s8(b + i);
        int16x8_t x0 = vreinterpretq_s16_u16(vmovl_u8(vget_low_u8(x)));
        int16x8_t x1 = vreinterpretq_s16_u16(vmovl_high_u8(x));
        int16x8_t y0 = vmovl_s8(vget_low_s8(y)), y1 = vmovl_high_s8(y);
        s0 = vmlal_s16(s0, vget_low_s16(x0), vget_low_s16(y0));
        s1 = vmlal_high_s16(s1, x0, y0);
        s0 = vmlal_s16(s0, vget_low_s16(x1), vget_low_s16(y1));
        s1 = vmlal_high_s16(s1, x1, y1);
    }
    int32_t total = vaddvq_s32(vaddq_s32(s0, s1));
    for (; i < n; i++) total += a[i] * b[i];
    return total;
}

/// Adds the products of 16 nibbles and 16 signed bytes.
static inline int32x4_t add_dot_16(int32x4_t sum, uint8x16_t codes, const int8_t *query) {
    int8x16_t x = vreinterpretq_s8_u8(codes), y = vld1q_s8(query);
    // A product is at most 15·128, so two of them fit 16 bits.
    int16x8_t products = vmull_s8(vget_low_s8(x), vget_low_s8(y));
    products = vaddq_s16(products, vmull_high_s8(x, y));
    return vpadalq_s16(sum, products);
}

static inline int32_t dot_u4i8(const uint8_t *plane, const int8_t *query, size_t n) {
    const uint8x16_t nibble = vdupq_n_u8(15);
    int32x4_t s0 = vdupq_n_s32(0), s1 = s0;
    for (size_t i = 0; i < n; i += 128) {
        for (size_t j = 0; j < 64; j += 16) {
            uint8x16_t p = vld1q_u8(plane + i / 2 + j);
            s0 = add_dot_16(s0, vandq_u8(p, nibble), query + i + j);
            s1 = add_dot_16(s1, vshrq_n_u8(p, 4), query + i + 64 + j);
        }
    }
    return vaddvq_s32(vaddq_s32(s0, s1));
}

/// Adds the products of four rows' four nibbles each with four signed bytes, repeated.
static inline int32x4_t add_dot_rows(int32x4_t sum, uint8x16_t codes, int8x16_t query) {
    int8x16_t x = vreinterpretq_s8_u8(codes);
    int16x8_t low = vmull_s8(vget_low_s8(x), vget_low_s8(query));
    int16x8_t high = vmull_high_s8(x, query);
    // Neighbors are added in 16 bits, where four products fit, then in 32.
    return vaddq_s32(sum, vpaddlq_s16(vpaddq_s16(low, high)));
}

static void dots_of_panel(
    const uint8_t *panel, const int8_t *query, size_t n, int32_t *dots) {
    const uint8x16_t nibble = vdupq_n_u8(15);
    int32x4_t sums[4] = {vdupq_n_s32(0), vdupq_n_s32(0), vdupq_n_s32(0), vdupq_n_s32(0)};
    for (size_t g = 0; g < n / 8; g++) {
        int8x8_t eight = vld1_s8(query + 8 * g);
        int32x2_t words = vreinterpret_s32_s8(eight);
        int8x16_t q0 = vreinterpretq_s8_s32(vdupq_lane_s32(words, 0));
        int8x16_t q1 = vreinterpretq_s8_s32(vdupq_lane_s32(words, 1));
        for (size_t part = 0; part < 4; part++) {
            uint8x16_t codes = vld1q_u8(panel + 64 * g + 16 * part);
            sums[part] = add_dot_rows(sums[part], vandq_u8(codes, nibble), q0);
            sums[part] = add_dot_rows(sums[part], vshrq_n_u8(codes, 4), q1);
        }
    }
    for (size_t part = 0; part < 4; part++) vst1q_s32(dots + 4 * part, sums[part]);
}

/// Adds the products of 16 unsigned and 16 signed bytes.
static inline int32x4_t add_dot_codes(int32x4_t sum, uint8x16_t codes, const int8_t *query) {
    int16x8_t x0 = vreinterpretq_s16_u16(vmovl_u8(vget_low_u8(codes)));
    int16x8_t x1 = vreinterpretq_s16_u16(vmovl_high_u8(codes));
    int8x16_t y = vld1q_s8(query);
    int16x8_t y0 = vmovl_s8(vget_low_s8(y)), y1 = vmovl_high_s8(y);
    sum = vmlal_s16(sum, vget_low_s16(x0), vget_low_s16(y0));
    sum = vmlal_high_s16(sum, x0, y0);
    sum = vmlal_s16(sum, vget_low_s16(x1), vget_low_s16(y1));
    return vmlal_high_s16(sum, x1, y1);
}

static int32_t dot_planes(
    const uint8_t *high, const uint8_t *low, const int8_t *query, size_t n) {
    const uint8x16_t nibble = vdupq_n_u8(15);
    int32x4_t s0 = vdupq_n_s32(0), s1 = s0;
    for (size_t i = 0; i < n; i += 128) {
        for (size_t j = 0; j < 64; j += 16) {
            uint8x16_t h = vld1q_u8(high + i / 2 + j), l = vld1q_u8(low + i / 2 + j);
            uint8x16_t first = vorrq_u8(vshlq_n_u8(h, 4), vandq_u8(l, nibble));
            uint8x16_t second = vorrq_u8(vbicq_u8(h, nibble), vshrq_n_u8(l, 4));
            s0 = add_dot_codes(s0, first, query + i + j);
            s1 = add_dot_codes(s1, second, query + i + 64 + j);
        }
    }
    return vaddvq_s32(vaddq_s32(s0, s1));
}

VK_DEFINE_GATHER_U8I8(gather_u8i8, dot_u8i8)
VK_DEFINE_GATHER_PLANES(gather_planes, dot_planes)
VK_DEFINE_SCAN_U4(scan_u4, dot_u4i8)
VK_DEFINE_SCAN_PANELS(scan_panels, dots_of_panel)

#include "graph_walk.h"

const vk_distance_kernels vk_distance_neon = {
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
