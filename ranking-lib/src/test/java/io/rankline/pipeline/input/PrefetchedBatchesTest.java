package io.rankline.pipeline.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.data.ListBatch;
import io.rankline.io.CorruptRecordException;
import io.rankline.pipeline.NumberedLists;
import io.rankline.pipeline.input.shard.ListShard;
import io.rankline.pipeline.input.shard.PendingList;
import io.rankline.pipeline.input.shard.RecordCursor;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PrefetchedBatchesTest {

  @TempDir Path folder;

  @Test
  void closingEndsEveryThreadAndClosesEveryFile() throws IOException {
    for (int file = 0; file < 6; file++) {
      NumberedLists.write(folder.resolve("part-" + file), NumberedLists.lists(0, 300));
    }
    Sources sources = new Sources(folder).threads(3).budget(0);
    AtomicInteger open = new AtomicInteger();
    List<ListShard> shards = new ArrayList<>();
    for (ListShard shard : sources.shards()) {
      shards.add(new CountedShard(shard, open));
    }

    for (int taken = 0; taken < 20; taken++) {
      BatchStream<ListBatch> batches = sources.of(shards).open(Sources.AS_IS, taken % 3);
      for (int step = 0; step < taken; step++) {
        batches.next();
      }
      batches.close();
      batches.close();

      assertThat(inputThreads()).isEmpty();
      assertThat(open).hasValue(0);
    }
  }

  @Test
  void anEndedPassHasClosedItsFilesAndGivesNoMore() throws IOException {
    NumberedLists.write(folder.resolve("a"), NumberedLists.lists(0, 30));
    AtomicInteger open = new AtomicInteger();
    Sources sources = new Sources(folder).sequential();
    List<ListShard> shards = List.of(new CountedShard(sources.shards().get(0), open));

    try (BatchStream<ListBatch> batches = sources.of(shards).open(Sources.AS_IS, 0)) {
      while (batches.next() != null) {
        assertThat(batches.skippedRecords()).isZero();
      }

      assertThat(batches.next()).isNull();
      assertThat(open).hasValue(0);
    }
  }

  @Test
  void aClosedStreamRefusesToGiveBatches() throws IOException {
    NumberedLists.write(folder.resolve("a"), NumberedLists.lists(0, 30));
    BatchStream<ListBatch> batches = new Sources(folder).build().open(Sources.AS_IS, 0);
    batches.close();

    assertThatThrownBy(batches::next)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the stream of batches is closed");
  }

  @Test
  void batchesAreMadeAheadAndNoFurtherThanAsked() throws Exception {
    NumberedLists.write(folder.resolve("a"), NumberedLists.lists(0, 2000));
    AtomicInteger transformed = new AtomicInteger();
    Sources sources = new Sources(folder).batchSize(10).bufferSize(1).budget(0).prefetch(3);

    try (BatchStream<ListBatch> batches =
        sources
            .build()
            .open(
                list -> {
                  transformed.incrementAndGet();
                  return list;
                },
                0)) {
      assertThat(batches.next()).isNotNull();
      awaitIdleMaker();

      // One taken, three ready, one that waits for a place, and what two threads read ahead.
      assertThat(transformed.get()).isBetween(50, 50 + 4 * 64);
    }
  }

  @Test
  void timeSpentWaitingIsCounted() throws Exception {
    NumberedLists.write(folder.resolve("a"), NumberedLists.lists(0, 30));
    CountDownLatch slow = new CountDownLatch(1);

    try (BatchStream<ListBatch> batches =
        new Sources(folder)
            .build()
            .open(
                list -> {
                  awaitQuietly(slow);
                  return list;
                },
                0)) {
      Thread waiting = Thread.currentThread();
      Thread opener = new Thread(() -> openWhenWaitedFor(slow, waiting));
      opener.start();
      assertThat(batches.next()).isNotNull();
      opener.join();

      assertThat(batches.waited()).isPositive();
    } finally {
      slow.countDown();
    }
  }

  @Test
  void anInterruptEndsTheWaitForABatch() throws Exception {
    NumberedLists.write(folder.resolve("a"), NumberedLists.lists(0, 30));
    CountDownLatch never = new CountDownLatch(1);
    BatchStream<ListBatch> batches =
        new Sources(folder)
            .build()
            .open(
                list -> {
                  awaitQuietly(never);
                  return list;
                },
                0);
    AtomicReference<Throwable> seen = new AtomicReference<>();
    Thread training =
        new Thread(
            () -> {
              try {
                batches.next();
              } catch (IOException e) {
                seen.set(Thread.currentThread().isInterrupted() ? e : null);
              }
            });

    training.start();
    training.interrupt();
    training.join();
    never.countDown();
    batches.close();

    assertThat(seen.get())
        .isInstanceOf(InterruptedIOException.class)
        .hasMessage("interrupted while waiting for a batch");
    assertThat(inputThreads()).isEmpty();
  }

  @Test
  void twoStreamsOfADataSetDoNotDisturbEachOther() throws IOException {
    int lists = NumberedLists.writeShards(folder, 5);
    Sources sources = new Sources(folder).budget(lists * 100L);
    int steps = 3 * lists / 8;
    List<Integer> expected = Sources.numbers(Sources.batches(sources.build(), 0, steps));
    ShardedLists data = sources.build();

    List<ListBatch> left = new ArrayList<>();
    List<ListBatch> right = new ArrayList<>();
    try (BatchStream<ListBatch> one = data.open(Sources.AS_IS, 0);
        BatchStream<ListBatch> other = data.open(Sources.AS_IS, 0)) {
      for (int step = 0; step < steps; step++) {
        left.add(one.next());
        right.add(other.next());
      }
    }

    assertThat(Sources.numbers(left)).isEqualTo(expected);
    assertThat(Sources.numbers(right)).isEqualTo(expected);
  }

  /** Threads that go on after they had time to end. */
  private static List<String> inputThreads() {
    List<String> alive = new ArrayList<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("rankline-reader-")
          || thread.getName().equals("rankline-batches")) {
        join(thread);
        if (thread.isAlive()) {
          alive.add(thread.getName());
        }
      }
    }
    return alive;
  }

  private static void join(Thread thread) {
    try {
      thread.join(Duration.ofSeconds(5).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns once the thread that makes batches has nothing to do. */
  private static void awaitIdleMaker() {
    while (Thread.getAllStackTraces().entrySet().stream()
        .filter(entry -> entry.getKey().getName().equals("rankline-batches"))
        .noneMatch(
            entry ->
                List.of(entry.getValue()).stream()
                    .anyMatch(frame -> frame.getMethodName().equals("put")))) {
      Thread.onSpinWait();
    }
  }

  private static void openWhenWaitedFor(CountDownLatch latch, Thread waiting) {
    while (waiting.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    latch.countDown();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Counts cursors that are open. */
  private record CountedShard(ListShard shard, AtomicInteger opened) implements ListShard {

    @Override
    public String name() {
      return shard.name();
    }

    @Override
    public RecordCursor open(Consumer<CorruptRecordException> onSkip) throws IOException {
      RecordCursor cursor = shard.open(onSkip);
      opened.incrementAndGet();
      return new RecordCursor() {
        @Override
        public boolean advance() throws IOException {
          return cursor.advance();
        }

        @Override
        public PendingList take() {
          return cursor.take();
        }

        @Override
        public void close() throws IOException {
          opened.decrementAndGet();
          cursor.close();
        }
      };
    }
  }
}
