package io.rankline.spark.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingOrderTest {

  @ParameterizedTest(name = "{0} lists, {1} workers, batches of {2}, buffer {3}")
  @CsvSource({
    "100, 1, 12, 40",
    "100, 3, 12, 40",
    "101, 4, 12, 1000",
    "97, 5, 12, 24",
    "12, 4, 12, 12",
    "7, 3, 12, 2",
    "4, 4, 9, 1",
    "50, 7, 7, 1",
  })
  void everyPassTakesEveryListOnce(long lists, int workers, int batchSize, int buffer) {
    TrainingOrder order = TrainingOrder.of(lists, workers, batchSize, buffer, 5);

    for (long pass = 0; pass < 3; pass++) {
      long[] places = pass(order, pass);
      assertThat(LongStream.of(places).sorted().toArray())
          .isEqualTo(LongStream.range(0, lists).toArray());
    }
  }

  @ParameterizedTest(name = "{0} lists, {1} workers, batches of {2}, buffer {3}")
  @CsvSource({"100, 3, 12, 40", "101, 4, 12, 1000", "97, 5, 12, 24", "7, 3, 12, 2"})
  void aTurnGoesToAPlaceOfItsOwnWorkerAndBand(long lists, int workers, int batchSize, int buffer) {
    TrainingOrder order = TrainingOrder.of(lists, workers, batchSize, buffer, 5);

    for (long pass = 0; pass < 3; pass++) {
      for (long turn = 0; turn < lists; turn++) {
        long place = order.place(pass, turn);
        assertThat(order.worker(place)).isEqualTo(turn % workers);
        assertThat(order.band(place)).isEqualTo(order.band(turn));
      }
    }
  }

  @ParameterizedTest(name = "{0} workers")
  @CsvSource({"2", "3", "4", "6", "12"})
  void theOrderIsThatOfOneWorkerWhereWorkersDivideTheBatch(int workers) {
    TrainingOrder one = TrainingOrder.of(101, 1, 12, 40, 5);
    TrainingOrder several = TrainingOrder.of(101, workers, 12, 40, 5);

    for (long list = 0; list < 101; list++) {
      assertThat(several.place(list)).isEqualTo(one.place(list));
    }
    for (long pass = 0; pass < 3; pass++) {
      assertThat(pass(several, pass)).isEqualTo(pass(one, pass));
    }
  }

  @Test
  void passesAndSeedsDifferInTheirOrder() {
    TrainingOrder order = TrainingOrder.of(101, 2, 12, 40, 5);

    assertThat(pass(order, 1)).isNotEqualTo(pass(order, 0));
    assertThat(pass(TrainingOrder.of(101, 2, 12, 40, 6), 0)).isNotEqualTo(pass(order, 0));
    assertThat(LongStream.range(0, 101).map(order::place).toArray())
        .isNotEqualTo(LongStream.range(0, 101).toArray());
  }

  @Test
  void aBufferOfOneListKeepsTheOrderOfTheFiles() {
    TrainingOrder order = TrainingOrder.of(101, 2, 12, 1, 5);

    assertThat(LongStream.range(0, 101).map(order::place).toArray())
        .isEqualTo(LongStream.range(0, 101).toArray());
    assertThat(pass(order, 3)).isEqualTo(LongStream.range(0, 101).toArray());
  }

  @Test
  void rowsOfAWorkerCountItsPlacesOfABand() {
    TrainingOrder order = TrainingOrder.of(100, 3, 12, 24, 5);
    int[][] next = new int[3][order.band(99) + 1];

    assertThat(order.bandSize()).isEqualTo(24);
    for (long place = 0; place < 100; place++) {
      assertThat(order.rowOfWorker(place))
          .isEqualTo(next[order.worker(place)][order.band(place)]++);
    }
  }

  @Test
  void theLastBatchOfAPassCountsThoughItReachesIntoTheNext() {
    assertThat(TrainingOrder.of(24, 2, 12, 40, 5).batchesPerPass()).isEqualTo(2);
    assertThat(TrainingOrder.of(25, 2, 12, 40, 5).batchesPerPass()).isEqualTo(3);
  }

  @Test
  void fewerListsThanWorkersAreRefused() {
    assertThatThrownBy(() -> TrainingOrder.of(3, 4, 12, 40, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "4 workers need as many lists or more and batches of 1 or more, got 3 lists and"
                + " batches of 12");
  }

  private static long[] pass(TrainingOrder order, long pass) {
    return LongStream.range(0, order.lists()).map(turn -> order.place(pass, turn)).toArray();
  }
}
