// What is computed about a graph's nodes outside of a walk, with the kernels that are given.

#include "graph.h"

float vk_graph_key(
    const vk_distance_kernels *kernels, const vk_graph_nodes *nodes, const vk_graph_query *query,
    uint32_t node) {
    int32_t dot =
        kernels->dot_u8i8(nodes->codes + node * nodes->stride, query->codes, nodes->dimensions);
    return vk_key_of(nodes, query, node, dot);
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
            keys[first + j] = vk_key_of(nodes, query, numbers[first + j], dots[j]);
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

size_t vk_graph_select(
    const vk_distance_kernels *kernels, const vk_graph_nodes *nodes,
    uint32_t base, const vk_graph_entry *candidates, size_t size, size_t m,
    int8_t *codes, uint32_t *chosen) {
    float base_offset = nodes->offsets[base];
    size_t count = 0;
    for (size_t i = 0; i < size && count < m; i++) {
        uint32_t candidate = candidates[i].tag >> 1;
        int is_kept = 1;
        if (count > 0) {
            vk_graph_query query = {.codes = codes, .factor = 1};
            query.bias = vk_graph_query_of(nodes, candidate, codes);
            // A key lacks what depends on the node that asks alone: under L2, its offset.
            float own = nodes->offsets[candidate];
            float to_base = candidates[i].key - base_offset;
            for (size_t j = 0; j < count && is_kept; j++)
                is_kept = vk_graph_key(kernels, nodes, &query, chosen[j]) - own < to_base;
        }
        if (is_kept) chosen[count++] = candidate;
    }
    for (size_t i = 0; i < size && count < m; i++) {
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
