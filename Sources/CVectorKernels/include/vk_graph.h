#ifndef VK_GRAPH_H
#define VK_GRAPH_H

#include <stddef.h>
#include <stdint.h>

#include "vk_distance.h"

#if defined(__clang__)
#pragma clang assume_nonnull begin
#endif

/// What ends a list of links that is shorter than its block.
#define VK_NO_NODE UINT32_MAX

/// The codes of a graph's nodes. A code byte b stands for b − 128. The *key* of a query and a node is
/// Σ code·code, minus the query's `factor` times the node's half: it grows with nearness.
typedef struct {
    /// `count` rows of `dimensions` bytes (a multiple of 64), `stride` bytes apart.
    const uint8_t *codes;
    size_t dimensions, stride;
    uint32_t count;
    /// What is taken from the keys of each node: under L2, half the squared norm of its codes.
    const float *halves;
} vk_graph_nodes;

/// The links of one level: block `place[node] + shift`, or block `node` if there are no places,
/// holds up to `width` numbers of nodes, all below `count`. A node with links on this level has a block.
typedef struct {
    const uint32_t *links;
    size_t width;
    const uint32_t *VK_NULLABLE place;
    uint32_t shift;
} vk_graph_level;

/// A query in signed codes (`dimensions` of them), the sum that corrects for the rows' bias
/// (128·Σ codes), and what halves are multiplied with: 1 if the query is a node, 0 for none.
typedef struct {
    const int8_t *codes;
    int32_t bias;
    float factor;
} vk_graph_query;

/// A node in the pool of a search. Pools are sorted by falling key, then by rising node.
typedef struct {
    float key;
    /// Twice the node's number, plus 1 once its links have been followed.
    uint32_t tag;
} vk_graph_entry;

/// What one search needs: room for `width` numbers and keys, and a stamp for each node.
typedef struct {
    uint32_t *fresh;
    int32_t *dots;
    uint16_t *stamps;
    /// Stamps that equal it mean visited.
    uint16_t epoch;
    /// Counts of what was done, added to.
    uint64_t distances, hops;
} vk_graph_scratch;

/// Searches one level from the nodes that are in `pool` already (sorted, none followed, stamped by
/// this function) with a beam of `ef`, and leaves the nearest it met in `pool`, which has room for
/// `ef` + 1. Returns how many they are.
size_t vk_graph_search(
    const vk_distance_kernels *kernels, const vk_graph_nodes *nodes, const vk_graph_level *level,
    const vk_graph_query *query, vk_graph_scratch *scratch, vk_graph_entry *pool, size_t size,
    size_t ef);

/// The key of `query` and `node`.
float vk_graph_key(
    const vk_distance_kernels *kernels, const vk_graph_nodes *nodes, const vk_graph_query *query,
    uint32_t node);

/// Writes the codes of `node` as a query, and returns their bias.
int32_t vk_graph_query_of(const vk_graph_nodes *nodes, uint32_t node, int8_t *codes);

/// Chooses at most `m` of `size` candidates (sorted; keys are those of `base` with them) by the
/// heuristic of Malkov and Yashunin: a candidate is kept if it is nearer to the base than to every
/// one kept before it. If `fill`, the nearest of the others take the places that remain. Writes
/// their numbers to `chosen` and returns how many; `codes` has room for a query.
size_t vk_graph_select(
    const vk_distance_kernels *kernels, const vk_graph_nodes *nodes, uint32_t base,
    const vk_graph_entry *candidates, size_t size, size_t m, int fill, int8_t *codes,
    uint32_t *chosen);

/// 1 if every number in `blocks` blocks of `width` is below `count`, and only ends follow an end.
int vk_graph_links_are_sound(const uint32_t *links, size_t blocks, size_t width, uint32_t count);

#if defined(__clang__)
#pragma clang assume_nonnull end
#endif

#endif
