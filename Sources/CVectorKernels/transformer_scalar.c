// The reference: each kernel reads like its formula.

#include <math.h>
#include <string.h>

#include "transformer_tables.h"

static float gelu(float x) { return 0.5f * x * (1 + erff(x * 0.70710678f)); }

static void add_norm_f32(
    float *x, const float *y, const float *gain, const float *shift, float epsilon, size_t rows,
    size_t columns) {
    for (size_t r = 0; r < rows; r++, x += columns, y += columns) {
        double mean = 0, variance = 0;
        for (size_t c = 0; c < columns; c++) mean += x[c] += y[c];
        mean /= (double)columns;
        for (size_t c = 0; c < columns; c++) variance += (x[c] - mean) * (x[c] - mean);
        variance /= (double)columns;
        double inverse = 1 / sqrt(variance + epsilon);
        for (size_t c = 0; c < columns; c++)
            x[c] = (float)((x[c] - mean) * inverse) * gain[c] + shift[c];
    }
}

static void attention_f32(
    const float *qkv, size_t tokens, size_t heads, size_t width, float scale, float *scratch,
    float *out) {
    size_t hidden = heads * width, stride = 3 * hidden;
    for (size_t h = 0; h < heads; h++) {
        const float *q = qkv + h * width, *k = q + hidden, *v = k + hidden;
        for (size_t i = 0; i < tokens; i++) {
            float *score = scratch, largest = -INFINITY, total = 0;
            for (size_t j = 0; j < tokens; j++) {
                float dot = 0;
                for (size_t d = 0; d < width; d++) dot += q[i * stride + d] * k[j * stride + d];
                score[j] = scale * dot;
                largest = fmaxf(largest, score[j]);
            }
            for (size_t j = 0; j < tokens; j++) total += score[j] = expf(score[j] - largest);
            for (size_t d = 0; d < width; d++) {
                float sum = 0;
                for (size_t j = 0; j < tokens; j++) sum += score[j] * v[j * stride + d];
                out[i * hidden + h * width + d] = sum / total;
            }
        }
    }
}

static void product_f32(
    const float *x, size_t rows, const vk_matrix_f32 *w, int use_gelu, float *y) {
    for (size_t r = 0; r < rows; r++, x += w->k, y += w->n)
        for (size_t c = 0; c < w->n; c++) {
            const float *panel = w->weights + c / 32 * 32 * w->k + c % 32;
            float value = w->bias[c];
            for (size_t i = 0; i < w->k; i++) value += x[i] * panel[32 * i];
            y[c] = use_gelu ? gelu(value) : value;
        }
}

// Signed codes.
static void quantize_rows(
    const float *x, const float *factor, size_t rows, size_t columns, uint8_t *codes, float *scale,
    float *shift) {
    size_t padded = (columns + 63) / 64 * 64;
    for (size_t r = 0; r < rows; r++, x += columns, codes += padded) {
        float low = INFINITY, high = -INFINITY;
        for (size_t c = 0; c < columns; c++) {
            float value = factor ? x[c] * factor[c] : x[c];
            low = fminf(low, value);
            high = fmaxf(high, value);
        }
        float inverse = high - low > 1e-30f ? 255 / (high - low) : 0;
        scale[r] = (high - low) / 255;
        shift[r] = low + 128 * scale[r];
        memset(codes, 0, padded);
        for (size_t c = 0; c < columns; c++) {
            float value = factor ? x[c] * factor[c] : x[c];
            codes[c] = (uint8_t)(int8_t)(lrintf((value - low) * inverse) - 128);
        }
    }
}

static void product_i8(
    const uint8_t *codes, const float *scale, const float *shift, size_t rows,
    const vk_matrix_i8 *w, int use_gelu, float *y) {
    for (size_t r = 0; r < rows; r++, codes += w->k_padded, y += w->n)
        for (size_t c = 0; c < w->n; c++) {
            const int8_t *panel = w->codes + c / 16 * 16 * w->k_padded + c % 16 * 4;
            int32_t sum = 0;
            for (size_t i = 0; i < w->k_padded; i++)
                sum += (int8_t)codes[i] * panel[i / 4 * 64 + i % 4];
            float step = w->scale[c];
            float value = scale[r] * (step * (float)sum)
                + (shift[r] * (step * (float)w->sum[c]) + w->bias[c]);
            y[c] = use_gelu ? gelu(value) * w->after[c] : value;
        }
}

const vk_transformer_kernels vk_transformer_scalar = {
    add_norm_f32, attention_f32, attention_f32, product_f32, quantize_rows, product_i8,
};
