/**
 * The graph of a SavedModel, read from its bytes and computed node by node in plain Java, by the
 * rules that TensorFlow documents for each operation. It knows nothing of how the graph came about.
 *
 * <p>Start at {@link io.rankline.export.tensorflow.evaluation.SavedModelScorer}. Operations stand
 * in tables, one for each family; integers of any width are longs.
 */
@NullMarked
package io.rankline.export.tensorflow.evaluation;

import org.jspecify.annotations.NullMarked;
