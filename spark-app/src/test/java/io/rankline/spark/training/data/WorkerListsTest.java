package io.rankline.spark.training.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.data.RankingList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerListsTest {

  private static final int BATCH = 12;

  @ParameterizedTest(name = "{0} workers")
  @ValueSource(ints = {2, 3, 4, 5, 12})
  void theSharesOfAllWorkersAreTheBatch(int workers) {
    TrainingOrder order = TrainingOrder.of(101, workers, BATCH, 40, 5);
    List<WorkerLists> all = workers(order, new int[workers]);

    for (long step = 0; step < 3 * order.batchesPerPass(); step++) {
      long[] batch = batch(all, step);
      for (int number = 0; number < BATCH; number++) {
        long turn = step * BATCH + number;
        long list = batch[number];
        assertThat(order.place(list))
            .as("list %d of step %d", number, step)
            .isEqualTo(order.place(turn / 101, turn % 101));
      }
    }
  }

  @ParameterizedTest(name = "{0} workers")
  @ValueSource(ints = {2, 3, 4})
  void batchesAreThoseOfOneWorkerPassAfterPass(int workers) {
    List<WorkerLists> one = workers(TrainingOrder.of(101, 1, BATCH, 40, 5), new int[1]);
    List<WorkerLists> several =
        workers(TrainingOrder.of(101, workers, BATCH, 40, 5), new int[workers]);

    for (long step = 0; step < 30; step++) {
      assertThat(batch(several, step)).isEqualTo(batch(one, step));
    }
  }

  @Test
  void sharesDifferByOneListAtMostWhereABatchDoesNotDivide() {
    TrainingOrder order = TrainingOrder.of(101, 5, BATCH, 40, 5);
    List<WorkerLists> all = workers(order, new int[5]);

    for (long step = 0; step < 8; step++) {
      long next = step;
      List<Integer> sizes = all.stream().map(one -> one.share(next).lists().size()).toList();
      assertThat(sizes).allMatch(size -> size == 2 || size == 3);
    }
  }

  @Test
  void aWorkerGoesThroughItsPartitionOnceAPass() {
    TrainingOrder order = TrainingOrder.of(96, 2, BATCH, 24, 5);
    int[] opened = new int[2];
    List<WorkerLists> all = workers(order, opened);

    assertThat(order.band(95)).isEqualTo(3);
    for (long step = 0; step < 3 * order.batchesPerPass(); step++) {
      batch(all, step);
    }

    assertThat(opened).containsExactly(3, 3);
  }

  @ParameterizedTest(name = "from step {0}")
  @ValueSource(longs = {1, 5, 8, 9, 17, 20})
  void aTrainingThatGoesOnTakesTheSameLists(long first) {
    TrainingOrder order = TrainingOrder.of(101, 3, BATCH, 40, 5);
    List<WorkerLists> whole = workers(order, new int[3]);
    List<long[]> expected = new ArrayList<>();
    for (long step = 0; step < 25; step++) {
      expected.add(batch(whole, step));
    }

    List<WorkerLists> resumed = workers(order, new int[3]);
    for (long step = first; step < 25; step++) {
      assertThat(batch(resumed, step)).isEqualTo(expected.get((int) step));
    }
  }

  @Test
  void itemsComeInAnOrderOfTheirOwnInEachPassWhoeverHoldsTheList() {
    TrainingOrder one = TrainingOrder.of(24, 1, BATCH, 24, 5);
    TrainingOrder two = TrainingOrder.of(24, 2, BATCH, 24, 5);

    List<String> alone = items(one, 8);
    List<String> together = items(two, 8);

    assertThat(together).containsExactlyInAnyOrderElementsOf(alone);
    assertThat(LongStream.range(0, 24))
        .anyMatch(
            list ->
                alone.stream().filter(text -> text.startsWith(list + ":")).distinct().count() > 1);
  }

  private static List<String> items(TrainingOrder order, long steps) {
    List<String> items = new ArrayList<>();
    for (int worker = 0; worker < order.workers(); worker++) {
      WorkerLists lists = NumberedLists.worker(order, worker, true, new int[order.workers()]);
      for (long step = 0; step < steps; step++) {
        for (RankingList list : lists.share(step).lists()) {
          float[] values = list.examples();
          long number = Math.round(Math.floor(Math.min(values[0], Math.min(values[1], values[2]))));
          items.add(number + ":" + Arrays.toString(values));
        }
      }
    }
    return items;
  }

  private static List<WorkerLists> workers(TrainingOrder order, int[] opened) {
    List<WorkerLists> all = new ArrayList<>();
    for (int worker = 0; worker < order.workers(); worker++) {
      all.add(NumberedLists.worker(order, worker, false, opened));
    }
    return all;
  }

  /** Numbers of the lists of a step's batch, each of them given by one worker. */
  private static long[] batch(List<WorkerLists> workers, long step) {
    long[] batch = new long[BATCH];
    Arrays.fill(batch, -1);
    for (WorkerLists worker : workers) {
      WorkerLists.Share share = worker.share(step);
      for (int k = 0; k < share.numbers().length; k++) {
        int number = (int) share.numbers()[k];
        assertThat(batch[number]).isEqualTo(-1);
        batch[number] = NumberedLists.number(share.lists().get(k));
      }
    }
    assertThat(batch).doesNotContain(-1);
    return batch;
  }
}
