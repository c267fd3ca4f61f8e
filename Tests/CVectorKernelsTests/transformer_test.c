// The transformer kernels of every instruction set that this machine has, against the scalar ones.
//
// Plain C, so that scripts/test-arm64 can run it under emulation; the Swift tests check more.

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "vk_transformer.h"

static unsigned state = 1;
static int failures = 0;

/// A number between -1 and 1, the same sequence everywhere.
static float any(void) {
    state = state * 1664525u + 1013904223u;
    return (float)(state >> 8) / 8388608.0f - 1;
}

static float *numbers(size_t count, float scale) {
    float *values = malloc(sizeof(float) * (count + 1));
    for (size_t i = 0; i < count; i++) values[i] = scale * any();
    return values;
}

static void compare(
    const char *what, const float *a, const float *b, size_t count, float tolerance) {
    for (size_t i = 0; i < count; i++) {
        if (fabsf(a[i] - b[i]) <= tolerance * fmaxf(1, fabsf(b[i]))) continue;
        printf("%s, element %zu: %g, not %g\n", what, i, (double)a[i], (double)b[i]);
        failures++;
        return;
    }
}

static void test_product(const vk_transformer_kernels *ours, const vk_transformer_kernels *scalar) {
    const size_t shapes[][2] = {{1, 1}, {15, 63}, {17, 65}, {64, 40}, {70, 384}, {130, 200}};
    enum { rows = 7 };
    for (size_t shape = 0; shape < sizeof shapes / sizeof *shapes; shape++) {
        size_t n = shapes[shape][0], k = shapes[shape][1];
        size_t n_padded = (n + 15) / 16 * 16, k_padded = (k + 63) / 64 * 64;
        float *w = numbers(n * k, 1), *x = numbers(rows * k, 4), *bias = numbers(n_padded, 1);
        float *factor = numbers(k, 1), *after = numbers(n_padded, 2), *scale = malloc(4 * n_padded);
        int32_t *sum = malloc(4 * n_padded);
        int8_t *packed = malloc(n_padded * k_padded);
        for (size_t i = 0; i < k; i++) factor[i] = fabsf(factor[i]) + 0.5f;
        float *scratch = malloc(sizeof(float) * k);
        vk_pack_i8(w, factor, n, k, packed, scale, sum, scratch);
        free(scratch);
        vk_matrix_i8 matrix = {packed, scale, sum, bias, after, factor, n, n_padded, k_padded};
        float *y[2];
        for (int i = 0; i < 2; i++) {
            const vk_transformer_kernels *kernels = i ? scalar : ours;
            uint8_t *codes = malloc(rows * k_padded);
            float row_scale[rows];
            float shift[rows];
            y[i] = malloc(sizeof(float) * rows * n);
            kernels->quantize_rows(x, factor, rows, k, codes, row_scale, shift);
            kernels->product_i8(codes, row_scale, shift, rows, &matrix, 1, y[i]);
            free(codes);
        }
        // A code that rounds the other way moves a sum by one step; GELU is near, not exact.
        compare("product_i8", y[0], y[1], rows * n, 2e-2f);
        free(w), free(x), free(bias), free(factor), free(after), free(scale), free(sum);
        free(packed);
        free(y[0]), free(y[1]);
    }
}

static void test_float_product(
    const vk_transformer_kernels *ours, const vk_transformer_kernels *scalar) {
    const size_t shapes[][2] = {{1, 1}, {31, 7}, {33, 65}, {64, 40}, {70, 384}};
    enum { rows = 23 };
    for (size_t shape = 0; shape < sizeof shapes / sizeof *shapes; shape++) {
        size_t n = shapes[shape][0], k = shapes[shape][1], n_padded = (n + 31) / 32 * 32;
        float *w = numbers(n * k, 0.1f), *x = numbers(rows * k, 1), *bias = numbers(n_padded, 1);
        float *packed = malloc(sizeof(float) * n_padded * k), *y[2];
        vk_pack_f32(w, n, k, packed);
        vk_matrix_f32 matrix = {packed, bias, n, n_padded, k};
        for (int i = 0; i < 2; i++) {
            y[i] = malloc(sizeof(float) * rows * n);
            (i ? scalar : ours)->product_f32(x, rows, &matrix, (int)(shape % 2), y[i]);
        }
        compare("product_f32", y[0], y[1], rows * n, 1e-4f);
        free(w), free(x), free(bias), free(packed), free(y[0]), free(y[1]);
    }
}

static void test_attention(const vk_transformer_kernels *ours, const vk_transformer_kernels *scalar) {
    const size_t heads = 3;
    for (size_t width = 24; width <= 64; width += width == 24 ? 8 : 32)
        for (size_t tokens = 1; tokens < 70; tokens += 11) {
            size_t hidden = heads * width;
            float *qkv = numbers(tokens * 3 * hidden, 1), *out[3];
            float *scratch = malloc(sizeof(float) * vk_attention_scratch(tokens, width));
            for (int i = 0; i < 3; i++) out[i] = malloc(sizeof(float) * tokens * hidden);
            ours->attention_f32(qkv, tokens, heads, width, 0.2f, scratch, out[0]);
            scalar->attention_f32(qkv, tokens, heads, width, 0.2f, scratch, out[1]);
            ours->attention_bf16(qkv, tokens, heads, width, 0.2f, scratch, out[2]);
            compare("attention_f32", out[0], out[1], tokens * hidden, 1e-4f);
            compare("attention_bf16", out[2], out[1], tokens * hidden, 1e-2f);
            free(qkv), free(scratch), free(out[0]), free(out[1]), free(out[2]);
        }
}

static void test_rows(const vk_transformer_kernels *ours, const vk_transformer_kernels *scalar) {
    enum { rows = 3, columns = 37 };
    float *gain = numbers(columns, 1), *shift = numbers(columns, 1), *y = numbers(rows * columns, 1);
    float *x[2];
    x[0] = numbers(rows * columns, 9);
    x[1] = malloc(sizeof(float) * rows * columns);
    for (size_t i = 0; i < rows * columns; i++) x[1][i] = x[0][i];
    for (int i = 0; i < 2; i++)
        (i ? scalar : ours)->add_norm_f32(x[i], y, gain, shift, 1e-12f, rows, columns);
    compare("norm", x[0], x[1], rows * columns, 1e-4f);
    free(gain), free(shift), free(y), free(x[0]), free(x[1]);
}

int main(void) {
    const vk_transformer_kernels *scalar = vk_transformer_kernels_for(vk_tier_scalar);
    int tested = 0;
    for (int tier = vk_tier_scalar; tier <= vk_tier_avx512; tier++) {
        const vk_transformer_kernels *ours = vk_transformer_kernels_for((vk_tier)tier);
        if (!ours || ours == scalar) continue;
        test_product(ours, scalar);
        test_float_product(ours, scalar);
        test_attention(ours, scalar);
        test_rows(ours, scalar);
        tested++;
    }
    printf("transformer kernels: %d instruction sets, %d failures\n", tested, failures);
    return failures > 0;
}
