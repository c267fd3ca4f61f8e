// Walks through a random graph with the kernels of every available tier, which must take the way of the
// scalar ones; in plain C, like the tests of distances.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "random.h"
#include "vk_graph.h"
#include "vk_memory.h"

enum { nodes = 500, width = 24, dimensions = 192, beam = 40, room = width + 16 };

typedef struct {
    uint8_t *codes, *projected;
    float offsets[nodes];
    uint32_t links[nodes * width], slots[nodes];
    uint64_t bits[nodes / 64 + 1];
    int8_t query[dimensions], projected_query[2 * VK_PROJECTED_BYTES];
} graph;

static void fill(graph *g) {
    for (size_t i = 0; i < nodes * dimensions; i++) g->codes[i] = (uint8_t)next_random();
    for (size_t i = 0; i < nodes * VK_PROJECTED_BYTES; i++) g->projected[i] = (uint8_t)next_random();
    for (int i = 0; i < dimensions; i++) g->query[i] = (int8_t)next_random();
    for (int i = 0; i < 2 * VK_PROJECTED_BYTES; i++) g->projected_query[i] = (int8_t)next_random();
    for (uint32_t node = 0; node < nodes; node++) {
        g->offsets[node] = (float)((int)(next_random() % 400000) - 200000);
        g->slots[node] = node;
        size_t count = 1 + next_random() % width;
        for (size_t j = 0; j < width; j++)
            g->links[node * width + j] = j == 0         ? (node + 1) % nodes
                                         : j < count ? (uint32_t)(next_random() % nodes)
                                                     : VK_NO_NODE;
    }
    for (int i = 0; i <= nodes / 64; i++) g->bits[i] = next_random() | next_random();
}

/// Walks from node 0 and writes what is found to `pool`; returns how many.
static size_t walk(
    const vk_distance_kernels *kernels, graph *g, float factor, float shift, int is_filtered,
    vk_graph_entry *pool) {
    static uint16_t stamps[nodes + 1];
    uint32_t fresh[room], late[room], blocked[room];
    int32_t dots[room];
    float keys[room];
    memset(stamps, 0, sizeof stamps);
    int32_t bias = 0;
    for (int i = 0; i < dimensions; i++) bias += 128 * g->query[i];
    vk_graph_walk w = {
        .nodes = {
            .codes = g->codes, .dimensions = dimensions, .stride = dimensions, .count = nodes,
            .offsets = g->offsets, .projected = shift == 0 ? NULL : g->projected},
        .level = {.links = g->links, .width = width},
        .query = {
            .codes = g->query, .bias = bias, .factor = factor, .projected = g->projected_query,
            .projected_scale = 0.001f, .projected_shift = shift},
        .scratch = {
            .fresh = fresh, .late = late, .blocked = blocked, .dots = dots, .keys = keys,
            .stamps = stamps, .epoch = 1},
        .pool = pool,
        .size = 1,
        .ef = beam,
    };
    if (is_filtered) w.filter = (vk_graph_filter){g->slots, g->bits, nodes / 64 + 1};
    pool[0] = (vk_graph_entry){vk_graph_key(kernels, &w.nodes, &w.query, 0), 0};
    kernels->graph_search(&w);
    return w.size;
}

int main(void) {
    int failures = 0;
    graph *g = calloc(1, sizeof *g);
    g->codes = vk_allocate(nodes * dimensions);
    g->projected = vk_allocate(nodes * VK_PROJECTED_BYTES);
    const vk_distance_kernels *reference = vk_distance_kernels_for(vk_tier_scalar);
    for (int tier = 0; tier < 8; tier++) {
        const vk_distance_kernels *kernels = vk_distance_kernels_for((vk_tier)tier);
        if (!kernels) continue;
        state = 1;
        for (int round = 0; round < 200; round++) {
            fill(g);
            vk_graph_entry pool[beam + 1], expected[beam + 1];
            float factor = (float)(round & 1), shift = (float)(round % 5 - 2) * 300;
            size_t size = walk(kernels, g, factor, shift, round % 3 == 0, pool);
            size_t right = walk(reference, g, factor, shift, round % 3 == 0, expected);
            if (size != right || memcmp(pool, expected, size * sizeof *pool)) {
                fprintf(stderr, "tier %d, round %d: another way\n", tier, round);
                failures++;
            }
        }
    }
    vk_free(g->codes, nodes * dimensions);
    vk_free(g->projected, nodes * VK_PROJECTED_BYTES);
    free(g);
    printf("%s\n", failures ? "failed" : "every tier walks the same way");
    return failures != 0;
}
