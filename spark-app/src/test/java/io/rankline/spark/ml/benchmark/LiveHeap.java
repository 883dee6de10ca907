package io.rankline.spark.ml.benchmark;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;

/**
 * The most bytes that the heap of this JVM held after whole collections, which a thread asks for
 * every two seconds: what is in use, without garbage.
 */
final class LiveHeap implements AutoCloseable {

  private static final long MILLIS_BETWEEN = 2000;

  private final Thread watch = new Thread(this::look, "live heap");
  private long most;

  private LiveHeap() {}

  /** Begins to look. */
  static LiveHeap watch() {
    LiveHeap heap = new LiveHeap();
    heap.watch.setDaemon(true);
    heap.watch.start();
    return heap;
  }

  private void look() {
    try {
      while (true) {
        see();
        Thread.sleep(MILLIS_BETWEEN);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void see() {
    System.gc();
    long used = 0;
    // As the collection left them: other threads go on to allocate before this one goes on to read.
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      MemoryUsage left = pool.getType() == MemoryType.HEAP ? pool.getCollectionUsage() : null;
      used += left == null ? 0 : left.getUsed();
    }
    most = Math.max(most, used);
  }

  /** Bytes, so far. */
  synchronized long most() {
    return most;
  }

  @Override
  public void close() {
    watch.interrupt();
  }
}
