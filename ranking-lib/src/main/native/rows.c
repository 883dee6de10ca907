/*
 * Rows of floats times a matrix, plus a bias, with a relu if wanted: the layers of a tower.
 *
 * Every sum starts from the bias and takes its terms in the order of the inputs, each by one fused
 * multiply-add. So a row has the same bits whatever stands beside it, on AVX2, on AVX-512, and in
 * io.rankline.frozen.step.Sums, which does the same in Java. Do not compile this with -ffast-math.
 *
 * Weights are packed in panels of PANEL columns: for each input PANEL weights, one after the other;
 * what is beyond the last column is zero. Lengths are checked by the caller.
 */
#include <immintrin.h>
#include <stdint.h>

#include "library.h"

#define VERSION 1
#define PANEL 32

/* 32 registers: 12 rows of 2 vectors, or 3 rows of 8. */
#define NAME(n) n##_avx512
#define TARGET __attribute__((target("avx512f")))
#define VECTOR __m512
#define LANES 16
#define MOST_ROWS 12
#define FEW_ROWS 3
#define LOAD _mm512_loadu_ps
#define STORE _mm512_storeu_ps
#define ALL _mm512_set1_ps
#define FMA _mm512_fmadd_ps
#define MAX _mm512_max_ps
#define ADD _mm512_add_ps
#include "rows.inc"

/* 16 registers: 6 rows of 2 vectors, or 1 row of 8. */
#define NAME(n) n##_avx2
#define TARGET __attribute__((target("avx2,fma")))
#define VECTOR __m256
#define LANES 8
#define MOST_ROWS 6
#define FEW_ROWS 1
#define LOAD _mm256_loadu_ps
#define STORE _mm256_storeu_ps
#define ALL _mm256_set1_ps
#define FMA _mm256_fmadd_ps
#define MAX _mm256_max_ps
#define ADD _mm256_add_ps
#include "rows.inc"

EXPORT int32_t rankline_version(void) { return VERSION; }

EXPORT int32_t rankline_panel(void) { return PANEL; }

/*
 * out[r][j] = bias[j] + sum over i of x[r][i] * weights[i][j], or the larger of that and 0.
 *
 * bits: of vectors, as rankline_vector_bits says. x: [rows, inputs], rows stride_in apart. out:
 * rows stride_out apart. panels: number of panels of columns; bias and out have PANEL columns for
 * each.
 */
EXPORT void rankline_dense(int32_t bits, const float *x, int64_t stride_in, int64_t rows,
                           int64_t inputs, const float *weights, const float *bias, int64_t panels,
                           int32_t relu, float *out, int64_t stride_out) {
  if (bits == 512) {
    dense_avx512(x, stride_in, rows, inputs, weights, bias, panels, relu, out, stride_out);
  } else {
    dense_avx2(x, stride_in, rows, inputs, weights, bias, panels, relu, out, stride_out);
  }
}
