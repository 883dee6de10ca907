/**
 * What has been trained on: rounds of a retraining, each by the files that the model that serves
 * has not seen.
 */
@NullMarked
package io.rankline.spark.retraining;

import org.jspecify.annotations.NullMarked;
