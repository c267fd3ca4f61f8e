// The walk through a graph, written once for every instruction set: a file with `dot_u8i8` and `dot_u4i8`
// includes it, and both are then part of the loop. It defines `walk`.
//
// Most of a walk is waiting for memory: the links of a node, then the rows of those it links to. So a
// neighbor's projected codes are looked at first, one cache line of a table that is small enough to stay in
// the cache. Only those of which they leave hope get their full codes asked for, and these are looked at one
// step later, while the links and projected codes of the next node are on their way.

#ifndef VK_GRAPH_WALK_H
#define VK_GRAPH_WALK_H

#include "distance.h"
#include "graph.h"

#ifndef VK_WALK_HAS_VECTORS

/// Writes those of `width` links that the walk sees for the first time to `fresh`, stamps them, and returns
/// how many they are.
static inline size_t unseen(
    const vk_graph_scratch *scratch, const uint32_t *links, size_t width, uint32_t *fresh) {
    size_t count = 0;
    for (size_t i = 0; i < width && links[i] != VK_NO_NODE; i++) {
        uint32_t link = links[i];
        if (scratch->stamps[link] == scratch->epoch) continue;
        scratch->stamps[link] = scratch->epoch;
        fresh[count++] = link;
    }
    return count;
}

/// Keeps those of `count` numbers whose value reaches the `least` of the same place; returns how many.
static inline size_t keep_reaching(
    uint32_t *numbers, const int32_t *values, const float *least, size_t count) {
    size_t kept = 0;
    for (size_t j = 0; j < count; j++) {
        numbers[kept] = numbers[j];
        kept += (float)values[j] >= least[j];
    }
    return kept;
}

/// The number of entries of a sorted pool with a greater key.
static inline size_t count_above(const vk_graph_entry *pool, size_t size, float key) {
    size_t low = 0, high = size;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (pool[middle].key > key) low = middle + 1;
        else high = middle;
    }
    return low;
}

#endif

static inline void prefetch(const uint8_t *row, size_t bytes) {
    for (size_t at = 0; at < bytes; at += 64) __builtin_prefetch(row + at, 0, 3);
}

static inline void prefetch_links(const vk_graph_level *level, uint32_t node) {
    prefetch((const uint8_t *)vk_links_of(level, node), level->width * 4);
}

static inline int precedes(vk_graph_entry a, vk_graph_entry b) {
    return a.key > b.key || (a.key == b.key && a.tag >> 1 < b.tag >> 1);
}

/// Puts `entry` where it belongs among `size` sorted ones and returns the place. The caller has room
/// for one more and drops what exceeds its beam.
static inline size_t place_in(vk_graph_entry *pool, size_t size, vk_graph_entry entry) {
    size_t place = count_above(pool, size, entry.key);
    while (place < size && precedes(pool[place], entry)) place++;
    memmove(pool + place + 1, pool + place, (size - place) * sizeof *pool);
    pool[place] = entry;
    return place;
}

/// 1 if `node` is in memory, or now is.
static inline int is_here(const vk_graph_nodes *nodes, uint32_t node) {
    const vk_graph_pager *pager = nodes->pager;
    return !pager || pager->present[node / pager->nodes] || pager->fetch(pager->context, node);
}

static inline int allows(const vk_graph_filter *filter, uint32_t node) {
    uint32_t slot = filter->slots[node];
    return slot >> 6 < filter->words && filter->bits[slot >> 6] >> (slot & 63) & 1;
}

/// Replaces those of the fresh nodes that the filter forbids by what these link to. A walk that stepped
/// only on what the filter allows would soon be alone; one that stepped on everything would spend its beam
/// on what nobody asked for (ACORN, arXiv:2403.04871). SIZE_MAX if a node could not be brought.
static inline size_t look_past(vk_graph_walk *walk, uint32_t *fresh, size_t count) {
    vk_graph_scratch *scratch = &walk->scratch;
    const size_t most = walk->level.width;
    size_t kept = 0, blocked = 0;
    for (size_t j = 0; j < count; j++) {
        uint32_t node = fresh[j];
        if (allows(&walk->filter, node)) {
            fresh[kept++] = node;
        } else {
            scratch->blocked[blocked++] = node;
            prefetch_links(&walk->level, node);
        }
    }
    for (size_t i = 0; i < blocked && kept < most; i++) {
        if (!is_here(&walk->nodes, scratch->blocked[i])) return SIZE_MAX;
        const uint32_t *links = vk_links_of(&walk->level, scratch->blocked[i]);
        for (size_t j = 0; j < walk->level.width && kept < most; j++) {
            uint32_t link = links[j];
            if (link == VK_NO_NODE) break;
            if (scratch->stamps[link] == scratch->epoch || !allows(&walk->filter, link)) continue;
            scratch->stamps[link] = scratch->epoch;
            fresh[kept++] = link;
        }
    }
    return kept;
}

/// Follows the links of the nearest node that was not followed yet, writes to `fresh` the nodes that the
/// walk sees for the first time, and asks for the first line of what will be read of them. SIZE_MAX if a
/// node could not be brought.
static inline size_t follow(vk_graph_walk *walk, size_t next, uint32_t *fresh) {
    const vk_graph_nodes *nodes = &walk->nodes;
    vk_graph_entry *pool = walk->pool;
    uint32_t node = pool[next].tag >> 1;
    pool[next].tag |= 1;
    // The links that come next are asked for now, if this node brings nothing nearer; and what is
    // nearer, as soon as it is known.
    size_t after = next + 1;
    while (after < walk->size && pool[after].tag & 1) after++;
    if (after < walk->size) prefetch_links(&walk->level, pool[after].tag >> 1);
    size_t count =
        unseen(&walk->scratch, vk_links_of(&walk->level, node), walk->level.width, fresh);
    if (walk->filter.bits) count = look_past(walk, fresh, count);
    if (count == SIZE_MAX) return count;
    if (nodes->pager)
        for (size_t j = 0; j < count; j++)
            if (!is_here(nodes, fresh[j])) return SIZE_MAX;
    if (nodes->projected) {
        for (size_t j = 0; j < count; j++)
            __builtin_prefetch(nodes->projected + (size_t)fresh[j] * VK_PROJECTED_BYTES, 0, 3);
    } else {
        for (size_t j = 0; j < count && j < VK_PREFETCH_AHEAD; j++)
            prefetch(nodes->codes + fresh[j] * nodes->stride, nodes->dimensions);
    }
    walk->scratch.distances += count;
    walk->scratch.hops += 1;
    return count;
}

/// Keeps those of the fresh nodes whose projected codes leave hope, and asks for their codes.
static inline size_t hopeful(vk_graph_walk *walk, uint32_t *fresh, size_t count) {
    const vk_graph_nodes *nodes = &walk->nodes;
    const vk_graph_query *query = &walk->query;
    int32_t *values = walk->scratch.dots;
    float *least = walk->scratch.keys;
    if (walk->size >= walk->ef) {
        const float worst = walk->pool[walk->size - 1].key;
        const float limit = query->projected_scale * worst + query->projected_shift;
        const float share = query->projected_scale * query->factor;
        for (size_t j = 0; j < count; j++) {
            least[j] = limit;
            values[j] = dot_u4i8(
                nodes->projected + (size_t)fresh[j] * VK_PROJECTED_BYTES, query->projected,
                2 * VK_PROJECTED_BYTES);
        }
        if (share != 0)
            for (size_t j = 0; j < count; j++) least[j] += share * nodes->offsets[fresh[j]];
        count = keep_reaching(fresh, values, least, count);
    }
    for (size_t j = 0; j < count; j++)
        prefetch(nodes->codes + fresh[j] * nodes->stride, nodes->dimensions);
    return count;
}

/// Puts those of the nodes into the pool that are near enough, and returns the place of the nearest, or
/// `nearest` if that is less.
static inline size_t absorb(
    vk_graph_walk *walk, const uint32_t *fresh, size_t count, size_t nearest) {
    const vk_graph_nodes *nodes = &walk->nodes;
    const vk_graph_query *query = &walk->query;
    float *keys = walk->scratch.keys;
    for (size_t j = 0; j < count; j++) {
        if (!nodes->projected && j + VK_PREFETCH_AHEAD < count)
            prefetch(
                nodes->codes + fresh[j + VK_PREFETCH_AHEAD] * nodes->stride, nodes->dimensions);
        int32_t dot =
            dot_u8i8(nodes->codes + fresh[j] * nodes->stride, query->codes, nodes->dimensions);
        keys[j] = vk_key_of(nodes, query, fresh[j], dot);
    }
    vk_graph_entry *pool = walk->pool;
    const size_t ef = walk->ef;
    for (size_t j = 0; j < count; j++) {
        vk_graph_entry entry = {keys[j], fresh[j] << 1};
        if (walk->size == ef && !precedes(entry, pool[ef - 1])) continue;
        size_t place = place_in(pool, walk->size, entry);
        if (walk->size < ef) walk->size++;
        if (place <= nearest) {
            nearest = place;
            prefetch_links(&walk->level, fresh[j]);
        }
    }
    return nearest;
}

/// Walks to the end.
static void walk(vk_graph_walk *walk) {
    vk_graph_scratch *scratch = &walk->scratch;
    vk_graph_entry *pool = walk->pool;
    for (size_t i = 0; i < walk->size; i++) scratch->stamps[pool[i].tag >> 1] = scratch->epoch;
    if (walk->size > walk->ef) walk->size = walk->ef;
    // Where a beam is one node wide, there is nothing to do in the meantime.
    const int is_late = walk->nodes.projected && walk->ef > 1;
    uint32_t *fresh = scratch->fresh, *late = scratch->late;
    size_t late_count = 0, next = 0;
    for (;;) {
        if (next < walk->size) {
            size_t count = follow(walk, next, fresh);
            if (count == SIZE_MAX) {
                walk->size = 0;
                return;
            }
            next = absorb(walk, late, late_count, next + 1);
            late_count = 0;
            if (walk->nodes.projected) count = hopeful(walk, fresh, count);
            if (is_late) {
                uint32_t *other = late;
                late = fresh;
                late_count = count;
                fresh = other;
            } else {
                next = absorb(walk, fresh, count, next);
            }
        } else if (late_count > 0) {
            next = absorb(walk, late, late_count, next);
            late_count = 0;
        } else {
            return;
        }
        while (next < walk->size && pool[next].tag & 1) next++;
    }
}

#endif
