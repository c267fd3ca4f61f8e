#define _GNU_SOURCE
#include "vk_memory.h"

#include <stdlib.h>
#include <string.h>
#if defined(__linux__)
#include <sys/mman.h>
#endif

#if defined(__linux__)
// From this size on a block is mapped: its zeros cost no writing, and one call brings all its pages, each of
// which would else interrupt the first write to it (12 microseconds on a virtual machine).
static const size_t mapped = (size_t)1 << 20;
static const size_t huge = (size_t)2 << 20;

// Wishes: a kernel that knows one not refuses it, which is no error.
static void populate(const void *start, size_t bytes, int for_writing) {
#if defined(MADV_POPULATE_READ)
    const uintptr_t page = 4096, first = ((uintptr_t)start + page - 1) / page * page;
    const uintptr_t end = ((uintptr_t)start + bytes) / page * page;
    if (end > first)
        madvise((void *)first, end - first,
                for_writing ? MADV_POPULATE_WRITE : MADV_POPULATE_READ);
#else
    (void)start, (void)bytes, (void)for_writing;
#endif
}

static size_t mapping_size(size_t bytes) { return (bytes + huge - 1) / huge * huge; }

// Huge and populated if `whole`: all of it will be used.
static void *map(size_t bytes, int whole) {
    if (bytes > SIZE_MAX / 2) return 0;
    const size_t size = mapping_size(bytes);
    char *start = mmap(0, size + huge, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (start == MAP_FAILED) return 0;
    char *block = (char *)(((uintptr_t)start + huge - 1) / huge * huge);
    if (block > start) munmap(start, block - start);
    munmap(block + size, start + huge - block);
#if defined(MADV_HUGEPAGE)
    madvise(block, size, whole ? MADV_HUGEPAGE : MADV_NOHUGEPAGE);
#endif
    if (whole) populate(block, bytes, 1);
    return block;
}
#endif

void *vk_allocate(size_t bytes) {
#if defined(__linux__)
    if (bytes >= mapped) return map(bytes, 1);
#endif
    void *block = 0;
    const size_t rounded = bytes ? (bytes + 63) / 64 * 64 : 64;
    if (rounded < bytes || posix_memalign(&block, 64, rounded) != 0) return 0;
    return memset(block, 0, rounded);
}

void *vk_reserve(size_t bytes) {
#if defined(__linux__)
    if (bytes >= mapped) return map(bytes, 0);
#endif
    return vk_allocate(bytes);
}

void vk_free(void *block, size_t bytes) {
#if defined(__linux__)
    if (bytes >= mapped) {
        munmap(block, mapping_size(bytes));
        return;
    }
#endif
    (void)bytes;
    free(block);
}

void vk_will_read(const void *start, size_t bytes) {
#if defined(__linux__)
    populate(start, bytes, 0);
#else
    (void)start, (void)bytes;
#endif
}

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
