package io.rankline.loss.smooth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Optional;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sinkhorn scaling compiled from C against that in Java. */
class SinkhornTest {

  /** Of sums in another order, taken 50 times one after the other. */
  private static final Offset<Double> ROUNDING = Offset.offset(1e-9);

  private final Optional<SinkhornLibrary> library = SinkhornLibrary.find();

  @ParameterizedTest(name = "vectors of {0} bits, {1} iterations")
  @CsvSource({"256, 50", "512, 50", "256, 1", "512, 7"})
  void compiledIsAsInJava(int bits, int iterations) {
    assumeTrue(library.isPresent(), "nothing was compiled from C, or the processor lacks AVX2");
    assumeTrue(
        library.orElseThrow().vectorBits() >= bits, "the processor has no vectors of such length");
    Sinkhorn compiled =
        new CompiledSinkhorn(library.orElseThrow().withVectorBits(bits), new PlainSinkhorn());
    Sinkhorn plain = new PlainSinkhorn();
    for (int n : new int[] {200, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 1025, 31, 64, 1024, 120}) {
      SplittableRandom random = new SplittableRandom(n);
      double[] scores = new double[n];
      for (int i = 0; i < n; i++) {
        // Some are equal, and some far apart.
        scores[i] = random.nextInt(4) == 0 ? random.nextInt(3) : random.nextDouble(-4, 4);
      }
      double temperature = n % 2 == 0 ? 1 : 0.1;
      double[] outer = random.doubles(n, -1, 1).toArray();
      double[] inner = random.doubles(n, -1, 1).toArray();

      NeuralSort expected = new NeuralSort();
      double expectedSum = run(plain, expected, scores, temperature, iterations, outer, inner);
      NeuralSort sort = new NeuralSort();
      double sum = run(compiled, sort, scores, temperature, iterations, outer, inner);

      assertThat(sum).as("sum of %s items", n).isCloseTo(expectedSum, ROUNDING);
      assertThat(sort.slope).as("slope of %s items", n).containsExactly(expected.slope, ROUNDING);
      assertThat(sort.scaledSlope)
          .as("scaled slope of %s items", n)
          .containsExactly(expected.scaledSlope, Offset.offset(n * ROUNDING.value));
    }
  }

  private static double run(
      Sinkhorn sinkhorn,
      NeuralSort sort,
      double[] scores,
      double temperature,
      int iterations,
      double[] outer,
      double[] inner) {
    sort.present(scores, scores.length, temperature);
    sinkhorn.forward(sort, iterations, 1e-6);
    double sum = sinkhorn.bilinear(outer, inner);
    sinkhorn.backward(outer, inner);
    return sum;
  }
}
