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

/// The bytes of a node's projected codes: two dimensions each.
#define VK_PROJECTED_BYTES 64

/// What brings the nodes of a stored graph into memory as a walk comes to them. They are stored in
/// segments of `nodes` consecutive ones; `present` has a byte for each segment.
typedef struct {
    const uint8_t *present;
    uint32_t nodes;
    void *VK_NULLABLE context;
    /// Brings the segment of `node` and returns 1, or returns 0, which ends the walk.
    int (*fetch)(void *VK_NULLABLE context, uint32_t node);
} vk_graph_pager;

/// The codes of a graph's nodes. A code byte b stands for b − 128. The *key* of a query and a node is
/// Σ code·code, minus the query's `factor` times the node's offset: it grows with nearness.
typedef struct {
    /// `count` rows of `dimensions` bytes (a multiple of 64), `stride` bytes apart.
    const uint8_t *codes;
    size_t dimensions, stride;
    uint32_t count;
    /// What is taken from the keys of each node: under L2, half the squared norm of its codes.
    const float *offsets;
    /// `VK_PROJECTED_BYTES` a node, on cache lines of their own: half-byte codes of what distinguishes nodes
    /// most, laid out as in `vk_scan_rows`; null if there are none.
    const uint8_t *VK_NULLABLE projected;
    /// Null if all nodes are in memory.
    const vk_graph_pager *VK_NULLABLE pager;
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
/// (128·Σ codes), and what offsets are multiplied with: 1 if the query is a node, 0 for none.
typedef struct {
    const int8_t *codes;
    int32_t bias;
    float factor;
    /// Codes for the projected dimensions, if nodes have projected codes. A node has hope of a key k if the
    /// product of its projected codes with them reaches `projected_scale`·(k + `factor`·offset) + `projected_shift`.
    const int8_t *VK_NULLABLE projected;
    float projected_scale, projected_shift;
} vk_graph_query;

/// A node in the pool of a search. Pools are sorted by falling key, then by rising node.
typedef struct {
    float key;
    /// Twice the node's number, plus 1 once its links have been followed.
    uint32_t tag;
} vk_graph_entry;

/// What one search needs: lists with room for 16 more numbers than a node has links at most, and a stamp
/// for each node and one more.
typedef struct {
    uint32_t *fresh, *late, *blocked;
    int32_t *dots;
    float *keys;
    uint16_t *stamps;
    /// Stamps that equal it mean visited.
    uint16_t epoch;
    /// Counts of what was done, added to.
    uint64_t distances, hops;
} vk_graph_scratch;

/// What a walk may answer with: the nodes whose slot has its bit set. There are 64 `words` bits.
typedef struct {
    const uint32_t *VK_NULLABLE slots;
    /// Null if every node is allowed.
    const uint64_t *VK_NULLABLE bits;
    size_t words;
} vk_graph_filter;

/// A search of one level, from the nodes that are in `pool` already (sorted, none followed), with a
/// beam of `ef`. The pool has room for `ef` + 1 and is left with the nearest that the walk met, `size` of
/// them; 0 if a node could not be brought.
typedef struct vk_graph_walk {
    vk_graph_nodes nodes;
    vk_graph_level level;
    vk_graph_query query;
    vk_graph_filter filter;
    vk_graph_scratch scratch;
    vk_graph_entry *pool;
    size_t size, ef;
} vk_graph_walk;

/// The key of `query` and `node`.
float vk_graph_key(
    const vk_distance_kernels *kernels, const vk_graph_nodes *nodes, const vk_graph_query *query,
    uint32_t node);

/// Writes the keys of `query` and each of `count` nodes, which are in memory.
void vk_graph_keys(
    const vk_distance_kernels *kernels, const vk_graph_nodes *nodes, const vk_graph_query *query,
    const uint32_t *numbers, size_t count, float *keys);

/// Writes the codes of `node` as a query, and returns their bias.
int32_t vk_graph_query_of(const vk_graph_nodes *nodes, uint32_t node, int8_t *codes);

/// Chooses at most `m` of `size` candidates (sorted; keys are those of `base` with them) by the
/// heuristic of Malkov and Yashunin: a candidate is kept if it is nearer to the base than to every
/// one kept before it. The nearest of the others take the places that remain. Writes
/// their numbers to `chosen` and returns how many; `codes` has room for a query.
size_t vk_graph_select(
    const vk_distance_kernels *kernels, const vk_graph_nodes *nodes, uint32_t base,
    const vk_graph_entry *candidates, size_t size, size_t m, int8_t *codes,
    uint32_t *chosen);

/// 1 if every number in `blocks` blocks of `width` is below `count`, and only ends follow an end.
int vk_graph_links_are_sound(const uint32_t *links, size_t blocks, size_t width, uint32_t count);

#if defined(__clang__)
#pragma clang assume_nonnull end
#endif

#endif
