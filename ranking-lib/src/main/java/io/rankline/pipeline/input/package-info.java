/**
 * How batches come out of files: read, parsed, transformed, kept, shuffled, batched, on threads of
 * their own, so that whoever trains takes ready batches only.
 *
 * <p>Start at {@link io.rankline.pipeline.input.ShardedLists}. The order of lists is decided by one
 * thread from the seed and from how many lists each file has; parsing runs ahead on others and has
 * no say in it. That is why neither the number of threads nor what is kept in memory changes a
 * batch.
 *
 * <ul>
 *   <li>A shard is one file; an ordinal is the place of a record in its shard, from 0.
 *   <li>A pass reads every list once. Training draws the order of shards again for each, takes
 *       lists from a few shards in turn, and draws from a buffer of lists.
 *   <li>A slot is the place of one list in that order.
 * </ul>
 */
@NullMarked
package io.rankline.pipeline.input;

import org.jspecify.annotations.NullMarked;
