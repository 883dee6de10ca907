/**
 * In which order lists come, and which of them stay in memory.
 *
 * <p>Start at {@link io.rankline.pipeline.input.pass.ListFlow}. One thread decides the order, from
 * the seed and from how many lists each file has; others parse ahead of it. So neither the number
 * of threads nor what is kept in memory changes a batch.
 *
 * <ul>
 *   <li>A pass reads every list once. Training draws the order of shards again for each, takes
 *       lists from a few shards in turn, and draws from a buffer of lists.
 *   <li>A slot is the place of one list in that order.
 * </ul>
 */
@NullMarked
package io.rankline.pipeline.input.pass;

import org.jspecify.annotations.NullMarked;
