/** How fast batches come, and how long a training waits for them. */
@NullMarked
package io.rankline.pipeline.benchmark;

import org.jspecify.annotations.NullMarked;
