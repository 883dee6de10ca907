package io.rankline.spark.training.data;

import io.rankline.data.RankingList;
import io.rankline.pipeline.input.shard.OpenFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/** The lists of some files in blocks, read as they are asked for. */
final class BlockStream implements Iterator<Tuple2<BandKey, ListBlock>> {

  /** Numbers that open blocks hold, 64 MB of them, before all are sent on. */
  private static final long MOST_VALUES = 1 << 24;

  private final FileReading reading;
  private final Iterator<Integer> files;
  private final Deque<Tuple2<BandKey, ListBlock>> ready = new ArrayDeque<>();
  private @Nullable OpenFile lists;
  private long number;

  BlockStream(FileReading reading, Iterator<Integer> files) {
    this.reading = reading;
    this.files = files;
  }

  @Override
  public boolean hasNext() {
    try {
      while (ready.isEmpty() && (lists != null || files.hasNext())) {
        fill();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return !ready.isEmpty();
  }

  @Override
  public Tuple2<BandKey, ListBlock> next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the files have no more lists");
    }
    return ready.remove();
  }

  private void fill() throws IOException {
    OpenFile open = lists;
    if (open == null) {
      int file = files.next();
      open = reading.open(file);
      lists = open;
      number = reading.firsts()[file];
    }
    SortedMap<BandKey, ListBlock> blocks = new TreeMap<>();
    long values = 0;
    RankingList list = null;
    while (values < MOST_VALUES && (list = open.next()) != null) {
      RankingList transformed = reading.encoder().transform(list);
      long place = reading.deal().place(number++);
      BandKey key = new BandKey(reading.deal().partition(place), reading.deal().band(place));
      blocks.computeIfAbsent(key, k -> new ListBlock()).add(place, transformed);
      values += transformed.examples().length;
    }
    if (list == null) {
      reading.skipped().add(open.skipped());
      reading.lostBytes().add(open.lostBytes());
      open.firstSkipped().forEach(reading.damage()::add);
      open.close();
      lists = null;
    }
    blocks.forEach((key, block) -> ready.add(new Tuple2<>(key, block)));
  }
}
