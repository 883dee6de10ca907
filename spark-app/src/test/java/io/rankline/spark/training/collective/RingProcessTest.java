package io.rankline.spark.training.collective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Ranks 0, 2 and 3 are threads here; rank 1 is another process, and something happens to it. */
class RingProcessTest {

  private static final int OTHER = 1;
  private static final Duration SILENCE = Duration.ofSeconds(2);

  /** What happens to the other process. */
  @FunctionalInterface
  private interface Misfortune {
    void strike(RingProcess process) throws Exception;
  }

  @Test
  void aProcessThatIsKilledIsNoticedAtOnceAndNamedByAll() throws Exception {
    Duration told =
        sumUntil(
            RingProcess::kill,
            "rank 1 at 127.0.0.1:\\d+ closed the connection without a word while rank \\d at .*"
                + ": its process has probably ended");

    assertThat(told).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void aProcessThatIsStoppedIsNamedByAllAfterTheSilence() throws Exception {
    Duration told =
        sumUntil(
            RingProcess::stop,
            "rank 1 at 127.0.0.1:\\d+ has sent nothing for 2.0 s in operation \\d+, a sum of .*");

    assertThat(told).isBetween(SILENCE.minusMillis(500), SILENCE.plusSeconds(8));
  }

  /** Sums for a while, lets it happen, and returns how long it took until every rank was told. */
  private static Duration sumUntil(Misfortune misfortune, String message) throws Exception {
    RingSettings settings = Ranks.settings().silenceTimeout(SILENCE).build();
    try (RingProcess process = RingProcess.start()) {
      List<RingEndpoint> endpoints = new ArrayList<>();
      List<String> addresses = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        endpoints.add(RingEndpoint.open(settings));
        addresses.add(endpoints.get(i).address());
      }
      addresses.add(OTHER, process.address());
      ExecutorService threads = Executors.newFixedThreadPool(3);
      try {
        CountDownLatch warm = new CountDownLatch(60);
        List<Future<Object>> ends = new ArrayList<>();
        for (RingEndpoint endpoint : endpoints) {
          ends.add(threads.submit(() -> sumForEver(endpoint, addresses, warm)));
        }
        process.join(addresses, OTHER);
        assertThat(warm.await(30, TimeUnit.SECONDS)).isTrue();

        misfortune.strike(process);
        long start = System.nanoTime();

        for (Future<Object> end : ends) {
          assertThatThrownBy(() -> end.get(30, TimeUnit.SECONDS))
              .cause()
              .isInstanceOfSatisfying(
                  RingException.class, fault -> assertThat(fault.culprit()).hasValue(OTHER))
              .message()
              .matches(message);
        }
        return Duration.ofNanos(System.nanoTime() - start);
      } finally {
        threads.shutdownNow();
      }
    }
  }

  private static Object sumForEver(
      RingEndpoint endpoint, List<String> addresses, CountDownLatch sums) throws RingException {
    try (Ring ring = endpoint.join(addresses, addresses.indexOf(endpoint.address()))) {
      ByteBuffer values = Ranks.direct(new float[RingProcess.VALUES]);
      while (true) {
        ring.sum(values);
        sums.countDown();
      }
    }
  }
}
