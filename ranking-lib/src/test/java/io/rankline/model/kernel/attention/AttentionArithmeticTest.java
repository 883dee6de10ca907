package io.rankline.model.kernel.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rankline.model.kernel.Dropout;
import io.rankline.model.kernel.FloatBits;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Both ways to compute attention, against plain loops in double. */
class AttentionArithmeticTest {

  /** Sums of some hundred products of floats. */
  private static final double FLOAT_PRODUCTS = 2e-5;

  /** The same in double; factors of dropout are floats in both. */
  private static final double DOUBLE_PRODUCTS = 1e-12;

  private static final int ITERATION = 7;

  /** No list has more items. */
  private static final int LONGEST = 1000;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void arraysInDoubleAreTheFormula(long seed) {
    requireFormula(randomBatch(seed, DataType.DOUBLE), new ArrayAttention(), DOUBLE_PRODUCTS);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void arraysInFloatAreTheFormula(long seed) {
    requireFormula(randomBatch(seed, DataType.FLOAT), new ArrayAttention(), FLOAT_PRODUCTS);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void theProcessorsWayIsTheFormula(long seed) {
    requireFormula(randomBatch(seed, DataType.FLOAT), new ProcessorAttention(), FLOAT_PRODUCTS);
  }

  @Test
  void aListOfAThousandItemsIsCutIntoTiles() {
    SplittableRandom random = new SplittableRandom(11);
    AttentionBatch batch =
        batch(random, DataType.FLOAT, new int[] {0, 1000, 1003}, 2, 5, dropout(0.3));

    requireFormula(batch, new ProcessorAttention(), FLOAT_PRODUCTS);
  }

  @Test
  void scoresFarApartGiveOneProbabilityOfOne() {
    INDArray projected =
        Nd4j.createFromArray(new float[][] {{1e4f, 1e4f, 1}, {-1e4f, -1e4f, 2}, {0, 3e3f, 3}});
    AttentionBatch batch = new AttentionBatch(projected, new int[] {0, 3}, 1, 1, null, ITERATION);
    INDArray output = Nd4j.createUninitialized(DataType.FLOAT, 3, 1);

    new ProcessorAttention().forward(batch, output);

    assertThat(output.toFloatVector()).containsExactly(1, 2, 2);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void theSameBatchTwiceIsTheSameBitForBit(long seed) {
    AttentionBatch batch = randomBatch(seed, DataType.FLOAT);
    INDArray error = Nd4j.rand(DataType.FLOAT, batch.rows(), batch.width());
    float[][][] runs = new float[2][2][];
    for (float[][] run : runs) {
      ProcessorAttention attention = new ProcessorAttention();
      INDArray output = Nd4j.createUninitialized(DataType.FLOAT, error.shape());
      INDArray gradient = Nd4j.createUninitialized(DataType.FLOAT, batch.projected().shape());
      attention.forward(batch, output);
      attention.backward(batch, error, gradient);
      run[0] = output.reshape(output.length()).toFloatVector();
      run[1] = gradient.reshape(gradient.length()).toFloatVector();
    }

    assertThat(runs[0][0]).isEqualTo(runs[1][0]);
    assertThat(runs[0][1]).isEqualTo(runs[1][1]);
  }

  private static void requireFormula(
      AttentionBatch batch, AttentionArithmetic arithmetic, double tolerance) {
    DataType type = batch.projected().dataType();
    INDArray error = Nd4j.rand(type, batch.rows(), batch.width()).subi(0.5);
    INDArray output = Nd4j.createUninitialized(type, error.shape());
    INDArray gradient = Nd4j.createUninitialized(type, batch.projected().shape());

    arithmetic.forward(batch, output);
    arithmetic.backward(batch, error, gradient);

    double[][] projected = batch.projected().toDoubleMatrix();
    double[][] expectedOutput = new double[batch.rows()][batch.width()];
    double[][] expectedGradient = new double[batch.rows()][3 * batch.width()];
    for (int list = 0; list < batch.lists(); list++) {
      for (int head = 0; head < batch.heads(); head++) {
        int start = batch.starts()[list];
        int end = batch.starts()[list + 1];
        if (end > start) {
          double[][][] parts = new double[3][][];
          for (int part = 0; part < 3; part++) {
            parts[part] = block(projected, start, end, column(batch, part, head), batch.keyDim());
          }
          double[][] slope =
              block(error.toDoubleMatrix(), start, end, head * batch.keyDim(), batch.keyDim());
          double[][] keep = keep(batch, start, end, head);
          put(
              AttentionOracle.output(parts[0], parts[1], parts[2], keep),
              expectedOutput,
              start,
              head * batch.keyDim());
          double[][][] gradients =
              AttentionOracle.gradients(parts[0], parts[1], parts[2], keep, slope);
          for (int part = 0; part < 3; part++) {
            put(gradients[part], expectedGradient, start, column(batch, part, head));
          }
        }
      }
    }
    requireClose(output.toDoubleMatrix(), expectedOutput, tolerance);
    requireClose(gradient.toDoubleMatrix(), expectedGradient, tolerance);
  }

  private static void requireClose(double[][] actual, double[][] expected, double tolerance) {
    double largest =
        Arrays.stream(expected).flatMapToDouble(Arrays::stream).map(Math::abs).max().orElse(0);
    for (int i = 0; i < expected.length; i++) {
      for (int j = 0; j < expected[i].length; j++) {
        assertThat(actual[i][j])
            .as("row %d, column %d", i, j)
            .isCloseTo(expected[i][j], within(tolerance * Math.max(1, largest)));
      }
    }
  }

  private static AttentionBatch randomBatch(long seed, DataType type) {
    SplittableRandom random = new SplittableRandom(seed);
    int lists = random.nextInt(1, 6);
    int[] starts = new int[lists + 1];
    for (int b = 0; b < lists; b++) {
      int size =
          switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> 1;
            case 2 -> random.nextInt(2, 40);
            default -> random.nextInt(255, 300);
          };
      starts[b + 1] = starts[b] + (b == lists - 1 ? Math.max(1, size) : size);
    }
    Dropout dropout = random.nextBoolean() ? dropout(random.nextDouble(0.1, 0.9)) : null;
    return batch(random, type, starts, random.nextInt(1, 4), random.nextInt(1, 12), dropout);
  }

  private static AttentionBatch batch(
      SplittableRandom random,
      DataType type,
      int[] starts,
      int heads,
      int keyDim,
      @Nullable Dropout dropout) {
    int rows = starts[starts.length - 1];
    float[] values = new float[rows * 3 * heads * keyDim];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-2, 2);
    }
    INDArray projected =
        Nd4j.createFromArray(values).reshape('c', rows, 3L * heads * keyDim).castTo(type);
    return new AttentionBatch(projected, starts, heads, keyDim, dropout, ITERATION);
  }

  private static Dropout dropout(double rate) {
    return new Dropout(rate, 3, LONGEST);
  }

  private static double[][] keep(AttentionBatch batch, int start, int end, int head) {
    double[][] keep = new double[end - start][end - start];
    for (int i = 0; i < keep.length; i++) {
      float[] row = new float[keep.length];
      if (batch.dropout() == null) {
        Arrays.fill(row, 1f);
      } else {
        long drawn = batch.drawnRow(start + i, head);
        int[] scratch = new int[row.length];
        batch.dropout().rowFactors(ITERATION, drawn, row.length, scratch, new FloatBits(), row, 0);
      }
      for (int j = 0; j < row.length; j++) {
        keep[i][j] = row[j];
      }
    }
    return keep;
  }

  private static int column(AttentionBatch batch, int part, int head) {
    return (part * batch.heads() + head) * batch.keyDim();
  }

  private static double[][] block(double[][] rows, int start, int end, int column, int width) {
    double[][] block = new double[end - start][];
    for (int i = start; i < end; i++) {
      block[i - start] = Arrays.copyOfRange(rows[i], column, column + width);
    }
    return block;
  }

  private static void put(double[][] block, double[][] into, int start, int column) {
    for (int i = 0; i < block.length; i++) {
      System.arraycopy(block[i], 0, into[start + i], column, block[i].length);
    }
  }
}
