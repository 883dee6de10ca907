/**
 * Trained weights as other tools store them: named tensors of a file.
 *
 * <p>Start at {@link io.rankline.io.tensor.TensorFile}. Values are in row-major order: the last
 * dimension moves fastest.
 */
@NullMarked
package io.rankline.io.tensor;

import org.jspecify.annotations.NullMarked;
