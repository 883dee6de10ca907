/** What a worker does inside one Spark task: a replica, its share of the data, and the ring. */
@NullMarked
package io.rankline.spark.training.worker;

import org.jspecify.annotations.NullMarked;
