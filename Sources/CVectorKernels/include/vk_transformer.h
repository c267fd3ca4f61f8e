#ifndef VK_TRANSFORMER_H
#define VK_TRANSFORMER_H

#include <stddef.h>
#include <stdint.h>

#include "vk_tier.h"

/// A matrix of 8-bit weights `[n, k]`, packed for the 8-bit product.
///
/// `codes` holds panels of 16 output channels. A panel is `k_padded / 4` groups of 64 bytes: four
/// consecutive weights of channel 0, of channel 1, and so on. Channels beyond `n` and weights beyond
/// `k` are zero. Codes are in -127...127; `code * scale[channel]` is the weight divided by `factor` of
/// its input, and `sum` is the sum of a channel's codes. What GELU makes of a channel is multiplied by
/// `after`, the next product's factor of it. `scale`, `sum`, `bias` and `after` have `n_padded` entries,
/// `factor` has `k`.
typedef struct {
    const int8_t *_Nonnull codes;
    const float *_Nonnull scale;
    const int32_t *_Nonnull sum;
    const float *_Nonnull bias;
    const float *_Nonnull after;
    const float *_Nonnull factor;
    size_t n, n_padded, k_padded;
} vk_matrix_i8;

/// A matrix of float weights `[n, k]`, packed for the float product.
///
/// `weights` holds panels of 32 output channels. A panel is `k` groups of 32 floats: the weight of
/// channel 0, of channel 1, and so on for one input. Channels beyond `n` are zero; `bias` has
/// `n_padded` entries.
typedef struct {
    const float *_Nonnull weights;
    const float *_Nonnull bias;
    size_t n, n_padded, k;
} vk_matrix_f32;

/// The kernels of a transformer encoder's forward pass for one instruction set.
///
/// All matrices are row-major; any alignment and any size unless said otherwise (no rows: nothing is
/// done). Nothing allocates, nothing can fail. Instruction sets round differently, so results agree to
/// rounding; the 8-bit product's integer sums agree to the bit.
typedef struct {
    /// x[r] = norm(x[r] + y[r]) * gain + shift, norm(v) = (v - mean(v)) / sqrt(var(v) + epsilon).
    void (*_Nonnull add_norm_f32)(
        float *_Nonnull x, const float *_Nonnull y, const float *_Nonnull gain,
        const float *_Nonnull shift, float epsilon, size_t rows, size_t columns);

    /// Attention of one sequence: out = softmax(scale * Q * transpose(K)) * V, head by head.
    ///
    /// Row t of `qkv`, `3 * heads * width` floats, is the token's Q, K and V, each `heads * width`
    /// floats; row t of `out` is `heads * width` floats. `scratch` has room for
    /// `vk_attention_scratch(tokens, width)` floats.
    void (*_Nonnull attention_f32)(
        const float *_Nonnull qkv, size_t tokens, size_t heads, size_t width, float scale,
        float *_Nonnull scratch, float *_Nonnull out);

    /// The same to within half a percent of the largest value, for the company of 8-bit products:
    /// factors are rounded to 16 bits (bfloat16) where the CPU multiplies those faster.
    void (*_Nonnull attention_bf16)(
        const float *_Nonnull qkv, size_t tokens, size_t heads, size_t width, float scale,
        float *_Nonnull scratch, float *_Nonnull out);

    /// y[r][c] = activation(x[r] * transpose(w)[c] + bias[c]).
    ///
    /// A row of `x` is `w->k` floats, a row of `y` is `w->n`. `gelu` is 1 for GELU, with the error
    /// function and not its tanh approximation, 0 for none.
    void (*_Nonnull product_f32)(
        const float *_Nonnull x, size_t rows, const vk_matrix_f32 *_Nonnull w, int gelu,
        float *_Nonnull y);

    /// Quantizes rows to 8 bits over their own range: x[r][c] * factor[c] = code * scale[r] + shift[r].
    ///
    /// Codes are in this instruction set's own form. A row of `codes` is `columns` rounded up to a
    /// multiple of 64. No `factor` stands for ones.
    void (*_Nonnull quantize_rows)(
        const float *_Nonnull x, const float *_Nullable factor, size_t rows, size_t columns,
        uint8_t *_Nonnull codes, float *_Nonnull scale, float *_Nonnull shift);

    /// y[r][c] = x[r] * transpose(w)[c] + bias[c] from rows that `quantize_rows` made.
    ///
    /// A row of `codes` is `w->k_padded` bytes, a row of `y` is `w->n` floats. If `gelu` is 1, y is GELU
    /// of that to within 1.2e-3 (below what 8 bits tell apart), times `w->after[c]`.
    void (*_Nonnull product_i8)(
        const uint8_t *_Nonnull codes, const float *_Nonnull scale, const float *_Nonnull shift,
        size_t rows, const vk_matrix_i8 *_Nonnull w, int gelu, float *_Nonnull y);
} vk_transformer_kernels;

/// The kernels for `tier`, or NULL if this build lacks them or this CPU cannot run them.
const vk_transformer_kernels *_Nullable vk_transformer_kernels_for(vk_tier tier);

/// The floats of scratch that attention needs for `tokens` tokens and heads of `width` floats.
size_t vk_attention_scratch(size_t tokens, size_t width);

/// What a stored tensor's elements are; the numbers are GGUF's, with bf16 as it numbers it.
typedef enum __attribute__((enum_extensibility(closed))) {
    vk_element_f32 = 0,
    vk_element_f16 = 1,
    vk_element_q4_0 = 2,
    vk_element_q8_0 = 8,
    vk_element_bf16 = 30,
} vk_element;

/// The bytes that `count` elements take, or 0 if blocks of 32 cannot make up `count`.
size_t vk_element_bytes(vk_element kind, size_t count);

/// Decodes `count` elements from `bytes` (any alignment) into floats. `count` is a multiple of 32 for
/// the kinds that come in blocks.
void vk_decode_elements(vk_element kind, const void *_Nonnull bytes, size_t count, float *_Nonnull out);

/// Quantizes and packs a float matrix `[n, k]`, divided by `factor` of each input, for the 8-bit
/// product: `codes` takes
/// `n_padded * k_padded` bytes (n and k rounded up to multiples of 16 and 64), `scale` and `sum` take
/// `n_padded` entries, `scratch` takes `k`.
void vk_pack_i8(
    const float *_Nonnull w, const float *_Nonnull factor, size_t n, size_t k,
    int8_t *_Nonnull codes, float *_Nonnull scale, int32_t *_Nonnull sum, float *_Nonnull scratch);

/// Packs a float matrix `[n, k]` for the float product: `packed` takes `n` rounded up to a multiple of
/// 32, times `k` floats.
void vk_pack_f32(const float *_Nonnull w, size_t n, size_t k, float *_Nonnull packed);

#endif
