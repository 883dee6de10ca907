package io.rankline.spark.scoring;

import io.rankline.io.CorruptRecordException;
import io.rankline.io.CorruptRecordPolicy;
import io.rankline.io.CorruptShare;
import io.rankline.spark.terminal.UsageException;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.LongAccumulator;

/** Counts, over all tasks, what was scored and what was skipped. */
final class ScoringCounts implements Serializable {

  private static final long serialVersionUID = 1;

  /** So many faults are brought to the driver from each task; all are counted. */
  private static final int TOLD = 5;

  private final CorruptRecordPolicy policy;
  private final LongAccumulator lists;
  private final LongAccumulator items;
  private final LongAccumulator skipped;
  private final CollectionAccumulator<String> faults;
  private final ArrayList<LongAccumulator> named = new ArrayList<>();
  private final List<String> itemColumns;

  /**
   * Nothing yet.
   *
   * @param itemColumns columns that were named for what goes along with the scores
   */
  ScoringCounts(SparkContext spark, CorruptRecordPolicy policy, List<String> itemColumns) {
    this.policy = policy;
    this.itemColumns = List.copyOf(itemColumns);
    for (String column : itemColumns) {
      named.add(spark.longAccumulator("items with " + column));
    }
    this.lists = spark.longAccumulator("lists scored");
    this.items = spark.longAccumulator("items scored");
    this.skipped = spark.longAccumulator("lists skipped");
    this.faults = spark.collectionAccumulator("faults of lists");
  }

  void scored(int itemsOfList, ScoredItems ofList) {
    lists.add(1);
    items.add(itemsOfList);
    for (int column = 0; column < named.size(); column++) {
      long found = 0;
      for (int item = 0; item < itemsOfList; item++) {
        found += ofList.names(item)[column] == null ? 0 : 1;
      }
      named.get(column).add(found);
    }
  }

  /**
   * Ends the work where nothing was scored, or a column that was asked for is nowhere.
   *
   * @param name of the data
   */
  void requireSome(String name) throws IOException {
    if (lists() == 0) {
      throw new IOException("'%s' holds no list".formatted(name));
    }
    for (int column = 0; column < named.size(); column++) {
      if (items() > 0 && named.get(column).value() == 0) {
        throw new UsageException(
            "--item-column: no item of '%s', and no query, has '%s'"
                .formatted(name, itemColumns.get(column)));
      }
    }
  }

  /** Skips a list that the model cannot read, or ends the work, as the policy says. */
  void reject(String query, CorruptRecordException fault) {
    String told = "query '%s': %s".formatted(query, fault.getMessage());
    if (policy == CorruptRecordPolicy.FAIL) {
      throw new UncheckedIOException(new CorruptRecordException(told, null, fault));
    }
    skipped.add(1);
    if (faults.value().size() < TOLD) {
      faults.add(told);
    }
  }

  /**
   * Ends the work where too many lists were skipped.
   *
   * @param name of the data
   */
  void require(CorruptShare share, String name) throws IOException {
    share.require(
        name,
        skipped(),
        lists() + skipped(),
        "lists",
        faults.value().isEmpty() ? "" : faults.value().get(0));
  }

  long lists() {
    return lists.value();
  }

  long items() {
    return items.value();
  }

  long skipped() {
    return skipped.value();
  }

  List<String> faults() {
    return faults.value().subList(0, Math.min(TOLD, faults.value().size()));
  }
}
