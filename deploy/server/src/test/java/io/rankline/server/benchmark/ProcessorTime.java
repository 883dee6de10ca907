package io.rankline.server.benchmark;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;

/**
 * Processor time of threads whose names begin alike, without that of the JVM's own. Other work on
 * the machine takes time from a clock, and little from this.
 */
final class ProcessorTime {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private ProcessorTime() {}

  /** Nanoseconds that all these threads have had. */
  static long of(String... names) {
    long nanos = 0;
    for (long id : THREADS.getAllThreadIds()) {
      ThreadInfo thread = THREADS.getThreadInfo(id);
      if (thread != null && beginsWithOne(thread.getThreadName(), names)) {
        nanos += Math.max(0, THREADS.getThreadCpuTime(id));
      }
    }
    return nanos;
  }

  private static boolean beginsWithOne(String thread, String... names) {
    for (String name : names) {
      if (thread.startsWith(name)) {
        return true;
      }
    }
    return false;
  }
}
