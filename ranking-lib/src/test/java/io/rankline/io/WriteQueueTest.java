package io.rankline.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.testing.ObjectsInMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class WriteQueueTest {

  private static final String BUCKET = "write-queue-test";

  private final Folder folder =
      Storage.of(ObjectsInMemory.configuration()).folder("s3a://" + BUCKET + "/run");

  @BeforeEach
  void empty() {
    ObjectsInMemory.clear(BUCKET);
  }

  @Test
  void withoutAQueueLaterIsNow() throws IOException {
    folder.later(1, () -> folder.write("a", out -> out.write(1)));

    assertThat(folder.names()).containsExactly("a");
  }

  @Test
  void theCallerGoesOnWhileWritesWait() throws IOException, InterruptedException {
    CountDownLatch gate = new CountDownLatch(1);
    List<Integer> written = Collections.synchronizedList(new ArrayList<>());
    try (WriteQueue queue = new WriteQueue()) {
      Folder slow = folder.folder("deep").through(queue);
      for (int k = 0; k < 5; k++) {
        int number = k;
        slow.later(
            1,
            () -> {
              await(gate);
              written.add(number);
              slow.write("file" + number, out -> out.write(number));
            });
      }
      assertThat(written).isEmpty();
      gate.countDown();

      assertThat(slow.names()).as("whoever looks sees it all").hasSize(5);
      assertThat(written).containsExactly(0, 1, 2, 3, 4);
    }
  }

  @Test
  void settlingWaitsForWhatIsQueued() throws IOException {
    try (WriteQueue queue = new WriteQueue()) {
      Folder slow = folder.through(queue);
      List<Integer> written = Collections.synchronizedList(new ArrayList<>());
      slow.later(
          1,
          () -> {
            pause();
            written.add(1);
          });
      slow.settle();
      assertThat(written).containsExactly(1);
    }
  }

  @Test
  void closingWaitsForWhatIsQueued() throws IOException {
    try (WriteQueue queue = new WriteQueue()) {
      Folder slow = folder.through(queue);
      for (int k = 0; k < 12; k++) {
        String name = "file" + k;
        slow.later(1, () -> slow.write(name, out -> out.write(1)));
      }
    }

    assertThat(folder.names()).hasSize(12);
  }

  @ParameterizedTest(name = "{0} of the heap: {1}")
  @CsvSource({"0, 16", "0.02, 5", "1, 0"})
  void aStoreThatIsTooSlowHoldsTheCallerUpTheSoonerTheMoreMemoryWritesHold(
      double shareOfHeap, int most) throws Exception {
    long bytes = (long) (shareOfHeap * Runtime.getRuntime().maxMemory());
    CountDownLatch gate = new CountDownLatch(1);
    AtomicInteger queued = new AtomicInteger();
    try (WriteQueue queue = new WriteQueue()) {
      Folder slow = folder.through(queue);
      Thread caller =
          new Thread(
              () -> {
                try {
                  for (int k = 0; k < 100; k++) {
                    slow.later(bytes, () -> await(gate));
                    queued.incrementAndGet();
                  }
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      caller.start();
      while (queued.get() < most) {
        Thread.sleep(1);
      }
      Thread.sleep(50);

      assertThat(queued.get()).isEqualTo(most);
      gate.countDown();
      caller.join();
    }
    assertThat(queued.get()).isEqualTo(100);
  }

  @Test
  void aWriteThatFailsEndsAllThatFollow() {
    AtomicInteger later = new AtomicInteger();
    assertThatThrownBy(
            () -> {
              try (WriteQueue queue = new WriteQueue()) {
                Folder slow = folder.through(queue);
                slow.later(
                    1,
                    () ->
                        slow.write(
                            "a",
                            out -> {
                              throw new IOException("no space");
                            }));
                assertThatThrownBy(slow::names).hasMessageContaining("run/a: no space");
                slow.later(1, later::incrementAndGet);
              }
            })
        .isInstanceOf(IOException.class)
        .hasMessage(
            "cannot write s3a://write-queue-test/run/a: no space; what was there before is kept");
    assertThat(later).hasValue(0);
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static void await(CountDownLatch gate) throws IOException {
    try {
      if (!gate.await(30, TimeUnit.SECONDS)) {
        throw new IOException("nobody opened the gate");
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
