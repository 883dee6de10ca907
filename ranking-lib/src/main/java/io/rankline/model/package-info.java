/**
 * Ranking models on DeepLearning4J: builders, the trained model, its parts and its description.
 *
 * <p>Start at {@link io.rankline.model.ModelBuilder}. Rooms below: {@code input} turns lists into
 * arrays, {@code graph} is what scorers build on, {@code scorer} has the scorers, {@code layer} has
 * DL4J's layers and vertices on rows, {@code kernel} their arithmetic, {@code optimizer} Keras's
 * optimizers.
 */
@NullMarked
package io.rankline.model;

import org.jspecify.annotations.NullMarked;
