/**
 * The scores of an exported model on new data, without labels, found on executors.
 *
 * <p>Start at {@link io.rankline.spark.scoring.Scoring}.
 */
@NullMarked
package io.rankline.spark.scoring;

import org.jspecify.annotations.NullMarked;
