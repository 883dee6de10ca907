package io.rankline.pipeline.input.shard;

import io.rankline.io.CorruptRecordException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts records that are skipped, each once however often it is read, and logs the first few. */
public final class DamagedRecords implements Consumer<CorruptRecordException> {

  private static final Logger log = LoggerFactory.getLogger(DamagedRecords.class);

  /** Enough to see what is wrong. */
  private static final int LOGGED = 10;

  /** The message has file, record and fault, so it distinguishes records. */
  private final Set<String> places = ConcurrentHashMap.newKeySet();

  @Override
  public void accept(CorruptRecordException fault) {
    if (places.add(fault.getMessage())) {
      long count = places.size();
      if (count <= LOGGED) {
        log.warn("skipped {}", fault.getMessage());
      } else if (count == LOGGED + 1) {
        log.warn("more records are skipped; only their number is reported from here on");
      }
    }
  }

  /** Number of different records skipped so far. */
  public long count() {
    return places.size();
  }
}
