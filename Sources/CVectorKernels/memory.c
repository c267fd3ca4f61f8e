#define _GNU_SOURCE
#include "vk_memory.h"

#include <stdlib.h>
#include <string.h>
#if defined(__linux__)
#include <sys/mman.h>
#endif

void *vk_allocate(size_t bytes) {
    const size_t huge = (size_t)2 << 20;
    void *block = 0;
    size_t alignment = bytes >= huge ? huge : 64;
    if (bytes > SIZE_MAX - alignment) return 0;
    size_t rounded = (bytes + 63) / 64 * 64;
    if (posix_memalign(&block, alignment, rounded ? rounded : 64) != 0) return 0;
#if defined(__linux__) && defined(MADV_HUGEPAGE)
    if (bytes >= huge) madvise(block, rounded, MADV_HUGEPAGE);  // a wish: refusal is no error
#endif
    memset(block, 0, rounded ? rounded : 64);
    return block;
}

void vk_free(void *block) { free(block); }

// Four lanes of xor, multiply by an odd number, rotate: each step is a bijection of the lane, so one
// changed word always changes the lane, and the lane the sum.
static inline uint64_t step(uint64_t lane, uint64_t word) {
    lane = (lane ^ word) * 0x9e3779b97f4a7c15u;
    return lane << 29 | lane >> 35;
}

uint64_t vk_checksum(const void *bytes, size_t count, uint64_t seed) {
    const uint8_t *at = bytes;
    uint64_t lane[4] = {seed + 1, seed + 2, seed + 3, seed + 4}, word[4];
    size_t left = count;
    for (; left >= 32; left -= 32, at += 32) {
        memcpy(word, at, 32);
        for (int i = 0; i < 4; i++) lane[i] = step(lane[i], word[i]);
    }
    memset(word, 0, sizeof word);
    if (left) memcpy(word, at, left);
    for (int i = 0; i < 4; i++) lane[i] = step(lane[i], word[i]);
    uint64_t sum = step(seed, count);
    for (int i = 0; i < 4; i++) sum = step(sum ^ sum >> 32, lane[i]);
    return sum ^ sum >> 29;
}
