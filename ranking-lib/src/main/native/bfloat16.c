/*
 * Products of matrices in bfloat16 with sums in float32, for training.
 *
 * A factor on the left is packed in rows: of each row its numbers two by two, an even number's 16
 * bits below an odd one's, up to a multiple of STEP pairs, and ROWS_OF_BLOCK rows or a multiple. A
 * factor on the right is packed in panels of PANEL columns: of each pair of rows PANEL pairs, down
 * to a multiple of STEP. What is beyond the end is zero. Numbers are rounded to the nearest, ties
 * to even; subnormal ones are taken as zero, as the processor's instructions do.
 *
 * Lengths are checked by the caller.
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

/* Ways of computing; Bfloat16Library has the same. */
#define NONE 0
#define VECTORS 1
#define TILES 2
#define TILES_IN_C 3

EXPORT int32_t rankline_version(void) { return VERSION; }

static inline int64_t up(int64_t n, int64_t unit) { return (n + unit - 1) / unit * unit; }

/* Numbers that a packed factor of so many rows and columns takes, two of 16 bits in each. */
EXPORT int64_t rankline_packed_length(int64_t rows, int64_t columns) {
  return up(rows, ROWS_OF_BLOCK) * up(columns, 2 * STEP) / 2;
}

/* Older compilers know these instructions not at all, or not all of them. */
#if __has_include(<avx512bf16intrin.h>)
#define HAS_VECTORS 1
#endif
#if __has_include(<amxbf16intrin.h>)
#define HAS_TILES 1
#endif

#ifdef HAS_VECTORS

#define BF16 __attribute__((target("avx512f,avx512bw,avx512vl,avx512bf16")))
#define INLINE static inline __attribute__((always_inline))

/* ---- packing ---- */

/* Two by two: 16 pairs of 32 floats in a row. */
BF16 INLINE __m512i pairs_along(__m512 first, __m512 second) {
  return (__m512i)_mm512_cvtne2ps_pbh(second, first);
}

/* One by one of two rows: 16 pairs. */
BF16 INLINE __m512i pairs_across(__m512 even, __m512 odd) {
  __m512i low = _mm512_cvtepu16_epi32((__m256i)_mm512_cvtneps_pbh(even));
  __m512i high = _mm512_cvtepu16_epi32((__m256i)_mm512_cvtneps_pbh(odd));
  return _mm512_or_si512(low, _mm512_slli_epi32(high, 16));
}

BF16 INLINE __mmask16 first(int64_t n) {
  return n >= 16 ? 0xffff : n <= 0 ? 0 : (__mmask16)((1u << n) - 1);
}

/* Turns 16 vectors of 16 pairs: row i of the result has pair i of each. */
BF16 INLINE void turn(__m512i v[16]) {
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

/* The left factor x [rows, columns] into rows of pairs. */
BF16 EXPORT void rankline_pack_rows(const float *x, int64_t stride, int64_t rows, int64_t columns,
                                    uint32_t *packed) {
  int64_t pairs = up(columns, 2 * STEP) / 2;
  for (int64_t r = 0; r < rows; r++) {
    const float *row = x + r * stride;
    uint32_t *to = packed + r * pairs;
    int64_t c = 0;
    for (; c + 32 <= columns; c += 32) {
      _mm512_storeu_si512(to + c / 2,
                          pairs_along(_mm512_loadu_ps(row + c), _mm512_loadu_ps(row + c + 16)));
    }
    if (c < columns) {
      _mm512_storeu_si512(
          to + c / 2, pairs_along(_mm512_maskz_loadu_ps(first(columns - c), row + c),
                                  _mm512_maskz_loadu_ps(first(columns - c - 16), row + c + 16)));
    }
  }
  memset(packed + rows * pairs, 0, (up(rows, ROWS_OF_BLOCK) - rows) * pairs * sizeof(uint32_t));
}

/* The left factor x' of x [rows, columns] into columns rows of pairs. */
BF16 EXPORT void rankline_pack_rows_turned(const float *x, int64_t stride, int64_t rows,
                                           int64_t columns, uint32_t *packed) {
  int64_t pairs = up(rows, 2 * STEP) / 2;
  int64_t all = up(columns, ROWS_OF_BLOCK);
  for (int64_t r = 0; r < rows; r += 32) {
    for (int64_t c = 0; c < all; c += 16) {
      __mmask16 there = first(columns - c);
      __m512i v[16];
      for (int i = 0; i < 16; i++) {
        int64_t even = r + 2 * i;
        __mmask16 one = even < rows ? there : 0;
        __mmask16 other = even + 1 < rows ? there : 0;
        v[i] = pairs_across(_mm512_maskz_loadu_ps(one, x + even * stride + c),
                            _mm512_maskz_loadu_ps(other, x + (even + 1) * stride + c));
      }
      turn(v);
      for (int i = 0; i < 16; i++) {
        _mm512_storeu_si512(packed + (c + i) * pairs + r / 2, v[i]);
      }
    }
  }
}

/* The right factor x [rows, columns] into panels of columns. */
BF16 EXPORT void rankline_pack_panels(const float *x, int64_t stride, int64_t rows,
                                      int64_t columns, uint32_t *packed) {
  int64_t pairs = up(rows, 2 * STEP) / 2;
  for (int64_t p = 0; p < columns; p += PANEL) {
    uint32_t *panel = packed + p * pairs;
    for (int64_t k = 0; k < pairs; k++) {
      for (int64_t c = p; c < p + PANEL; c += 16) {
        __mmask16 there = first(columns - c);
        __mmask16 one = 2 * k < rows ? there : 0;
        __mmask16 other = 2 * k + 1 < rows ? there : 0;
        _mm512_storeu_si512(panel + k * PANEL + c - p,
                            pairs_across(_mm512_maskz_loadu_ps(one, x + 2 * k * stride + c),
                                         _mm512_maskz_loadu_ps(other, x + (2 * k + 1) * stride + c)));
      }
    }
  }
}

/* The right factor x' of x [rows, columns] into panels of x's rows. */
BF16 EXPORT void rankline_pack_panels_turned(const float *x, int64_t stride, int64_t rows,
                                             int64_t columns, uint32_t *packed) {
  int64_t pairs = up(columns, 2 * STEP) / 2;
  int64_t all = up(rows, PANEL);
  for (int64_t r = 0; r < all; r += 16) {
    uint32_t *panel = packed + r / PANEL * PANEL * pairs + r % PANEL;
    for (int64_t c = 0; c < columns; c += 32) {
      __m512i v[16];
      for (int i = 0; i < 16; i++) {
        int64_t left = r + i < rows ? columns - c : 0;
        const float *row = x + (r + i) * stride + c;
        v[i] = pairs_along(_mm512_maskz_loadu_ps(first(left), row),
                           _mm512_maskz_loadu_ps(first(left - 16), row + 16));
      }
      turn(v);
      for (int i = 0; i < 16; i++) {
        _mm512_storeu_si512(panel + (c / 2 + i) * PANEL, v[i]);
      }
    }
  }
}

/* ---- products by vectors ---- */

#define MOST_ROWS 12

BF16 INLINE void block(const int rows, const uint32_t *a, int64_t pairs, const uint32_t *b,
                       int64_t columns, int32_t adds, float *c, int64_t stride) {
  __mmask16 left = first(columns);
  __mmask16 right = first(columns - 16);
  __m512 sum[MOST_ROWS][2];
#pragma GCC unroll 12
  for (int r = 0; r < rows; r++) {
    sum[r][0] = _mm512_setzero_ps();
    sum[r][1] = _mm512_setzero_ps();
  }
  for (int64_t k = 0; k < pairs; k++) {
    __m512bh b0 = (__m512bh)_mm512_loadu_si512(b + k * PANEL);
    __m512bh b1 = (__m512bh)_mm512_loadu_si512(b + k * PANEL + 16);
#pragma GCC unroll 12
    for (int r = 0; r < rows; r++) {
      __m512bh pair = (__m512bh)_mm512_set1_epi32((int32_t)a[r * pairs + k]);
      sum[r][0] = _mm512_dpbf16_ps(sum[r][0], pair, b0);
      sum[r][1] = _mm512_dpbf16_ps(sum[r][1], pair, b1);
    }
  }
#pragma GCC unroll 12
  for (int r = 0; r < rows; r++) {
    float *to = c + r * stride;
    if (adds) {
      sum[r][0] = _mm512_add_ps(sum[r][0], _mm512_maskz_loadu_ps(left, to));
      sum[r][1] = _mm512_add_ps(sum[r][1], _mm512_maskz_loadu_ps(right, to + 16));
    }
    _mm512_mask_storeu_ps(to, left, sum[r][0]);
    _mm512_mask_storeu_ps(to + 16, right, sum[r][1]);
  }
}

#define CASE(n)                                                    \
  case n:                                                          \
    block(n, from, pairs, panel, columns - p, adds, to, stride);   \
    break;

BF16 static void by_vectors(int64_t rows, int64_t columns, int64_t pairs, const uint32_t *a,
                            const uint32_t *b, int32_t adds, float *c, int64_t stride) {
  for (int64_t p = 0; p < columns; p += PANEL) {
    const uint32_t *panel = b + p * pairs;
    for (int64_t done = 0; done < rows;) {
      int64_t left = rows - done;
      int64_t blocks = (left + MOST_ROWS - 1) / MOST_ROWS;
      int64_t count = (left + blocks - 1) / blocks;
      const uint32_t *from = a + done * pairs;
      float *to = c + done * stride + p;
      switch (count) {
        CASE(1)
        CASE(2)
        CASE(3)
        CASE(4)
        CASE(5)
        CASE(6)
        CASE(7)
        CASE(8)
        CASE(9)
        CASE(10)
        CASE(11)
        CASE(12)
      }
      done += count;
    }
  }
}

/* ---- products by tiles: 2 by 2 of 16 rows and 16 columns, 16 pairs at a time ---- */

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
  TARGET static void name(int64_t rows, int64_t columns, int64_t pairs, const uint32_t *a,      \
                          const uint32_t *b, int32_t adds, float *c, int64_t stride) {          \
    BEGIN;                                                                                      \
    for (int64_t p = 0; p < columns; p += PANEL) {                                              \
      const uint32_t *panel = b + p * pairs;                                                    \
      int64_t width = columns - p < PANEL ? columns - p : PANEL;                                \
      for (int64_t r = 0; r < rows; r += ROWS_OF_BLOCK) {                                       \
        int64_t height = rows - r < ROWS_OF_BLOCK ? rows - r : ROWS_OF_BLOCK;                   \
        float own[ROWS_OF_BLOCK * PANEL];                                                       \
        int whole = width == PANEL && height == ROWS_OF_BLOCK;                                  \
        float *at = whole ? c + r * stride + p : own;                                           \
        int64_t apart = (whole ? stride : PANEL) * (int64_t)sizeof(float);                      \
        const uint32_t *left = a + r * pairs;                                                   \
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
        for (int64_t k = 0; k < pairs; k += STEP) {                                             \
          LOAD(4, left + k, pairs * (int64_t)sizeof(uint32_t));                                 \
          LOAD(6, panel + k * PANEL, PANEL * (int64_t)sizeof(uint32_t));                        \
          LOAD(7, panel + k * PANEL + 16, PANEL * (int64_t)sizeof(uint32_t));                   \
          PRODUCT(0, 4, 6);                                                                     \
          PRODUCT(1, 4, 7);                                                                     \
          LOAD(5, left + 16 * pairs + k, pairs * (int64_t)sizeof(uint32_t));                    \
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

static int leaf(unsigned sub, unsigned *eax, unsigned *edx) {
  unsigned ebx, ecx;
  return __get_cpuid_count(7, sub, eax, &ebx, &ecx, edx);
}

#ifdef HAS_TILES
/* Linux gives a process room for tiles only if it asks. */
static int may_use_tiles(void) {
  const long request = 0x1023, tile_data = 18;
  return syscall(SYS_arch_prctl, request, tile_data) == 0;
}
#endif

/* The fastest way that this processor has: NONE, VECTORS or TILES. */
EXPORT int32_t rankline_way(void) {
  unsigned eax = 0, edx = 0;
  if (rankline_vector_bits() < 512 || !__builtin_cpu_supports("avx512bw") ||
      !__builtin_cpu_supports("avx512vl") || !leaf(1, &eax, &edx) || !(eax & 1u << 5)) {
    return NONE;
  }
#ifdef HAS_TILES
  if (leaf(0, &eax, &edx) && (edx & 1u << 22) && (edx & 1u << 24) && may_use_tiles()) {
    return TILES;
  }
#endif
  return VECTORS;
}

/*
 * c = a b, or c + a b: rows of a times panels of b, `inner` numbers in a row of a.
 *
 * c: [rows, columns], rows stride apart.
 */
EXPORT void rankline_product(int32_t way, int64_t rows, int64_t columns, int64_t inner,
                             const uint32_t *a, const uint32_t *b, int32_t adds, float *c,
                             int64_t stride) {
  int64_t pairs = up(inner, 2 * STEP) / 2;
#ifdef HAS_TILES
  if (way == TILES) {
    by_tiles(rows, columns, pairs, a, b, adds, c, stride);
    return;
  }
#endif
  if (way == TILES_IN_C) {
    by_tiles_in_c(rows, columns, pairs, a, b, adds, c, stride);
  } else {
    by_vectors(rows, columns, pairs, a, b, adds, c, stride);
  }
}

#else

EXPORT int32_t rankline_way(void) { return NONE; }

/* Never called where there is no way, but looked for. */
EXPORT void rankline_pack_rows(void) {}
EXPORT void rankline_pack_rows_turned(void) {}
EXPORT void rankline_pack_panels(void) {}
EXPORT void rankline_pack_panels_turned(void) {}
EXPORT void rankline_product(void) {}

#endif
