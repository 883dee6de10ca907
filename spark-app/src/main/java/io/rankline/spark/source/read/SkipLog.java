package io.rankline.spark.source.read;

import io.rankline.io.CorruptRecordException;
import java.util.function.Consumer;
import org.apache.spark.util.LongAccumulator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the skipped records of one file and logs the first ones, and their number at its end. */
final class SkipLog implements Consumer<CorruptRecordException> {

  private static final Logger LOG = LoggerFactory.getLogger(SkipLog.class);

  /** How many faults of a file are logged one by one. */
  private static final int LOGGED_FAULTS = 5;

  private final String file;
  private final LongAccumulator total;
  private long count;

  SkipLog(String file, LongAccumulator total) {
    this.file = file;
    this.total = total;
  }

  @Override
  public void accept(CorruptRecordException fault) {
    count++;
    total.add(1);
    if (count <= LOGGED_FAULTS) {
      LOG.warn("skipped {}", fault.getMessage());
    }
  }

  /** Called once when the file is closed. */
  void end() {
    if (count > 0) {
      LOG.warn("{}: skipped {} records that cannot be read", file, count);
    }
  }
}
