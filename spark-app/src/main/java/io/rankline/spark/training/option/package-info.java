/** The {@code strategy_options} of the strategies that train on executors. */
@NullMarked
package io.rankline.spark.training.option;

import org.jspecify.annotations.NullMarked;
