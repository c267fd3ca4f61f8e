// The scan of panels: no sum goes across lanes, each of which is a row.

#ifndef VK_PANELS_AVX512_H
#define VK_PANELS_AVX512_H

#include "distance.h"

/// Adds to a query's hits those rows of a panel whose bounds reach its threshold.
static inline __attribute__((always_inline)) void add_hits(
    vk_panel_query *q, const vk_panel_rows *rows, size_t row, __mmask16 valid, __m512i dots) {
    const __m512i lanes =
        _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    __m512 inner = _mm512_fmadd_ps(
        _mm512_set1_ps(q->t), _mm512_cvtepi32_ps(dots), _mm512_set1_ps(q->z));
    __m512 upper =
        _mm512_fmadd_ps(_mm512_loadu_ps(rows->s + row), inner, _mm512_set1_ps(q->c));
    upper = _mm512_fmadd_ps(_mm512_set1_ps(q->alpha), _mm512_loadu_ps(rows->a + row), upper);
    upper = _mm512_fmadd_ps(_mm512_set1_ps(q->ea), _mm512_loadu_ps(rows->e + row), upper);
    upper = _mm512_fmadd_ps(_mm512_set1_ps(q->et), _mm512_loadu_ps(rows->tail + row), upper);
    if (rows->h) upper = _mm512_sub_ps(upper, _mm512_loadu_ps(rows->h + row));
    // What is no number is not ruled out.
    __mmask16 mask = _mm512_mask_cmp_ps_mask(
        valid, upper, _mm512_set1_ps(q->threshold), _CMP_NLT_UQ);
    if (!mask) return;
    __m512i numbers = _mm512_add_epi32(_mm512_set1_epi32((int)row), lanes);
    size_t several = (size_t)__builtin_popcount(mask);
    // Compressed in a register: compressing into memory is slow on Zen 4.
    _mm512_mask_storeu_epi32(
        q->hits + q->found, first_16(several), _mm512_maskz_compress_epi32(mask, numbers));
    _mm512_mask_storeu_ps(
        q->bounds + q->found, first_16(several), _mm512_maskz_compress_ps(mask, upper));
    q->found += several;
}

static inline __m512i four_times(const int8_t *query) {
    int32_t word;
    __builtin_memcpy(&word, query, 4);
    return _mm512_set1_epi32(word);
}

static inline __attribute__((always_inline)) void scan_panel(
    vk_panel_query *queries, size_t size, const vk_panel_rows *rows, size_t row, __mmask16 valid) {
    const __m512i nibble = _mm512_set1_epi8(15);
    const uint8_t *panel = rows->panels + row / 16 * rows->dimensions * 8;
    __m512i low[VK_PANEL_QUERIES], high[VK_PANEL_QUERIES];
    for (size_t i = 0; i < size; i++) low[i] = high[i] = _mm512_setzero_si512();
    for (size_t g = 0; g < rows->dimensions / 8; g++) {
        __m512i x = _mm512_loadu_si512(panel + 64 * g);
        __m512i x0 = _mm512_and_si512(x, nibble);
        __m512i x1 = _mm512_and_si512(_mm512_srli_epi16(x, 4), nibble);
#pragma GCC unroll 4
        for (size_t i = 0; i < size; i++) {
            low[i] = _mm512_dpbusd_epi32(low[i], x0, four_times(queries[i].query + 8 * g));
            high[i] = _mm512_dpbusd_epi32(high[i], x1, four_times(queries[i].query + 8 * g + 4));
        }
    }
    for (size_t i = 0; i < size; i++)
        add_hits(&queries[i], rows, row, valid, _mm512_add_epi32(low[i], high[i]));
}

/// The same for one query, whose sums would wait for each other: each is made in two parts.
static inline __attribute__((always_inline)) void scan_panel_alone(
    vk_panel_query *query, const vk_panel_rows *rows, size_t row, __mmask16 valid) {
    const __m512i nibble = _mm512_set1_epi8(15);
    const uint8_t *panel = rows->panels + row / 16 * rows->dimensions * 8;
    const int8_t *codes = query->query;
    __m512i sums[4] = {_mm512_setzero_si512(), _mm512_setzero_si512(), _mm512_setzero_si512(),
                       _mm512_setzero_si512()};
    size_t groups = rows->dimensions / 8, g = 0;
    for (; g + 2 <= groups; g += 2) {
        __m512i x = _mm512_loadu_si512(panel + 64 * g), y = _mm512_loadu_si512(panel + 64 * g + 64);
        const int8_t *q = codes + 8 * g;
        sums[0] = _mm512_dpbusd_epi32(sums[0], _mm512_and_si512(x, nibble), four_times(q));
        sums[1] = _mm512_dpbusd_epi32(
            sums[1], _mm512_and_si512(_mm512_srli_epi16(x, 4), nibble), four_times(q + 4));
        sums[2] = _mm512_dpbusd_epi32(sums[2], _mm512_and_si512(y, nibble), four_times(q + 8));
        sums[3] = _mm512_dpbusd_epi32(
            sums[3], _mm512_and_si512(_mm512_srli_epi16(y, 4), nibble), four_times(q + 12));
    }
    if (g < groups) {
        __m512i x = _mm512_loadu_si512(panel + 64 * g);
        const int8_t *q = codes + 8 * g;
        sums[0] = _mm512_dpbusd_epi32(sums[0], _mm512_and_si512(x, nibble), four_times(q));
        sums[1] = _mm512_dpbusd_epi32(
            sums[1], _mm512_and_si512(_mm512_srli_epi16(x, 4), nibble), four_times(q + 4));
    }
    __m512i first = _mm512_add_epi32(sums[0], sums[1]);
    add_hits(query, rows, row, valid, _mm512_add_epi32(first, _mm512_add_epi32(sums[2], sums[3])));
}

static void scan_panels(
    vk_panel_query *queries, size_t size, const vk_panel_rows *rows, uint32_t first,
    uint32_t count) {
    for (size_t i = 0; i < size; i++) queries[i].found = 0;
    for (uint32_t done = 0; done < count; done += 16) {
        size_t row = (size_t)first * 16 + done;
        __mmask16 valid = first_16(count - done);
        switch (size) {
        case 1: scan_panel_alone(queries, rows, row, valid); break;
        case 2: scan_panel(queries, 2, rows, row, valid); break;
        case 3: scan_panel(queries, 3, rows, row, valid); break;
        default: scan_panel(queries, 4, rows, row, valid); break;
        }
    }
}

#endif
