/**
 * Lists of several requests scored as one batch, by TensorFlow Serving's parameters.
 *
 * <p>Start at {@link io.rankline.server.batch.BatchScheduler}.
 */
@NullMarked
package io.rankline.server.batch;

import org.jspecify.annotations.NullMarked;
