package io.rankline.model.kernel.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rankline.compiled.CompiledCode;
import io.rankline.model.kernel.Precision;
import io.rankline.model.kernel.RowThreads;
import io.rankline.model.kernel.packed.PackedProducts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** The processor's float32 arithmetic against ND4J calls in double. */
class NativeRowBlockTest {

  /** Float32 sums over some hundred rows, relative to the largest value of an array. */
  private static final double FLOAT32_SUMS = 2e-4;

  /** The same where batch norm over two or three rows takes differences of nearly equal numbers. */
  private static final double FEW_ROWS = 2e-3;

  /** Relative L2 error of numbers of 8 bits, for output and gradients of input and weights. */
  private static final double BFLOAT16 = 0.05;

  /** The same for sums over rows in which most cancels out: bias and batch norm. */
  private static final double BFLOAT16_SUMS = 0.2;

  /** From here on batch norm does not take differences of nearly equal numbers. */
  private static final int ENOUGH_ROWS = 16;

  private static final int ITERATION = 3;

  private final int threads = RowThreads.count();

  @AfterEach
  void restore() {
    RowThreads.use(threads);
    System.clearProperty(CompiledCode.PROPERTY);
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 60);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void agreesWithNd4jCalls(long seed) {
    RandomBlock block = new RandomBlock(seed);
    RowThreads.use(1 + (int) (seed % 3));

    List<@Nullable INDArray> actual = step(new NativeRowBlock(block.spec), block, DataType.FLOAT);
    List<@Nullable INDArray> expected =
        step(new ArrayRowBlock(block.spec, DataType.DOUBLE), block, DataType.DOUBLE);

    double tolerance = block.rows < 16 ? FEW_ROWS : FLOAT32_SUMS;
    for (int i = 0; i < expected.size(); i++) {
      requireClose(block + ", array " + i, actual.get(i), expected.get(i), tolerance);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
  void agreesWithNd4jCallsWhereOpenBlasMultiplies(long seed) {
    System.setProperty(CompiledCode.PROPERTY, "false");
    agreesWithNd4jCalls(seed);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void productsInBfloat16AreThoseInFloat32UpToTheirRounding(long seed) {
    assumeTrue(PackedProducts.here().bfloat16() != null, PackedProducts.here().reason());
    RandomBlock block = new RandomBlock(seed);
    RowThreads.use(1 + (int) (seed % 3));
    NativeRowBlock mixed = new NativeRowBlock(block.spec);
    mixed.use(Precision.MIXED_BFLOAT16);

    List<@Nullable INDArray> actual = step(mixed, block, DataType.FLOAT);
    List<@Nullable INDArray> again = step(mixed, block, DataType.FLOAT);
    List<@Nullable INDArray> single = step(new NativeRowBlock(block.spec), block, DataType.FLOAT);

    assertThat(values(actual.get(0))).as("inference").isEqualTo(values(single.get(0)));
    for (int i = 1; i < single.size(); i++) {
      float[] bits = values(actual.get(i));
      assertThat(values(again.get(i))).as("array %d once more", i).isEqualTo(bits);
      if (isMultiplied(block)) {
        double tolerance =
            block.rows < ENOUGH_ROWS ? Double.POSITIVE_INFINITY : i <= 3 ? BFLOAT16 : BFLOAT16_SUMS;
        requireNear(block + ", array " + i, bits, values(single.get(i)), tolerance);
      } else {
        assertThat(bits).as("narrow, array %d", i).isEqualTo(values(single.get(i)));
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void aStepIsTheSameBitForBit(long seed) {
    RandomBlock block = new RandomBlock(seed);
    RowThreads.use(3);

    List<@Nullable INDArray> once = step(new NativeRowBlock(block.spec), block, DataType.FLOAT);
    List<@Nullable INDArray> again = step(new NativeRowBlock(block.spec), block, DataType.FLOAT);

    for (int i = 0; i < once.size(); i++) {
      assertThat(values(again.get(i))).as("array %d", i).isEqualTo(values(once.get(i)));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aRowOfInferenceHasTheSameBitsAloneAndInAnyCompany(long seed) {
    RandomBlock block = new RandomBlock(seed);
    RowThreads.use(1 + (int) (seed % 3));
    NativeRowBlock rows = new NativeRowBlock(block.spec);
    BlockArrays parameters = block.parameters(DataType.FLOAT);
    INDArray x = block.x(DataType.FLOAT);
    INDArray together = block.output(DataType.FLOAT);
    rows.infer(parameters, x, together);

    for (int from : new int[] {0, block.rows / 3, block.rows - 1}) {
      for (int count : new int[] {1, 7, 40}) {
        int to = Math.min(block.rows, from + count);
        INDArray some = x.get(NDArrayIndex.interval(from, to), NDArrayIndex.all()).dup('c');
        INDArray y = Nd4j.create(DataType.FLOAT, to - from, block.spec.outputs());
        rows.infer(parameters, some, y);
        assertThat(values(y))
            .as("%s, rows %d to %d", block, from, to)
            .isEqualTo(values(together.get(NDArrayIndex.interval(from, to), NDArrayIndex.all())));
      }
    }
  }

  @Test
  void inputThatLiesColumnByColumnIsTakenToo() {
    RandomBlock block = new RandomBlock(5);
    INDArray expected = block.output(DataType.FLOAT);
    INDArray actual = block.output(DataType.FLOAT);
    BlockArrays parameters = block.parameters(DataType.FLOAT);

    new NativeRowBlock(block.spec).infer(parameters, block.x(DataType.FLOAT), expected);
    new NativeRowBlock(block.spec).infer(parameters, block.x(DataType.FLOAT).dup('f'), actual);

    assertThat(values(actual)).isEqualTo(values(expected));
  }

  /** Arrays of ND4J count as equal when they are close. */
  private static float[] values(@Nullable INDArray array) {
    return array == null ? new float[0] : array.dup('c').data().asFloat();
  }

  /** Output of training and inference, gradient at the input, gradients of parameters. */
  private static List<@Nullable INDArray> step(RowBlock rows, RandomBlock block, DataType type) {
    BlockArrays parameters = block.parameters(type);
    INDArray inference = block.output(type);
    INDArray y = block.output(type);
    INDArray dx = block.inputGradient(type);
    BlockArrays gradients = block.gradients(type);
    rows.infer(parameters, block.x(type), inference);
    rows.train(parameters, block.x(type), ITERATION, y);
    rows.backward(parameters, block.x(type), y, block.dy(type), gradients, dx);
    List<@Nullable INDArray> all = new ArrayList<>(Arrays.asList(inference, y, dx));
    all.addAll(
        Arrays.asList(
            gradients.weights(),
            gradients.bias(),
            gradients.gamma(),
            gradients.beta(),
            gradients.mean(),
            gradients.variance()));
    return all;
  }

  /** Whether a dense block is wide enough for bfloat16. */
  private static boolean isMultiplied(RandomBlock block) {
    return block.spec.isDense() && block.spec.inputs() >= 16 && block.spec.outputs() >= 16;
  }

  private static void requireNear(String what, float[] actual, float[] expected, double tolerance) {
    double difference = 0;
    double size = 0;
    for (int i = 0; i < expected.length; i++) {
      difference += Math.pow(actual[i] - expected[i], 2);
      size += Math.pow(expected[i], 2);
    }
    assertThat(Math.sqrt(difference / Math.max(size, 1e-6))).as(what).isLessThan(tolerance);
  }

  private static void requireClose(
      String what, @Nullable INDArray actual, @Nullable INDArray expected, double tolerance) {
    if (actual == null || expected == null) {
      assertThat(actual).as(what).isEqualTo(expected);
      return;
    }
    double[] left = actual.castTo(DataType.DOUBLE).dup('c').data().asDouble();
    double[] right = expected.dup('c').data().asDouble();
    double size = Math.max(1, Arrays.stream(right).map(Math::abs).max().orElse(0));
    double error =
        IntStream.range(0, right.length)
            .mapToDouble(i -> Math.abs(left[i] - right[i]))
            .max()
            .orElse(0);
    assertThat(left).as(what).hasSameSizeAs(right);
    assertThat(error / size).as(what).isLessThan(tolerance);
  }
}
