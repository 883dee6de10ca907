/**
 * What a record holds and how its values become columns: feature, label and weight specs.
 *
 * <p>Start at {@link io.rankline.feature.RecordSpec}, the specs of one data set; its text form
 * (HOCON, which includes JSON) is read by {@code RecordSpecText}. {@link
 * io.rankline.feature.transform.Transform} says what becomes of numbers before a model reads them,
 * {@link io.rankline.feature.token.TokenIndex} which row of an embedding table a token is.
 */
@NullMarked
package io.rankline.feature;

import org.jspecify.annotations.NullMarked;
