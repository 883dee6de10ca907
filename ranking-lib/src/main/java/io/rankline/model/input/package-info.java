/**
 * From lists to the arrays that a graph takes: input creators, preprocessors, encoders.
 *
 * <p>Start at {@link io.rankline.model.input.FeatureSpecInputCreator} and {@link
 * io.rankline.model.input.PreprocessorWithSpec}.
 */
@NullMarked
package io.rankline.model.input;

import org.jspecify.annotations.NullMarked;
