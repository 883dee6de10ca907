package io.rankline.pipeline.input.pass;

import java.io.Serializable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many bytes of the heap kept lists may take, over all data sets that share it. */
public final class MemoryBudget implements Serializable {

  private static final long serialVersionUID = 1;

  private static final Logger log = LoggerFactory.getLogger(MemoryBudget.class);

  private static final double MEGABYTE = 1 << 20;

  private final long bytes;
  private final AtomicLong used = new AtomicLong();
  private final AtomicLong lists = new AtomicLong();
  private final AtomicBoolean said = new AtomicBoolean();

  /** A budget of that many bytes, 0 for none. */
  public MemoryBudget(long bytes) {
    this.bytes = bytes;
  }

  /** Bytes taken. */
  public long used() {
    return used.get();
  }

  /** Number of lists they are taken by. */
  public long lists() {
    return lists.get();
  }

  /** Takes bytes for a list; false, and nothing taken, where that many are not left. */
  boolean take(long wanted) {
    long before;
    do {
      before = used.get();
      if (before + wanted > bytes) {
        sayFull();
        return false;
      }
    } while (!used.compareAndSet(before, before + wanted));
    lists.incrementAndGet();
    return true;
  }

  /** Gives back what lists took. */
  void give(long taken, long takers) {
    used.addAndGet(-taken);
    lists.addAndGet(-takers);
  }

  private void sayFull() {
    if (bytes > 0 && said.compareAndSet(false, true)) {
      log.info(
          "{} lists are kept in memory, {} MB; other lists are read again in each pass"
              + " (cache_memory is {} MB)",
          lists.get(),
          Math.round(used.get() / MEGABYTE),
          Math.round(bytes / MEGABYTE));
    }
  }
}
