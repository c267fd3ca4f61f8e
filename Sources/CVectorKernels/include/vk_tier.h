#ifndef VK_TIER_H
#define VK_TIER_H

/// The instruction sets that kernels are written for, slowest first.
///
/// `vk_tier_avx512` stands for F, BW, DQ, VL and VNNI together: every CPU since Ice Lake and Zen 4
/// has them all, and one tier fewer is one table fewer to test. The order is per architecture; a tier
/// of another architecture is never available.
typedef enum __attribute__((enum_extensibility(closed))) {
    vk_tier_scalar = 0,
    vk_tier_neon = 1,
    vk_tier_avx2 = 2,
    vk_tier_avx512 = 3,
} vk_tier;

/// 1 if this build has kernels for `tier` and this CPU can run them, else 0.
int vk_tier_is_available(vk_tier tier);

#endif
