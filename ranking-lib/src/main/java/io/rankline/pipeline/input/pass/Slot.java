package io.rankline.pipeline.input.pass;

import io.rankline.data.RankingList;
import org.jspecify.annotations.Nullable;

/**
 * The place of one list in the order of a pass.
 *
 * @param shard number of its shard
 * @param ordinal of its record in the shard
 * @param list null where it is passed over
 */
record Slot(int shard, int ordinal, @Nullable RankingList list) {}
