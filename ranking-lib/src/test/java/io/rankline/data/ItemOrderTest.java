package io.rankline.data;

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

    int[] order = sorted(keys);

    assertThat(order)
        .isEqualTo(
            IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -keys[i]))
                .mapToInt(Integer::intValue)
                .toArray());
  }

  @ParameterizedTest(name = "{0} items")
  @ValueSource(ints = {1, 2, 13, 100, 1000})
  void firstPositionsAreThoseOfTheWholeOrder(int n) {
    Random random = new Random(n);
    double[] keys = IntStream.range(0, n).mapToDouble(i -> random.nextInt(5)).toArray();

    for (int depth = 1; depth <= Math.min(n, 40); depth++) {
      assertThat(Arrays.copyOf(new ItemOrder().descending(keys, n, depth), depth))
          .isEqualTo(Arrays.copyOf(sorted(keys), depth));
    }
  }

  @ParameterizedTest(name = "{0} items")
  @ValueSource(ints = {1, 2, 13, 100})
  void equalKeysKeepAnyOrderThatIsStartedFrom(int n) {
    double[] keys = new double[n];
    ItemOrder items = new ItemOrder();
    int[] start = items.asGiven(n);
    for (int i = 0; i < n; i++) {
      start[i] = n - 1 - i;
    }

    assertThat(Arrays.copyOf(items.sort(keys, n), n))
        .isEqualTo(IntStream.range(0, n).map(i -> n - 1 - i).toArray());
  }

  @Test
  void negativeZeroTiesWithZero() {
    assertThat(sorted(-0.0, 0.0, -0.0)).containsExactly(0, 1, 2);
  }

  private static int[] sorted(double... keys) {
    return Arrays.copyOf(new ItemOrder().descending(keys, keys.length), keys.length);
  }
}
