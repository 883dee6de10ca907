/** Trees that grow on Spark executors, with XGBoost and Spark on one class path. */
@NullMarked
package io.rankline.cluster.trees;

import org.jspecify.annotations.NullMarked;
