/** JMH benchmarks of the metrics; docs/benchmarks.md has their figures. */
@NullMarked
package io.rankline.metric.benchmark;

import org.jspecify.annotations.NullMarked;
