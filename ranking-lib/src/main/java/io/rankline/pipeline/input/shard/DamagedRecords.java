package io.rankline.pipeline.input.shard;

import io.rankline.io.CorruptRecordException;
import io.rankline.io.CorruptShare;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts records that are skipped, each once however often it is read, and logs the first few. Ends
 * the reading with an {@link UncheckedIOException} once too much is lost.
 */
public final class DamagedRecords implements Consumer<CorruptRecordException> {

  private static final Logger log = LoggerFactory.getLogger(DamagedRecords.class);

  /** Enough to see what is wrong. */
  private static final int LOGGED = 10;

  private final String name;
  private final long bytes;
  private final CorruptShare share;
  private final AtomicLong lost = new AtomicLong();

  /** The message has file, record and fault, so it distinguishes records. */
  private final Set<String> places = ConcurrentHashMap.newKeySet();

  /**
   * Those of a data set.
   *
   * @param name of the data, for messages
   * @param bytes of its files as they are stored; 0 where it has none
   * @param share how much of it may be lost
   */
  public DamagedRecords(String name, long bytes, CorruptShare share) {
    this.name = name;
    this.bytes = bytes;
    this.share = share;
  }

  @Override
  public void accept(CorruptRecordException fault) {
    if (places.add(fault.getMessage())) {
      long gone = lost.addAndGet(fault.lostBytes());
      long count = places.size();
      if (count <= LOGGED) {
        log.warn(
            "skipped {}; {} of the bytes are lost so far",
            fault.getMessage(),
            CorruptShare.percent(gone, bytes));
      } else if (count == LOGGED + 1) {
        log.warn("more records are skipped; only their number is reported from here on");
      }
      try {
        share.require(name, gone, bytes, "bytes", String.valueOf(fault.getMessage()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** About how many bytes of the files they took. */
  public long lostBytes() {
    return lost.get();
  }

  /** Number of different records skipped so far. */
  public long count() {
    return places.size();
  }
}
