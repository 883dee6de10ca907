package io.rankline.spark.convert;

import io.rankline.io.CorruptRecordException;
import io.rankline.io.CorruptRecordPolicy;
import java.io.Serializable;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.SparkContext;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.LongAccumulator;

/** Counts, over all tasks, what was skipped and what was left behind. */
final class Rejects implements Serializable {

  private static final long serialVersionUID = 1;

  /** So many faults are brought to the driver from each task; all are counted. */
  private static final int TOLD = 5;

  private final CorruptRecordPolicy policy;
  private final LongAccumulator skipped;
  private final CollectionAccumulator<String> faults;
  private final CollectionAccumulator<String> dropped;

  Rejects(SparkContext spark, CorruptRecordPolicy policy) {
    this.policy = policy;
    this.skipped = spark.longAccumulator("skipped");
    this.faults = spark.collectionAccumulator("faults");
    this.dropped = spark.collectionAccumulator("dropped");
  }

  CorruptRecordPolicy policy() {
    return policy;
  }

  /** A record that a reader skipped. */
  void skip(CorruptRecordException fault) {
    skipped.add(1);
    if (faults.value().size() < TOLD) {
      faults.add(String.valueOf(fault.getMessage()));
    }
  }

  /** Skips what is at fault, or ends the work, as the policy says. */
  void reject(String place, CorruptRecordException fault) throws CorruptRecordException {
    CorruptRecordException placed = new CorruptRecordException(place + ": " + fault.getMessage());
    placed.addSuppressed(fault);
    if (policy == CorruptRecordPolicy.FAIL) {
      throw placed;
    }
    skip(placed);
  }

  /** Features that the target has no place for. */
  void drop(Set<String> features) {
    features.forEach(dropped::add);
  }

  /** Forgets what was counted, before the same work is done again. */
  void restart() {
    skipped.reset();
    faults.reset();
    dropped.reset();
  }

  long skipped() {
    return skipped.value();
  }

  List<String> faults() {
    List<String> all = faults.value();
    return all.subList(0, Math.min(TOLD, all.size()));
  }

  Set<String> dropped() {
    return new TreeSet<>(dropped.value());
  }
}
