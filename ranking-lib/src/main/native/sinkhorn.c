/*
 * Sinkhorn scaling of a band matrix K, and its gradient: P_rk = a_r K_rk b_k, as
 * io.rankline.loss.smooth.PlainSinkhorn has it in Java.
 *
 * Some rows at a time: their products with a vector of columns first, and while they are in cache
 * what these make of the rows is added up over rows. So the matrix is read once for both, and is
 * kept once. Do not compile this with -ffast-math.
 *
 * One block of memory, in doubles: the matrix, n rows `stride` apart, 0 outside of the band, n of
 * them rounded up to ROWS; then 2 (iterations + 1) vectors a_0, b_0, a_1, b_1, ...; then the
 * vectors that are named below. Each has `stride` numbers, n rounded up to 16, 0 beyond n. Lengths
 * are checked by the caller.
 */
#include <immintrin.h>
#include <stdint.h>

#include "library.h"

#define VERSION 1
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
  ENTRY_SUMS
};

typedef struct {
  double *matrix;
  double *scales;
  double *vectors;
  const int32_t *from;
  const int32_t *to;
  int64_t n;
  int64_t stride;
} sinkhorn;

static inline double *vector_of(const sinkhorn *s, int which) {
  return s->vectors + which * s->stride;
}

static inline double *row_scale(const sinkhorn *s, int64_t iteration) {
  return s->scales + 2 * iteration * s->stride;
}

static inline double *column_scale(const sinkhorn *s, int64_t iteration) {
  return s->scales + (2 * iteration + 1) * s->stride;
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
#define SUM _mm512_reduce_add_pd
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
#define SUM sum_of_four
TARGET static inline double sum_of_four(VECTOR v) {
  __m128d two = _mm_add_pd(_mm256_castpd256_pd128(v), _mm256_extractf128_pd(v, 1));
  return _mm_cvtsd_f64(_mm_add_sd(two, _mm_unpackhi_pd(two, two)));
}
#include "sinkhorn.inc"

EXPORT int32_t rankline_version(void) { return VERSION; }

static sinkhorn of_memory(double *memory, const int32_t *band, int64_t n, int64_t stride,
                          int64_t most_iterations) {
  int64_t rows = (n + ROWS - 1) / ROWS * ROWS;
  double *scales = memory + rows * stride;
  sinkhorn s = {memory, scales, scales + 2 * (most_iterations + 1) * stride, band, band + rows,
                n,      stride};
  return s;
}

/*
 * Scales columns and rows until every column sums to 1 within the tolerance. Returns the iterations.
 *
 * band: the first column of each row that is not 0, and one after the last, n of each rounded up.
 */
EXPORT int32_t rankline_sinkhorn_forward(int32_t bits, double *memory, const int32_t *band,
                                         int64_t n, int64_t stride, int64_t most_iterations,
                                         double tolerance) {
  sinkhorn s = of_memory(memory, band, n, stride, most_iterations);
  return bits == 512 ? forward_avx512(&s, most_iterations, tolerance)
                     : forward_avx2(&s, most_iterations, tolerance);
}

/* sum of OUTER_r P_rk INNER_k. */
EXPORT double rankline_sinkhorn_bilinear(int32_t bits, double *memory, const int32_t *band,
                                         int64_t n, int64_t stride, int64_t most_iterations,
                                         int64_t iterations) {
  sinkhorn s = of_memory(memory, band, n, stride, most_iterations);
  return bits == 512 ? bilinear_avx512(&s, iterations) : bilinear_avx2(&s, iterations);
}

/* How that changes with ln K: the sums over rows to SLOPE, those times n + 1 - 2 r to SCALED_SLOPE. */
EXPORT void rankline_sinkhorn_backward(int32_t bits, double *memory, const int32_t *band,
                                       int64_t n, int64_t stride, int64_t most_iterations,
                                       int64_t iterations) {
  sinkhorn s = of_memory(memory, band, n, stride, most_iterations);
  if (bits == 512) {
    backward_avx512(&s, iterations);
  } else {
    backward_avx2(&s, iterations);
  }
}
