package io.rankline.spark.training.collective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class RingFaultTest {

  private static final int VALUES = 1_000_000;

  @Test
  void sizesThatDifferAreToldOnEveryRank() throws Exception {
    List<Future<Object>> ends =
        Ranks.start(
            3,
            Ranks.settings().build(),
            ring -> {
              ring.barrier();
              ring.sum(Ranks.direct(new float[ring.rank() == 1 ? 7 : 5]));
              return ring;
            });

    for (Future<Object> end : ends) {
      assertThat(Ranks.fault(end))
          .isInstanceOf(RingException.class)
          .hasMessageContaining("is in operation 2, a sum of 7 values")
          .hasMessageContaining("is in operation 2, a sum of 5 values")
          .hasMessageEndingWith("; every rank must call the same operations with the same sizes");
    }
  }

  @Test
  void ranksThatCallDifferentOperationsAreTold() throws Exception {
    List<Future<Object>> ends =
        Ranks.start(
            2,
            Ranks.settings().build(),
            ring -> {
              if (ring.rank() == 0) {
                ring.barrier();
              } else {
                ring.sum(Ranks.direct(1, 2, 3));
              }
              return ring;
            });

    for (Future<Object> end : ends) {
      assertThat(Ranks.fault(end))
          .hasMessageContaining("is in operation 1, a sum of 3 values")
          .hasMessageContaining("is in operation 1, an exchange of 0 words");
    }
  }

  @Test
  void aRankThatClosesInsteadOfSummingIsNamedOnAllOthers() throws Exception {
    List<Future<Object>> ends =
        Ranks.start(
            4,
            Ranks.settings().build(),
            ring -> {
              ring.barrier();
              if (ring.rank() == 2) {
                return "left";
              }
              ring.sum(Ranks.direct(new float[VALUES]));
              return ring;
            });

    assertThat(ends.get(2).get()).isEqualTo("left");
    for (int rank : new int[] {0, 1, 3}) {
      assertThat(Ranks.fault(ends.get(rank)))
          .isInstanceOfSatisfying(
              RingException.class, fault -> assertThat(fault.culprit()).hasValue(2))
          .message()
          .matches("rank 2 at 127.0.0.1:\\d+ closed .*operation 2, a sum of 1000000 values.*");
    }
  }

  @Test
  void whoeverStaysAwayIsBlamedByAllAndNotThoseWhoWaitForIt() throws Exception {
    CountDownLatch othersEnded = new CountDownLatch(3);
    long start = System.nanoTime();

    List<Future<Object>> ends =
        Ranks.start(
            4,
            Ranks.settings().silenceTimeout(Duration.ofMillis(800)).build(),
            ring -> {
              ring.barrier();
              if (ring.rank() == 1) {
                othersEnded.await();
                return "late";
              }
              try {
                ring.sum(Ranks.direct(new float[VALUES]));
              } finally {
                othersEnded.countDown();
              }
              return ring;
            });

    for (int rank : new int[] {0, 2, 3}) {
      assertThat(Ranks.fault(ends.get(rank)))
          .isInstanceOfSatisfying(
              RingException.class, fault -> assertThat(fault.culprit()).hasValue(1))
          .message()
          .matches(
              "rank 1 at 127.0.0.1:\\d+ has sent nothing for 0.8 s in operation 2, a sum of 1000000"
                  + " values \\(silenceTimeout\\): it hangs, is cut off or takes too long to"
                  + " compute");
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void aRankThatIsLateButWithinTheTimeDisturbsNobody() throws Exception {
    List<Float> sums =
        Ranks.run(
            3,
            Ranks.settings().silenceTimeout(Duration.ofSeconds(2)).build(),
            ring -> {
              float last = 0;
              // Together longer than the time, alone not.
              for (int step = 0; step < 3; step++) {
                if (ring.rank() == 0) {
                  LockSupport.parkNanos(1_000_000_000);
                }
                ByteBuffer values = Ranks.direct(1, 2, 3, 4);
                ring.sum(values);
                last = values.getFloat(3 * Float.BYTES);
              }
              return last;
            });

    assertThat(sums).containsExactly(12f, 12f, 12f);
  }

  @Test
  void anInterruptEndsASumAndTellsTheOthers() throws Exception {
    List<Future<Object>> ends =
        Ranks.start(
            3,
            Ranks.settings().build(),
            ring -> {
              ring.barrier();
              if (ring.rank() == 0) {
                Thread.currentThread().interrupt();
                try {
                  ring.sum(Ranks.direct(new float[VALUES]));
                } finally {
                  assertThat(Thread.interrupted()).isTrue();
                }
              }
              ring.sum(Ranks.direct(new float[VALUES]));
              return ring;
            });

    for (Future<Object> end : ends) {
      assertThat(Ranks.fault(end))
          .message()
          .matches(
              "rank 0 at 127.0.0.1:\\d+ was interrupted in operation 2, a sum of 1000000 values");
    }
  }

  @Test
  void anInterruptWakesARankThatWaits() throws Exception {
    CountDownLatch woken = new CountDownLatch(1);

    List<Future<Object>> ends =
        Ranks.start(
            2,
            Ranks.settings().build(),
            ring -> {
              ring.barrier();
              if (ring.rank() == 1) {
                woken.await();
                return "never came";
              }
              Thread waiting = Thread.currentThread();
              Thread killer =
                  new Thread(
                      () -> {
                        while (waiting.getState() != Thread.State.RUNNABLE) {
                          Thread.onSpinWait();
                        }
                        waiting.interrupt();
                      });
              killer.start();
              try {
                ring.sum(Ranks.direct(1));
              } finally {
                woken.countDown();
              }
              return ring;
            });

    assertThat(Ranks.fault(ends.get(0))).hasMessageContaining("was interrupted");
  }

  @Test
  void theReasonOfAnAbortReachesEveryRank() throws Exception {
    List<Future<Object>> ends =
        Ranks.start(
            4,
            Ranks.settings().build(),
            ring -> {
              ring.barrier();
              if (ring.rank() == 3) {
                ring.abort("part-00003.tfrecord: record 17 is damaged");
              }
              ring.sum(Ranks.direct(new float[VALUES]));
              return ring;
            });

    for (Future<Object> end : ends) {
      assertThat(Ranks.fault(end))
          .isInstanceOfSatisfying(
              RingException.class, fault -> assertThat(fault.culprit()).hasValue(3))
          .message()
          .matches("rank 3 at 127.0.0.1:\\d+ gave up: part-00003.tfrecord: record 17 is damaged");
    }
  }

  @Test
  void closingFromAnotherThreadEndsTheSumOfARankThatWaits() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);

    List<Future<Object>> ends =
        Ranks.start(
            2,
            Ranks.settings().build(),
            ring -> {
              ring.barrier();
              if (ring.rank() == 1) {
                closed.await();
                return "never came";
              }
              Thread closer = new Thread(ring::close);
              closer.start();
              ByteBuffer values = Ranks.direct(1);
              try {
                ring.sum(values);
              } finally {
                closer.join(TimeUnit.SECONDS.toMillis(10));
                assertThat(closer.isAlive()).isFalse();
                closed.countDown();
              }
              return ring;
            });

    assertThat(Ranks.fault(ends.get(0))).message().matches("rank 0 at .* has closed its ring");
  }

  @Test
  void everyLaterCallThrowsTheFirstFaultAgain() throws Exception {
    // A rank that is still in the barrier would end it with this fault.
    CountDownLatch passed = new CountDownLatch(2);

    List<String> messages =
        Ranks.run(
            2,
            Ranks.settings().build(),
            ring -> {
              ring.barrier();
              passed.countDown();
              passed.await();
              if (ring.rank() == 0) {
                ring.abort("enough");
              }
              assertThatThrownBy(ring::barrier).hasMessageEndingWith("gave up: enough");
              assertThatThrownBy(() -> ring.sum(Ranks.direct(1)))
                  .hasMessageEndingWith("gave up: enough");
              return "told";
            });

    assertThat(messages).containsExactly("told", "told");
  }
}
