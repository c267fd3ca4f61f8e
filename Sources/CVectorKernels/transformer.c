#include "vk_transformer.h"

#include <math.h>
#include <string.h>

#include "transformer_tables.h"

const vk_transformer_kernels *vk_transformer_kernels_for(vk_tier tier) {
    if (!vk_tier_is_available(tier)) return NULL;
    switch (tier) {
    case vk_tier_scalar:
        return &vk_transformer_scalar;
#if defined(__aarch64__)
    case vk_tier_neon:
        return &vk_transformer_neon;
#else
    case vk_tier_neon:
        return NULL;
#endif
#if defined(__x86_64__)
    case vk_tier_avx2:
        return &vk_transformer_avx2;
    case vk_tier_avx512:
        return __builtin_cpu_supports("avx512bf16") ? &vk_transformer_avx512_bf16
                                                     : &vk_transformer_avx512;
#else
    case vk_tier_avx2:
    case vk_tier_avx512:
        return NULL;
#endif
    }
    return NULL;
}

size_t vk_attention_scratch(size_t tokens, size_t width) {
    // The keys of one head transposed, and a block of score rows, each row a multiple of 32 floats. In
    // 16 bits: half as much for keys and as much for values, 8 rows of scores, of weights, of queries.
    size_t padded = (tokens + 31) / 32 * 32;
    return (width + 12) * padded + 4 * width;
}

size_t vk_element_bytes(vk_element kind, size_t count) {
    switch (kind) {
    case vk_element_f32:
        return 4 * count;
    case vk_element_f16:
    case vk_element_bf16:
        return 2 * count;
    case vk_element_q4_0:
        return count % 32 ? 0 : count / 32 * 18;
    case vk_element_q8_0:
        return count % 32 ? 0 : count / 32 * 34;
    }
    return 0;
}

static float half(const uint8_t *bytes) {
    uint16_t bits;
    memcpy(&bits, bytes, 2);
    uint32_t sign = (uint32_t)(bits & 0x8000) << 16;
    uint32_t magnitude = bits & 0x7FFF;
    if (magnitude < 0x0400) {
        // Zero or subnormal: an integer number of 2^-24.
        float value = (float)magnitude * 0x1p-24f;
        return sign ? -value : value;
    }
    // Rebias the exponent from 15 to 127; all ones means infinity or NaN in both.
    uint32_t exponent = magnitude >= 0x7C00 ? 0x70000000u : 0x38000000u;
    uint32_t word = sign | ((magnitude << 13) + exponent);
    float value;
    memcpy(&value, &word, 4);
    return value;
}

void vk_decode_elements(vk_element kind, const void *source, size_t count, float *out) {
    const uint8_t *bytes = source;
    switch (kind) {
    case vk_element_f32:
        memcpy(out, bytes, 4 * count);
        break;
    case vk_element_f16:
        for (size_t i = 0; i < count; i++) out[i] = half(bytes + 2 * i);
        break;
    case vk_element_bf16:
        for (size_t i = 0; i < count; i++) {
            uint32_t word = (uint32_t)bytes[2 * i] << 16 | (uint32_t)bytes[2 * i + 1] << 24;
            memcpy(out + i, &word, 4);
        }
        break;
    case vk_element_q4_0:
        for (size_t block = 0; block < count / 32; block++, bytes += 18, out += 32) {
            float scale = half(bytes);
            for (size_t j = 0; j < 16; j++) {
                out[j] = scale * (float)((int)(bytes[2 + j] & 15) - 8);
                out[j + 16] = scale * (float)((int)(bytes[2 + j] >> 4) - 8);
            }
        }
        break;
    case vk_element_q8_0:
        for (size_t block = 0; block < count / 32; block++, bytes += 34, out += 32) {
            float scale = half(bytes);
            for (size_t j = 0; j < 32; j++) out[j] = scale * (float)(int8_t)bytes[2 + j];
        }
        break;
    }
}

/// The nearest integer to a float below 2^22.
static float whole(float x) { return (x + 12582912.0f) - 12582912.0f; }

/// The squared error of `k` weights in steps of `step`.
static float error_of(const float *weights, size_t k, float step) {
    float inverse = 1 / step, error = 0;
    for (size_t i = 0; i < k; i++) {
        float code = whole(fminf(fmaxf(weights[i] * inverse, -127), 127));
        float off = weights[i] - code * step;
        error += off * off;
    }
    return error;
}

void vk_pack_i8(
    const float *w, const float *factor, size_t n, size_t k, int8_t *codes, float *scale,
    int32_t *sum, float *scratch) {
    size_t n_padded = (n + 15) / 16 * 16, k_padded = (k + 63) / 64 * 64;
    memset(codes, 0, n_padded * k_padded);
    for (size_t channel = 0; channel < n_padded; channel++) {
        scale[channel] = 0;
        sum[channel] = 0;
        if (channel >= n) continue;
        float largest = 0;
        for (size_t i = 0; i < k; i++) {
            scratch[i] = w[channel * k + i] / factor[i];
            largest = fmaxf(largest, fabsf(scratch[i]));
        }
        if (!(largest > 0) || !isfinite(largest)) continue;
        // Cutting off the few largest weights can cost less than coarser steps for all others.
        float step = largest / 127, least = error_of(scratch, k, step);
        for (int cut = 1; cut <= 5; cut++) {
            float finer = largest * (1 - 0.06f * (float)cut) / 127;
            float error = error_of(scratch, k, finer);
            if (error < least) {
                least = error;
                step = finer;
            }
        }
        int8_t *panel = codes + channel / 16 * 16 * k_padded + channel % 16 * 4;
        scale[channel] = step;
        for (size_t i = 0; i < k; i++) {
            int code = (int)whole(fminf(fmaxf(scratch[i] / step, -127), 127));
            panel[i / 4 * 64 + i % 4] = (int8_t)code;
            sum[channel] += code;
        }
    }
}

void vk_pack_f32(const float *w, size_t n, size_t k, float *packed) {
    for (size_t first = 0; first < n; first += 32, packed += 32 * k)
        for (size_t channel = 0; channel < 32; channel++)
            for (size_t i = 0; i < k; i++)
                packed[32 * i + channel] = first + channel < n ? w[(first + channel) * k + i] : 0;
}
