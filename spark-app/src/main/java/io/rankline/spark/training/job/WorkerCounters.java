package io.rankline.spark.training.job;

import java.io.Serializable;
import org.apache.spark.SparkContext;
import org.apache.spark.util.LongAccumulator;

/**
 * What running workers have done so far; executors report to the driver with every heartbeat.
 *
 * @param steps taken, by each worker
 * @param lists trained on
 * @param exchangeNanos spent in the all-reduce, waiting included
 * @param inputNanos spent on making batches
 */
public record WorkerCounters(
    LongAccumulator steps,
    LongAccumulator lists,
    LongAccumulator exchangeNanos,
    LongAccumulator inputNanos)
    implements Serializable {

  /** All counters at 0. */
  public static WorkerCounters of(SparkContext spark) {
    return new WorkerCounters(
        spark.longAccumulator("training steps"),
        spark.longAccumulator("lists trained on"),
        spark.longAccumulator("all-reduce (ns)"),
        spark.longAccumulator("input (ns)"));
  }
}
