#ifndef VK_MEMORY_H
#define VK_MEMORY_H

#include <stddef.h>
#include <stdint.h>

/// `bytes` bytes of zeros, aligned to a cache line, or NULL if there is no memory. A large block is
/// aligned to 2 MiB and asks the kernel for huge pages, which makes random reads a third faster.
/// To be freed with `vk_free`.
void *vk_allocate(size_t bytes);

/// The same for a block of which little may ever be touched: its pages are small, and taken as they are.
void *vk_reserve(size_t bytes);

/// Frees what `vk_allocate` or `vk_reserve` gave for as many bytes.
void vk_free(void *block, size_t bytes);

/// Says that mapped bytes are about to be read, all of them: their pages are brought in one call.
void vk_will_read(const void *start, size_t bytes);

/// Asks for the cache lines of `bytes` bytes.
static inline void vk_prefetch(const void *start, size_t bytes) {
    for (size_t at = 0; at < bytes; at += 64) __builtin_prefetch((const char *)start + at, 0, 3);
}

/// A 64-bit checksum of `count` bytes. Any change within one 8-byte word changes it; other changes go
/// unnoticed with a probability of about 2⁻⁶⁴. Not for use against an adversary.
uint64_t vk_checksum(const void *bytes, size_t count, uint64_t seed);

#endif
