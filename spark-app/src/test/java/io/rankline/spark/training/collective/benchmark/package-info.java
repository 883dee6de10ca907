/** What the all-reduce costs beside the plainest way of moving the same bytes. */
@NullMarked
package io.rankline.spark.training.collective.benchmark;

import org.jspecify.annotations.NullMarked;
