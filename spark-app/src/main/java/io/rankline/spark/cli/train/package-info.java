/** What {@code train} prints: progress, and the model's numbers beside those of baselines. */
@NullMarked
package io.rankline.spark.cli.train;

import org.jspecify.annotations.NullMarked;
