/**
 * Ranking metrics and the accumulators that merge them across partitions. Plain Java on arrays,
 * accumulated in double.
 */
@NullMarked
package io.rankline.metric;

import org.jspecify.annotations.NullMarked;
