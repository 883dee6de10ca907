/** How long a checkpoint takes. */
@NullMarked
package io.rankline.pipeline.checkpoint.benchmark;

import org.jspecify.annotations.NullMarked;
