/** What the driver and its workers send each other: records that travel, and counters. */
@NullMarked
package io.rankline.spark.training.job;

import org.jspecify.annotations.NullMarked;
