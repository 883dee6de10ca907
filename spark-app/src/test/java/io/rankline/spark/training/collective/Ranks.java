package io.rankline.spark.training.collective;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** All ranks of a ring as threads of this JVM, over loopback. */
final class Ranks {

  /** Nothing here takes that long unless it hangs. */
  private static final long HANG_SECONDS = 60;

  /** What one rank does. */
  @FunctionalInterface
  interface Work<T> {
    T on(Ring ring) throws Exception;
  }

  private Ranks() {}

  static RingSettings.Builder settings() {
    return RingSettings.builder("127.0.0.1")
        .job("test")
        .connectTimeout(Duration.ofSeconds(20))
        .silenceTimeout(Duration.ofSeconds(20));
  }

  /** What each rank returns, in order of ranks; the ring is closed after that. */
  static <T> List<T> run(int size, RingSettings settings, Work<T> work) throws Exception {
    List<T> results = new ArrayList<>();
    for (Future<T> result : start(size, settings, work)) {
      results.add(result.get());
    }
    return results;
  }

  /** What each rank ends with, all of them ended; never waits for ever. */
  static <T> List<Future<T>> start(int size, RingSettings settings, Work<T> work) throws Exception {
    List<RingEndpoint> endpoints = new ArrayList<>();
    for (int rank = 0; rank < size; rank++) {
      endpoints.add(RingEndpoint.open(settings));
    }
    List<String> addresses = endpoints.stream().map(RingEndpoint::address).toList();
    ExecutorService threads = Executors.newFixedThreadPool(size);
    try {
      List<Future<T>> results = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        int rank = i;
        results.add(
            threads.submit(
                () -> {
                  try (Ring ring = endpoints.get(rank).join(addresses, rank)) {
                    return work.on(ring);
                  }
                }));
      }
      for (Future<T> result : results) {
        try {
          result.get(HANG_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
          // The caller looks at it.
        } catch (TimeoutException e) {
          throw new AssertionError("a rank hangs", e);
        }
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  /** The fault that a rank has ended with. */
  static Throwable fault(Future<?> ended) throws InterruptedException {
    try {
      Object result = ended.get();
      throw new AssertionError("ended without a fault, with " + result);
    } catch (ExecutionException e) {
      return e.getCause() == null ? e : e.getCause();
    }
  }

  static ByteBuffer direct(float... values) {
    ByteBuffer buffer =
        ByteBuffer.allocateDirect(values.length * Float.BYTES).order(ByteOrder.nativeOrder());
    buffer.asFloatBuffer().put(values);
    return buffer;
  }

  static float[] heap(ByteBuffer values) {
    float[] copy = new float[values.remaining() / Float.BYTES];
    values.asFloatBuffer().get(copy);
    return copy;
  }
}
