#include <stddef.h>
#include <stdint.h>

/// libFuzzer's main loop, as its documentation gives it for programs with a `main` of their own.
int LLVMFuzzerRunDriver(int *_Nonnull argc, char *_Nullable *_Nonnull *_Nonnull argv,
    int (*_Nonnull test)(const uint8_t *_Nullable data, size_t size));
