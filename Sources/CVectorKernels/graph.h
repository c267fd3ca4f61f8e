#ifndef VK_GRAPH_INTERNAL_H
#define VK_GRAPH_INTERNAL_H

#include "vk_graph.h"

static inline const uint32_t *vk_links_of(const vk_graph_level *level, uint32_t node) {
    size_t block = level->place ? level->place[node] + level->shift : node;
    return level->links + block * level->width;
}

static inline float vk_key_of(
    const vk_graph_nodes *nodes, const vk_graph_query *query, uint32_t node, int32_t dot) {
    float key = (float)(dot - query->bias);
    return query->factor != 0 ? key - query->factor * nodes->offsets[node] : key;
}

#endif
