// The float kernels of a vector instruction set, written once in Clang's vector extension.
//
// A file that includes this defines LANES (floats in a register) and TILE (rows of a tile of the float
// product, as many as the registers hold), and sets the target. What remains in the file is the 8-bit
// product, whose instructions have no portable spelling.

#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "transformer_tables.h"

#define INLINE static inline __attribute__((always_inline))

/// A loop over the registers of a tile: they are registers only if it is unrolled.
#define EACH(i, n) _Pragma("clang loop unroll(full)") for (size_t i = 0; i < (n); i++)

typedef float vf __attribute__((vector_size(4 * LANES)));
typedef int32_t vi __attribute__((vector_size(4 * LANES)));
typedef float vf_any __attribute__((vector_size(4 * LANES), aligned(4), may_alias));

INLINE vf load(const float *p) { return *(const vf_any *)p; }
INLINE void store(float *p, vf v) { *(vf_any *)p = v; }
INLINE vf all(float x) { return x - (vf){0}; }
INLINE vf fma_(vf a, vf b, vf c) { return __builtin_elementwise_fma(a, b, c); }
INLINE vf max_(vf a, vf b) { return __builtin_elementwise_max(a, b); }
INLINE vf min_(vf a, vf b) { return __builtin_elementwise_min(a, b); }
INLINE vf abs_(vf a) { return __builtin_elementwise_abs(a); }

/// The first `n` lanes from `p`, zero beyond.
INLINE vf load_part(const float *p, size_t n) {
    float lanes[LANES] = {0};
    for (size_t i = 0; i < n; i++) lanes[i] = p[i];
    return load(lanes);
}

INLINE void store_part(float *p, vf v, size_t n) {
    float lanes[LANES];
    store(lanes, v);
    for (size_t i = 0; i < n; i++) p[i] = lanes[i];
}

typedef float v4 __attribute__((vector_size(16)));

/// Halves of a register, brought together until four lanes are left.
#if LANES == 16
typedef float v8 __attribute__((vector_size(32)));
#define HALVES_8(v, op) \
    op(__builtin_shufflevector(v, v, 0, 1, 2, 3, 4, 5, 6, 7), \
       __builtin_shufflevector(v, v, 8, 9, 10, 11, 12, 13, 14, 15))
#elif LANES == 8
typedef vf v8;
#define HALVES_8(v, op) (v)
#endif
#if LANES != 4
#define HALVES_4(v, op) \
    op(__builtin_shufflevector(v, v, 0, 1, 2, 3), __builtin_shufflevector(v, v, 4, 5, 6, 7))
#endif
#define PLUS(a, b) ((a) + (b))

INLINE float sum_of(vf v) {
#if LANES != 4
    v8 eight = HALVES_8(v, PLUS);
    v4 four = HALVES_4(eight, PLUS);
#else
    v4 four = v;
#endif
    v4 two = four + __builtin_shufflevector(four, four, 2, 3, 0, 1);
    return two[0] + two[1];
}

INLINE float max_of(vf v) {
#if LANES != 4
    v8 eight = HALVES_8(v, __builtin_elementwise_max);
    v4 four = HALVES_4(eight, __builtin_elementwise_max);
#else
    v4 four = v;
#endif
    v4 two = __builtin_elementwise_max(four, __builtin_shufflevector(four, four, 2, 3, 0, 1));
    return two[0] > two[1] ? two[0] : two[1];
}

/// Adding and subtracting this rounds a float below 2^22 to the nearest integer.
#define ROUNDER 12582912.0f

/// exp(x) to about 1 ulp for x in -87...88, clamped outside.
///
/// x = n ln 2 + r with |r| <= ln 2 / 2; exp(r) is its Taylor polynomial of degree 7, and n goes
/// into the exponent.
INLINE vf exp_(vf x) {
    x = min_(max_(x, all(-87.0f)), all(88.0f));
    vf shifted = fma_(x, all(1.44269504f), all(ROUNDER));
    vf n = shifted - all(ROUNDER);
    vf r = fma_(n, all(-0.693359375f), x);
    r = fma_(n, all(2.12194440e-4f), r);
    vf p = all(1.9841270e-4f);
    p = fma_(p, r, all(1.3888889e-3f));
    p = fma_(p, r, all(8.3333333e-3f));
    p = fma_(p, r, all(4.1666667e-2f));
    p = fma_(p, r, all(1.6666667e-1f));
    p = fma_(p, r, all(0.5f));
    p = fma_(p, r, all(1.0f));
    p = fma_(p, r, all(1.0f));
    vi exponent = __builtin_convertvector(n, vi) << 23;
    return (vf)((vi)p + exponent);
}

#ifndef RECIPROCAL
#define RECIPROCAL(x) (all(1.0f) / (x))
#endif

/// x (1 + erf(x / sqrt 2)) / 2, with erf to 1.5e-7 by Abramowitz and Stegun, 7.1.26.
INLINE vf gelu(vf x) {
    vf z = abs_(x) * all(0.70710678f);
    vf t = RECIPROCAL(fma_(z, all(0.3275911f), all(1.0f)));
    vf p = fma_(t, all(1.061405429f), all(-1.453152027f));
    p = fma_(p, t, all(1.421413741f));
    p = fma_(p, t, all(-0.284496736f));
    p = fma_(p, t, all(0.254829592f));
    vf tail = p * t * exp_(-z * z);
    // With erf(z) = 1 - tail: for x > 0 it is x (2 - tail) / 2, else x tail / 2.
    vf half = all(0.5f) * x;
    return fma_(-abs_(half), tail, half + abs_(half));
}

/// x, but no further from 0 than `limit`.
#ifndef CLAMP
#define CLAMP(x, limit) min_(max_(x, all(-(limit))), all(limit))
#endif

/// `gelu` to within 1.2e-3: x times a polynomial of x in -3.4...3.4 for the normal distribution.
INLINE vf gelu_near(vf x) {
    vf z = CLAMP(x, 3.4f), s = z * z;
    vf p = all(1.087208613e-05f);
    p = fma_(p, s, all(-4.245064616e-04f));
    p = fma_(p, s, all(6.809861574e-03f));
    p = fma_(p, s, all(-6.022649100e-02f));
    p = fma_(p, s, all(3.948771468e-01f));
    return x * fma_(p, z, all(0.5f));
}

static void add_norm_f32(
    float *x, const float *y, const float *gain, const float *shift, float epsilon, size_t rows,
    size_t columns) {
    size_t whole = columns / LANES * LANES;
    float count = (float)columns;
    for (size_t r = 0; r < rows; r++, x += columns, y += columns) {
        // Four sums side by side: one alone would wait for each addition.
        vf sums[4] = {all(0), all(0), all(0), all(0)}, squares[4] = {all(0), all(0), all(0), all(0)};
        float rest = 0;
        size_t c = 0;
        for (; c + 4 * LANES <= whole; c += 4 * LANES) EACH(i, 4) {
            vf v = load(x + c + LANES * i) + load(y + c + LANES * i);
            store(x + c + LANES * i, v);
            sums[i] += v;
        }
        for (; c < whole; c += LANES) {
            vf v = load(x + c) + load(y + c);
            store(x + c, v);
            sums[0] += v;
        }
        for (; c < columns; c++) rest += x[c] += y[c];
        float mean = (sum_of((sums[0] + sums[1]) + (sums[2] + sums[3])) + rest) / count;
        rest = 0;
        for (c = 0; c + 4 * LANES <= whole; c += 4 * LANES) EACH(i, 4) {
            vf v = load(x + c + LANES * i) - all(mean);
            squares[i] = fma_(v, v, squares[i]);
        }
        for (; c < whole; c += LANES) {
            vf v = load(x + c) - all(mean);
            squares[0] = fma_(v, v, squares[0]);
        }
        for (; c < columns; c++) rest += (x[c] - mean) * (x[c] - mean);
        vf square = (squares[0] + squares[1]) + (squares[2] + squares[3]);
        float inverse = 1 / sqrtf((sum_of(square) + rest) / count + epsilon);
        for (c = 0; c < whole; c += LANES) {
            vf v = (load(x + c) - all(mean)) * all(inverse);
            store(x + c, fma_(v, load(gain + c), load(shift + c)));
        }
        for (; c < columns; c++)
            x[c] = (x[c] - mean) * inverse * gain[c] + shift[c];
    }
}

/// The query rows that attention works on at a time: the 16 registers of AVX2 hold fewer.
#define QUERIES (LANES == 8 ? 4 : 8)

/// Attention of `count` query rows of one head, at most QUERIES, a constant in each caller.
INLINE void attend(
    const float *q, const float *transposed, const float *v, size_t tokens, size_t padded,
    size_t hidden, size_t width, float scale, float *scores, float *out, size_t count) {
    size_t stride = 3 * hidden;
    vf largest[QUERIES];
    EACH(r, count) largest[r] = all(-INFINITY);
    for (size_t j = 0; j < padded; j += 2 * LANES) {
        vf a[QUERIES][2];
        EACH(r, count) a[r][0] = a[r][1] = all(0);
        for (size_t d = 0; d < width; d++) {
            vf k0 = load(transposed + d * padded + j), k1 = load(transposed + d * padded + j + LANES);
            EACH(r, count) {
                vf x = all(q[r * stride + d]);
                a[r][0] = fma_(x, k0, a[r][0]);
                a[r][1] = fma_(x, k1, a[r][1]);
            }
        }
        EACH(r, count) {
            float *row = scores + r * padded + j;
            store(row, a[r][0]);
            store(row + LANES, a[r][1]);
            // Columns past the last token hold no score.
            for (size_t c = tokens > j ? tokens - j : 0; c < 2 * LANES; c++) row[c] = -INFINITY;
            largest[r] = max_(largest[r], max_(load(row), load(row + LANES)));
        }
    }
    float inverse[QUERIES];
    EACH(r, count) {
        float *row = scores + r * padded;
        vf top = all(max_of(largest[r])), total = all(0);
        for (size_t j = 0; j < padded; j += LANES) {
            vf e = exp_((load(row + j) - top) * all(scale));
            store(row + j, e);
            total += e;
        }
        // Columns past the last token add exp(-87) each, below a float's rounding of the total.
        inverse[r] = 1 / sum_of(total);
    }
    size_t d = 0;
    for (; d + 2 * LANES <= width; d += 2 * LANES) {
        vf a[QUERIES][2];
        EACH(r, count) a[r][0] = a[r][1] = all(0);
        for (size_t j = 0; j < tokens; j++) {
            vf v0 = load(v + j * stride + d), v1 = load(v + j * stride + d + LANES);
            EACH(r, count) {
                vf p = all(scores[r * padded + j]);
                a[r][0] = fma_(p, v0, a[r][0]);
                a[r][1] = fma_(p, v1, a[r][1]);
            }
        }
        EACH(r, count) {
            store(out + r * hidden + d, a[r][0] * all(inverse[r]));
            store(out + r * hidden + d + LANES, a[r][1] * all(inverse[r]));
        }
    }
    for (; d < width; d += LANES) {
        size_t n = width - d < LANES ? width - d : LANES;
        vf a[QUERIES];
        EACH(r, count) a[r] = all(0);
        for (size_t j = 0; j < tokens; j++) {
            vf x = load_part(v + j * stride + d, n);
            EACH(r, count) a[r] = fma_(all(scores[r * padded + j]), x, a[r]);
        }
        EACH(r, count)
            store_part(out + r * hidden + d, a[r] * all(inverse[r]), n);
    }
}

static void attention_f32(
    const float *qkv, size_t tokens, size_t heads, size_t width, float scale, float *scratch,
    float *out) {
    size_t hidden = heads * width, stride = 3 * hidden, padded = (tokens + 31) / 32 * 32;
    float *transposed = scratch, *scores = scratch + width * padded;
    for (size_t h = 0; h < heads; h++) {
        const float *q = qkv + h * width, *k = q + hidden, *v = k + hidden;
        for (size_t d = 0; d < width; d++) {
            float *row = transposed + d * padded;
            for (size_t j = 0; j < tokens; j++) row[j] = k[j * stride + d];
            for (size_t j = tokens; j < padded; j++) row[j] = 0;
        }
        size_t i = 0;
        float *o = out + h * width;
        for (; i + QUERIES <= tokens; i += QUERIES)
            attend(
                q + i * stride, transposed, v, tokens, padded, hidden, width, scale, scores,
                o + i * hidden, QUERIES);
        for (; i < tokens; i++)
            attend(
                q + i * stride, transposed, v, tokens, padded, hidden, width, scale, scores,
                o + i * hidden, 1);
    }
}

/// `count` rows by half a panel of 32 channels, or by 2 * LANES channels; a constant in each caller.
INLINE void tile_f32(
    const float *x, const vk_matrix_f32 *w, size_t n, int use_gelu, float *y, size_t count) {
    const float *panel = w->weights + n / 32 * 32 * w->k + n % 32;
    vf sum[TILE][2];
    EACH(r, count) sum[r][0] = sum[r][1] = all(0);
    for (size_t i = 0; i < w->k; i++) {
        vf w0 = load(panel + 32 * i), w1 = load(panel + 32 * i + LANES);
        EACH(r, count) {
            vf a = all(x[r * w->k + i]);
            sum[r][0] = fma_(a, w0, sum[r][0]);
            sum[r][1] = fma_(a, w1, sum[r][1]);
        }
    }
    EACH(p, 2) {
        size_t c = n + LANES * p;
        if (c >= w->n) break;
        vf bias = load(w->bias + c);
        EACH(r, count) {
            vf v = sum[r][p] + bias;
            if (use_gelu) v = gelu(v);
            if (w->n - c >= LANES)
                store(y + r * w->n + c, v);
            else
                store_part(y + r * w->n + c, v, w->n - c);
        }
    }
}

INLINE void columns_f32(
    const float *x, size_t rows, const vk_matrix_f32 *w, int use_gelu, float *y) {
    for (size_t n = 0; n < w->n; n += 2 * LANES) {
        size_t r = 0;
        for (; r + TILE <= rows; r += TILE) tile_f32(x + r * w->k, w, n, use_gelu, y + r * w->n, TILE);
        for (; r + 4 <= rows; r += 4) tile_f32(x + r * w->k, w, n, use_gelu, y + r * w->n, 4);
        for (; r < rows; r++) tile_f32(x + r * w->k, w, n, use_gelu, y + r * w->n, 1);
    }
}

static void product_f32(
    const float *x, size_t rows, const vk_matrix_f32 *w, int use_gelu, float *y) {
    if (use_gelu)
        columns_f32(x, rows, w, 1, y);
    else
        columns_f32(x, rows, w, 0, y);
}

/// A register of a row, times `factor` if there is one.
INLINE vf scaled(const float *x, const float *factor, size_t c) {
    return factor ? load(x + c) * load(factor + c) : load(x + c);
}

INLINE float scaled_one(const float *x, const float *factor, size_t c) {
    return factor ? x[c] * factor[c] : x[c];
}

/// The range of a row times `factor`.
INLINE void range(const float *x, const float *factor, size_t columns, float *low, float *high) {
    size_t whole = columns / LANES * LANES, c = 0;
    // Two of each: a chain of one would wait for itself.
    vf least[2], most[2];
    EACH(i, 2) {
        least[i] = all(INFINITY);
        most[i] = all(-INFINITY);
    }
    for (; c + 2 * LANES <= whole; c += 2 * LANES) EACH(i, 2) {
        vf v = scaled(x, factor, c + LANES * i);
        least[i] = min_(least[i], v);
        most[i] = max_(most[i], v);
    }
    for (; c < whole; c += LANES) {
        vf v = scaled(x, factor, c);
        least[0] = min_(least[0], v);
        most[0] = max_(most[0], v);
    }
    *low = -max_of(-min_(least[0], least[1]));
    *high = max_of(max_(most[0], most[1]));
    for (; c < columns; c++) {
        *low = fminf(*low, scaled_one(x, factor, c));
        *high = fmaxf(*high, scaled_one(x, factor, c));
    }
}

/// Writes the codes of one row, whose range is from `low` to `high`, and what they stand for.
INLINE void encode(
    const float *x, const float *factor, size_t columns, float low, float high, uint8_t *codes,
    float *scale, float *shift);

INLINE void quantize(
    const float *x, const float *factor, size_t rows, size_t columns, uint8_t *codes, float *scale,
    float *shift) {
    size_t padded = (columns + 63) / 64 * 64;
    for (size_t r = 0; r < rows; r++) {
        float low, high;
        range(x + r * columns, factor, columns, &low, &high);
        encode(x + r * columns, factor, columns, low, high, codes + r * padded, scale + r, shift + r);
    }
}

static void quantize_rows(
    const float *x, const float *factor, size_t rows, size_t columns, uint8_t *codes, float *scale,
    float *shift) {
    if (factor)
        quantize(x, factor, rows, columns, codes, scale, shift);
    else
        quantize(x, NULL, rows, columns, codes, scale, shift);
}

/// Codes of one row from -128 on, for products of signed bytes.
INLINE void encode_signed(
    const float *x, const float *factor, size_t columns, float low, float high, uint8_t *codes,
    float *scale, float *shift) {
    size_t whole = columns / LANES * LANES, padded = (columns + 63) / 64 * 64;
    typedef int8_t vb __attribute__((vector_size(LANES)));
    float inverse = high - low > 1e-30f ? 255 / (high - low) : 0;
    *scale = (high - low) / 255;
    *shift = low + 128 * *scale;
    for (size_t c = 0; c < whole; c += LANES) {
        vf v = (scaled(x, factor, c) - all(low)) * all(inverse);
        vf rounded = (v + all(ROUNDER)) - all(ROUNDER) - all(128);
        vb bytes = __builtin_convertvector(__builtin_convertvector(rounded, vi), vb);
        memcpy(codes + c, &bytes, LANES);
    }
    for (size_t c = whole; c < columns; c++)
        codes[c] = (uint8_t)(int8_t)(rintf((scaled_one(x, factor, c) - low) * inverse) - 128);
    for (size_t c = columns; c < padded; c++) codes[c] = 0;
}

/// Of a sum of codes, the value that it stands for.
INLINE vf from_sum(vf sum, vf step, vf total, vf bias, float scale, float shift) {
    return fma_(all(scale), sum * step, fma_(all(shift), total, bias));
}
