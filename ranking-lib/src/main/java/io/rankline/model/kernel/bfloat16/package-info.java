/**
 * Products of matrices in bfloat16 with sums in float32, compiled from C.
 *
 * <p>Start at {@link io.rankline.model.kernel.bfloat16.Bfloat16Gemm}. A bfloat16 has the sign, the
 * exponent and the first 7 bits of the fraction of a float. Processors with AMX or AVX512_BF16
 * multiply two to eight times as many of them in the same time.
 */
@NullMarked
package io.rankline.model.kernel.bfloat16;

import org.jspecify.annotations.NullMarked;
