package io.rankline.spark.ml.benchmark;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/** The most bytes that the heap of this JVM held right after one of its collections. */
final class HeapAfterCollections {

  private final AtomicLong most = new AtomicLong();

  private HeapAfterCollections() {}

  /** Begins to look. */
  static HeapAfterCollections watch() {
    HeapAfterCollections heap = new HeapAfterCollections();
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      ((NotificationEmitter) collector)
          .addNotificationListener(
              (notification, nothing) ->
                  heap.see(
                      GarbageCollectionNotificationInfo.from(
                          (CompositeData) notification.getUserData())),
              notification ->
                  notification
                      .getType()
                      .equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION),
              null);
    }
    return heap;
  }

  /** Forgets what it saw, after a whole collection. */
  void reset() {
    System.gc();
    most.set(0);
  }

  /** Bytes; of the last collection at least, which this asks for. */
  long most() {
    System.gc();
    return Math.max(most.get(), ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
  }

  private void see(GarbageCollectionNotificationInfo info) {
    long held =
        info.getGcInfo().getMemoryUsageAfterGc().entrySet().stream()
            .filter(pool -> pool.getKey().matches(".*(Eden|Survivor|Old|Tenured).*"))
            .map(pool -> pool.getValue())
            .mapToLong(MemoryUsage::getUsed)
            .sum();
    most.accumulateAndGet(held, Math::max);
  }
}
