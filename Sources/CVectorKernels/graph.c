// The walk through a graph. It spends its time in the gathering kernel, called once for each node
// whose links are followed, so one copy of it serves every instruction set.

#include "vk_graph.h"

#include <string.h>

static inline const uint32_t *links_of(const vk_graph_level *level, uint32_t node) {
    size_t block = level->place ? level->place[node] + level->shift : node;
    return level->links + block * level->width;
}

static inline void prefetch_links(const vk_graph_level *level, uint32_t node) {
    const char *block = (const char *)links_of(level, node);
    for (size_t at = 0; at < level->width * 4; at += 64) __builtin_prefetch(block + at, 0, 3);
}

static inline int precedes(vk_graph_entry a, vk_graph_entry b) {
    return a.key > b.key || (a.key == b.key && a.tag >> 1 < b.tag >> 1);
}

static inline float key_of(
    const vk_graph_nodes *nodes, const vk_graph_query *query, uint32_t node, int32_t dot) {
    float key = (float)(dot - query->bias);
    return query->factor != 0 ? key - query->factor * nodes->halves[node] : key;
}

float vk_graph_key(
    const vk_distance_kernels *kernels, const vk_graph_nodes *nodes, const vk_graph_query *query,
    uint32_t node) {
    int32_t dot =
        kernels->dot_u8i8(nodes->codes + node * nodes->stride, query->codes, nodes->dimensions);
    return key_of(nodes, query, node, dot);
}

int32_t vk_graph_query_of(const vk_graph_nodes *nodes, uint32_t node, int8_t *codes) {
    const uint8_t *row = nodes->codes + node * nodes->stride;
    int32_t sum = 0;
    for (size_t i = 0; i < nodes->dimensions; i++) {
        codes[i] = (int8_t)(row[i] ^ 128);
        sum += codes[i];
    }
    return 128 * sum;
}

/// Puts `entry` where it belongs among `size` sorted ones and returns the place. The caller has room
/// for one more and drops what exceeds its beam.
static inline size_t place_in(vk_graph_entry *pool, size_t size, vk_graph_entry entry) {
    size_t low = 0, high = size;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (precedes(pool[middle], entry)) low = middle + 1;
        else high = middle;
    }
    memmove(pool + low + 1, pool + low, (size - low) * sizeof *pool);
    pool[low] = entry;
    return low;
}

size_t vk_graph_search(
    const vk_distance_kernels *kernels, const vk_graph_nodes *nodes, const vk_graph_level *level,
    const vk_graph_query *query, vk_graph_scratch *scratch, vk_graph_entry *pool, size_t size,
    size_t ef) {
    for (size_t i = 0; i < size; i++) scratch->stamps[pool[i].tag >> 1] = scratch->epoch;
    if (size > ef) size = ef;
    size_t next = 0;
    while (next < size) {
        // Everything before `next` has been followed.
        uint32_t node = pool[next].tag >> 1;
        pool[next].tag |= 1;
        const uint32_t *links = links_of(level, node);
        // Waiting for links is the greatest part of a walk. Those that come next are asked for now, if
        // this node brings nothing nearer; and what is nearer, as soon as it is known.
        size_t after = next + 1;
        while (after < size && pool[after].tag & 1) after++;
        if (after < size) prefetch_links(level, pool[after].tag >> 1);
        size_t count = 0;
        for (size_t i = 0; i < level->width; i++) {
            uint32_t link = links[i];
            if (link == VK_NO_NODE) break;
            if (scratch->stamps[link] == scratch->epoch) continue;
            scratch->stamps[link] = scratch->epoch;
            if (count < 6) {
                const uint8_t *row = nodes->codes + link * nodes->stride;
                for (size_t at = 0; at < nodes->dimensions; at += 64)
                    __builtin_prefetch(row + at, 0, 3);
            }
            scratch->fresh[count++] = link;
        }
        kernels->gather_u8i8(
            query->codes, nodes->codes, nodes->dimensions, nodes->stride, scratch->fresh, count,
            scratch->dots);
        scratch->distances += count;
        scratch->hops += 1;
        size_t nearest = next + 1;
        for (size_t j = 0; j < count; j++) {
            uint32_t link = scratch->fresh[j];
            vk_graph_entry entry = {
                key_of(nodes, query, link, scratch->dots[j]), link << 1};
            if (size == ef && !precedes(entry, pool[size - 1])) continue;
            size_t place = place_in(pool, size, entry);
            if (size < ef) size++;
            if (place <= nearest) {
                nearest = place;
                prefetch_links(level, link);
            }
        }
        next = nearest;
        while (next < size && pool[next].tag & 1) next++;
    }
    return size;
}

size_t vk_graph_select(
    const vk_distance_kernels *kernels, const vk_graph_nodes *nodes,
    uint32_t base, const vk_graph_entry *candidates, size_t size, size_t m, int fill,
    int8_t *codes, uint32_t *chosen) {
    float base_half = nodes->halves[base];
    size_t count = 0;
    for (size_t i = 0; i < size && count < m; i++) {
        uint32_t candidate = candidates[i].tag >> 1;
        int is_kept = 1;
        if (count > 0) {
            vk_graph_query query = {codes, 0, 1};
            query.bias = vk_graph_query_of(nodes, candidate, codes);
            // A key lacks what depends on the node that asks alone: under L2, its half.
            float own = nodes->halves[candidate];
            float to_base = candidates[i].key - base_half;
            for (size_t j = 0; j < count && is_kept; j++)
                is_kept = vk_graph_key(kernels, nodes, &query, chosen[j]) - own < to_base;
        }
        if (is_kept) chosen[count++] = candidate;
    }
    for (size_t i = 0; fill && i < size && count < m; i++) {
        uint32_t candidate = candidates[i].tag >> 1;
        int is_new = 1;
        for (size_t j = 0; j < count; j++) is_new &= chosen[j] != candidate;
        if (is_new) chosen[count++] = candidate;
    }
    return count;
}

int vk_graph_links_are_sound(const uint32_t *links, size_t blocks, size_t width, uint32_t count) {
    for (size_t i = 0; i < blocks; i++) {
        int has_ended = 0;
        for (size_t j = 0; j < width; j++) {
            uint32_t link = links[i * width + j];
            if (link == VK_NO_NODE) has_ended = 1;
            else if (has_ended || link >= count) return 0;
        }
    }
    return 1;
}
