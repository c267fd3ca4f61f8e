#ifndef VK_DISTANCE_H
#define VK_DISTANCE_H

#include <stddef.h>
#include <stdint.h>

#include "vk_tier.h"

#if defined(__clang__)
#pragma clang assume_nonnull begin
#define VK_NULLABLE _Nullable
#else
#define VK_NULLABLE
#endif

// Every kernel takes pointers of any alignment and any length, 0 included; none allocates, none can
// fail, none keeps a pointer. Integer kernels give the same result on every instruction set; each
// set sums floats in its own order, so float results agree to rounding, not to the bit.

/// The number of dimensions up to which the integer sums below fit their 32 bits.
#define VK_MAXIMUM_DIMENSIONS 65536

/// A number from two vectors of `n` floats.
typedef float (*vk_binary_f32)(const float *a, const float *b, size_t n);

/// Σᵢ a[i]·b[i] over `n` bytes, `a` unsigned and `b` signed.
typedef int32_t (*vk_dot_u8i8)(const uint8_t *a, const int8_t *b, size_t n);

/// Σᵢ a[i]·b[i] over `n` signed bytes.
typedef int32_t (*vk_dot_i8)(const int8_t *a, const int8_t *b, size_t n);

/// out[j] = `query` · row `ids[j]` for `count` rows of `n` bytes, `stride` bytes apart. Rows to come
/// are prefetched while one is summed.
typedef void (*vk_gather_u8i8)(
    const int8_t *query, const uint8_t *rows, size_t n, size_t stride, const uint32_t *ids,
    size_t count, int32_t *out);

/// One query prepared for the scan of a block of nibble codes.
///
/// Row i of the block stands for a vector x of which a[i], s[i], e[i] and h[i] are known, and the high
/// halves u of its 8-bit codes. The scan computes
///     upper = alpha·a[i] + s[i]·(t·Σu·query + z) + ea·e[i] − h[i] + c
/// which the caller has chosen so that no float32 score of the row exceeds it.
typedef struct {
    /// The query's codes, one for each dimension, padded with 0 to a multiple of 128.
    const int8_t *query;
    /// The number of dimensions, a multiple of 128.
    size_t dimensions;
    float alpha, t, z, ea, c;
} vk_scan_query;

/// Nibble-coded rows and what is known of each. The codes of row i are `dimensions`/2 bytes at
/// `planes + i·stride`; byte j of its 64-byte group g holds the code of dimension 128g + j in its
/// low half and of dimension 128g + 64 + j in its high half.
typedef struct {
    const uint8_t *planes;
    size_t stride;
    const float *a, *s, *e;
    const float *VK_NULLABLE h;
} vk_scan_rows;

/// Writes the numbers of those of the rows `first..<first+count` whose upper bound is at least
/// `threshold`, in order, to `hits`, and their bounds to `bounds` (room for `count` each), and
/// returns how many they are.
typedef size_t (*vk_scan_u4)(
    const vk_scan_query *query, const vk_scan_rows *rows, uint32_t first, uint32_t count,
    float threshold, uint32_t *hits, float *bounds);

/// One query prepared for the scan of panels.
///
/// Row i stands for a vector x of which a[i], s[i], e[i], tail[i] and h[i] are known, and half-byte codes
/// u of its projection. The scan computes
///     upper = alpha·a[i] + s[i]·(t·Σu·query + z) + ea·e[i] + et·tail[i] − h[i] + c
/// which the caller has chosen so that no float32 score of the row exceeds it.
typedef struct {
    /// The query's codes, one for each dimension.
    const int8_t *query;
    float alpha, t, z, ea, et, c;
    /// Rows with bounds below it are left out.
    float threshold;
    /// Receive the numbers of the others, in order, and their bounds; room for every row scanned.
    uint32_t *hits;
    float *bounds;
    /// Receives how many they are.
    size_t found;
} vk_panel_query;

/// Half-byte codes in panels of 16 rows: 64 bytes for every 8 dimensions, four for each row. In byte j of
/// row r in group g, which is byte 4r + j, the low half is the code of dimension 8g + j and the high
/// half that of dimension 8g + 4 + j. The last panel is padded with zeros; so are the factors, of
/// which there are 16 for each panel.
typedef struct {
    const uint8_t *panels;
    /// A multiple of 8.
    size_t dimensions;
    const float *a, *s, *e, *tail;
    const float *VK_NULLABLE h;
} vk_panel_rows;

/// The most queries that are scanned for at once.
#define VK_PANEL_QUERIES 4

/// Scans `count` rows from panel `first` on for `size` queries, 1 to `VK_PANEL_QUERIES`. The codes of the
/// rows are unpacked once for all of them, and no sum goes across lanes.
typedef void (*vk_scan_panels)(
    vk_panel_query *queries, size_t size, const vk_panel_rows *rows, uint32_t first,
    uint32_t count);

/// out[j] = Σ (16·high + low)·query over `n` dimensions, a multiple of 128, of row `ids[j]`, whose code
/// halves are in two planes laid out as in `vk_scan_rows`, n/2 bytes a row.
typedef void (*vk_gather_planes)(
    const int8_t *query, const uint8_t *high, const uint8_t *low, size_t n, const uint32_t *ids,
    size_t count, int32_t *out);

struct vk_graph_walk;

/// Walks through a graph to the end: see `vk_graph.h`.
typedef void (*vk_graph_search)(struct vk_graph_walk *walk);

/// The distance kernels of one instruction set: constants, valid for the life of the process.
typedef struct {
    vk_binary_f32 dot, l2_squared;
    vk_dot_i8 dot_i8;
    vk_dot_u8i8 dot_u8i8;
    vk_gather_u8i8 gather_u8i8;
    vk_scan_u4 scan_u4;
    vk_gather_planes gather_planes;
    vk_scan_panels scan_panels;
    vk_graph_search graph_search;
} vk_distance_kernels;

/// The kernels for `tier`, or NULL if this build lacks them or this CPU cannot run them.
const vk_distance_kernels *VK_NULLABLE vk_distance_kernels_for(vk_tier tier);

#if defined(__clang__)
#pragma clang assume_nonnull end
#endif

#endif
