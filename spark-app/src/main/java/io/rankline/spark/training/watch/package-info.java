/** What a driver tells of its training through Spark's metrics system, while it trains. */
@NullMarked
package io.rankline.spark.training.watch;

import org.jspecify.annotations.NullMarked;
