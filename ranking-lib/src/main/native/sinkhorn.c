/*
 * Sinkhorn scaling of a band matrix K, and its gradient: P_rk = a_r K_rk b_k, as
 * io.rankline.loss.smooth.PlainSinkhorn has it in Java.
 *
 * Some rows, a group, at a time: their products with a vector of columns first, and while they are
 * in cache what these make of the rows is added up over rows. So the matrix is read once for both,
 * and is kept once. Do not compile this with -ffast-math.
 *
 * Rows of scores that lie close enough together are kept by powers: row j of a group is its first
 * row times the j-th power of a factor of each column, up to a number that the scale of the row
 * takes away. A quarter of the matrix stays in the first cache, and a sum over rows is a polynomial
 * of the factor.
 *
 * One block of memory, in doubles: the matrix, n rows rounded up to ROWS, `stride` numbers each;
 * then 2 (iterations + 1) vectors a_0, b_0, a_1, b_1, ...; then the vectors that are named below.
 * Each has `stride` numbers, n rounded up to 16, 0 beyond n. The matrix is given either as rows
 * `stride` apart, or by powers as the first rows of groups, one directly behind the other. Each
 * group has zeros from its band to its ends. Lengths are checked by the caller.
 */
#include <immintrin.h>
#include <stdint.h>

#include "library.h"

#define VERSION 2
#define ROWS 4
#define MOST_SUMS 3

/* The vectors after the scales. */
enum {
  OUTER,
  INNER,
  SLOPE,
  SCALED_SLOPE,
  COLUMNS,
  COLUMN_SLOPE,
  SUMS,
  SCALED_SUMS,
  OWN_SUMS,
  ENTRY_SUMS,
  ROW_SLOPE,
  SCALED_ROW_SLOPE,
  OWN,
  POSITIONS,
  POWERS,
  COPY = POWERS + ROWS - 1 /* and ROWS - 1 more */
};

typedef struct {
  double *matrix;
  double *scales;
  double *vectors;
  const int32_t *from;
  const int32_t *to;
  int64_t n;
  int64_t stride;
  int by_powers;
} sinkhorn;

static inline double *vector_of(const sinkhorn *s, int which) {
  return s->vectors + which * s->stride;
}

/* The factor of row j of a group, for each column; j is 1 or more. */
static inline double *power(const sinkhorn *s, int j) {
  return vector_of(s, POWERS + j - 1);
}

static inline double *row_scale(const sinkhorn *s, int64_t iteration) {
  return s->scales + 2 * iteration * s->stride;
}

static inline double *column_scale(const sinkhorn *s, int64_t iteration) {
  return s->scales + (2 * iteration + 1) * s->stride;
}

__attribute__((target("avx"))) static inline __m256d sums_of_fours(const __m256d row[ROWS]) {
  __m256d first = _mm256_hadd_pd(row[0], row[1]);
  __m256d second = _mm256_hadd_pd(row[2], row[3]);
  return _mm256_add_pd(_mm256_permute2f128_pd(first, second, 0x20),
                       _mm256_permute2f128_pd(first, second, 0x31));
}

__attribute__((target("avx512f"))) static inline __m256d sums_of_eights(const __m512d row[ROWS]) {
  __m256d half[ROWS];
#pragma GCC unroll 4
  for (int j = 0; j < ROWS; j++) {
    half[j] =
        _mm256_add_pd(_mm512_castpd512_pd256(row[j]), _mm512_extractf64x4_pd(row[j], 1));
  }
  return sums_of_fours(half);
}

#define NAME(n) n##_avx512
#define TARGET __attribute__((target("avx512f")))
#define VECTOR __m512d
#define LANES 8
#define LOAD _mm512_loadu_pd
#define STORE _mm512_storeu_pd
#define ALL _mm512_set1_pd
#define ZERO _mm512_setzero_pd
#define FMA _mm512_fmadd_pd
#define ADD _mm512_add_pd
#define SUB _mm512_sub_pd
#define MUL _mm512_mul_pd
#define SUMS_OF_ROWS sums_of_eights
#include "sinkhorn.inc"

#define NAME(n) n##_avx2
#define TARGET __attribute__((target("avx2,fma")))
#define VECTOR __m256d
#define LANES 4
#define LOAD _mm256_loadu_pd
#define STORE _mm256_storeu_pd
#define ALL _mm256_set1_pd
#define ZERO _mm256_setzero_pd
#define FMA _mm256_fmadd_pd
#define ADD _mm256_add_pd
#define SUB _mm256_sub_pd
#define MUL _mm256_mul_pd
#define SUMS_OF_ROWS sums_of_fours
#include "sinkhorn.inc"

EXPORT int32_t rankline_version(void) { return VERSION; }

static sinkhorn of_memory(double *memory, const int32_t *band, int64_t n, int64_t stride,
                          int64_t most_iterations, int32_t by_powers) {
  int64_t groups = (n + ROWS - 1) / ROWS;
  double *scales = memory + groups * ROWS * stride;
  sinkhorn s = {memory, scales, scales + 2 * (most_iterations + 1) * stride, band, band + groups,
                n,      stride, by_powers};
  return s;
}

/*
 * Scales columns and rows until every column sums to 1 within the tolerance. Returns the iterations.
 *
 * band: the first column of each group that is not 0, and one after the last, n / ROWS of each
 * rounded up; multiples of the numbers in a vector.
 */
EXPORT int32_t rankline_sinkhorn_forward(int32_t bits, double *memory, const int32_t *band,
                                         int64_t n, int64_t stride, int64_t most_iterations,
                                         int32_t by_powers, double tolerance) {
  sinkhorn s = of_memory(memory, band, n, stride, most_iterations, by_powers);
  return bits == 512 ? forward_avx512(&s, most_iterations, tolerance)
                     : forward_avx2(&s, most_iterations, tolerance);
}

/* sum of OUTER_r P_rk INNER_k. */
EXPORT double rankline_sinkhorn_bilinear(int32_t bits, double *memory, const int32_t *band,
                                         int64_t n, int64_t stride, int64_t most_iterations,
                                         int32_t by_powers, int64_t iterations) {
  sinkhorn s = of_memory(memory, band, n, stride, most_iterations, by_powers);
  return bits == 512 ? bilinear_avx512(&s, iterations) : bilinear_avx2(&s, iterations);
}

/*
 * How that changes with ln K: the sums over rows to SLOPE, those times n + 1 - 2 r to SCALED_SLOPE.
 * Overwrites OUTER.
 */
EXPORT void rankline_sinkhorn_backward(int32_t bits, double *memory, const int32_t *band,
                                       int64_t n, int64_t stride, int64_t most_iterations,
                                       int32_t by_powers, int64_t iterations) {
  sinkhorn s = of_memory(memory, band, n, stride, most_iterations, by_powers);
  if (bits == 512) {
    backward_avx512(&s, iterations);
  } else {
    backward_avx2(&s, iterations);
  }
}
