// Compares the kernels of every available tier with the scalar ones, in plain C, so that it can run
// where there is no Swift: scripts/test-arm64 builds it for arm64 and runs it under an emulator.

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "random.h"
#include "vk_distance.h"
#include "vk_memory.h"

static int failures = 0;

#define CHECK(condition, ...)                                                                   \
    do {                                                                                        \
        if (!(condition)) {                                                                     \
            failures++;                                                                         \
            fprintf(stderr, "%s:%d: ", __FILE__, __LINE__);                                     \
            fprintf(stderr, __VA_ARGS__);                                                       \
            fputc('\n', stderr);                                                                \
        }                                                                                       \
    } while (0)

static float random_float(void) { return (float)((double)(next_random() >> 11) * 0x1p-52 - 1); }

enum { rows = 40, most = 1024 };

static void compare_floats(const vk_distance_kernels *k, const vk_distance_kernels *r, size_t n) {
    // One element in front, so that nothing is aligned.
    float *block = malloc((rows * n + 1 + n + 1) * sizeof *block);
    float *query = block + 1, *base = block + 1 + n;
    for (size_t i = 0; i < (rows + 1) * n; i++) query[i] = random_float();
    double bound = 4e-7 * (double)(n + 1) * 4;
    for (size_t i = 0; i < rows; i++) {
        const float *row = base + i * n;
        float dot = k->dot(query, row, n), square = k->l2_squared(query, row, n);
        CHECK(fabs(dot - r->dot(query, row, n)) <= bound, "dot of %zu: %g", n, dot);
        CHECK(fabs(square - r->l2_squared(query, row, n)) <= bound, "square of %zu: %g", n, square);
    }
    free(block);
}

static void compare_integers(const vk_distance_kernels *k, const vk_distance_kernels *r, size_t n) {
    uint8_t *base = malloc(rows * n + 1);
    int8_t *query = malloc(n + 1), *other = malloc(n + 1);
    for (int extreme = 0; extreme < 4; extreme++) {
        for (size_t i = 0; i < rows * n; i++)
            base[i] = extreme == 0 ? (uint8_t)next_random() : extreme & 1 ? 255 : 0;
        for (size_t i = 0; i < n; i++) {
            query[i] = extreme == 0 ? (int8_t)next_random() : extreme & 2 ? -128 : 127;
            other[i] = extreme == 0 ? (int8_t)next_random() : extreme & 1 ? -128 : 127;
        }
        CHECK(k->dot_i8(query, other, n) == r->dot_i8(query, other, n), "dot_i8 of %zu", n);
        CHECK(k->dot_u8i8(base, query, n) == r->dot_u8i8(base, query, n), "dot_u8i8 of %zu", n);
        uint32_t ids[rows];
        int32_t got[rows], expected[rows];
        for (uint32_t i = 0; i < rows; i++) ids[i] = (i * 11) % rows;
        k->gather_u8i8(query, base, n, n, ids, rows, got);
        r->gather_u8i8(query, base, n, n, ids, rows, expected);
        CHECK(memcmp(got, expected, sizeof got) == 0, "gather_u8i8 of %zu", n);
    }
    free(base);
    free(query);
    free(other);
}

static void compare_planes(const vk_distance_kernels *k, const vk_distance_kernels *r, size_t n) {
    size_t stride = n / 2;
    uint8_t *high = malloc(rows * stride), *low = malloc(rows * stride);
    int8_t *codes = malloc(n);
    float a[rows], s[rows], e[rows], h[rows];
    for (int extreme = 0; extreme < 3; extreme++) {
        for (size_t i = 0; i < rows * stride; i++) {
            high[i] = extreme ? 255 : (uint8_t)next_random();
            low[i] = extreme ? 255 : (uint8_t)next_random();
        }
        for (size_t i = 0; i < n; i++) {
            codes[i] = extreme == 1 ? 127 : extreme == 2 ? -128 : (int8_t)next_random();
        }
        for (int i = 0; i < rows; i++) {
            a[i] = random_float();
            s[i] = random_float();
            e[i] = random_float();
            h[i] = random_float();
        }
        uint32_t ids[rows];
        int32_t dots[rows], expected_dots[rows];
        for (uint32_t i = 0; i < rows; i++) ids[i] = (i * 7) % rows;
        k->gather_planes(codes, high, low, n, ids, rows, dots);
        r->gather_planes(codes, high, low, n, ids, rows, expected_dots);
        CHECK(memcmp(dots, expected_dots, sizeof dots) == 0, "gather_planes of %zu", n);
        vk_scan_query query = {codes, n, 0.5f, 1.0f / 1024, 0.25f, 0.125f, -0.5f};
        for (int has_halves = 0; has_halves < 2; has_halves++) {
            vk_scan_rows block = {high, stride, a, s, e, has_halves ? h : 0};
            for (uint32_t first = 0; first < 3; first++) {
                // Thresholds that no bound is near.
                const float thresholds[] = {-INFINITY, 1e30f};
                for (int t = 0; t < 2; t++) {
                    uint32_t got[rows], expected[rows];
                    float bounds[rows], expected_bounds[rows];
                    size_t found = k->scan_u4(
                        &query, &block, first, rows - first, thresholds[t], got, bounds);
                    size_t wanted = r->scan_u4(
                        &query, &block, first, rows - first, thresholds[t], expected,
                        expected_bounds);
                    CHECK(found == wanted, "scan of %zu found %zu, not %zu", n, found, wanted);
                    CHECK(memcmp(got, expected, wanted * 4) == 0, "scan of %zu", n);
                    for (size_t i = 0; i < wanted; i++)
                        CHECK(
                            fabs(bounds[i] - expected_bounds[i])
                                <= 1e-5 * (1 + fabs(expected_bounds[i])),
                            "bound of %zu: %g, not %g", n, bounds[i], expected_bounds[i]);
                }
                // The bound itself, by one row at a time: a threshold just above or below it.
                for (uint32_t i = first; i < rows; i++) {
                    int32_t dot = 0;
                    for (size_t j = 0; j < n; j++) {
                        uint8_t byte = high[i * stride + j / 128 * 64 + j % 64];
                        dot += (j % 128 < 64 ? byte & 15 : byte >> 4) * codes[j];
                    }
                    double bound = 0.5 * a[i] + (double)s[i] * ((double)dot / 1024 + 0.25)
                                   + 0.125 * e[i] - 0.5 - (has_halves ? h[i] : 0);
                    double slack = 1e-5 * (1 + fabs(bound));
                    uint32_t hit = 0;
                    float its_bound = 0;
                    CHECK(
                        k->scan_u4(
                            &query, &block, i, 1, (float)(bound - slack), &hit, &its_bound) == 1
                            && hit == i,
                        "row %u of %zu is missed", i, n);
                    CHECK(
                        k->scan_u4(
                            &query, &block, i, 1, (float)(bound + slack), &hit, &its_bound) == 0,
                        "row %u of %zu is not ruled out", i, n);
                }
            }
        }
    }
    free(high);
    free(low);
    free(codes);
}

static void check_memory(void) {
    const size_t sizes[] = {0,       1,          63,          64, 65, 4096, (1 << 20) - 1,
                            1 << 20, 2000001, (size_t)3 << 20};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        uint8_t *block = vk_allocate(sizes[i]);
        CHECK(block && (uintptr_t)block % 64 == 0, "block of %zu", sizes[i]);
        for (size_t j = 0; j < sizes[i]; j++) CHECK(block[j] == 0, "byte %zu is not 0", j);
        vk_will_read(block, sizes[i]);
        vk_free(block, sizes[i]);
    }
    uint8_t bytes[100] = {0};
    for (size_t n = 0; n <= sizeof bytes; n++) {
        uint64_t sum = vk_checksum(bytes, n, 7);
        CHECK(n == 0 || vk_checksum(bytes, n - 1, 7) != sum, "one zero more goes unnoticed");
        for (size_t bit = 0; bit < n * 8; bit++) {
            bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
            CHECK(vk_checksum(bytes, n, 7) != sum, "bit %zu of %zu goes unnoticed", bit, n);
            bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
        }
    }
}

int main(void) {
    static const char *const names[] = {"scalar", "neon", "avx2", "avx512"};
    const vk_distance_kernels *reference = vk_distance_kernels_for(vk_tier_scalar);
    check_memory();
    for (int tier = vk_tier_scalar; tier <= vk_tier_avx512; tier++) {
        const vk_distance_kernels *kernels = vk_distance_kernels_for((vk_tier)tier);
        CHECK(
            !kernels == !vk_tier_is_available((vk_tier)tier), "tier %s is half there", names[tier]);
        if (!kernels) continue;
        for (size_t n = 0; n <= 140; n++) {
            compare_floats(kernels, reference, n);
            compare_integers(kernels, reference, n);
        }
        for (size_t n = 255; n <= most; n += 128 + n % 3) {
            compare_floats(kernels, reference, n);
            compare_integers(kernels, reference, n);
        }
        for (size_t n = 128; n <= most; n += 128) compare_planes(kernels, reference, n);
        printf("distance kernels: %s agrees with scalar\n", names[tier]);
    }
    if (failures) fprintf(stderr, "%d checks failed\n", failures);
    return failures != 0;
}
