/**
 * How batches come out of files: read, parsed, transformed, kept, shuffled, batched, on threads of
 * their own, so that whoever trains takes ready batches only.
 *
 * <p>Start at {@link io.rankline.pipeline.input.ShardedLists}. Rooms below: {@code shard} makes
 * lists of a file's records; {@code pass} decides in which order lists come, and which are kept.
 */
@NullMarked
package io.rankline.pipeline.input;

import org.jspecify.annotations.NullMarked;
