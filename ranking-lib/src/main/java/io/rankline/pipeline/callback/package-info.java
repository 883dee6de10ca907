/**
 * Callbacks that come with the pipeline: curves for TensorBoard, history, progress, early stopping,
 * lower learning rates on plateaus, the best model.
 *
 * <p>Start at {@link io.rankline.pipeline.callback.Callback}, the contract. Values of an epoch go
 * by Keras's names: {@code loss}, {@code val_loss}, {@code val_metric/ndcg_5}, {@code lr}. Epochs
 * are counted from 1.
 */
@NullMarked
package io.rankline.pipeline.callback;

import org.jspecify.annotations.NullMarked;
