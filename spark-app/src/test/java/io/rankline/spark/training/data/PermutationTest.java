package io.rankline.spark.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PermutationTest {

  @ParameterizedTest(name = "size {0}")
  @ValueSource(longs = {0, 1, 2, 3, 4, 5, 15, 16, 17, 63, 64, 65, 255, 256, 257, 1023, 1024, 1025})
  void everyPlaceIsTakenOnce(long size) {
    assertBijection(size, 7);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, -1, Long.MIN_VALUE, Long.MAX_VALUE})
  void everyPlaceIsTakenOnceUnderAnySeed(long seed) {
    assertBijection(new Random(seed).nextInt(20_000), seed);
  }

  @Test
  void placesOfAHugeDataSetStayBelowItsSize() {
    long size = (1L << 40) + 12_345;
    Permutation order = new Permutation(size, 3);

    LongStream.range(size - 1000, size)
        .forEach(number -> assertThat(order.at(number)).isBetween(0L, size - 1));
    assertThat(LongStream.range(0, 1000).map(order::at).distinct().count()).isEqualTo(1000);
  }

  @Test
  void anotherSeedIsAnotherOrder() {
    assertThat(all(new Permutation(100, 1))).isNotEqualTo(all(new Permutation(100, 2)));
  }

  /**
   * 400 orders of 8 things: a thing comes to each place 50 times on average. The chi-squared
   * statistic of its 8 counts has 7 degrees of freedom and is below 24.3 but once in a thousand; of
   * 8 things, none may be beyond what one in a million is, 40.5.
   */
  @Test
  void eachThingComesToEachPlaceAboutAsOften() {
    int[][] counts = new int[8][8];
    for (int seed = 0; seed < 400; seed++) {
      long[] places = all(new Permutation(8, seed));
      for (int thing = 0; thing < 8; thing++) {
        counts[thing][(int) places[thing]]++;
      }
    }

    for (int[] ofThing : counts) {
      double chiSquared = 0;
      for (int count : ofThing) {
        chiSquared += Math.pow(count - 50, 2) / 50;
      }
      assertThat(chiSquared).isLessThan(40.5);
    }
  }

  @Test
  void aNumberBeyondTheSizeIsRefused() {
    assertThatThrownBy(() -> new Permutation(5, 1).at(5))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("number must be 0 to 4, got 5");
  }

  private static void assertBijection(long size, long seed) {
    long[] places = all(new Permutation(size, seed));

    assertThat(LongStream.of(places).sorted().toArray())
        .isEqualTo(LongStream.range(0, size).toArray());
  }

  private static long[] all(Permutation order) {
    return LongStream.range(0, order.size()).map(order::at).toArray();
  }
}
