#include "vk_tier.h"

int vk_tier_is_available(vk_tier tier) {
    switch (tier) {
    case vk_tier_scalar:
        return 1;
    case vk_tier_neon:
#if defined(__aarch64__)
        return 1;
#else
        return 0;
#endif
#if defined(__x86_64__)
    case vk_tier_avx2:
        __builtin_cpu_init();
        return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    case vk_tier_avx512:
        __builtin_cpu_init();
        return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")
            && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl")
            && __builtin_cpu_supports("avx512vnni");
#else
    case vk_tier_avx2:
    case vk_tier_avx512:
        return 0;
#endif
    }
    return 0;
}
