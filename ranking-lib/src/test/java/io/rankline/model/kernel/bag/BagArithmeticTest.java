package io.rankline.model.kernel.bag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.feature.token.Pooling;
import io.rankline.testing.Tolerances;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Both ways to pool bags. */
class BagArithmeticTest {

  @ParameterizedTest(name = "{0}")
  @EnumSource(Pooling.class)
  void anEmptyBagIsZeroAndLeavesTheTableAlone(Pooling pooling) {
    for (BagArithmetic arithmetic : new BagArithmetic[] {new HeapBags(), new ArrayBags()}) {
      INDArray table = Nd4j.rand(DataType.FLOAT, 4, 2).addi(1);
      TokenIds ids = new TokenIds(2, 2, new int[] {-1, -1, -1, 3});
      INDArray out = Nd4j.valueArrayOf(new long[] {2, 2}, 9f, DataType.FLOAT);
      INDArray gradient = Nd4j.valueArrayOf(new long[] {4, 2}, 9f, DataType.FLOAT);

      arithmetic.pool(table, ids, pooling, out);
      arithmetic.backward(table, ids, pooling, Nd4j.ones(DataType.FLOAT, 2, 2), gradient);

      assertThat(out.getRow(0).toFloatVector()).containsExactly(0, 0);
      assertThat(out.getRow(1)).isEqualTo(table.getRow(3));
      assertThat(gradient.toFloatMatrix())
          .isDeepEqualTo(new float[][] {{0, 0}, {0, 0}, {0, 0}, {1, 1}});
    }
  }

  static Stream<Arguments> seeds() {
    return Stream.of(Pooling.values())
        .flatMap(pooling -> Stream.of(1L, 2L, 3L, 4L, 5L).map(seed -> Arguments.of(pooling, seed)));
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("seeds")
  void theProcessorsPathAgreesWithNd4js(Pooling pooling, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int rows = 1 + random.nextInt(30);
    int columns = 1 + random.nextInt(9);
    int bags = 1 + random.nextInt(40);
    int width = 1 + random.nextInt(6);
    int[] ids = random.ints((long) bags * width, -1 - rows / 3, rows).toArray();
    TokenIds tokens = new TokenIds(bags, width, ids);
    INDArray table = Nd4j.rand(DataType.FLOAT, rows, columns).subi(0.5);
    INDArray epsilon = Nd4j.rand(DataType.FLOAT, bags, columns).subi(0.5);
    INDArray[] out = {Nd4j.create(bags, columns), Nd4j.create(bags, columns)};
    INDArray[] gradient = {Nd4j.create(rows, columns), Nd4j.create(rows, columns)};
    BagArithmetic[] both = {new HeapBags(), new ArrayBags()};

    for (int k = 0; k < 2; k++) {
      both[k].pool(table, tokens, pooling, out[k]);
      both[k].backward(table, tokens, pooling, epsilon, gradient[k]);
    }

    assertThat(HeapBags.canRead(table)).isTrue();
    assertThat(out[0].toFloatMatrix()).hasDimensions(bags, columns);
    assertThat(out[0].sub(out[1]).amaxNumber().doubleValue())
        .isLessThan(Tolerances.FLOAT32_ROUNDING);
    assertThat(gradient[0].sub(gradient[1]).amaxNumber().doubleValue())
        .isLessThan(10 * Tolerances.FLOAT32_ROUNDING);
  }

  @Test
  void equalTokensAddUpToTheSameBitsInEveryRun() {
    INDArray table = Nd4j.rand(DataType.FLOAT, 3, 8);
    int[] ids = new SplittableRandom(4).ints(60_000, 0, 3).toArray();
    TokenIds tokens = new TokenIds(20_000, 3, ids);
    INDArray epsilon = Nd4j.rand(DataType.FLOAT, 20_000, 8);
    for (BagArithmetic arithmetic : new BagArithmetic[] {new HeapBags(), new ArrayBags()}) {
      INDArray first = Nd4j.create(3, 8);
      INDArray second = Nd4j.create(3, 8);

      arithmetic.backward(table, tokens, Pooling.MEAN, epsilon, first);
      arithmetic.backward(table, tokens, Pooling.MEAN, epsilon, second);

      assertThat(second.toFloatMatrix()).isDeepEqualTo(first.toFloatMatrix());
    }
  }

  @Test
  void anUnknownPoolingIsRefused() {
    assertThat(Pooling.ofWireName("max")).isEqualTo(Pooling.MAX);
    assertThatThrownBy(() -> Pooling.ofWireName("sqrtn"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("unknown pooling 'sqrtn'; expected one of mean, sum, max");
  }
}
