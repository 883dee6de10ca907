/*
 * Products of matrices for training, in float32, or in bfloat16 with sums in float32.
 *
 * Factors are packed in units of 32 bits: a float, or two bfloat16, an even number's 16 bits below
 * an odd one's. A factor on the left is packed in rows of units, up to a multiple of STEP units,
 * and a multiple of ROWS_OF_BLOCK rows. A factor on the right is packed in panels of PANEL columns:
 * for each unit of its inner side PANEL units, down to a multiple of STEP. What is beyond the end
 * is zero. bfloat16 are rounded to the nearest, ties to even; subnormal ones are taken as zero, as
 * the processor's instructions do.
 *
 * Every sum takes its terms in the order of the inner side, so a result has the same bits whatever
 * stands beside it. Do not compile this with -ffast-math. Lengths are checked by the caller.
 */
#define _GNU_SOURCE
#include <cpuid.h>
#include <immintrin.h>
#include <stdint.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "library.h"

#define VERSION 1
#define PANEL 32
#define STEP 16
#define ROWS_OF_BLOCK 32
#define MOST_ROWS 12

/* Ways of computing; Way has the same. The first one is in float32, the others in bfloat16. */
#define NONE 0
#define FLOATS 1
#define VECTORS 2
#define TILES 3
#define TILES_IN_C 4

static inline int64_t up(int64_t n, int64_t unit) { return (n + unit - 1) / unit * unit; }

/* Units of so many numbers. */
static inline int64_t units(int32_t way, int64_t numbers) {
  return way == FLOATS ? up(numbers, STEP) : up(numbers, 2 * STEP) / 2;
}

/* Units that a packed factor of so many numbers in each of so many rows takes. */
EXPORT int64_t rankline_packed_length(int32_t way, int64_t rows, int64_t numbers) {
  return up(rows, ROWS_OF_BLOCK) * units(way, numbers);
}

/* Older compilers know these instructions not at all, or not all of them. */
#if __has_include(<avx512bf16intrin.h>)
#define HAS_VECTORS 1
#endif
#if __has_include(<amxbf16intrin.h>)
#define HAS_TILES 1
#endif

#define AVX512 __attribute__((target("avx512f")))
#define INLINE static inline __attribute__((always_inline))

AVX512 INLINE __mmask16 first(int64_t n) {
  return n >= 16 ? 0xffff : n <= 0 ? 0 : (__mmask16)((1u << n) - 1);
}

/* Turns 16 vectors of 16 units: row i of the result has unit i of each. */
AVX512 INLINE void turn(__m512i v[16]) {
  __m512i t[16];
#pragma GCC unroll 16
  for (int i = 0; i < 16; i += 2) {
    t[i] = _mm512_unpacklo_epi32(v[i], v[i + 1]);
    t[i + 1] = _mm512_unpackhi_epi32(v[i], v[i + 1]);
  }
#pragma GCC unroll 16
  for (int i = 0; i < 16; i += 4) {
    v[i] = _mm512_unpacklo_epi64(t[i], t[i + 2]);
    v[i + 1] = _mm512_unpackhi_epi64(t[i], t[i + 2]);
    v[i + 2] = _mm512_unpacklo_epi64(t[i + 1], t[i + 3]);
    v[i + 3] = _mm512_unpackhi_epi64(t[i + 1], t[i + 3]);
  }
#pragma GCC unroll 16
  for (int i = 0; i < 16; i += 8) {
#pragma GCC unroll 4
    for (int j = 0; j < 4; j++) {
      t[i + j] = _mm512_shuffle_i32x4(v[i + j], v[i + j + 4], 0x88);
      t[i + j + 4] = _mm512_shuffle_i32x4(v[i + j], v[i + j + 4], 0xdd);
    }
  }
#pragma GCC unroll 8
  for (int j = 0; j < 8; j++) {
    v[j] = _mm512_shuffle_i32x4(t[j], t[j + 8], 0x88);
    v[j + 8] = _mm512_shuffle_i32x4(t[j], t[j + 8], 0xdd);
  }
}

#define NAME(n) n##_floats
#define TARGET AVX512
#define IN_UNIT 1
#include "products.inc"

#ifdef HAS_VECTORS
#define BF16 __attribute__((target("avx512f,avx512bw,avx512vl,avx512bf16")))
#define NAME(n) n##_pairs
#define TARGET BF16
#define IN_UNIT 2
#include "products.inc"
#endif

/* ---- products by tiles: 2 by 2 of 16 rows and 16 columns, 16 units at a time ---- */

/* Loads a block's sums, or zeroes, and stores them, where the block is not whole. */
static void rim(float *block, float *c, int64_t stride, int64_t rows, int64_t columns, int loads) {
  for (int64_t r = 0; r < rows; r++) {
    if (loads) {
      memcpy(block + r * PANEL, c + r * stride, columns * sizeof(float));
    } else {
      memcpy(c + r * stride, block + r * PANEL, columns * sizeof(float));
    }
  }
}

#define TILED(name, TARGET, BEGIN, ZERO, LOAD, PRODUCT, STORE, END)                             \
  TARGET static void name(int64_t rows, int64_t columns, int64_t units, const uint32_t *a,      \
                          const uint32_t *b, int32_t adds, float *c, int64_t stride) {          \
    BEGIN;                                                                                      \
    for (int64_t p = 0; p < columns; p += PANEL) {                                              \
      const uint32_t *panel = b + p * units;                                                    \
      int64_t width = columns - p < PANEL ? columns - p : PANEL;                                \
      for (int64_t r = 0; r < rows; r += ROWS_OF_BLOCK) {                                       \
        int64_t height = rows - r < ROWS_OF_BLOCK ? rows - r : ROWS_OF_BLOCK;                   \
        float own[ROWS_OF_BLOCK * PANEL];                                                       \
        int whole = width == PANEL && height == ROWS_OF_BLOCK;                                  \
        float *at = whole ? c + r * stride + p : own;                                           \
        int64_t apart = (whole ? stride : PANEL) * (int64_t)sizeof(float);                      \
        const uint32_t *left = a + r * units;                                                   \
        if (adds) {                                                                             \
          if (!whole) {                                                                         \
            memset(own, 0, sizeof own);                                                         \
            rim(own, c + r * stride + p, stride, height, width, 1);                             \
          }                                                                                     \
          LOAD(0, at, apart);                                                                   \
          LOAD(1, at + 16, apart);                                                              \
          LOAD(2, (char *)at + 16 * apart, apart);                                              \
          LOAD(3, (char *)at + 16 * apart + 64, apart);                                         \
        } else {                                                                                \
          ZERO(0);                                                                              \
          ZERO(1);                                                                              \
          ZERO(2);                                                                              \
          ZERO(3);                                                                              \
        }                                                                                       \
        for (int64_t k = 0; k < units; k += STEP) {                                             \
          LOAD(4, left + k, units * (int64_t)sizeof(uint32_t));                                 \
          LOAD(6, panel + k * PANEL, PANEL * (int64_t)sizeof(uint32_t));                        \
          LOAD(7, panel + k * PANEL + 16, PANEL * (int64_t)sizeof(uint32_t));                   \
          PRODUCT(0, 4, 6);                                                                     \
          PRODUCT(1, 4, 7);                                                                     \
          LOAD(5, left + 16 * units + k, units * (int64_t)sizeof(uint32_t));                    \
          PRODUCT(2, 5, 6);                                                                     \
          PRODUCT(3, 5, 7);                                                                     \
        }                                                                                       \
        STORE(0, at, apart);                                                                    \
        STORE(1, at + 16, apart);                                                               \
        STORE(2, (char *)at + 16 * apart, apart);                                               \
        STORE(3, (char *)at + 16 * apart + 64, apart);                                          \
        if (!whole) {                                                                           \
          rim(own, c + r * stride + p, stride, height, width, 0);                               \
        }                                                                                       \
      }                                                                                         \
    }                                                                                           \
    END;                                                                                        \
  }

#ifdef HAS_TILES
/* Eight tiles of 16 rows of 64 bytes. */
struct configuration {
  uint8_t palette;
  uint8_t start_row;
  uint8_t reserved[14];
  uint16_t bytes[16];
  uint8_t rows[16];
};

static const struct configuration TILE_CONFIGURATION = {
    .palette = 1,
    .bytes = {64, 64, 64, 64, 64, 64, 64, 64},
    .rows = {16, 16, 16, 16, 16, 16, 16, 16},
};

TILED(by_tiles, __attribute__((target("amx-tile,amx-bf16"))),
      _tile_loadconfig(&TILE_CONFIGURATION), _tile_zero, _tile_loadd, _tile_dpbf16ps, _tile_stored,
      _tile_release())
#endif

/* The same order of tiles with tiles in memory, for tests on processors without them. */
typedef struct {
  float t[8][16][16];
} Tiles;

static inline float half(uint32_t pair, int high) {
  uint32_t bits = high ? pair & 0xffff0000u : pair << 16;
  float value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

static void tile_load(float tile[16][16], const void *from, int64_t apart) {
  for (int r = 0; r < 16; r++) {
    memcpy(tile[r], (const char *)from + r * apart, 64);
  }
}

static void tile_store(float tile[16][16], void *to, int64_t apart) {
  for (int r = 0; r < 16; r++) {
    memcpy((char *)to + r * apart, tile[r], 64);
  }
}

static void tile_product(float sums[16][16], float left[16][16], float right[16][16]) {
  for (int r = 0; r < 16; r++) {
    for (int k = 0; k < 16; k++) {
      uint32_t a;
      memcpy(&a, &left[r][k], sizeof a);
      for (int c = 0; c < 16; c++) {
        uint32_t b;
        memcpy(&b, &right[k][c], sizeof b);
        sums[r][c] += half(a, 0) * half(b, 0);
        sums[r][c] += half(a, 1) * half(b, 1);
      }
    }
  }
}

#define C_LOAD(n, from, apart) tile_load(tiles.t[n], from, apart)
#define C_ZERO(n) memset(tiles.t[n], 0, sizeof tiles.t[n])
#define C_STORE(n, to, apart) tile_store(tiles.t[n], to, apart)
#define C_PRODUCT(c, a, b) tile_product(tiles.t[c], tiles.t[a], tiles.t[b])

TILED(by_tiles_in_c, , Tiles tiles, C_ZERO, C_LOAD, C_PRODUCT, C_STORE, (void)0)

/* ---- what is there ---- */

EXPORT int32_t rankline_version(void) { return VERSION; }

#ifdef HAS_VECTORS
static int leaf(unsigned sub, unsigned *eax, unsigned *edx) {
  unsigned ebx, ecx;
  return __get_cpuid_count(7, sub, eax, &ebx, &ecx, edx);
}
#endif

#ifdef HAS_TILES
/* Linux gives a process room for tiles only if it asks. */
static int may_use_tiles(void) {
  const long request = 0x1023, tile_data = 18;
  return syscall(SYS_arch_prctl, request, tile_data) == 0;
}
#endif

/* The fastest way in bfloat16 that this processor has, FLOATS without one, or NONE. */
EXPORT int32_t rankline_way(void) {
  if (rankline_vector_bits() < 512) {
    return NONE;
  }
#ifdef HAS_VECTORS
  unsigned eax = 0, edx = 0;
  if (__builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
      leaf(1, &eax, &edx) && (eax & 1u << 5)) {
#ifdef HAS_TILES
    if (leaf(0, &eax, &edx) && (edx & 1u << 22) && (edx & 1u << 24) && may_use_tiles()) {
      return TILES;
    }
#endif
    return VECTORS;
  }
#endif
  return FLOATS;
}

/* A way that was not found is never asked for; it would take the floats'. */
#ifdef HAS_VECTORS
#define IN_FORMAT(way, function, ...)  \
  if ((way) == FLOATS) {               \
    function##_floats(__VA_ARGS__);    \
  } else {                             \
    function##_pairs(__VA_ARGS__);     \
  }
#else
#define IN_FORMAT(way, function, ...) \
  (void)(way);                        \
  function##_floats(__VA_ARGS__);
#endif

EXPORT void rankline_pack_rows(int32_t way, const float *x, int64_t stride, int64_t rows,
                               int64_t columns, uint32_t *packed) {
  IN_FORMAT(way, pack_rows, x, stride, rows, columns, packed)
}

EXPORT void rankline_pack_rows_turned(int32_t way, const float *x, int64_t stride, int64_t rows,
                                      int64_t columns, uint32_t *packed) {
  IN_FORMAT(way, pack_rows_turned, x, stride, rows, columns, packed)
}

EXPORT void rankline_pack_panels(int32_t way, const float *x, int64_t stride, int64_t rows,
                                 int64_t columns, uint32_t *packed) {
  IN_FORMAT(way, pack_panels, x, stride, rows, columns, packed)
}

EXPORT void rankline_pack_panels_turned(int32_t way, const float *x, int64_t stride, int64_t rows,
                                        int64_t columns, uint32_t *packed) {
  IN_FORMAT(way, pack_panels_turned, x, stride, rows, columns, packed)
}

/*
 * c = a b, or c + a b: rows of a times panels of b, `inner` numbers in a row of a.
 *
 * c: [rows, columns], rows stride apart.
 */
EXPORT void rankline_product(int32_t way, int64_t rows, int64_t columns, int64_t inner,
                             const uint32_t *a, const uint32_t *b, int32_t adds, float *c,
                             int64_t stride) {
  int64_t length = units(way, inner);
#ifdef HAS_TILES
  if (way == TILES) {
    by_tiles(rows, columns, length, a, b, adds, c, stride);
    return;
  }
#endif
  if (way == TILES_IN_C) {
    by_tiles_in_c(rows, columns, length, a, b, adds, c, stride);
  } else {
    IN_FORMAT(way, product, rows, columns, length, a, b, adds, c, stride)
  }
}
