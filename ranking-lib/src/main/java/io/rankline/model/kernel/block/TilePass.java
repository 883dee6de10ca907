package io.rankline.model.kernel.block;

import io.rankline.model.kernel.Tile;

/** What a worker does with rows that are on the heap. */
@FunctionalInterface
interface TilePass {
  void apply(int worker, Tile tile, int row, int count);
}
