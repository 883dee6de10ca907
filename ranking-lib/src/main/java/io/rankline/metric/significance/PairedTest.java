package io.rankline.metric.significance;

import io.rankline.metric.evaluation.EmptyLists;
import io.rankline.metric.evaluation.MetricSample;
import java.io.Serializable;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.statistics.inference.TTest;

/**
 * Whether two rankings of the same lists differ by more than chance: Fisher's randomization test
 * and Student's paired t test, both two-sided.
 *
 * <p>Both look at each list's share in the difference of the means, {@code m2 * W2 / sum(W2) - m1 *
 * W1 / sum(W1)}. Without weights that is the plain difference of the values divided by the number
 * of lists. A list that counts in neither mean is no pair.
 *
 * <p>The randomization test swaps the two rankings list by list. With no more than {@link
 * #EXACT_UP_TO} lists that differ, all swaps are tried and the p-value is exact; otherwise {@code
 * permutations} are drawn, and it is {@code (1 + #{at least as large}) / (1 + permutations)}, which
 * never claims 0.
 *
 * @param permutations number of swaps drawn, 1 or more
 * @param seed of the swaps
 * @see <a href="https://doi.org/10.1145/1321440.1321528">Smucker, Allan and Carterette, A
 *     comparison of statistical significance tests for information retrieval evaluation, CIKM
 *     2007</a>
 */
public record PairedTest(int permutations, long seed) implements Serializable {

  /** Resolves p-values to 0.0001. */
  public static final int DEFAULT_PERMUTATIONS = 10_000;

  /** Up to this many differences, every way to swap is tried. */
  public static final int EXACT_UP_TO = 13;

  /** Sums of the same terms in another order may differ by this share and count as equal. */
  private static final double ROUNDING = 1e-12;

  /** Swaps of this many lists are tabled, so that one random byte decides about all of them. */
  private static final int BLOCK = 8;

  public PairedTest {
    if (permutations < 1) {
      throw new IllegalArgumentException("permutations must be 1 or more, got " + permutations);
    }
  }

  /**
   * Compares two rankings of the same lists under one metric.
   *
   * @param baseline values of the lists, ranked one way
   * @param other values of the same lists in the same order, ranked another way
   */
  public Comparison compare(MetricSample baseline, MetricSample other, EmptyLists empties) {
    if (baseline.size() != other.size()) {
      throw new IllegalArgumentException(
          "samples must be of the same lists, %s, got %s".formatted(baseline.size(), other.size()));
    }
    double[] baselineWeights = baseline.settledWeights(empties);
    double[] otherWeights = other.settledWeights(empties);
    int[] counted =
        IntStream.range(0, baseline.size())
            .filter(i -> baselineWeights[i] > 0 || otherWeights[i] > 0)
            .toArray();
    double[] first = shares(baseline, baselineWeights, counted, empties);
    double[] second = shares(other, otherWeights, counted, empties);
    double[] differences = new double[first.length];
    Arrays.setAll(differences, i -> second[i] - first[i]);
    double baselineMean = baseline.mean().value(empties).orElse(Double.NaN);
    double otherMean = other.mean().value(empties).orElse(Double.NaN);
    return new Comparison(
        baselineMean,
        otherMean,
        otherMean - baselineMean,
        StandardError.ofSum(differences),
        permutationPValue(differences),
        tPValue(first, second, differences),
        differences.length);
  }

  /** What each list that counts adds to the mean. */
  private static double[] shares(
      MetricSample sample, double[] weights, int[] counted, EmptyLists empties) {
    double[] weighted = sample.weightedValues(weights, empties);
    double sum = Arrays.stream(weights).sum();
    return Arrays.stream(counted).mapToDouble(i -> sum > 0 ? weighted[i] / sum : 0).toArray();
  }

  private double permutationPValue(double[] allDifferences) {
    double[] differences = Arrays.stream(allDifferences).filter(d -> d != 0).toArray();
    double total = Arrays.stream(differences).map(Math::abs).sum();
    double observed = Math.abs(Arrays.stream(differences).sum()) - ROUNDING * total;
    boolean exact = differences.length <= EXACT_UP_TO;
    double[] sums = exact ? everySwap(differences) : randomSwaps(differences);
    long asLarge = Arrays.stream(sums).filter(sum -> Math.abs(sum) >= observed).count();
    return exact ? (double) asLarge / sums.length : (1.0 + asLarge) / (1.0 + sums.length);
  }

  /** The sum of the differences under each of the {@code 2^n} ways to choose their signs. */
  private static double[] everySwap(double[] differences) {
    double[] sums = new double[1 << differences.length];
    for (int swap = 0; swap < sums.length; swap++) {
      for (int i = 0; i < differences.length; i++) {
        sums[swap] += (swap >> i & 1) == 0 ? differences[i] : -differences[i];
      }
    }
    return sums;
  }

  private double[] randomSwaps(double[] differences) {
    double[] sums = new double[permutations];
    SplittableRandom random = new SplittableRandom(seed);
    for (int start = 0; start < differences.length; start += BLOCK) {
      double[] table =
          everySwap(
              Arrays.copyOfRange(differences, start, Math.min(start + BLOCK, differences.length)));
      int within = table.length - 1;
      long bits = 0;
      for (int p = 0; p < permutations; p++) {
        bits = p % Long.BYTES == 0 ? random.nextLong() : bits >>> Byte.SIZE;
        sums[p] += table[(int) bits & within];
      }
    }
    return sums;
  }

  private static double tPValue(double[] first, double[] second, double[] differences) {
    if (differences.length < 2) {
      return 1;
    }
    double[] range = Arrays.stream(differences).sorted().toArray();
    if (range[0] == range[range.length - 1]) {
      return range[0] == 0 ? 1 : 0;
    }
    return TTest.withDefaults().pairedTest(first, second).getPValue();
  }
}
