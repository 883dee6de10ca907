package io.rankline.frozen.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.frozen.PlainRows;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ProductTest {

  static Stream<Arguments> shapes() {
    return Stream.of(
        Arguments.of(1, List.of(1), 1),
        Arguments.of(3, List.of(7), 31),
        Arguments.of(31, List.of(9), 32),
        Arguments.of(33, List.of(130), 33),
        Arguments.of(40, List.of(65), 1030),
        Arguments.of(129, List.of(3), 4),
        Arguments.of(200, List.of(1, 1, 1, 1, 1), 80),
        Arguments.of(17, List.of(2, 5, 1), 9));
  }

  @ParameterizedTest(name = "{0} rows, groups {1}, {2} outputs")
  @MethodSource("shapes")
  void sumsAreTakenInTheOrderOfTheInputs(int rows, List<Integer> groups, int outputs) {
    SplittableRandom random = new SplittableRandom(rows);
    int inputs = groups.stream().mapToInt(Integer::intValue).sum();
    float[] x = PlainRows.spoilt(random, PlainRows.random(random, rows * inputs));
    float[] weights = PlainRows.random(random, inputs * outputs / groups.size());
    float[] bias = PlainRows.random(random, outputs);
    float[] out = new float[rows * outputs];

    Product.of(groups.stream().mapToInt(Integer::intValue).toArray(), outputs, weights, bias)
        .run(new Evaluation(0), x, rows, out);

    assertThat(out).isEqualTo(PlainRows.product(x, rows, groups, weights, bias));
  }
}
