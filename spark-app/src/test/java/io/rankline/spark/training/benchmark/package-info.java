/** How training scales over executors. */
@NullMarked
package io.rankline.spark.training.benchmark;

import org.jspecify.annotations.NullMarked;
