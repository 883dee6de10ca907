/** What is said of slots and lost executors. */
@NullMarked
package io.rankline.spark.training.stage;

import org.jspecify.annotations.NullMarked;
