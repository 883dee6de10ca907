package io.rankline.spark.source;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;

/**
 * How many records the source has skipped in an application because of {@code
 * onCorruptRecord=skip}.
 *
 * <p>The number is an accumulator named {@value #NAME}, so Spark's web pages show it for each
 * stage. Like every accumulator it counts what tasks have done: a file that is read twice, by two
 * actions or by a task that is tried again after its end, counts twice.
 */
public final class SkippedRecords {

  /** Name of the accumulator. */
  public static final String NAME = "elwc records skipped";

  private static final Map<String, LongAccumulator> BY_APPLICATION = new ConcurrentHashMap<>();

  private SkippedRecords() {}

  /** Records skipped so far in the session's application. */
  public static long count(SparkSession session) {
    return accumulator(session.sparkContext()).sum();
  }

  static LongAccumulator accumulator(SparkContext context) {
    return BY_APPLICATION.computeIfAbsent(
        context.applicationId(), id -> context.longAccumulator(NAME));
  }
}
