#include "distance.h"

const vk_distance_kernels *vk_distance_kernels_for(vk_tier tier) {
    if (!vk_tier_is_available(tier)) return 0;
    switch (tier) {
    case vk_tier_scalar:
        return &vk_distance_scalar;
#if defined(__x86_64__)
    case vk_tier_avx2:
        return &vk_distance_avx2;
    case vk_tier_avx512:
        return &vk_distance_avx512;
#endif
#if defined(__aarch64__)
    case vk_tier_neon:
        return &vk_distance_neon;
#endif
    default:
        return 0;
    }
}
