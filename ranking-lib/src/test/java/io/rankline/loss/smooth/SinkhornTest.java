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

  private static final Offset<Double> TWELVE_DIGITS = Offset.offset(1e-12);

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

  @ParameterizedTest(name = "{0}, temperature {1}")
  @CsvSource({
    "ONE_VALUE, 1",
    "ONE_OF_TWO_VALUES, 1",
    "TINY, 1",
    "NORMAL, 1",
    "NORMAL, 0.1",
    "CLOSE_ENOUGH_FOR_FACTORS, 1",
    "TOO_FAR_FOR_FACTORS, 1",
    "HUGE, 1",
    "ONE_FAR_ABOVE, 1",
    "ONE_FAR_BELOW, 0.5"
  })
  void compiledIsAsInJavaForScoresOfEveryKind(Scores kind, double temperature) {
    assumeTrue(library.isPresent(), "nothing was compiled from C, or the processor lacks AVX2");
    Sinkhorn compiled = new CompiledSinkhorn(library.orElseThrow(), new PlainSinkhorn());
    for (int n : new int[] {1, 2, 3, 4, 5, 6, 37, 200}) {
      SplittableRandom random = new SplittableRandom(n);
      double[] scores = random.doubles(n, -1, 1).map(x -> kind.most * x).toArray();
      scores[n / 2] = kind.ofOne;
      double[] outer = random.doubles(n, -1, 1).toArray();
      double[] inner = random.doubles(n, -1, 1).toArray();

      NeuralSort expected = new NeuralSort();
      double expectedSum =
          run(new PlainSinkhorn(), expected, scores, temperature, 50, outer, inner);
      NeuralSort sort = new NeuralSort();
      double sum = run(compiled, sort, scores, temperature, 50, outer, inner);

      assertThat(sum).as("sum of %s items", n).isCloseTo(expectedSum, TWELVE_DIGITS);
      assertThat(sort.slope)
          .as("slope of %s items", n)
          .containsExactly(expected.slope, TWELVE_DIGITS);
      assertThat(sort.scaledSlope)
          .as("scaled slope of %s items", n)
          .containsExactly(expected.scaledSlope, Offset.offset(n * TWELVE_DIGITS.value));
    }
  }

  private enum Scores {
    ONE_VALUE(0, 0),
    ONE_OF_TWO_VALUES(0, 1),
    TINY(1e-300, 0),
    NORMAL(3, 0),
    CLOSE_ENOUGH_FOR_FACTORS(30, -30),
    TOO_FAR_FOR_FACTORS(30, -31),
    HUGE(1e300, 0),
    ONE_FAR_ABOVE(1, 1e6),
    ONE_FAR_BELOW(1, -100);

    /** How far scores lie from 0 at most. */
    final double most;

    /** The score of one item. */
    final double ofOne;

    Scores(double most, double ofOne) {
      this.most = most;
      this.ofOne = ofOne;
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
