#ifndef VK_DISTANCE_INTERNAL_H
#define VK_DISTANCE_INTERNAL_H

#include "vk_distance.h"

/// How many rows ahead of the one being summed the gathering kernels prefetch.
#define VK_PREFETCH_AHEAD 6

/// Asks for the first `bytes` of the row that is `ahead` rows on, if there is one.
static inline void vk_prefetch_row(
    const void *rows, size_t stride_bytes, size_t bytes, const uint32_t *ids, size_t j,
    size_t count) {
    if (j + VK_PREFETCH_AHEAD >= count) return;
    const char *row = (const char *)rows + (size_t)ids[j + VK_PREFETCH_AHEAD] * stride_bytes;
    for (size_t at = 0; at < bytes; at += 64) __builtin_prefetch(row + at, 0, 3);
}

extern const vk_distance_kernels vk_distance_scalar;
#if defined(__x86_64__)
extern const vk_distance_kernels vk_distance_avx2;
extern const vk_distance_kernels vk_distance_avx512;
#endif
#if defined(__aarch64__)
extern const vk_distance_kernels vk_distance_neon;
#endif

// The kernels that only loop over another one, written once for every instruction set. A file defines
// its dot products, then instantiates these with the attribute its functions need.

#define VK_DEFINE_GATHER_U8I8(name, each)                                                       \
    static void name(                                                                           \
        const int8_t *query, const uint8_t *rows, size_t n, size_t stride, const uint32_t *ids, \
        size_t count, int32_t *out) {                                                           \
        for (size_t j = 0; j < count; j++) {                                                    \
            vk_prefetch_row(rows, stride, n, ids, j, count);                                    \
            out[j] = each(rows + ids[j] * stride, query, n);                                    \
        }                                                                                       \
    }

#define VK_DEFINE_GATHER_PLANES(name, each)                                                     \
    static void name(                                                                           \
        const int8_t *query, const uint8_t *high, const uint8_t *low, size_t n,                \
        const uint32_t *ids, size_t count, int32_t *out) {                                      \
        for (size_t j = 0; j < count; j++) {                                                    \
            vk_prefetch_row(high, n / 2, n / 2, ids, j, count);                                 \
            vk_prefetch_row(low, n / 2, n / 2, ids, j, count);                                  \
            out[j] = each(high + ids[j] * (n / 2), low + ids[j] * (n / 2), query, n);           \
        }                                                                                       \
    }

/// The bound of row `i` whose high code halves have the product `dot` with the query's codes.
static inline float vk_upper(
    const vk_scan_query *q, const vk_scan_rows *rows, uint32_t i, int32_t dot) {
    float upper = q->alpha * rows->a[i] + rows->s[i] * (q->t * (float)dot + q->z)
                + q->ea * rows->e[i] + q->c;
    return rows->h ? upper - rows->h[i] : upper;
}

#define VK_DEFINE_SCAN_U4(name, each)                                                           \
    static size_t name(                                                                         \
        const vk_scan_query *query, const vk_scan_rows *rows, uint32_t first, uint32_t count,   \
        float threshold, uint32_t *hits, float *bounds) {                                       \
        size_t found = 0;                                                                       \
        for (uint32_t i = first; i < first + count; i++) {                                      \
            int32_t dot = each(rows->planes + i * rows->stride, query->query, query->dimensions); \
            hits[found] = i;                                                                    \
            bounds[found] = vk_upper(query, rows, i, dot);                                      \
            found += bounds[found] >= threshold;                                                \
        }                                                                                       \
        return found;                                                                           \
    }

/// Adds to a query's hits those of `count` rows from `row` on whose bounds are not below its threshold.
/// `dots` are the products of their codes.
static inline void vk_add_panel_hits(
    vk_panel_query *q, const vk_panel_rows *rows, size_t row, size_t count, const int32_t *dots) {
    for (size_t j = 0; j < count; j++) {
        size_t i = row + j;
        float upper = q->alpha * rows->a[i] + rows->s[i] * (q->t * (float)dots[j] + q->z)
                    + q->ea * rows->e[i] + q->et * rows->tail[i] + q->c;
        if (rows->h) upper -= rows->h[i];
        q->hits[q->found] = (uint32_t)i;
        q->bounds[q->found] = upper;
        q->found += !(upper < q->threshold);  // what is no number is not ruled out
    }
}

/// A panel scan that goes from panel to panel and leaves the products of one panel's 16 rows with one
/// query to `each(panel, query, dimensions, dots)`.
#define VK_DEFINE_SCAN_PANELS(name, each)                                                       \
    static void name(                                                                           \
        vk_panel_query *queries, size_t size, const vk_panel_rows *rows, uint32_t first,        \
        uint32_t count) {                                                                       \
        for (size_t i = 0; i < size; i++) queries[i].found = 0;                                 \
        for (uint32_t done = 0; done < count; done += 16) {                                     \
            size_t row = (size_t)first * 16 + done;                                             \
            size_t here = count - done < 16 ? count - done : 16;                                \
            const uint8_t *panel = rows->panels + row / 16 * rows->dimensions * 8;              \
            for (size_t i = 0; i < size; i++) {                                                 \
                int32_t dots[16];                                                               \
                each(panel, queries[i].query, rows->dimensions, dots);                          \
                vk_add_panel_hits(&queries[i], rows, row, here, dots);                          \
            }                                                                                   \
        }                                                                                       \
    }

#endif
