/**
 * Data of one format into files of another: sources, targets, shards, splits, and the Spark job
 * between them.
 *
 * <p>Start at {@link io.rankline.spark.convert.Conversion}. It carries every feature of every
 * record, so it does not go through the {@code elwc} source, whose schema is inferred from a
 * sample.
 */
@NullMarked
package io.rankline.spark.convert;

import org.jspecify.annotations.NullMarked;
