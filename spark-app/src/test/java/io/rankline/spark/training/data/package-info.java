/** How lists are dealt out to workers, and in which order they are trained on. */
@NullMarked
package io.rankline.spark.training.data;

import org.jspecify.annotations.NullMarked;
