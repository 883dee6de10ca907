/** Benchmarks of layers and scorers; docs/benchmarks.md has their figures. */
@NullMarked
package io.rankline.model.benchmark;

import org.jspecify.annotations.NullMarked;
