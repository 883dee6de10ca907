/**
 * Models that were trained with TF-Ranking or Keras: their weights in a model of the same shape.
 *
 * <p>Start at {@link io.rankline.keras.TowerImport}.
 */
@NullMarked
package io.rankline.keras;

import org.jspecify.annotations.NullMarked;
