/**
 * A model as a SavedModel, for TensorFlow Serving and whatever else loads one, written without
 * TensorFlow.
 *
 * <p>Start at {@link io.rankline.export.tensorflow.TensorflowFormat}. {@code ModelGraph} writes the
 * graph, signature by signature; {@code evaluation} computes what was written, node by node.
 *
 * <p>Letters in shapes: B lists, L items of the longest of them, M items of all lists. Rows are
 * real items alone: padding is neither parsed nor scored.
 */
@NullMarked
package io.rankline.export.tensorflow;

import org.jspecify.annotations.NullMarked;
