/** What workers have in common. */
@NullMarked
package io.rankline.spark.training.worker;

import org.jspecify.annotations.NullMarked;
