/** Opens what tests of trees look at. */
@NullMarked
package io.rankline.spark.training.worker;

import org.jspecify.annotations.NullMarked;
