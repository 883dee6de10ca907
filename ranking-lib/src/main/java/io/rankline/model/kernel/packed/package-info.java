/**
 * Products of matrices whose factors are packed for them, compiled from C: in float32, and in
 * bfloat16 with sums in float32.
 *
 * <p>Start at {@link io.rankline.model.kernel.packed.PackedProducts}, which says what this process
 * has. A bfloat16 has the sign, the exponent and the first 7 bits of the fraction of a float.
 * Processors with AMX or AVX512_BF16 multiply two to eight times as many of them in the same time.
 */
@NullMarked
package io.rankline.model.kernel.packed;

import org.jspecify.annotations.NullMarked;
