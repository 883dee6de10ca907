/**
 * Exported models: signatures, loading, prediction.
 *
 * <p>Start at {@link io.rankline.serving.SavedRankingModel}, which is saved from a {@link
 * io.rankline.serving.ModelExport}; {@link io.rankline.serving.Signatures} calls it the way
 * TensorFlow Serving does.
 */
@NullMarked
package io.rankline.serving;

import org.jspecify.annotations.NullMarked;
