#ifndef VK_TRANSFORMER_TABLES_H
#define VK_TRANSFORMER_TABLES_H

#include "vk_transformer.h"

extern const vk_transformer_kernels vk_transformer_scalar;
#if defined(__aarch64__)
extern const vk_transformer_kernels vk_transformer_neon;
#endif
#if defined(__x86_64__)
extern const vk_transformer_kernels vk_transformer_avx2, vk_transformer_avx512;

/// The same for CPUs that multiply in bfloat16.
extern const vk_transformer_kernels vk_transformer_avx512_bf16;

/// `attention_bf16` for heads whose width is a multiple of 32.
void vk_attention_bf16(
    const float *qkv, size_t tokens, size_t heads, size_t width, float scale, float *scratch,
    float *out);
#endif

#endif
