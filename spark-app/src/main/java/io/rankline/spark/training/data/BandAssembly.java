package io.rankline.spark.training.data;

import io.rankline.data.RankingList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/** Puts the blocks of a partition together, band by band; they come sorted by band. */
final class BandAssembly implements Iterator<Band> {

  private final Iterator<Tuple2<BandKey, ListBlock>> blocks;
  private @Nullable Tuple2<BandKey, ListBlock> pending;

  BandAssembly(Iterator<Tuple2<BandKey, ListBlock>> blocks) {
    this.blocks = blocks;
  }

  @Override
  public boolean hasNext() {
    return pending != null || blocks.hasNext();
  }

  @Override
  public Band next() {
    Tuple2<BandKey, ListBlock> block = pending == null ? blocks.next() : pending;
    pending = null;
    int band = block._1().band();
    List<PlacedList> lists = new ArrayList<>(block._2().lists());
    while (blocks.hasNext()) {
      block = blocks.next();
      if (block._1().band() != band) {
        pending = block;
        break;
      }
      lists.addAll(block._2().lists());
    }
    Collections.sort(lists);
    List<RankingList> sorted = new ArrayList<>(lists.size());
    lists.forEach(placed -> sorted.add(placed.list()));
    return new Band(band, sorted);
  }
}
