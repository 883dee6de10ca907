package io.rankline.spark.synthetic;

import io.rankline.data.synthetic.SyntheticList;
import io.rankline.data.synthetic.SyntheticLog;
import io.rankline.io.example.ExampleWriter;
import io.rankline.io.record.ElwcAssembler;
import io.rankline.io.tfrecord.TfRecordWriter;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.TreeMap;

/** Lists of a made-up log as ELWC records. One for each thread. */
public final class SyntheticRecords {

  public static final String FEATURE_PREFIX = "custom_features_";
  public static final String LABEL = "utility";
  static final String TRUE_UTILITY = "true_utility";
  public static final String QID = "qid";

  /** How much was written, before compression. */
  public record Counts(long items, long bytes) {
    public Counts plus(Counts other) {
      return new Counts(items + other.items, bytes + other.bytes);
    }
  }

  private static final int FRAME = 16;

  private final SyntheticLog log;
  private final boolean withTrueUtility;

  /** Feature names, sorted as the encoder of specs sorts them, and the column of each. */
  private final String[] names = new String[SyntheticLog.FEATURES];

  private final int[] columns = new int[SyntheticLog.FEATURES];
  private final ExampleWriter item = new ExampleWriter();
  private final ExampleWriter context = new ExampleWriter();
  private final ElwcAssembler record = new ElwcAssembler();

  SyntheticRecords(SyntheticLog log, boolean withTrueUtility) {
    this.log = log;
    this.withTrueUtility = withTrueUtility;
    Map<String, Integer> sorted = new TreeMap<>();
    for (int column = 0; column < SyntheticLog.FEATURES; column++) {
      sorted.put(FEATURE_PREFIX + (column + 1), column);
    }
    int at = 0;
    for (Map.Entry<String, Integer> feature : sorted.entrySet()) {
      names[at] = feature.getKey();
      columns[at++] = feature.getValue();
    }
  }

  /**
   * Writes lists {@code from} to {@code to - 1} as one file.
   *
   * @param out closed at the end
   * @param onList called after each list
   */
  Counts write(OutputStream out, long from, long to, Runnable onList) throws IOException {
    long items = 0;
    long bytes = 0;
    try (TfRecordWriter writer = new TfRecordWriter(out)) {
      for (long number = from; number < to; number++) {
        if (Thread.currentThread().isInterrupted()) {
          throw new InterruptedIOException("interrupted");
        }
        SyntheticList list = log.list(number);
        byte[] encoded = encode(list);
        writer.write(encoded);
        items += list.size();
        bytes += encoded.length + FRAME;
        onList.run();
      }
    }
    return new Counts(items, bytes);
  }

  /** The list as one ELWC record. */
  byte[] encode(SyntheticList list) {
    for (int i = 0; i < list.size(); i++) {
      item.clear();
      int row = i * SyntheticLog.FEATURES;
      for (int f = 0; f < names.length; f++) {
        item.floats(names[f], list.features(), row + columns[f], 1);
      }
      if (withTrueUtility) {
        item.floats(TRUE_UTILITY, list.trueUtility(), i, 1);
      }
      item.longs(LABEL, list.labels(), i, 1);
      record.add(item);
    }
    context.clear();
    context.longs(QID, new long[] {list.qid()}, 0, 1);
    return record.build(context);
  }
}
