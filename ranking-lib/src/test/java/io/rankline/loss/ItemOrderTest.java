package io.rankline.loss;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ItemOrderTest {

  @ParameterizedTest(name = "{0} items")
  @ValueSource(ints = {0, 1, 2, 7, 8, 9, 16, 17, 100, 1000})
  void equalKeysKeepTheOrderOfTheList(int n) {
    Random random = new Random(n);
    double[] keys = IntStream.range(0, n).mapToDouble(i -> random.nextInt(5)).toArray();

    int[] order = sorted(TieOrder.BY_POSITION, 0, keys);

    assertThat(order)
        .containsExactly(
            IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -keys[i]))
                .mapToInt(Integer::intValue)
                .toArray());
  }

  @Test
  void randomTiesAreRepeatableAndDifferBetweenLists() {
    double[] keys = new double[20];
    TieOrder ties = TieOrder.random(4);

    assertThat(sorted(ties, 1, keys)).containsExactly(sorted(ties, 1, keys));
    assertThat(sorted(ties, 1, keys)).isNotEqualTo(sorted(ties, 2, keys));
    assertThat(Arrays.stream(sorted(ties, 1, keys)).sorted())
        .containsExactly(IntStream.range(0, 20).boxed().toArray(Integer[]::new));
  }

  @Test
  void negativeZeroTiesWithZero() {
    assertThat(sorted(TieOrder.BY_POSITION, 0, -0.0, 0.0, -0.0)).containsExactly(0, 1, 2);
  }

  private static int[] sorted(TieOrder ties, long draw, double... keys) {
    int[] order = new int[keys.length];
    ItemOrder.descending(keys, keys.length, order, new int[keys.length], ties, draw);
    return order;
  }
}
