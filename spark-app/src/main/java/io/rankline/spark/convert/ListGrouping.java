package io.rankline.spark.convert;

import io.rankline.feature.RecordSpec;
import io.rankline.io.CorruptRecordException;
import io.rankline.io.QueriesAcrossFiles;
import io.rankline.io.record.ElwcAssembler;
import io.rankline.io.record.RecordFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.JavaPairRDD;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * Puts the items of a query together, wherever they stood: Spark sorts them to their file by query
 * and order of reading, spilling to disk, and one query at a time is held in memory.
 */
final class ListGrouping {

  private ListGrouping() {}

  /**
   * Lists as ELWC, one partition a file to be written.
   *
   * @param spec what to keep, or null for everything
   * @param acrossFiles whether the items of a query are one list, or one a file
   * @param joined is called with each query whose items stood in several files
   */
  static JavaPairRDD<ItemKey, byte[]> group(
      JavaPairRDD<ItemKey, FlatItem> items,
      ShardPartitioner shards,
      @Nullable RecordSpec spec,
      Naming naming,
      QueriesAcrossFiles acrossFiles,
      JoinedQueries joined,
      Rejects rejects) {
    return items
        .repartitionAndSortWithinPartitions(shards)
        .mapPartitionsToPair(
            sorted ->
                new Groups(
                    sorted,
                    spec == null
                        ? null
                        : new ElwcTranscoder(RecordFormat.ELWC, spec, naming.query()),
                    acrossFiles,
                    joined,
                    rejects));
  }

  private static final class Groups implements Iterator<Tuple2<ItemKey, byte[]>> {
    private final Iterator<Tuple2<ItemKey, FlatItem>> sorted;
    private final @Nullable ElwcTranscoder filter;
    private final QueriesAcrossFiles acrossFiles;
    private final JoinedQueries joined;
    private final Rejects rejects;
    private final ElwcAssembler record = new ElwcAssembler();
    private @Nullable Tuple2<ItemKey, FlatItem> ahead;
    private @Nullable Tuple2<ItemKey, byte[]> next;

    Groups(
        Iterator<Tuple2<ItemKey, FlatItem>> sorted,
        @Nullable ElwcTranscoder filter,
        QueriesAcrossFiles acrossFiles,
        JoinedQueries joined,
        Rejects rejects) {
      this.sorted = sorted;
      this.filter = filter;
      this.acrossFiles = acrossFiles;
      this.joined = joined;
      this.rejects = rejects;
      this.ahead = sorted.hasNext() ? sorted.next() : null;
    }

    @Override
    public boolean hasNext() {
      while (next == null && ahead != null) {
        next = readGroup(ahead);
      }
      return next != null;
    }

    @Override
    public Tuple2<ItemKey, byte[]> next() {
      if (!hasNext() || next == null) {
        throw new NoSuchElementException();
      }
      Tuple2<ItemKey, byte[]> result = next;
      next = null;
      return result;
    }

    /** The list of the query ahead, or null where it is skipped. */
    private @Nullable Tuple2<ItemKey, byte[]> readGroup(Tuple2<ItemKey, FlatItem> first) {
      String query = first._1.query();
      String lastFile = first._1.file();
      byte[] context = first._2.context();
      byte @Nullable [] different = null;
      int count = 0;
      Tuple2<ItemKey, FlatItem> item = first;
      while (item != null && isOfList(item._1, first._1)) {
        lastFile = item._1.file();
        if (different == null && !Arrays.equals(context, item._2.context())) {
          different = item._2.context();
        }
        record.add(item._2.example());
        count++;
        item = sorted.hasNext() ? sorted.next() : null;
      }
      ahead = item;
      if (!lastFile.equals(first._1.file())) {
        joined.add(query, first._1.file(), lastFile);
      }
      byte[] elwc = record.build(context);
      try {
        if (different != null) {
          throw ContextFault.of(context, different);
        }
        byte[] kept = filter == null ? elwc : filter.transcode(elwc, 0, elwc.length);
        return new Tuple2<>(first._1, kept);
      } catch (CorruptRecordException e) {
        reject(query, e, count);
        return null;
      }
    }

    private boolean isOfList(ItemKey item, ItemKey first) {
      return item.query().equals(first.query())
          && (acrossFiles == QueriesAcrossFiles.JOIN || item.file().equals(first.file()));
    }

    private void reject(String query, CorruptRecordException fault, int items) {
      try {
        rejects.reject("query '%s'".formatted(query), fault, items);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
