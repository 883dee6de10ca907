/**
 * Rankline beside XGBoost4J-Spark on the same queries, as one table.
 *
 * <p>Start at {@link io.rankline.peers.WorkersTable}, the program. It makes every {@link
 * io.rankline.peers.Trial}: a {@link io.rankline.peers.Peer} trains with a number of workers on
 * executor processes, on rows that lie as a {@link io.rankline.peers.Layout} says, undisturbed or
 * while {@link io.rankline.peers.TrainingStages} kills an executor.
 */
@NullMarked
package io.rankline.peers;

import org.jspecify.annotations.NullMarked;
