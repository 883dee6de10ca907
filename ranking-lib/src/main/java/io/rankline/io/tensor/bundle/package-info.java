/**
 * TensorFlow's checkpoints, which SavedModels hold too: an index, and files of numbers.
 *
 * <p>Start at {@link io.rankline.io.tensor.bundle.TensorBundle}.
 */
@NullMarked
package io.rankline.io.tensor.bundle;

import org.jspecify.annotations.NullMarked;
