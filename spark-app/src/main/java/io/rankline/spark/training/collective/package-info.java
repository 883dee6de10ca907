/**
 * Sums of arrays over the workers of a job: a ring of TCP connections, each worker sending to the
 * next and receiving from the one before.
 *
 * <p>A worker opens a {@link io.rankline.spark.training.collective.RingEndpoint}, tells the others
 * its address, and joins with everybody's addresses; from then on each rank calls the same
 * operations of its {@link io.rankline.spark.training.collective.Ring} in the same order. The room
 * knows nothing of Spark or of networks to train: it takes buffers.
 *
 * <p>All of it runs on the caller's thread, over channels that never block. So an interrupt, a
 * neighbour that dies and one that says nothing are seen in one place, and there is no thread to
 * leave behind. Letters: <b>N</b> ranks, numbered 0 to N - 1.
 */
@NullMarked
package io.rankline.spark.training.collective;

import org.jspecify.annotations.NullMarked;
