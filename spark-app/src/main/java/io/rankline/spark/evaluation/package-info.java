/** Metrics over a distributed data set. */
@NullMarked
package io.rankline.spark.evaluation;

import org.jspecify.annotations.NullMarked;
