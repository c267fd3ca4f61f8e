// What a walk does with links and pools, sixteen and eight at a time. Conditions on what a walk meets are
// as good as random, and each one that is guessed wrong costs as much as a distance.

#ifndef VK_GRAPH_WALK_AVX512_H
#define VK_GRAPH_WALK_AVX512_H

#define VK_WALK_HAS_VECTORS

#include "graph.h"

// Lists have room for 16 numbers after the last, and stamps for one.

static inline size_t unseen(
    const vk_graph_scratch *scratch, const uint32_t *links, size_t width, uint32_t *fresh) {
    const __m512i epoch = _mm512_set1_epi32(scratch->epoch), low = _mm512_set1_epi32(0xffff);
    size_t count = 0;
    for (size_t i = 0; i < width; i += 16) {
        __m512i link = _mm512_maskz_loadu_epi32(first_16(width - i), links + i);
        __mmask16 is_link = _mm512_mask_cmpneq_epi32_mask(
            first_16(width - i), link, _mm512_set1_epi32((int)VK_NO_NODE));
        __m512i stamp = _mm512_mask_i32gather_epi32(epoch, is_link, link, scratch->stamps, 2);
        __mmask16 is_new =
            _mm512_mask_cmpneq_epi32_mask(is_link, _mm512_and_si512(stamp, low), epoch);
        _mm512_storeu_si512(fresh + count, _mm512_maskz_compress_epi32(is_new, link));
        count += (size_t)__builtin_popcount(is_new);
        if (is_link != 0xffff) break;
    }
    // A link may stand twice among 16.
    size_t kept = 0;
    for (size_t j = 0; j < count; j++) {
        uint32_t node = fresh[j];
        if (__builtin_expect(scratch->stamps[node] == scratch->epoch, 0)) continue;
        scratch->stamps[node] = scratch->epoch;
        fresh[kept++] = node;
    }
    return kept;
}

static inline size_t keep_reaching(
    uint32_t *numbers, const int32_t *values, const float *least, size_t count) {
    size_t kept = 0;
    for (size_t j = 0; j < count; j += 16) {
        __mmask16 reaches = _mm512_mask_cmp_ps_mask(
            first_16(count - j), _mm512_cvtepi32_ps(_mm512_loadu_si512(values + j)),
            _mm512_loadu_ps(least + j), _CMP_GE_OQ);
        __m512i some = _mm512_maskz_compress_epi32(reaches, _mm512_loadu_si512(numbers + j));
        _mm512_storeu_si512(numbers + kept, some);
        kept += (size_t)__builtin_popcount(reaches);
    }
    return kept;
}

static inline size_t count_above(const vk_graph_entry *pool, size_t size, float key) {
    size_t low = 0, high = size;
    while (high - low > 64) {
        size_t middle = (low + high) / 2;
        if (pool[middle].key > key) low = middle + 1;
        else high = middle;
    }
    const __m512 keys = _mm512_set1_ps(key);
    for (; low < high; low += 8) {
        size_t here = high - low < 8 ? high - low : 8;
        __mmask16 lanes = (__mmask16)(0x5555 & ((1u << 2 * here) - 1));
        __m512 entries = _mm512_maskz_loadu_ps(lanes, pool + low);
        __mmask16 above = _mm512_mask_cmp_ps_mask(lanes, entries, keys, _CMP_GT_OQ);
        if (above != lanes) return low + (size_t)__builtin_popcount(above);
    }
    return high;
}

#endif
