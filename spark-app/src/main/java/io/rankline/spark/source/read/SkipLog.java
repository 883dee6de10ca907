package io.rankline.spark.source.read;

import io.rankline.io.CorruptRecordException;
import io.rankline.io.CorruptShare;
import java.io.IOException;
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
  private final long bytes;
  private final CorruptShare share;
  private final LongAccumulator total;
  private long count;
  private long lost;
  private String first = "";

  /**
   * A log.
   *
   * @param bytes of the file as it is stored
   * @param share how much of it may be skipped
   * @param total counts the records of all files
   */
  SkipLog(String file, long bytes, CorruptShare share, LongAccumulator total) {
    this.file = file;
    this.bytes = bytes;
    this.share = share;
    this.total = total;
  }

  @Override
  public void accept(CorruptRecordException fault) {
    first = count == 0 ? String.valueOf(fault.getMessage()) : first;
    count++;
    lost += fault.lostBytes();
    total.add(1);
    if (count <= LOGGED_FAULTS) {
      LOG.warn("skipped {}", fault.getMessage());
    }
  }

  /**
   * Called where the file has no more records.
   *
   * @throws IOException if too much of it was skipped
   */
  void requireEnough() throws IOException {
    share.require(file, lost, bytes, "bytes", first);
  }

  /** Called once when the file is closed. */
  void end() {
    if (count > 0) {
      LOG.warn("{}: skipped {} records that cannot be read", file, count);
    }
  }
}
