#ifndef VK_TRANSFORMER_TABLES_H
#define VK_TRANSFORMER_TABLES_H

#include "vk_transformer.h"

/// The query rows that attention works on at a time.
#define VK_ATTENTION_ROWS 4

extern const vk_transformer_kernels vk_transformer_scalar;
#if defined(__aarch64__)
extern const vk_transformer_kernels vk_transformer_neon;
#endif
#if defined(__x86_64__)
extern const vk_transformer_kernels vk_transformer_avx2, vk_transformer_avx512;
#endif

#endif
