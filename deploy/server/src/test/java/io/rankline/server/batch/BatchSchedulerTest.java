package io.rankline.server.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.data.RankingList;
import io.rankline.io.example.ExampleWriter;
import io.rankline.model.ListScorer;
import io.rankline.server.testing.ShopModel;
import io.rankline.serving.SavedRankingModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchSchedulerTest {

  private static final int MINUTE = 60_000_000;

  private static SavedRankingModel model;

  private final List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch opened = new CountDownLatch(1);
  private final CountDownLatch busy = new CountDownLatch(1);
  private ExecutorService callers;

  @BeforeAll
  static void load(@TempDir Path base) throws IOException {
    ShopModel.export(base, "1", 1);
    model = SavedRankingModel.load(base.resolve("1").toString());
  }

  @BeforeEach
  void start() {
    callers = Executors.newCachedThreadPool();
  }

  @AfterEach
  void stop() throws InterruptedException {
    opened.countDown();
    callers.shutdown();
    assertThat(callers.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
  }

  /** The model, which notes how many lists it gets, and scores none before it is opened. */
  private List<SortedMap<String, float[]>> score(List<RankingList> lists) {
    sizes.add(lists.size());
    busy.countDown();
    try {
      opened.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    if (lists.stream().anyMatch(list -> list.size() == 9)) {
      throw new IllegalArgumentException("nine items");
    }
    return model.predictAll(lists);
  }

  private CompletableFuture<List<SortedMap<String, float[]>>> ask(
      ListScorer scorer, float... prices) {
    return CompletableFuture.supplyAsync(
        () -> scorer.scores(List.of(model.listOf(ShopModel.elwc(prices)))), callers);
  }

  private static float[] scores(CompletableFuture<List<SortedMap<String, float[]>>> answer)
      throws Exception {
    return answer.get(20, TimeUnit.SECONDS).get(0).values().iterator().next();
  }

  private static BatchScheduler scheduler(int most, int timeoutMicros, int queued) {
    return new BatchScheduler(new BatchSettings(most, timeoutMicros, queued, 1));
  }

  @Test
  void requestsThatComeWhileTheThreadIsBusyAreOneBatchWithTheBitsOfEachAlone() throws Exception {
    try (BatchScheduler scheduler = scheduler(100, 0, 10)) {
      ListScorer batched = scheduler.batching(this::score);
      var first = ask(batched, 5);
      assertThat(busy.await(20, TimeUnit.SECONDS)).isTrue();
      var second = ask(batched, 6, 9);
      awaitWaiting(batched, 1);
      var third = ask(batched, 0.1f, 7, 3);
      awaitWaiting(batched, 2);
      opened.countDown();

      assertThat(scores(first)).isEqualTo(model.predict(ShopModel.elwc(5)));
      assertThat(scores(second)).isEqualTo(model.predict(ShopModel.elwc(6, 9)));
      assertThat(scores(third)).isEqualTo(model.predict(ShopModel.elwc(0.1f, 7, 3)));
      assertThat(sizes).containsExactly(1, 2);
    }
  }

  @Test
  void listsOfAllFormsOfRequestsGoIntoOneBatch() throws Exception {
    opened.countDown();
    ExampleWriter example = new ExampleWriter();
    example.floats("price", new float[] {6}, 0, 1);
    try (BatchScheduler scheduler = scheduler(3, MINUTE, 10)) {
      ListScorer batched = scheduler.batching(this::score);
      var record = ask(batched, 5);
      awaitWaiting(batched, 1);
      var names =
          CompletableFuture.supplyAsync(
              () -> batched.scores(List.of(model.listOf(Map.of(), List.of(Map.of("price", 9))))),
              callers);
      awaitWaiting(batched, 2);

      assertThat(batched.scores(List.of(model.listOfExample(example.toByteArray()))).get(0))
          .containsEntry("score", new float[] {4});
      assertThat(scores(record)).containsExactly(3.5f);
      assertThat(scores(names)).containsExactly(5.5f);
      assertThat(sizes).containsExactly(3);
    }
  }

  @Test
  void aFullBatchDoesNotWaitForItsTime() throws Exception {
    opened.countDown();
    try (BatchScheduler scheduler = scheduler(2, MINUTE, 10)) {
      ListScorer batched = scheduler.batching(this::score);
      var first = ask(batched, 5);
      var second = ask(batched, 6);

      assertThat(scores(first)).containsExactly(3.5f);
      assertThat(scores(second)).containsExactly(4);
      assertThat(sizes).containsExactly(2);
    }
  }

  @Test
  void aRequestThatWouldNotFitSendsTheBatchBeforeItOff() throws Exception {
    opened.countDown();
    try (BatchScheduler scheduler = scheduler(2, MINUTE, 10)) {
      ListScorer batched = scheduler.batching(this::score);
      var first = ask(batched, 5);
      awaitWaiting(batched, 1);
      RankingList list = model.listOf(ShopModel.elwc(6));

      assertThat(batched.scores(List.of(list, list, list))).hasSize(3);
      assertThat(scores(first)).containsExactly(3.5f);
      assertThat(sizes).containsExactly(1, 3);
    }
  }

  @Test
  void aBatchIsScoredWhenItsTimeIsOver() throws Exception {
    opened.countDown();
    try (BatchScheduler scheduler = scheduler(100, 1000, 10)) {
      assertThat(scores(ask(scheduler.batching(this::score), 5))).containsExactly(3.5f);
    }
  }

  @Test
  void aRequestThatCannotBeScoredFailsAlone() throws Exception {
    opened.countDown();
    try (BatchScheduler scheduler = scheduler(2, MINUTE, 10)) {
      ListScorer batched = scheduler.batching(this::score);
      var good = ask(batched, 5);
      var bad = ask(batched, 1, 2, 3, 4, 5, 6, 7, 8, 9);

      assertThat(scores(good)).containsExactly(3.5f);
      assertThatThrownBy(bad::join)
          .isInstanceOf(CompletionException.class)
          .cause()
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("nine items");
    }
  }

  @Test
  void moreBatchesThanMayWaitAreRefused() throws Exception {
    try (BatchScheduler scheduler = scheduler(1, 0, 2)) {
      ListScorer batched = scheduler.batching(this::score);
      List<CompletableFuture<List<SortedMap<String, float[]>>>> taken = new ArrayList<>();
      taken.add(ask(batched, 5));
      assertThat(busy.await(20, TimeUnit.SECONDS)).isTrue();
      taken.add(ask(batched, 5));
      awaitWaiting(batched, 1);
      taken.add(ask(batched, 5));
      awaitWaiting(batched, 2);

      assertThatThrownBy(() -> batched.scores(List.of(model.listOf(ShopModel.elwc(5)))))
          .isInstanceOf(QueueFullException.class)
          .hasMessage(
              "2 batches are waiting, as many as may (max_enqueued_batches); try again later");
      opened.countDown();
      for (var answer : taken) {
        assertThat(scores(answer)).containsExactly(3.5f);
      }
    }
  }

  @Test
  void whatWaitsAtTheEndFailsAndNothingIsTakenAfterIt() throws Exception {
    BatchScheduler scheduler = scheduler(100, MINUTE, 10);
    ListScorer batched = scheduler.batching(this::score);
    var waits = ask(batched, 5);
    awaitWaiting(batched, 1);

    scheduler.close();

    assertThatThrownBy(waits::join).hasRootCauseMessage("the server ends");
    assertThatThrownBy(() -> batched.scores(List.of(model.listOf(ShopModel.elwc(5)))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the server ends");
  }

  /** Until so many requests stand in batches that have not been taken. */
  private static void awaitWaiting(ListScorer batched, int requests) throws InterruptedException {
    while (((BatchQueue) batched).requestsWaiting() < requests) {
      Thread.sleep(1);
    }
  }
}
