/** Strategies that need a cluster: training masters and the all-reduce. */
@NullMarked
package io.rankline.spark.training;

import org.jspecify.annotations.NullMarked;
