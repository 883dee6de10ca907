/* What every library of this folder has. */
#include <stdint.h>

#define EXPORT __attribute__((visibility("default")))

/* Bits of the vectors that this processor has: 512, 256, or 0 for none that will do. */
EXPORT int32_t rankline_vector_bits(void) {
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f")) {
    return 512;
  }
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? 256 : 0;
}
