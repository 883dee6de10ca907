/**
 * From a file to its lists. A shard is one file; an ordinal is the place of a record in its shard,
 * from 0.
 *
 * <p>Start at {@link io.rankline.pipeline.input.shard.DatasetFiles}.
 */
@NullMarked
package io.rankline.pipeline.input.shard;

import org.jspecify.annotations.NullMarked;
