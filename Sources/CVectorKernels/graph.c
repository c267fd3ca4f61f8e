// The walk through a graph. It spends its time in the gathering kernel, called once for each node
// whose links are followed, so one copy of it serves every instruction set.

#include "vk_graph.h"

#include <string.h>

#include "distance.h"

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

void vk_graph_keys(
    const vk_distance_kernels *kernels, const vk_graph_nodes *nodes, const vk_graph_query *query,
    const uint32_t *numbers, size_t count, float *keys) {
    int32_t dots[256];
    for (size_t first = 0; first < count; first += 256) {
        size_t some = count - first < 256 ? count - first : 256;
        kernels->gather_u8i8(
            query->codes, nodes->codes, nodes->dimensions, nodes->stride, numbers + first, some, dots);
        for (size_t j = 0; j < some; j++)
            keys[first + j] = key_of(nodes, query, numbers[first + j], dots[j]);
    }
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

static inline int allows(const vk_graph_filter *filter, uint32_t node) {
    uint32_t slot = filter->slots[node];
    return slot >> 6 < filter->words && filter->bits[slot >> 6] >> (slot & 63) & 1;
}

/// 1 if `node` is in memory, or now is.
static inline int is_here(const vk_graph_nodes *nodes, uint32_t node) {
    const vk_graph_pager *pager = nodes->pager;
    return !pager || pager->present[node / pager->nodes] || pager->fetch(pager->context, node);
}

/// Asks for the nodes that a walk will look at in the place of `blocked`, which its filter forbids: what
/// they link to. A walk that stepped only on what the filter allows would soon be alone; one that stepped
/// on everything would spend its beam on what nobody asked for (ACORN, arXiv:2403.04871).
static size_t look_past(vk_graph_walk *walk, uint32_t *blocked, size_t blocked_count, size_t count) {
    vk_graph_scratch *scratch = &walk->scratch;
    const size_t most = walk->level.width;
    for (size_t i = 0; i < blocked_count; i++) prefetch_links(&walk->level, blocked[i]);
    for (size_t i = 0; i < blocked_count && count < most; i++) {
        if (!is_here(&walk->nodes, blocked[i])) return SIZE_MAX;
        const uint32_t *links = links_of(&walk->level, blocked[i]);
        for (size_t j = 0; j < walk->level.width && count < most; j++) {
            uint32_t link = links[j];
            if (link == VK_NO_NODE) break;
            if (scratch->stamps[link] == scratch->epoch || !allows(&walk->filter, link)) continue;
            scratch->stamps[link] = scratch->epoch;
            if (!is_here(&walk->nodes, link)) return SIZE_MAX;
            scratch->fresh[count++] = link;
        }
    }
    return count;
}

static inline void prefetch_row(const vk_graph_nodes *nodes, uint32_t node) {
    const uint8_t *row = nodes->codes + node * nodes->stride;
    for (size_t at = 0; at < nodes->dimensions; at += 64) __builtin_prefetch(row + at, 0, 3);
}

static void begin(vk_graph_walk *walk) {
    vk_graph_scratch *scratch = &walk->scratch;
    for (size_t i = 0; i < walk->size; i++)
        scratch->stamps[walk->pool[i].tag >> 1] = scratch->epoch;
    if (walk->size > walk->ef) walk->size = walk->ef;
    walk->next = 0;
}

/// Follows the links of the nearest node that was not followed yet: `fresh` are then the nodes that the
/// walk sees for the first time, the first of them asked for; the gathering kernel asks for the others.
/// 0 at the end, or where a node could not be brought, which empties the pool.
static inline int advance(vk_graph_walk *walk) {
    const size_t ahead = VK_PREFETCH_AHEAD;
    if (walk->next >= walk->size) return 0;
    vk_graph_scratch *scratch = &walk->scratch;
    const vk_graph_level *level = &walk->level;
    vk_graph_entry *pool = walk->pool;
    uint32_t node = pool[walk->next].tag >> 1;
    pool[walk->next].tag |= 1;
    const uint32_t *links = links_of(level, node);
    // Waiting for links is the greatest part of a walk. Those that come next are asked for now, if
    // this node brings nothing nearer; and what is nearer, as soon as it is known.
    size_t after = walk->next + 1;
    while (after < walk->size && pool[after].tag & 1) after++;
    if (after < walk->size) prefetch_links(level, pool[after].tag >> 1);
    size_t count = 0, blocked = 0;
    for (size_t i = 0; i < level->width; i++) {
        uint32_t link = links[i];
        if (link == VK_NO_NODE) break;
        if (scratch->stamps[link] == scratch->epoch) continue;
        scratch->stamps[link] = scratch->epoch;
        if (walk->filter.bits && !allows(&walk->filter, link)) {
            scratch->blocked[blocked++] = link;
            continue;
        }
        if (walk->nodes.pager && !is_here(&walk->nodes, link)) return walk->size = 0;
        if (count < ahead) prefetch_row(&walk->nodes, link);
        scratch->fresh[count++] = link;
    }
    if (blocked) {
        size_t more = look_past(walk, scratch->blocked, blocked, count);
        if (more == SIZE_MAX) return walk->size = 0;
        for (; count < more; count++)
            if (count < ahead) prefetch_row(&walk->nodes, scratch->fresh[count]);
    }
    scratch->distances += count;
    scratch->hops += 1;
    walk->fresh = count;
    return 1;
}

/// Puts those of the fresh nodes into the pool that are near enough.
static inline void absorb(const vk_distance_kernels *kernels, vk_graph_walk *walk) {
    const vk_graph_nodes *nodes = &walk->nodes;
    vk_graph_scratch *scratch = &walk->scratch;
    kernels->gather_u8i8(
        walk->query.codes, nodes->codes, nodes->dimensions, nodes->stride, scratch->fresh,
        walk->fresh, scratch->dots);
    vk_graph_entry *pool = walk->pool;
    size_t size = walk->size, nearest = walk->next + 1;
    const size_t ef = walk->ef;
    for (size_t j = 0; j < walk->fresh; j++) {
        uint32_t link = scratch->fresh[j];
        vk_graph_entry entry = {
            key_of(nodes, &walk->query, link, scratch->dots[j]), link << 1};
        if (size == ef && !precedes(entry, pool[size - 1])) continue;
        size_t place = place_in(pool, size, entry);
        if (size < ef) size++;
        if (place <= nearest) {
            nearest = place;
            prefetch_links(&walk->level, link);
        }
    }
    while (nearest < size && pool[nearest].tag & 1) nearest++;
    walk->next = nearest;
    walk->size = size;
}

void vk_graph_search(const vk_distance_kernels *kernels, vk_graph_walk *walk) {
    begin(walk);
    while (advance(walk)) absorb(kernels, walk);
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
