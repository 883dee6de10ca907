package io.rankline.model.kernel.packed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rankline.model.kernel.Matrix;
import io.rankline.model.kernel.NativeFloats;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Products against sums in double of numbers that were rounded in Java. */
class PackedGemmTest {

  /** Below, at and above the lengths of vectors, tiles and blocks. */
  private static final int[] LENGTHS = {1, 2, 12, 13, 16, 17, 31, 32, 33, 64, 65, 136};

  /** Float32 sums, relative to the sum of absolute terms. */
  private static final double ROUNDING = 2e-6;

  /** Columns beyond a result, which have to stay. */
  private static final int BEYOND = 3;

  /** Which factors stand transposed in memory. */
  private enum Form {
    /** x w', as of the forward pass. */
    FORWARD,
    /** dz' x, as for the gradient of weights. */
    WEIGHT_GRADIENT,
    /** dz w, as for the gradient at the input. */
    INPUT_GRADIENT
  }

  static Stream<Arguments> waysAndForms() {
    return Stream.of(Way.values())
        .flatMap(way -> Stream.of(Form.values()).map(form -> Arguments.of(way, form)));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("waysAndForms")
  void isTheSumOfRoundedProducts(Way way, Form form) {
    PackedGemm gemm = gemm(way);
    SplittableRandom random = new SplittableRandom(7);
    for (int rows : LENGTHS) {
      for (int columns : LENGTHS) {
        int inner = LENGTHS[random.nextInt(LENGTHS.length)];
        check(gemm, form, rows, columns, inner, random.nextBoolean(), random);
      }
    }
  }

  private static void check(
      PackedGemm gemm,
      Form form,
      int rows,
      int columns,
      int inner,
      boolean adds,
      SplittableRandom random) {
    float[] a = random(random, rows * inner);
    float[] b = random(random, inner * columns);
    float[] before = random(random, rows * (columns + BEYOND));
    NativeFloats c = NativeFloats.of(before);
    PackedMatrix left = new PackedMatrix();
    PackedMatrix right = new PackedMatrix();
    if (form == Form.WEIGHT_GRADIENT) {
      left.leftTransposed(gemm, matrix(a, rows), inner, rows);
    } else {
      left.left(gemm, matrix(a, inner), rows, inner);
    }
    if (form == Form.FORWARD) {
      right.rightTransposed(gemm, matrix(b, inner), columns, inner);
    } else {
      right.right(gemm, matrix(b, columns), inner, columns);
    }

    gemm.product(left, right, adds, c.matrix(0, columns + BEYOND));

    float[] actual = c.toHeap(before.length);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns + BEYOND; j++) {
        int at = i * (columns + BEYOND) + j;
        double expected = j >= columns || adds ? before[at] : 0;
        double size = Math.abs(before[at]);
        for (int k = 0; j < columns && k < inner; k++) {
          float x = form == Form.WEIGHT_GRADIENT ? a[k * rows + i] : a[i * inner + k];
          float y = form == Form.FORWARD ? b[j * inner + k] : b[k * columns + j];
          double term = (double) factor(gemm, x) * factor(gemm, y);
          expected += term;
          size += Math.abs(term);
        }
        if (!(Math.abs(actual[at] - expected) <= ROUNDING * size)) {
          throw new AssertionError(
              "%s of [%d, %d, %d], adds %s: at %d, %d expected %s, got %s"
                  .formatted(form, rows, inner, columns, adds, i, j, expected, actual[at]));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyThreadGetsTheSameBits(Way way) throws Exception {
    PackedGemm gemm = gemm(way);
    SplittableRandom random = new SplittableRandom(3);
    float[] a = random(random, 70 * 50);
    float[] b = random(random, 50 * 90);
    Callable<float[]> product =
        () -> {
          PackedMatrix left = new PackedMatrix();
          left.left(gemm, matrix(a, 50), 70, 50);
          PackedMatrix right = new PackedMatrix();
          right.right(gemm, matrix(b, 90), 50, 90);
          NativeFloats c = NativeFloats.room(70 * 90);
          gemm.product(left, right, false, c.matrix(0, 90));
          return c.toHeap(70 * 90);
        };
    float[] expected = product.call();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<float[]>> results = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        results.add(threads.submit(product));
      }
      for (Future<float[]> result : results) {
        assertThat(result.get()).isEqualTo(expected);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @ParameterizedTest
  @EnumSource
  void nanAndInfinityReachTheirRowAndNoOther(Way way) {
    PackedGemm gemm = gemm(way);
    float[] a = {1, Float.NaN, 1, 1, Float.POSITIVE_INFINITY, 1};
    float[] b = {1, 2, 3, 4};
    PackedMatrix left = new PackedMatrix();
    left.left(gemm, matrix(a, 2), 3, 2);
    PackedMatrix right = new PackedMatrix();
    right.right(gemm, matrix(b, 2), 2, 2);
    NativeFloats c = NativeFloats.room(6);

    gemm.product(left, right, false, c.matrix(0, 2));

    assertThat(c.toHeap(6))
        .containsExactly(
            Float.NaN, Float.NaN, 4, 6, Float.POSITIVE_INFINITY, Float.POSITIVE_INFINITY);
  }

  @Test
  void factorsThatDoNotFitAreRefusedWithTheirShapes() {
    PackedGemm gemm = gemm(Way.VECTORS);
    PackedMatrix left = new PackedMatrix();
    left.left(gemm, matrix(new float[6], 3), 2, 3);
    PackedMatrix right = new PackedMatrix();
    right.right(gemm, matrix(new float[8], 4), 2, 4);
    Matrix c = NativeFloats.room(8).matrix(0, 4);

    assertThatThrownBy(() -> gemm.product(left, right, false, c))
        .hasMessageContaining("left [2, 3], right [2, 4]");
    assertThatThrownBy(() -> gemm.product(right, right, false, c))
        .hasMessageContaining("needs a left and a right factor");
    PackedGemm floats = gemm(Way.FLOATS);
    assertThatThrownBy(() -> floats.product(left, right, false, c))
        .hasMessageContaining("packed for it");
    assertThatThrownBy(() -> new PackedMatrix().left(gemm, matrix(new float[6], 3), 0, 3))
        .hasMessageContaining("0 rows");
    assertThatThrownBy(() -> new PackedMatrix().left(gemm, matrix(new float[6], 3), 1, 4))
        .hasMessageContaining("4 columns and a stride of 3");
  }

  private static PackedGemm gemm(Way way) {
    Optional<Way> found = ProductsLibrary.fastest();
    assumeTrue(found.isPresent(), "the processor has no AVX-512, or nothing was compiled from C");
    Way fastest = found.orElseThrow();
    assumeTrue(
        !way.isBfloat16() || fastest.isBfloat16(),
        "the processor has no AVX512_BF16, or the compiler does not know it");
    assumeTrue(way != Way.TILES || fastest == Way.TILES, "the processor has no AMX");
    return new PackedGemm(way);
  }

  private static float factor(PackedGemm gemm, float value) {
    return gemm.way().isBfloat16() ? rounded(value) : value;
  }

  /** To the nearest number with 8 bits of fraction, ties to even. */
  private static float rounded(float value) {
    int bits = Float.floatToRawIntBits(value);
    return Float.intBitsToFloat((bits + 0x7fff + (bits >>> 16 & 1)) & 0xffff0000);
  }

  private static Matrix matrix(float[] values, int width) {
    return NativeFloats.of(values).matrix(0, width);
  }

  private static float[] random(SplittableRandom random, int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return values;
  }
}
