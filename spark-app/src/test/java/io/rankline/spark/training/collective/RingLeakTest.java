package io.rankline.spark.training.collective;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import io.rankline.spark.testing.ExecutorSpark;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RingLeakTest {

  private static final int CYCLES = 200;

  /**
   * Less than the memory of all cycles together, and more than what other threads come and go with.
   */
  private static final long ROOM = 10L << 20;

  private static final int MOST_LOOKS = 50;
  private static final long POLL_MILLIS = 100;

  @Test
  void ringsLeaveNoThreadsNoFilesAndNoMemoryBehind() throws Exception {
    // A session of another class would start threads meanwhile.
    ExecutorSpark.stop();
    cycle();
    System.gc();
    int threads = Thread.activeCount();
    long files = openFiles();
    long direct = directBytes();

    for (int i = 0; i < CYCLES; i++) {
      cycle();
    }

    // A collection frees what nobody holds; the memory is the ring's own, some 600 kB each.
    awaitDirectBytes(direct + ROOM);
    assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads + 3);
    assertThat(openFiles()).isLessThan(files + CYCLES / 10);
    assertThat(directBytes()).isLessThan(direct + ROOM);
  }

  /** The allocation of a step may not grow with the values. */
  @Test
  void aSumAllocatesNothingButSmallObjects() throws Exception {
    List<Long> allocated =
        Ranks.run(
            2,
            Ranks.settings().build(),
            ring -> {
              var thread = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
              ByteBuffer values = Ranks.direct(new float[5_000_000]);
              ring.sum(values);
              long before = thread.getCurrentThreadAllocatedBytes();
              for (int i = 0; i < 10; i++) {
                ring.sum(values);
              }
              return (thread.getCurrentThreadAllocatedBytes() - before) / 10;
            });

    // 20 MB go through; a frame's head is 40 bytes on the heap, and a wait a few hundred.
    assertThat(allocated).allSatisfy(bytes -> assertThat(bytes).isLessThan(200_000));
  }

  private static void cycle() throws Exception {
    Ranks.run(
        2,
        Ranks.settings().build(),
        ring -> {
          ring.sum(Ranks.direct(new float[1000]));
          return ring.rank();
        });
  }

  /** Memory is given back by a thread beside the collector's, a little after a collection. */
  private static void awaitDirectBytes(long limit) throws InterruptedException {
    for (int look = 0; look < MOST_LOOKS; look++) {
      System.gc();
      if (directBytes() < limit) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  private static long openFiles() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getOpenFileDescriptorCount()
        : 0;
  }

  private static long directBytes() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }
}
