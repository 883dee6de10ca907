package io.rankline.spark.convert;

import io.rankline.io.CorruptRecordException;
import io.rankline.io.CorruptRecordPolicy;
import io.rankline.io.CorruptShare;
import java.io.IOException;
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
  private final LongAccumulator seen;
  private final LongAccumulator lostBytes;
  private final LongAccumulator lostWithoutBytes;
  private final CollectionAccumulator<String> faults;
  private final CollectionAccumulator<String> leftOut;

  Rejects(SparkContext spark, CorruptRecordPolicy policy) {
    this.policy = policy;
    this.skipped = spark.longAccumulator("skipped");
    this.seen = spark.longAccumulator("read");
    this.lostBytes = spark.longAccumulator("bytes skipped");
    this.lostWithoutBytes = spark.longAccumulator("skipped after reading");
    this.faults = spark.collectionAccumulator("faults");
    this.leftOut = spark.collectionAccumulator("features left out");
  }

  CorruptRecordPolicy policy() {
    return policy;
  }

  /** An item or record was read. */
  void see() {
    seen.add(1);
  }

  /** A record that a reader skipped. */
  void skip(CorruptRecordException fault) {
    skip(fault, 1);
  }

  private void skip(CorruptRecordException fault, int number) {
    skipped.add(1);
    lostBytes.add(fault.lostBytes());
    lostWithoutBytes.add(fault.lostBytes() == 0 ? number : 0);
    if (faults.value().size() < TOLD) {
      faults.add(String.valueOf(fault.getMessage()));
    }
  }

  /** Whether the next fault is told word for word. */
  boolean isTold() {
    return policy == CorruptRecordPolicy.FAIL || faults.value().size() < TOLD;
  }

  /** Skips what is at fault, or ends the work, as the policy says. */
  void reject(String place, CorruptRecordException fault) throws CorruptRecordException {
    reject(place, fault, 1);
  }

  /** The same of so many items at once. */
  void reject(String place, CorruptRecordException fault, int number)
      throws CorruptRecordException {
    CorruptRecordException placed = new CorruptRecordException(place + ": " + fault.getMessage());
    placed.addSuppressed(fault);
    if (policy == CorruptRecordPolicy.FAIL) {
      throw placed;
    }
    skip(placed, number);
  }

  /**
   * Ends the work where too much was lost, by bytes or by number.
   *
   * @param name of the data
   * @param bytes of its files
   * @throws IOException with the share
   */
  void require(CorruptShare share, String name, long bytes) throws IOException {
    String example = faults.value().isEmpty() ? "" : faults.value().get(0);
    share.require(name, lostBytes.value(), bytes, "bytes", example);
    share.require(name, lostWithoutBytes.value(), seen.value(), "rows or records", example);
  }

  /** The larger share of what was lost, by bytes and by number, from 0 to 1. */
  double lostShare(long bytes) {
    return Math.max(
        (double) lostBytes.value() / Math.max(1, bytes),
        (double) lostWithoutBytes.value() / Math.max(1, seen.value()));
  }

  /** What was lost, in words. */
  String lost(long bytes) {
    return "%s of the bytes and %s of the rows or records that were read are left out"
        .formatted(
            CorruptShare.percent(lostBytes.value(), bytes),
            CorruptShare.percent(lostWithoutBytes.value(), seen.value()));
  }

  /** A feature that was there and is left out as asked. */
  void leaveOut(String feature) {
    if (!leftOut.value().contains(feature)) {
      leftOut.add(feature);
    }
  }

  /** Forgets what was counted, before the same work is done again. */
  void restart() {
    skipped.reset();
    seen.reset();
    lostBytes.reset();
    lostWithoutBytes.reset();
    faults.reset();
    leftOut.reset();
  }

  long skipped() {
    return skipped.value();
  }

  List<String> faults() {
    List<String> all = faults.value();
    return all.subList(0, Math.min(TOLD, all.size()));
  }

  Set<String> leftOut() {
    return new TreeSet<>(leftOut.value());
  }
}
