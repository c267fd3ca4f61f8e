// The reference: every kernel as its formula says it.

#include <string.h>

#include "distance.h"
#include "graph.h"

static float dot(const float *a, const float *b, size_t n) {
    float sum = 0;
    for (size_t i = 0; i < n; i++) sum += a[i] * b[i];
    return sum;
}

static float l2_squared(const float *a, const float *b, size_t n) {
    float sum = 0;
    for (size_t i = 0; i < n; i++) sum += (a[i] - b[i]) * (a[i] - b[i]);
    return sum;
}

static int32_t dot_i8(const int8_t *a, const int8_t *b, size_t n) {
    int32_t sum = 0;
    for (size_t i = 0; i < n; i++) sum += a[i] * b[i];
    return sum;
}

static int32_t dot_u8i8(const uint8_t *a, const int8_t *b, size_t n) {
    int32_t sum = 0;
    for (size_t i = 0; i < n; i++) sum += a[i] * b[i];
    return sum;
}

/// Σ code·query where the codes are the halves of the bytes of one plane.
static int32_t dot_u4i8(const uint8_t *plane, const int8_t *query, size_t n) {
    int32_t sum = 0;
    for (size_t i = 0; i < n; i += 128) {
        for (size_t j = 0; j < 64; j++) {
            uint8_t byte = plane[i / 2 + j];
            sum += (byte & 15) * query[i + j] + (byte >> 4) * query[i + 64 + j];
        }
    }
    return sum;
}

static int32_t dot_planes(
    const uint8_t *high, const uint8_t *low, const int8_t *query, size_t n) {
    int32_t sum = 0;
    for (size_t i = 0; i < n; i += 128) {
        for (size_t j = 0; j < 64; j++) {
            uint8_t h = high[i / 2 + j], l = low[i / 2 + j];
            sum += (16 * (h & 15) + (l & 15)) * query[i + j];
            sum += (16 * (h >> 4) + (l >> 4)) * query[i + 64 + j];
        }
    }
    return sum;
}

static void dots_of_panel(
    const uint8_t *panel, const int8_t *query, size_t n, int32_t *dots) {
    for (size_t r = 0; r < 16; r++) {
        dots[r] = 0;
        for (size_t g = 0; g < n / 8; g++) {
            for (size_t j = 0; j < 4; j++) {
                uint8_t byte = panel[64 * g + 4 * r + j];
                dots[r] += (byte & 15) * query[8 * g + j] + (byte >> 4) * query[8 * g + 4 + j];
            }
        }
    }
}

VK_DEFINE_GATHER_U8I8(gather_u8i8, dot_u8i8)
VK_DEFINE_GATHER_PLANES(gather_planes, dot_planes)
VK_DEFINE_SCAN_U4(scan_u4, dot_u4i8)
VK_DEFINE_SCAN_PANELS(scan_panels, dots_of_panel)

#include "graph_walk.h"

const vk_distance_kernels vk_distance_scalar = {
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
