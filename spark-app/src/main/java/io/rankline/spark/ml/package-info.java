/** Spark ML: an estimator, its model, and a ranking evaluator. */
@NullMarked
package io.rankline.spark.ml;

import org.jspecify.annotations.NullMarked;
